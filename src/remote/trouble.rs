//! Why a teacher behind somebody else's API gives no answer.

/// Why there is no answer. What was answered before is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The server answers no more: a quota is used up, an account closed, a server gone.
    #[error("{0}")]
    Ended(String),
    /// What is asked for cannot be had there, or what came back is no answer.
    #[error("{problem}")]
    Wrong {
        /// What happened.
        problem: String,
        /// What to do about it.
        cure: String,
    },
    /// An answer that could not be written down is not used.
    #[error("answers cannot be kept: {0}")]
    Unkept(String),
    /// Somebody asked to stop.
    #[error("stopped before all queries were answered")]
    Stopped,
}

impl Trouble {
    /// Something else than was asked for, with its cure.
    pub(super) fn wrong(problem: impl Into<String>, cure: impl Into<String>) -> Self {
        Self::Wrong { problem: problem.into(), cure: cure.into() }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Ended(_) => {
                "see that address and key are right; what was answered is kept, and the same command goes on from \
                               there once the server answers again"
                    .to_owned()
            }
            Self::Wrong { cure, .. } => cure.clone(),
            Self::Unkept(_) => "make room on the disk; nothing that was kept is lost".to_owned(),
            Self::Stopped => "the same command goes on from here".to_owned(),
        }
    }
}
