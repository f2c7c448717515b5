//! Cover the data: always ask the pool's point that is farthest from every query so far.
//!
//! ```text
//! next = argmax over the pool of min over the queries of |x − q|
//! ```
//!
//! The cover radius, the distance of the worst served point, is then at most twice the best possible for as many
//! queries (Gonzalez 1985); as a way to choose training data it is the core-set of Sener and Savarese (2018), here
//! on the inputs themselves.

use ndarray::{Array2, Axis};

use super::cover::Cover;
use super::{Scene, Strategy};
use crate::seed::Stream;

/// The farthest point first.
pub(super) struct KCenter;

impl Strategy for KCenter {
    fn name(&self) -> &'static str {
        "k-center"
    }

    fn about(&self) -> &'static str {
        "the point of the data that is farthest from all queries so far"
    }

    fn choose(&self, scene: &Scene, count: usize, _stream: &mut Stream) -> Array2<f32> {
        let mut cover = Cover::of(scene);
        let rows: Vec<usize> = (0..count).map(|_| cover.take(|_, square| square)).collect();
        scene.pool.select(Axis(0), &rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::{ArrayView2, array, s};

    fn choose(pool: &Array2<f32>, asked: ArrayView2<f32>, count: usize) -> Array2<f32> {
        let scene = Scene { pool: pool.view(), bounds: (-9.0, 9.0), asked, student: None };
        KCenter.choose(&scene, count, &mut Seed::new(0).stream())
    }

    #[test]
    fn takes_the_farthest_point_each_time() {
        // Along a line from 0: 10 is farthest; then 4 (4 from 0; 7 is 3 from 10); then 7 (3); then 1 and 9 tie at 1.
        let pool = array![[0.0, 0.0], [1.0, 0.0], [4.0, 0.0], [7.0, 0.0], [9.0, 0.0], [10.0, 0.0]];
        let asked = choose(&pool, pool.slice(s![..0, ..]), 6);
        assert_eq!(asked.column(0).to_vec(), [0.0, 10.0, 4.0, 7.0, 1.0, 9.0]);
        // It goes on from queries that it did not choose itself, also from one outside the pool.
        assert_eq!(choose(&pool, array![[8.0, 0.0]].view(), 2).column(0).to_vec(), [0.0, 4.0]);
    }

    #[test]
    fn equal_rows_of_a_table_are_asked_to_the_end() {
        let pool = array![[1.0], [1.0], [2.0], [1.0]];
        assert_eq!(choose(&pool, pool.slice(s![..1, ..]), 3).column(0).to_vec(), [2.0, 1.0, 1.0]);
    }

    #[test]
    fn covers_more_closely_than_the_pool_in_its_order() {
        let pool = crate::query::evenly((0.0, 1.0), (2000, 2), &mut Seed::new(0).stream());
        let radius = |asked: ArrayView2<f32>| {
            let nearest = |x: ndarray::ArrayView1<f32>| {
                let squares = asked.rows().into_iter().map(|q| (&q - &x).mapv(|d| d * d).sum());
                squares.fold(f32::INFINITY, f32::min).sqrt()
            };
            pool.rows().into_iter().map(nearest).fold(0.0, f32::max)
        };
        let chosen = radius(choose(&pool, pool.slice(s![..0, ..]), 50).view());
        assert!(chosen < 0.6 * radius(pool.slice(s![..50, ..])), "{chosen}");
        // 50 discs of this radius must cover the square: 50·π·r² ≥ 1. Greedy is within twice the best, which is at
        // most that of a 7 × 7 grid: half the diagonal of a cell.
        assert!((0.08..2.0 * 0.5f32.sqrt() / 7.0).contains(&chosen), "{chosen}");
    }
}
