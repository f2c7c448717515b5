//! `distill open` and `--open`: a page or a figure in the browser.
//!
//! By the program that every desktop has for it and not by a crate, which would do no more: start it, and say so where
//! that does not work.

use std::fs;
use std::path::{self, Path, PathBuf};
use std::process::{Command, Stdio};

use distill_lab::experiment::records;
use distill_lab::finding::Finding;

use super::page::PAGE;
use super::screen::{self, Line, address};
use super::{Exit, Obstacle, flags};

/// Shows what a folder holds.
pub(super) fn open(flags: &flags::Open) -> anyhow::Result<()> {
    let folder = &flags.folder;
    let page = folder.join(PAGE);
    if page.is_file() {
        return show(&page);
    }
    let finding =
        fs::read_to_string(folder.join("finding.json")).ok().and_then(|text| records::read_finding(&text).ok());
    let figure = finding.map(|finding| first_figure(folder, &finding)).filter(|figure| figure.is_file());
    let figure = figure.ok_or_else(|| Obstacle {
        exit: Exit::Usage,
        problem: format!("there is nothing to show in {}: neither {PAGE} nor a figure", folder.display()),
        hint: format!("draw it with: distill draw {}", folder.display()),
    })?;
    show(&figure)
}

/// The file of the figure that comes first.
pub(super) fn first_figure(folder: &Path, finding: &Finding) -> PathBuf {
    folder.join(finding.figures.first().map_or(String::new(), |figure| format!("{}.svg", figure.name)))
}

/// Shows a file in the browser.
pub(super) fn show(file: &Path) -> anyhow::Result<()> {
    let whole = path::absolute(file)?;
    let [program, arguments @ ..] = opener() else { unreachable!("an opener has a name") };
    let mut command = Command::new(program);
    command.args(arguments).arg(&whole).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let problem = match command.status() {
        Ok(status) if status.success() => {
            screen::show(&Line::plain("shown in the browser: ").and_file(file));
            return Ok(());
        }
        Ok(status) => format!("{program} found no browser ({status})"),
        Err(error) => format!("there is no {program} that would start a browser: {error}"),
    };
    Err(Obstacle { exit: Exit::Failed, problem, hint: format!("open it yourself: {}", address(&whole)) }.into())
}

/// What shows a file as a click on it would, the file last.
fn opener() -> &'static [&'static str] {
    if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        // The empty text is the title of a window that does not open.
        &["cmd", "/C", "start", ""]
    } else {
        &["xdg-open"]
    }
}
