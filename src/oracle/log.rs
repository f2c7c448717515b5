//! What a provider keeps of an account: its queries in the order they came, with a note on each answer.

use std::fmt;

use super::{Medium, Points};

/// The queries of one account and what was answered. The n-th note belongs to the n-th query.
pub struct Log<M: Medium = Points> {
    queries: M::Queries,
    notes: Vec<M::Note>,
}

impl<M: Medium> Log<M> {
    pub(super) fn new(model: &M::Model) -> Self {
        Self { queries: M::no_queries(model), notes: Vec::new() }
    }

    pub(super) fn record(&mut self, batch: M::Batch<'_>, notes: Vec<M::Note>) {
        M::keep(&mut self.queries, batch);
        self.notes.extend(notes);
    }

    /// Queries answered so far, first asked first: for points n × dimension.
    pub fn queries(&self) -> &M::Queries {
        &self.queries
    }

    /// What the provider knows of each answer, in the order of the queries.
    pub fn notes(&self) -> &[M::Note] {
        &self.notes
    }

    /// How many queries were answered.
    pub fn len(&self) -> usize {
        self.notes.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

impl<M: Medium> fmt::Debug for Log<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("queries", &self.len()).finish_non_exhaustive()
    }
}
