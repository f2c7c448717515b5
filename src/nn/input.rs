//! What a change of the input would do: backpropagation past the first layer's weights, down to the point itself.
//!
//! ```text
//! ∂ ln p_c / ∂z = e_c − p        down each layer: da = Wᵀ·dz, through ReLU only where it was active
//! ```

use ndarray::{Array2, ArrayView2};

use super::kernel::{Sheet, dense};
use super::{Mlp, loss};

impl Mlp {
    /// ∂ ln p_c / ∂x for each point x (n × inputs) and its class c: the direction in which the network would become
    /// surer of that class (n × inputs).
    ///
    /// # Panics
    /// If there are not as many classes as points, or the points are not of the network's dimension.
    pub fn input_gradient(&self, points: ArrayView2<f32>, classes: &[usize]) -> Array2<f32> {
        assert_eq!(points.nrows(), classes.len(), "every point has its class");
        let mut activations = self.room(points.nrows());
        self.forward(&Sheet::of(points.t()), &mut activations);

        let logits = activations.pop().expect("a network has an output").view().t().as_standard_layout().into_owned();
        let dz = loss::one_hot(classes, logits.ncols()) - loss::softmax(logits);
        let mut dz = Sheet::of(dz.t());
        for (layer, active) in activations.iter().enumerate().rev() {
            let mut below = Sheet::zeros(active.rows(), active.columns());
            dense::input_gradient(self.layer(layer + 1).0, &dz, active, &mut below);
            dz = below;
        }
        let weights = ArrayView2::from_shape((dz.rows(), points.ncols()), self.layer(0).0);
        dz.view().t().dot(&weights.expect("as many weights as the shape says"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn agrees_with_central_differences() {
        for widths in [vec![3, 4], vec![2, 16, 16, 5]] {
            let net = Mlp::new(&widths, &mut Seed::new(6).stream());
            let points = Array2::from_shape_fn((8, widths[0]), |(i, j)| ((3 * i + 7 * j) as f32).sin() * 1.5);
            let classes: Vec<usize> = (0..8).map(|i| i % widths[widths.len() - 1]).collect();
            let gradient = net.input_gradient(points.view(), &classes);
            for ((row, axis), &got) in gradient.indexed_iter() {
                let at = |step: f32| {
                    let mut moved = points.clone();
                    moved[[row, axis]] += step;
                    f64::from(loss::softmax(net.logits(moved.view()))[[row, classes[row]]].ln())
                };
                // Steps large enough for single precision, too small to meet the kink of a ReLU here.
                let expected = (at(5e-4) - at(-5e-4)) / 1e-3;
                assert!((f64::from(got) - expected).abs() < 3e-3, "{widths:?}, {row}, {axis}: {got}, not {expected}");
            }
        }
    }
}
