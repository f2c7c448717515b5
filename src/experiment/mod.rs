//! Experiments: each with a question, a prediction, a sweep, a verdict and what it does not show.
//!
//! A [`PointExperiment`] declares the models to train in a replicate of points and reads a finding from the records of
//! all replicates. A [`ChatExperiment`] does the same with teachers that talk. [`run`] draws the replicates, trains
//! what is declared, each model once however many experiments want it, adds the references that every curve is compared
//! with, and puts the records in an order that does not depend on which thread was faster. It is [`gather`] and
//! [`read`] in one: the first can go on from a [`Journal`] of what is finished, and can leave replicates to others, as
//! a [`Shard`].

mod budget;
mod capacity;
mod chat;
mod comparison;
mod cost;
mod curves;
mod ensemble;
mod evidence;
mod exhibits;
mod failure;
mod guard;
mod hidden_width;
mod identity;
mod job;
mod journal;
mod levels;
mod open_base;
mod order;
mod points;
mod public;
mod queries;
mod ratio;
pub mod records;
mod reference;
mod replicate;
mod runner;
mod shard;
mod standing;
mod surface;
mod sweep;
mod telling;
mod unread;
mod weights;

use serde::{Deserialize, Serialize};

use crate::finding::{Figure, Table, Trial, Watched};

pub use chat::{ChatExperiment, ChatReplicate, Taught};
pub use comparison::{ArmComparison, BudgetComparison, Comparison, in_one_line};
pub use failure::RunError;
pub use job::{Job, ModelSpec, Start, Supervision};
pub use journal::{Chapter, Done, Journal, Recalled};
pub use order::Order;
pub use points::{PointExperiment, Study};
pub use replicate::{Replicate, Student};
pub use runner::{Gathered, Run, gather, models_to_train, read, run};
pub use shard::Shard;
pub use unread::{Unread, unread};
pub use weights::{Inputs, Tensor, Weights, write_tensors};

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
    /// The pictures that show all replicates.
    pub figures: Vec<Figure>,
}

impl Conclusion {
    /// The same with what the teachers know: as a verdict, and first of all in titles where that is nothing.
    fn after(mut self, standing: &standing::Standing) -> Self {
        for figure in self.figures.iter_mut().filter(|figure| figure.title == self.title) {
            figure.title = standing.warn(std::mem::take(&mut figure.title));
        }
        self.title = standing.warn(self.title);
        self.verdicts.push(standing.verdict());
        self
    }
}

/// What is shown of the first replicate: pictures of single models, and things that a page lets a reader try.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exhibits {
    /// In reading order.
    pub figures: Vec<Figure>,
    /// Accounts seen from both sides of the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "wall")]
    pub watched: Option<Watched>,
}

impl Exhibits {
    /// These, then others.
    fn and(mut self, others: Self) -> Self {
        self.figures.extend(others.figures);
        Self { figures: self.figures, watched: self.watched.or(others.watched) }
    }
}

/// What an experiment saw in one replicate: its records and, in the first replicate, its exhibits.
pub type Seen = (Vec<Trial>, Exhibits);

/// A question that can be put to the toy.
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
    /// Names of the columns that only this experiment has.
    fn own_columns(&self) -> &'static [&'static str] {
        &[]
    }
    /// Flags that it does not read.
    fn unread(&self) -> &'static [Unread] {
        &[Unread::PRICES]
    }
    /// The settings of a plan as it uses them, as (name, value) pairs in reading order.
    fn settings(&self, order: &Order) -> Vec<(String, String)> {
        order.settings()
    }
    /// What it is asked about.
    fn kind(&'static self) -> Kind;
}

/// What an experiment is asked about, and how it is run.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Teachers that classify points.
    Points(&'static dyn PointExperiment),
    /// Teachers that talk.
    Chat(&'static dyn ChatExperiment),
}

/// All experiments, in reading order.
pub static EXPERIMENTS: &[&dyn Experiment] = &[
    &budget::Budget,
    &cost::Cost,
    &capacity::Capacity,
    &queries::Queries,
    &surface::Surface,
    &open_base::OpenBase,
    &guard::GuardExperiment,
    &evidence::Evidence,
    &identity::Identity,
    &hidden_width::HiddenWidth,
];

/// The experiment of this name.
pub fn experiment(name: &str) -> Option<&'static dyn Experiment> {
    EXPERIMENTS.iter().copied().find(|experiment| experiment.name() == name)
}
