//! Draws the figures of a finding into a folder.

use distill_lab::finding::Finding;
use distill_lab::plot;
use rayon::prelude::*;

use super::folder::Folder;

/// Writes every figure as SVG and PNG.
pub(super) fn write(finding: &Finding, folder: &Folder) -> anyhow::Result<()> {
    let stamp = format!("{} · seed {} · distill-lab {}", finding.command, finding.seed, finding.version);
    let draw = |figure| plot::draw(figure, &stamp);
    let drawn = finding.figures.par_iter().map(draw).collect::<Result<Vec<_>, _>>()?;
    for (figure, drawn) in finding.figures.iter().zip(drawn) {
        folder.write(&format!("{}.svg", figure.name), |out| out.write_all(drawn.svg.as_bytes()))?;
        folder.write(&format!("{}.png", figure.name), |out| out.write_all(&drawn.png))?;
    }
    Ok(())
}
