//! The files that a run leaves behind: its records, and the figures drawn from them.

use std::fs;

use distill_lab::experiment::{Run, records};

use super::folder::Folder;
use super::place::reference;
use super::{figures, processor};

/// All files of a run, by name: its trials first, what says how they are to be read last.
pub(super) fn files(run: &Run) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let (mut trials, mut finding) = (Vec::new(), Vec::new());
    records::write_trials(&mut trials, run.columns, &run.trials)?;
    records::write_finding(&mut finding, &run.finding)?;
    let drawn = figures::files(&run.finding, figures::draw(&run.finding)?);
    let trials = std::iter::once(("trials.csv".to_owned(), trials));
    Ok(trials.chain(drawn).chain([("finding.json".to_owned(), finding)]).collect())
}

/// Writes them to a folder.
pub(super) fn write(run: &Run, folder: &Folder) -> anyhow::Result<()> {
    write_as_of(&processor::kind(), run, folder)
}

/// Writes what this kind of processor found to a folder. The reference says which kind it was; trials that come out the
/// same on another kind are of the one as much as of the other, and leave that as it is.
pub(super) fn write_as_of(processor: &str, run: &Run, folder: &Folder) -> anyhow::Result<()> {
    let mut files = files(run)?;
    if folder.path() == reference(&run.finding.experiment) {
        let there = |name: &str| fs::read(folder.path().join(name)).ok();
        if let Some(origin) = origin(processor, there, &files[0].1) {
            files.insert(1, origin);
        }
    }
    folder.replace(&files)
}

/// The file that says of which processor these trials are, unless what is there says so of the same trials.
fn origin(processor: &str, there: impl Fn(&str) -> Option<Vec<u8>>, trials: &[u8]) -> Option<(String, Vec<u8>)> {
    let stays = there(processor::FILE).is_some() && there("trials.csv").as_deref() == Some(trials);
    (!stays).then(|| (processor::FILE.to_owned(), format!("{processor}\n").into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_records_are_the_same_their_processor_stays() {
        let there = |name: &str| Some(if name == "trials.csv" { b"1".to_vec() } else { b"z80\n".to_vec() });
        assert_eq!(origin("other", there, b"1"), None);
        let written = Some(("processor.txt".to_owned(), b"other\n".to_vec()));
        assert_eq!(origin("other", there, b"2"), written);
        assert_eq!(origin("other", |name: &str| there(name).filter(|_| name == "trials.csv"), b"1"), written);
    }
}
