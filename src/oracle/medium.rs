//! Modality: the types of a query and its answer. The meter, the log, the quota and the alarm are the same for every
//! medium.

use super::Refusal;
use crate::seed::Stream;

/// A kind of query with its kind of answer: [`Points`](super::Points) and classes, for one.
///
/// It cannot be implemented outside the oracle: how a model answers is nobody else's business.
pub trait Medium: Answering {}

impl<M: Answering> Medium for M {}

/// How queries of a medium are answered and kept.
pub trait Answering: Copy + Send + Sync + 'static {
    /// What computes the answers.
    type Model: Send + Sync;
    /// Queries on their way in.
    type Batch<'a>: Copy;
    /// Queries as the provider keeps them, first asked first.
    type Queries: Send + Sync;
    /// What the provider knows of one answer it gave.
    type Note: Send + Sync;
    /// Answers as the customer gets them.
    type Answers;
    /// What can stand between model and customer.
    type Surface: ?Sized + Sync + 'static;

    /// How many queries a batch holds.
    fn count(batch: Self::Batch<'_>) -> usize;

    /// Whether the model understands them.
    fn understood(model: &Self::Model, batch: Self::Batch<'_>) -> Result<(), Refusal>;

    /// Answers a batch, with a note on each answer before it passed the surface.
    fn answer(
        model: &Self::Model,
        batch: Self::Batch<'_>,
        surface: &Self::Surface,
        noise: &mut Stream,
    ) -> (Self::Answers, Vec<Self::Note>);

    /// An empty list of queries to this model.
    fn no_queries(model: &Self::Model) -> Self::Queries;

    /// Puts a batch at the end of a list.
    fn keep(queries: &mut Self::Queries, batch: Self::Batch<'_>);

    /// How many classes, or words, an answer chooses from.
    fn classes(model: &Self::Model) -> usize;
}
