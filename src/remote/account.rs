//! An account with a remote teacher: what a student sees of it.

use std::sync::Arc;

use ndarray::{ArrayView2, CowArray, Ix2};

use super::reading::Kind;
use super::teacher::{Purpose, RemoteTeacher};
use super::trouble::Trouble;
use crate::data::Original;
use crate::nn::loss::argmax;
use crate::oracle::{Answers, Oracle, Refusal};

/// An account with a remote teacher, for so many queries: one that was asked before counts, and is not bought again.
#[derive(Clone)]
pub struct RemoteAccount {
    teacher: Arc<RemoteTeacher>,
    /// From points as they are dealt to a table's own numbers.
    original: Option<Arc<Original>>,
    purpose: Purpose,
    /// What a student is shown, where that is less than what the teacher answers.
    shown: Kind,
    quota: usize,
    answered: usize,
}

impl RemoteAccount {
    /// An account for an exam: all that the teacher answers, as often as it does. `original` leads from points as they
    /// are dealt to the numbers that the teacher was made for, where these differ.
    pub fn of_examiner(teacher: &Arc<RemoteTeacher>, original: Option<Original>) -> Self {
        let (teacher, original) = (Arc::clone(teacher), original.map(Arc::new));
        Self { teacher, original, purpose: Purpose::Exam, shown: Kind::Probabilities, quota: usize::MAX, answered: 0 }
    }

    /// One of a student with the same teacher: it shows labels only, or all that there is.
    pub fn of_student(&self, shown: Kind, quota: usize) -> Self {
        Self { purpose: Purpose::Sweep, shown, quota, answered: 0, ..self.clone() }
    }

    /// What the teacher answers with, learned by asking about a point (1 × dimension) if need be.
    ///
    /// # Errors
    /// [`Trouble`] where it does not answer.
    pub fn kind(&self, point: ArrayView2<f32>) -> Result<Kind, Trouble> {
        self.teacher.kind(self.sent(point)?.view())
    }

    /// Answers to points (n × dimension).
    ///
    /// # Errors
    /// [`Trouble`] where one of them is not answered.
    pub fn answers(&self, points: ArrayView2<f32>) -> Result<Answers, Trouble> {
        let answers = self.teacher.ask(self.sent(points)?.view(), self.purpose)?;
        Ok(match (self.shown, answers) {
            (Kind::Labels, Answers::Probabilities(rows)) => Answers::Labels(argmax(rows.view())),
            (_, answers) => answers,
        })
    }

    fn sent<'p>(&self, points: ArrayView2<'p, f32>) -> Result<CowArray<'p, f32, Ix2>, Trouble> {
        Ok(match &self.original {
            Some(original) if !self.teacher.takes_points_as_dealt()? => original(points).into(),
            _ => points.into(),
        })
    }
}

impl Oracle for RemoteAccount {
    fn ask(&mut self, batch: ArrayView2<f32>) -> Result<Answers, Refusal> {
        let (asked, left) = (batch.nrows(), self.left());
        if asked > left {
            return Err(Refusal::OverQuota { asked, left, quota: self.quota });
        }
        let answers = self.answers(batch).map_err(|_| Refusal::Elsewhere)?;
        self.answered += asked;
        Ok(answers)
    }

    fn classes(&self) -> usize {
        self.teacher.classes().len()
    }

    fn left(&self) -> usize {
        self.quota - self.answered
    }
}
