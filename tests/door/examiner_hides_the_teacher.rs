//! Refused: an examiner answers, but does not hand the teacher on.

use distill_lab::oracle::Examiner;

fn lend(examiner: &Examiner) {
    let _ = &examiner.teacher;
}

fn main() {}
