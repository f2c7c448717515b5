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
