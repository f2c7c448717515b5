//! Refused: what computes the teacher's answers is private, so one who holds a teacher still cannot ask it.

use distill_lab::oracle::Teacher;
use ndarray::ArrayView2;

fn peek(teacher: &Teacher, points: ArrayView2<f32>) {
    teacher.model().logits(points);
}

fn main() {}
