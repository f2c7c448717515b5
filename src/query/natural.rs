//! Ask what a customer would ask: unlabelled points of the data, as they come.

use ndarray::{Array2, s};

use super::{Scene, Strategy};
use crate::seed::Stream;

/// The first points of the pool. A larger budget asks the same points and then more.
pub(crate) struct Natural;

impl Strategy for Natural {
    fn name(&self) -> &'static str {
        "natural"
    }

    fn about(&self) -> &'static str {
        "unlabelled points of the data"
    }

    fn choose(&self, scene: &Scene, count: usize, _stream: &mut Stream) -> Array2<f32> {
        let asked = scene.asked.nrows();
        scene.pool.slice(s![asked..asked + count, ..]).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::array;

    #[test]
    fn asks_the_pool_in_its_order() {
        let pool = array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
        let scene = Scene { pool: pool.view(), bounds: (0.0, 9.0), asked: pool.slice(s![..1, ..]), student: None };
        let asked = Natural.choose(&scene, 2, &mut Seed::new(0).stream());
        assert_eq!(asked, array![[3.0, 4.0], [5.0, 6.0]]);
    }
}
