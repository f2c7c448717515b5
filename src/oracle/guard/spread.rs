//! An account that asks in many hands is unusual: the queries of one customer are about as noisy as each other, those
//! of many customers in one account are not.
//!
//! More noise takes a query further from every other, so noise that varies shows as distances that vary. One
//! customer's are as even as its noise, whatever its noise is; only more variation than that is unusual.

use ndarray::s;

use super::Detector;
use super::nearest::Landmarks;
use crate::oracle::Log;

/// Queries of the traffic that distances are measured from: how they vary takes fewer than how long they are.
const LANDMARKS: usize = 250;
/// Fewer queries do not say how they vary.
const FEWEST: usize = 10;

/// The standard deviation of the distances from an account's queries to the nearest landmark of honest traffic.
pub(super) struct Spread {
    landmarks: Landmarks,
}

impl Spread {
    pub(super) fn new(traffic: &Log) -> Self {
        let queries = traffic.queries();
        Self { landmarks: Landmarks::new(queries.slice(s![..LANDMARKS.min(queries.nrows()), ..])) }
    }
}

impl Detector for Spread {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        self.landmarks.nearest(log.queries().slice(s![first.., ..]))
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let distances: Vec<f64> = values.iter().flatten().copied().collect();
        let count = distances.len();
        let mean = distances.iter().sum::<f64>() / count as f64;
        let squares: f64 = distances.iter().map(|distance| (distance - mean).powi(2)).sum();
        (count >= FEWEST).then(|| (squares / (count - 1) as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;
    use crate::nn::Mlp;
    use crate::oracle::Noted;
    use crate::seed::Seed;

    fn log(queries: &Array2<f32>) -> Log {
        let mut log = Log::new(&Mlp::new(&[2, 2], &mut Seed::new(0).stream()));
        log.record(queries.view(), vec![Noted { class: 0, confidence: 1.0 }; queries.nrows()]);
        log
    }

    #[test]
    fn what_counts_is_how_much_distances_vary_and_not_how_long_they_are() {
        let spread = Spread::new(&log(&array![[0.0, 0.0], [10.0, 0.0]]));
        let score = |distances: &[f32]| {
            // Above and below one landmark or the other, always that far from the nearest.
            let at = |(row, column): (usize, usize)| match (column, row % 2) {
                (0, odd) => 10.0 * odd as f32,
                (_, odd) => distances[row] * (1.0 - 2.0 * odd as f32),
            };
            let log = log(&Array2::from_shape_fn((distances.len(), 2), at));
            spread.score(&spread.values(&log, 0))
        };
        assert!(score(&[3.0; 10]).unwrap().abs() < 1e-6);
        // Five at 1 and five at 3: (10 · 1²) / 9.
        let varied = score(&[1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 3.0, 1.0, 3.0, 1.0]).unwrap();
        assert!((varied - (10.0f64 / 9.0).sqrt()).abs() < 1e-5, "{varied}");
        assert_eq!(score(&[1.0; 9]), None, "too few");
    }
}
