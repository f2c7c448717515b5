//! One dense layer in the units × batch layout: three matrix products and two passes along the batch.
//!
//! ```text
//! forward   z = W·a + b                 W: out × in,  a: in × batch,  z: out × batch
//! backward  dW = dz·aᵀ    db = Σ_batch dz    da = Wᵀ·dz
//! ```

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// z = W·a + b, then ReLU if `relu`. `z` is out × batch, in row order.
pub(super) fn forward(
    weights: ArrayView2<f32>,
    bias: &[f32],
    input: ArrayView2<f32>,
    relu: bool,
    mut z: ArrayViewMut2<f32>,
) {
    general_mat_mul(1.0, &weights, &input, 0.0, &mut z);
    let batch = z.ncols();
    // Bias and ReLU in one pass, so that z is read once while it is still in the cache.
    let floor = if relu { 0.0 } else { f32::NEG_INFINITY };
    for (row, &b) in rows(&mut z).chunks_exact_mut(batch).zip(bias) {
        for value in row {
            let shifted = *value + b;
            // A comparison, not `max`: NaN must pass through, so that a diverged run is noticed.
            *value = if shifted < floor { floor } else { shifted };
        }
    }
}

/// dW and db from dz (out × batch) and the layer's input (in × batch).
pub(super) fn parameter_gradient(
    dz: ArrayView2<f32>,
    input: ArrayView2<f32>,
    mut weights: ArrayViewMut2<f32>,
    bias: &mut [f32],
) {
    general_mat_mul(1.0, &dz, &input.t(), 0.0, &mut weights);
    for (total, row) in bias.iter_mut().zip(dz.rows()) {
        *total = row.sum();
    }
}

/// da = Wᵀ·dz, let through only where the unit below was active (`a > 0`): the gradient below a ReLU.
pub(super) fn input_gradient(
    weights: ArrayView2<f32>,
    dz: ArrayView2<f32>,
    active: ArrayView2<f32>,
    mut below: ArrayViewMut2<f32>,
) {
    general_mat_mul(1.0, &weights.t(), &dz, 0.0, &mut below);
    let active = active.to_slice().expect("layer buffers are contiguous");
    for (d, &a) in rows(&mut below).iter_mut().zip(active) {
        *d = if a > 0.0 { *d } else { 0.0 };
    }
}

/// The numbers of an array that is contiguous by construction.
fn rows<'a>(array: &'a mut ArrayViewMut2<f32>) -> &'a mut [f32] {
    array.as_slice_mut().expect("layer buffers are contiguous")
}
