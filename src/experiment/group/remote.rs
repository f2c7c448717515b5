//! A group whose teacher is somebody else's: whom it is about, and what is bought before anything is trained.

use std::sync::Arc;

use super::{Group, Of, Sharing};
use crate::experiment::run::RunError;
use crate::experiment::run::purchase::{self, Bought};
use crate::plan::Remote;
use crate::remote::{Kind, RemoteTeacher};

impl Group {
    /// The teacher that is somebody else's, where that is so, with the classes that it answers with.
    pub fn remote(&self) -> Option<(&Remote, &[String])> {
        match &self.about {
            Of::Points(Sharing { plan, .. }) => Some((plan.remote()?, plan.data().classes())),
            Of::Chat(_) => None,
        }
    }

    /// What somebody else's teacher answers with, learned from the first point of the exam if need be.
    ///
    /// # Errors
    /// [`RunError`] where it does not answer.
    pub fn meet(&self, teacher: &Arc<RemoteTeacher>) -> Result<Kind, RunError> {
        match &self.about {
            Of::Points(Sharing { plan, .. }) => purchase::meet(&plan.asking(Arc::clone(teacher))),
            Of::Chat(_) => Err(RunError::NoTeacher),
        }
    }

    /// Buys what the experiments ask of somebody else's teacher. Where it refuses in the middle, the group is left with
    /// what can be had.
    ///
    /// # Errors
    /// [`RunError`] where that is nothing.
    pub fn buy(&mut self, teacher: &Arc<RemoteTeacher>) -> Result<Option<&Bought>, RunError> {
        let Of::Points(sharing) = &mut self.about else { return Ok(None) };
        let plan = sharing.plan.asking(Arc::clone(teacher));
        let sweep: Vec<_> = sharing.experiments.iter().flat_map(|it| it.sweep(&plan)).collect();
        let bought = purchase::buy(&plan, &sweep)?;
        sharing.plan = match &bought.cut {
            Some(cut) => plan.cut(cut.replicates, cut.budgets, cut.test),
            None => plan,
        };
        Ok(Some(sharing.bought.insert(bought)))
    }
}
