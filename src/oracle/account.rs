//! Accounts: where questions are counted. The budget is kept here and nowhere else.

use std::sync::Arc;

use ndarray::ArrayView2;

use super::{Answers, Log, Oracle, Surface, Teacher};
use crate::seed::{Seed, Stream};

/// What an account gets: the surface its answers pass through, and how many questions it may ask.
#[derive(Clone, Copy)]
pub struct Terms {
    /// What an answer shows.
    pub surface: &'static dyn Surface,
    /// How many questions will be answered.
    pub quota: usize,
    /// Where a surface that draws what it shows takes its random numbers from, afresh for each account.
    pub noise: Seed,
}

/// Why a batch was not answered. Nothing of it was, and nothing was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The batch would pass the quota.
    #[error("{asked} questions asked, {left} left of {quota}: none was answered")]
    OverQuota {
        /// Rows of the batch.
        asked: usize,
        /// Questions left before it.
        left: usize,
        /// The account's quota.
        quota: usize,
    },
    /// The points are not of the teacher's world.
    #[error("a question has {given} numbers, the teacher's questions have {expected}: none was answered")]
    WrongDimension {
        /// Columns of the batch.
        given: usize,
        /// Numbers that a question has here.
        expected: usize,
    },
}

/// Opens accounts with one teacher.
pub struct Desk {
    teacher: Arc<Teacher>,
    terms: Terms,
}

impl Desk {
    pub(super) fn new(teacher: Arc<Teacher>, terms: Terms) -> Self {
        Self { teacher, terms }
    }

    /// A desk of the same teacher under other terms.
    pub fn under(&self, terms: Terms) -> Self {
        Self { teacher: Arc::clone(&self.teacher), terms }
    }

    /// A new account: nothing asked yet.
    pub fn open(&self) -> Account {
        Account {
            teacher: Arc::clone(&self.teacher),
            terms: self.terms,
            log: Log::new(self.teacher.dimension()),
            noise: self.terms.noise.stream(),
        }
    }
}

/// One customer's access to the teacher: metered, logged, answering through its surface.
pub struct Account {
    teacher: Arc<Teacher>,
    terms: Terms,
    log: Log,
    noise: Stream,
}

impl Account {
    /// What the provider kept of this account's questions.
    pub fn log(&self) -> &Log {
        &self.log
    }
}

impl Oracle for Account {
    fn ask(&mut self, points: ArrayView2<f32>) -> Result<Answers, Refusal> {
        let (asked, left) = (points.nrows(), self.left());
        if points.ncols() != self.teacher.dimension() {
            return Err(Refusal::WrongDimension { given: points.ncols(), expected: self.teacher.dimension() });
        }
        if asked > left {
            return Err(Refusal::OverQuota { asked, left, quota: self.terms.quota });
        }
        self.log.record(points);
        Ok(self.terms.surface.show(self.teacher.logits(points), &mut self.noise))
    }

    fn classes(&self) -> usize {
        self.teacher.classes()
    }

    fn left(&self) -> usize {
        self.terms.quota - self.log.questions().nrows()
    }
}
