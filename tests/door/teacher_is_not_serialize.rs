//! Refused: a teacher cannot be written to a file and read back around the door.

use distill_lab::oracle::Teacher;
use serde::{Serialize, Serializer};

fn smuggle(teacher: Teacher, file: impl Serializer) {
    let _ = teacher.serialize(file);
}

fn main() {}
