//! Softmax, and how far one answer is from another: cross-entropy, KL divergence, entropy.
//!
//! ```text
//! softmax(z)ₖ = exp(zₖ) / Σⱼ exp(zⱼ)        H(t, p) = −Σₖ tₖ ln pₖ        KL(t ‖ p) = H(t, p) − H(t)
//! ```
//!
//! For a fixed target, minimising cross-entropy is minimising KL. A label is the target with all its weight on
//! one class; a teacher's probabilities are a target with the weight spread
//! ([Hinton, Vinyals, Dean 2015](https://arxiv.org/abs/1503.02531)).

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

use super::kernel::exp;

/// Probabilities below this count as this where their logarithm is taken.
pub(super) const TINY: f32 = 1e-12;

/// Turns each row of logits (n × classes) into probabilities.
///
/// ```
/// use distill_lab::nn::loss::softmax;
/// use ndarray::array;
///
/// let p = softmax(array![[0.0, 3f32.ln()]]); // exp: 1 and 3
/// assert!((p[[0, 0]] - 0.25).abs() < 1e-6 && (p[[0, 1]] - 0.75).abs() < 1e-6);
/// ```
pub fn softmax(mut logits: Array2<f32>) -> Array2<f32> {
    for mut row in logits.rows_mut() {
        // Shifting by the largest logit changes nothing but keeps exp in range.
        let largest = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|z| exp(z - largest));
        let total = row.sum();
        row /= total;
    }
    logits
}

/// −Σ t ln p in nats: the surprise of an observer who expects `p` when answers come from `t`.
pub fn cross_entropy(target: ArrayView1<f32>, p: ArrayView1<f32>) -> f64 {
    target.iter().zip(p).map(|(&t, &p)| -f64::from(t) * f64::from(p.max(TINY)).ln()).sum()
}

/// −Σ p ln p in nats: 0 for a sure answer, ln(classes) for an even one.
pub fn entropy(p: ArrayView1<f32>) -> f64 {
    cross_entropy(p, p)
}

/// The index of the largest number of each row (n × classes); the first of equals.
pub fn argmax(rows: ArrayView2<f32>) -> Vec<usize> {
    let largest = |row: ArrayView1<f32>| {
        let first = (0, f32::NEG_INFINITY);
        row.iter().enumerate().fold(first, |best, (k, &value)| if value > best.1 { (k, value) } else { best }).0
    };
    rows.axis_iter(Axis(0)).map(largest).collect()
}

/// Labels as targets (n × classes): all the weight on the label.
pub fn one_hot(labels: &[usize], classes: usize) -> Array2<f32> {
    Array2::from_shape_fn((labels.len(), classes), |(row, class)| if labels[row] == class { 1.0 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, array};

    #[test]
    fn closed_forms() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} is not {b}");
        let kl = |t: Array1<f32>, p: Array1<f32>| cross_entropy(t.view(), p.view()) - entropy(t.view());
        // H(½, ½) = ln 2; H((¼, ¾), (½, ½)) = ln 2; KL((1, 0) ‖ (¼, ¾)) = ln 4.
        close(entropy(array![0.5, 0.5].view()), 2f64.ln());
        close(cross_entropy(array![0.25, 0.75].view(), array![0.5, 0.5].view()), 2f64.ln());
        close(kl(array![1.0, 0.0], array![0.25, 0.75]), 4f64.ln());
        // KL((¼, ¾) ‖ (¾, ¼)) = ½ ln 3.
        close(kl(array![0.25, 0.75], array![0.75, 0.25]), 3f64.ln() / 2.0);
        close(kl(array![0.3, 0.7], array![0.3, 0.7]), 0.0);
    }

    #[test]
    fn softmax_does_not_overflow_and_ignores_a_shift() {
        let p = softmax(array![[1000.0, 1000.0, 999.0], [0.0, 0.0, -1.0]]);
        let e = (-1f32).exp();
        for row in p.rows() {
            assert!((row[0] - 1.0 / (2.0 + e)).abs() < 1e-6 && (row[2] - e / (2.0 + e)).abs() < 1e-6, "{row}");
        }
    }

    #[test]
    fn argmax_takes_the_first_of_equals() {
        assert_eq!(argmax(array![[1.0, 3.0, 3.0], [2.0, 2.0, 1.0]].view()), [1, 0]);
    }
}
