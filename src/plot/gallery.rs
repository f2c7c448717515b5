//! Small grey images, a row for each actor, its name at the left.

use super::PlotError;
use super::canvas::{Anchor, Canvas, Image, MARGIN, Style, WIDTH};
use super::sheet::enlarged;
use super::text::{Weight, fit};
use super::theme::{self, BORDER, LABEL, hex};
use crate::finding::Gallery;

/// Room for the names.
const NAMES: f64 = 140.0;
const SIDE: f64 = 60.0;
const STEP: f64 = 70.0;

/// Draws the rows, each as far as there is room, and says where they end.
pub(super) fn draw(canvas: &mut Canvas, gallery: &Gallery) -> Result<f64, PlotError> {
    let actors: Vec<&str> = gallery.rows.iter().map(|row| row.actor.as_str()).collect();
    let columns = ((WIDTH - 2.0 * MARGIN - NAMES) / STEP) as usize;
    let border = hex(BORDER);
    let mut number = 0;
    let mut y = canvas.top.round();
    for (row, look) in gallery.rows.iter().zip(theme::looks(&actors)) {
        let name = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
        let text = fit(&row.label, name.weight, name.size, NAMES - 8.0);
        canvas.text((MARGIN, y + SIDE / 2.0), Anchor::Start, name, &text);
        for (column, image) in row.images.iter().take(columns).enumerate() {
            number += 1;
            let x = MARGIN + NAMES + column as f64 * STEP;
            canvas.image(Image { x, y, pixels: enlarged(image, gallery.side, SIDE, number)? });
            let edge = format!(r#"fill="none" stroke="{border}" stroke-width="1""#);
            canvas.shapes(&format!(r#"<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" {edge}/>"#));
        }
        y += STEP;
    }
    Ok(y - STEP + SIDE)
}
