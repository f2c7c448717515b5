//! Experiments about teachers that talk: what they declare, and how they are run in a replicate.

mod replicate;

use super::runner::Records;
use super::{Chapter, Conclusion, Experiment, RunError, Seen};
use crate::finding::Trial;
use crate::plan::ChatPlan;

pub use replicate::{ChatReplicate, Taught};
pub(super) use replicate::{passages, shape};

/// An experiment about teachers that talk.
pub trait ChatExperiment: Experiment {
    /// How many models it trains in a replicate, besides the teacher.
    fn models(&self, plan: &ChatPlan) -> usize;
    /// What it finds in a replicate.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn look(&self, plan: &ChatPlan, replicate: &ChatReplicate, journal: &Chapter) -> Result<Seen, RunError>;
    /// Reads the finding from the records of all replicates.
    fn conclude(&self, plan: &ChatPlan, trials: &[Trial]) -> Conclusion;
}

/// How many models [`in_replicate`] will train in this number of replicates.
pub(super) fn models_to_train(
    experiments: &[&'static dyn ChatExperiment],
    plan: &ChatPlan,
    replicates: usize,
) -> usize {
    let of_replicate: usize = experiments.iter().map(|experiment| experiment.models(plan)).sum();
    replicates * (1 + of_replicate)
}

/// Draws a replicate and lets the experiments look at it.
pub(super) fn in_replicate(
    experiments: &[&'static dyn ChatExperiment],
    plan: &ChatPlan,
    number: usize,
    journal: &Chapter,
) -> Result<Records, RunError> {
    let replicate = ChatReplicate::build(plan, number)?;
    let look = |experiment: &&'static dyn ChatExperiment| {
        experiment.look(plan, &replicate, &journal.chapter(experiment.name()))
    };
    experiments.iter().map(look).collect()
}
