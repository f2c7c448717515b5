//! `distill runs`: the runs of a reader's own, each with what differs from the default plan and what it found.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use distill_lab::experiment::records;
use distill_lab::words::printable;

use super::screen::{self, columns_of_stdout, wrap};
use super::{Exit, Obstacle, flags};

/// Prints them, one after the other.
pub(super) fn runs(flags: &flags::Runs) -> anyhow::Result<()> {
    let folders = match fs::read_dir(&flags.folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let problem = format!("cannot read {}: {error}", flags.folder.display());
            return Err(Obstacle {
                exit: Exit::Usage,
                problem,
                hint: "name the folder that holds the runs".to_owned(),
            }
            .into());
        }
    };
    let mut folders: Vec<PathBuf> = folders;
    folders.sort();
    let text: String = folders.iter().filter_map(|folder| told(folder)).collect();
    if text.is_empty() {
        screen::say(format!("no runs in {} yet; make one with: distill run --student 4,4", flags.folder.display()));
    }
    Ok(io::stdout().write_all(text.as_bytes())?)
}

/// A run in a few lines: its name, its flags, its finding.
fn told(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("finding.json")).ok()?;
    let name = printable(&folder.file_name()?.to_string_lossy());
    let lines = match records::read_finding(&text) {
        Ok(finding) => {
            let default = format!("distill run {}", finding.experiment);
            let said = finding.command.strip_prefix(&default).unwrap_or(&finding.command).trim_start();
            [if said.is_empty() { "the default plan" } else { said }.to_owned(), finding.title].to_vec()
        }
        Err(why) => vec![format!("cannot be read: {why}")],
    };
    let lines = lines.iter().flat_map(|text| wrap(&printable(text), columns_of_stdout(), "  ", "    "));
    Some(std::iter::once(name).chain(lines).map(|line| line + "\n").collect())
}
