//! Refused: the only examiner is the one that `serve` hands out.

use std::sync::Arc;

use distill_lab::oracle::{Examiner, Teacher};

fn appoint_oneself(teacher: Teacher) -> Examiner {
    Examiner { teacher: Arc::new(teacher) }
}

fn main() {}
