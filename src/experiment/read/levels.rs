//! Queries until a level of agreement is reached, where a sweep may only bound them.
//!
//! A sweep shows a curve between its first and its last budget. A replicate that is above the level at the first budget
//! needs that number of queries *or fewer*; one that never gets there needs *more than* the last. Neither is a
//! number. Here an amount is the pair of bounds between which it lies, equal where it is known:
//!
//! ```text
//! known at x   [x, x]        reached before the first budget   [0, first]        not reached   [last, ∞)
//! ```
//!
//! A median, a ratio (see [`ratio`](super::ratio)) and their words follow from the bounds, so that none of them can
//! turn a bound into a number.

use crate::audit::statistics::crossing;
use crate::finding::Callout;
use crate::words::{about, thousands, to_three_digits};

/// An amount in one replicate, such as the queries until a level is reached: no less than `low`, no more than `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Bounds {
    /// An amount that is known.
    pub(crate) fn exactly(amount: f64) -> Self {
        Self { low: amount, high: amount }
    }

    /// An amount that is only known to be more.
    pub(crate) fn above(least: f64) -> Self {
        Self { low: least, high: f64::INFINITY }
    }

    /// Where a curve of (budget, share) first reaches a level; `None` of a curve without a point.
    pub(crate) fn of_crossing(curve: &[(f64, f64)], level: f64) -> Option<Self> {
        let (&(first, at_first), &(last, _)) = curve.first().zip(curve.last())?;
        Some(match crossing(curve, level) {
            _ if at_first >= level => Self { low: 0.0, high: first },
            Some(queries) => Self::exactly(queries),
            None => Self::above(last),
        })
    }

    /// The amount, where it is known.
    pub(crate) fn known(self) -> Option<f64> {
        (self.low == self.high && self.high.is_finite()).then_some(self.low)
    }

    /// What it is at least.
    pub(crate) fn least(self) -> f64 {
        self.low
    }

    /// Whether it is bounded from above.
    pub(crate) fn is_reached(self) -> bool {
        self.high.is_finite()
    }

    /// Whether it is at most so large.
    pub(crate) fn is_within(self, most: f64) -> bool {
        self.high <= most
    }

    /// What a rising function makes of the amount; without an upper bound it has none either.
    pub(crate) fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        let high = if self.is_reached() { rising(self.high) } else { f64::INFINITY };
        Self { low: rising(self.low), high }
    }

    /// "120", "500 or fewer", "more than 10,000", each number in the words of `number`.
    pub(crate) fn words(self, number: impl Fn(f64) -> String) -> String {
        self.words_or("fewer", number)
    }

    /// The same of what is not counted: "$2.50 or less".
    pub(crate) fn words_or(self, fewer: &str, number: impl Fn(f64) -> String) -> String {
        match (self.known(), self.low > 0.0, self.is_reached()) {
            (Some(amount), ..) => number(amount),
            (None, ..) if self.low.is_infinite() => "never".to_owned(),
            (None, _, false) => format!("more than {}", number(self.low)),
            (None, false, true) => format!("{} or {fewer}", number(self.high)),
            (None, true, true) => format!("{} to {}", number(self.low), number(self.high)),
        }
    }

    /// The same with signs, for a table: "120", "≤500", ">10,000".
    pub(crate) fn signed(self, number: impl Fn(f64) -> String) -> String {
        match (self.known(), self.is_reached()) {
            (Some(amount), _) => number(amount),
            (None, true) => format!("≤{}", number(self.high)),
            (None, false) => format!(">{}", number(self.low)),
        }
    }

    /// The geometric mean, which suits amounts that are compared by ratios.
    fn between(self, other: Self) -> Self {
        let mean = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { (a * b).sqrt() };
        Self { low: mean(self.low, other.low), high: mean(self.high, other.high) }
    }
}

/// An amount in every replicate, in the order of replicates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Level {
    pub(crate) each: Vec<Bounds>,
}

impl Level {
    /// Of amounts, one a replicate, at least one.
    pub(crate) fn new(each: Vec<Bounds>) -> Self {
        assert!(!each.is_empty(), "a level needs a replicate");
        Self { each }
    }

    /// Of curves of (budget, share), one a replicate; `None` where one of them has no point.
    pub(crate) fn of_curves(curves: impl IntoIterator<Item = Vec<(f64, f64)>>, level: f64) -> Option<Self> {
        let each: Vec<Bounds> =
            curves.into_iter().map(|curve| Bounds::of_crossing(&curve, level)).collect::<Option<_>>()?;
        (!each.is_empty()).then_some(Self { each })
    }

    /// What a rising function makes of each amount.
    pub(crate) fn map(&self, rising: impl Fn(f64) -> f64) -> Self {
        Self { each: self.each.iter().map(|amount| amount.map(&rising)).collect() }
    }

