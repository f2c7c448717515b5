//! What detectors make of an account, look by look.

use std::sync::Arc;

use super::{Detector, LOOKS};
use crate::oracle::Log;

/// What detectors make of an account at each look.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// How many queries it asked in all.
    pub(super) asked: usize,
    /// For each detector and each look.
    pub(super) scores: Vec<Vec<Option<f64>>>,
}

impl Scores {
    /// What the detectors make of a log.
    pub fn of(detectors: &[Arc<dyn Detector>], log: &Log) -> Self {
        let values: Vec<Vec<Option<f64>>> = detectors.iter().map(|detector| detector.values(log, 0)).collect();
        Self::after(0, detectors, &values, log.len())
    }

    /// The scores of an account that asked `asked` queries, at the looks after `seen` queries.
    pub(super) fn after(
        seen: usize,
        detectors: &[Arc<dyn Detector>],
        values: &[Vec<Option<f64>>],
        asked: usize,
    ) -> Self {
        let at_looks = |(detector, values): (&Arc<dyn Detector>, &Vec<Option<f64>>)| {
            let at = |&look: &usize| match values.get(..look) {
                _ if look <= seen => None,
                None if detector.remembers_the_silent() => detector.score(values),
                values => values.and_then(|values| detector.score(values)),
            };
            LOOKS.iter().map(at).collect()
        };
        Self { asked, scores: detectors.iter().zip(values).map(at_looks).collect() }
    }

    /// How many queries the account asked in all.
    pub fn asked(&self) -> usize {
        self.asked
    }

    /// The same seen by a single detector.
    pub fn by(&self, detector: usize) -> Self {
        Self { asked: self.asked, scores: vec![self.scores[detector].clone()] }
    }
}
