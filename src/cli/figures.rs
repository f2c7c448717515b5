//! Draws the figures of a finding.

use distill_lab::finding::Finding;
use distill_lab::plot::{self, Drawn, PlotError};
use rayon::prelude::*;

/// Draws every figure.
pub(super) fn draw(finding: &Finding) -> Result<Vec<Drawn>, PlotError> {
    let stamp = format!("{} · seed {} · distill-lab {}", finding.command, finding.seed, finding.version);
    finding.figures.par_iter().map(|figure| plot::draw(figure, &stamp)).collect()
}

/// What was drawn of a finding, as files: SVG and PNG.
pub(super) fn files(finding: &Finding, drawn: Vec<Drawn>) -> Vec<(String, Vec<u8>)> {
    let both = |(name, drawn): (&String, Drawn)| {
        [(format!("{name}.svg"), drawn.svg.into_bytes()), (format!("{name}.png"), drawn.png)]
    };
    finding.figures.iter().map(|figure| &figure.name).zip(drawn).flat_map(both).collect()
}
