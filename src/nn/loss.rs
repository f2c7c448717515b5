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
use pulp::{Simd, WithSimd};

use super::exp::exp;
use super::sheet::Sheet;
use crate::simd::widest;

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

/// An error this small is none. Of a sure network most are, and what they are multiplied with on the way down would end
/// below 1e-38, where processors compute many times more slowly.
const NO_ERROR: f32 = 1e-15;

/// Columns that are worked on together: their sums stay in registers.
const ABREAST: usize = 16;

/// Softmax and the gradient of the mean cross-entropy in one go, in place.
///
/// `logits` and `targets` are classes × batch. Afterwards `logits` holds dLoss/dz = (p − t) / batch. Returns nothing:
/// the loss itself is seldom needed, and [`batch_loss`] gives it.
pub(super) fn softmax_gradient(logits: &mut Sheet, targets: &Sheet) {
    widest(SoftmaxGradient { logits, targets });
}

struct SoftmaxGradient<'a> {
    logits: &'a mut Sheet,
    targets: &'a Sheet,
}

impl WithSimd for SoftmaxGradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { logits, targets } = self;
        let share = 1.0 / logits.columns() as f32;
        for column in (0..logits.columns()).step_by(ABREAST) {
            column_softmax(logits, column);
            for class in 0..logits.rows() {
                let target = targets.chunk::<ABREAST>(class, column);
                for (p, t) in logits.chunk_mut::<ABREAST>(class, column).iter_mut().zip(target) {
                    let error = *p - t;
                    *p = if error.abs() < NO_ERROR { 0.0 } else { error * share };
                }
            }
        }
    }
}

/// Softmax down some columns of `logits` (classes × batch), from `column` on, in place.
#[inline(always)]
fn column_softmax(logits: &mut Sheet, column: usize) {
    let mut largest = [f32::NEG_INFINITY; ABREAST];
    for class in 0..logits.rows() {
        for (m, &z) in largest.iter_mut().zip(logits.chunk::<ABREAST>(class, column)) {
            *m = if z > *m { z } else { *m };
        }
    }
    let mut total = [0.0; ABREAST];
    for class in 0..logits.rows() {
        let z = logits.chunk_mut::<ABREAST>(class, column);
        for ((z, m), sum) in z.iter_mut().zip(largest).zip(&mut total) {
            *z = exp(*z - m);
            *sum += *z;
        }
    }
    for sum in &mut total {
        *sum = 1.0 / *sum;
    }
    for class in 0..logits.rows() {
        for (z, inverse) in logits.chunk_mut::<ABREAST>(class, column).iter_mut().zip(total) {
            *z *= inverse;
        }
    }
}

/// Mean cross-entropy of a batch in nats, recovered from its gradient: p = gradient · batch + target.
pub(super) fn batch_loss(gradient: &Sheet, targets: &Sheet) -> f64 {
    let batch = gradient.columns();
    let surprise = |(&g, &t): (&f32, &f32)| {
        let p = g * batch as f32 + t;
        // NaN must survive: it is how a run that diverged is noticed.
        let p = if p < TINY { TINY } else { p };
        if t == 0.0 && !p.is_nan() { 0.0 } else { -f64::from(t) * f64::from(p).ln() }
    };
    let rows = gradient.iter().zip(targets.iter());
    rows.flat_map(|(gradient, targets)| gradient.iter().zip(targets)).map(surprise).sum::<f64>() / batch as f64
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
    fn gradient_is_p_minus_t_and_carries_its_loss() {
        // Two examples, two classes; p = (¼, ¾) and (½, ½); targets: class 0, and (¼, ¾).
        let mut logits = Sheet::of(array![[0.0, 2.0], [3f32.ln(), 2.0]].view());
        let targets = Sheet::of(array![[1.0, 0.25], [0.0, 0.75]].view());
        softmax_gradient(&mut logits, &targets);
        for (got, expected) in logits.view().iter().zip([-0.375, 0.125, 0.375, -0.125]) {
            assert!((got - expected).abs() < 1e-6, "{logits:?}");
        }
        let expected = (4f64.ln() + 2f64.ln()) / 2.0;
        assert!((batch_loss(&logits, &targets) - expected).abs() < 1e-6);
    }

    #[test]
    fn a_loss_that_is_not_a_number_says_so() {
        let nowhere = Sheet::of(array![[f32::NAN], [f32::NAN]].view());
        assert!(batch_loss(&nowhere, &Sheet::of(array![[1.0], [0.0]].view())).is_nan());
    }

    #[test]
    fn argmax_takes_the_first_of_equals() {
        assert_eq!(argmax(array![[1.0, 3.0, 3.0], [2.0, 2.0, 1.0]].view()), [1, 0]);
    }
}
