//! What an answer shows. One file per kind of answer, one line in the registry.

mod label;
mod probabilities;

use ndarray::Array2;

use crate::seed::Stream;

/// Answers to a batch of questions, as the customer gets them.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// n × classes, each row summing to 1.
    Probabilities(Array2<f32>),
    /// n class numbers.
    Labels(Vec<usize>),
}

/// A kind of answer: what of the teacher's output leaves the house.
pub trait Surface: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// Turns the teacher's logits (n × classes) into answers. `noise` is for a kind that draws some of what it shows.
    fn show(&self, logits: Array2<f32>, noise: &mut Stream) -> Answers;
}

/// All kinds of answer, the most telling first.
pub static SURFACES: &[&dyn Surface] = &[&probabilities::Probabilities, &label::Label];

/// The kind of answer of this name.
pub fn surface(name: &str) -> Option<&'static dyn Surface> {
    SURFACES.iter().copied().find(|surface| surface.name() == name)
}
