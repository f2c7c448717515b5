//! Small grey images that two models answer differently, each with the three answers in words below it.

use resvg::tiny_skia::{ColorU8, Pixmap};

use super::PlotError;
use super::canvas::{Anchor, Canvas, Image, MARGIN, Style, WIDTH};
use super::text::{Weight, fit, width};
use super::theme::{self, BORDER, GREY_TEXT, INK, LABEL, SMALL, hex};
use crate::finding::Sheet;

const COLUMNS: usize = 5;
const SIDE: f64 = 84.0;
const LINE: f64 = 19.0;
const ROW: f64 = SIDE + 4.0 * LINE + 16.0;

/// Draws the sheet and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, sheet: &Sheet) -> Result<f64, PlotError> {
    if sheet.items.is_empty() {
        let style = Style { size: LABEL, weight: Weight::Regular, colour: INK };
        let y = canvas.top + 16.0;
        canvas.text((MARGIN, y), Anchor::Start, style, "There is no image on which the two differ.");
        return Ok(y + 8.0);
    }
    let step = (WIDTH - 2.0 * MARGIN + 16.0) / COLUMNS as f64;
    for (index, item) in sheet.items.iter().enumerate() {
        let x = MARGIN + (index % COLUMNS) as f64 * step;
        let y = canvas.top + (index / COLUMNS) as f64 * ROW + 4.0;
        let (x, y) = (x.round(), y.round());
        canvas.image(Image { x, y, pixels: enlarged(&item.pixels, sheet.side, SIDE, index + 1)? });
        let border = hex(BORDER);
        canvas.shapes(&format!(
            r#"<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{border}" stroke-width="1"/>"#
        ));
        let answers = [("teacher", &item.teacher), ("student", &item.student), ("truth", &item.truth)];
        for (line, (actor, answer)) in answers.into_iter().enumerate() {
            let y = y + SIDE + 15.0 + line as f64 * LINE;
            answered(canvas, (x, y), step - 12.0, actor, answer);
        }
    }
    Ok(canvas.top + sheet.items.len().div_ceil(COLUMNS) as f64 * ROW - 22.0)
}

/// `teacher 3`: the name small, the answer bold in the actor's colour.
fn answered(canvas: &mut Canvas, (x, y): (f64, f64), room: f64, actor: &str, answer: &str) {
    let name = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: theme::look(actor).colour };
    canvas.text((x, y), Anchor::Start, name, actor);
    // The answers stand in one column, right of the longest name.
    let indent = width("teacher ", name.weight, name.size) + 4.0;
    canvas.text((x + indent, y), Anchor::Start, bold, &fit(answer, bold.weight, bold.size, room - indent));
}

/// Image `number`, `size` units wide at two pixels per unit, its pixels as squares.
pub(super) fn enlarged(greys: &[u8], side: usize, size: f64, number: usize) -> Result<Pixmap, PlotError> {
    if side == 0 || side.checked_mul(side) != Some(greys.len()) {
        return Err(PlotError::Image { number, side, pixels: greys.len() });
    }
    let large = (2.0 * size) as usize;
    let mut pixels = Pixmap::new(large as u32, large as u32).ok_or_else(|| PlotError::Png("no room".to_owned()))?;
    for (index, pixel) in pixels.pixels_mut().iter_mut().enumerate() {
        let (x, y) = (index % large * side / large, index / large * side / large);
        let light = u8::MAX - greys[y * side + x];
        *pixel = ColorU8::from_rgba(light, light, light, u8::MAX).premultiply();
    }
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_dark_and_stands_where_it_was() {
        let pixels = enlarged(&[0, 255, 0, 0], 2, SIDE, 1).unwrap();
        let grey = |x, y| pixels.pixel(x, y).unwrap().red();
        assert_eq!([grey(10, 10), grey(150, 10), grey(10, 150)], [255, 0, 255]);
        assert!(matches!(enlarged(&[0; 3], 2, SIDE, 5), Err(PlotError::Image { number: 5, .. })));
    }
}
