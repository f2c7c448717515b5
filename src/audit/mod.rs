//! What only an examiner may do: hold a model against the teacher on points that nobody trained on.
//!
//! [`Exam`] is one frozen test. [`statistics`] turns grades of several replicates into means, intervals and verdicts.

mod exam;
pub mod statistics;

pub use exam::{Exam, Grades};
