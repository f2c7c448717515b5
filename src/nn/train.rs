//! The training loop: deal a batch, follow its gradient, repeat for a fixed number of steps.
//!
//! The number of steps does not depend on the number of examples. A student with 10 examples and one with 10,000
//! take equally many steps, so a difference between them is a difference of what they were told.

use ndarray::ArrayView2;

use super::Mlp;
use super::adamw::AdamW;
use super::batch::Batches;
use super::kernel::Gradient;
use crate::seed::Stream;

/// How often the loss is looked at: it costs logarithms that training itself does not need.
const LOOK_EVERY: usize = 50;
/// A loss this many times that of an even guess is a blow-up.
const BLOW_UP: f64 = 20.0;

/// The settings of a training run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Optimiser steps.
    pub steps: usize,
    /// Examples per step; all of them where there are fewer.
    pub batch: usize,
    /// Peak learning rate; it falls to zero along half a cosine.
    pub rate: f32,
    /// Weight decay.
    pub decay: f32,
}

impl Recipe {
    /// What every model of points takes but for steps and rate: 128 examples a step, decay 10⁻⁴.
    pub const fn usual(steps: usize, rate: f32) -> Self {
        Self { steps, batch: 128, rate, decay: 1e-4 }
    }

    /// The batch size on `examples` examples.
    pub fn batch_for(&self, examples: usize) -> usize {
        self.batch.min(examples)
    }

    /// Floating-point operations of training `net` on `examples` examples, counted from shapes.
    pub fn flops(&self, net: &impl Trainable, examples: usize) -> u64 {
        self.steps as u64 * net.step_flops(self.batch_for(examples))
    }
}

/// Training ran away: the loss became infinite, or rose far above that of a guesser and never came back.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "training diverged at step {step}: the loss was {loss:.1} nats, an even guess has {guess:.1}; \
     the rate {rate} is too high"
)]
pub struct Diverged {
    /// The step at which it was noticed.
    pub step: usize,
    /// Mean cross-entropy there, in nats.
    pub loss: f64,
    /// Cross-entropy of an even guess: ln(classes).
    pub guess: f64,
    /// The peak learning rate.
    pub rate: f32,
}

/// Something whose training cost can be counted.
pub trait Trainable {
    /// Multiplications and additions of one training step on `batch` examples, counted from shapes.
    fn step_flops(&self, batch: usize) -> u64;
}

/// A model in training, with its examples: what the loop does not need to know.
pub(super) trait Session {
    /// Deals the next batch and finds the gradient of its mean cross-entropy.
    fn differentiate(&mut self, stream: &mut Stream);
    /// Mean cross-entropy of the batch last dealt, in nats.
    fn loss(&self) -> f64;
    /// Follows that gradient at a learning rate.
    fn step(&mut self, rate: f32);
}

/// Trains `net` on points (n × inputs) and targets (n × classes, each row a distribution).
///
/// # Errors
/// [`Diverged`] where the learning rate is too high for the loss to settle.
///
/// # Panics
/// If there are no examples, or not as many targets as points.
pub fn train(
    net: &mut Mlp,
    points: ArrayView2<f32>,
    targets: ArrayView2<f32>,
    recipe: &Recipe,
    stream: &mut Stream,
) -> Result<(), Diverged> {
    assert_eq!(points.nrows(), targets.nrows(), "every point has its own target");
    let batch = recipe.batch_for(points.nrows());
    let session = MlpSession {
        batches: Batches::new(points, targets, batch, stream),
        gradient: Gradient::new(net, batch),
        optimiser: AdamW::new(net.parameter_count(), recipe.decay),
        net,
    };
    descend(session, targets.ncols(), recipe, stream)
}

struct MlpSession<'a> {
    net: &'a mut Mlp,
    batches: Batches<'a>,
    gradient: Gradient,
    optimiser: AdamW,
}

impl Session for MlpSession<'_> {
    fn differentiate(&mut self, stream: &mut Stream) {
        self.batches.deal(stream);
        self.gradient.compute(self.net, self.batches.points(), self.batches.targets());
    }

    fn loss(&self) -> f64 {
        self.gradient.loss(self.batches.targets())
    }

    fn step(&mut self, rate: f32) {
        self.optimiser.step(self.net.parameters_mut(), &self.gradient.flat, rate);
    }
}

/// The loop itself: step after step at a falling rate, with an eye on the loss. `classes` is the number of answers
/// that a guesser chooses from.
pub(super) fn descend(
    mut session: impl Session,
    classes: usize,
    recipe: &Recipe,
    stream: &mut Stream,
) -> Result<(), Diverged> {
    let mut watch = Watch { guess: (classes as f64).ln(), rate: recipe.rate, blown_up: None };
    for step in 0..recipe.steps {
        session.differentiate(stream);
        let last = step + 1 == recipe.steps;
        if last || step % LOOK_EVERY == 0 {
            watch.look(step, session.loss(), last)?;
        }
        session.step(cosine(recipe.rate, step, recipe.steps));
    }
    Ok(())
}

