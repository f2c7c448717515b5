//! The first layer over tokens: each token of the window becomes a vector, and the vectors side by side go through W.
//!
//! ```text
//! z = b + Σ_p W_p·E[t_p]        W: hidden × (window·embedding), W_p its columns of place p;  E: vocabulary × embedding
//! dW_p = Σ_t G_pt·E[t]ᵀ    dE[t] = Σ_p W_pᵀ·G_pt        G_pt = Σ dz over the examples with token t at place p
//! ```
//!
//! A batch of 256 windows holds far fewer different tokens at a place than windows. So W_p·E[t] is computed once per
//! place and token that occurs and then looked up, and the gradient is gathered in the same cells on the way back:
//! the same sums as one product per window, with a fraction of the multiplications.

use ndarray::{ArrayView2, ArrayViewMut2};
use pulp::{Simd, WithSimd};

use super::{Shape, Token};
use crate::nn::kernel::Sheet;
use crate::nn::kernel::product::{Out, Plain, Turned, Upright, multiply};
use crate::simd::widest;

/// Units whose sums are kept in registers together.
const BLOCK: usize = 16;

/// The cells, place by place and token by token, that a batch of windows uses, with buffers made once.
pub(super) struct Cells {
    vocabulary: usize,
    /// The token of each cell that occurs, all of one place together.
    tokens: Vec<Token>,
    /// Where each place begins among the cells; one more at the end.
    starts: Vec<usize>,
    /// The cell of each place of each window, window by window.
    of_window: Vec<usize>,
    /// E[t] of each cell, later dE of each: cells × embedding.
    embedded: Sheet,
    /// W_p·E[t] of each cell, later G_pt: cells × hidden.
    projected: Sheet,
    /// W: hidden × (window·embedding).
    weights: Sheet,
    /// Wᵀ.
    turned: Sheet,
}

impl Cells {
    /// Room for `batch` windows.
    pub(super) fn new(shape: Shape, batch: usize) -> Self {
        let Shape { vocabulary, window, embedding, hidden, .. } = shape;
        let most = window * vocabulary.min(batch);
        Self {
            vocabulary,
            tokens: Vec::with_capacity(most),
            starts: vec![0; window + 1],
            of_window: vec![0; window * batch],
            embedded: Sheet::zeros(most, embedding),
            projected: Sheet::zeros(most, hidden),
            weights: Sheet::zeros(hidden, window * embedding),
            turned: Sheet::zeros(window * embedding, hidden),
        }
    }

    /// max(0, z) (batch × hidden) of windows (batch × window).
    pub(super) fn forward(
        &mut self,
        windows: ArrayView2<Token>,
        embedding: ArrayView2<f32>,
        weights: &[f32],
        bias: &[f32],
        active: &mut Sheet,
    ) {
        self.find(windows);
        for (&token, cell) in self.tokens.iter().zip(self.embedded.iter_mut()) {
            cell.copy_from_slice(embedding.row(usize::from(token)).to_slice().expect("row by row"));
        }
        let inputs = self.weights.columns();
        self.weights.iter_mut().zip(weights.chunks_exact(inputs)).for_each(|(to, from)| to.copy_from_slice(from));
        self.weights.turn_into(&mut self.turned);
        widest(Forward { cells: self, bias, active });
    }

    /// dW, db and dE from dz (batch × hidden) of the windows last gone forward.
    pub(super) fn backward(
        &mut self,
        dz: &Sheet,
        (weights, bias): (&mut [f32], &mut [f32]),
        mut embedding: ArrayViewMut2<f32>,
    ) {
        widest(Backward { cells: self, dz, weights, bias });
        embedding.fill(0.0);
        for (&token, gradient) in self.tokens.iter().zip(self.embedded.iter()) {
            let mut total = embedding.row_mut(usize::from(token));
            add(total.as_slice_mut().expect("row by row"), gradient);
        }
    }

