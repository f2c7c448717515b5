//! Ask where the student's answer is most spread out: doubt = −Σ p ln p (Lewis and Gale 1994; Shannon 1948).
//!
//! Like `margin`, but doubt among all classes counts, not only between the first two: it is drawn to places where
//! many classes meet.

use ndarray::Array2;

use super::{Scene, Strategy};
use crate::nn::loss::entropy;
use crate::seed::Stream;

/// Pool points with the highest entropy of the student's answer.
pub(super) struct Entropy;

impl Strategy for Entropy {
    fn name(&self) -> &'static str {
        "entropy"
    }

    fn about(&self) -> &'static str {
        "points of the data where the student's answer is most spread out"
    }

    fn adapts(&self) -> bool {
        true
    }

    fn choose(&self, scene: &Scene, count: usize, _stream: &mut Stream) -> Array2<f32> {
        scene.least_sure(count, |p| entropy(p) as f32)
    }
}
