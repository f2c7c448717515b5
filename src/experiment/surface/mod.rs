//! What does an answer give away, and what does hiding it cost?
//!
//! Each kind of answer is an arm, and so is `truth`. A defence is judged by two prices, both against `probabilities`:
//! what it costs the copier (agreement lost, at the better of two readings) and what it costs the honest customer
//! ([`Service`]: log loss gained). The two readings: take the answers as shown, or throw everything but the first
//! choice away. Where that leaves the teacher's own first choice, the second reader is the arm `label`, trained once.
//! Which reading is better is chosen for each replicate on the others.
//!
//! A defence *delays* only if its loss ends: shown at about 100 queries, and at the largest budget within a point of
//! probabilities with its whole interval. One that still costs something there may go on doing so.
//!
//! What an independent prototype found: `docs/validation.md`.
//!
//! Tempered answers (softmax(z / T), T = 2 and 4) keep the order of the classes, so nothing forbids their copier to
//! agree as often as any. It falls a little short all the same (T = 4: 1.4 points at 3,162 queries), on asked
//! points as on new ones: a matter of fitting, not of asking. At T = 1 a point weighs p(1 − p) in the loss, most at
//! the borders that agreement is about; flat targets weigh all points nearly alike. A student of the teacher's size
//! falls 0.8 short.

mod crossfit;
mod figures;
mod reading;
#[cfg(test)]
mod tests;
mod verdicts;

use serde::{Deserialize, Serialize};

use self::reading::Reading;
use super::contract::{About, Conclusion, Experiment};
use super::read::curves::Curves;
use super::run::replicate::Replicate;
use super::run::spec::{Asking, Job, ModelSpec, Supervision, TRUTH};
use super::unread::Unread;
use crate::audit::Service;
use crate::finding::{Own, SixDecimals, Trial};
use crate::oracle::{self, FirstChoice, SURFACES};
use crate::plan::Plan;
use crate::student;

/// The kind of answer that hides nothing: all others are compared with it.
const OPEN: &str = "probabilities";
/// The kind that shows a first choice and nothing else.
const LABEL: &str = "label";

/// Own columns: the kind of answer, how the copier read it, and how honest customers are served by it.
#[derive(Serialize, Deserialize)]
struct Customer {
    answers: String,
    reading: String,
    customer_accuracy: SixDecimals,
    customer_log_loss: SixDecimals,
}

/// The experiment about kinds of answer.
pub(super) struct Surface;

const ABOUT: About = About {
    name: "surface",
    question: "What does an answer give away, and what does hiding it cost?",
    prediction: "A provider may show all probabilities, some, rounded or noisy ones, or a label only. Which of these \
                 costs a copier most, and which costs honest customers most? Does any of it stop one who asks thirty \
                 times as often?",
    caveats: &[
        "Customers here are after good probabilities. To one who only wants the first choice, a kind that keeps it \
         costs nothing, whatever its log loss.",
        "Noise is drawn anew for every query, and this copier asks each query once. One who repeats queries could \
         average the noise and would pay for the repetitions: that was not tried.",
        "Tempered answers are taken at face value on both sides. Who knows the temperature undoes it exactly, so \
         it hides nothing.",
        "Two readings are tried, and the one that is better in the other replicates is reported. A copier who \
         knows the defence can do better than either: what a defence costs the copier is an upper bound.",
        "A loss that is left at the largest budget may end later. A loss within a point is not shown to be none.",
    ],
    seconds: 9,
    columns: &["answers", "reading", "customer_accuracy", "customer_log_loss"],
    unread: &[Unread::PRICES],
};

impl Experiment for Surface {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// All budgets where somebody chose them or where they are few; else those in the middle, where kinds of answer
    /// differ.
    fn budgets(&self, plan: &Plan) -> Vec<usize> {
        const FEW: usize = 5;
        let few = plan.few_budgets();
        if few.len() == plan.budgets().len() || few.len() <= FEW {
            return few;
        }
        few[2..few.len() - 1].to_vec()
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let budgets = self.budgets(plan);
        let mut jobs = Vec::new();
        for kind in kinds(plan) {
            let spec = ModelSpec::from_answers(plan, kind);
            jobs.extend(spec.at(kind.name(), &budgets));
            if kind.first_choice() == FirstChoice::Blurred {
                jobs.extend(spec.first_choice_only().at(&keeper(kind.name()), &budgets));
            }
        }
        jobs.extend(ModelSpec::from_truth(plan).at(TRUTH, &budgets));
        jobs
    }

    fn annotate(&self, replicate: &Replicate, sweep: &[Job]) -> Vec<Own> {
        // One service for each kind: the customer has nothing to do with a copier's budget or targets.
        let mut services: Vec<(&str, Service)> = Vec::new();
        let row = |job: &Job| {
            let Supervision::Answers(Asking { surface, targets, .. }) = job.spec.supervision else {
                return Own::default();
            };
            let answers = surface.name();
            let known = services.iter().find(|(kind, _)| *kind == answers).map(|(_, service)| *service);
            let service = known.unwrap_or_else(|| {
                let service = Service::of(replicate.exam(), surface, &mut replicate.stream("customer"));
                services.push((answers, service));
                service
            });
            let reading = match targets {
                student::Targets::AsShown => "as-shown",
                student::Targets::FirstChoice => "first-choice",
            };
            Own::of(&Customer {
                answers: answers.to_owned(),
                reading: reading.to_owned(),
                customer_accuracy: SixDecimals(service.accuracy),
                customer_log_loss: SixDecimals(service.log_loss),
            })
        };
        sweep.iter().map(row).collect()
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let budgets = self.budgets(plan);
        let reading = Reading::new(plan, kinds(plan), &budgets, Curves::new(trials, &budgets, plan.exam_rows()));
        let other = if plan.data().name() == "glyphs" { "moons" } else { "glyphs" };
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            claims: reading.claims(),
            next: vec![
                format!("run budget{} --answers probabilities,noisy,flipped20", plan.data_flags()),
                format!("run surface --data {other} --quick"),
            ],
            table: reading.table(),
            figures: vec![reading.plane(), reading.agreement(&budgets)],
        }
    }
}

/// The kinds of answer to compare, the most telling first. The two ends of the scale are always among them: the
/// open one as the baseline, the label as what a reader of first choices has.
fn kinds(plan: &Plan) -> Vec<&'static dyn oracle::Surface> {
    let wanted: Vec<&str> = plan.answer_kinds().iter().map(|kind| kind.name()).chain([OPEN, LABEL]).collect();
    SURFACES.iter().copied().filter(|kind| wanted.contains(&kind.name())).collect()
}

/// The arm of a copier who keeps only the first choices of a kind that blurs them.
fn keeper(kind: &str) -> String {
    format!("{kind}-first-choice")
}
