//! The teacher: trained once on labelled data, then only to be asked.

use std::fmt;

use ndarray::{Array2, ArrayView2};

use crate::nn::{Diverged, Mlp, Recipe, loss::one_hot, train};
use crate::seed::Seed;

/// A trained network whose outputs only this module can compute.
///
/// It is neither `Clone` nor `Serialize`: there is one of it, and no way around the door.
pub struct Teacher {
    net: Mlp,
    training_flops: u64,
}

impl Teacher {
    /// Trains a network of these widths on points (n × widths\[0\]) with true labels.
    ///
    /// # Errors
    /// [`Diverged`] where the learning rate is too high.
    pub fn train(
        widths: &[usize],
        points: ArrayView2<f32>,
        labels: &[usize],
        recipe: &Recipe,
        seed: Seed,
    ) -> Result<Self, Diverged> {
        let mut net = Mlp::new(widths, &mut seed.child("start").stream());
        let targets = one_hot(labels, widths[widths.len() - 1]);
        train(&mut net, points, targets.view(), recipe, &mut seed.child("batches").stream())?;
        let training_flops = recipe.flops(&net, points.nrows());
        Ok(Self { net, training_flops })
    }

    pub(super) fn logits(&self, points: ArrayView2<f32>) -> Array2<f32> {
        self.net.logits(points)
    }

    pub(super) fn dimension(&self) -> usize {
        self.net.widths()[0]
    }

    pub(super) fn classes(&self) -> usize {
        self.net.widths()[self.net.widths().len() - 1]
    }

    pub(super) fn training_flops(&self) -> u64 {
        self.training_flops
    }
}

/// Shows the shape only: a debug print is not a way to the weights.
impl fmt::Debug for Teacher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teacher").field("widths", &self.net.widths()).finish_non_exhaustive()
    }
}
