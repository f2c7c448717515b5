//! `distill runs`: the runs of a reader's own, each with what differs from the default plan and what it found.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use distill_lab::experiment::records;
use distill_lab::words::printable;

use super::screen::{self, columns_of_stdout, wrap};
use super::{Misuse, flags};

/// Prints them, one after the other.
pub(super) fn runs(flags: &flags::Runs) -> anyhow::Result<()> {
    let folders = match fs::read_dir(&flags.folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let problem = format!("cannot read {}: {error}", flags.folder.display());
            return Err(Misuse { problem, hint: "name the folder that holds the runs".to_owned() }.into());
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
    let finding = match records::read_finding(&text) {
        Ok(finding) => finding,
        Err(why) => return Some(format!("{name}\n  cannot be read: {}\n", printable(&why.to_string()))),
    };
    let said = finding.command.strip_prefix(&format!("distill run {}", finding.experiment)).unwrap_or(&finding.command);
    let said = if said.is_empty() { "the default plan" } else { said.trim_start() };
    let lines = [said, &finding.title].map(|text| wrap(&printable(text), columns_of_stdout(), "  ", "    ")).concat();
    Some([vec![name], lines].concat().into_iter().map(|line| line + "\n").collect())
}
