//! Several accounts used as one: a copier does this where an account that asks much may be closed.

use super::{Account, Medium, Oracle, Points, Refusal};

/// Accounts that take batches in turn, as long as they are open. A batch goes to one account as a whole, the next in
/// turn that has room for it.
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

    /// How many queries were answered in all.
    pub fn answered(&self) -> usize {
        self.accounts.iter().map(|account| account.log().len()).sum()
    }
}

impl<M: Medium> Oracle<M> for Split<M> {
    fn ask(&mut self, batch: M::Batch<'_>) -> Result<M::Answers, Refusal> {
        let (asked, count) = (M::count(batch), self.accounts.len());
        let mut turns = (self.next..self.next + count).map(|turn| turn % count);
        if let Some(turn) = turns.find(|&turn| self.accounts[turn].left() >= asked) {
            self.next = (turn + 1) % count;
            return self.accounts[turn].ask(batch);
        }
        // None has room. Of those that are open, the one with the most says so.
        let open = (0..count).filter(|&at| !self.accounts[at].is_blocked());
        match open.max_by_key(|&at| self.accounts[at].left()) {
            Some(at) => self.accounts[at].ask(batch),
            None => Err(Refusal::Blocked { answered: self.answered() }),
        }
    }

    fn classes(&self) -> usize {
        self.accounts[0].classes()
    }

    /// In batches that fit into one account each.
    fn left(&self) -> usize {
        self.accounts.iter().map(Account::left).sum()
    }
}
