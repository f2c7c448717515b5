//! Refused: the teacher's weights are private.

use distill_lab::oracle::Teacher;

fn steal(teacher: Teacher) {
    let _ = teacher.model;
}

fn main() {}
