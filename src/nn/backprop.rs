//! Backpropagation as one would write it on a board: a forward and a backward pass in plain matrices.
//!
//! ```text
//! forward    a₀ = x        zₗ = aₗ₋₁·Wₗᵀ + bₗ        aₗ = max(0, zₗ)        p = softmax(z_last)
//! backward   dz_last = (p − t) / n      dWₗ = dzₗᵀ·aₗ₋₁      dbₗ = Σₙ dzₗ      dzₗ₋₁ = dzₗ·Wₗ where aₗ₋₁ > 0, else 0
//! ```
//!
//! Each row of a matrix is an example. The chain rule goes from the last layer to the first: what a layer's sums z
//! ought to change by becomes what its weights, its bias and the layer below ought to change by.
//!
//! Training computes the same sums in `kernel`, several times faster, and a test holds one against the other. Nothing
//! is trained with this; it is here to be read, and for whoever wants a gradient.
//!
//! ```
//! use distill_lab::{nn::{Mlp, backprop}, seed::Seed};
//! use ndarray::array;
//!
//! let net = Mlp::new(&[2, 8, 2], &mut Seed::new(0).stream());
//! let (points, targets) = (array![[0.0, 1.0], [1.0, 0.0]], array![[1.0, 0.0], [0.0, 1.0]]);
//! let (loss, layers) = backprop::gradient(&net, points.view(), targets.view());
//! assert!(loss > 0.0);
//! assert_eq!(layers[0].0.dim(), (8, 2)); // dW of the first layer: out × in
//! // p − t sums to zero over the classes, and so does the gradient of the last bias.
//! assert!(layers[1].1.sum().abs() < 1e-6);
//! ```

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::Mlp;
use super::loss::{TINY, softmax};

/// What a layer's weights (out × in) and its bias (out) ought to change by, uphill: dW and db.
pub type LayerGradient = (Array2<f32>, Array1<f32>);

/// What goes into each layer, and last the logits: x (n × inputs), a₁, a₂, … (n × units), z_last (n × classes).
pub fn forward(net: &Mlp, points: ArrayView2<f32>) -> Vec<Array2<f32>> {
    let last = net.layers().count() - 1;
    let mut values = vec![points.to_owned()]; // a₀ = x: n × inputs
    for (layer, (weights, bias)) in net.layers().enumerate() {
        // n × out = (n × in)·(in × out), and b in every row
        let z = values[layer].dot(&weights.t()) + ArrayView1::from(bias);
        values.push(if layer < last { z.mapv(|z| z.max(0.0)) } else { z });
    }
    values
}

/// The mean cross-entropy of points (n × inputs) and targets (n × classes, each row a distribution) in nats, and its
/// gradient by layer, from the input on.
pub fn gradient(net: &Mlp, points: ArrayView2<f32>, targets: ArrayView2<f32>) -> (f32, Vec<LayerGradient>) {
    let n = points.nrows() as f32;
    let mut inputs = forward(net, points); // of each layer: n × in
    let p = softmax(inputs.pop().expect("the logits")); // n × classes
    let loss = -(&targets * &p.mapv(|p| p.max(TINY).ln())).sum() / n;

    let mut gradients = Vec::new();
    let mut dz = (p - targets) / n; // n × classes
    let layers: Vec<_> = net.layers().collect();
    for ((weights, _), a) in layers.iter().zip(&inputs).rev() {
        // out × in = (out × n)·(n × in), and the sum of each column of dz
        gradients.push((dz.t().dot(a), dz.sum_axis(Axis(0))));
        // n × in = (n × out)·(out × in), through ReLU only where it let something through. Below the first layer lies
        // the input, and what comes out there is not used.
        dz = dz.dot(weights) * a.mapv(|a| if a > 0.0 { 1.0 } else { 0.0 });
    }
    gradients.reverse();
    (loss, gradients)
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
        let shapes: [(&[usize], usize); 4] = [(&[3, 4], 5), (&[2, 6, 3], 7), (&[4, 5, 6, 3], 9), (&[2, 16, 16, 5], 33)];
        for (widths, batch) in shapes {
            let mut net = Mlp::new(widths, &mut Seed::new(5).child(widths.len()).stream());
            // Biases off zero, so that no unit sits on the kink of its ReLU.
            for (i, p) in net.parameters_mut().iter_mut().enumerate() {
                *p += 0.05 * (i as f32).cos();
            }
            let points = Array2::from_shape_fn((batch, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin() * 1.5);
            let classes = widths[widths.len() - 1];
            let targets = softmax(Array2::from_shape_fn((batch, classes), |(i, j)| ((i + 2 * j) as f32).cos()));
            let (loss, gradient) = gradient(&net, points.view(), targets.view());

            let parameters: Vec<f64> = net.parameters().iter().map(|&p| f64::from(p)).collect();
            let at = |parameters: &[f64]| slow_loss(widths, parameters, &points, &targets);
            assert!((f64::from(loss) - at(&parameters)).abs() < 1e-5);
            let gradient = gradient.iter().flat_map(|(weights, bias)| weights.iter().chain(bias));
            for (i, &got) in gradient.enumerate() {
                let (mut up, mut down) = (parameters.clone(), parameters.clone());
                up[i] += 1e-6;
                down[i] -= 1e-6;
                let expected = (at(&up) - at(&down)) / 2e-6;
                assert!((f64::from(got) - expected).abs() < 1e-5, "{widths:?}, parameter {i}: {got}, not {expected}");
            }
        }
    }
}
