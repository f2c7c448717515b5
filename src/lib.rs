//! Train a small student only by querying a teacher, and see what the questions bought.

pub mod audit;
pub mod data;
pub mod experiment;
pub mod finding;
pub mod nn;
pub mod oracle;
pub mod plan;
pub mod plot;
pub mod query;
pub mod seed;
pub mod student;
pub mod words;
