//! Draws the figures of a finding into a folder.

use distill_lab::finding::Finding;
use distill_lab::plot::{self, Drawn, PlotError};
use rayon::prelude::*;

use super::folder::Folder;

/// Draws every figure.
pub(super) fn draw(finding: &Finding) -> Result<Vec<Drawn>, PlotError> {
    let stamp = format!("{} · seed {} · distill-lab {}", finding.command, finding.seed, finding.version);
    finding.figures.par_iter().map(|figure| plot::draw(figure, &stamp)).collect()
}

/// Writes what was drawn of a finding as SVG and PNG.
pub(super) fn write(finding: &Finding, drawn: &[Drawn], folder: &Folder) -> anyhow::Result<()> {
    for (figure, drawn) in finding.figures.iter().zip(drawn) {
        folder.write(&format!("{}.svg", figure.name), |out| out.write_all(drawn.svg.as_bytes()))?;
        folder.write(&format!("{}.png", figure.name), |out| out.write_all(&drawn.png))?;
    }
    Ok(())
}
