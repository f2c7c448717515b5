//! A share over clusters: suspects of one replicate share its teacher and its probes, so that replicates are counted
//! and not suspects.
//!
//! An interval that takes suspects for independent, such as Wilson's, is too narrow: where one independent model of a
//! replicate is accused, the next one is more likely to be as well (fifteen of them in each of four replicates, seed 2:
//! 4, 0, 2 and 1 accused).

use std::collections::BTreeMap;

use crate::audit::statistics::{Estimate, Verdict, estimate};
use crate::words::percent;

/// Hits among some suspects of one replicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    hits: usize,
    all: usize,
}

impl Count {
    fn share(self) -> f64 {
        self.hits as f64 / self.all as f64
    }
}

/// How many of some suspects are accused, replicate by replicate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Accused(BTreeMap<usize, Count>);

impl Accused {
    /// Counts suspects, each with its replicate and whether it is accused.
    pub(super) fn of(suspects: impl IntoIterator<Item = (usize, bool)>) -> Self {
        let mut counts: BTreeMap<usize, Count> = BTreeMap::new();
        for (replicate, accused) in suspects {
            let count = counts.entry(replicate).or_default();
            count.hits += usize::from(accused);
            count.all += 1;
        }
        Self(counts)
    }

    /// These suspects and those.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (replicate, Count { hits, all }) in other.0 {
            let count = self.0.entry(replicate).or_default();
            count.hits += hits;
            count.all += all;
        }
        self
    }

    /// How many are accused.
    pub(super) fn hits(&self) -> usize {
        self.0.values().map(|count| count.hits).sum()
    }

    /// How many there are.
    pub(super) fn all(&self) -> usize {
        self.0.values().map(|count| count.all).sum()
    }

    /// The share of each replicate, in their order.
    pub(super) fn shares(&self) -> Vec<f64> {
        self.0.values().map(|count| count.share()).collect()
    }

    /// The mean of the replicates' shares; 0 of nobody.
    pub(super) fn share(&self) -> f64 {
        let shares = self.shares();
        shares.iter().sum::<f64>() / shares.len().max(1) as f64
    }

    /// The t-interval of this mean over replicates, kept within 0 and 1. `None` where all replicates are alike, or
    /// there is but one: what does not vary says nothing about how it would.
    pub(super) fn interval(&self) -> Option<(f64, f64)> {
        let shares = self.shares();
        if shares.iter().all(|share| *share == shares[0]) {
            return None;
        }
        let Estimate { low, high, .. } = estimate(&shares);
        Some((low.max(0.0), high.min(1.0)))
    }

    /// Where this mean may lie: the interval; and where in all replicates all are accused or none, the exact one of so
    /// many replicates (Clopper and Pearson 1934): four of four do not say that it is always so.
    pub(super) fn band(&self) -> (f64, f64) {
        let (shares, share) = (self.shares(), self.share());
        let least = 0.025f64.powf(1.0 / shares.len().max(1) as f64);
        let extreme = |end: f64| shares.iter().all(|share| *share == end);
        match self.interval() {
            Some(interval) => interval,
            None if extreme(1.0) => (least, 1.0),
            None if extreme(0.0) => (0.0, 1.0 - least),
            None => (share, share),
        }
    }

    /// Whether these are accused more often than those: the difference of their shares, paired by replicate.
    pub(super) fn compared_with(&self, other: &Self) -> Verdict {
        self.less(other).map_or(Verdict::NoDifference, Verdict::of)
    }

    /// The difference of their shares, paired by replicate; `None` where no replicate has both.
    pub(super) fn less(&self, other: &Self) -> Option<Estimate> {
        let both = self.0.keys().filter(|replicate| other.0.contains_key(replicate));
        let difference = |replicate: &usize| self.0[replicate].share() - other.0[replicate].share();
        let differences: Vec<f64> = both.map(difference).collect();
        let Estimate { mean, low, high } = (!differences.is_empty()).then(|| estimate(&differences))?;
        // No difference of shares is larger than one; a single replicate keeps that it has no interval.
        let end = |end: f64| if end.is_finite() { end.clamp(-1.0, 1.0) } else { end };
        Some(Estimate { mean, low: end(low), high: end(high) })
    }

    /// "3 of 60".
    pub(super) fn counted(&self) -> String {
        format!("{} of {}", self.hits(), self.all())
    }

    /// "3 of 60 copies (5.0 % [0.0, 11.5])", or the counts alone where there is no interval.
    pub(super) fn rated(&self, what: &str) -> String {
        let counted = format!("{} {what}", self.counted());
        match self.interval() {
            Some((low, high)) => {
                format!("{counted} ({} [{:.1}, {:.1}])", percent(self.share()), 100.0 * low, 100.0 * high)
            }
            None => counted,
        }
    }

    /// The hits of each replicate: "0, 0, 1, 1".
    pub(super) fn by_replicate(&self) -> String {
        self.0.values().map(|count| count.hits.to_string()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number accused, of fifteen in each replicate.
    fn of_fifteen(accused: [usize; 4]) -> Accused {
        let suspects = (0..4).flat_map(|replicate| (0..15).map(move |number| (replicate, number)));
        Accused::of(suspects.map(|(replicate, number)| (replicate, number < accused[replicate])))
    }

    #[test]
    fn intervals_as_scipy_has_them() {
        // s = [k / 15 for k in …]; scipy.stats.t.interval(0.95, 3, mean(s), sem(s)), then clipped to 0 and 1.
        for (accused, mean, low, high) in [
            ([0, 0, 1, 1], 0.033333, 0.0, 0.094580),
            ([0, 0, 3, 1], 0.066667, 0.0, 0.216689),
            ([4, 0, 2, 1], 0.116667, 0.0, 0.297835), // Wilson would end at 0.221788.
            ([0, 1, 0, 0], 0.016667, 0.0, 0.069707),
            ([15, 15, 14, 14], 0.966667, 0.905420, 1.0),
            ([4, 8, 6, 10], 0.466667, 0.192765, 0.740568),
        ] {
            let found = of_fifteen(accused);
            let (lower, upper) = found.interval().unwrap();
            let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
            assert!(close(found.share(), mean) && close(lower, low) && close(upper, high), "{lower} {upper}");
        }
        assert_eq!(of_fifteen([4, 0, 2, 1]).rated("models"), "7 of 60 models (11.7 % [0.0, 29.8])");
    }

    #[test]
    fn replicates_that_do_not_vary_have_counts_and_no_interval() {
        for alike in [of_fifteen([0; 4]), of_fifteen([15; 4]), Accused::of([(3, true), (3, false)]), Accused::default()]
        {
            assert_eq!(alike.interval(), None, "{alike:?}");
            assert_eq!(alike.rated("copies"), format!("{} copies", alike.counted()));
        }
    }

    #[test]
    fn four_of_four_replicates_are_no_certainty() {
        // scipy.stats.binomtest(4, 4).proportion_ci(0.95) and of (0, 4).
        let close =
            |(low, high): (f64, f64), ends: (f64, f64)| (low - ends.0).abs() < 1e-4 && (high - ends.1).abs() < 1e-4;
        assert!(close(of_fifteen([15; 4]).band(), (0.39764, 1.0)), "{:?}", of_fifteen([15; 4]).band());
        assert!(close(of_fifteen([0; 4]).band(), (0.0, 0.60236)));
        assert_eq!(of_fifteen([0, 0, 3, 1]).band(), of_fifteen([0, 0, 3, 1]).interval().unwrap());
    }

    #[test]
    fn two_shares_are_compared_replicate_by_replicate() {
        // Differences of 1, 1, 2 and 1 of 15, whatever the level: paired, they show.
        let (more, less) = (of_fifteen([5, 9, 13, 1]), of_fifteen([4, 8, 11, 0]));
        assert_eq!(more.compared_with(&less), Verdict::Beats);
        assert_eq!(less.compared_with(&more), Verdict::LosesTo);
        assert_eq!(of_fifteen([4, 0, 2, 1]).compared_with(&of_fifteen([0, 0, 1, 1])), Verdict::NoDifference);
        assert_eq!(more.compared_with(&Accused::default()), Verdict::NoDifference);
        assert_eq!(Accused::of([(0, true)]).compared_with(&Accused::of([(0, false)])), Verdict::NoDifference);
    }

    #[test]
    fn replicates_weigh_alike_and_counts_add_up() {
        // One of one in replicate 0, none of three in replicate 2: a half, and not a quarter.
        let few = Accused::of([(0, true), (2, false), (2, false), (2, false)]);
        assert_eq!((few.share(), few.counted(), few.by_replicate()), (0.5, "1 of 4".to_owned(), "1, 0".to_owned()));
        let more = few.and(Accused::of([(2, true), (5, false)]));
        assert_eq!((more.counted(), more.by_replicate()), ("2 of 6".to_owned(), "1, 1, 0".to_owned()));
        assert_eq!(more.shares(), [1.0, 0.25, 0.0]);
    }
}
