//! A small language model: the last few tokens of a text, an embedding of each, one hidden layer, and a softmax over
//! the token that comes next ([Bengio, Ducharme, Vincent, Jauvin 2003](https://www.jmlr.org/papers/v3/bengio03a.html)).
//!
//! ```text
//! x = (E[t₁], …, E[t_window])        p(next token) = softmax(W₂·max(0, W₁·x + b₁) + b₂)
//! ```
//!
//! A text is a prompt and the reply so far. Where it is shorter than the window it is padded on the left; where it is
//! longer its beginning is forgotten. Only tokens of replies are learned, the one that ends a reply among them.
//!
//! Reading order: [`LanguageModel`] (shape, start, forward pass), [`Passages`] (what it learns from), [`train`], then
//! `decode` (how it answers), `manner` (warmer or cooler than it learned) and `embedding` (the first layer, where the
//! time goes).

mod decode;
mod embedding;
mod gradient;
mod manner;
mod model;
mod passages;
mod train;
mod units;

pub use manner::Manner;
pub use model::{LanguageModel, Shape};
pub use passages::Passages;
pub use train::train;

/// A word or sign, by its number from 0.
pub type Token = u8;
