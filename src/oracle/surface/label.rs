//! The answer shows the most probable class and nothing else.

use ndarray::Array2;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::argmax;
use crate::seed::Stream;

/// The teacher's first choice ("hard labels").
pub struct Label;

impl Surface for Label {
    fn name(&self) -> &'static str {
        "label"
    }

    fn about(&self) -> &'static str {
        "the most probable class, without its probability"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Whole
    }

    fn show(&self, logits: Array2<f32>, _noise: &mut Stream) -> Answers {
        Answers::Labels(argmax(logits.view()))
    }
}
