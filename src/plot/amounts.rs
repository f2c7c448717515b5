//! Amounts on a logarithmic axis, one row each, grouped: a marker, the replicates behind it as pale dots, its number in
//! words, and vertical lines to compare with. An amount that is only known to be larger has an arrow.
//!
//! Dots and not bars, because a logarithmic axis has no zero from which a bar could grow (Cleveland 1985).

use super::PlotError;
use super::axes;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::Window;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit, width};
use super::theme::{self, GREY_TEXT, GRID, INK, LABEL, REFERENCE, SMALL};
use crate::finding::{Amount, Amounts, Mark};

const ROW: f64 = 24.0;
/// Above the name of a group.
const AIR: f64 = 12.0;
/// Most room for the words before and after an amount.
const NAMES: f64 = 230.0;
const TEXTS: f64 = 210.0;
/// Length of the arrow of an amount that is only known to be larger.
const ARROW: f64 = 26.0;
/// The axis goes on by this factor beyond the data on both sides.
const MARGIN_FACTOR: f64 = 1.1;

/// Draws the rows and says where they end.
pub(super) fn draw(canvas: &mut Canvas, amounts: &Amounts) -> Result<f64, PlotError> {
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: INK };
    let rows = || amounts.groups.iter().flat_map(|group| &group.rows);
    let widest =
        |words: fn(&Amount) -> &str| rows().map(|row| width(words(row), bold.weight, bold.size)).fold(0.0, f64::max);
    let names = widest(|row| &row.label).min(NAMES);
    let texts = widest(|row| &row.text).min(TEXTS);

    let values = rows().flat_map(|row| row.replicates.iter().chain([&row.value])).copied();
    let range = axes::x_range(values.chain(amounts.marks.iter().map(|mark| mark.value)));
    let range = axes::round_range((range.0 / MARGIN_FACTOR, range.1 * MARGIN_FACTOR));
    // One line of words per mark, so that they cannot meet.
    let top = canvas.top + 6.0 + amounts.marks.len() as f64 * 1.4 * SMALL;
    let height: f64 = amounts.groups.iter().map(|group| AIR + (1 + group.rows.len()) as f64 * ROW).sum();
    let plane = Plane {
        left: MARGIN + names + 34.0,
        top,
        right: WIDTH - MARGIN - texts - ARROW - 14.0,
        bottom: top + height + 8.0,
        window: Window { x: (range.0.log10(), range.1.log10()), y: (0.0, 1.0) },
    };

    let ticks = axes::x_ticks_and_ends(range);
    let strokes = plane::on_paper(plane.bottom, |paper| {
        for tick in &ticks {
            let x = plane.place((tick.at.log10(), 0.0)).0;
            plane::line(paper, &[(x, plane.top), (x, plane.bottom)], GRID, 1.0)?;
        }
        marks(canvas, paper, amounts, &plane)?;
        plane::count_axis(canvas, paper, &amounts.x_label, &plane, &ticks)?;
        let mut y = top;
        for group in &amounts.groups {
            y += AIR + ROW;
            let name = fit(&group.name, bold.weight, bold.size, WIDTH - 2.0 * MARGIN);
            canvas.text_with_halo((MARGIN, y - ROW / 2.0), Anchor::Start, bold, &name);
            for row in &group.rows {
                y += ROW;
                amount(canvas, paper, row, y - ROW / 2.0, &plane)?;
            }
        }
        Ok(())
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + plane::AXIS_ROOM)
}

/// Vertical lines, each with its words above the rows. From the left, each line of words below the one before: so the
/// lines meet no words but their own.
fn marks(canvas: &mut Canvas, paper: &Paper, amounts: &Amounts, plane: &Plane) -> Outcome {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut marks: Vec<&Mark> = amounts.marks.iter().filter(|mark| axes::has_place(mark.value)).collect();
    marks.sort_by(|a, b| a.value.total_cmp(&b.value));
    for (index, mark) in marks.into_iter().enumerate() {
        let y = canvas.top + 6.0 + index as f64 * 1.4 * SMALL;
        let x = plane.place((mark.value.log10(), 0.0)).0;
        plane::dashed(paper, &[(x, y + 0.7 * SMALL), (x, plane.bottom)], REFERENCE, 1.4)?;
        let text = fit(&mark.label, style.weight, style.size, WIDTH - 2.0 * MARGIN);
        let left = (x + 6.0).min(WIDTH - MARGIN - width(&text, style.weight, style.size));
        canvas.text_with_halo((left, y), Anchor::Start, style, &text);
    }
    Ok(())
}

/// One row: the words, a thin line to lead the eye, the replicates, the marker, the number.
fn amount(canvas: &mut Canvas, paper: &Paper, row: &Amount, y: f64, plane: &Plane) -> Outcome {
    let look = theme::look(&row.actor);
    let style = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
    plane::marker(paper, (MARGIN + 8.0, y), look.marker, look.colour)?;
    canvas.text((MARGIN + 20.0, y), Anchor::Start, style, &fit(&row.label, style.weight, style.size, NAMES));
    let text = fit(&row.text, style.weight, style.size, TEXTS);
    canvas.text((plane.right + ARROW + 14.0, y), Anchor::Start, style, &text);
    if !axes::has_place(row.value) {
        return Ok(());
    }
    let across = |value: f64| plane.place((value.log10(), 0.0)).0;
    let x = across(row.value);
    plane::line(paper, &[(plane.left, y), (x, y)], GRID, 1.6)?;
    for replicate in row.replicates.iter().filter(|replicate| axes::has_place(**replicate)) {
        plane::dot(paper, (across(*replicate), y), look.colour)?;
    }
    if row.open {
        let tip = x + ARROW;
        plane::line(paper, &[(x, y), (tip, y)], look.colour, 1.8)?;
        plane::line(paper, &[(tip - 6.0, y - 4.0), (tip, y), (tip - 6.0, y + 4.0)], look.colour, 1.8)?;
    }
    plane::marker(paper, (x, y), look.marker, look.colour)
}
