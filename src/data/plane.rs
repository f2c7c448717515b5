//! Points of the plane: every class is a curve, and an example is an even draw along it plus Gaussian noise.
//!
//! point = curve(class, u) + N(0, noise²) on both axes, u uniform over [0, 1).
//!
//! The noise makes classes overlap on purpose: where they do, a label is a toss of a loaded coin and the teacher's
//! probabilities say how it is loaded.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, Axis};
use ndarray_rand::rand_distr::{Distribution, StandardNormal};
use rand::Rng;

use super::synthetic::{self, Draw};
use super::{Dataset, Defaults, PUBLIC_NOISE, Parts, Rule, Sizes};
use crate::seed::{Seed, Stream};

/// A planar dataset with one noisy curve per class.
#[derive(Clone, Debug)]
pub struct Plane {
    name: &'static str,
    about: &'static str,
    classes: Vec<String>,
    noise: f64,
    curve: fn(usize, f64) -> [f64; 2],
}

impl Plane {
    /// A dataset whose class number `k` lies along `curve(k, u)`, u from 0 to 1, within ±2 on both axes; `noise` is
    /// the standard deviation around it.
    pub(super) fn new(
        name: &'static str,
        about: &'static str,
        classes: &[&str],
        noise: f64,
        curve: fn(usize, f64) -> [f64; 2],
    ) -> Self {
        Self { name, about, classes: classes.iter().map(|&class| class.to_owned()).collect(), noise, curve }
    }
}

impl Dataset for Plane {
    fn name(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn dimension(&self) -> usize {
        2
    }

    fn classes(&self) -> &[String] {
        &self.classes
    }

    fn bounds(&self) -> (f32, f32) {
        (-2.5, 2.5)
    }

    fn image_side(&self) -> Option<usize> {
        None
    }

    fn defaults(&self) -> Defaults {
        Defaults {
            sizes: Sizes { training: 20_000, pool: 10_000, test: 10_000, independent: 20_000 },
            teacher: vec![64, 64],
            student: vec![16, 16],
            teacher_steps: 3_000,
            student_steps: 1_500,
            teacher_rate: 0.01,
            student_rate: 0.01,
        }
    }

    fn pool_limit(&self) -> Option<usize> {
        None
    }

    fn remarks(&self) -> &[String] {
        &[]
    }

    fn public(&self) -> Option<Arc<dyn Dataset>> {
        Some(Arc::new(Self { noise: self.noise * f64::from(PUBLIC_NOISE), ..self.clone() }))
    }

    fn posterior(&self) -> Option<Rule<'_>> {
        let traces: Vec<Vec<[f64; 2]>> = (0..self.classes.len()).map(|class| self.trace(class)).collect();
        Some(Box::new(move |points| self.posterior_at(points, &traces)))
    }

    fn deal(&self, sizes: Sizes, replicate: Seed) -> Parts {
        synthetic::deal(self, sizes, replicate)
    }
}

/// Places along a curve over which a density is averaged. They lie closer than half the noise wherever a class has
/// mass, and there the mean over places is the integral for all that f32 can tell.
const PLACES: usize = 128;

impl Plane {
    /// Places along the curve of a class, even in u.
    fn trace(&self, class: usize) -> Vec<[f64; 2]> {
        (0..PLACES).map(|place| (self.curve)(class, (place as f64 + 0.5) / PLACES as f64)).collect()
    }

    /// P(class | point) = p(point | class) / Σ p(point | other), since classes are equally frequent, with
    /// p(point | class) = ∫₀¹ N(point; curve(class, u), noise²) du.
    fn posterior_at(&self, points: ArrayView2<f32>, traces: &[Vec<[f64; 2]>]) -> Array2<f32> {
        let scale = -0.5 / (self.noise * self.noise);
        let mut answers = Array2::zeros((points.nrows(), traces.len()));
        for (point, mut answer) in points.rows().into_iter().zip(answers.axis_iter_mut(Axis(0))) {
            let (x, y) = (f64::from(point[0]), f64::from(point[1]));
            let far = |place: &[f64; 2]| (x - place[0]).powi(2) + (y - place[1]).powi(2);
            // Relative to the nearest place of all, so that far points do not come to 0 / 0.
            let nearest = traces.iter().flatten().map(far).fold(f64::INFINITY, f64::min);
            let density =
                |trace: &Vec<[f64; 2]>| trace.iter().map(|place| (scale * (far(place) - nearest)).exp()).sum::<f64>();
            let densities: Vec<f64> = traces.iter().map(density).collect();
            let all: f64 = densities.iter().sum();
            answer.iter_mut().zip(&densities).for_each(|(answer, density)| *answer = (density / all) as f32);
        }
        answers
    }
}

impl Draw for Plane {
    fn width(&self) -> usize {
        2
    }

    fn class_count(&self) -> usize {
        self.classes.len()
    }

