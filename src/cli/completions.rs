//! `distill completions`: a script that teaches a shell the program's flags.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{Cli, flags};

/// Prints the script on stdout.
pub(super) fn completions(flags: &flags::Completions) -> anyhow::Result<()> {
    // Through a buffer: the generator panics on a closed pipe, writing here reports it.
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut Cli::command(), "distill", &mut script);
    Ok(io::stdout().write_all(&script)?)
}
