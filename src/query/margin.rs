//! Ask where the student's first two choices are closest: doubt = −(p₁ − p₂) (Scheffer, Decomain, Wrobel 2001).
//!
//! The first round has no student to look at and asks the pool as it comes. After that every query of a round goes
//! where that round's student is in doubt, and many of them go to the same border: there is no eye for diversity here.

use ndarray::{Array2, ArrayView1};

use super::{Scene, Strategy};
use crate::seed::Stream;

/// Pool points with the smallest gap between the student's two likeliest classes.
pub(super) struct Margin;

impl Strategy for Margin {
    fn name(&self) -> &'static str {
        "margin"
    }

    fn about(&self) -> &'static str {
        "points of the data where the student's first two choices are closest"
    }

    fn adapts(&self) -> bool {
        true
    }

    fn choose(&self, scene: &Scene, count: usize, _stream: &mut Stream) -> Array2<f32> {
        scene.least_sure(count, |p| -gap(p))
    }
}

/// How far the likeliest class is ahead of the next: 1 for a sure answer, 0 for a tie.
pub(super) fn gap(p: ArrayView1<f32>) -> f32 {
    let (first, second) =
        p.iter().fold((0f32, 0f32), |(first, second), &p| if p > first { (p, first) } else { (first, second.max(p)) });
    first - second
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_gap_is_between_the_two_largest_wherever_they_stand() {
        let gaps =
            [array![0.25, 0.625, 0.125], array![0.125, 0.25, 0.625], array![0.5, 0.0, 0.5], array![0.0, 1.0, 0.0]];
        assert_eq!(gaps.map(|p| gap(p.view())), [0.375, 0.375, 0.0, 1.0]);
    }
}
