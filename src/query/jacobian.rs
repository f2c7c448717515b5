//! Ask beside earlier queries: one step up or down the student's confidence (Papernot et al. 2017).
//!
//! ```text
//! x' = x + step · sign(∂ ln p_c / ∂x)        c: the student's answer at x        step even over ±λ, λ = 0.1 · box
//! ```
//!
//! The first round is natural; from then on every query is a random query of earlier rounds, moved. Data are
//! needed for the first ten queries only. Two liberties: the original takes every step at full length and in one
//! direction, but in a plane a sign has only four values and the same parents would ask the same points again;
//! and c is the student's answer, where the original uses the teacher's, which is the same nearly everywhere the
//! student was trained. It keeps to a neighbourhood of its first ten queries: at small budgets it sees least of
//! the plane.

use ndarray::{Array2, Axis, s};
use rand::Rng;

use super::{Scene, Strategy, rounds};
use crate::nn::loss::argmax;
use crate::seed::Stream;

/// The longest step, as a share of the box: 0.1 where inputs are 0 to 1.
const LAMBDA: f32 = 0.1;

/// Earlier queries, each moved along the sign of the student's gradient.
pub(super) struct Jacobian;

impl Strategy for Jacobian {
    fn name(&self) -> &'static str {
        "jacobian"
    }

    fn about(&self) -> &'static str {
        "earlier queries, each moved along the sign of the student's gradient"
    }

    fn adapts(&self) -> bool {
        true
    }

    fn choose(&self, scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32> {
        let asked = scene.asked.nrows();
        let Some(student) = scene.student else {
            return scene.pool.slice(s![asked..asked + count, ..]).to_owned();
        };
        // Parents are what the student was trained on, wherever a budget cuts the round.
        let trained_on = rounds(asked + 1).last().map_or(asked, |&round| round);
        let (low, high) = scene.bounds;
        let moves: Vec<(usize, f32)> =
            (0..count).map(|_| (stream.random_range(0..trained_on), stream.random_range(-1.0f32..1.0))).collect();
        let parents: Vec<usize> = moves.iter().map(|&(parent, _)| parent).collect();
        let mut points = scene.asked.select(Axis(0), &parents);
        let answers = argmax(student.logits(points.view()).view());
        let uphill = student.input_gradient(points.view(), &answers);
        for ((mut point, slope), (_, part)) in points.rows_mut().into_iter().zip(uphill.rows()).zip(moves) {
            let step = part * LAMBDA * (high - low);
            point.zip_mut_with(&slope, |x, &slope| *x = (*x + step * sign(slope)).clamp(low, high));
        }
        points
    }
}

/// −1, 0 or 1. (`signum` of zero is 1.)
fn sign(x: f32) -> f32 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Mlp, loss::softmax};
    use crate::query::evenly;
    use crate::seed::Seed;
    use ndarray::{Array1, ArrayView1, array};

    /// The signs of ∂ ln p_c / ∂x by central differences.
    fn signs(student: &Mlp, x: ArrayView1<f32>) -> Array1<f32> {
        let ln_p = |x: &Array1<f32>| softmax(student.logits(x.view().insert_axis(Axis(0)))).row(0).mapv(f32::ln);
        let class = argmax(student.logits(x.insert_axis(Axis(0))).view())[0];
        Array1::from_shape_fn(x.len(), |axis| {
            let moved = |by: f32| {
                let mut x = x.to_owned();
                x[axis] += by;
                ln_p(&x)[class]
            };
            (moved(1e-3) - moved(-1e-3)).signum()
        })
    }

    #[test]
    fn every_query_lies_up_or_down_the_slope_from_an_earlier_one() {
        let student = Mlp::new(&[2, 16, 3], &mut Seed::new(3).stream());
        let asked = evenly((-1.0, 1.0), (10, 2), &mut Seed::new(4).stream());
        let scene = Scene { pool: asked.view(), bounds: (-2.0, 2.0), asked: asked.view(), student: Some(&student) };
        let queries = Jacobian.choose(&scene, 8, &mut Seed::new(5).stream());
        let follows = |query: ArrayView1<f32>, parent: ArrayView1<f32>| {
            let along = (&query - &parent) * signs(&student, parent);
            (along[0] - along[1]).abs() < 1e-5 && along[0].abs() <= LAMBDA * 4.0 + 1e-5
        };
        for query in queries.rows() {
            assert!(asked.rows().into_iter().any(|parent| follows(query, parent)), "{query} has no parent");
        }
    }

    #[test]
    fn parents_are_of_earlier_rounds_and_steps_even_over_a_tenth_of_the_box() {
        let student = Mlp::new(&[30, 16, 2], &mut Seed::new(3).stream());
        // Rounds end at 10 and 18 queries: who asked 18 goes on from all of them, who asked 25 from the first 18.
        for asked in [18, 25] {
            // Each query is 5 on an axis of its own: the largest coordinate names the parent, the others the step.
            let asked = 5.0 * &Array2::<f32>::eye(30).slice(s![..asked, ..]);
            let scene =
                Scene { pool: asked.view(), bounds: (-8.0, 12.0), asked: asked.view(), student: Some(&student) };
            let queries = Jacobian.choose(&scene, 400, &mut Seed::new(5).stream());
            let mut parents = argmax(queries.view());
            let step = |(row, &parent): (ArrayView1<f32>, &usize)| f64::from(row[(parent + 1) % 30].abs());
            let steps: Vec<f64> = queries.rows().into_iter().zip(&parents).map(step).collect();
            parents.sort_unstable();
            parents.dedup();
            assert_eq!(parents, (0..18).collect::<Vec<_>>());
            // Even over ±2: lengths have mean 1 and deviation 2/√12.
            let mean = steps.iter().sum::<f64>() / 400.0;
            assert!((mean - 1.0).abs() < 4.0 / (12.0f64 * 100.0).sqrt(), "{mean}");
            assert!(steps.iter().all(|&step| step <= 2.0) && steps.iter().any(|&step| step > 1.9), "{steps:?}");
        }
    }

    #[test]
    fn where_nothing_slopes_nothing_moves() {
        // One unit without a bias fires on one side of 0 and not on the other.
        let student = Mlp::new(&[1, 1, 2], &mut Seed::new(0).stream());
        let asked = array![[1.0], [-1.0]];
        let scene = Scene { pool: asked.view(), bounds: (-2.0, 2.0), asked: asked.view(), student: Some(&student) };
        let queries = Jacobian.choose(&scene, 20, &mut Seed::new(5).stream());
        let moved = |side: f32| queries.iter().filter(|x| x.signum() == side && **x != side).count();
        assert!(moved(1.0).min(moved(-1.0)) == 0 && moved(1.0).max(moved(-1.0)) > 3, "{queries}");
        assert!(queries.iter().any(|&x| x == 1.0) || queries.iter().any(|&x| x == -1.0), "{queries}");
    }
}
