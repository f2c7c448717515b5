//! How far every point of the pool is from the nearest query: what the strategies that spread out have in common.

use ndarray::{Array2, ArrayView1, Axis};

use super::Scene;

/// The pool with the distance of each point to the nearest query.
///
/// The distances are worked out once from what was asked and then kept up to date: a further query costs one pass
/// over the pool.
pub(super) struct Cover {
    /// Dimension × pool, so that a pass runs along the pool.
    pool: Array2<f32>,
    /// Squared distances; infinite while nothing is asked.
    nearest: Vec<f32>,
    free: Vec<bool>,
    scratch: Vec<f32>,
}

impl Cover {
    /// The cover that the queries so far make.
    pub(super) fn of(scene: &Scene) -> Self {
        let points = scene.pool.nrows();
        let mut cover = Self {
            pool: scene.pool.t().as_standard_layout().into_owned(),
            nearest: vec![f32::INFINITY; points],
            free: vec![false; points],
            scratch: vec![0.0; points],
        };
        for row in scene.unasked() {
            cover.free[row] = true;
        }
        for query in scene.asked.rows() {
            cover.add(query);
        }
        cover
    }

    /// The unasked point with the highest score of its row and its squared distance, now taken; the first of equals.
    ///
    /// # Panics
    /// If every point of the pool is taken.
    pub(super) fn take(&mut self, score: impl Fn(usize, f32) -> f32) -> usize {
        let mut best: Option<(usize, f32)> = None;
        for (row, &square) in self.nearest.iter().enumerate() {
            if self.free[row] {
                let score = score(row, square);
                if best.is_none_or(|(_, highest)| score > highest) {
                    best = Some((row, score));
                }
            }
        }
        let (row, _) = best.expect("a pool with a point left");
        self.free[row] = false;
        let query = self.pool.index_axis(Axis(1), row).to_owned();
        self.add(query.view());
        row
    }

    fn add(&mut self, query: ArrayView1<f32>) {
        self.scratch.fill(0.0);
        for (coordinates, &at) in self.pool.rows().into_iter().zip(query) {
            for (square, &x) in self.scratch.iter_mut().zip(coordinates.to_slice().expect("row by row")) {
                *square += (x - at) * (x - at);
            }
        }
        for (nearest, &square) in self.nearest.iter_mut().zip(&self.scratch) {
            *nearest = nearest.min(square);
        }
    }
}
