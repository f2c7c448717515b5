//! One dense layer in the units × batch layout: three matrix products and what is done to their sums on the way.
//!
//! ```text
//! forward   z = W·a + b                 W: out × in,  a: in × batch,  z: out × batch
//! backward  dW = dz·aᵀ    db = Σ_batch dz    da = Wᵀ·dz
//! ```

#![expect(clippy::needless_range_loop, reason = "an iterator takes a closure, which loses the wide instructions")]

use pulp::{Simd, WithSimd};

use super::product::{Finish, Out, Plain, Turned, Upright, multiply};
use super::sheet::Sheet;
use crate::simd::widest;

/// z = W·a + b, then ReLU if `relu`. Weights are out × in, row by row.
pub(in crate::nn) fn forward(weights: &[f32], bias: &[f32], input: &Sheet, relu: bool, z: &mut Sheet) {
    widest(Forward { weights, bias, input, relu, z });
}

struct Forward<'a> {
    weights: &'a [f32],
    bias: &'a [f32],
    input: &'a Sheet,
    relu: bool,
    z: &'a mut Sheet,
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { weights, bias, input, relu, z } = self;
        let inputs = input.rows();
        let left = Upright { numbers: weights, stride: inputs, depth: inputs };
        let floor = if relu { 0.0 } else { f32::NEG_INFINITY };
        multiply(simd, left, input.right(0..inputs, 0), Activate { bias, floor }, Out::whole(z));
    }
}

/// Starts from the bias and cuts at a floor.
#[derive(Clone, Copy)]
struct Activate<'a> {
    bias: &'a [f32],
    floor: f32,
}

impl<S: Simd> Finish<S> for Activate<'_> {
    #[inline(always)]
    fn start(self, row: usize) -> f32 {
        self.bias[row]
    }

    #[inline(always)]
    fn finish<const V: usize>(self, simd: S, _row: usize, _column: usize, mut z: [S::f32s; V]) -> [S::f32s; V] {
        let floor = simd.splat_f32s(self.floor);
        for v in 0..V {
            // A comparison, not `max`: NaN must pass through, so that a diverged run is noticed.
            z[v] = simd.select_f32s(simd.less_than_f32s(z[v], floor), floor, z[v]);
        }
        z
    }
}

/// dW (out × in, row by row) and db from dz (out × batch) and the layer's input, an example in each row (batch × in).
pub(in crate::nn) fn parameter_gradient(dz: &Sheet, input: &Sheet, weights: &mut [f32], bias: &mut [f32]) {
    widest(ParameterGradient { dz, input, weights, bias });
}

struct ParameterGradient<'a> {
    dz: &'a Sheet,
    input: &'a Sheet,
    weights: &'a mut [f32],
    bias: &'a mut [f32],
}

impl WithSimd for ParameterGradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { dz, input, weights, bias } = self;
        let (batch, inputs) = (input.rows(), input.columns());
        let (numbers, stride) = dz.parts();
        let left = Upright { numbers, stride, depth: batch };
        let out = Out { numbers: weights, stride: inputs, rows: dz.rows(), columns: inputs };
        multiply(simd, left, input.right(0..batch, 0), Plain, out);
        for (total, row) in bias.iter_mut().zip(dz.iter()) {
            *total = sum(row);
        }
    }
}

/// The sum of a row, in sixteen sums side by side that the compiler can keep in vectors.
#[inline(always)]
fn sum(row: &[f32]) -> f32 {
    let (whole, rest) = row.as_chunks::<16>();
    let mut sums = [0.0; 16];
    for chunk in whole {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += x;
        }
    }
    let mut width = 8;
    while width > 0 {
        for i in 0..width {
            sums[i] += sums[i + width];
        }
        width /= 2;
    }
    sums[0] + rest.iter().sum::<f32>()
}

