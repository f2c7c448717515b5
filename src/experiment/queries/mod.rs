//! What is a well-chosen query worth?
//!
//! Every strategy that suits the data chooses queries for the same student, once for each kind of answer; the
//! control `truth` gets true labels of the points of the natural queries. Everything a strategy asks is counted.
//!
//! The first ten queries of every strategy are natural. The pure forms are kept, because they show what doubt without
//! coverage does: `entropy` asks again and again where classes overlap and even the teacher is in doubt.

mod places;
mod reading;
#[cfg(test)]
mod tests;
mod to_level;

use super::contract::{About, Conclusion, Exhibits, Experiment};
use super::run::RunError;
use super::run::replicate::Replicate;
use super::run::spec::{Job, ModelSpec, TRUTH};
use super::unread::Unread;
use crate::finding::{Own, Trial};
use crate::oracle::Surface;
use crate::plan::Plan;
use crate::query::{STRATEGIES, Strategy};

/// The largest budget where nobody says otherwise: labels take more than 1,000 queries to 98 %.
const MOST: usize = 3_200;
/// The strategy that all others are compared with.
const NATURAL: &str = "natural";

/// Strategies against each other.
pub(super) struct Queries;

const ABOUT: About = About {
    name: "queries",
    question: "What is a well-chosen query worth?",
    prediction: "A student has 100 queries. Should it ask about what comes along, spread its queries evenly, or ask \
                 where it is least sure? And which of these would you choose for its first ten?",
    caveats: &[
        "The best strategy was picked and compared on the same replicates: its lead over the runner-up is a little \
         flattered. Another seed is a fair test.",
        "At 98 % most curves are flat, and noise decides when a flat curve first touches a level. The headline is \
         therefore the way to 95 %.",
        "Covering and doubting strategies look through the whole pool of unlabelled points for nothing; only \
         what they ask is counted. Who has few points has less to choose from.",
        "A plane is quickly covered. What wins there need not win in more dimensions: compare spirals with glyphs.",
    ],
    seconds: 16,
    columns: &["strategy", "answers"],
    unread: &[Unread::PRICES, Unread::flags(&["--strategy"], "it compares all that suit the data")],
};

impl Experiment for Queries {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn budgets(&self, plan: &Plan) -> Vec<usize> {
        plan.budgets_to(MOST)
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let budgets = self.budgets(plan);
        let of_strategy = |strategy: &&'static dyn Strategy| {
            plan.answers().iter().flat_map(|&surface| jobs(plan, *strategy, surface, &budgets)).collect::<Vec<_>>()
        };
        let mut sweep: Vec<Job> = suited(plan).iter().flat_map(of_strategy).collect();
        let truth = ModelSpec::from_truth(plan).at(TRUTH, &budgets);
        sweep.extend(truth.into_iter().map(|job| Job { own: Own::of(&(NATURAL, "")), ..job }));
        sweep
    }

    fn exhibit(&self, plan: &Plan, replicate: &Replicate) -> Result<Exhibits, RunError> {
        Ok(Exhibits::of(places::exhibits(plan, replicate)?))
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        reading::conclude(plan, trials)
    }
}

/// The strategies that have something to ask about the data.
fn suited(plan: &Plan) -> Vec<&'static dyn Strategy> {
    STRATEGIES.iter().copied().filter(|strategy| strategy.refusal(plan.data()).is_none()).collect()
}

/// What the records call a strategy with a kind of answer.
fn arm(strategy: &str, answers: &str) -> String {
    format!("{strategy}/{answers}")
}

fn spec(plan: &Plan, strategy: &'static dyn Strategy, surface: &'static dyn Surface) -> ModelSpec {
    ModelSpec::from_answers(plan, surface).asking_by(strategy)
}

fn jobs(plan: &Plan, strategy: &'static dyn Strategy, surface: &'static dyn Surface, budgets: &[usize]) -> Vec<Job> {
    let own = Own::of(&(strategy.name(), surface.name()));
    let jobs = spec(plan, strategy, surface).at(&arm(strategy.name(), surface.name()), budgets);
    jobs.into_iter().map(|job| Job { own: own.clone(), ..job }).collect()
}
