//! The public model of the toy: a smaller dataset with other noise, and how a student's steps are shared out.
//!
//! Every arm takes the same number of optimiser steps. One that starts from a public model spent half of them there,
//! and begins the other half with the learning rate at its peak again.

use crate::data::{Examples, Sizes};
use crate::nn::Recipe;
use crate::plan::Plan;
use crate::seed::Seed;

/// Labelled examples of the public dataset.
pub(crate) const EXAMPLES: usize = 1_000;

/// The first half of a student's steps, on public data.
pub(crate) fn pretraining(student: Recipe) -> Recipe {
    Recipe { steps: student.steps.div_ceil(2), ..student }
}

/// The second half, on answers, at the same rate: a lower one forgets no less from ten answers and learns less from
/// ten thousand.
pub(crate) fn fine_tuning(student: Recipe) -> Recipe {
    Recipe { steps: student.steps / 2, ..student }
}

/// The public examples of a replicate.
///
/// # Panics
/// If the dataset has no public variant: the experiment is refused before it starts.
pub(crate) fn examples(plan: &Plan, seed: Seed) -> Examples {
    let public = plan.data().public().expect("a dataset with a public variant");
    public.deal(Sizes { training: EXAMPLES, ..Sizes::default() }, seed).training
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Mlp, train};
    use crate::plan::Request;
    use ndarray::Array2;

    #[test]
    fn a_base_takes_steps_away_from_the_lesson() {
        for steps in [1, 2, 1_499, 1_500] {
            let student = Recipe { steps, batch: 128, rate: 0.01, decay: 1e-4 };
            assert_eq!(pretraining(student).steps + fine_tuning(student).steps, steps);
        }
    }

    /// Where all points are zero and all targets even, nothing has a gradient, and AdamW's decay alone shrinks the
    /// first layer: by 1 − ηλ a step. Of four steps the base takes two, and so does the lesson, each at the rates η and
    /// η/2·(1 + cos π/2) = η/2. One cycle over the four has η/2·(1 + cos kπ/4).
    #[test]
    fn a_lesson_on_a_base_begins_at_the_full_rate() {
        let whole = Recipe { steps: 4, batch: 8, rate: 0.1, decay: 2.0 };
        let shrunk = |recipes: &[Recipe]| {
            let mut net = Mlp::new(&[2, 4, 2], &mut Seed::new(0).stream());
            let weight = |net: &Mlp| net.layers().next().expect("a layer").0[(0, 0)];
            let before = weight(&net);
            for recipe in recipes {
                let (points, targets) = (Array2::zeros((8, 2)), Array2::from_elem((8, 2), 0.5));
                train(&mut net, points.view(), targets.view(), recipe, &mut Seed::new(1).stream()).expect("settles");
            }
            weight(&net) / before
        };
        let halves = shrunk(&[pretraining(whole), fine_tuning(whole)]);
        assert!((halves - (0.8f32 * 0.9).powi(2)).abs() < 1e-5, "{halves}");
        let one_cycle: f32 = [1.0, 0.853_553_4, 0.5, 0.146_446_6].map(|part| 1.0 - 0.2 * part).iter().product();
        assert!((shrunk(&[whole]) - one_cycle).abs() < 1e-5);
    }

    #[test]
    fn public_points_are_noisier_points_of_the_same_classes() {
        let plan = Plan::check(&Request::default()).expect("the default plan");
        let public = examples(&plan, Seed::new(1));
        let sizes = Sizes { training: EXAMPLES, ..Sizes::default() };
        let own = plan.data().deal(sizes, Seed::new(1)).training;
        assert_eq!(public.labels, own.labels);
        // The same draws with noise 1.5 times as strong: the mean square of a coordinate grows by (1.5² − 1)·0.22².
        let square = |points: &ndarray::Array2<f32>| points.iter().map(|x| x * x).sum::<f32>() / points.len() as f32;
        let grown = square(&public.points) - square(&own.points);
        assert!((grown - 1.25 * 0.22 * 0.22).abs() < 0.02, "{grown}");
    }
}
