//! From a query to the nearest of some landmarks.

use ndarray::{Array2, ArrayView1, ArrayView2};

/// Queries to measure distances from.
pub(super) struct Landmarks {
    points: Array2<f32>,
    /// Their squared lengths.
    lengths: Vec<f32>,
}

impl Landmarks {
    pub(super) fn new(points: ArrayView2<f32>) -> Self {
        Self { points: points.to_owned(), lengths: squared_lengths(points) }
    }

    /// From each query to the nearest landmark.
    pub(super) fn nearest(&self, queries: ArrayView2<f32>) -> Vec<Option<f64>> {
        // |q − r|² = |q|² − 2 q·r + |r|², so that a product of matrices does the work.
        let products = queries.dot(&self.points.t());
        let own = squared_lengths(queries);
        let nearest = |(products, own): (ArrayView1<f32>, &f32)| {
            let least = self.least(products.to_slice().expect("row by row"));
            Some(f64::from((own + least).max(0.0)).sqrt())
        };
        products.rows().into_iter().zip(&own).map(nearest).collect()
    }

    /// The least |r|² − 2 q·r of a query, in sixteen minima side by side that the compiler can keep in vectors.
    fn least(&self, products: &[f32]) -> f32 {
        let mut least = [f32::INFINITY; 16];
        for (products, lengths) in products.chunks(least.len()).zip(self.lengths.chunks(least.len())) {
            for ((least, product), length) in least.iter_mut().zip(products).zip(lengths) {
                let square = length - 2.0 * product;
                *least = if square < *least { square } else { *least };
            }
        }
        least.into_iter().fold(f32::INFINITY, f32::min)
    }
}

/// Σ x² of each row.
pub(super) fn squared_lengths(rows: ArrayView2<f32>) -> Vec<f32> {
    rows.rows().into_iter().map(|row| row.dot(&row)).collect()
}
