//! A customer: a key's hash, and accounts with each of the models on one meter.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::keys::Hash;
use super::limits::Pace;
use super::store::KeptExam;
use crate::oracle::{Account, Chat, Meter};

/// A customer.
pub(super) struct Entry {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) hash: Hash,
    pub(super) state: Mutex<State>,
}

/// What changes about a customer.
pub(super) struct State {
    pub(super) meter: Arc<Meter>,
    pub(super) seats: Vec<Seat>,
    /// Why the account is closed.
    pub(super) closed: Option<String>,
    pub(super) guarded: bool,
    pub(super) pace: Pace,
    /// Batches that are counted and not yet written.
    pub(super) in_flight: usize,
    /// Whether the store did not take what was counted.
    pub(super) lost: bool,
    /// Submitted exams, the first first.
    pub(super) exams: Vec<KeptExam>,
    /// Exams that are not written yet: each is one of the ten from the start.
    pub(super) exams_in_flight: usize,
}

/// An account with one of the models.
pub(super) enum Seat {
    /// That is asked about points.
    Points(Box<Account>),
    /// That talks.
    Talks(Box<Account<Chat>>),
}

impl Seat {
    /// How many queries it answered.
    pub(super) fn asked(&self) -> usize {
        match self {
            Self::Points(account) => account.log().len(),
            Self::Talks(account) => account.log().len(),
        }
    }

    /// Whether an alarm has closed it.
    pub(super) fn is_blocked(&self) -> bool {
        match self {
            Self::Points(account) => account.is_blocked(),
            Self::Talks(account) => account.is_blocked(),
        }
    }
}

impl Entry {
    /// What changes about it. A thread that panicked has left it whole: nothing is half done between two statements.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Its account with a model.
    pub(super) fn seat(&self, model: usize) -> &Seat {
        &self.seats[model]
    }
}
