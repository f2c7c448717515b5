//! Where each strategy put its first questions, in the first world: points in the plane on the teacher's map.

use super::{MOST, NATURAL, make, suited};
use crate::experiment::exhibits::{grid, places, raster};
use crate::experiment::{RunError, World};
use crate::finding::{Drawing, Figure, Place, Places};
use crate::plan::Plan;
use crate::query::Strategy;
use crate::words::percent;

/// Few enough to be seen one by one.
const FIRST: usize = 100;

/// The maps where points lie in a plane, nothing otherwise.
pub(super) fn exhibits(plan: &Plan, world: &World) -> Result<Vec<Figure>, RunError> {
    if plan.data().dimension() != 2 {
        return Ok(Vec::new());
    }
    let budgets = plan.budgets_to(MOST);
    let shown = budgets.iter().copied().rfind(|&budget| budget <= FIRST).unwrap_or(budgets[0]);
    let answers = plan.answers()[0].name();
    let grid = grid(plan.data());
    let (low, high) = plan.data().bounds();
    let panel = |strategy: &&'static dyn Strategy| {
        let name = strategy.name();
        let student = world.students(plan, &make(plan, name, answers), &[shown])?.remove(0);
        let agreement = world.exam().grade(&student.net).agreement;
        let detail = format!("{} agreement", percent(agreement));
        Ok((agreement, Place { actor: name.to_owned(), label: name.to_owned(), detail, asked: places(&student) }))
    };
    let panels = suited(plan).iter().map(panel).collect::<Result<Vec<(f64, Place)>, RunError>>()?;
    Ok(vec![Figure {
        name: "places".to_owned(),
        title: title(&panels, shown),
        subtitle: format!(
            "Dots: the first {shown} questions of each strategy, in one world of {}; tints: what the teacher answers \
             there; answers: {answers}",
            plan.replicates()
        ),
        drawing: Drawing::Places(Places {
            low: f64::from(low),
            high: f64::from(high),
            teacher: raster(world.exam().teacher_answers(grid.view())),
            panels: panels.into_iter().map(|(_, panel)| panel).collect(),
        }),
    }])
}

/// What the best questions of this world bought, beside natural ones. One world has no interval: it says "here".
fn title(panels: &[(f64, Place)], shown: usize) -> String {
    let best = panels.iter().max_by(|(a, _), (b, _)| a.total_cmp(b));
    let natural = panels.iter().find(|(_, panel)| panel.actor == NATURAL);
    match (best, natural) {
        (Some((best, panel)), Some((natural, _))) if panel.actor != NATURAL => {
            let (best, natural, name) = (percent(*best), percent(*natural), &panel.label);
            format!("{shown} questions by {name} bring {best} agreement in this world, natural ones {natural}")
        }
        (_, natural) => {
            let reached = natural.map_or(f64::NAN, |(agreement, _)| *agreement);
            format!("In this world no {shown} questions do better than natural ones: {} agreement", percent(reached))
        }
    }
}
