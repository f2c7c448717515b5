//! The answer shows a label drawn from the teacher's probabilities, as a chat model's text is.
//!
//! One draw says little; averaged over near queries, draws say what the probabilities say.

use ndarray::{Array2, ArrayView1};
use rand::Rng;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// A toss of the teacher's loaded die.
pub(super) struct Sampled;

impl Surface for Sampled {
    fn name(&self) -> &'static str {
        "sampled"
    }

    fn about(&self) -> &'static str {
        "a class drawn from the probabilities"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Whole
    }

    fn show(&self, logits: Array2<f32>, noise: &mut Stream) -> Answers {
        let draw = |row: ArrayView1<f32>| {
            let mut left: f32 = noise.random();
            let chosen = row.iter().position(|p| {
                left -= p;
                left < 0.0
            });
            // A row may sum to a little less than 1: the last class takes what is missing.
            chosen.unwrap_or(row.len() - 1)
        };
        Answers::Labels(softmax(logits).rows().into_iter().map(draw).collect())
    }
}
