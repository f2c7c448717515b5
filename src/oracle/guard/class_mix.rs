//! An account that asks about every class alike is unusual: a customer cares about some of them more than about others.
//!
//! Only evenness is unusual here, not its opposite. A copy of the whole teacher needs all of its classes, and an
//! account that asks about few of them learns about few of them. Honest accounts go far that way, and closing them
//! would cost false alarms and detect nobody.

use super::Detector;
use crate::oracle::Log;

/// Fewer answers have no mix to speak of.
const FEWEST: usize = 10;

/// One minus the sum of squared shares of the classes among an account's answers (Simpson 1949): 0 where all answers
/// name one class, 1 − 1/k where k classes are named equally often.
pub(super) struct ClassMix;

impl Detector for ClassMix {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        log.notes()[first..].iter().map(|note| Some(note.class as f64)).collect()
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let mut counts: Vec<usize> = Vec::new();
        for class in values.iter().flatten().map(|&class| class as usize) {
            counts.resize(counts.len().max(class + 1), 0);
            counts[class] += 1;
        }
        let all = counts.iter().sum::<usize>();
        let share = |count: &usize| (*count as f64 / all as f64).powi(2);
        (all >= FEWEST).then(|| 1.0 - counts.iter().map(share).sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::Array2;
    use ndarray_rand::rand_distr::{Distribution, Exp1};
    use rand::Rng;

    use super::*;
    use crate::nn::Mlp;
    use crate::oracle::Noted;
    use crate::oracle::guard::{Guard, LOOKS, Scores};
    use crate::seed::{Seed, Stream};

    /// The log of an account whose answers named these classes.
    fn log(classes: &[usize]) -> Log {
        let mut log = Log::new(&Mlp::new(&[1, 3], &mut Seed::new(0).stream()));
        let queries = Array2::zeros((classes.len(), 1));
        let notes = classes.iter().map(|&class| Noted { class, confidence: 1.0 }).collect();
        log.record(queries.view(), notes);
        log
    }

    fn score(classes: &[usize]) -> Option<f64> {
        ClassMix.score(&ClassMix.values(&log(classes), 0))
    }

    #[test]
    fn a_log_has_the_score_that_a_hand_count_gives() {
        // Six, three and one of ten: 1 − 0.36 − 0.09 − 0.01.
        assert!((score(&[0, 2, 0, 0, 1, 0, 0, 1, 1, 0]).unwrap() - 0.54).abs() < 1e-12);
        // Five of each of two classes; two of each of five; one class.
        assert!((score(&[7, 3, 7, 3, 7, 3, 7, 3, 7, 3]).unwrap() - 0.5).abs() < 1e-12);
        assert!((score(&[0, 1, 2, 3, 4, 0, 1, 2, 3, 4]).unwrap() - 0.8).abs() < 1e-12);
        assert_eq!(score(&[4; 12]), Some(0.0));
        assert_eq!(score(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), None, "nine answers");
    }

    #[test]
    fn later_queries_are_read_where_the_earlier_ones_ended() {
        let log = log(&[0, 0, 1, 2, 2]);
        assert_eq!(ClassMix.values(&log, 3), [Some(2.0), Some(2.0)]);
    }

    /// Accounts that end after `asked` answers, each with shares of ten classes of its own.
    fn accounts(count: usize, asked: usize, stream: &mut Stream, even: bool) -> Vec<Scores> {
        let mut account = |_| {
            let parts: [f64; 10] = std::array::from_fn(|_| if even { 1.0 } else { Exp1.sample(stream) });
            let total: f64 = parts.iter().sum();
            let mut class = || {
                let mut at = stream.random::<f64>() * total;
                parts.iter().position(|part| {
                    at -= part;
                    at < 0.0
                })
            };
            let classes: Vec<usize> = (0..asked).map(|_| class().unwrap_or(9)).collect();
            let at = |&look: &usize| (look == asked).then(|| score(&classes)).flatten();
            Scores { asked, scores: vec![LOOKS.iter().map(at).collect()] }
        };
        (0..count).map(&mut account).collect()
    }

    #[test]
    fn an_even_asker_is_detected_as_often_as_a_simulation_says() {
        // NumPy, default_rng(1), a million accounts of each kind: of 1 − Σ (count/n)² of multinomial(n, dirichlet(1s))
        // the 95 % quantile, and the share of multinomial(n, tenths) above it. A threshold from 4,000 accounts moves
        // the share by 0.004 at 50 answers, and 4,000 even ones by 0.003: four times both together.
        let mut stream = Seed::new(5).stream();
        for (asked, expected, slack) in [(50, 0.972, 0.02), (100, 0.99987, 0.001)] {
            let honest = accounts(4000, asked, &mut stream, false);
            let guard = Guard::calibrate(vec![Arc::new(ClassMix)], &honest, 0.05);
            let even = accounts(4000, asked, &mut stream, true);
            let closed = even.iter().filter(|scores| guard.closes(scores).is_some()).count() as f64 / 4000.0;
            assert!((closed - expected).abs() < slack, "{asked} answers: {closed}, not {expected}");
        }
    }
}
