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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Mlp;
    use crate::oracle::Noted;
    use crate::oracle::guard::{class_mix::ClassMix, volume::Volume};
    use crate::seed::Seed;
    use ndarray::Array2;

    #[test]
    fn only_how_much_an_account_asked_is_remembered_once_it_is_silent() {
        let mut log = Log::new(&Mlp::new(&[1, 2], &mut Seed::new(0).stream()));
        let notes = (0..60).map(|query| Noted { class: query % 2, confidence: 1.0 }).collect();
        log.record(Array2::zeros((60, 1)).view(), notes);
        let scores = Scores::of(&[Arc::new(Volume), Arc::new(ClassMix)], &log);
        // Looks after 20 and 50 queries, and eleven that the account does not live to see.
        let volume: Vec<f64> = scores.scores[0].iter().map(|score| score.unwrap()).collect();
        assert_eq!(volume, [&[20.0, 50.0][..], &[60.0; 11]].concat());
        // Two classes alike: 1 − 2·¼.
        assert_eq!(scores.scores[1], [&[Some(0.5); 2][..], &[None; 11]].concat());
        assert_eq!((scores.asked(), scores.by(1).scores), (60, vec![scores.scores[1].clone()]));
    }
}
