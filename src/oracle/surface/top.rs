//! The answer shows the k most probable classes with their probabilities, as many an API does ("top-k").

use ndarray::Array2;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// The first k choices.
pub(super) struct Top {
    name: &'static str,
    about: &'static str,
    shown: usize,
}

/// Two choices: what they leave to the rest is known, how the rest shares it is not.
pub(super) static TWO: Top =
    Top { name: "top2", about: "the two most probable classes with their probabilities", shown: 2 };

/// One choice with its probability: how sure the teacher is, but not of what else.
pub(super) static ONE: Top =
    Top { name: "top-probability", about: "the most probable class with its probability", shown: 1 };

impl Surface for Top {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn first_choice(&self) -> FirstChoice {
        FirstChoice::Teachers
    }

    fn show(&self, logits: Array2<f32>, _noise: &mut Stream) -> Answers {
        let leading = |row: ndarray::ArrayView1<f32>| {
            let mut ranked: Vec<(usize, f32)> = row.iter().copied().enumerate().collect();
            // Stable: the first of equals stays first.
            ranked.sort_by(|(_, a), (_, b)| b.total_cmp(a));
            ranked.truncate(self.shown);
            ranked
        };
        Answers::Top(softmax(logits).rows().into_iter().map(leading).collect())
    }
}
