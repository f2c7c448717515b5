//! Ask noise: points spread evenly over the box, without a single example of the data (Tramèr et al. 2016).

use ndarray::Array2;
use ndarray_rand::{RandomExt, rand_distr::Uniform as Even};

use super::{Scene, Strategy};
use crate::seed::Stream;

/// Independent points, even over the box.
pub(super) struct Uniform;

impl Strategy for Uniform {
    fn name(&self) -> &'static str {
        "uniform"
    }

    fn about(&self) -> &'static str {
        "random points of the whole box, no data needed"
    }

    fn choose(&self, scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32> {
        evenly(scene.bounds, (count, scene.pool.ncols()), stream)
    }
}

/// Points (n × dimension) spread evenly over a box.
///
/// # Panics
/// If the box has no positive side.
pub fn evenly((low, high): (f32, f32), shape: (usize, usize), stream: &mut Stream) -> Array2<f32> {
    Array2::random_using(shape, Even::new(low, high).expect("a box has a positive side"), stream)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::Axis;

    #[test]
    fn is_even_over_the_box() {
        let points = evenly((-1.0, 3.0), (4000, 3), &mut Seed::new(0).stream());
        assert!(points.iter().all(|x| (-1.0..3.0).contains(x)));
        // Mean (a+b)/2 = 1 and variance (b−a)²/12 = 4/3, each within five standard errors.
        for (mean, variance) in points.mean_axis(Axis(0)).unwrap().iter().zip(points.var_axis(Axis(0), 1.0)) {
            assert!((mean - 1.0).abs() < 0.1 && (variance - 4.0 / 3.0).abs() < 0.1, "{mean} {variance}");
        }
    }
}
