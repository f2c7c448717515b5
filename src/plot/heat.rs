//! A grid of cells, darker for more, each with its number; controls stand apart.
//!
//! Colours come in steps, so that neighbours which differ look different, and each step has a counterpart on a dark
//! screen.

use super::axes::round_percent;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH, number};
use super::plane;
use super::ramp::{self, STEPS};
use super::text::{Weight, fit, width, wrap};
use super::theme::{GREY_TEXT, INK, LABEL, PALE, Rgb, SMALL, hex, luminance};
use crate::finding::{Heat, Shade};

const ROW: f64 = 44.0;
const WIDEST_CELL: f64 = 92.0;
/// Before the controls.
const GAP: f64 = 14.0;
/// Before the words after a row, and most room for these.
const AIR: f64 = 8.0;
const TEXTS: f64 = 110.0;
/// Most room for the names of the rows: more where columns are few, and each has this.
const NAMES: f64 = 150.0;
const NARROW_CELL: f64 = 64.0;
/// Type sizes of numbers and of columns' names: smaller where cells are narrow.
const NUMBERS: [f64; 3] = [LABEL, SMALL, 12.0];
const HEADS: [f64; 3] = [SMALL, 13.0, 12.0];
const WHITE: Rgb = [255; 3];

/// Draws the grid and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, heat: &Heat) -> f64 {
    let label = Style { size: LABEL, weight: Weight::Regular, colour: INK };
    let bold = Style { weight: Weight::Bold, ..label };
    plane::heading(canvas, &heat.y_label);
    let columns = heat.columns.len().max(1);
    let most = (WIDTH - 2.0 * MARGIN - GAP - columns as f64 * NARROW_CELL).max(NAMES);
    let names = heat.rows.iter().map(|row| width(&row.label, label.weight, label.size)).fold(0.0, f64::max).min(most);
    let left = MARGIN + names + 10.0;
    let words = heat.rows.iter().map(|row| width(&row.text, bold.weight, bold.size));
    let words = words.fold(width(&heat.texts, label.weight, SMALL), f64::max).min(TEXTS);
    let cell = ((WIDTH - MARGIN - GAP - left - words) / columns as f64).min(WIDEST_CELL);
    let controls_from = columns.saturating_sub(heat.controls);
    let at = |column: usize| left + column as f64 * cell + if column >= controls_from { GAP } else { 0.0 };
    let top = canvas.top + 10.0;
    let others_from = heat.rows.len().saturating_sub(heat.others);
    let apart = |row: usize| if heat.others > 0 && row >= others_from { GAP } else { 0.0 };
    let down = |row: usize| top + row as f64 * ROW + apart(row);
    let bottom = down(heat.rows.len());
    let texts = || heat.rows.iter().flat_map(|row| &row.cells).map(|cell| in_cell(*cell));
    let widest = |size: f64| texts().map(|text| width(&text, bold.weight, size)).fold(0.0, f64::max);
    let size = NUMBERS.into_iter().find(|size| widest(*size) <= cell - 5.0).unwrap_or(NUMBERS[2]);

    for (index, row) in heat.rows.iter().enumerate() {
        let y = down(index);
        let middle = y + ROW / 2.0;
        canvas.text((left - 10.0, middle), Anchor::End, label, &fit(&row.label, label.weight, label.size, names));
        for (column, value) in row.cells.iter().take(columns).enumerate() {
            let fill = value.filter(|value| value.is_finite()).map_or(PALE, |value| shade(heat.shade, value));
            square(canvas, (at(column), y), (cell - 2.0, ROW - 2.0), fill);
            let style = Style { colour: readable_on(fill), size, ..bold };
            let text = fit(&in_cell(*value), style.weight, style.size, cell - 4.0);
            canvas.text((at(column) + cell / 2.0 - 1.0, middle - 1.0), Anchor::Middle, style, &text);
        }
        let text = fit(&row.text, bold.weight, bold.size, words);
        canvas.text((at(columns) + AIR, middle - 1.0), Anchor::Start, bold, &text);
    }
    let small = Style { size: SMALL, colour: GREY_TEXT, ..label };
    let head = fit(&heat.texts, small.weight, small.size, words);
    canvas.text((at(columns) + AIR, top - 10.0), Anchor::Start, small, &head);
    let end = heads(canvas, heat, bottom, cell, at);
    let name = fit(&heat.x_label, label.weight, label.size, WIDTH - 2.0 * MARGIN);
    let half = width(&name, label.weight, label.size) / 2.0;
    let middle = ((left + at(columns - 1) + cell) / 2.0).clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text((middle, end + 16.0), Anchor::Middle, label, &name);
    match heat.shade {
        Shade::Share => end + 24.0,
        Shade::Distance => key(canvas, end + 44.0),
    }
}

