//! Backpropagation: the gradient of a batch's mean cross-entropy, in buffers that are made once.

use ndarray::{Array2, ArrayView2};

use super::{Mlp, dense, loss};

/// The buffers of a training step, all units × batch but for the flat gradient.
pub(super) struct Gradient {
    /// dLoss/dθ, in the order of the network's parameters.
    pub(super) flat: Vec<f32>,
    activations: Vec<Array2<f32>>,
    /// dLoss/dz of each hidden layer; the last layer's takes the place of its logits.
    deltas: Vec<Array2<f32>>,
    scratch: Vec<f32>,
}

impl Gradient {
    /// Room for batches of `batch` examples through `net`.
    pub(super) fn new(net: &Mlp, batch: usize) -> Self {
        let outputs = &net.widths()[1..];
        let room = |widths: &[usize]| widths.iter().map(|&w| Array2::zeros((w, batch))).collect::<Vec<_>>();
        Self {
            flat: vec![0.0; net.parameter_count()],
            activations: room(outputs),
            deltas: room(&outputs[..outputs.len() - 1]),
            scratch: vec![0.0; 2 * batch],
        }
    }

    /// Fills `flat` for a batch of inputs (in × batch) and targets (classes × batch, row by row).
    pub(super) fn compute(&mut self, net: &Mlp, input: ArrayView2<f32>, targets: ArrayView2<f32>) {
        net.forward(input, &mut self.activations);
        let last = self.deltas.len();
        let (hidden, logits) = self.activations.split_at_mut(last);
        let delta = logits[0].as_slice_mut().expect("contiguous");
        loss::softmax_gradient(delta, row_by_row(&targets), input.ncols(), &mut self.scratch);

        for layer in (0..=last).rev() {
            let (below, above) = self.deltas.split_at_mut(layer);
            let dz = above.first().map_or(logits[0].view(), |d| d.view());
            let input = if layer == 0 { input } else { hidden[layer - 1].view() };
            let (weights, bias) = net.split(&mut self.flat, layer);
            dense::parameter_gradient(dz, input, weights, bias);
            if let Some(delta_below) = below.last_mut() {
                dense::input_gradient(net.layer(layer).0, dz, input, delta_below.view_mut());
            }
        }
    }

    /// The mean cross-entropy, in nats, of the batch last computed, whose targets these were.
    pub(super) fn loss(&self, targets: ArrayView2<f32>) -> f64 {
        let delta = self.activations[self.deltas.len()].as_slice().expect("contiguous");
        loss::batch_loss(delta, row_by_row(&targets), targets.ncols())
    }
}

fn row_by_row<'a>(targets: &'a ArrayView2<f32>) -> &'a [f32] {
    targets.as_slice().expect("targets are dealt row by row")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

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
        for (widths, batch) in [(vec![3, 4], 5), (vec![2, 6, 3], 7), (vec![4, 5, 6, 3], 9)] {
            let mut stream = Seed::new(5).child(widths.len()).stream();
            let mut net = Mlp::new(&widths, &mut stream);
            // Biases off zero, so that no unit sits on the kink of its ReLU.
            for (i, p) in net.parameters_mut().iter_mut().enumerate() {
                *p += 0.05 * (i as f32).cos();
            }
            let points = Array2::from_shape_fn((batch, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin() * 1.5);
            let classes = widths[widths.len() - 1];
            let targets = loss::softmax(Array2::from_shape_fn((batch, classes), |(i, j)| ((i + 2 * j) as f32).cos()));

            let mut gradient = Gradient::new(&net, batch);
            let turned = targets.t().as_standard_layout().into_owned();
            gradient.compute(&net, points.t(), turned.view());

            let parameters: Vec<f64> = net.parameters_mut().iter().map(|&p| f64::from(p)).collect();
            let at = |parameters: &[f64]| slow_loss(&widths, parameters, &points, &targets);
            assert!((gradient.loss(turned.view()) - at(&parameters)).abs() < 1e-5);
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