    /// Numbers the cells of a batch.
    fn find(&mut self, windows: ArrayView2<Token>) {
        const NONE: usize = usize::MAX;
        self.tokens.clear();
        let mut cell_of = vec![NONE; self.vocabulary];
        for (place, column) in windows.columns().into_iter().enumerate() {
            cell_of.fill(NONE);
            self.starts[place] = self.tokens.len();
            for (row, &token) in column.iter().enumerate() {
                let cell = &mut cell_of[usize::from(token)];
                if *cell == NONE {
                    *cell = self.tokens.len();
                    self.tokens.push(token);
                }
                self.of_window[row * windows.ncols() + place] = *cell;
            }
        }
        self.starts[windows.ncols()] = self.tokens.len();
    }
}

struct Forward<'a> {
    cells: &'a mut Cells,
    bias: &'a [f32],
    active: &'a mut Sheet,
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { cells: Cells { starts, of_window, embedded, projected, turned, .. }, bias, active } = self;
        let (size, columns) = (embedded.columns(), projected.columns());
        let window = starts.len() - 1;
        for place in 0..window {
            let (first, end) = (starts[place], starts[place + 1]);
            let (numbers, stride) = embedded.parts();
            let left = Upright { numbers: &numbers[first * stride..], stride, depth: size };
            let right = turned.right(place * size..(place + 1) * size, 0);
            let (numbers, stride) = projected.parts_mut();
            let out = Out { numbers: &mut numbers[first * stride..], stride, rows: end - first, columns };
            multiply(simd, left, right, Plain, out);
        }
        for (row, cells) in of_window.chunks_exact(window).take(active.rows()).enumerate() {
            // A few units at a time, so that their sums stay in registers while the cells go by.
            for column in (0..columns).step_by(BLOCK) {
                let mut total = [0.0; BLOCK];
                let here = &bias[column..columns.min(column + BLOCK)];
                total[..here.len()].copy_from_slice(here);
                for &cell in cells {
                    add(&mut total, projected.chunk::<BLOCK>(cell, column));
                }
                for z in &mut total {
                    // A comparison, not `max`: NaN must pass through, so that a diverged run is noticed.
                    *z = if *z < 0.0 { 0.0 } else { *z };
                }
                *active.chunk_mut(row, column) = total;
            }
        }
    }
}

struct Backward<'a> {
    cells: &'a mut Cells,
    dz: &'a Sheet,
    weights: &'a mut [f32],
    bias: &'a mut [f32],
}

impl WithSimd for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { cells: Cells { starts, of_window, embedded, projected, weights, .. }, dz, .. } = self;
        let (size, hidden, inputs) = (embedded.columns(), dz.columns(), weights.columns());
        let window = starts.len() - 1;
        let (gathered, stride) = projected.parts_mut();
        gathered[..starts[window] * stride].fill(0.0);
        self.bias.fill(0.0);
        for (dz, cells) in dz.iter().zip(of_window.chunks_exact(window)) {
            add(self.bias, dz);
            for cell in cells {
                add(&mut gathered[cell * stride..][..hidden], dz);
            }
        }
        for place in 0..window {
            let (first, end) = (starts[place], starts[place + 1]);
            let numbers = &gathered[first * stride..];
            let out = Out { numbers: &mut self.weights[place * size..], stride: inputs, rows: hidden, columns: size };
            multiply(simd, Turned { numbers, stride }, embedded.right(first..end, 0), Plain, out);

            let left = Upright { numbers, stride, depth: hidden };
            let (numbers, stride) = embedded.parts_mut();
            let out = Out { numbers: &mut numbers[first * stride..], stride, rows: end - first, columns: size };
            multiply(simd, left, weights.right(0..hidden, place * size), Plain, out);
        }
    }
}

#[inline(always)]
fn add(total: &mut [f32], row: &[f32]) {
    for (total, x) in total.iter_mut().zip(row) {
        *total += x;
    }
}
