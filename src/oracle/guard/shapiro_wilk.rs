//! Shapiro and Wilk's W: how straight a sample lies on the quantiles of a normal distribution.
//!
//! ```text
//! W = (Σ aᵢ·x₍ᵢ₎)² / Σ (xᵢ − x̄)²        1 for a perfectly normal sample
//! ```
//!
//! The weights a are Royston's approximation (1995, algorithm AS R94), for 3 to 5,000 values.

use statrs::distribution::{ContinuousCDF, Normal};

/// Polynomials in 1/√n for the outermost and the second weight.
const OUTERMOST: [f64; 6] = [0.0, 0.221_157, -0.147_981, -2.071_19, 4.434_685, -2.706_056];
const SECOND: [f64; 6] = [0.0, 0.042_981, -0.293_762, -1.752_461, 5.682_633, -3.582_633];

/// W of a sorted sample; `None` for fewer than three values, or where all are equal.
pub(super) fn statistic(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    if n < 3 {
        return None;
    }
    let mean = sorted.iter().sum::<f64>() / n as f64;
    let spread: f64 = sorted.iter().map(|x| (x - mean).powi(2)).sum();
    let slope: f64 = weights(n).iter().enumerate().map(|(i, a)| a * (sorted[n - 1 - i] - sorted[i])).sum();
    (spread > 0.0).then(|| (slope * slope / spread).min(1.0))
}

/// The weights of the upper half, the largest first; those of the lower half are their negatives.
fn weights(n: usize) -> Vec<f64> {
    if n == 3 {
        return vec![0.5f64.sqrt()];
    }
    let normal = Normal::standard();
    let expected = |i: usize| normal.inverse_cdf((n as f64 - i as f64 - 0.375) / (n as f64 + 0.25));
    let m: Vec<f64> = (0..n / 2).map(expected).collect();
    let total = 2.0 * m.iter().map(|m| m * m).sum::<f64>();
    let polynomial = |c: [f64; 6]| c.iter().rev().fold(0.0, |sum, c| sum / (n as f64).sqrt() + c);
    let mut given = vec![polynomial(OUTERMOST) + m[0] / total.sqrt()];
    if n > 5 {
        given.push(polynomial(SECOND) + m[1] / total.sqrt());
    }
    let (m_given, a_given) =
        given.iter().zip(&m).fold((0.0, 0.0), |(ms, sum), (a, m)| (ms + 2.0 * m * m, sum + 2.0 * a * a));
    let scale = ((total - m_given) / (1.0 - a_given)).sqrt();
    let rest = m[given.len()..].iter().map(|m| m / scale);
    given.iter().copied().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn w(mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        statistic(&values).unwrap()
    }

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.shapiro(x).statistic: a skewed sample of 25, and the weights of Shapiro and Wilk's paper.
        let skewed = vec![
            0.139, 0.157, 0.175, 0.256, 0.344, 0.413, 0.503, 0.577, 0.614, 0.655, 0.954, 1.392, 1.557, 1.648, 1.690,
            1.994, 2.174, 2.206, 3.245, 3.510, 3.571, 4.354, 4.980, 6.084, 8.351,
        ];
        assert!((w(skewed) - 0.834_666_275_338_148_1).abs() < 1e-6);
        let men = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236];
        assert!((w(men.map(f64::from).to_vec()) - 0.788_814_694_863_171_6).abs() < 1e-6);
        // shapiro([(7*i*i + 3*i) % 101 for i in range(n)]), for every branch of the weights.
        let expected = [
            (3, 0.946_506_550_218_340_5),
            (4, 0.929_644_531_910_106_1),
            (5, 0.926_940_503_223_321_6),
            (6, 0.917_967_856_591_631_7),
            (12, 0.900_311_941_168_682_5),
            (40, 0.930_539_285_868_839),
            (200, 0.941_079_208_168_810_3),
        ];
        for (n, expected) in expected {
            let got = w((0..n).map(|i: u32| f64::from((7 * i * i + 3 * i) % 101)).collect());
            assert!((got - expected).abs() < 1e-6, "{n}: {got}, not {expected}");
        }
    }

    #[test]
    fn too_few_or_equal_values_have_none() {
        assert_eq!(statistic(&[1.0, 2.0]), None);
        assert_eq!(statistic(&[3.0; 9]), None);
    }
}
