//! Softmax down the columns of a batch, and the error that goes back from it.
//!
//! ```text
//! dLoss/dz = (softmax(z) − t) / batch
//! ```

use pulp::{Simd, WithSimd};

use super::{Sheet, exp};
use crate::nn::loss::TINY;
use crate::simd::widest;

/// An error this small is none. Of a sure network most are, and what they are multiplied with on the way down would end
/// below 1e-38, where processors compute many times more slowly.
const NO_ERROR: f32 = 1e-15;

/// Columns that are worked on together: their sums stay in registers.
const ABREAST: usize = 16;

/// Softmax and the gradient of the mean cross-entropy in one go, in place.
///
/// `logits` and `targets` are classes × batch. Afterwards `logits` holds dLoss/dz = (p − t) / batch. Returns nothing:
/// the loss itself is seldom needed, and [`batch_loss`] gives it.
pub(in crate::nn) fn softmax_gradient(logits: &mut Sheet, targets: &Sheet) {
    widest(SoftmaxGradient { logits, targets });
}

struct SoftmaxGradient<'a> {
    logits: &'a mut Sheet,
    targets: &'a Sheet,
}

impl WithSimd for SoftmaxGradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { logits, targets } = self;
        let share = simd.splat_f32s(1.0 / logits.columns() as f32);
        let (least, none) = (simd.splat_f32s(NO_ERROR), simd.splat_f32s(0.0));
        for column in (0..logits.columns()).step_by(ABREAST) {
            column_softmax(logits, column);
            for class in 0..logits.rows() {
                let target = S::as_simd_f32s(targets.chunk::<ABREAST>(class, column)).0;
                let p = S::as_mut_simd_f32s(logits.chunk_mut::<ABREAST>(class, column)).0;
                // Vectors by name: the compiler takes a choice between two numbers for a branch, and goes one by one.
                for (p, &t) in p.iter_mut().zip(target) {
                    let error = simd.sub_f32s(*p, t);
                    let small = simd.less_than_f32s(simd.abs_f32s(error), least);
                    *p = simd.select_f32s(small, none, simd.mul_f32s(error, share));
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
pub(in crate::nn) fn batch_loss(gradient: &Sheet, targets: &Sheet) -> f64 {
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
    use ndarray::array;

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
}
