//! From replicates to claims: means with intervals, paired differences, verdicts, and where a curve crosses a level.

use std::fmt;

use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean and its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The mean of independent values with its t-interval: mean ± t₀.₉₇₅(n−1)·s/√n
/// ([Student 1908](https://doi.org/10.1093/biomet/6.1.1)).
///
/// A single value has no interval of its own: both ends are infinite.
///
/// ```
/// use distill_lab::audit::statistics::estimate;
/// let three = estimate(&[1.0, 2.0, 3.0]); // s = 1, t₀.₉₇₅(2) = 4.302653
/// assert!((three.high - (2.0 + 4.302653 / 3f64.sqrt())).abs() < 1e-5);
/// ```
///
/// # Panics
/// If there are no values.
pub fn estimate(values: &[f64]) -> Estimate {
    assert!(!values.is_empty(), "a mean needs a value");
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if values.len() == 1 {
        return Estimate { mean, low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    let variance = variance(values, mean);
    let t = StudentsT::new(0.0, 1.0, n - 1.0).expect("at least one degree of freedom").inverse_cdf(0.975);
    let half = t * (variance / n).sqrt();
    Estimate { mean, low: mean - half, high: mean + half }
}

/// The standard deviation of a sample, √(Σ(x − mean)² / (n − 1)); 0 of fewer than two values.
pub fn deviation(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    if values.len() < 2 { 0.0 } else { variance(values, mean).sqrt() }
}

fn variance(values: &[f64], mean: f64) -> f64 {
    values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// A share of `all` with its 95 % interval ([Wilson 1927](https://doi.org/10.1080/01621459.1927.10502953)), which
/// stays within 0 and 1 and is none too narrow where nothing was hit; over nothing, the interval is everything.
///
/// ```
/// use distill_lab::audit::statistics::share_of;
/// let two_of_forty = share_of(2, 40); // statsmodels: proportion_confint(2, 40, method="wilson")
/// assert!((two_of_forty.low - 0.013821).abs() < 1e-5 && (two_of_forty.high - 0.165039).abs() < 1e-5);
/// assert_eq!(share_of(0, 40).low, 0.0);
/// ```
pub fn share_of(hits: usize, all: usize) -> Estimate {
    if all == 0 {
        return Estimate { mean: 0.0, low: 0.0, high: 1.0 };
    }
    wilson(hits as f64 / all as f64, all as f64)
}

/// 95 % of a normal distribution lie within this number of standard deviations.
const Z: f64 = 1.959_963_985;

fn wilson(mean: f64, n: f64) -> Estimate {
    let middle = (mean + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (mean * (1.0 - mean) / n + Z * Z / (4.0 * n * n)).sqrt();
    let low = if mean <= 0.0 { 0.0 } else { middle - half };
    let high = if mean >= 1.0 { 1.0 } else { middle + half };
    Estimate { mean, low, high }
}

/// The mean of shares, each over rows of an exam, with an interval that keeps within 0 and 1 and is no narrower than
/// that of a share of all `rows`: replicates that agree by chance do not make up for rows that nobody examined.
///
/// A single value has no interval of its own, as in [`estimate`].
///
/// # Panics
/// If there are no values or no rows.
pub fn mean_share(values: &[f64], rows: f64) -> Estimate {
    let over_replicates = estimate(values);
    if values.len() == 1 {
        return over_replicates;
    }
    let over_rows = wilson(over_replicates.mean.clamp(0.0, 1.0), rows);
    Estimate {
        mean: over_replicates.mean,
        low: over_replicates.low.min(over_rows.low).max(0.0),
        high: over_replicates.high.max(over_rows.high).min(1.0),
    }
}

/// The mean difference of such shares, paired by replicate, both over the same `rows`, with an interval that keeps
/// within −1 and 1 and is no narrower than that of a paired difference of shares of all `rows` ([Agresti and Min
/// 2005](https://doi.org/10.1002/sim.1781)). How many rows the two answer differently is not known here, so that the
/// fewest that a difference of d allows stand for it: |d| of them, all on one side.
///
/// # Panics
/// As [`paired_difference`], or if there are no rows.
pub fn difference_of_shares(a: &[f64], b: &[f64], rows: f64) -> Estimate {
    let Estimate { mean, low, high } = paired_difference(a, b);
    if a.len() == 1 {
        return Estimate { mean, low, high };
    }
    // Half a row is added to each cell of the table of both models' hits.
    let (apart, all) = (mean * rows, rows + 2.0);
    let half = Z * (apart.abs() + 1.0 - apart * apart / all).sqrt() / all;
    Estimate { mean, low: low.min(apart / all - half).max(-1.0), high: high.max(apart / all + half).min(1.0) }
}

/// The share that a curve of (budget, share), rising in the budget and not empty, has at a budget: what [`crossing`]
/// inverts, linear in the logarithm of the budget, and that of the nearest end outside.
///
/// ```
/// use distill_lab::audit::statistics::share_at;
/// assert!((share_at(&[(10.0, 0.5), (1000.0, 0.9)], 100.0) - 0.7).abs() < 1e-9);
/// assert_eq!(share_at(&[(10.0, 0.5), (1000.0, 0.9)], 2000.0), 0.9);
/// ```
///
/// # Panics
/// Of an empty curve.
pub fn share_at(curve: &[(f64, f64)], budget: f64) -> f64 {
    let right = curve.partition_point(|&(at, _)| at < budget).min(curve.len() - 1);
    let ((left, low), (right, high)) = (curve[right.saturating_sub(1)], curve[right]);
    if left == right || budget <= left || budget >= right {
        return if budget >= right { high } else { low };
    }
    low + (budget / left).ln() / (right / left).ln() * (high - low)
}

/// What a paired difference allows one to say. An interval of 95 % that touches zero shows nothing, which is not the
/// same as showing that there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval is above zero.
    Beats,
    /// Zero is in the interval, or there is none.
    NoDifference,
    /// The whole interval is below zero.
    LosesTo,
}

impl Verdict {
    /// Reads the interval of a difference.
    pub fn of(difference: Estimate) -> Self {
        if difference.low > 0.0 {
            Self::Beats
        } else if difference.high < 0.0 {
            Self::LosesTo
        } else {
            Self::NoDifference
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Beats => "beats",
            Self::NoDifference => "no difference shown",
            Self::LosesTo => "loses to",
        })
    }
}

/// The mean of `a[i] − b[i]`: both belong to replicate `i`, so what the replicates differ in cancels.
///
/// # Panics
/// If the two are not of one length, or empty.
pub fn paired_difference(a: &[f64], b: &[f64]) -> Estimate {
    assert_eq!(a.len(), b.len(), "a paired difference needs pairs");
    estimate(&a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>())
}

/// The budget at which a curve of (budget, share) first reaches `level`: linear in the share and in the logarithm
/// of the budget between the two neighbours. `None` if it never does: the value is censored at the last budget.
///
/// A curve that starts at or above the level gives its first budget.
///
/// ```
/// use distill_lab::audit::statistics::crossing;
/// let half_way = crossing(&[(10.0, 0.5), (1000.0, 0.9)], 0.7);
/// assert!(half_way.is_some_and(|budget| (budget - 100.0).abs() < 1e-9));
/// assert_eq!(crossing(&[(10.0, 0.5), (1000.0, 0.9)], 0.95), None);
/// ```
pub fn crossing(curve: &[(f64, f64)], level: f64) -> Option<f64> {
    let above = curve.iter().position(|&(_, share)| share >= level)?;
    let (right, high) = curve[above];
    let Some(&(left, low)) = above.checked_sub(1).and_then(|before| curve.get(before)) else { return Some(right) };
    let part = (level - low) / (high - low);
    Some((left.ln() + part * (right.ln() - left.ln())).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_interval_matches_printed_tables() {
        // t₀.₉₇₅ of Student's tables: 12.706 for 1, 2.262 for 9, 2.045 for 29 degrees of freedom.
        for (n, t) in [(2, 12.706), (10, 2.262), (30, 2.045)] {
            let values: Vec<f64> = (0..n).map(f64::from).collect();
            let n = f64::from(n);
            // The numbers 0 … n−1 have variance n(n+1)/12.
            let half = t * ((n + 1.0) / 12.0).sqrt();
            let estimate = estimate(&values);
            assert!((estimate.mean - (n - 1.0) / 2.0).abs() < 1e-12);
            assert!(((estimate.high - estimate.mean) / half - 1.0).abs() < 3e-4, "{estimate:?}");
            assert!((estimate.mean - estimate.low - (estimate.high - estimate.mean)).abs() < 1e-9);
        }
    }

    #[test]
    fn pairing_removes_what_pairs_share() {
        let (a, b) = ([0.52, 0.93, 0.71], [0.50, 0.90, 0.70]);
        assert_eq!(Verdict::of(paired_difference(&a, &b)), Verdict::NoDifference);
        let (a, b) = ([0.52, 0.92, 0.721], [0.50, 0.90, 0.70]);
        assert_eq!(Verdict::of(paired_difference(&a, &b)), Verdict::Beats);
        assert_eq!(Verdict::of(paired_difference(&b, &a)), Verdict::LosesTo);
        assert_eq!(Verdict::of(paired_difference(&a[..1], &b[..1])), Verdict::NoDifference);
    }

    #[test]
    fn an_interval_that_touches_zero_shows_nothing() {
        let of = |low: f64, high: f64| Verdict::of(Estimate { mean: (low + high) / 2.0, low, high });
        assert_eq!([of(0.0, 0.2), of(-0.2, 0.0), of(0.0, 0.0)], [Verdict::NoDifference; 3]);
    }

    #[test]
    fn a_deviation_by_hand() {
        // Mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32 over seven.
        assert!((deviation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]) - (32.0f64 / 7.0).sqrt()).abs() < 1e-12);
        assert!((deviation(&[1.0, 3.0]) - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(deviation(&[0.3]), 0.0);
    }

    #[test]
    fn crossing_takes_the_first_upward_step() {
        let curve = [(10.0, 0.4), (100.0, 0.8), (1000.0, 0.6), (10000.0, 1.0)];
        assert_eq!(crossing(&curve, 0.4), Some(10.0));
        assert!((crossing(&curve, 0.6).unwrap() - 10f64.powf(1.5)).abs() < 1e-9);
        assert!((crossing(&curve, 0.9).unwrap() - 10f64.powf(3.75)).abs() < 1e-9);
        assert_eq!(crossing(&[], 0.5), None);
    }

    #[test]
    fn few_rows_keep_an_interval_wide() {
        // Twice 20 of 23 rows: statsmodels, proportion_confint(20, 23, method="wilson") and (40, 46).
        let near = |estimate: Estimate, low: f64, high: f64| {
            assert!((estimate.low - low).abs() < 1e-4 && (estimate.high - high).abs() < 1e-4, "{estimate:?}");
        };
        near(mean_share(&[20.0 / 23.0; 2], 23.0), 0.6787, 0.9546);
        near(mean_share(&[20.0 / 23.0; 2], 46.0), 0.7433, 0.9388);
        // Two replicates that differ have an interval of 12.7 standard errors, which no share can fill.
        near(mean_share(&[0.8, 0.9], 1e6), 0.85 - 12.7062 * 0.05, 1.0);
        assert_eq!(mean_share(&[0.5], 23.0).high, f64::INFINITY);
    }

    #[test]
    fn a_difference_of_few_rows_is_never_sure() {
        // k of 23 rows apart, all on one side. Agresti and Min: with half a row more in each cell, d = k/25 and
        // s² = (k + 1 − k²/25)/25². By hand: 0.08 ± 1.96·√2.84/25, 0 ± 1.96/25, and 0.24 ± 1.96·√5.56/25.
        let apart = |rows: f64| difference_of_shares(&[0.9; 3], &[0.9 - rows / 23.0; 3], 23.0);
        for (rows, low, high) in [(2.0, -0.0521, 0.2121), (0.0, -0.0784, 0.0784), (6.0, 0.0551, 0.4249)] {
            let gain = apart(rows);
            assert!((gain.low - low).abs() < 1e-4 && (gain.high - high).abs() < 1e-4, "{rows}: {gain:?}");
        }
        // As the sign test: two rows that are all on one side prove nothing (p = ½), six do (p = 2 / 2⁶ = 0.03).
        assert_eq!([2.0, 6.0].map(|rows| Verdict::of(apart(rows))), [Verdict::NoDifference, Verdict::Beats]);
        let (gain, loss) = (apart(2.0), difference_of_shares(&[0.9 - 2.0 / 23.0; 3], &[0.9; 3], 23.0));
        assert!((loss.low + gain.high).abs() < 1e-12 && (loss.high + gain.low).abs() < 1e-12, "{loss:?}");
        let all = difference_of_shares(&[1.0; 3], &[0.0; 3], 23.0);
        assert!(all.high == 1.0 && (0.7..0.9).contains(&all.low), "{all:?}");
    }
}
