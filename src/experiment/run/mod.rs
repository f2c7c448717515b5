//! What runs: replicates, the models that are trained in them, and the journal of what is finished.
//!
//! Reading order: [`spec`] (what a model is made from), [`train`] (the one place where models are made), [`replicate`]
//! (what the models of one draw share), [`references`] (what every curve is compared with), [`schedule`] (each model
//! once, however many experiments want it). [`chat`] is the replicate of teachers that talk, [`purchase`] what comes
//! before all where the teacher is somebody else's.

pub(crate) mod chat;
pub(crate) mod ensemble;
mod failure;
mod journal;
pub(crate) mod public;
pub(crate) mod purchase;
pub(crate) mod references;
pub(crate) mod replicate;
pub(crate) mod schedule;
mod shard;
pub(crate) mod spec;
pub(crate) mod train;

pub use failure::RunError;
pub use journal::{Chapter, Done, Journal, Recalled};
pub use purchase::{Bought, Cut};
pub use shard::Shard;

/// All values, or the first error in order: rayon's own collecting would give whichever came first in time.
pub(crate) fn in_order<T>(results: Vec<Result<T, RunError>>) -> Result<Vec<T>, RunError> {
    results.into_iter().collect()
}
