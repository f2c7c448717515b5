//! What only an examiner may do: compare a model with the teacher on points that nobody trained on.
//!
//! ```text
//! agreement      P(model gives the teacher's answer)                              right or wrong
//! accuracy       P(model is right)                                                another question
//! same mistakes  P(model gives the teacher's answer | the teacher is wrong)
//! on probes      P(model gives the teacher's answer | independent models differ)  the evidence of `Probes`
//! ```
//!
//! Agreement is also called fidelity ([Jagielski et al. 2020](https://arxiv.org/abs/1909.01838)). Independent
//! models of one task agree on most of it, so none of these means anything without such models beside it.
//!
//! [`Exam`] is one frozen test. [`Service`] asks what answers are worth to an honest customer. [`Probes`] are points
//! where a copy of the teacher gives itself away; [`ranks`] says how a suspect ranks among reference models.
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
