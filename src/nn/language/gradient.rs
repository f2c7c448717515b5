//! Backpropagation through a language model, down to the embeddings.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2};

use super::model::Pass;
use super::{LanguageModel, Token};
use crate::nn::{dense, loss};

/// Gradients below this count as zero. A model that is very sure of one word gives many others a probability near the
/// smallest number there is, and a processor multiplies such denormal numbers a hundred times slower.
const NEGLIGIBLE: f32 = 1e-20;

/// The buffers of a training step.
pub(super) struct Gradient {
    /// dLoss/dE: vocabulary × embedding.
    pub(super) embedding: Array2<f32>,
    /// dLoss/dθ of the perceptron, in the order of its parameters.
    pub(super) net: Vec<f32>,
    /// Its logits make room for dLoss/dz of the last layer.
    pass: Pass,
    /// dLoss/dz of the hidden layer: batch × hidden.
    delta: Array2<f32>,
    scratch: Vec<f32>,
}

impl Gradient {
    /// Room for batches of `batch` windows.
    pub(super) fn new(model: &LanguageModel, batch: usize) -> Self {
        let pass = Pass::new(model, batch);
        Self {
            embedding: Array2::zeros(model.embedding().dim()),
            net: vec![0.0; model.net().parameter_count()],
            delta: Array2::zeros(pass.hidden.dim()),
            pass,
            scratch: vec![0.0; 2 * batch],
        }
    }

    /// Fills `embedding` and `net` for windows (batch × window) and targets (vocabulary × batch, row by row).
    pub(super) fn compute(&mut self, model: &LanguageModel, windows: ArrayView2<Token>, targets: ArrayView2<f32>) {
        self.pass.forward(model, windows);
        let logits = self.pass.logits.as_slice_mut().expect("row by row");
        let targets = targets.to_slice().expect("row by row");
        loss::softmax_gradient(logits, targets, windows.nrows(), &mut self.scratch);

        for d in logits {
            *d = if d.abs() < NEGLIGIBLE { 0.0 } else { *d };
        }

        let dz = self.pass.logits.view();
        let (weights, bias) = model.net().split(&mut self.net, 1);
        dense::parameter_gradient(dz, self.pass.hidden.t(), weights, bias);
        general_mat_mul(1.0, &dz.t(), &model.net().layer(1).0, 0.0, &mut self.delta);
        self.delta.zip_mut_with(&self.pass.hidden, |d, &a| *d = if a > 0.0 { *d } else { 0.0 });

        let layer = model.net().split(&mut self.net, 0);
        let weights = model.net().layer(0).0;
        self.pass.cells.backward(self.delta.view(), weights, layer, self.embedding.view_mut());
    }

    /// The mean cross-entropy, in nats, of the batch last computed, whose targets these were.
    pub(super) fn loss(&self, targets: ArrayView2<f32>) -> f64 {
        let delta = self.pass.logits.as_slice().expect("row by row");
        loss::batch_loss(delta, targets.to_slice().expect("row by row"), targets.ncols())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::Shape;
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
        for (row, target) in windows.rows().into_iter().zip(targets.columns()) {
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
        let targets = targets.t().as_standard_layout().into_owned();

        let mut gradient = Gradient::new(&model, 8);
        // A batch of other windows before it must leave no trace.
        gradient.compute(&model, Array2::from_elem((8, 3), 5).view(), targets.view());
        gradient.compute(&model, windows.view(), targets.view());

        let (embedding, net) = model.parameters_mut();
        let parameters: Vec<f64> = embedding.iter().chain(&*net).map(|&p| f64::from(p)).collect();
        let at = |parameters: &[f64]| slow_loss(shape, parameters, &windows, &targets);
        assert!((gradient.loss(targets.view()) - at(&parameters)).abs() < 1e-5);
        for (i, &got) in gradient.embedding.iter().chain(&gradient.net).enumerate() {
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
