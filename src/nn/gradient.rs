//! Backpropagation: the gradient of a batch's mean cross-entropy, in buffers that are made once.

use super::sheet::Sheet;
use super::{Mlp, dense, loss};

/// The buffers of a training step, units × batch where nothing else is said.
pub(super) struct Gradient {
    /// dLoss/dθ, in the order of the network's parameters.
    pub(super) flat: Vec<f32>,
    input: Sheet,
    activations: Vec<Sheet>,
    /// The activations of each hidden layer once more, batch × units.
    turned: Vec<Sheet>,
    /// dLoss/dz of each hidden layer; the last layer's takes the place of its logits.
    deltas: Vec<Sheet>,
}

impl Gradient {
    /// Room for batches of `batch` examples through `net`.
    pub(super) fn new(net: &Mlp, batch: usize) -> Self {
        let (inputs, outputs) = (net.widths()[0], &net.widths()[1..]);
        let hidden = &outputs[..outputs.len() - 1];
        Self {
            flat: vec![0.0; net.parameter_count()],
            input: Sheet::zeros(inputs, batch),
            activations: net.room(batch),
            turned: hidden.iter().map(|&width| Sheet::zeros(batch, width)).collect(),
            deltas: hidden.iter().map(|&width| Sheet::zeros(width, batch)).collect(),
        }
    }

    /// Fills `flat` for a batch of points (batch × in) and targets (classes × batch).
    pub(super) fn compute(&mut self, net: &Mlp, points: &Sheet, targets: &Sheet) {
        let Self { flat, input, activations, turned, deltas } = self;
        points.turn_into(input);
        net.forward(input, activations);
        let last = deltas.len();
        let (hidden, logits) = activations.split_at_mut(last);
        loss::softmax_gradient(&mut logits[0], targets);

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
    pub(super) fn loss(&self, targets: &Sheet) -> f64 {
        loss::batch_loss(&self.activations[self.deltas.len()], targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::Array2;

    /// The same loss in double precision, written the slow way: the outside source for the gradient.
    fn slow_loss(widths: &[usize], parameters: &[f64], points: &Array2<f32>, targets: &Array2<f32>) -> f64 {
        let mut total = 0.0;
        for (point, target) in points.rows().into_iter().zip(targets.rows()) {
            let mut a: Vec<f64> = point.iter().map(|&x| f64::from(x)).collect();
            let mut rest = parameters;
            for (layer, pair) in widths.windows(2).enumerate() {
                let (weights, tail) = rest.split_at(pair[0] * pair[1]);
                let (bias, tail) = tail.split_at(pair[1]);
                rest = tail;
                let z = |unit: usize| {
                    let row = &weights[unit * pair[0]..][..pair[0]];
                    bias[unit] + row.iter().zip(&a).map(|(w, x)| w * x).sum::<f64>()
                };
                let relu = layer + 2 < widths.len();
                a = (0..pair[1]).map(|unit| if relu { z(unit).max(0.0) } else { z(unit) }).collect();
            }
            let log_sum = a.iter().map(|z| z.exp()).sum::<f64>().ln();
            total += target.iter().zip(&a).map(|(&t, z)| f64::from(t) * (log_sum - z)).sum::<f64>();
        }
        total / points.nrows() as f64
    }

    #[test]
    fn agrees_with_central_differences_for_every_parameter() {
        let shapes: [(&[usize], usize); 7] = [
            (&[3, 4], 5),
            (&[2, 6, 3], 7),
            (&[4, 5, 6, 3], 9),
            // Widths and batches at and around whole vectors and whole tiles.
            (&[2, 16, 16, 5], 33),
            (&[17, 1, 2], 16),
            (&[5, 17, 9, 2], 1),
            (&[35, 7, 2], 18),
        ];
        for (widths, batch) in shapes {
            let mut stream = Seed::new(5).child(widths.len()).stream();
            let mut net = Mlp::new(widths, &mut stream);
            // Biases off zero, so that no unit sits on the kink of its ReLU.
            for (i, p) in net.parameters_mut().iter_mut().enumerate() {
                *p += 0.05 * (i as f32).cos();
            }
            let points = Array2::from_shape_fn((batch, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin() * 1.5);
            let classes = widths[widths.len() - 1];
            let targets = loss::softmax(Array2::from_shape_fn((batch, classes), |(i, j)| ((i + 2 * j) as f32).cos()));

            let mut gradient = Gradient::new(&net, batch);
            let turned = Sheet::of(targets.t());
            gradient.compute(&net, &Sheet::of(points.view()), &turned);

            let parameters: Vec<f64> = net.parameters_mut().iter().map(|&p| f64::from(p)).collect();
            let at = |parameters: &[f64]| slow_loss(widths, parameters, &points, &targets);
            assert!((gradient.loss(&turned) - at(&parameters)).abs() < 1e-5);
            for i in 0..parameters.len() {
                let (mut up, mut down) = (parameters.clone(), parameters.clone());
                up[i] += 1e-6;
                down[i] -= 1e-6;
                let expected = (at(&up) - at(&down)) / 2e-6;
                let got = f64::from(gradient.flat[i]);
                assert!((got - expected).abs() < 1e-5, "{widths:?}, parameter {i}: {got}, not {expected}");
            }
        }
    }
}
