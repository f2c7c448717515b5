//! Writes the page of all findings of a shelf: the folder that holds the folders of experiments.

use std::fs;
use std::path::{Path, PathBuf};

use anstream::eprintln;
use distill_lab::experiment::records;
use distill_lab::finding::Finding;
use distill_lab::page;

use super::folder::Folder;

/// The name of the page.
const PAGE: &str = "index.html";

/// The folder in which a folder of records stands.
pub(super) fn shelf(records: &Path) -> PathBuf {
    let above = records.parent().filter(|parent| !parent.as_os_str().is_empty());
    match (records.file_name(), above) {
        (None, _) => records.join(".."),
        (Some(_), None) => PathBuf::from("."),
        (Some(_), Some(parent)) => parent.to_owned(),
    }
}

/// Writes the page of these findings, and of those that are saved on the shelf beside them.
pub(super) fn write(shelf: &Path, fresh: Vec<Finding>) -> anyhow::Result<()> {
    let mut findings = fresh;
    for experiment in page::chapters() {
        if findings.iter().all(|finding| finding.experiment != experiment) {
            findings.extend(saved(&shelf.join(experiment).join("finding.json")));
        }
    }
    let page = page::page(&findings)?;
    let folder = Folder::open(shelf.to_owned())?;
    folder.write(PAGE, |out| out.write_all(page.as_bytes()))?;
    Ok(())
}

/// A finding that nobody asked for just now: one that cannot be read is left out, and said so.
fn saved(file: &Path) -> Option<Finding> {
    let text = fs::read_to_string(file).ok()?;
    let finding = records::read_finding(&text);
    if let Err(why) = &finding {
        eprintln!("left out of the page: {}: {why}", file.display());
    }
    finding.ok()
}
