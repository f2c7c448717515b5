//! Refused: who opens accounts cannot get at what the surfaces show, and put it through one of them uncounted.

use distill_lab::oracle::{Api, SURFACES};
use distill_lab::seed::Stream;
use ndarray::ArrayView2;

fn show_for_free(api: &Api, points: ArrayView2<f32>, noise: &mut Stream) {
    SURFACES[0].show(api.teacher.logits(points), noise);
}

fn main() {}
