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

/// A kind of answer: what of the teacher's output leaves the house.
pub trait Surface: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// Whether it shows probabilities that may put another class first than the teacher does.
    ///
    /// A copier who keeps only the first choice of such answers learns something of its own. Of any other kind with
    /// probabilities it learns what `label` teaches, and of a label there is nothing to throw away.
    fn blurs_first_choice(&self) -> bool {
        false
    }
    /// Turns the teacher's logits (n × classes) into answers. `noise` is for a kind that draws some of what it shows:
    /// it draws question after question, so that an answer does not depend on the batch it came in.
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
