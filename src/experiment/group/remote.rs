//! A group whose teacher is somebody else's: whom it is about, and what is bought before anything is trained.

use std::sync::Arc;

use super::{Group, GroupOf, Members};
use crate::experiment::run::purchase::{self, Bought};
use crate::experiment::run::{Chapter, RunError};
use crate::plan::{PlanError, Remote};
use crate::remote::{Kind, RemoteTeacher};

/// What is said of an experiment that needs more of a teacher than its answers.
pub(super) fn refused(experiment: &str) -> PlanError {
    let problem = format!(
        "{experiment} needs a teacher of its own, to open accounts under other terms, look at it or train it again"
    );
    PlanError::new("--teacher-url", "", problem, "ask somebody else's teacher with run budget")
}

/// The part of a journal for what was bought, where that is not all: what is trained on less, or examined by less, is
/// another piece of work.
pub(super) fn part<'a>(bought: &Bought, journal: &Chapter<'a>) -> Option<Chapter<'a>> {
    let cut = bought.cut.as_ref()?;
    Some(journal.chapter(format!("{} budgets, exam of {}", cut.budgets, cut.test)))
}

impl Group {
    /// The teacher that is somebody else's, where that is so, with the classes that it answers with.
    pub fn remote(&self) -> Option<(&Remote, &[String])> {
        match &self.members {
            Members::Points(GroupOf { plan, .. }) => Some((plan.remote()?, plan.data().classes())),
            Members::Chat(_) => None,
        }
    }

    /// What somebody else's teacher answers with, learned from the first point of the exam if need be.
    ///
    /// # Errors
    /// [`RunError`] where it does not answer.
    pub fn meet(&self, teacher: &Arc<RemoteTeacher>) -> Result<Kind, RunError> {
        match &self.members {
            Members::Points(GroupOf { plan, .. }) => purchase::meet(&plan.asking(Arc::clone(teacher))),
            Members::Chat(_) => Err(RunError::NoTeacher),
        }
    }

    /// Buys what the experiments ask of somebody else's teacher. Where it refuses in the middle, the group is left with
    /// what can be had.
    ///
    /// # Errors
    /// [`RunError`] where that is nothing.
    pub fn buy(&mut self, teacher: &Arc<RemoteTeacher>) -> Result<Option<&Bought>, RunError> {
        let Members::Points(group) = &mut self.members else { return Ok(None) };
        let plan = group.plan.asking(Arc::clone(teacher));
        let sweep: Vec<_> = group.experiments.iter().flat_map(|it| it.sweep(&plan)).collect();
        let bought = purchase::buy(&plan, &sweep)?;
        group.plan = match &bought.cut {
            Some(cut) => plan.cut(cut.replicates, cut.budgets, cut.test),
            None => plan,
        };
        Ok(Some(group.bought.insert(bought)))
    }
}
