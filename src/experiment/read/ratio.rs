//! How many times more queries one needs than another, where either may only be bounded.

use super::levels::{Bounds, Level};
use crate::audit::statistics::{Estimate, Verdict, estimate};
use crate::words::ratio;

/// How many times larger one amount is than another, as the geometric mean over replicates of a / b, paired by
/// replicate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ratio {
    mean: Bounds,
    /// The 95 % interval of the mean logarithm, by Student's t; `None` where an amount is only bounded, or of a single
    /// replicate.
    interval: Option<Estimate>,
    /// Each replicate's own ratio, where both amounts are known.
    pub(crate) replicates: Vec<f64>,
    verdict: Verdict,
}

impl Ratio {
    /// Of a over b; `None` where nothing is known of it, or where an amount is zero or not finite.
    pub(crate) fn of(a: &Level, b: &Level) -> Option<Self> {
        let pairs = || a.each.iter().zip(&b.each);
        let sound = |level: &Level| {
            level.each.iter().all(|amount| amount.known().is_none_or(|known| known > 0.0 && known.is_finite()))
        };
        if a.each.len() != b.each.len() || !sound(a) || !sound(b) {
            return None;
        }
        let mean = |logs: &[f64]| (logs.iter().sum::<f64>() / logs.len() as f64).exp();
        let lows: Vec<f64> = pairs().map(|(a, b)| a.low.ln() - b.high.ln()).collect();
        let highs: Vec<f64> = pairs().map(|(a, b)| a.high.ln() - b.low.ln()).collect();
        // Every ratio lies between its bounds, so that the interval of the lower ones may show that a is larger, and
        // that of the upper ones that it is smaller.
        let verdict = match (Verdict::of(estimate(&lows)), Verdict::of(estimate(&highs))) {
            (Verdict::Beats, _) => Verdict::Beats,
            (_, Verdict::LosesTo) => Verdict::LosesTo,
            _ => Verdict::NoDifference,
        };
        let (low, high) = (mean(&lows), mean(&highs));
        if low == 0.0 && high.is_infinite() {
            return None;
        }
        let replicates: Vec<f64> = pairs().filter_map(|(a, b)| Some(a.known()? / b.known()?)).collect();
        let logs: Vec<f64> = replicates.iter().map(|ratio| ratio.ln()).collect();
        let interval = (logs.len() == a.each.len()).then(|| estimate(&logs)).filter(|logs| logs.low.is_finite());
        Some(Self {
            mean: Bounds { low, high },
            interval: interval.map(|logs| Estimate { mean: low, low: logs.low.exp(), high: logs.high.exp() }),
            replicates,
            verdict,
        })
    }

    /// The value that a figure shows: the ratio or its bound, and whether it is only known to be at least so large.
    /// `None` where it is only known to be at most so large.
    pub(crate) fn shown(&self) -> Option<(f64, bool)> {
        (self.mean.low > 0.0).then_some((self.mean.low, !self.mean.is_reached()))
    }

    /// The mean logarithm with its interval; `None` where there is no interval.
    pub(crate) fn logarithm(&self) -> Option<Estimate> {
        self.interval.map(|Estimate { mean, low, high }| Estimate { mean: mean.ln(), low: low.ln(), high: high.ln() })
    }

    /// Whether it is only bounded.
    pub(crate) fn is_bound(&self) -> bool {
        self.mean.known().is_none()
    }

    /// Whether a is larger than b.
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// "25 [22, 28]", "at least 20", "at most 3", "25 (one replicate, no interval)".
    pub(crate) fn words(&self) -> String {
        self.words_in(ratio)
    }

    /// The same with numbers in the words of `number`.
    pub(crate) fn words_in(&self, number: impl Fn(f64) -> String) -> String {
        match (self.interval, self.mean.known()) {
            (Some(Estimate { mean, low, high }), _) => format!("{} [{}, {}]", number(mean), number(low), number(high)),
            (None, Some(mean)) => format!("{} (one replicate, no interval)", number(mean)),
            (None, None) => self.bound(number),
        }
    }

    /// The ratio without its interval, for a title: "25", "at least 20".
    pub(crate) fn brief(&self) -> String {
        self.mean.known().map_or_else(|| self.bound(ratio), ratio)
    }

    fn bound(&self, number: impl Fn(f64) -> String) -> String {
        match (self.mean.low > 0.0, self.mean.is_reached()) {
            (true, false) => format!("at least {}", number(self.mean.low)),
            (true, true) => format!("{} to {}", number(self.mean.low), number(self.mean.high)),
            (false, _) => format!("at most {}", number(self.mean.high)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::read::levels::tests::{BEFORE, NEVER, known, level};

    #[test]
    fn a_ratio_is_a_geometric_mean_with_a_paired_interval() {
        // 10 and 40: geometric mean 20; logarithms ln 20 ± t₀.₉₇₅(1)·s/√2 with s = ln 4 / √2.
        let wide = Ratio::of(&known(&[100.0, 400.0]), &known(&[10.0, 10.0])).unwrap();
        assert_eq!(wide.shown().map(|(mean, bound)| (mean.round(), bound)), Some((20.0, false)));
        assert!(((wide.interval.unwrap().high / 20.0).ln() / (12.7062 * 4f64.ln() / 2.0) - 1.0).abs() < 1e-4);
        assert_eq!(wide.verdict(), Verdict::NoDifference);
        let same = Ratio::of(&known(&[100.0, 400.0]), &known(&[10.0, 40.0])).unwrap();
        assert_eq!((same.words().as_str(), same.verdict()), ("10 [10, 10]", Verdict::Beats));
        let alone = Ratio::of(&known(&[100.0]), &known(&[10.0])).unwrap();
        assert_eq!([same.brief(), alone.brief()], ["10", "10"]);
        assert_eq!(
            (alone.words().as_str(), alone.verdict()),
            ("10 (one replicate, no interval)", Verdict::NoDifference)
        );
    }

    #[test]
    fn a_ratio_of_bounds_is_a_bound_or_nothing() {
        let ten = known(&[10.0, 10.0]);
        // √(100/10 · 1,000/10), the second only known to be more. Of two such different replicates nothing is sure.
        let bound = Ratio::of(&level(&[Bounds::exactly(100.0), NEVER]), &ten).unwrap();
        assert_eq!((bound.words().as_str(), bound.verdict()), ("at least 32", Verdict::NoDifference));
        let sure = Ratio::of(&level(&[Bounds::exactly(990.0), NEVER]), &ten).unwrap();
        assert_eq!((sure.words().as_str(), sure.verdict()), ("at least 99", Verdict::Beats));
        assert_eq!((bound.replicates.clone(), bound.shown().map(|(_, bound)| bound)), (vec![10.0], Some(true)));
        // Up to 10 in a replicate: a hundred is at least ten times as much.
        let hundred = known(&[100.0, 100.0]);
        assert_eq!(Ratio::of(&hundred, &level(&[BEFORE; 2])).unwrap().words(), "at least 10");
        let small = Ratio::of(&level(&[BEFORE; 2]), &hundred).unwrap();
        assert_eq!((small.words().as_str(), small.verdict(), small.shown()), ("at most 0.1", Verdict::LosesTo, None));
        assert_eq!(Ratio::of(&level(&[BEFORE; 2]), &level(&[BEFORE; 2])), None, "both are only bounded from above");
        assert_eq!(Ratio::of(&level(&[NEVER; 2]), &level(&[NEVER; 2])), None);
        assert_eq!(Ratio::of(&ten, &known(&[0.0, 10.0])), None, "nothing is infinitely many times larger");
    }
}