/// What stands in a cell: a percentage, with a decimal unless it is none or all.
fn in_cell(value: Option<f64>) -> String {
    match value.filter(|value| value.is_finite()) {
        Some(value) if value == 0.0 || value == 1.0 => format!("{:.0}", 100.0 * value),
        Some(value) => format!("{:.1}", 100.0 * value),
        None => "–".to_owned(),
    }
}

fn square(canvas: &mut Canvas, (x, y): (f64, f64), (wide, high): (f64, f64), fill: Rgb) {
    let (x, y, wide, high, fill) = (number(x), number(y), number(wide), number(high), hex(fill));
    canvas.shapes(&format!(r#"<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill}"/>"#));
}

/// The columns' names below the grid: in the largest size in which no word breaks, or else one lower, one higher.
fn heads(canvas: &mut Canvas, heat: &Heat, bottom: f64, cell: f64, at: impl Fn(usize) -> f64) -> f64 {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let words = || heat.columns.iter().flat_map(|name| name.split(' '));
    let fits = |size: &f64| words().all(|word| width(word, style.weight, *size) <= cell - 2.0);
    let size = HEADS.into_iter().find(fits);
    let style = Style { size: size.unwrap_or(SMALL), ..style };
    let line = 1.25 * style.size;
    let room = if size.is_some() { cell - 2.0 } else { 2.0 * cell - 8.0 };
    let names: Vec<Vec<String>> = heat.columns.iter().map(|name| wrap(name, style.weight, style.size, room)).collect();
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * line;
    let mut end = bottom;
    for (column, lines) in names.iter().enumerate() {
        let down = if size.is_none() && column % 2 == 1 { deepest } else { 0.0 };
        for (index, text) in lines.iter().enumerate() {
            let y = bottom + 11.0 + down + index as f64 * line;
            let half = width(text, style.weight, style.size) / 2.0;
            let x = (at(column) + cell / 2.0 - 1.0).min(WIDTH - 4.0 - half);
            canvas.text((x, y), Anchor::Middle, style, text);
        }
        end = end.max(bottom + deepest + down + 6.0);
    }
    end
}

/// Where the steps of [`Shade::Distance`] begin.
const CUTS: [f64; STEPS - 1] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99];

/// What the colours mean, and where the line ends.
fn key(canvas: &mut Canvas, y: f64) -> f64 {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let step = (WIDTH - 2.0 * MARGIN) / STEPS as f64;
    for index in 0..STEPS {
        let x = MARGIN + index as f64 * step;
        square(canvas, (x, y - 7.0), (step - 2.0, 12.0), ramp::step(index));
        let text = match index {
            0 => format!("< {}", round_percent(CUTS[0])),
            _ => format!("≥ {}", round_percent(CUTS[index - 1])),
        };
        canvas.text((x + step / 2.0 - 1.0, y + 16.0), Anchor::Middle, style, &text);
    }
    y + 24.0
}

/// White or ink, whichever stands out more.
fn readable_on(fill: Rgb) -> Rgb {
    let light = luminance(fill) + 0.05;
    if 1.05 / light > light / (luminance(INK) + 0.05) { WHITE } else { INK }
}

/// The colour of a cell.
fn shade(shade: Shade, value: f64) -> Rgb {
    ramp::step(match shade {
        Shade::Share => (value.clamp(0.0, 1.0) * (STEPS - 1) as f64).round() as usize,
        // As printed: 97.96 % is written 98.0 %, and belongs to these.
        Shade::Distance => CUTS.iter().filter(|cut| (1000.0 * value).round() / 1000.0 >= **cut).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By its share, 94 % is as dark as 99 %; by what is missing, each of these has a colour of its own.
    #[test]
    fn what_is_missing_is_shaded_in_steps_that_open_towards_the_whole() {
        let colours = |kind: Shade| [0.4, 0.6, 0.85, 0.94, 0.96, 0.985, 0.99].map(|value| shade(kind, value));
        let by_distance = colours(Shade::Distance);
        assert!(by_distance.is_sorted_by(|a, b| luminance(*a) > luminance(*b)), "{by_distance:?}");
        let by_share = colours(Shade::Share);
        assert_eq!(by_share[3], by_share[6]);
        assert_eq!(shade(Shade::Distance, 0.9796), shade(Shade::Distance, 0.98), "what is printed alike");
        assert_eq!([shade(Shade::Distance, 1.0), shade(Shade::Distance, -1.0)], [ramp::step(6), ramp::step(0)]);
    }
}
