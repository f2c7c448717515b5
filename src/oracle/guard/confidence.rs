//! An account that gets answers of unusual confidence: queries that are not of the data leave the teacher in doubt, or
//! too sure.

use super::{Detector, ks};
use crate::oracle::{Log, Noted};

/// The Kolmogorov–Smirnov distance between the confidences of an account's answers and those of honest traffic.
pub(super) struct Confidence {
    /// Sorted.
    usual: Vec<f64>,
}

impl Confidence {
    pub(super) fn new(traffic: &Log) -> Self {
        Self { usual: sorted(&confidences(traffic.notes())) }
    }
}

impl Detector for Confidence {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        confidences(&log.notes()[first..])
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let own = sorted(values);
        (!own.is_empty()).then(|| ks::distance(&own, &self.usual))
    }
}

fn confidences(notes: &[Noted]) -> Vec<Option<f64>> {
    notes.iter().map(|note| Some(f64::from(note.confidence))).collect()
}

/// The values there are, in order.
pub(super) fn sorted(values: &[Option<f64>]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}
