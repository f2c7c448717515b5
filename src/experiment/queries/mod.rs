//! What is a well-chosen query worth?
//!
//! Every strategy that suits the data chooses queries for the same student, once for each kind of answer; the
//! control `truth` gets true labels of the points of the natural queries. Everything a strategy asks is counted.
//!
//! The first ten queries of every strategy are natural. The pure forms are kept, because they show what doubt without
//! coverage does: `entropy` asks again and again where classes overlap and even the teacher is in doubt.

mod places;
mod reading;
mod to_level;

use super::telling::TRUTH;
use super::{Conclusion, Exhibits, Experiment, Job, Kind, ModelSpec, PointExperiment, Replicate, RunError, Unread};
use crate::finding::Trial;
use crate::plan::Plan;
use crate::query::{STRATEGIES, Strategy};

/// The largest budget where nobody says otherwise: labels take more than 1,000 queries to 98 %.
const MOST: usize = 3_200;
/// The strategy that all others are compared with.
const NATURAL: &str = "natural";

/// Strategies against each other.
pub(super) struct Queries;

impl Experiment for Queries {
    fn name(&self) -> &'static str {
        "queries"
    }

    fn question(&self) -> &'static str {
        "What is a well-chosen query worth?"
    }

    fn prediction(&self) -> &'static str {
        "A student has 100 queries. Should it ask about what comes along, spread its queries evenly, or ask where it \
         is least sure? And which of these would you choose for its first ten?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "The best strategy was picked and compared on the same replicates: its lead over the runner-up is a little \
             flattered. Another --seed is a fair test.",
            "At 98 % most curves are flat, and noise decides when a flat curve first touches a level. The headline is \
             therefore the way to 95 %.",
            "Covering and doubting strategies look through the whole pool of unlabelled points for nothing; only \
             what they ask is counted. Who has few points has less to choose from.",
            "A plane is quickly covered. What wins there need not win in more dimensions: compare spirals with glyphs.",
        ]
    }

    fn seconds(&self) -> u32 {
        16
    }

    fn own_columns(&self) -> &'static [&'static str] {
        &["strategy", "answers"]
    }

    fn unread(&self) -> &'static [Unread] {
        const { &[Unread::PRICES, Unread::flags(&["--strategy"], "it compares all that suit the data")] }
    }

    fn kind(&'static self) -> Kind {
        Kind::Points(self)
    }
}

impl PointExperiment for Queries {
    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let budgets = plan.budgets_to(MOST);
        let of_strategy = |strategy: &&'static dyn Strategy| {
            let name = strategy.name();
            plan.answers().iter().flat_map(|surface| jobs(plan, name, surface.name(), &budgets)).collect::<Vec<_>>()
        };
        let mut sweep: Vec<Job> = suited(plan).iter().flat_map(of_strategy).collect();
        let truth = ModelSpec::from_truth(plan).at(TRUTH, &budgets);
        sweep.extend(truth.into_iter().map(|job| Job { extra: vec![NATURAL.to_owned(), String::new()], ..job }));
        sweep
    }

    fn exhibit(&self, plan: &Plan, replicate: &Replicate) -> Result<Exhibits, RunError> {
        Ok(Exhibits { figures: places::exhibits(plan, replicate)?, ..Exhibits::default() })
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

fn spec(plan: &Plan, strategy: &'static str, surface: &'static str) -> ModelSpec {
    ModelSpec::from_answers(plan, surface).asking_by(strategy)
}

fn jobs(plan: &Plan, strategy: &'static str, surface: &'static str, budgets: &[usize]) -> Vec<Job> {
    let extra = vec![strategy.to_owned(), surface.to_owned()];
    let jobs = spec(plan, strategy, surface).at(&arm(strategy, surface), budgets);
    jobs.into_iter().map(|job| Job { extra: extra.clone(), ..job }).collect()
}
