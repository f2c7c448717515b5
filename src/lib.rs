//! Train a small student only by querying a teacher, and see what the questions bought.

pub mod data;
pub mod finding;
pub mod plot;
pub mod seed;