    /// This amount less another, paired by replicate.
    pub(crate) fn less(&self, other: &Self) -> Self {
        let less = |(a, b): (&Bounds, &Bounds)| Bounds { low: a.low - b.high, high: a.high - b.low };
        Self { each: self.each.iter().zip(&other.each).map(less).collect() }
    }

    /// What a falling function makes of each amount.
    pub(crate) fn map_falling(&self, falling: impl Fn(f64) -> f64) -> Self {
        let map = |amount: &Bounds| Bounds { low: falling(amount.high), high: falling(amount.low) };
        Self { each: self.each.iter().map(map).collect() }
    }

    /// The amounts that are known.
    pub(crate) fn known(&self) -> Vec<f64> {
        self.each.iter().filter_map(|amount| amount.known()).collect()
    }

    /// In how many replicates the level is reached, and of how many.
    pub(crate) fn reached(&self) -> (usize, usize) {
        (self.each.iter().filter(|amount| amount.is_reached()).count(), self.each.len())
    }

    /// The median; with an even number the geometric mean of the middle two.
    pub(crate) fn median(&self) -> Bounds {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        if sorted.len() % 2 == 1 { sorted[middle] } else { sorted[middle - 1].between(sorted[middle]) }
    }

    /// The 95 % interval of the median by order statistics (Conover 1999, §3.2): from the k-th smallest to the k-th
    /// largest value, with the largest k for which 2·P(Binomial(n, ½) < k) is at most 5 %. `None` of fewer than six
    /// values, where even the smallest and the largest hold the median less often.
    pub(crate) fn interval(&self) -> Option<(Bounds, Bounds)> {
        let n = self.each.len();
        let mut mass = 0.5f64.powi(n as i32);
        let (mut below, mut k) = (0.0, 0);
        while below + mass <= 0.025 {
            below += mass;
            mass *= (n - k) as f64 / (k + 1) as f64;
            k += 1;
        }
        let sorted = self.sorted();
        (k > 0).then(|| (sorted[k - 1], sorted[n - k]))
    }

    fn sorted(&self) -> Vec<Bounds> {
        let mut sorted = self.each.clone();
        // A bound from below belongs behind every number, one from above before: both follow from their ends.
        sorted.sort_by(|a, b| a.low.total_cmp(&b.low).then(a.high.total_cmp(&b.high)));
        sorted
    }

    /// The median in words, for a title: "120", "500 or fewer", "more than 10,000".
    pub(crate) fn about(&self) -> String {
        self.median().words(in_full_or(about))
    }

    /// How sure the median is, after a blank: its interval, the range where replicates are too few for one, and in how
    /// many replicates the level is reached where not in all: " [93, 136]", " (97 to 136 in 3 replicates)".
    pub(crate) fn spread(&self) -> String {
        let (reached, all) = self.reached();
        let end = |bounds: Bounds| bounds.words(in_full_or(to_three_digits));
        let interval = match self.interval() {
            _ if self.median().known().is_none() || all == 1 => String::new(),
            Some((low, high)) => format!(" [{}, {}]", end(low), end(high)),
            None => {
                let sorted = self.sorted();
                format!(" ({} to {} in {all} replicates)", end(sorted[0]), end(sorted[all - 1]))
            }
        };
        let censored =
            if reached < all { format!(" (reached in {reached} of {all} replicates)") } else { String::new() };
        interval + &censored
    }

    /// Both: "120 [93, 136]".
    pub(crate) fn words(&self) -> String {
        self.about() + &self.spread()
    }

    /// Where a figure may call an actor's median out, and in which words: nowhere but at a number.
    pub(crate) fn callout(&self, actor: &str) -> Option<Callout> {
        self.median().known().map(|median| Callout { actor: actor.to_owned(), x: median.round(), text: about(median) })
    }
}

