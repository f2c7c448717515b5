//! Which points to ask next. One file per strategy, one line in the registry.
//!
//! A strategy only proposes: the student asks, and its account counts. A strategy sees what a copier would have:
//! unlabelled points and the box they live in. It never sees a true label.

mod natural;
mod uniform;

use ndarray::{Array2, ArrayView2};

use crate::seed::Stream;

pub use uniform::Uniform;

/// What a strategy can work with.
pub struct Scene<'a> {
    /// Unlabelled points of the data (n × dimension), in random order.
    pub pool: ArrayView2<'a, f32>,
    /// The box, equal on every axis, that inputs live in.
    pub bounds: (f32, f32),
}

/// A way to choose questions.
pub trait Strategy: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// `count` points to ask (count × dimension).
    ///
    /// # Panics
    /// If a strategy that draws on the pool is asked for more than it holds.
    fn choose(&self, scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32>;
}

/// All strategies.
pub static STRATEGIES: &[&dyn Strategy] = &[&natural::Natural, &uniform::Uniform];

/// The strategy of this name.
pub fn strategy(name: &str) -> Option<&'static dyn Strategy> {
    STRATEGIES.iter().copied().find(|strategy| strategy.name() == name)
}
