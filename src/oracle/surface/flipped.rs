//! The answer shows a label that is sometimes a lie: with probability 0.2 a class drawn evenly from the others.
//!
//! Randomised response (Warner 1965), there to protect who answers; here it protects what is known.

use ndarray::Array2;
use rand::Rng;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::argmax;
use crate::seed::Stream;

const LIES: f64 = 0.2;

/// The first choice, four times of five.
pub(super) struct Flipped;

impl Surface for Flipped {
    fn name(&self) -> &'static str {
        "flipped20"
    }

    fn about(&self) -> &'static str {
        "the most probable class, but one answer of five is a random other class"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Whole
    }

    fn show(&self, logits: Array2<f32>, noise: &mut Stream) -> Answers {
        let classes = logits.ncols();
        let perhaps_a_lie = |truth: usize| {
            if classes < 2 || !noise.random_bool(LIES) {
                return truth;
            }
            // Evenly from all classes but one: those from the left-out one on move up by one.
            let other = noise.random_range(0..classes - 1);
            if other < truth { other } else { other + 1 }
        };
        Answers::Labels(argmax(logits.view()).into_iter().map(perhaps_a_lie).collect())
    }
}
