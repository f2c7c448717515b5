//! Where several actors put their points: the same map for each, side by side.

use super::PlotError;
use super::canvas::{Canvas, MARGIN, WIDTH};
use super::maps::{BETWEEN, GAP, LARGEST, NAME, dots, map, name, side_by_side};
use super::regions::Regions;
use super::theme;
use crate::finding::Places;

/// Draws the maps and says where they end.
pub(super) fn draw(canvas: &mut Canvas, places: &Places) -> Result<f64, PlotError> {
    let columns = side_by_side(places.panels.len());
    let size = ((WIDTH - 2.0 * MARGIN - (columns - 1) as f64 * GAP) / columns as f64).min(LARGEST).floor();
    let regions = Regions::new(&places.teacher, "the teacher", size as usize)?;
    let actors: Vec<&str> = places.panels.iter().map(|panel| panel.actor.as_str()).collect();
    let mut bottom = canvas.top;
    for (index, (panel, look)) in places.panels.iter().zip(theme::looks(&actors)).enumerate() {
        let x = MARGIN + (index % columns) as f64 * (size + GAP);
        let row = (index / columns) as f64 * (NAME + size + BETWEEN);
        // Whole units, so that the maps' pixels are the picture's.
        let y = (canvas.top + NAME + row).round();
        name(canvas, (x, canvas.top + row), size, &panel.label);
        map(canvas, (x, y), size, regions.decisions()?);
        canvas.shapes(&dots(&panel.asked, (places.low, places.high), (x, y), size, look.colour));
        bottom = y + size;
    }
    Ok(bottom)
}
