//! Why a run has no finding: which model failed, and what to change.

use crate::nn::Diverged;
use crate::student::DistillError;

/// A model that could not be trained.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("replicate {replicate}, {model}: {problem}")]
pub struct RunError {
    replicate: usize,
    model: String,
    problem: DistillError,
    flag: &'static str,
}

impl RunError {
    /// A model of the teacher's size.
    pub(super) fn of_teacher_size(replicate: usize, model: &str, problem: Diverged) -> Self {
        Self { replicate, model: model.to_owned(), problem: problem.into(), flag: "--teacher-rate" }
    }

    /// A model of a student's size.
    pub(super) fn of_student_size(replicate: usize, model: String, problem: impl Into<DistillError>) -> Self {
        Self { replicate, model, problem: problem.into(), flag: "--rate" }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.problem {
            DistillError::Diverged(diverged) => {
                let lower = (diverged.rate / 10.0).min(0.01);
                format!("lower {} (it was {}), for instance to {lower}", self.flag, diverged.rate)
            }
            DistillError::Refused(_) => "open the account for as many questions as the student asks".to_owned(),
        }
    }
}
