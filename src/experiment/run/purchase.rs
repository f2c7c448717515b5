//! Before a sweep through somebody else's API: its queries are bought, and those of the exam, in an order of which any
//! beginning is of use.
//!
//! ```text
//! replicate by replicate:   budget by budget:   the exam up to as many points (100 to 1,000), then the queries
//!                           at last:            the rest of the exam
//! ```
//!
//! An API that refuses in the middle has then answered all that the budgets before need, and an exam about as large.
//! Students are trained afterwards, from what is kept.

use ndarray::{Array2, s};

use super::RunError;
use super::replicate::Replicate;
use super::spec::{Job, ModelSpec};
use super::train::Trainer;
use crate::data::Sizes;
use crate::plan::Plan;
use crate::remote::{Kind, RemoteAccount, Trouble};

/// Before a budget the exam has as many points, but no fewer and no more than these.
const EXAM: [usize; 2] = [100, 1_000];

/// What was bought for a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// Queries that students asked, each point once.
    pub sweep: usize,
    /// Queries of the exams besides.
    pub exam: usize,
    /// Where the API refused before all was bought: what is left, and why.
    pub cut: Option<Cut>,
}

/// What is left of a plan that an API did not answer to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Replicates that are whole; 1 where the first is not.
    pub replicates: usize,
    /// How many of the budgets were reached.
    pub budgets: usize,
    /// Points of each exam.
    pub test: usize,
    /// What the API said.
    pub why: String,
}

/// Whether the teacher of a plan gives probabilities or labels, learned from its first point of the exam if need be.
///
/// # Errors
/// [`RunError`] where it does not answer.
pub(crate) fn meet(plan: &Plan) -> Result<Kind, RunError> {
    let exam = Exam::of(plan, 0)?;
    Ok(exam.account.kind(exam.points.slice(s![..1, ..]))?)
}

/// Buys what the sweep of a plan asks, and its exams.
///
/// # Errors
/// [`RunError`] where the API does not answer even the smallest budget, or not with answers.
pub(crate) fn buy(plan: &Plan, sweep: &[Job]) -> Result<Bought, RunError> {
    let teacher = plan.asked().ok_or(RunError::NoTeacher)?;
    let mut specs: Vec<&ModelSpec> = Vec::new();
    for job in sweep {
        if !specs.contains(&&job.spec) {
            specs.push(&job.spec);
        }
    }
    let mut cut = None;
    for number in 0..plan.replicates() {
        let Err((budgets, test, error)) = buy_in(plan, number, &specs) else { continue };
        // Other errors are not the API's last word.
        let Some(Trouble::Ended(why)) = teacher.trouble() else {
            return Err(teacher.trouble().map_or(error, RunError::from));
        };
        let whole = plan.sizes().test;
        cut = Some(match number {
            0 if budgets == 0 => return Err(Trouble::Ended(why).into()),
            0 => Cut { replicates: 1, budgets, test, why },
            _ => Cut { replicates: number, budgets: plan.budgets().len(), test: whole, why },
        });
        break;
    }
    let paid = teacher.paid();
    Ok(Bought { sweep: paid.sweep, exam: paid.exam, cut })
}

/// Buys in one replicate. Where that fails, how many budgets were reached and how many points of the exam there are.
fn buy_in(plan: &Plan, number: usize, specs: &[&ModelSpec]) -> Result<(), (usize, usize, RunError)> {
    let exam = Exam::of(plan, number).map_err(|error| (0, 0, error))?;
    let [least, most] = EXAM.map(|points| points.min(exam.points.nrows()));
    exam.buy(least).map_err(|error| (0, 0, error))?;
    // With a small exam, since nothing is graded here.
    let replicate = Replicate::build(&plan.cut(1, plan.budgets().len(), least), number);
    let replicate = &replicate.map_err(|error| (0, least, error))?;
    let mut test = least;
    for (reached, &budget) in plan.budgets().iter().enumerate() {
        let wanted = budget.clamp(least, most);
        exam.buy(wanted).map_err(|error| (reached, test, error))?;
        test = wanted;
        let ask = |spec: &&ModelSpec| Trainer::of(plan, replicate).ask(spec, budget).map(drop);
        specs.iter().try_for_each(ask).map_err(|error| (reached, test, error))?;
    }
    exam.buy(exam.points.nrows()).map_err(|error| (plan.budgets().len(), test, error))
}

/// The points of a replicate's exam, and an account to ask about them.
struct Exam {
    account: RemoteAccount,
    points: Array2<f32>,
}

impl Exam {
    fn of(plan: &Plan, number: usize) -> Result<Self, RunError> {
        let teacher = plan.asked().ok_or(RunError::NoTeacher)?;
        let seed = Replicate::seed_of(plan, number).child("data");
        let points = plan.data().deal(Sizes { test: plan.sizes().test, ..Sizes::default() }, seed).test.points;
        Ok(Self { account: RemoteAccount::of_examiner(teacher, plan.data().original(seed)), points })
    }

    /// The first so many, what is there already not again.
    fn buy(&self, count: usize) -> Result<(), RunError> {
        Ok(self.account.answers(self.points.slice(s![..count, ..])).map(drop)?)
    }
}
