//! Backpropagation: the gradient of a batch's mean cross-entropy, in buffers that are made once.

use super::{Aligned, Sheet, batch_loss, dense, softmax_gradient};
use crate::nn::Mlp;

/// The buffers of a training step, units × batch where nothing else is said.
pub(in crate::nn) struct Gradient {
    /// dLoss/dθ, in the order of the network's parameters.
    pub(in crate::nn) flat: Aligned,
    input: Sheet,
    activations: Vec<Sheet>,
    /// The activations of each hidden layer once more, batch × units.
    turned: Vec<Sheet>,
    /// dLoss/dz of each hidden layer; the last layer's takes the place of its logits.
    deltas: Vec<Sheet>,
}

impl Gradient {
    /// Room for batches of `batch` examples through `net`.
    pub(in crate::nn) fn new(net: &Mlp, batch: usize) -> Self {
        let hidden = &net.widths()[1..net.widths().len() - 1];
        Self {
            flat: Aligned::zeros(net.parameter_count()),
            input: Sheet::zeros(net.widths()[0], batch),
            activations: net.room(batch),
            turned: hidden.iter().map(|&width| Sheet::zeros(batch, width)).collect(),
            deltas: hidden.iter().map(|&width| Sheet::zeros(width, batch)).collect(),
        }
    }

    /// Fills `flat` for a batch of points (batch × in) and targets (classes × batch).
    pub(in crate::nn) fn compute(&mut self, net: &Mlp, points: &Sheet, targets: &Sheet) {
        let Self { flat, input, activations, turned, deltas } = self;
        points.turn_into(input);
        net.forward(input, activations);
        let last = deltas.len();
        let (hidden, logits) = activations.split_at_mut(last);
        softmax_gradient(&mut logits[0], targets);

        for layer in (0..=last).rev() {
            let (below, above) = deltas.split_at_mut(layer);
            let dz = above.first().unwrap_or(&logits[0]);
            let (weights, bias) = net.split(flat, layer);
            let Some(delta_below) = below.last_mut() else {
                dense::parameter_gradient(dz, points, weights, bias);
                break;
            };
            let (active, examples) = (&hidden[layer - 1], &mut turned[layer - 1]);
            active.turn_into(examples);
            dense::parameter_gradient(dz, examples, weights, bias);
            dense::input_gradient(net.layer(layer).0, dz, active, delta_below);
        }
    }

    /// The mean cross-entropy, in nats, of the batch last computed, whose targets these were.
    pub(in crate::nn) fn loss(&self, targets: &Sheet) -> f64 {
        batch_loss(&self.activations[self.deltas.len()], targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::backprop;
    use crate::nn::loss::softmax;
    use crate::seed::Seed;
    use ndarray::Array2;

    #[test]
    fn is_that_of_plain_backpropagation() {
        let shapes: [(&[usize], usize); 7] = [
            (&[3, 4], 5),
            (&[2, 6, 3], 7),
            (&[4, 5, 6, 3], 9),
            // Widths and batches at and around whole vectors and whole tiles.
            (&[2, 16, 16, 5], 33),
            (&[17, 1, 2], 16),
            (&[5, 17, 9, 2], 1),
            (&[70, 65, 10], 130),
        ];
        for (widths, batch) in shapes {
            let net = Mlp::new(widths, &mut Seed::new(5).child(widths.len()).stream());
            let points = Array2::from_shape_fn((batch, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin() * 1.5);
            let classes = widths[widths.len() - 1];
            let targets = softmax(Array2::from_shape_fn((batch, classes), |(i, j)| ((i + 2 * j) as f32).cos()));

            let mut gradient = Gradient::new(&net, batch);
            let turned = Sheet::of(targets.t());
            gradient.compute(&net, &Sheet::of(points.view()), &turned);

            let (loss, plain) = backprop::gradient(&net, points.view(), targets.view());
            assert!((gradient.loss(&turned) - f64::from(loss)).abs() < 1e-5);
            let plain: Vec<f32> =
                plain.iter().flat_map(|(weights, bias)| weights.iter().chain(bias)).copied().collect();
            assert_eq!(plain.len(), gradient.flat.len());
            for (i, (got, expected)) in gradient.flat.iter().zip(plain).enumerate() {
                assert!((got - expected).abs() < 2e-6, "{widths:?}, parameter {i}: {got}, not {expected}");
            }
        }
    }
}
