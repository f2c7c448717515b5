//! The meter: where queries are counted. The budget is kept here and nowhere else.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::Refusal;

/// Counts one customer's queries against a quota.
#[derive(Debug)]
pub struct Meter {
    quota: usize,
    used: AtomicUsize,
}

impl Meter {
    /// A meter that has counted nothing.
    pub fn new(quota: usize) -> Self {
        Self { quota, used: AtomicUsize::new(0) }
    }

    /// How many queries will be answered in all.
    pub fn quota(&self) -> usize {
        self.quota
    }

    /// How many were.
    pub fn used(&self) -> usize {
        self.used.load(Relaxed)
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.quota - self.used()
    }

    /// Counts a batch, or refuses it whole. One step, since accounts that share a meter may be asked at once.
    pub(crate) fn count(&self, asked: usize) -> Result<(), Refusal> {
        let within = |used: usize| used.checked_add(asked).filter(|&used| used <= self.quota);
        let counted = self.used.fetch_update(Relaxed, Relaxed, within);
        let over = |used: usize| Refusal::OverQuota { asked, left: self.quota - used, quota: self.quota };
        counted.map(drop).map_err(over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_past_the_quota_is_not_counted() {
        let meter = Meter::new(10);
        assert_eq!(meter.count(7), Ok(()));
        assert_eq!(meter.count(4), Err(Refusal::OverQuota { asked: 4, left: 3, quota: 10 }));
        assert!(meter.count(usize::MAX).is_err(), "the sum is larger than a number can be");
        assert_eq!((meter.count(3), meter.used(), meter.left(), meter.quota()), (Ok(()), 10, 0, 10));
    }
}
