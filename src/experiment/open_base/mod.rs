//! How far does a public model carry the student before its first query?
//!
//! Ways to spend the same number of optimiser steps: on a public dataset alone (`base`), half there and half on the
//! teacher's answers (`base-teacher`), all on the answers (`scratch-teacher`), and two controls. Half there and half on
//! true labels of the same points (`base-truth`) shows what it is worth that a teacher answers.
//!
//! The other half begins a new cycle: the learning rate, which had come down to zero, starts again from its peak, and
//! that alone could make a base forget. So `base-public` takes the same second cycle on the public data once more. What
//! separates it from `base` is the cycle, and what separates it from `base-teacher` are the answers.

mod reading;
#[cfg(test)]
mod tests;

use self::reading::Reading;
use super::contract::{About, Conclusion, Experiment};
use super::read::curves::Curves;
use super::run::public;
use super::run::spec::{Job, ModelSpec};
use super::unread::Unread;
use crate::finding::Trial;
use crate::plan::{Plan, PlanError};

const BASE: &str = "base";
/// The control for the second cycle of the learning rate.
const BASE_PUBLIC: &str = "base-public";
const BASE_TEACHER: &str = "base-teacher";
const SCRATCH_TEACHER: &str = "scratch-teacher";
const BASE_TRUTH: &str = "base-truth";
/// The arms with a budget, and what they are called beside their lines.
const ARMS: [(&str, &str); 3] =
    [(BASE_TEACHER, "public + answers"), (SCRATCH_TEACHER, "answers alone"), (BASE_TRUTH, "public + true labels")];
const LEVEL: f64 = 0.95;

/// The experiment with a public model to start from.
pub(super) struct OpenBase;

const ABOUT: About = About {
    name: "open-base",
    question: "How far does a public model carry the student before its first query?",
    prediction: "Somebody has published a model of the student's size, trained on a thousand noisier examples. How \
                 many queries does starting from it save, and can a few answers do it harm?",
    caveats: &[
        "The public data are the same task with 1.5 times the noise, and no other distance was tried: a base \
         from a more distant task may carry less far, one from a closer task further.",
        "The student from scratch takes its steps in one cycle of the learning rate, the one on a base in two. \
         What a second cycle does is shown on public data alone.",
        "Fine-tuning here is plain training on the new answers. Those who do it for a living freeze layers, mix in \
         old data or stop early. That may forget less, and was not tried.",
        "Whether a model started from a public one says nothing about whether it was distilled afterwards.",
    ],
    seconds: 7,
    columns: &[],
    unread: &[Unread::PRICES, Unread::but_first(&["--answers"], "it compares what students start from")],
};

impl Experiment for OpenBase {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, plan: &Plan) -> Result<(), PlanError> {
        let problem = "open-base needs a second, public dataset, and a table is only one";
        let cure = "choose a dataset of `distill list`";
        plan.data().public().map(|_| ()).ok_or_else(|| PlanError::new("--data", plan.data().name(), problem, cure))
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let answers = ModelSpec::from_answers(plan, plan.answers()[0]);
        [
            ModelSpec::from_public(plan).at(BASE, &[0]),
            ModelSpec::from_public(plan).on_base().at(BASE_PUBLIC, &[0]),
            answers.clone().on_base().at(BASE_TEACHER, plan.budgets()),
            answers.at(SCRATCH_TEACHER, plan.budgets()),
            ModelSpec::from_truth(plan).on_base().at(BASE_TRUTH, plan.budgets()),
        ]
        .concat()
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading::new(plan, Curves::of(plan, trials));
        let title = reading.title();
        Conclusion {
            verdicts: reading.verdicts(),
            claims: reading.claims(),
            next: vec![
                format!("run open-base{} --answers label", plan.data_flags()),
                format!("run open-base{} --student 64,64", plan.data_flags()),
            ],
            table: reading.table(),
            figures: vec![reading.figure(&title)],
            title,
        }
    }
}
