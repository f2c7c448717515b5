//! Experiments about teachers that talk: what they declare, and how they are run in a world.

mod world;

use super::runner::Records;
use super::{Chapter, Conclusion, Experiment, RunError, Seen};
use crate::finding::Trial;
use crate::plan::ChatPlan;

pub use world::{ChatWorld, Taught};
pub(super) use world::{passages, shape};

/// An experiment about teachers that talk.
pub trait ChatExperiment: Experiment {
    /// How many models it trains in a world, besides the teacher.
    fn models(&self, plan: &ChatPlan) -> usize;
    /// What it finds in a world.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn look(&self, plan: &ChatPlan, world: &ChatWorld, journal: &Chapter) -> Result<Seen, RunError>;
    /// Reads the finding from the records of all worlds.
    fn conclude(&self, plan: &ChatPlan, trials: &[Trial]) -> Conclusion;
}

/// How many models [`in_world`] will train, so many worlds together.
pub(super) fn models_to_train(experiments: &[&'static dyn ChatExperiment], plan: &ChatPlan, worlds: usize) -> usize {
    let of_world: usize = experiments.iter().map(|experiment| experiment.models(plan)).sum();
    worlds * (1 + of_world)
}

/// Draws a world and lets the experiments look at it.
pub(super) fn in_world(
    experiments: &[&'static dyn ChatExperiment],
    plan: &ChatPlan,
    replicate: usize,
    journal: &Chapter,
) -> Result<Records, RunError> {
    let world = ChatWorld::build(plan, replicate)?;
    let look =
        |experiment: &&'static dyn ChatExperiment| experiment.look(plan, &world, &journal.chapter(experiment.name()));
    experiments.iter().map(look).collect()
}
