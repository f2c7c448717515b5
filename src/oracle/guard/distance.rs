//! Who asks far from what others ask, or too near, is strange.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, s};

use super::{Detector, confidence::sorted, ks};
use crate::oracle::Log;

/// Questions of the traffic that distances are measured from; the rest of it says what distances are usual.
const LANDMARKS: usize = 1000;

/// The Kolmogorov–Smirnov distance between nearest-neighbour distances: from an account's questions to landmarks of
/// honest traffic, against those of the rest of the traffic.
pub(super) struct Distance {
    landmarks: Array2<f32>,
    /// Squared lengths of the landmarks.
    lengths: Vec<f32>,
    /// Sorted.
    usual: Vec<f64>,
}

impl Distance {
    pub(super) fn new(traffic: &Log) -> Self {
        let questions = traffic.questions();
        let (landmarks, rest) = questions.view().split_at(Axis(0), LANDMARKS.min(questions.nrows() / 2));
        let lengths = squared_lengths(landmarks);
        let mut detector = Self { landmarks: landmarks.to_owned(), lengths, usual: Vec::new() };
        detector.usual = sorted(&detector.nearest(rest));
        detector
    }

    /// From each question to the nearest landmark.
    fn nearest(&self, questions: ArrayView2<f32>) -> Vec<Option<f64>> {
        // |q − r|² = |q|² − 2 q·r + |r|², so that a product of matrices does the work.
        let products = questions.dot(&self.landmarks.t());
        let own = squared_lengths(questions);
        let nearest = |(products, own): (ArrayView1<f32>, &f32)| {
            let least = self.least(products.to_slice().expect("row by row"));
            Some(f64::from((own + least).max(0.0)).sqrt())
        };
        products.rows().into_iter().zip(&own).map(nearest).collect()
    }

    /// The least |r|² − 2 q·r of a question, in sixteen minima side by side that the compiler can keep in vectors.
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

impl Detector for Distance {
    fn name(&self) -> &'static str {
        "distance"
    }

    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        self.nearest(log.questions().slice(s![first.., ..]))
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let own = sorted(values);
        (!own.is_empty()).then(|| ks::distance(&own, &self.usual))
    }
}

/// Σ x² of each row.
pub(super) fn squared_lengths(rows: ArrayView2<f32>) -> Vec<f32> {
    rows.rows().into_iter().map(|row| row.dot(&row)).collect()
}
