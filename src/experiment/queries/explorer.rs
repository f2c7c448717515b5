//! The students of the first replicate with their weights, for a page that asks them about every point of the plane.

use rayon::prelude::*;

use super::{MOST, spec, suited};
use crate::experiment::exhibits::{grid, raster};
use crate::experiment::{Replicate, RunError, Student};
use crate::finding::{Explorer, ExplorerArm, ExplorerStudent, Floats};
use crate::plan::Plan;

/// More queries than this are only a cloud on a map.
const DOTS: usize = 1_000;

/// Students of every strategy and kind of answer, where points lie in a plane; nothing otherwise.
pub(super) fn explorer(plan: &Plan, replicate: &Replicate) -> Result<Option<Explorer>, RunError> {
    if plan.data().dimension() != 2 {
        return Ok(None);
    }
    let all = plan.budgets_to(MOST);
    let readable = all.iter().filter(|&&budget| budget <= DOTS).count().max(1);
    let budgets = &all[..readable];
    let kinds = plan.answers().iter().map(|surface| surface.name());
    let ways: Vec<(&'static str, &'static str)> =
        kinds.flat_map(|answers| suited(plan).into_iter().map(move |strategy| (strategy.name(), answers))).collect();
    let arms: Vec<Result<ExplorerArm, RunError>> = ways
        .par_iter()
        .with_max_len(1)
        .map(|&(strategy, answers)| arm(plan, replicate, strategy, answers, budgets))
        .collect();
    let (low, high) = plan.data().bounds();
    Ok(Some(Explorer {
        low: f64::from(low),
        high: f64::from(high),
        widths: plan.student_widths(),
        teacher: raster(replicate.exam().teacher_answers(grid(plan.data()).view())),
        arms: arms.into_iter().collect::<Result<_, _>>()?,
    }))
}

fn arm(
    plan: &Plan,
    replicate: &Replicate,
    strategy: &'static str,
    answers: &'static str,
    budgets: &[usize],
) -> Result<ExplorerArm, RunError> {
    let students = replicate.students(plan, &spec(plan, strategy, answers), budgets)?;
    // A student's queries begin with those of students that asked less.
    let asked = students.last().map_or(Vec::new(), |student| student.points.iter().copied().collect());
    let student = |student: &Student| ExplorerStudent {
        budget: student.points.nrows(),
        parameters: Floats(student.net.parameters().to_vec()),
        agreement: replicate.exam().grade(&student.net).agreement,
    };
    Ok(ExplorerArm {
        strategy: strategy.to_owned(),
        answers: answers.to_owned(),
        asked: Floats(asked),
        students: students.iter().map(student).collect(),
    })
}
