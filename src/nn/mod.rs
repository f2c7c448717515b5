//! Small neural networks and their training: a multilayer perceptron, a language model, cross-entropy, AdamW.
//!
//! ```text
//! a₀ = x        zₗ = Wₗ·aₗ₋₁ + bₗ        aₗ = max(0, zₗ)        p = softmax(z_last)
//! ```
//!
//! Nothing here knows of teachers and students: a target is a row of probabilities, wherever it came from.
//!
//! Reading order: [`Mlp`] (shape and start), [`backprop`] (forward and backward pass, in forty lines), [`loss`] (what
//! is minimised), [`mod@train`] (the loop), `adamw` (one step of the optimiser), `batch` (what a step learns from) and
//! `answer` (many points at once). [`language`] puts words before it all. `kernel` computes what [`backprop`] says with
//! vectors of the processor: not needed to understand the rest.

mod adamw;
mod answer;
pub mod backprop;
mod batch;
mod ensemble;
mod input;
mod kernel;
pub mod language;
pub mod loss;
mod mlp;
pub mod train;

pub use answer::Packed;
pub use ensemble::{Classifier, Ensemble};
pub use mlp::Mlp;
pub use train::{Diverged, Recipe, Trainable, train};
