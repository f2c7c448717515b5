//! A grid of cells, darker for more, each with its number; controls stand apart, and each row can have a note.

use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH, number};
use super::ramp;
use super::text::{Weight, block, fit, width, wrap};
use super::theme::{GREY_TEXT, INK, LABEL, PALE, Rgb, SMALL, hex, luminance};
use crate::finding::{Heat, Shade};

const ROW: f64 = 46.0;
const WIDEST_CELL: f64 = 92.0;
/// Before the controls, and between the cells and the notes.
const GAP: f64 = 14.0;
/// Most room for the notes, and for the names of the rows.
const NOTES: f64 = 190.0;
const NAMES: f64 = 150.0;
const WHITE: Rgb = [255; 3];

/// Draws the grid and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, heat: &Heat) -> f64 {
    let label = Style { size: LABEL, weight: Weight::Regular, colour: INK };
    let bold = Style { weight: Weight::Bold, ..label };
    let small = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let names = heat.rows.iter().map(|row| width(&row.label, label.weight, label.size)).fold(0.0, f64::max).min(NAMES);
    let notes = if heat.rows.iter().all(|row| row.note.is_empty()) { 0.0 } else { NOTES };
    let left = MARGIN + 24.0 + names + 10.0;
    let columns = heat.columns.len().max(1);
    let cell = ((WIDTH - MARGIN - notes - 2.0 * GAP - left) / columns as f64).min(WIDEST_CELL);
    let controls_from = columns.saturating_sub(heat.controls);
    let at = |column: usize| left + column as f64 * cell + if column >= controls_from { GAP } else { 0.0 };
    let top = canvas.top + 4.0;
    let bottom = top + heat.rows.len() as f64 * ROW;
    let shades = Shades::of(heat);

    for (index, row) in heat.rows.iter().enumerate() {
        let y = top + index as f64 * ROW;
        let middle = y + ROW / 2.0;
        canvas.text((left - 10.0, middle), Anchor::End, label, &fit(&row.label, label.weight, label.size, names));
        for (column, value) in row.cells.iter().take(columns).enumerate() {
            let value = value.filter(|value| value.is_finite());
            let fill = value.map_or(PALE, |value| shades.colour(value));
            let (x, fill_name) = (number(at(column)), hex(fill));
            let (y, wide, high) = (number(y), number(cell - 2.0), number(ROW - 2.0));
            canvas.shapes(&format!(r#"<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill_name}"/>"#));
            let text = value.map_or_else(|| "–".to_owned(), |value| format!("{:.1}", 100.0 * value));
            let style = Style { colour: readable_on(fill), ..bold };
            let text = fit(&text, style.weight, style.size, cell - 4.0);
            canvas.text((at(column) + cell / 2.0 - 1.0, middle - 1.0), Anchor::Middle, style, &text);
        }
        let right = at(columns - 1) + cell + GAP;
        let (size, lines) = block(&row.note, small.weight, &[small.size, small.size - 1.5], WIDTH - MARGIN - right, 3);
        let first = middle - (lines.len().saturating_sub(1)) as f64 * size * 0.65;
        for (line, text) in lines.iter().enumerate() {
            let y = first + line as f64 * 1.3 * size;
            canvas.text((right, y), Anchor::Start, Style { size, ..small }, text);
        }
    }

    let names = heat.columns.iter().map(|name| wrap(name, small.weight, small.size, cell - 6.0));
    let names: Vec<Vec<String>> = names.collect();
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * 1.3 * small.size;
    for (column, lines) in names.iter().enumerate() {
        for (line, text) in lines.iter().enumerate() {
            let y = bottom + 12.0 + line as f64 * 1.3 * small.size;
            canvas.text((at(column) + cell / 2.0 - 1.0, y), Anchor::Middle, small, text);
        }
    }
    let last = at(columns - 1) + cell;
    let x_name = fit(&heat.x_label, label.weight, label.size, last - left);
    canvas.text(((left + last) / 2.0, bottom + deepest + 20.0), Anchor::Middle, label, &x_name);
    let y_name = fit(&heat.y_label, label.weight, label.size, (bottom - top).max(ROW));
    canvas.text_upwards((MARGIN + 7.0, (top + bottom) / 2.0), label, &y_name);
    bottom + deepest + 28.0
}

/// White or ink, whichever stands out more.
fn readable_on(fill: Rgb) -> Rgb {
    let light = luminance(fill) + 0.05;
    if 1.05 / light > light / (luminance(INK) + 0.05) { WHITE } else { INK }
}

/// Nearer to the whole than this, cells look alike.
const NEAREST: f64 = 1e-3;

/// From the smallest value of the grid (pale) to the largest (dark).
struct Shades {
    shade: Shade,
    low: f64,
    high: f64,
}

impl Shades {
    fn of(heat: &Heat) -> Self {
        let values = heat.rows.iter().flat_map(|row| row.cells.iter().flatten()).filter(|value| value.is_finite());
        let depths = values.map(|&value| depth(heat.shade, value));
        let (low, high) = depths.fold((f64::MAX, f64::MIN), |(low, high), depth| (low.min(depth), high.max(depth)));
        Self { shade: heat.shade, low, high }
    }

    fn colour(&self, value: f64) -> Rgb {
        let span = self.high - self.low;
        ramp::colour(if span > 0.0 { (depth(self.shade, value) - self.low) / span } else { 0.5 })
    }
}

/// How dark a value is, in units of its own.
fn depth(shade: Shade, value: f64) -> f64 {
    match shade {
        Shade::Share => value,
        Shade::Distance => -(1.0 - value).max(NEAREST).ln(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::HeatRow;

    /// 90, 99 and 99.9 % miss 1/10, 1/100 and 1/1,000: even steps in the logarithm, so the middle one has the middle
    /// colour, where by its share it would be all but the darkest.
    #[test]
    fn what_is_missing_is_shaded_by_its_logarithm() {
        let row = HeatRow { label: String::new(), cells: [0.9, 0.99, 0.999].map(Some).to_vec(), note: String::new() };
        let heat = |shade| Heat {
            x_label: String::new(),
            y_label: String::new(),
            columns: vec![String::new(); 3],
            controls: 0,
            shade,
            rows: vec![row.clone()],
        };
        assert_eq!(Shades::of(&heat(Shade::Distance)).colour(0.99), ramp::colour(0.5));
        let by_share = Shades::of(&heat(Shade::Share)).colour(0.99);
        assert_eq!(by_share, ramp::colour(0.09 / 0.099));
        // The whole is finite, and no darker than the darkest.
        assert_eq!(Shades::of(&heat(Shade::Distance)).colour(1.0), ramp::colour(1.0));
    }
}
