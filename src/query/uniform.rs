//! Ask noise: points spread evenly over the box, without a single example of the data (Tramèr et al. 2016).

use ndarray::Array2;
use ndarray_rand::{RandomExt, rand_distr::Uniform as Even};

use super::{Scene, Strategy};
use crate::seed::Stream;

/// Independent points, even over the box.
pub struct Uniform;

impl Strategy for Uniform {
    fn name(&self) -> &'static str {
        "uniform"
    }

    fn about(&self) -> &'static str {
        "random points of the whole box, no data needed"
    }

    fn choose(&self, scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32> {
        let (low, high) = scene.bounds;
        let even = Even::new(low, high).expect("a box has a positive side");
        Array2::random_using((count, scene.pool.ncols()), even, stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::Axis;

    #[test]
    fn is_even_over_the_box() {
        let pool = Array2::zeros((1, 3));
        let scene = Scene { pool: pool.view(), bounds: (-1.0, 3.0) };
        let points = Uniform.choose(&scene, 4000, &mut Seed::new(0).stream());
        assert!(points.iter().all(|x| (-1.0..3.0).contains(x)));
        // Mean (a+b)/2 = 1 and variance (b−a)²/12 = 4/3, each within five standard errors.
        for (mean, variance) in points.mean_axis(Axis(0)).unwrap().iter().zip(points.var_axis(Axis(0), 1.0)) {
            assert!((mean - 1.0).abs() < 0.1 && (variance - 4.0 / 3.0).abs() < 0.1, "{mean} {variance}");
        }
    }
}
