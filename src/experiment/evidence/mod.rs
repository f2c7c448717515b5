//! Was it copied? What a suspect's answers say about where it learned.
//!
//! The owner holds the teacher, eight independent models of its size trained on fresh data, and the reference
//! models: independent models of a student's size, trained at each budget on data of their own.
//! [`Probes`](crate::audit::Probes) are held-out inputs where the owner's eight agree on one answer and the teacher
//! gives another; the test is how high a suspect ranks among the reference models of its budget by how often it gives
//! the teacher's answer there.
//!
//! The ladder of evidence puts the same rank test to plainer measures first: agreement, agreement off the data, same
//! mistakes. Every replicate has a teacher, probes and suspects of its own; the owner's eight and the reference models
//! are shared by all. Suspects of one replicate share its teacher and are not counted as independent ([`clusters`]);
//! models of the teacher's size are trained once and compared with the teacher of every replicate.
//!
//! One of these is an ensemble: closeness without any contact. By the default plan all four teachers would accuse it on
//! the two lower rungs, and none on the two upper ones, where the task alone explains little.
//!
//! Copies are detected only where there are probes enough: in small runs on `spirals`, with about a hundred, hardly
//! ever.
//!
//! What an independent prototype found, and where it differs: `docs/validation.md`.

mod clusters;
mod examination;
mod figures;
mod kind;
mod lineup;
mod reading;
#[cfg(test)]
mod tests;
mod verdicts;

use serde::{Deserialize, Serialize};

use super::contract::{About, Conclusion, Exhibits, Experiment, Study};
use super::run::{Chapter, RunError};
use super::unread::Unread;
use crate::finding::{Lineup, SixDecimals, Trial};
use crate::oracle::Points;
use crate::plan::{Home, Plan, PlanError};

use examination::Examination;
use reading::Reading;

/// The arm of the independent models that suspects are compared with.
const REFERENCE: &str = "crowd";
/// After how many probes the test is looked at.
const PROBE_COUNTS: [usize; 5] = [10, 30, 100, 300, 1_000];
const COLUMNS: &[&str] = &[
    "number",
    "against",
    "probes",
    "sides_with_teacher",
    "sides_10",
    "sides_30",
    "sides_100",
    "sides_300",
    "sides_1000",
    "p_value",
];
/// Own columns.
#[derive(Clone, Serialize, Deserialize)]
struct Examined {
    /// Which suspect of its kind.
    number: usize,
    /// The budget of the reference models it is compared with, or belongs to.
    against: usize,
    /// How many probes there are.
    probes: usize,
    /// On how many of them it gives the teacher's answer.
    agrees: usize,
    /// On how many of the first [`PROBE_COUNTS`], as far as there are so many.
    agrees_first: [Option<usize>; PROBE_COUNTS.len()],
    /// By rank among these reference models over all probes; `None` of a reference model, or without probes.
    p_value: Option<SixDecimals>,
}

/// A p-value up to this accuses.
const LEVEL: f64 = 0.05;
/// Budgets that the experiment takes by itself begin here: a copier who asks less has hardly copied.
const LEAST: usize = 1_000;

/// The experiment about proof.
pub(super) struct Evidence;

const ABOUT: About = About {
    name: "evidence",
    question: "Was it copied?",
    prediction: "Somebody sells a small model that does what yours does. You may query it. Can you tell a copy from a \
                 model that learned the same task by itself, and how often would you accuse the wrong one?",
    caveats: &[
        "The test shows a tie, not copying: a model that learned from the teacher's own training data is accused as \
         well.",
        "Reference models should be made like the suspect: same size, same budget, same kind of data. An owner who \
         takes models that saw more data than the suspect accuses the innocent. The verdicts say what two other \
         mismatches do: suspects of the teacher's size, and suspects that started from an open base.",
        "A p-value is about the share of independent models that give the teacher's answer on at least as many probes. \
         It is not the probability that this suspect is innocent: that depends on how many independent models there \
         are to suspect.",
        "All replicates share the reference models and the owner's eight; intervals over replicates do not include \
         the luck of these.",
        "No copier here tries to hide. One who trains on true labels as well, or answers probes at random, may be \
         harder to detect: that was not tried.",
    ],
    seconds: 32,
    columns: COLUMNS,
    unread: &[Unread::PRICES, Unread::but_first(&["--answers"], "it compares suspects")],
};

impl Experiment for Evidence {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn home(&self) -> Home {
        Home { data: "glyphs", replicates: 4 }
    }

    fn check(&self, plan: &Plan) -> Result<(), PlanError> {
        let problem = "evidence needs independent models with data of their own, and a table has no rows to spare";
        let cure = "choose a dataset of `distill list`";
        plan.data().public().map(|_| ()).ok_or_else(|| PlanError::new("--data", plan.data().name(), problem, cure))
    }

    fn budgets(&self, plan: &Plan) -> Vec<usize> {
        plan.few_budgets_from(LEAST)
    }

    fn study<'a>(&'a self, plan: &'a Plan, journal: &Chapter) -> Result<Option<Study<'a, Points>>, RunError> {
        let examination = Examination::prepare(plan, self.budgets(plan), journal)?;
        Ok(Some(Box::new(move |replicate, journal| Ok((examination.look(replicate, journal)?, Exhibits::default())))))
    }

    fn models_of_study(&self, plan: &Plan, replicates: usize) -> usize {
        Examination::models(&self.budgets(plan), replicates)
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading::new(plan, self.budgets(plan), trials);
        Conclusion {
            title: verdicts::title(&reading),
            verdicts: verdicts::verdicts(&reading),
            claims: verdicts::claims(&reading),
            next: vec![
                format!("run evidence{} --student 128,64", plan.data_flags()),
                format!("run evidence{} --answers label --quick", plan.data_flags()),
            ],
            table: verdicts::table(&reading),
            figures: vec![figures::ladder(&reading), figures::p_values(&reading), figures::power(&reading)],
        }
    }

    fn lineup(&self, plan: &Plan, trials: &[Trial]) -> Option<Lineup> {
        lineup::everybody(&Reading::new(plan, self.budgets(plan), trials))
    }
}

/// Reference models of a budget. With N of them the smallest p-value is 1/(N+1), and the most suspects that can
/// be tried at once are 0.05 (N+1): six of them stand in the line-up, which is at the largest budget.
fn references_at(budget: usize, budgets: &[usize]) -> usize {
    if budgets.last() == Some(&budget) { 119 } else { 59 }
}
