//! What a provider does to its log-probabilities before it shows them.

use ndarray::Array2;
use ndarray_rand::rand_distr::{Distribution, Normal};

use serde::{Deserialize, Serialize};

use crate::seed::Stream;

/// A way to blur answers, or none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Disguise {
    #[serde(rename = "exact")]
    Nothing,
    #[serde(rename = "two-decimals")]
    TwoDecimals,
    #[serde(rename = "noise-0.01")]
    Noise,
}

impl Disguise {
    pub(super) const ALL: [Self; 3] = [Self::Nothing, Self::TwoDecimals, Self::Noise];
    /// Standard deviation of the noise, in nats.
    const SIGMA: f64 = 0.01;

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "exact",
            Self::TwoDecimals => "two-decimals",
            Self::Noise => "noise-0.01",
        }
    }

    /// Standard deviation of what it adds to a log-probability, in nats: it stands in the manual, or can be measured by
    /// asking the same twice.
    pub(super) fn deviation(self) -> f64 {
        match self {
            // Single precision keeps seven digits of sums over a hundred units.
            Self::Nothing => 1e-5,
            // That of an even distribution over one step.
            Self::TwoDecimals => 0.01 / 12f64.sqrt(),
            Self::Noise => Self::SIGMA,
        }
    }

    pub(super) fn of(self, answers: &Array2<f64>, noise: &mut Stream) -> Array2<f64> {
        let normal = Normal::new(0.0, Self::SIGMA).expect("a positive deviation");
        answers.mapv(|log| match self {
            Self::Nothing => log,
            Self::TwoDecimals => (100.0 * log).round() / 100.0,
            Self::Noise => log + normal.sample(&mut *noise),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn disguises_do_as_they_are_named() {
        let answers = Array2::from_elem((100, 50), -1.23456);
        let mut noise = Seed::new(0).stream();
        assert!(Disguise::TwoDecimals.of(&answers, &mut noise).iter().all(|x| (x + 1.23).abs() < 1e-12));
        let noisy = Disguise::Noise.of(&answers, &mut noise);
        // A deviation from 5,000 values is known to 1 %.
        assert!((noisy.std(0.0) - 0.01).abs() < 5e-4, "{}", noisy.std(0.0));
    }
}