/// A budget, which bounds are, in full, and any other amount as `rough` has it: "more than 3,162" is true, and "more
/// than 3,200" may not be.
pub(crate) fn in_full_or(rough: impl Fn(f64) -> String) -> impl Fn(f64) -> String {
    move |amount| if amount.fract() == 0.0 { thousands(amount as usize) } else { rough(amount) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const BEFORE: Bounds = Bounds { low: 0.0, high: 10.0 };
    pub(crate) const NEVER: Bounds = Bounds { low: 1_000.0, high: f64::INFINITY };

    pub(crate) fn level(amounts: &[Bounds]) -> Level {
        Level::new(amounts.to_vec())
    }

    pub(crate) fn known(amounts: &[f64]) -> Level {
        level(&amounts.iter().map(|&amount| Bounds::exactly(amount)).collect::<Vec<_>>())
    }

    #[test]
    fn a_curve_above_the_level_from_the_start_gives_a_bound() {
        let of = |shares: [f64; 2]| {
            Bounds::of_crossing(&[(10.0, shares[0]), (1_000.0, shares[1])], 0.7).map(|bounds| bounds.words(about))
        };
        // Half way in the logarithm from 10 to 1,000 is 100.
        assert_eq!(of([0.5, 0.9]).as_deref(), Some("100"));
        assert_eq!(of([0.8, 0.9]).as_deref(), Some("10 or fewer"));
        assert_eq!(of([0.7, 0.9]).as_deref(), Some("10 or fewer"));
        assert_eq!(of([0.5, 0.6]).as_deref(), Some("more than 1,000"));
        assert_eq!(Bounds::of_crossing(&[], 0.7), None);
    }

    #[test]
    fn a_median_on_a_bound_is_a_bound() {
        let [at, never, before] = [Bounds::exactly(40.0), NEVER, BEFORE];
        assert_eq!(
            level(&[at, never, before]).words(),
            "40 (10 or fewer to more than 1,000 in 3 replicates) (reached in 2 of 3 replicates)"
        );
        assert_eq!(level(&[before, before, at]).words(), "10 or fewer");
        assert_eq!(level(&[at, never, never]).words(), "more than 1,000 (reached in 1 of 3 replicates)");
        // Between 40 and something above 1,000: above √(40·1,000) = 200.
        assert_eq!(level(&[at, never]).about(), "more than 200");
        // Between something up to 10 and 40: √(10·40) = 20 at most.
        assert_eq!(level(&[at, before]).about(), "20 or fewer");
        assert_eq!([level(&[before]).callout("label"), level(&[never]).callout("label")], [None, None]);
        let called = Callout { actor: "label".to_owned(), x: 123.0, text: "120".to_owned() };
        assert_eq!(known(&[117.0, 122.7, 130.0]).callout("label"), Some(called));
    }

    #[test]
    fn a_median_has_the_interval_of_its_order_statistics() {
        // scipy.stats.binom.cdf: P(B(10, ½) < 2) = 0.0107, < 3 = 0.0547; P(B(6, ½) < 1) = 0.0156; P(B(5, ½) < 1) =
        // 0.0313; P(B(30, ½) < 10) = 0.0214, < 11 = 0.0494.
        let ranks = |n: usize| {
            let interval = known(&(1..=n).map(|i| i as f64).collect::<Vec<_>>()).interval();
            interval.map(|(low, high)| (low.low as usize, high.high as usize))
        };
        assert_eq!([ranks(10), ranks(6), ranks(5), ranks(1)], [Some((2, 9)), Some((1, 6)), None, None]);
        assert_eq!(ranks(30), Some((10, 21)));
        let ten = known(&[93.0, 93.4, 97.0, 117.0, 120.0, 125.0, 125.0, 128.0, 136.0, 136.5]);
        assert_eq!(ten.words(), "120 [93, 136]");
        let mut censored = [Bounds::exactly(100.0); 6];
        (censored[0], censored[5]) = (BEFORE, NEVER);
        let words = "100 [10 or fewer, more than 1,000] (reached in 5 of 6 replicates)";
        assert_eq!(level(&censored).words(), words);
    }

    #[test]
    fn what_is_known_and_within_a_number() {
        let amounts = [BEFORE, Bounds::exactly(40.0), NEVER];
        assert_eq!(level(&amounts).known(), [40.0]);
        assert_eq!(amounts.map(|amount| amount.is_within(40.0)), [true, true, false]);
        assert_eq!(amounts.map(|amount| amount.is_within(20.0)), [true, false, false]);
        // Between nothing and something up to 10 there is no ratio to take the mean of.
        assert_eq!(BEFORE.between(Bounds::exactly(40.0)), Bounds { low: 0.0, high: 20.0 });
    }

    #[test]
    fn a_falling_function_turns_the_bounds_round() {
        // Of 100 in all: from the 5th student on that saves 25, from the 2nd on that saves 60 or more, never of none.
        let first = |saved: f64| if saved > 0.0 { (100.0 / saved).floor() + 1.0 } else { f64::INFINITY };
        let saved = |dear: Bounds, cheap: f64| level(&[dear]).less(&known(&[cheap])).map_falling(first).about();
        assert_eq!(saved(Bounds::exactly(30.0), 5.0), "5");
        assert_eq!(saved(Bounds::above(65.0), 5.0), "1 to 2");
        assert_eq!([saved(Bounds::exactly(5.0), 5.0), saved(Bounds::exactly(4.0), 5.0)], ["never", "never"]);
    }
}
