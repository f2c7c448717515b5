//! Who asks in many hands is strange: the questions of one customer are about as noisy as each other, those of many
//! customers in one account are not.
//!
//! More noise takes a question further from every other, so noise that varies shows as distances that vary. One
//! customer's are as even as its noise, whatever its noise is; only more variation than that is strange.

use ndarray::s;

use super::Detector;
use super::nearest::Landmarks;
use crate::oracle::Log;

/// Questions of the traffic that distances are measured from: how they vary takes fewer than how long they are.
const LANDMARKS: usize = 250;
/// Fewer questions do not say how they vary.
const FEWEST: usize = 10;

/// The standard deviation of the distances from an account's questions to the nearest landmark of honest traffic.
pub(super) struct Spread {
    landmarks: Landmarks,
}

impl Spread {
    pub(super) fn new(traffic: &Log) -> Self {
        let questions = traffic.questions();
        Self { landmarks: Landmarks::new(questions.slice(s![..LANDMARKS.min(questions.nrows()), ..])) }
    }
}

impl Detector for Spread {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        self.landmarks.nearest(log.questions().slice(s![first.., ..]))
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let distances: Vec<f64> = values.iter().flatten().copied().collect();
        let count = distances.len();
        let mean = distances.iter().sum::<f64>() / count as f64;
        let squares: f64 = distances.iter().map(|distance| (distance - mean).powi(2)).sum();
        (count >= FEWEST).then(|| (squares / (count - 1) as f64).sqrt())
    }
}
