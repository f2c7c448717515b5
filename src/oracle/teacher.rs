//! The teacher: trained once on labelled data, then only to be asked.

use std::fmt;

use ndarray::ArrayView2;

use super::{Chat, Medium, Points};
use crate::nn::language::{self, LanguageModel, Passages, Shape};
use crate::nn::{Diverged, Mlp, Recipe, loss::one_hot, train};
use crate::seed::Seed;

/// A trained network whose outputs only this module can compute.
///
/// It is neither `Clone` nor `Serialize`: there is one of it, and no way around the door.
pub struct Teacher<M: Medium = Points> {
    model: M::Model,
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
        let mut model = Mlp::new(widths, &mut seed.child("start").stream());
        let targets = one_hot(labels, widths[widths.len() - 1]);
        train(&mut model, points, targets.view(), recipe, &mut seed.child("batches").stream())?;
        let training_flops = recipe.flops(&model, points.nrows());
        Ok(Self { model, training_flops })
    }
}

impl Teacher<Chat> {
    /// Trains a language model of this shape on exchanges.
    ///
    /// # Errors
    /// [`Diverged`] where the learning rate is too high.
    pub fn train_to_talk(shape: Shape, passages: &Passages, recipe: &Recipe, seed: Seed) -> Result<Self, Diverged> {
        let mut model = LanguageModel::new(shape, &mut seed.child("start").stream());
        language::train(&mut model, passages, recipe, &mut seed.child("batches").stream())?;
        let training_flops = recipe.flops(&model, passages.len());
        Ok(Self { model, training_flops })
    }

    #[cfg(test)]
    pub(super) fn untrained(shape: Shape, seed: Seed) -> Self {
        Self { model: LanguageModel::new(shape, &mut seed.stream()), training_flops: 0 }
    }
}

impl<M: Medium> Teacher<M> {
    pub(super) fn model(&self) -> &M::Model {
        &self.model
    }

    pub(super) fn training_flops(&self) -> u64 {
        self.training_flops
    }
}

/// Shows the shape only: a debug print is not a way to the weights.
impl fmt::Debug for Teacher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teacher").field("widths", &self.model.widths()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Teacher<Chat> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teacher").field("shape", &self.model.shape()).finish_non_exhaustive()
    }
}
