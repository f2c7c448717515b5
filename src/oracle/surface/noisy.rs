//! The answer shows probabilities of a teacher with a tremor: softmax(z + ε), ε ~ N(0, σ²) for every class, σ = 1.
//!
//! The noise is drawn anew for every query. The same query asked again gets another draw, and costs another query.

use ndarray::Array2;
use ndarray_rand::rand_distr::{Distribution, StandardNormal};

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

const SIGMA: f32 = 1.0;

/// Noise on the logits.
pub(super) struct Noisy;

impl Surface for Noisy {
    fn name(&self) -> &'static str {
        "noisy"
    }

    fn about(&self) -> &'static str {
        "a probability for every class, after noise of deviation 1 on the logits"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Blurred
    }

    fn show(&self, mut logits: Array2<f32>, noise: &mut Stream) -> Answers {
        // Query by query: an answer must not depend on the batch that it came in.
        for logit in logits.rows_mut().into_iter().flatten() {
            let tremor: f32 = StandardNormal.sample(noise);
            *logit += SIGMA * tremor;
        }
        Answers::Probabilities(softmax(logits))
    }
}
