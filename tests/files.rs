//! The files that the program is given and the files it gives: tables, some made to do harm, weights to be loaded elsewhere.

#[cfg(unix)]
#[path = "files/hostile.rs"]
mod hostile;
mod place;
#[path = "files/tables.rs"]
mod tables;
#[path = "files/weights.rs"]
mod weights;
