//! Experiments: each with a question, a prediction, a sweep, a verdict and what it does not show.
//!
//! An [`Experiment`](contract::Experiment) declares the models to train in a replicate and reads a finding from the
//! records of all replicates. [`run`] draws the replicates, trains what is declared, each model once however many
//! experiments want it, adds the references that every curve is compared with, and puts the records in an order that
//! does not depend on which thread was faster. It is [`gather`] and [`read()`] in one: the first can go on from a
//! [`Journal`] of what is finished, and can leave replicates to others, as a [`Shard`].
//!
//! ```text
//! 4  this file, group          the registry; experiments that share replicates
//!    comparison  weights       two runs held against each other; models to be saved
//! 3  budget … hidden_width     the ten experiments: they never use each other
//! 2  contract  unread          what an experiment declares
//! 1  show                      pictures, sentences
//!    read                      records → curves, levels, ratios
//! 0  run                       spec → trainer, replicate, references, schedule, journal, shard
//! ```
//!
//! To add one: a file with its [`About`], its sweep and its `conclude`, and a line in [`EXPERIMENTS`]. `open_base` is a
//! short example.

mod budget;
mod capacity;
mod comparison;
mod contract;
mod cost;
mod evidence;
mod group;
mod guard;
mod hidden_width;
mod identity;
mod open_base;
mod queries;
mod read;
mod run;
mod show;
mod surface;
mod unread;
mod weights;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Trial};
use crate::oracle::Chat;
use contract::Experiment;

pub use comparison::{ArmComparison, BudgetComparison, Comparison, in_one_line};
pub use contract::{About, Conclusion, Exhibits};
pub use group::Group;
pub use read::records;
pub use run::chat::{ChatReplicate, Taught};
pub use run::{Chapter, Done, Journal, Recalled, RunError, Shard};
pub use unread::{Unread, unread};
pub use weights::{Inputs, Tensor, Weights, write_tensors};

/// An experiment of the registry.
#[derive(Clone, Copy)]
pub struct Listed(Kind);

/// What it is about.
#[derive(Clone, Copy)]
enum Kind {
    Points(&'static dyn Experiment),
    Chat(&'static dyn Experiment<Chat>),
}

const fn points(experiment: &'static dyn Experiment) -> Listed {
    Listed(Kind::Points(experiment))
}

const fn chat(experiment: &'static dyn Experiment<Chat>) -> Listed {
    Listed(Kind::Chat(experiment))
}

/// All experiments, in reading order.
pub static EXPERIMENTS: &[Listed] = &[
    points(&budget::Budget),
    points(&cost::Cost),
    points(&capacity::Capacity),
    points(&queries::Queries),
    points(&surface::Surface),
    points(&open_base::OpenBase),
    points(&guard::GuardExperiment),
    points(&evidence::Evidence),
    chat(&identity::Identity),
    chat(&hidden_width::HiddenWidth),
];

/// The experiment of this name.
pub fn experiment(name: &str) -> Option<Listed> {
    EXPERIMENTS.iter().copied().find(|experiment| experiment.about().name == name)
}

impl Listed {
    /// What is said about it.
    pub fn about(self) -> &'static About {
        match self.0 {
            Kind::Points(experiment) => experiment.about(),
            Kind::Chat(experiment) => experiment.about(),
        }
    }
}

/// The records of one experiment and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// One row per model: by replicate, then as the experiment lists them, the references last.
    pub trials: Vec<Trial>,
    /// What they say.
    pub finding: Finding,
    /// Names of the columns that only this experiment has.
    pub columns: &'static [&'static str],
}

/// What one experiment saw in some replicates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// As in a [`Run`], of these replicates only.
    pub trials: Vec<Trial>,
    /// Of the first replicate, if it is among them.
    pub exhibits: Exhibits,
}

/// How many models [`gather`] will train: what a progress bar counts to.
pub fn models_to_train(groups: &[Group], shard: Shard) -> usize {
    groups.iter().map(|group| group.models(shard)).sum()
}

/// Runs experiments, all replicates of them, and calls `done` after each model: what those of one group have in common
/// is trained once.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(groups: &[Group], done: &(dyn Fn() + Sync)) -> Result<Vec<Run>, RunError> {
    let done = |models: usize| (0..models).for_each(|_| done());
    let gathered = gather(groups, Shard::WHOLE, &Journal::new(&done, &|| false))?;
    Ok(read(groups, gathered))
}

/// Looks at the replicates of a shard, going on from what the journal holds: for each experiment of the groups, in
/// their order, what it saw.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn gather(groups: &[Group], shard: Shard, journal: &Journal) -> Result<Vec<Gathered>, RunError> {
    let mut gathered = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        gathered.extend(group.gather(shard, &journal.chapter(format!("group {number}")))?);
    }
    Ok(gathered)
}

/// Reads what was gathered in all replicates: trials by replicate.
pub fn read(groups: &[Group], gathered: Vec<Gathered>) -> Vec<Run> {
    let mut gathered = gathered.into_iter();
    groups.iter().flat_map(|group| group.read(&mut gathered)).collect()
}
