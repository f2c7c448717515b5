//! Experiments: each a question, a prediction, a sweep, a verdict and what it does not show.
//!
//! An experiment declares the models to train in a world ([`Experiment::sweep`]) and reads a finding from the records
//! of all worlds ([`Experiment::conclude`]). [`run`] draws the worlds, trains what is declared, each model once however
//! many experiments want it, adds the references that every curve is held against, and puts the records in an order
//! that does not depend on which thread was faster.

mod budget;
mod capacity;
mod cost;
mod curves;
mod evidence;
mod exhibits;
mod failure;
mod job;
mod open_base;
mod order;
mod public;
mod queries;
pub mod records;
mod reference;
mod runner;
mod study;
mod surface;
mod telling;
mod world;

use crate::finding::{Figure, Lineup, Table, Trial};
use crate::plan::{Home, Plan, PlanError};

pub use failure::RunError;
pub use job::{Job, Lesson, Make, Start};
pub use order::Order;
pub use runner::{Run, models_to_train, run};
pub use study::{Done, Study};
pub use world::{Student, World};

/// What the records say, in words and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// The finding in one sentence.
    pub title: String,
    /// Verdict lines.
    pub verdicts: Vec<String>,
    /// Commands to try next, without the program's name: `run budget --seed 1`.
    pub next: Vec<String>,
    /// The compact table.
    pub table: Table,
    /// The pictures that show all worlds.
    pub figures: Vec<Figure>,
}

/// A question that can be put to the toy world.
pub trait Experiment: Sync {
    /// Its name on the command line and in the output folder.
    fn name(&self) -> &'static str;
    /// What it asks, in one line.
    fn question(&self) -> &'static str;
    /// What a reader might predict before looking.
    fn prediction(&self) -> &'static str;
    /// What it does not show.
    fn caveats(&self) -> &'static [&'static str];
    /// How long the default plan takes on two cores, in seconds.
    fn seconds(&self) -> u32;
    /// The plan it has where the request is silent.
    fn home(&self) -> Home {
        Home::default()
    }
    /// Whether it can be asked of this plan.
    ///
    /// # Errors
    /// [`PlanError`] that says what is missing.
    fn check(&self, _plan: &Plan) -> Result<(), PlanError> {
        Ok(())
    }
    /// Names of the columns that only this experiment has, in the order of [`Experiment::annotate`].
    fn own_columns(&self) -> &'static [&'static str] {
        &[]
    }
    /// The models to train in each world, besides the references.
    fn sweep(&self, plan: &Plan) -> Vec<Job>;
    /// The values of its own columns in a world, one row for each job of the sweep: for an experiment that measures
    /// more than its students.
    fn annotate(&self, _world: &World, sweep: &[Job]) -> Vec<Vec<String>> {
        sweep.iter().map(|job| job.extra.clone()).collect()
    }
    /// For an experiment that does more in a world than train its sweep: what it prepares once for all worlds.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn study(&self, _plan: &Plan, _done: Done) -> Result<Option<Box<dyn Study>>, RunError> {
        Ok(None)
    }
    /// How many models its study trains in all, apart from the sweep.
    fn models_of_study(&self, _plan: &Plan) -> usize {
        0
    }
    /// Pictures of single models, drawn from the first world.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn exhibit(&self, plan: &Plan, world: &World) -> Result<Vec<Figure>, RunError>;
    /// Reads the finding from the records of all worlds.
    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion;
    /// Suspects for a reader to judge, from the same records.
    fn lineup(&self, _plan: &Plan, _trials: &[Trial]) -> Option<Lineup> {
        None
    }
}

/// All experiments, in reading order.
pub static EXPERIMENTS: &[&dyn Experiment] = &[
    &budget::Budget,
    &cost::Cost,
    &capacity::Capacity,
    &queries::Queries,
    &surface::Surface,
    &open_base::OpenBase,
    &evidence::Evidence,
];

/// The experiment of this name.
pub fn experiment(name: &str) -> Option<&'static dyn Experiment> {
    EXPERIMENTS.iter().copied().find(|experiment| experiment.name() == name)
}