/// The learning rate at a step: half a cosine from `rate` down to zero.
fn cosine(rate: f32, step: usize, steps: usize) -> f32 {
    let progress = step as f32 / steps as f32;
    rate * 0.5 * (1.0 + (std::f32::consts::PI * progress).cos())
}

/// Notices a run that diverges. One that blows up and recovers is fine; one that ends no better than a guesser
/// after a blow-up has only learned to be silent, and would otherwise pass as a flat curve.
struct Watch {
    guess: f64,
    rate: f32,
    blown_up: Option<(usize, f64)>,
}

impl Watch {
    fn look(&mut self, step: usize, loss: f64, last: bool) -> Result<(), Diverged> {
        if loss > BLOW_UP * self.guess && self.blown_up.is_none() {
            self.blown_up = Some((step, loss));
        }
        let lost = match self.blown_up {
            _ if !loss.is_finite() => Some((step, loss)),
            Some(peak) if last && loss > 0.9 * self.guess => Some(peak),
            _ => None,
        };
        lost.map_or(Ok(()), |(step, loss)| Err(Diverged { step, loss, guess: self.guess, rate: self.rate }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::loss::{argmax, one_hot, softmax};
    use crate::seed::Seed;
    use ndarray::Array2;

    const RECIPE: Recipe = Recipe { steps: 400, batch: 32, rate: 0.02, decay: 1e-4 };

    /// Exclusive or on a jittered grid: no single layer can learn it.
    fn exclusive_or() -> (Array2<f32>, Vec<usize>) {
        let points = Array2::from_shape_fn((100, 2), |(i, j)| {
            let corner = if (i >> j) & 1 == 1 { 1.0 } else { -1.0 };
            corner + 0.3 * ((5 * i + 3 * j) as f32).sin()
        });
        let labels = points.rows().into_iter().map(|p| usize::from((p[0] > 0.0) != (p[1] > 0.0))).collect();
        (points, labels)
    }

    fn learn(recipe: &Recipe) -> Result<Mlp, Diverged> {
        let (points, labels) = exclusive_or();
        let mut net = Mlp::new(&[2, 16, 2], &mut Seed::new(0).child("start").stream());
        train(&mut net, points.view(), one_hot(&labels, 2).view(), recipe, &mut Seed::new(0).stream()).map(|()| net)
    }

    #[test]
    fn learns_exclusive_or() {
        let (points, labels) = exclusive_or();
        assert_eq!(argmax(learn(&RECIPE).unwrap().logits(points.view()).view()), labels);
    }

    /// Records that one processor writes are compared byte for byte with those of another.
    #[cfg(target_arch = "x86_64")]
    #[test]
    #[expect(clippy::print_stderr, reason = "a test that compares nothing says so")]
    fn the_width_of_vectors_changes_no_bit() {
        use crate::simd::width;
        use pulp::{Arch, x86};

        let (Some(narrow), Some(wide)) = (x86::V3::try_new(), x86::V4::try_new()) else {
            eprintln!("skipped: this processor does not have vectors of both widths");
            return;
        };
        for widths in [&[2, 16, 16, 5][..], &[144, 70, 33, 10], &[3, 7, 2]] {
            let points = Array2::from_shape_fn((300, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin());
            let classes = widths[widths.len() - 1];
            let targets = softmax(Array2::from_shape_fn((300, classes), |(i, j)| ((i + 2 * j) as f32).cos()));
            let trained = || {
                let mut stream = Seed::new(0).stream();
                let mut net = Mlp::new(widths, &mut stream);
                let recipe = Recipe { steps: 20, batch: 128, ..RECIPE };
                train(&mut net, points.view(), targets.view(), &recipe, &mut stream).unwrap();
                net.parameters().iter().map(|p| p.to_bits()).collect::<Vec<_>>()
            };
            assert_eq!(
                width::with(Arch::V3(narrow), trained),
                width::with(Arch::V4(wide), trained),
                "{widths:?} on vectors of eight and of sixteen numbers"
            );
        }
    }

    #[test]
    fn an_absurd_rate_is_reported_with_the_rate() {
        for rate in [1e6, 1e30] {
            let diverged = learn(&Recipe { rate, ..RECIPE }).expect_err("cannot settle");
            assert!(diverged.to_string().contains("too high") && diverged.rate == rate, "{diverged}");
        }
    }

    #[test]
    fn the_rate_falls_along_half_a_cosine() {
        assert_eq!(cosine(0.1, 0, 100), 0.1);
        assert!((cosine(0.1, 50, 100) - 0.05).abs() < 1e-6);
        assert!(cosine(0.1, 99, 100) < 1e-4);
    }
}
