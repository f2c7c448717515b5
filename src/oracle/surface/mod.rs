//! What an answer shows. One file per kind of answer, one line in the registry.

mod answers;
mod flipped;
mod label;
mod noisy;
mod probabilities;
mod rounded;
mod sampled;
mod temperature;
#[cfg(test)]
mod tests;
mod top;

use ndarray::Array2;

use crate::seed::Stream;

pub use answers::Answers;
pub use label::Label;

/// What a copier has who throws away all but the first choice of each answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstChoice {
    /// The teacher's first choice: what `label` shows.
    Teachers,
    /// A class that the teacher may have put second: something of its own.
    Blurred,
    /// The answer itself, which was one class and no more.
    Whole,
}

/// A kind of answer: what of the teacher's output z leaves the house.
///
/// | kind | shows |
/// |---|---|
/// | `probabilities` | softmax(z) |
/// | `temperature2`, `temperature4` | softmax(z / T): flatter, and nothing hidden ([Hinton et al. 2015]) |
/// | `top2`, `top-probability` | the likeliest classes with their probabilities |
/// | `rounded1` | probabilities to one decimal |
/// | `noisy` | softmax(z + ε), ε from N(0, 1) |
/// | `label` | the likeliest class |
/// | `sampled` | a class drawn from softmax(z) |
/// | `flipped20` | the likeliest class, or one time in five another ([Warner 1965]) |
///
/// [Hinton et al. 2015]: https://arxiv.org/abs/1503.02531
/// [Warner 1965]: https://doi.org/10.1080/01621459.1965.10480775
pub trait Surface: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// What is left of an answer for a copier who keeps only its first choice.
    fn first_choice(&self) -> FirstChoice;
    /// Turns the teacher's logits (n × classes) into answers. `noise` is for a kind that draws some of what it shows:
    /// it draws query after query, so that an answer does not depend on the batch it came in.
    fn show(&self, logits: Array2<f32>, noise: &mut Stream) -> Answers;
}

/// All kinds of answer, the most telling first.
pub static SURFACES: &[&dyn Surface] = &[
    &probabilities::Probabilities,
    &temperature::TWO,
    &temperature::FOUR,
    &top::TWO,
    &rounded::Rounded,
    &top::ONE,
    &noisy::Noisy,
    &label::Label,
    &sampled::Sampled,
    &flipped::Flipped,
];

/// The kind of answer of this name.
pub fn surface(name: &str) -> Option<&'static dyn Surface> {
    SURFACES.iter().copied().find(|surface| surface.name() == name)
}
