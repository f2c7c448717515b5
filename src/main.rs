//! `distill`: train a small student only by querying a teacher, and plot what the queries bought.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
