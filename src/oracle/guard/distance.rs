//! An account that asks far from what others ask, or too near, is unusual.

use ndarray::{Axis, s};

use super::nearest::Landmarks;
use super::{Detector, confidence::sorted, ks};
use crate::oracle::Log;

/// Queries of the traffic that distances are measured from; the rest of it says what distances are usual.
const LANDMARKS: usize = 1000;

/// The Kolmogorov–Smirnov distance between nearest-neighbour distances: from an account's queries to landmarks of
/// honest traffic, against those of the rest of the traffic.
pub(super) struct Distance {
    landmarks: Landmarks,
    /// Sorted.
    usual: Vec<f64>,
}

impl Distance {
    pub(super) fn new(traffic: &Log) -> Self {
        let queries = traffic.queries();
        let (landmarks, rest) = queries.view().split_at(Axis(0), LANDMARKS.min(queries.nrows() / 2));
        let landmarks = Landmarks::new(landmarks);
        let usual = sorted(&landmarks.nearest(rest));
        Self { landmarks, usual }
    }
}

impl Detector for Distance {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        self.landmarks.nearest(log.queries().slice(s![first.., ..]))
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let own = sorted(values);
        (!own.is_empty()).then(|| ks::distance(&own, &self.usual))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Mlp;
    use crate::oracle::Noted;
    use crate::seed::Seed;
    use ndarray::Array2;

    fn log(queries: &[f32]) -> Log {
        let mut log = Log::new(&Mlp::new(&[2, 2], &mut Seed::new(0).stream()));
        let points =
            Array2::from_shape_fn((queries.len(), 2), |(row, axis)| if axis == 0 { queries[row] } else { 0.0 });
        log.record(points.view(), vec![Noted { class: 0, confidence: 1.0 }; queries.len()]);
        log
    }

    #[test]
    fn distances_are_held_against_those_of_honest_traffic() {
        // The first half of the traffic are landmarks, the other half are 1 and 3 from them.
        let detector = Distance::new(&log(&[0.0, 10.0, 1.0, 13.0]));
        let account = log(&[10.0, 0.0, 6.0]);
        assert_eq!(detector.values(&account, 1), [Some(0.0), Some(4.0)]);
        // Below 1 lie two of the account's three distances, and none of the traffic's.
        assert_eq!(detector.score(&detector.values(&account, 0)), Some(2.0 / 3.0));
        assert_eq!(detector.score(&[]), None);
    }
}
