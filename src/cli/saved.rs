//! The files that a run leaves behind: its records, and the figures drawn from them.

use distill_lab::experiment::{Run, records};

use super::figures;
use super::folder::Folder;

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
    files(run)?.iter().try_for_each(|(name, bytes)| folder.write(name, |out| out.write_all(bytes)))
}
