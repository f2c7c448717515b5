//! Deals batches: examples in shuffled order, each once before any twice, a point and its target always together.

use ndarray::{ArrayView2, CowArray, Ix2};
use rand::seq::SliceRandom;

use super::kernel::Sheet;
use crate::seed::Stream;

/// The examples of a training run and the batch last dealt.
pub(super) struct Batches<'a> {
    deck: Deck,
    /// The examples of the batch last dealt.
    dealt: Vec<usize>,
    all_points: CowArray<'a, f32, Ix2>,
    all_targets: CowArray<'a, f32, Ix2>,
    points: Sheet,
    targets: Sheet,
}

impl<'a> Batches<'a> {
    /// Batches of `size` out of points (n × inputs) and targets (n × classes).
    pub(super) fn new(
        points: ArrayView2<'a, f32>,
        targets: ArrayView2<'a, f32>,
        size: usize,
        stream: &mut Stream,
    ) -> Self {
        Self {
            deck: Deck::new(points.nrows(), stream),
            dealt: vec![0; size],
            points: Sheet::zeros(size, points.ncols()),
            targets: Sheet::zeros(targets.ncols(), size),
            all_points: in_row_order(points),
            all_targets: in_row_order(targets),
        }
    }

    /// Deals the next batch.
    ///
    /// Points stay rows, since copying a whole row is cheap. Targets are few per example and are turned here, class by
    /// class, so that they are written in order.
    pub(super) fn deal(&mut self, stream: &mut Stream) {
        let (inputs, classes) = (self.points.columns(), self.targets.rows());
        let (all_points, all_targets) = (numbers(&self.all_points), numbers(&self.all_targets));
        for (example, point) in self.dealt.iter_mut().zip(self.points.iter_mut()) {
            *example = self.deck.deal(stream);
            point.copy_from_slice(&all_points[*example * inputs..][..inputs]);
        }
        for (class, targets) in self.targets.iter_mut().enumerate() {
            for (target, example) in targets.iter_mut().zip(&self.dealt) {
                *target = all_targets[example * classes + class];
            }
        }
    }

    /// The points last dealt: batch × inputs.
    pub(super) fn points(&self) -> &Sheet {
        &self.points
    }

    /// Their targets: classes × batch.
    pub(super) fn targets(&self) -> &Sheet {
        &self.targets
    }
}

/// Borrowed where the numbers already lie row by row, copied where not.
fn in_row_order(array: ArrayView2<f32>) -> CowArray<f32, Ix2> {
    if array.is_standard_layout() { array.into() } else { array.as_standard_layout().into_owned().into() }
}

fn numbers<'a>(array: &'a CowArray<'_, f32, Ix2>) -> &'a [f32] {
    array.as_slice().expect("in row order")
}

/// Example numbers in shuffled order, shuffled again whenever all have been dealt.
pub(super) struct Deck {
    order: Vec<usize>,
    next: usize,
}

impl Deck {
    pub(super) fn new(examples: usize, stream: &mut Stream) -> Self {
        assert!(examples > 0, "training needs an example");
        let mut order: Vec<usize> = (0..examples).collect();
        order.shuffle(stream);
        Self { order, next: 0 }
    }

    pub(super) fn deal(&mut self, stream: &mut Stream) -> usize {
        if self.next == self.order.len() {
            self.order.shuffle(stream);
            self.next = 0;
        }
        self.next += 1;
        self.order[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use ndarray::Array2;

    #[test]
    fn every_example_is_dealt_once_before_any_twice() {
        let mut stream = Seed::new(3).stream();
        let mut deck = Deck::new(10, &mut stream);
        for round in 0..3 {
            let mut dealt: Vec<usize> = (0..10).map(|_| deck.deal(&mut stream)).collect();
            assert!(round > 0 || dealt != (0..10).collect::<Vec<_>>(), "not shuffled");
            dealt.sort_unstable();
            assert_eq!(dealt, (0..10).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_point_and_its_target_stay_together() {
        // Point i is (i, −i), its target (10 i, 20 i, 30 i); neither array is in row order.
        let points = Array2::from_shape_fn((2, 7), |(j, i)| if j == 0 { i as f32 } else { -(i as f32) });
        let targets = Array2::from_shape_fn((3, 7), |(k, i)| (10 * (k + 1) * i) as f32);
        let mut stream = Seed::new(4).stream();
        let mut batches = Batches::new(points.t(), targets.t(), 4, &mut stream);
        for _ in 0..5 {
            batches.deal(&mut stream);
            for (point, target) in batches.points().iter().zip(batches.targets().view().columns()) {
                assert_eq!(point[1], -point[0]);
                assert_eq!(target.to_vec(), [10.0, 20.0, 30.0].map(|k| k * point[0]));
            }
        }
    }
}
