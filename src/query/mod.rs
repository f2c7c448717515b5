//! Which points to ask next. One file per strategy, one line in the registry.
//!
//! A strategy only proposes: the student asks, and its account counts. A strategy sees what a copier would have:
//! unlabelled points and the box they live in. It never sees a true label.

mod natural;
mod uniform;

use ndarray::{Array2, ArrayView2};

use crate::nn::Mlp;
use crate::seed::Stream;

pub use uniform::evenly;

/// What a strategy can work with.
pub struct Scene<'a> {
    /// Unlabelled points of the data (n × dimension), in random order.
    pub pool: ArrayView2<'a, f32>,
    /// The box, equal on every axis, that inputs live in.
    pub bounds: (f32, f32),
    /// The questions asked so far (n × dimension), first asked first.
    pub asked: ArrayView2<'a, f32>,
    /// The student trained on their answers, for a strategy that [adapts](Strategy::adapts), from its second round on.
    pub student: Option<&'a Mlp>,
}

/// A way to choose questions.
pub trait Strategy: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// Whether it looks at the student so far, and so asks in [`rounds`].
    fn adapts(&self) -> bool {
        false
    }
    /// The next `count` points to ask (count × dimension).
    ///
    /// Asking for 30 points must give the same as asking for 10 and then, with those asked, for 20: questions are
    /// ranked, and a budget is a cut through the ranking.
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

/// After how many questions an adapting strategy looks at a new student: 10, 18, 32, 56, 100, … up to `last`.
pub fn rounds(last: usize) -> Vec<usize> {
    let quarter_decade = |i: u32| 10f64.powf(1.0 + f64::from(i) / 4.0).round() as usize;
    (0..).map(quarter_decade).take_while(|&round| round < last).collect()
}
