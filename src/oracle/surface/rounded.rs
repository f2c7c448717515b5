//! The answer shows probabilities rounded to one decimal: small ones become nothing, near ones become equal.

use ndarray::Array2;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// Tenths.
pub(super) struct Rounded;

impl Surface for Rounded {
    fn name(&self) -> &'static str {
        "rounded1"
    }

    fn about(&self) -> &'static str {
        "a probability for every class, rounded to one decimal"
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Blurred
    }

    fn show(&self, logits: Array2<f32>, _noise: &mut Stream) -> Answers {
        Answers::Probabilities(softmax(logits).mapv_into(|p| (p * 10.0).round() / 10.0))
    }
}
