//! What suits a dataset, in full and on a small scale.

use super::{Home, budgets};
use crate::data::{Dataset, Sizes};
use crate::nn::Recipe;

/// Replicates of a plan on a small scale.
const QUICK_REPLICATES: usize = 3;

/// What a plan is where the request says nothing.
pub(super) struct Defaults {
    pub(super) budgets: Vec<usize>,
    pub(super) replicates: usize,
    pub(super) teacher: Vec<usize>,
    pub(super) student: Vec<usize>,
    pub(super) teacher_recipe: Recipe,
    pub(super) student_recipe: Recipe,
    pub(super) sizes: Sizes,
}

impl Defaults {
    pub(super) fn of(data: &dyn Dataset, home: Home, quick: bool) -> Self {
        let suits = data.defaults();
        let full = Self {
            budgets: budgets::spaced(10.min(suits.sizes.pool), suits.sizes.pool, None),
            replicates: home.replicates,
            teacher_recipe: Recipe::usual(suits.teacher_steps, suits.teacher_rate),
            student_recipe: Recipe::usual(suits.student_steps, suits.student_rate),
            teacher: suits.teacher,
            student: suits.student,
            sizes: suits.sizes,
        };
        if quick { full.quick() } else { full }
    }

    /// What suits teachers that talk.
    pub(super) fn of_chat(quick: bool) -> Self {
        let full = Self {
            budgets: vec![300, 1_000, 3_000],
            replicates: 6,
            teacher_recipe: Recipe { batch: 256, ..Recipe::usual(4_000, 0.01) },
            student_recipe: Recipe::usual(1_500, 0.01),
            teacher: vec![128],
            student: vec![64],
            sizes: Sizes { training: 30_000, pool: 3_000, test: 1_000, ..Sizes::default() },
        };
        if quick { Self { budgets: vec![100, 300, 1_000], ..full.quick() } } else { full }
    }

    /// The same plan on a small scale: fewer replicates, budgets and steps, smaller sets.
    fn quick(self) -> Self {
        let largest = self.sizes.pool.min(1_000);
        let third = |recipe: Recipe| Recipe { steps: recipe.steps.div_ceil(3), ..recipe };
        Self {
            budgets: budgets::spaced(10.min(largest), largest, Some(5)),
            replicates: self.replicates.min(QUICK_REPLICATES),
            teacher_recipe: third(self.teacher_recipe),
            student_recipe: third(self.student_recipe),
            sizes: Sizes {
                training: self.sizes.training.min(4_000),
                pool: largest,
                test: self.sizes.test.min(2_000),
                independent: self.sizes.independent.min(4_000),
            },
            ..self
        }
    }
}
