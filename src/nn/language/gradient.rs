//! Backpropagation through a language model, down to the embeddings.

use ndarray::{Array2, ArrayView2};

use super::model::Pass;
use super::{LanguageModel, Token};
use crate::nn::kernel::{Aligned, Sheet, batch_loss, dense, softmax_gradient};

/// The buffers of a training step.
pub(super) struct Gradient {
    /// dLoss/dE: vocabulary × embedding.
    pub(super) embedding: Array2<f32>,
    /// dLoss/dθ of the perceptron, in the order of its parameters.
    pub(super) net: Aligned,
    /// Its logits make room for dLoss/dz of the last layer.
    pass: Pass,
    /// dLoss/dz of the hidden layer: hidden × batch.
    delta: Sheet,
    /// The same, batch × hidden.
    turned: Sheet,
}

impl Gradient {
    /// Room for batches of `batch` windows.
    pub(super) fn new(model: &LanguageModel, batch: usize) -> Self {
        let pass = Pass::new(model, batch);
        Self {
            embedding: Array2::zeros(model.embedding().dim()),
            net: Aligned::zeros(model.net().parameter_count()),
            delta: pass.turned.clone(),
            turned: pass.hidden.clone(),
            pass,
        }
    }

    /// Fills `embedding` and `net` for windows (batch × window) and targets (vocabulary × batch).
    pub(super) fn compute(&mut self, model: &LanguageModel, windows: ArrayView2<Token>, targets: &Sheet) {
        let Self { embedding, net, pass, delta, turned } = self;
        pass.forward(model, windows);
        softmax_gradient(&mut pass.logits, targets);

        let dz = &pass.logits;
        let (weights, bias) = model.net().split(net, 1);
        dense::parameter_gradient(dz, &pass.hidden, weights, bias);
        dense::input_gradient(model.net().layer(1).0, dz, &pass.turned, delta);
        delta.turn_into(turned);

        pass.cells.backward(turned, model.net().split(net, 0), embedding.view_mut());
    }

    /// The mean cross-entropy, in nats, of the batch last computed, whose targets these were.
    pub(super) fn loss(&self, targets: &Sheet) -> f64 {
        batch_loss(&self.pass.logits, targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::Shape;
    use crate::nn::loss;
    use crate::seed::Seed;

    /// The same loss in double precision, written the slow way: the outside source for the gradient.
    fn slow_loss(shape: Shape, parameters: &[f64], windows: &Array2<Token>, targets: &Array2<f32>) -> f64 {
        let Shape { vocabulary, window, embedding, hidden, .. } = shape;
        let inputs = window * embedding;
        let (vectors, rest) = parameters.split_at(vocabulary * embedding);
        let (first, rest) = rest.split_at(hidden * inputs);
        let (first_bias, rest) = rest.split_at(hidden);
        let (second, second_bias) = rest.split_at(vocabulary * hidden);
        let layer = |weights: &[f64], bias: &[f64], x: &[f64]| -> Vec<f64> {
            let z = |(row, b): (&[f64], &f64)| b + row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
            weights.chunks(x.len()).zip(bias).map(z).collect()
        };
        let mut total = 0.0;
        for (row, target) in windows.rows().into_iter().zip(targets.rows()) {
            let of_token = |&token: &Token| &vectors[usize::from(token) * embedding..][..embedding];
            let x: Vec<f64> = row.iter().flat_map(of_token).copied().collect();
            let a: Vec<f64> = layer(first, first_bias, &x).iter().map(|z| z.max(0.0)).collect();
            let z = layer(second, second_bias, &a);
            let log_sum = z.iter().map(|z| z.exp()).sum::<f64>().ln();
            total += target.iter().zip(&z).map(|(&t, z)| f64::from(t) * (log_sum - z)).sum::<f64>();
        }
        total / windows.nrows() as f64
    }

    #[test]
    fn agrees_with_central_differences_for_every_parameter() {
        let shape = Shape { vocabulary: 6, window: 3, embedding: 2, hidden: 5, padding: 0, end: 1 };
        let mut model = LanguageModel::new(shape, &mut Seed::new(5).stream());
        // Biases off zero, so that no unit sits on the kink of its ReLU.
        for (i, p) in model.parameters_mut().1.iter_mut().enumerate() {
            *p += 0.05 * (i as f32).cos();
        }
        // Token 5 never occurs; others stand at one place of several windows, and twice in one.
        let windows = Array2::from_shape_fn((8, 3), |(i, j)| ((i * (j + 1) + i / 3) % 5) as Token);
        let targets = loss::softmax(Array2::from_shape_fn((8, 6), |(i, j)| ((i + 2 * j) as f32).cos()));
        let turned = Sheet::of(targets.t());

        let mut gradient = Gradient::new(&model, 8);
        // A batch of other windows before it must leave no trace.
        gradient.compute(&model, Array2::from_elem((8, 3), 5).view(), &turned);
        gradient.compute(&model, windows.view(), &turned);

        let (embedding, net) = model.parameters_mut();
        let parameters: Vec<f64> = embedding.iter().chain(&*net).map(|&p| f64::from(p)).collect();
        let at = |parameters: &[f64]| slow_loss(shape, parameters, &windows, &targets);
        assert!((gradient.loss(&turned) - at(&parameters)).abs() < 1e-5);
        for (i, &got) in gradient.embedding.iter().chain(&*gradient.net).enumerate() {
            let (mut up, mut down) = (parameters.clone(), parameters.clone());
            up[i] += 1e-6;
            down[i] -= 1e-6;
            let expected = (at(&up) - at(&down)) / 2e-6;
            assert!((f64::from(got) - expected).abs() < 1e-5, "parameter {i}: {got}, not {expected}");
        }
        assert!(
            gradient.embedding.row(5).iter().all(|&g| g == 0.0) && gradient.embedding.row(4).iter().any(|&g| g != 0.0)
        );
    }
}
