//! Refused: an examiner cannot be copied and passed on.

use distill_lab::oracle::Examiner;

fn pass_on(examiner: Examiner) {
    let _ = examiner.clone();
}

fn main() {}
