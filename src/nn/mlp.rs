//! The multilayer perceptron: its shape, its random start, its list of parameters.

use ndarray::ArrayView2;
use ndarray_rand::rand_distr::{Distribution, Normal};
use serde::{Deserialize, Serialize};

use super::Trainable;
use super::kernel::Aligned;
use crate::packed::Floats;
use crate::seed::Stream;

/// Dense layers with ReLU between them. All parameters stand in one flat list, layer by layer: W (out × in, row
/// by row), then b (out).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Saved", into = "Saved")]
pub struct Mlp {
    widths: Vec<usize>,
    parameters: Aligned,
}

/// A network as it is saved.
#[derive(Serialize, Deserialize)]
struct Saved {
    widths: Vec<usize>,
    parameters: Floats,
}

impl From<Mlp> for Saved {
    fn from(net: Mlp) -> Self {
        Self { widths: net.widths, parameters: Floats(net.parameters.to_vec()) }
    }
}

impl TryFrom<Saved> for Mlp {
    type Error = &'static str;

    fn try_from(Saved { widths, parameters: Floats(parameters) }: Saved) -> Result<Self, Self::Error> {
        let of_layer = |pair: &[usize]| pair[0].checked_add(1)?.checked_mul(pair[1]);
        let count = widths.windows(2).try_fold(0_usize, |sum, pair| sum.checked_add(of_layer(pair)?));
        let is_whole = widths.len() >= 2 && !widths.contains(&0) && count == Some(parameters.len());
        if is_whole {
            Ok(Self { widths, parameters: Aligned::from(&parameters[..]) })
        } else {
            Err("not as many parameters as the widths say")
        }
    }
}

impl Mlp {
    /// A network of the given widths, input first and classes last, with He initialisation: weights from
    /// N(0, 2 / inputs), biases zero ([He, Zhang, Ren, Sun 2015](https://arxiv.org/abs/1502.01852)).
    ///
    /// ```
    /// use distill_lab::{nn::Mlp, seed::Seed};
    /// let student = Mlp::new(&[2, 16, 16, 5], &mut Seed::new(0).stream());
    /// assert_eq!(student.parameter_count(), 2 * 16 + 16 + 16 * 16 + 16 + 16 * 5 + 5);
    /// ```
    ///
    /// # Panics
    /// If there are fewer than two widths or one is zero: a `Plan` cannot hold such a shape.
    pub fn new(widths: &[usize], stream: &mut Stream) -> Self {
        assert!(widths.len() >= 2 && !widths.contains(&0), "a network needs an input, an output and no empty layer");
        let mut parameters = Vec::new();
        for pair in widths.windows(2) {
            let he = Normal::new(0.0, (2.0 / pair[0] as f32).sqrt()).expect("a positive deviation");
            parameters.extend(he.sample_iter(&mut *stream).take(pair[0] * pair[1]));
            parameters.extend(std::iter::repeat_n(0.0, pair[1]));
        }
        Self { widths: widths.to_vec(), parameters: Aligned::from(&parameters[..]) }
    }

    /// Units per layer, input first and classes last.
    pub fn widths(&self) -> &[usize] {
        &self.widths
    }

    /// Weights and biases together.
    pub fn parameter_count(&self) -> usize {
        self.parameters.len()
    }

    /// All parameters, layer by layer: W (out × in, row by row), then b (out).
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Weights (out × in) and bias (out) of each layer, from the input on.
    pub fn layers(&self) -> impl Iterator<Item = (ArrayView2<'_, f32>, &[f32])> {
        self.widths.windows(2).enumerate().map(|(layer, pair)| {
            let (weights, bias) = self.layer(layer);
            (ArrayView2::from_shape((pair[1], pair[0]), weights).expect("as many weights as the shape says"), bias)
        })
    }

    /// Weights (out × in, row by row) and bias (out) of a layer, counted from 0.
    pub(super) fn layer(&self, layer: usize) -> (&[f32], &[f32]) {
        let (start, inputs, outputs) = self.place(layer);
        self.parameters[start..start + outputs * (inputs + 1)].split_at(outputs * inputs)
    }

    /// The part of a flat list like the parameters that belongs to a layer: out × in, and out.
    pub(super) fn split<'a>(&self, flat: &'a mut [f32], layer: usize) -> (&'a mut [f32], &'a mut [f32]) {
        let (start, inputs, outputs) = self.place(layer);
        flat[start..start + outputs * (inputs + 1)].split_at_mut(outputs * inputs)
    }

    /// Where a layer's parameters start, its inputs and its outputs.
    fn place(&self, layer: usize) -> (usize, usize, usize) {
        let start = self.widths.windows(2).take(layer).map(|pair| (pair[0] + 1) * pair[1]).sum();
        (start, self.widths[layer], self.widths[layer + 1])
    }

    /// All parameters, for the optimiser.
    pub(super) fn parameters_mut(&mut self) -> &mut [f32] {
        &mut self.parameters
    }
}

impl Trainable for Mlp {
    /// 2·in·out·batch for each of the products z, dW and da of each layer, without da of the first layer, which nobody
    /// needs.
    fn step_flops(&self, batch: usize) -> u64 {
        let products: usize = self.widths.windows(2).map(|pair| 3 * pair[0] * pair[1]).sum();
        (2 * batch * (products - self.widths[0] * self.widths[1])) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::array;

    /// 2-2-2 with weights one can follow by hand.
    fn by_hand() -> Mlp {
        let parameters = [1.0, 2.0, -1.0, 1.0, 0.5, -0.5, 1.0, 1.0, 2.0, -1.0, 0.0, 1.0];
        Mlp { widths: vec![2, 2, 2], parameters: Aligned::from(&parameters[..]) }
    }

    #[test]
    fn forward_pass_by_hand() {
        // x = (1, 2): z₁ = (1+4+½, −1+2−½) = (5½, ½); z₂ = (6, 11−½+1) = (6, 11½).
        // x = (3, 0): z₁ = (3½, −3½) → (3½, 0);       z₂ = (3½, 7+1).
        assert_eq!(by_hand().logits(array![[1.0, 2.0], [3.0, 0.0]].view()), array![[6.0, 11.5], [3.5, 8.0]]);
    }

    #[test]
    fn a_saved_network_comes_back_to_the_last_bit_or_not_at_all() {
        let net = by_hand();
        let saved = serde_json::to_string(&net).unwrap();
        assert_eq!(serde_json::from_str::<Mlp>(&saved).unwrap(), net);
        for damaged in [saved.replace("[2,2,2]", "[2,3,2]"), saved.replace("[2,2,2]", "[2,0,2]")] {
            assert!(serde_json::from_str::<Mlp>(&damaged).is_err(), "{damaged}");
        }
    }

    #[test]
    fn he_initialisation_has_the_stated_spread() {
        let net = Mlp::new(&[50, 400, 2], &mut Seed::new(2).stream());
        let (weights, bias) = net.layer(0);
        let variance = weights.iter().map(|w| w * w).sum::<f32>() / weights.len() as f32;
        // 20,000 draws: the standard error of a variance σ² is σ²·√(2/n), here 1 %.
        assert!((variance / (2.0 / 50.0) - 1.0).abs() < 0.05, "{variance}");
        assert!(bias.iter().all(|&b| b == 0.0));
    }

    #[test]
    fn flops_of_a_student_by_hand() {
        let net = Mlp::new(&[2, 16, 16, 5], &mut Seed::new(0).stream());
        // Products: 3·(32 + 256 + 80) − 32 = 1072 multiply-adds per example.
        assert_eq!(net.step_flops(128), 2 * 1072 * 128);
    }
}
