//! The files that the program is given and the files it gives: tables, good and bad, and weights to load elsewhere.

#[cfg(unix)]
mod hostile;
mod tables;
mod weights;
