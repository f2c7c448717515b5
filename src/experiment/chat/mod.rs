//! Experiments about teachers that talk: what they declare, and how they are run in a world.

mod world;

use super::runner::Records;
use super::{Conclusion, Done, Experiment, RunError, Seen};
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
    fn look(&self, plan: &ChatPlan, world: &ChatWorld, done: Done) -> Result<Seen, RunError>;
    /// Reads the finding from the records of all worlds.
    fn conclude(&self, plan: &ChatPlan, trials: &[Trial]) -> Conclusion;
}

/// How many models [`in_world`] will train, all worlds together.
pub(super) fn models_to_train(experiments: &[&'static dyn ChatExperiment], plan: &ChatPlan) -> usize {
    let of_world: usize = experiments.iter().map(|experiment| experiment.models(plan)).sum();
    plan.replicates() * (1 + of_world)
}

/// Draws a world and lets the experiments look at it.
pub(super) fn in_world(
    experiments: &[&'static dyn ChatExperiment],
    plan: &ChatPlan,
    replicate: usize,
    done: Done,
) -> Result<Records, RunError> {
    let world = ChatWorld::build(plan, replicate)?;
    done();
    let look = |experiment: &&'static dyn ChatExperiment| {
        let (mut trials, exhibits) = experiment.look(plan, &world, done)?;
        trials.iter_mut().for_each(|trial| experiment.name().clone_into(&mut trial.experiment));
        Ok((trials, exhibits))
    };
    experiments.iter().map(look).collect()
}
