//! The program from outside, and what it leaves behind: started, interrupted, fed with bad input, and its page clicked.

mod bad_input;
mod browser;
mod check;
mod cli;
mod driver;
mod files;
mod findings;
mod games;
#[cfg(unix)]
mod interruption;
mod lab;
mod lessons;
mod page;
mod place;
mod remote;
mod shards;
