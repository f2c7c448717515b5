//! The files that the program is given and the files it gives: tables, good and bad, and weights to load elsewhere.

#[cfg(unix)]
#[path = "files/hostile.rs"]
mod hostile;
mod place;
#[path = "files/tables.rs"]
mod tables;
#[path = "files/weights.rs"]
mod weights;
