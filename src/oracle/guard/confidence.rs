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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Mlp;
    use crate::seed::Seed;
    use ndarray::Array2;

    fn log(confidences: &[f32]) -> Log {
        let mut log = Log::new(&Mlp::new(&[1, 2], &mut Seed::new(0).stream()));
        let notes = confidences.iter().map(|&confidence| Noted { class: 0, confidence }).collect();
        log.record(Array2::zeros((confidences.len(), 1)).view(), notes);
        log
    }

    #[test]
    fn answers_are_held_against_those_of_honest_traffic() {
        let detector = Confidence::new(&log(&[0.75, 0.625, 0.875, 0.6875]));
        let account = log(&[0.875, 0.875, 0.5]);
        // Below 0.875 lie one of three and three of four.
        assert_eq!(detector.score(&detector.values(&account, 0)), Some(3.0 / 4.0 - 1.0 / 3.0));
        assert_eq!(detector.values(&account, 1), [Some(0.875), Some(0.5)]);
        assert_eq!(detector.score(&[]), None);
    }
}
