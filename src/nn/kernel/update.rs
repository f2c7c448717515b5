//! One pass of AdamW over all parameters.

use pulp::{Simd, WithSimd};

use crate::nn::adamw::{BETA1, BETA2, EPSILON, Rates};
use crate::simd::widest;

/// Moves every parameter along its gradient, and its two running means `(m, v)` with it.
pub(in crate::nn) fn update(
    parameters: &mut [f32],
    gradient: &[f32],
    (mean, square): (&mut [f32], &mut [f32]),
    rates: Rates,
) {
    widest(Update { parameters, gradient, mean, square, rates });
}

struct Update<'a> {
    parameters: &'a mut [f32],
    gradient: &'a [f32],
    mean: &'a mut [f32],
    square: &'a mut [f32],
    rates: Rates,
}

impl WithSimd for Update<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { parameters, gradient, mean, square, rates } = self;
        for ((p, &g), (m, v)) in parameters.iter_mut().zip(gradient).zip(mean.iter_mut().zip(square)) {
            *m = BETA1 * *m + (1.0 - BETA1) * g;
            *v = BETA2 * *v + (1.0 - BETA2) * g * g;
            *p = *p * rates.keep - rates.mean * *m / (v.sqrt() * rates.root + EPSILON);
        }
    }
}
