//! Why a batch was not answered.

/// Why a batch was not answered. Nothing of it was, and nothing was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The batch would pass the quota.
    #[error("{asked} queries asked, {left} left of {quota}: none was answered")]
    OverQuota {
        /// Queries of the batch.
        asked: usize,
        /// Queries left before it.
        left: usize,
        /// The account's quota.
        quota: usize,
    },
    /// The points do not have the teacher's number of inputs.
    #[error("a query has {given} numbers, the teacher's queries have {expected}: none was answered")]
    WrongDimension {
        /// Columns of the batch.
        given: usize,
        /// Numbers that a query has here.
        expected: usize,
    },
    /// An alarm went off after an earlier batch, and the account is closed for good.
    #[error("the account was blocked after {answered} queries: none was answered")]
    Blocked {
        /// Queries answered before the block.
        answered: usize,
    },
    /// The teacher stands behind an API elsewhere, which did not answer and says itself why.
    #[error("the API did not answer, so nothing was counted")]
    Elsewhere,
    /// A prompt holds a token that the teacher does not have.
    #[error("a prompt holds token {token}, the teacher knows {known} tokens: none was answered")]
    UnknownToken {
        /// The token.
        token: u8,
        /// How many tokens there are, numbered from 0.
        known: usize,
    },
}
