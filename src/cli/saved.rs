//! The files that a run leaves behind: its records, and the figures drawn from them.

use std::fs;

use distill_lab::experiment::{Run, records};

use super::folder::Folder;
use super::place::reference;
use super::{figures, processor};

/// All files of a run, by name: its trials first, what says how they are to be read last.
pub(super) fn files(run: &Run) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let (mut trials, mut finding) = (Vec::new(), Vec::new());
    records::write_trials(&mut trials, run.own_columns, &run.trials)?;
    records::write_finding(&mut finding, &run.finding)?;
    let drawn = figures::files(&run.finding, figures::draw(&run.finding)?);
    let trials = std::iter::once(("trials.csv".to_owned(), trials));
    Ok(trials.chain(drawn).chain([("finding.json".to_owned(), finding)]).collect())
}

/// Writes them to a folder.
pub(super) fn write(run: &Run, folder: &Folder) -> anyhow::Result<()> {
    write_as_of(&processor::kind(), run, folder)
}

/// Writes what this kind of processor found to a folder. The reference says which kind it was; what comes out the same
/// on another kind is as much of the one as of the other, and leaves that as it is.
pub(super) fn write_as_of(processor: &str, run: &Run, folder: &Folder) -> anyhow::Result<()> {
    let mut files = files(run)?;
    let there = |name: &str| fs::read(folder.path().join(name)).ok();
    if folder.path() == reference(&run.finding.experiment)
        && (there(processor::FILE).is_none() || there("trials.csv").as_ref() != Some(&files[0].1))
    {
        files.insert(1, (processor::FILE.to_owned(), format!("{processor}\n").into_bytes()));
    }
    folder.replace(&files)
}
