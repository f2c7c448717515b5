//! The answer shows the whole distribution: p = softmax(z).

use ndarray::Array2;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// One probability per class ("soft labels").
pub(super) struct Probabilities;

impl Surface for Probabilities {
    fn name(&self) -> &'static str {
        "probabilities"
    }

    fn about(&self) -> &'static str {
        "a probability for every class"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Teachers
    }

    fn show(&self, logits: Array2<f32>, _noise: &mut Stream) -> Answers {
        Answers::Probabilities(softmax(logits))
    }
}
