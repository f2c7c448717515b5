//! The files that a run leaves behind: its records, and the figures drawn from them.

use distill_lab::experiment::{Run, Shard, records};

use super::folder::{Folder, place};
use super::{figures, processor};

/// All files of a run, by name.
pub(super) fn files(run: &Run) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let (mut trials, mut finding) = (Vec::new(), Vec::new());
    records::write_trials(&mut trials, run.own_columns, &run.trials)?;
    records::write_finding(&mut finding, &run.finding)?;
    let mut files = vec![("trials.csv".to_owned(), trials), ("finding.json".to_owned(), finding)];
    for (figure, drawn) in run.finding.figures.iter().zip(figures::draw(&run.finding)?) {
        files.push((format!("{}.svg", figure.name), drawn.svg.into_bytes()));
        files.push((format!("{}.png", figure.name), drawn.png));
    }
    Ok(files)
}

/// Writes them to a folder.
pub(super) fn write(run: &Run, folder: &Folder) -> anyhow::Result<()> {
    write_as_of(&processor::kind(), run, folder)
}

/// Writes what this kind of processor found to a folder and, where that is the reference, says which kind it was.
pub(super) fn write_as_of(processor: &str, run: &Run, folder: &Folder) -> anyhow::Result<()> {
    files(run)?.iter().try_for_each(|(name, bytes)| folder.write(name, |out| out.write_all(bytes)))?;
    if folder.path() == place(None, "", &run.finding.experiment, Shard::WHOLE) {
        folder.write(processor::FILE, |out| writeln!(out, "{processor}"))?;
    }
    Ok(())
}
