//! What an experiment does in a world besides training its sweep.

use super::{RunError, World};
use crate::finding::Trial;
use crate::plan::Plan;

/// Called after each model that was trained, from any thread.
pub type Done<'a> = &'a (dyn Fn() + Sync);

/// An experiment at work, with what it prepared once for all worlds.
pub trait Study: Sync {
    /// What it finds in a world: rows of records that come after those of the sweep and before the references.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn look(&self, plan: &Plan, world: &World, done: Done) -> Result<Vec<Trial>, RunError>;
}