    fn draw(&self, class: usize, stream: &mut Stream, point: &mut [f32]) {
        let curve = (self.curve)(class, stream.random::<f64>());
        for (coordinate, centre) in point.iter_mut().zip(curve) {
            let noise: f64 = StandardNormal.sample(stream);
            *coordinate = (centre + self.noise * noise) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{moons, rings, spirals};

    /// Share of labels that the nearest curve names: with equal noise everywhere, close to the best possible.
    fn nearest_curve_accuracy(plane: &Plane) -> f64 {
        let classes = plane.classes.len();
        let traces: Vec<(usize, [f64; 2])> = (0..classes)
            .flat_map(|class| (0..400).map(move |step| (class, f64::from(step) / 400.0)))
            .map(|(class, u)| (class, (plane.curve)(class, u)))
            .collect();
        let test = plane.deal(Sizes { test: 2000, ..Sizes::default() }, Seed::new(1)).test;
        let right = test.points.rows().into_iter().zip(&test.labels).filter(|(point, label)| {
            let far =
                |trace: &[f64; 2]| (f64::from(point[0]) - trace[0]).powi(2) + (f64::from(point[1]) - trace[1]).powi(2);
            let nearest = traces.iter().min_by(|a, b| far(&a.1).total_cmp(&far(&b.1)));
            nearest.is_some_and(|(class, _)| class == *label)
        });
        right.count() as f64 / 2000.0
    }

    #[test]
    fn labels_are_noisy_but_far_from_chance() {
        for plane in [spirals(), moons(), rings()] {
            let accuracy = nearest_curve_accuracy(&plane);
            assert!((0.75..0.93).contains(&accuracy), "{}: {accuracy}", plane.name);
        }
    }

    #[test]
    fn curves_keep_within_two_and_points_mostly_within_the_box() {
        for plane in [spirals(), moons(), rings()] {
            for class in 0..plane.classes.len() {
                let reach = (0..=1000).flat_map(|step| (plane.curve)(class, f64::from(step) / 1000.0));
                assert!(reach.fold(0.0, |reach: f64, x| reach.max(x.abs())) <= 2.0, "{}", plane.name);
            }
            let test = plane.deal(Sizes { test: 2000, ..Sizes::default() }, Seed::new(1)).test;
            let inside = test.points.rows().into_iter().filter(|point| point.iter().all(|x| x.abs() <= 2.5)).count();
            assert!(inside > 1940, "{}: {inside} of 2000", plane.name);
        }
    }

    #[test]
    fn the_posterior_of_two_points_is_a_logistic_curve() {
        let two =
            Plane::new("two", "two points", &["a", "b"], 0.5, |class, _| [if class == 0 { 1.0 } else { -1.0 }, 0.0]);
        let points = ndarray::array![[0.3, 7.0], [0.0, 0.0], [-40.0, 0.0]];
        let answers = two.posterior().unwrap()(points.view());
        // ln p(a)/p(b) = ((x + 1)² − (x − 1)²) / (2·0.5²) = 8x, whatever y.
        for (answer, x) in answers.rows().into_iter().zip([0.3f32, 0.0, -40.0]) {
            assert!((answer[0] - 1.0 / (1.0 + (-8.0 * x).exp())).abs() < 1e-6, "{answer} at {x}");
            assert!((answer.sum() - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn the_posterior_is_right_as_often_as_it_says() {
        for plane in [spirals(), moons(), rings()] {
            let test = plane.deal(Sizes { test: 20_000, ..Sizes::default() }, Seed::new(1)).test;
            let answers = plane.posterior().unwrap()(test.points.view());
            let surest = |row: ndarray::ArrayView1<f32>| row.iter().copied().fold(0.0, f32::max);
            let said: f64 = answers.rows().into_iter().map(|row| f64::from(surest(row))).sum::<f64>() / 20_000.0;
            let right =
                answers.rows().into_iter().zip(&test.labels).filter(|(row, label)| row[**label] == surest(*row));
            // Five standard errors of a share near 0.85 in 20,000 rows: 0.0126.
            let right = right.count() as f64 / 20_000.0;
            assert!((right - said).abs() < 0.0126, "{}: right on {right}, says {said}", plane.name);
        }
    }

    #[test]
    fn noise_has_the_stated_spread_around_the_curve() {
        let still = Plane::new("still", "one point", &["only"], 0.22, |_, _| [1.0, -1.0]);
        let points = still.deal(Sizes { test: 20_000, ..Sizes::default() }, Seed::new(1)).test.points;
        for (axis, centre) in [(0, 1.0), (1, -1.0)] {
            let column = points.column(axis).mapv(f64::from);
            // Five standard errors: 0.22 / √20,000 for the mean, that over √2 for the deviation.
            assert!((column.mean().unwrap() - centre).abs() < 0.008);
            assert!((column.std(0.0) - 0.22).abs() < 0.006);
        }
    }
}
