//! The forward pass through all layers.

use super::{Sheet, dense};
use crate::nn::Mlp;

impl Mlp {
    /// Room for the output of each layer: units × batch.
    pub(in crate::nn) fn room(&self, batch: usize) -> Vec<Sheet> {
        self.widths()[1..].iter().map(|&width| Sheet::zeros(width, batch)).collect()
    }

    /// The forward pass in the units × batch layout: `activations[l]` becomes the output of layer l + 1, after ReLU
    /// for all but the last.
    pub(in crate::nn) fn forward(&self, input: &Sheet, activations: &mut [Sheet]) {
        let last = activations.len() - 1;
        for layer in 0..=last {
            let (weights, bias) = self.layer(layer);
            let (below, above) = activations.split_at_mut(layer);
            dense::forward(weights, bias, below.last().unwrap_or(input), layer < last, &mut above[0]);
        }
    }
}
