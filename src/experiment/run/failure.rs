//! Why a run has no finding: which model failed, and what to change.

use crate::remote::Trouble;
use crate::student::DistillError;

/// Why a run ended before there was anything to read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A model could not be trained.
    #[error("replicate {replicate}, {model}: {problem}")]
    Training {
        /// Its replicate, from 0.
        replicate: usize,
        /// Which it is.
        model: String,
        /// What went wrong.
        problem: DistillError,
        /// The flag of its learning rate.
        flag: &'static str,
    },
    /// The API of a teacher that is somebody else's does not answer.
    #[error("the teacher's API: {0}")]
    Remote(Trouble),
    /// A plan with a teacher that is somebody else's, which nobody has asked yet: see
    /// [`Group::buy`](crate::experiment::Group::buy).
    #[error("the teacher is somebody else's, and its answers were not bought")]
    NoTeacher,
    /// The journal said that no new work is to be begun: see [`Journal`](super::Journal).
    #[error("stopped before all models were trained")]
    Stopped,
}

impl From<Trouble> for RunError {
    fn from(trouble: Trouble) -> Self {
        if trouble == Trouble::Stopped { Self::Stopped } else { Self::Remote(trouble) }
    }
}

impl RunError {
    /// A model of the teacher's size.
    pub(crate) fn of_teacher_size(
        replicate: usize,
        model: impl Into<String>,
        problem: impl Into<DistillError>,
    ) -> Self {
        Self::Training { replicate, model: model.into(), problem: problem.into(), flag: "--teacher-rate" }
    }

    /// A model of a student's size.
    pub(crate) fn of_student_size(
        replicate: usize,
        model: impl Into<String>,
        problem: impl Into<DistillError>,
    ) -> Self {
        Self::Training { replicate, model: model.into(), problem: problem.into(), flag: "--rate" }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Training { problem: DistillError::Diverged(diverged), flag, .. } => {
                let lower = (diverged.rate / 10.0).min(0.01);
                format!("lower {flag} (it was {}), for instance to {lower}", diverged.rate)
            }
            Self::Training { problem: DistillError::Refused(_), .. } => {
                "this is an error of the program: please report it with the command".to_owned()
            }
            Self::Remote(trouble) => trouble.hint(),
            Self::NoTeacher => "buy them before: Group::buy".to_owned(),
            Self::Stopped => "the same command goes on from here".to_owned(),
        }
    }
}
