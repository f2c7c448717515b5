//! Several networks that answer as one: the mean of their probabilities.
//!
//! ```text
//! p(x) = Σₘ softmax(zₘ(x)) / M
//! ```
//!
//! What its members got wrong each for itself cancels out, so that it answers better than one of them
//! ([Lakshminarayanan et al. 2017](https://arxiv.org/abs/1612.01474)), without having met anybody else.

use ndarray::{Array2, ArrayView2};

use super::loss::{TINY, softmax};
use super::{Mlp, Packed};

/// What answers points with a number for each class: the largest is its answer, and softmax makes probabilities of
/// them.
pub trait Classifier {
    /// Logits (n × classes) of points (n × inputs).
    fn logits(&self, points: ArrayView2<f32>) -> Array2<f32>;

    /// The same of packed points.
    fn logits_of(&self, packed: &Packed) -> Array2<f32>;
}

impl Classifier for Mlp {
    fn logits(&self, points: ArrayView2<f32>) -> Array2<f32> {
        Mlp::logits(self, points)
    }

    fn logits_of(&self, packed: &Packed) -> Array2<f32> {
        Mlp::logits_of(self, packed)
    }
}

/// Networks of the same inputs and classes, at least one. Its logits are the logarithms of its probabilities.
pub struct Ensemble<'a>(pub &'a [&'a Mlp]);

impl Ensemble<'_> {
    fn mean(&self, logits: impl Fn(&Mlp) -> Array2<f32>) -> Array2<f32> {
        let (first, rest) = self.0.split_first().expect("an ensemble has members");
        let mut sum = softmax(logits(first));
        for member in rest {
            sum += &softmax(logits(member));
        }
        let members = self.0.len() as f32;
        sum.mapv(|sum| (sum / members).max(TINY).ln())
    }
}

impl Classifier for Ensemble<'_> {
    fn logits(&self, points: ArrayView2<f32>) -> Array2<f32> {
        self.mean(|member| member.logits(points))
    }

    fn logits_of(&self, packed: &Packed) -> Array2<f32> {
        self.mean(|member| member.logits_of(packed))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::nn::{Recipe, loss::argmax, train};
    use crate::seed::Seed;

    #[test]
    fn probabilities_are_averaged_and_not_logits() {
        // P(class 0) is 0.9, 0.9 and 1e-6: the mean is 0.6000003. A mean of logits would give
        // (0.81e-6 / 0.01)^(1/3) = 0.043 to 1 and prefer the other class.
        let member = |p: f64| array![[p.ln() as f32, (1.0 - p).ln() as f32]];
        let logits = [member(0.9), member(0.9), member(1e-6)];
        let nets: Vec<Mlp> = (0..3).map(|n| Mlp::new(&[1, 1, 2], &mut Seed::new(n).stream())).collect();
        let members: Vec<&Mlp> = nets.iter().collect();
        let at = |member: &Mlp| logits[nets.iter().position(|net| std::ptr::eq(net, member)).unwrap()].clone();
        let p = softmax(Ensemble(&members).mean(at));
        assert!((p[[0, 0]] - 0.600_000_3).abs() < 1e-6 && (p[[0, 1]] - 0.399_999_7).abs() < 1e-6, "{p}");
    }

    #[test]
    fn packed_points_are_answered_alike() {
        let (points, targets) = (array![[-1.0], [1.0], [3.0]], array![[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]);
        let recipe = Recipe { steps: 50, batch: 3, rate: 0.05, decay: 0.0 };
        let net = |seed| {
            let mut net = Mlp::new(&[1, 6, 2], &mut Seed::new(seed).stream());
            train(&mut net, points.view(), targets.view(), &recipe, &mut Seed::new(seed).stream()).unwrap();
            net
        };
        let (one, other) = (net(0), net(1));
        let both = Ensemble(&[&one, &other]);
        assert_eq!(both.logits(points.view()), both.logits_of(&Packed::new(points.view())));
        // Of one member, the answers are its own.
        let alone = Ensemble(&[&one]).logits(points.view());
        assert_eq!(argmax(alone.view()), argmax(one.logits(points.view()).view()));
    }
}
