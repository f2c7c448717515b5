//! Small neural networks and their training: a multilayer perceptron, a language model, cross-entropy, AdamW.
//!
//! ```text
//! a₀ = x        zₗ = Wₗ·aₗ₋₁ + bₗ        aₗ = max(0, zₗ)        p = softmax(z_last)
//! ```
//!
//! Inside a training step every array is laid out **units × batch**: one row per unit, one column per example. Bias,
//! ReLU and softmax then run along the batch, where the processor works on four or eight numbers at a time,
//! and every layer is one matrix product. Outside, points are rows as usual (n × dimension).
//!
//! Nothing here knows of teachers and students: a target is a row of probabilities, wherever it came from.
//!
//! Reading order: [`Mlp`] (shape, start, forward pass), `answer` (many points at once), [`loss`] (what is minimised),
//! [`mod@train`] (the loop), then `dense` (one layer's products) and `adamw` (one step of the optimiser). [`language`]
//! puts words before it all.

mod adamw;
mod answer;
mod batch;
mod dense;
mod ensemble;
mod exp;
mod gradient;
mod input;
pub mod language;
pub mod loss;
mod mlp;
mod product;
mod sheet;
pub mod train;
mod turn;

pub use answer::Packed;
pub use ensemble::{Classifier, Ensemble};
pub use mlp::Mlp;
pub use train::{Diverged, Recipe, Trainable, train};
