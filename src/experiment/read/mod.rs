//! What is read from the records: curves with their intervals, queries to a level, ratios, what the teachers know.
//!
//! Nothing here trains, and nothing here draws or speaks: see [`run`](super::run) and [`show`](super::show).

pub(crate) mod claims;
pub(crate) mod curves;
pub(crate) mod levels;
pub(crate) mod ratio;
pub mod records;
pub(crate) mod standing;
