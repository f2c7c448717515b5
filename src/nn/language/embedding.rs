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

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use super::{Shape, Token};

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
    /// E[t] of each cell: cells × embedding.
    embedded: Array2<f32>,
    /// W_p·E[t] of each cell, later G_pt: cells × hidden.
    projected: Array2<f32>,
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
            embedded: Array2::zeros((most, embedding)),
            projected: Array2::zeros((most, hidden)),
        }
    }

    /// z (batch × hidden, before ReLU) of windows (batch × window).
    pub(super) fn forward(
        &mut self,
        windows: ArrayView2<Token>,
        embedding: ArrayView2<f32>,
        weights: ArrayView2<f32>,
        bias: &[f32],
        mut z: ArrayViewMut2<f32>,
    ) {
        self.find(windows);
        for (cell, &token) in self.tokens.iter().enumerate() {
            self.embedded.row_mut(cell).assign(&embedding.row(usize::from(token)));
        }
        let size = embedding.ncols();
        for (place, cells) in self.starts.windows(2).enumerate() {
            let embedded = self.embedded.slice(s![cells[0]..cells[1], ..]);
            let weights = weights.slice(s![.., place * size..(place + 1) * size]);
            let mut projected = self.projected.slice_mut(s![cells[0]..cells[1], ..]);
            general_mat_mul(1.0, &embedded, &weights.t(), 0.0, &mut projected);
        }
        let hidden = bias.len();
        let projected = self.projected.as_slice().expect("row by row");
        let z = z.as_slice_mut().expect("row by row");
        for (z, cells) in z.chunks_exact_mut(hidden).zip(self.of_window.chunks_exact(windows.ncols())) {
            // A few units at a time, so that their sums stay in registers while the cells go by.
            let (blocks, rest) = z.as_chunks_mut::<BLOCK>();
            let (bias_blocks, bias_rest) = bias.as_chunks::<BLOCK>();
            let tail = blocks.len() * BLOCK;
            for (block, (z, bias)) in blocks.iter_mut().zip(bias_blocks).enumerate() {
                let mut total = *bias;
                for cell in cells {
                    add(&mut total, &projected[cell * hidden + block * BLOCK..][..BLOCK]);
                }
                *z = total;
            }
            rest.copy_from_slice(bias_rest);
            for cell in cells {
                add(rest, &projected[cell * hidden + tail..][..rest.len()]);
            }
        }
    }

    /// dW, db and dE from dz (batch × hidden) of the windows last gone forward.
    pub(super) fn backward(
        &mut self,
        dz: ArrayView2<f32>,
        weights: ArrayView2<f32>,
        (mut weight_gradient, bias_gradient): (ArrayViewMut2<f32>, &mut [f32]),
        mut embedding_gradient: ArrayViewMut2<f32>,
    ) {
        let hidden = dz.ncols();
        let window = self.starts.len() - 1;
        let gathered = self.projected.as_slice_mut().expect("row by row");
        gathered[..self.tokens.len() * hidden].fill(0.0);
        bias_gradient.fill(0.0);
        let dz = dz.to_slice().expect("row by row");
        for (dz, cells) in dz.chunks_exact(hidden).zip(self.of_window.chunks_exact(window)) {
            add(bias_gradient, dz);
            for cell in cells {
                add(&mut gathered[cell * hidden..][..hidden], dz);
            }
        }
        let size = embedding_gradient.ncols();
        for (place, cells) in self.starts.windows(2).enumerate() {
            let mut embedded = self.embedded.slice_mut(s![cells[0]..cells[1], ..]);
            let gathered = self.projected.slice(s![cells[0]..cells[1], ..]);
            let columns = s![.., place * size..(place + 1) * size];
            general_mat_mul(1.0, &gathered.t(), &embedded, 0.0, &mut weight_gradient.slice_mut(columns));
            general_mat_mul(1.0, &gathered, &weights.slice(columns), 0.0, &mut embedded);
        }
        embedding_gradient.fill(0.0);
        for (cell, &token) in self.tokens.iter().enumerate() {
            let mut total = embedding_gradient.row_mut(usize::from(token));
            total += &self.embedded.row(cell);
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

fn add(total: &mut [f32], row: &[f32]) {
    for (total, x) in total.iter_mut().zip(row) {
        *total += x;
    }
}
