//! Who asks much is strange.

use super::Detector;
use crate::oracle::Log;

/// The number of questions.
pub(super) struct Volume;

impl Detector for Volume {
    fn name(&self) -> &'static str {
        "volume"
    }

    fn values(&self, log: &Log) -> Vec<Option<f64>> {
        vec![Some(1.0); log.len()]
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        Some(values.len() as f64)
    }
}
