//! Dealing examples without end: every part has a stream of its own, and its examples are drawn in turn.
//!
//! The first n examples of a part are therefore the same however many are drawn after them, and however many any
//! other part draws. The class of each example is drawn evenly and independently, so parts come in random order.

use ndarray::Array2;
use rand::Rng;

use super::{Examples, Parts, Sizes};
use crate::seed::{Seed, Stream};

/// What a synthetic dataset has to say: how one example of a class is drawn.
pub(super) trait Draw {
    /// Numbers per example.
    fn width(&self) -> usize;
    /// How many classes there are.
    fn class_count(&self) -> usize;
    /// Writes one example of `class` into `point`, whose length is `width`.
    fn draw(&self, class: usize, stream: &mut Stream, point: &mut [f32]);
}

/// Deals the four parts of one replicate.
pub(super) fn deal(source: &impl Draw, sizes: Sizes, replicate: Seed) -> Parts {
    let part = |name: &str, count: usize| examples(source, count, &mut replicate.child(name).stream());
    Parts {
        training: part("training", sizes.training),
        pool: part("pool", sizes.pool),
        test: part("test", sizes.test),
        independent: part("independent", sizes.independent),
    }
}

fn examples(source: &impl Draw, count: usize, stream: &mut Stream) -> Examples {
    let width = source.width();
    // Counted in 32 bits, so that machines of any word size draw the same classes.
    let classes = u32::try_from(source.class_count()).expect("a synthetic dataset has a handful of classes");
    let mut values = vec![0.0; count * width];
    let mut labels = Vec::with_capacity(count);
    for point in values.chunks_exact_mut(width) {
        let class = stream.random_range(0..classes) as usize;
        source.draw(class, stream, point);
        labels.push(class);
    }
    let points = Array2::from_shape_vec((count, width), values).expect("count × width values were allocated");
    Examples { points, labels }
}

#[cfg(test)]
mod tests {
    use ndarray::s;

    use super::*;
    use crate::data::built_in;

    const FEW: Sizes = Sizes { training: 30, pool: 20, test: 10, independent: 30 };

    #[test]
    fn the_same_seed_deals_the_same_parts_and_another_seed_others() {
        for dataset in built_in() {
            let replicate = Seed::new(5).child("world").child(0);
            assert_eq!(dataset.deal(FEW, replicate), dataset.deal(FEW, replicate), "{}", dataset.name());
            let other = dataset.deal(FEW, Seed::new(5).child("world").child(1));
            assert_ne!(dataset.deal(FEW, replicate), other, "{}", dataset.name());
        }
    }

    #[test]
    fn drawing_more_of_one_part_leaves_its_beginning_and_the_other_parts_alone() {
        for dataset in built_in() {
            let replicate = Seed::new(5).child("world").child(0);
            let few = dataset.deal(FEW, replicate);
            let more = dataset.deal(Sizes { pool: 200, ..FEW }, replicate);
            assert_eq!(few.pool.points, more.pool.points.slice(s![..20, ..]), "{}", dataset.name());
            assert_eq!(few.pool.labels, more.pool.labels[..20], "{}", dataset.name());
            let others = |parts: Parts| (parts.training, parts.test, parts.independent);
            assert_eq!(others(few), others(more), "{}", dataset.name());
        }
    }

    #[test]
    fn parts_share_no_example() {
        for dataset in built_in() {
            let parts = dataset.deal(FEW, Seed::new(5));
            let all = [&parts.training, &parts.pool, &parts.test, &parts.independent];
            let rows: Vec<_> = all.iter().flat_map(|part| part.points.rows()).collect();
            for (number, row) in rows.iter().enumerate() {
                assert!(!rows[..number].contains(row), "{} deals a point twice", dataset.name());
            }
        }
    }

    #[test]
    fn classes_are_balanced_and_in_random_order() {
        for dataset in built_in() {
            let count = 3000;
            let labels = dataset.deal(Sizes { training: count, ..Sizes::default() }, Seed::new(5)).training.labels;
            let share = 1.0 / dataset.classes().len() as f64;
            // Five standard deviations of a binomial count.
            let slack = 5.0 * (count as f64 * share * (1.0 - share)).sqrt();
            for class in 0..dataset.classes().len() {
                let found = labels.iter().filter(|&&label| label == class).count() as f64;
                assert!((found - count as f64 * share).abs() < slack, "{}: {found} of {class}", dataset.name());
            }
            let repeats = labels.windows(2).filter(|pair| pair[0] == pair[1]).count() as f64;
            assert!((repeats - count as f64 * share).abs() < slack, "{}: {repeats} repeats", dataset.name());
        }
    }
}
