//! Refused: …, and no unmetered answers.

use distill_lab::oracle::Oracle;
use ndarray::ArrayView2;

fn student(oracle: &mut dyn Oracle, points: ArrayView2<f32>) {
    oracle.logits(points);
}

fn main() {}
