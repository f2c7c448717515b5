//! What an experiment about points declares: its plan, its models, what else it does in a replicate, and its verdict.

use super::{Chapter, Conclusion, Exhibits, Experiment, Job, Replicate, RunError, Seen};
use crate::finding::{Lineup, Trial};
use crate::plan::{Home, Plan, PlanError};

/// An experiment about teachers that classify points.
pub trait PointExperiment: Experiment {
    /// The plan it has where the request says nothing.
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
    /// The models to train in each replicate, besides the references.
    fn sweep(&self, plan: &Plan) -> Vec<Job>;
    /// The values of its own columns in a replicate, one row for each job of the sweep: for an experiment that measures
    /// more than its students.
    fn annotate(&self, _replicate: &Replicate, sweep: &[Job]) -> Vec<Vec<String>> {
        sweep.iter().map(|job| job.extra.clone()).collect()
    }
    /// For an experiment that does more in a replicate than train its sweep: what it prepares once for all replicates.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn study(&self, _plan: &Plan, _journal: &Chapter) -> Result<Option<Box<dyn Study>>, RunError> {
        Ok(None)
    }
    /// How many models its study trains for this number of replicates, apart from the sweep.
    fn models_of_study(&self, _plan: &Plan, _replicates: usize) -> usize {
        0
    }
    /// What it shows of the first replicate.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn exhibit(&self, _plan: &Plan, _replicate: &Replicate) -> Result<Exhibits, RunError> {
        Ok(Exhibits::default())
    }
    /// Reads the finding from the records of all replicates.
    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion;
    /// Suspects to judge, for an experiment that has some.
    fn lineup(&self, _plan: &Plan, _trials: &[Trial]) -> Option<Lineup> {
        None
    }
}

/// An experiment at work, with what it prepared once for all replicates.
pub trait Study: Sync {
    /// What it finds in a replicate: rows of records that come after those of the sweep and before the references, and
    /// exhibits that come after its others.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn look(&self, plan: &Plan, replicate: &Replicate, journal: &Chapter) -> Result<Seen, RunError>;
}
