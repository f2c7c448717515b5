//! Several accounts used as one: the way of a copier who fears that an account that asks much is noticed.

use super::{Account, Medium, Oracle, Points, Refusal};

/// Accounts that take batches in turn, as long as they are open.
pub struct Split<M: Medium = Points> {
    accounts: Vec<Account<M>>,
    /// Whose turn it is.
    next: usize,
}

impl<M: Medium> Split<M> {
    /// Deals batches to these accounts.
    ///
    /// # Panics
    /// If there are none.
    pub fn new(accounts: Vec<Account<M>>) -> Self {
        assert!(!accounts.is_empty(), "somebody has to ask");
        Self { accounts, next: 0 }
    }

    /// How many of the accounts were blocked.
    pub fn blocked(&self) -> usize {
        self.accounts.iter().filter(|account| account.is_blocked()).count()
    }

    /// How many questions were answered in all.
    pub fn answered(&self) -> usize {
        self.accounts.iter().map(|account| account.log().len()).sum()
    }
}

impl<M: Medium> Oracle<M> for Split<M> {
    fn ask(&mut self, batch: M::Batch<'_>) -> Result<M::Answers, Refusal> {
        for _ in 0..self.accounts.len() {
            let turn = self.next;
            self.next = (turn + 1) % self.accounts.len();
            if !self.accounts[turn].is_blocked() {
                return self.accounts[turn].ask(batch);
            }
        }
        Err(Refusal::Blocked { answered: self.answered() })
    }

    fn classes(&self) -> usize {
        self.accounts[0].classes()
    }

    fn left(&self) -> usize {
        self.accounts.iter().map(Account::left).sum()
    }
}
