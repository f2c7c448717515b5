//! An account that asks much is unusual.

use super::Detector;
use crate::oracle::Log;

/// The number of queries: at a look all who came so far have asked the same, and what counts is how few they are.
pub(super) struct Volume;

impl Detector for Volume {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        vec![Some(1.0); log.len() - first]
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        Some(values.len() as f64)
    }

    fn remembers_the_silent(&self) -> bool {
        true
    }
}
