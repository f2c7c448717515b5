//! Experiments: each with a question, a prediction, a sweep, a verdict and what it does not show.
//!
//! An `Experiment` declares the models to train in a replicate and reads a finding from the records of all replicates.
//! [`run`] draws the replicates, trains what is declared, each model once however many experiments want it, adds the
//! references that every curve is compared with, and puts the records in an order that does not depend on which thread
//! was faster. It is [`gather`] and [`read()`] in one: the first can go on from a [`Journal`] of what is finished, and
//! can leave replicates to others, as a [`Shard`].
//!
//! ```text
//! 7  runs                      all groups of a run: gather, read
//!    comparison   weights      two runs held against each other; models to be saved
//! 6  group                     experiments that share replicates
//! 5  registry                  a line for each experiment
//! 4  budget … hidden_width     the ten experiments; they never use each other
//! 3  contract                  what an experiment declares
//! 2  show                      sentences, pictures
//! 1  read                      records → curves, levels, ratios
//! 0  run   unread              spec → trainer, replicate, references, schedule, journal; flags without effect
//! ```
//!
//! Where the teacher is somebody else's, [`Group::buy`] comes before all: what is to be asked is bought and kept, and
//! students are trained from that.
//!
//! To add one: a file with its [`About`], its sweep and its `conclude`, and a line in `registry`. `open_base` is a
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
mod registry;
mod run;
mod runs;
mod show;
mod surface;
mod unread;
mod weights;

pub use comparison::{ArmComparison, BudgetComparison, Comparison, in_one_line};
pub use contract::{About, Exhibits};
pub use group::{Gathered, Group, Run};
pub use read::records;
pub use registry::{EXPERIMENTS, Listed, experiment};
pub use run::chat::{ChatReplicate, Taught};
pub use run::{Bought, Chapter, Cut, Done, Journal, Recalled, RunError, Shard};
pub use runs::{gather, models_to_train, read, run, unread};
pub use unread::Unread;
pub use weights::{Inputs, Tensor, Weights, write_tensors};
