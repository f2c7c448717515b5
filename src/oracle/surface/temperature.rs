//! The answer shows probabilities at a temperature: softmax(z / T). Above 1 they are flatter, and unlikely classes
//! stand out more.
//!
//! What a copier learns from them. It fits its own softmax(v), at temperature 1, to softmax(z / T), so its logits come
//! near z / T: the same ranking, the same first choice, other probabilities. Nothing is hidden: who knows T undoes it
//! by pₖᵀ / Σⱼ pⱼᵀ, copier and customer alike. Tempering is a disguise, and here the naive reading of it is measured.
//!
//! In Hinton, Vinyals and Dean (2015) both sides are tempered: the student fits softmax(v / T) to softmax(z / T), and v
//! comes near z. Gradients of that loss shrink like 1/T², and the factor T² belongs in front of it when it is *added*
//! to a loss on true labels, so that T does not shift the balance between the two. Here there is one loss and nothing
//! to balance; the factor would rescale the loss as a whole. AdamW divides a gradient by the root of its own mean
//! square and keeps weight decay apart from it, so a constant factor cancels but for its ε (a test in `nn::adamw`
//! holds it to that). So there is no T² in this program.

use ndarray::Array2;

use super::{Answers, FirstChoice, Surface};
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// Probabilities at temperature T; T = 1 is `probabilities`.
pub(super) struct Temperature {
    name: &'static str,
    about: &'static str,
    t: f32,
}

/// T = 2: odds become their square roots.
pub(super) static TWO: Temperature =
    Temperature { name: "temperature2", about: "a probability for every class, at temperature 2", t: 2.0 };

/// T = 4: odds become their fourth roots.
pub(super) static FOUR: Temperature =
    Temperature { name: "temperature4", about: "a probability for every class, at temperature 4", t: 4.0 };

impl Surface for Temperature {
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
        Answers::Probabilities(softmax(logits / self.t))
    }
}