/// da = Wᵀ·dz (in × batch), let through only where the unit below was active (`a > 0`): the gradient below a ReLU.
pub(in crate::nn) fn input_gradient(weights: &[f32], dz: &Sheet, active: &Sheet, below: &mut Sheet) {
    widest(InputGradient { weights, dz, active, below });
}

struct InputGradient<'a> {
    weights: &'a [f32],
    dz: &'a Sheet,
    active: &'a Sheet,
    below: &'a mut Sheet,
}

impl WithSimd for InputGradient<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { weights, dz, active, below } = self;
        let left = Turned { numbers: weights, stride: below.rows() };
        multiply(simd, left, dz.right(0..dz.rows(), 0), LetThrough { active }, Out::whole(below));
    }
}

/// Zero where the unit was not active.
#[derive(Clone, Copy)]
struct LetThrough<'a> {
    active: &'a Sheet,
}

impl<S: Simd> Finish<S> for LetThrough<'_> {
    #[inline(always)]
    fn finish<const V: usize>(self, simd: S, row: usize, column: usize, mut d: [S::f32s; V]) -> [S::f32s; V] {
        let zero = simd.splat_f32s(0.0);
        let (active, stride) = self.active.parts();
        let a = S::as_simd_f32s(&active[row * stride + column..][..V * S::F32_LANES]).0;
        for v in 0..V {
            d[v] = simd.select_f32s(simd.greater_than_f32s(a[v], zero), d[v], zero);
        }
        d
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, ArrayView2, Axis};
    use pulp::Scalar128b;

    /// The products as ndarray makes them, on the vectors of this processor and on the narrowest there are.
    #[test]
    fn the_products_are_those_of_ndarray_on_wide_and_on_narrow_vectors() {
        let matrix =
            |rows, columns, by: usize| Array2::from_shape_fn((rows, columns), |(i, j)| ((by * i + 7 * j) as f32).sin());
        for (inputs, outputs, batch) in [(1, 1, 1), (2, 16, 128), (17, 6, 33), (35, 13, 18)] {
            let (weights, bias) = (matrix(outputs, inputs, 3), matrix(outputs, 1, 5));
            let (points, dz) = (matrix(batch, inputs, 11), matrix(outputs, batch, 13));
            let z = (weights.dot(&points.t()) + &bias).mapv(|z| z.max(0.0));
            let below = weights.t().dot(&dz) * points.t().mapv(|a| f32::from(a > 0.0));
            let [flat, bias] = [&weights, &bias].map(|matrix| matrix.as_slice().unwrap());
            let [rows, units, dz_sheet] = [points.view(), points.t(), dz.view()].map(Sheet::of);
            for wide in [true, false] {
                let close = |got: ArrayView2<f32>, expected: &Array2<f32>| {
                    let apart = (&got - expected).iter().fold(0.0, |most: f32, d| most.max(d.abs()));
                    assert!(apart < 1e-4, "{inputs}-{outputs}, batch {batch}, wide {wide}: {apart}");
                };
                let mut out = Sheet::zeros(outputs, batch);
                run(wide, Forward { weights: flat, bias, input: &units, relu: true, z: &mut out });
                close(out.view(), &z);
                let mut out = Sheet::zeros(inputs, batch);
                run(wide, InputGradient { weights: flat, dz: &dz_sheet, active: &units, below: &mut out });
                close(out.view(), &below);
                let (mut dw, mut db) = (Array2::zeros((outputs, inputs)), Array2::zeros((outputs, 1)));
                let (weights, bias) = (dw.as_slice_mut().unwrap(), db.as_slice_mut().unwrap());
                run(wide, ParameterGradient { dz: &dz_sheet, input: &rows, weights, bias });
                close(dw.view(), &dz.dot(&points));
                close(db.view(), &dz.sum_axis(Axis(1)).insert_axis(Axis(1)));
            }
        }
    }

    fn run(wide: bool, pass: impl WithSimd<Output = ()>) {
        if wide { widest(pass) } else { Scalar128b.vectorize(pass) }
    }
}
