//! Writes the page of the findings on a shelf, a folder that holds a folder for each experiment, named like it; and
//! that of a run of a reader's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use distill_lab::experiment::records;
use distill_lab::finding::Finding;
use distill_lab::page;

use super::folder::Folder;
use super::screen;

/// The name of the page.
pub(super) const PAGE: &str = "index.html";

/// A page that was written.
pub(super) struct Page {
    pub(super) file: PathBuf,
    pub(super) chapters: usize,
}

/// Shelves with what was put on them just now.
#[derive(Default)]
pub(super) struct Shelves(BTreeMap<PathBuf, Vec<Finding>>);

impl Shelves {
    /// Puts a finding on the shelf of the folder that it was written to, if it has one.
    pub(super) fn put(&mut self, folder: &Path, finding: Finding) {
        if let Some(shelf) = folder.parent().filter(|_| on_shelf(folder, &finding)) {
            self.0.entry(shelf.to_owned()).or_default().push(finding);
        }
    }

    /// Writes the page of every shelf, with the findings that are saved there beside those that were put.
    pub(super) fn write_pages(self, quiet: bool) -> anyhow::Result<Vec<Page>> {
        let mut pages = Vec::new();
        for (shelf, mut findings) in self.0 {
            // Held before the others are read: who comes last has them all.
            let folder = Folder::wait(shelf.clone())?;
            for experiment in page::chapters() {
                if findings.iter().all(|finding| finding.experiment != experiment) {
                    findings.extend(saved(&shelf.join(experiment).join("finding.json"), quiet));
                }
            }
            folder.replace(&[(PAGE.to_owned(), page::page(&findings)?.into_bytes())])?;
            pages.push(Page { file: folder.path().join(PAGE), chapters: findings.len() });
        }
        Ok(pages)
    }
}

/// Whether a folder is named like the experiment in it. One of another name, as that of a reader's own plan, stands
/// beside others of the same experiment and is on no shelf.
fn on_shelf(folder: &Path, finding: &Finding) -> bool {
    folder.file_name().is_some_and(|name| *name == *finding.experiment)
}

/// Writes the page of a run that is on no shelf, beside its records.
pub(super) fn write_own(folder: &Folder, finding: &Finding) -> anyhow::Result<Option<Page>> {
    if on_shelf(folder.path(), finding) {
        return Ok(None);
    }
    folder.replace(&[(PAGE.to_owned(), page::page_of_run(finding)?.into_bytes())])?;
    Ok(Some(Page { file: folder.path().join(PAGE), chapters: 1 }))
}

/// A finding that nobody asked for just now: one that cannot be read is left out, and said so.
fn saved(file: &Path, quiet: bool) -> Option<Finding> {
    let finding = records::read_finding(&fs::read_to_string(file).ok()?);
    if let Err(why) = &finding
        && !quiet
    {
        screen::say(format!("left out of the page: {}: {why}", file.display()));
    }
    finding.ok()
}
