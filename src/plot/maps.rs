//! A film strip of decision maps: the teacher, then students with more and more queries; below each student,
//! where the two disagree.

use resvg::tiny_skia::Pixmap;

use super::PlotError;
use super::canvas::{Anchor, Canvas, Image, MARGIN, Style, WIDTH, number};
use super::regions::Regions;
use super::text::{Weight, fit, width, wrap};
use super::theme::{self, BORDER, DISAGREEMENT, GREY_TEXT, INK, LABEL, PALE, Rgb, SMALL, hex};
use crate::finding::Maps;

pub(super) const GAP: f64 = 26.0;
/// From one row of maps to the captions of the next.
pub(super) const BETWEEN: f64 = 18.0;
/// A label above a map; and one with its detail.
pub(super) const NAME: f64 = 26.0;
const CAPTION: f64 = 46.0;
pub(super) const LARGEST: f64 = 293.0;

/// Draws the strip, in rows of a few students each, and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, maps: &Maps) -> Result<f64, PlotError> {
    let columns = side_by_side(maps.panels.len() + 1);
    let size = ((WIDTH - 2.0 * MARGIN - (columns - 1) as f64 * GAP) / columns as f64).clamp(24.0, LARGEST).floor();
    // Whole units, so that the maps' pixels are the picture's.
    let top = canvas.top;
    let place = |index: usize| {
        let x = MARGIN + (index % columns) as f64 * (size + GAP);
        let row = (index / columns) as f64 * (CAPTION + 2.0 * size + GAP + BETWEEN);
        (x, (top + CAPTION + row).round())
    };
    let colour = theme::look(&maps.actor).colour;

    let teacher = Regions::new(&maps.teacher, "the teacher", size as usize)?;
    let (x, first) = place(0);
    caption(canvas, (x, first - CAPTION), size, "Teacher", "one tint per class");
    map(canvas, (x, first), size, teacher.decisions()?);
    key(canvas, (x, first + size + GAP), size, colour);
    let mut end = first + 2.0 * size + GAP;
    for (index, panel) in maps.panels.iter().enumerate() {
        let (x, first) = place(index + 1);
        let second = first + size + GAP;
        let student = Regions::new(&panel.map, &panel.label, size as usize)?;
        caption(canvas, (x, first - CAPTION), size, &panel.label, &panel.detail);
        map(canvas, (x, first), size, student.decisions()?);
        canvas.shapes(&dots(&panel.asked, (maps.low, maps.high), (x, first), size, colour));
        map(canvas, (x, second), size, teacher.differences(&student)?);
        end = second + size;
    }
    Ok(end)
}

/// How many of so many maps stand in a row: few, since smaller ones are not read on a telephone, but not one in three
/// rows alone.
pub(super) fn side_by_side(maps: usize) -> usize {
    if maps > 6 { 4 } else { maps.clamp(1, 3) }
}

/// A label and a detail above a map, in the two lines below `top`.
fn caption(canvas: &mut Canvas, (x, top): (f64, f64), size: f64, label: &str, detail: &str) {
    name(canvas, (x, top), size, label);
    above(canvas, (x, top + 28.0), size, detail, Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT });
}

/// A label alone.
pub(super) fn name(canvas: &mut Canvas, (x, top): (f64, f64), size: f64, label: &str) {
    above(canvas, (x, top + 8.0), size, label, Style { size: LABEL, weight: Weight::Bold, colour: INK });
}

/// A line of text no wider than the map below it.
fn above(canvas: &mut Canvas, at: (f64, f64), room: f64, text: &str, style: Style) {
    let style = if width(text, style.weight, style.size) > room { Style { size: SMALL, ..style } } else { style };
    canvas.text(at, Anchor::Start, style, &fit(text, style.weight, style.size, room));
}

/// A map in its frame.
pub(super) fn map(canvas: &mut Canvas, (x, y): (f64, f64), size: f64, pixels: Pixmap) {
    canvas.image(Image { x, y, pixels });
    let border = hex(BORDER);
    canvas.shapes(&format!(
        r#"<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="none" stroke="{border}" stroke-width="1"/>"#
    ));
}

/// All asked points as one path of dots: a line of no length with round ends. Points off the map are left out.
pub(super) fn dots(
    asked: &[(f64, f64)],
    (low, high): (f64, f64),
    (x, y): (f64, f64),
    size: f64,
    colour: Rgb,
) -> String {
    let span = high - low;
    let mut path = String::new();
    for &(across, up) in asked {
        let (across, down) = ((across - low) / span, (high - up) / span);
        if (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down) {
            path += &format!("M{} {}h0", number(x + across * size), number(y + down * size));
        }
    }
    if path.is_empty() {
        return path;
    }
    // Smaller dots for more points. White around each helps while they are few; a crowd would drown in it.
    let (dot, edge) = match asked.len() {
        0..=150 => (3.6, 5.2),
        151..=600 => (2.6, 3.8),
        601..=2000 => (1.7, 2.4),
        _ => (0.9, 0.0),
    };
    let strokes = |colour: &str, width: f64, more: &str| {
        format!(
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"{more}/>"#
        )
    };
    let colour = hex(colour);
    if edge > 0.0 {
        strokes("#ffffff", edge, "") + &strokes(&colour, dot, "")
    } else {
        strokes(&colour, dot, r#" stroke-opacity="0.5""#)
    }
}

/// What the marks mean, in the free place below the teacher.
fn key(canvas: &mut Canvas, (x, y): (f64, f64), size: f64, colour: Rgb) {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: INK };
    let border = hex(BORDER);
    let square = |fill| {
        let fill = hex(fill);
        format!(r#"<rect x="0.5" y="-4.5" width="9" height="9" fill="{fill}" stroke="{border}" stroke-width="0.6"/>"#)
    };
    let entries = [
        (format!(r#"<circle cx="5" r="2.4" fill="{}"/>"#, hex(colour)), "a point that the student asked about"),
        (square(DISAGREEMENT), "student and teacher disagree"),
        (square(PALE), "they agree"),
    ];
    let mut down = y + 10.0;
    for (mark, words) in entries {
        canvas.shapes(&format!(r#"<g transform="translate({x} {})">{mark}</g>"#, number(down)));
        for line in wrap(words, style.weight, style.size, size - 18.0) {
            canvas.text((x + 18.0, down), Anchor::Start, style, &line);
            down += 1.3 * SMALL;
        }
        down += 6.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_with_y_upwards_and_strays_are_left_out() {
        let asked = [(-1.0, 1.0), (1.0, -1.0), (0.0, 5.0), (f64::NAN, 0.0)];
        let svg = dots(&asked, (-1.0, 1.0), (10.0, 20.0), 100.0, INK);
        assert!(svg.contains(r#"d="M10 20h0M110 120h0""#), "{svg}");
    }
}
