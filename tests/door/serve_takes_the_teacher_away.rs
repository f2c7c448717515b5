//! Refused: `serve` consumes the teacher, so nobody keeps one beside the door.

use distill_lab::oracle::{Teacher, Terms, serve};

fn serve_twice(teacher: Teacher, terms: Terms) {
    let _ = serve(teacher, terms);
    let _ = serve(teacher, terms);
}

fn main() {}
