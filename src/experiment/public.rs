//! The public model of the toy: a smaller dataset with other noise, and how a student's steps are shared out.
//!
//! Every arm takes the same number of optimiser steps. One that starts from a public model spent half of them there.

use crate::data::{Examples, Sizes};
use crate::nn::Recipe;
use crate::plan::Plan;
use crate::seed::Seed;

/// Labelled examples of the public dataset.
pub(super) const EXAMPLES: usize = 1_000;

/// The first half of a student's steps, on public data.
pub(super) fn pretraining(student: Recipe) -> Recipe {
    Recipe { steps: student.steps.div_ceil(2), ..student }
}

/// The second half, on answers, at the same rate: a lower one forgets no less from ten answers and learns less from
/// ten thousand.
pub(super) fn fine_tuning(student: Recipe) -> Recipe {
    Recipe { steps: student.steps / 2, ..student }
}

/// The public examples of a world.
///
/// # Panics
/// If the dataset has no public variant: the experiment is refused before it starts.
pub(super) fn examples(plan: &Plan, seed: Seed) -> Examples {
    let public = plan.data().public().expect("a dataset with a public variant");
    public.deal(Sizes { training: EXAMPLES, pool: 0, test: 0 }, seed).training
}
