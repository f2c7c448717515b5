//! What only an examiner may do: hold a model against the teacher on points that nobody trained on.
//!
//! [`Exam`] is one frozen test. [`Service`] asks what answers are worth to an honest customer. [`Probes`] are questions
//! that tell a copy from a model of its own; [`ranks`] says how surprising its answers are among innocents.
//! [`statistics`] turns grades of several replicates into means, intervals and verdicts.

mod chat;
mod customer;
mod exam;
mod probes;
pub mod ranks;
pub mod spectrum;
pub mod statistics;

pub use chat::{ChatExam, ChatGrades, probability_of_word};
pub use customer::Service;
pub use exam::{Exam, Grades};
pub use probes::Probes;
