//! AdamW: gradient steps scaled by each parameter's own history, with weight decay apart from the gradient.
//!
//! ```text
//! m ← β₁m + (1−β₁)g      v ← β₂v + (1−β₂)g²
//! θ ← θ − η·( m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε) + λθ )
//! ```
//!
//! [Kingma, Ba 2015](https://arxiv.org/abs/1412.6980); decoupled decay:
//! [Loshchilov, Hutter 2019](https://arxiv.org/abs/1711.05101). β₁ = 0.9, β₂ = 0.999, ε = 1e-8.

use super::kernel::{Aligned, update};

pub(super) const BETA1: f32 = 0.9;
pub(super) const BETA2: f32 = 0.999;
pub(super) const EPSILON: f32 = 1e-8;

/// The optimiser's memory: two running means per parameter and the number of steps taken.
pub(super) struct AdamW {
    mean: Aligned,
    square: Aligned,
    steps: i32,
    decay: f32,
}

impl AdamW {
    /// For `parameters` numbers, with weight decay λ.
    pub(super) fn new(parameters: usize, decay: f32) -> Self {
        Self { mean: Aligned::zeros(parameters), square: Aligned::zeros(parameters), steps: 0, decay }
    }

    /// One step at learning rate η along `gradient`.
    pub(super) fn step(&mut self, parameters: &mut [f32], gradient: &[f32], rate: f32) {
        self.steps += 1;
        let rates = Rates {
            mean: rate / (1.0 - BETA1.powi(self.steps)),
            root: 1.0 / (1.0 - BETA2.powi(self.steps)).sqrt(),
            keep: 1.0 - rate * self.decay,
        };
        update(parameters, gradient, (&mut self.mean, &mut self.square), rates);
    }
}

/// What is the same for all parameters in a step.
#[derive(Clone, Copy)]
pub(super) struct Rates {
    /// η/(1−β₁ᵗ): what m is multiplied with.
    pub(super) mean: f32,
    /// 1/√(1−β₂ᵗ): what √v is multiplied with.
    pub(super) root: f32,
    /// 1−ηλ: what is left of a parameter.
    pub(super) keep: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three steps of `torch.optim.AdamW([1.0, -2.0], lr=0.1, weight_decay=0.01)` on the gradients below, and the
    /// same from the formula above in double precision.
    #[test]
    fn agrees_with_the_formula_step_by_step() {
        let gradients = [[0.5f64, -1.0], [-0.25, 3.0], [1.0, 0.0]];
        let (mut theta, mut m, mut v) = ([1.0f64, -2.0], [0.0f64; 2], [0.0f64; 2]);
        let mut parameters = [1.0f32, -2.0];
        let mut optimiser = AdamW::new(2, 0.01);
        for (t, gradient) in (1..).zip(gradients) {
            for i in 0..2 {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                let (m_hat, v_hat) = (m[i] / (1.0 - 0.9f64.powi(t)), v[i] / (1.0 - 0.999f64.powi(t)));
                theta[i] -= 0.1 * (m_hat / (v_hat.sqrt() + 1e-8) + 0.01 * theta[i]);
            }
            optimiser.step(&mut parameters, &gradient.map(|g| g as f32), 0.1);
            for i in 0..2 {
                assert!((f64::from(parameters[i]) - theta[i]).abs() < 1e-5, "step {t}: {parameters:?}, not {theta:?}");
            }
        }
    }

    /// g → 16 g gives m → 16 m and √v → 16 √v: their quotient stays, and so does the decay, which never sees g. This is
    /// why a factor such as Hinton's T² (here T = 4) means nothing to a loss that stands alone.
    #[test]
    fn a_loss_on_another_scale_takes_the_same_steps() {
        let walk = |scale: f32| {
            let mut parameters = [1.0f32, -2.0];
            let mut optimiser = AdamW::new(2, 0.01);
            for step in 0..50 {
                let gradient = [0.01, 0.02].map(|size| scale * size * (step as f32 * 0.7).sin());
                optimiser.step(&mut parameters, &gradient, 0.05);
            }
            parameters
        };
        let (once, scaled) = (walk(1.0), walk(16.0));
        assert!(once.iter().zip(scaled).all(|(a, b)| (a - b).abs() < 1e-4), "{once:?} {scaled:?}");
    }
}
