//! Refused: there is one of each teacher. A copy kept at home would need no account.

use distill_lab::oracle::Teacher;

fn keep_one(teacher: Teacher) {
    let _ = teacher.clone();
}

fn main() {}
