//! Several measures of the same actors, one strip each on a common linear axis: pale dots, a marker at their mean, and
//! behind them the band to compare with.

use super::PlotError;
use super::axes;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::Window;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit, width};
use super::theme::{self, AXIS, GREY_TEXT, GRID, INK, LABEL, Look, PALE, REFERENCE, SMALL};
use crate::finding::{Rungs, Strip, StripRow};

const ROW: f64 = 21.0;
/// Height of a strip's name.
const HEAD: f64 = 24.0;
/// Between two strips.
const AIR: f64 = 10.0;
/// Most room for the words before and after a row.
const NAMES: f64 = 230.0;
const TEXTS: f64 = 110.0;

/// Draws the strips and says where they end.
pub(super) fn draw(canvas: &mut Canvas, rungs: &Rungs) -> Result<f64, PlotError> {
    let rows = || rungs.strips.iter().flat_map(|strip| &strip.rows);
    let widest =
        |words: fn(&StripRow) -> &str| rows().map(|row| width(words(row), Weight::Bold, LABEL)).fold(0.0, f64::max);
    let (names, texts) = (widest(|row| &row.label).min(NAMES), widest(|row| &row.text).min(TEXTS));
    let ends = rungs.strips.iter().flat_map(|strip| [strip.band.0, strip.band.1]);
    let (range, ticks) = axes::even_axis(rows().flat_map(|row| row.values.iter().copied()).chain(ends));
    let height: f64 = rungs.strips.iter().map(|strip| HEAD + strip.rows.len() as f64 * ROW + AIR).sum();
    let plane = Plane {
        left: MARGIN + names + 34.0,
        top: canvas.top + 4.0,
        right: WIDTH - MARGIN - texts - 14.0,
        bottom: canvas.top + 4.0 + height,
        window: Window { x: range, y: (0.0, 1.0) },
    };
    let strokes = plane::on_paper(plane.bottom, |paper| {
        bands(paper, rungs, &plane)?;
        for tick in &ticks {
            let x = plane.place((tick.at, 0.0)).0;
            plane::line(paper, &[(x, plane.top), (x, plane.bottom)], GRID, 1.0)?;
        }
        let numbers: Vec<(f64, String)> =
            ticks.iter().map(|tick| (plane.place((tick.at, 0.0)).0, tick.text.clone())).collect();
        plane::axis_below(canvas, paper, &rungs.x_label, &plane, &numbers)?;
        plane::line(paper, &[(plane.left, plane.bottom), (plane.right, plane.bottom)], AXIS, 1.2)?;
        let mut y = plane.top;
        for strip in &rungs.strips {
            head(canvas, strip, y + HEAD / 2.0, &plane);
            y += HEAD;
            // The looks of one strip are those of all: the actors are the same.
            let actors: Vec<&str> = strip.rows.iter().map(|row| row.actor.as_str()).collect();
            for (row, look) in strip.rows.iter().zip(theme::looks(&actors)) {
                self::row(canvas, paper, row, look, y + ROW / 2.0, &plane)?;
                y += ROW;
            }
            y += AIR;
        }
        Ok(())
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + plane::AXIS_ROOM)
}

/// What the rows of each strip are compared with, below everything else.
fn bands(paper: &Paper, rungs: &Rungs, plane: &Plane) -> Outcome {
    let mut y = plane.top;
    for strip in &rungs.strips {
        let (top, bottom) = (y + HEAD, y + HEAD + strip.rows.len() as f64 * ROW);
        y = bottom + AIR;
        let (low, high) = strip.band;
        if low.is_finite() && high.is_finite() && low < high {
            let [left, right] = [low, high].map(|x| plane.place((x, 0.0)).0);
            plane::area(paper, &[(left, top), (right, top), (right, bottom), (left, bottom)], PALE)?;
            plane::dashed(paper, &[(right, top), (right, bottom)], REFERENCE, 1.2)?;
        }
    }
    Ok(())
}

fn head(canvas: &mut Canvas, strip: &Strip, y: f64, plane: &Plane) {
    let style = Style { size: LABEL, weight: Weight::Bold, colour: INK };
    let name = fit(&strip.name, style.weight, style.size, plane.left - MARGIN - 12.0);
    canvas.text((MARGIN, y), Anchor::Start, style, &name);
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let room = WIDTH - 2.0 * MARGIN - width(&name, Weight::Bold, LABEL) - 12.0;
    let note = fit(&strip.note, style.weight, style.size, room);
    canvas.text_with_halo((WIDTH - MARGIN, y), Anchor::End, style, &note);
}

fn row(canvas: &mut Canvas, paper: &Paper, row: &StripRow, look: Look, y: f64, plane: &Plane) -> Outcome {
    let style = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
    plane::marker(paper, (MARGIN + 8.0, y), look.marker, look.colour)?;
    canvas.text((MARGIN + 20.0, y), Anchor::Start, style, &fit(&row.label, style.weight, style.size, NAMES));
    let text = fit(&row.text, style.weight, style.size, TEXTS);
    canvas.text((plane.right + 14.0, y), Anchor::Start, style, &text);
    let values: Vec<f64> = row.values.iter().copied().filter(|value| value.abs() < 1e9).collect();
    for &value in &values {
        plane::dot(paper, (plane.place((value, 0.0)).0, y), look.colour)?;
    }
    if values.is_empty() {
        return Ok(());
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    plane::marker(paper, (plane.place((mean, 0.0)).0, y), look.marker, look.colour)
}
