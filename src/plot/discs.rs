//! Probabilities as discs in rows: a ring each, filled in proportion to its area.

use super::PlotError;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::plane::{self, Outcome, Paper};
use super::text::{Weight, fit, width};
use super::theme::{self, GREY_TEXT, INK, LABEL, Rgb, SMALL};
use crate::finding::{DiscRow, Discs};

const ROW: f64 = 30.0;
/// Above the name of a group.
const AIR: f64 = 8.0;
const RADIUS: f64 = 11.0;
/// From one disc to the next, where there is room.
const STEP: f64 = 46.0;
/// Most room for the words before and after the discs.
const NAMES: f64 = 240.0;
const TEXTS: f64 = 120.0;

/// Draws the rows and says where they end.
pub(super) fn draw(canvas: &mut Canvas, discs: &Discs) -> Result<f64, PlotError> {
    let rows = || discs.groups.iter().flat_map(|group| &group.rows);
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: INK };
    let widest =
        |words: fn(&DiscRow) -> &str| rows().map(|row| width(words(row), bold.weight, bold.size)).fold(0.0, f64::max);
    let (names, texts) = (widest(|row| &row.label).min(NAMES), widest(|row| &row.text).min(TEXTS));
    let left = MARGIN + names + 18.0;
    let room = WIDTH - MARGIN - texts - 14.0 - left;
    let most = rows().map(|row| row.cells.len()).max().unwrap_or(0).max(1);
    let step = (room / most as f64).min(STEP);
    let end = left + most as f64 * step + 14.0;
    let actors: Vec<&str> = rows().map(|row| row.actor.as_str()).collect();
    let mut looks = theme::looks(&actors).into_iter();
    let headed = discs.groups.iter().filter(|group| !group.name.is_empty()).count();
    let bottom = canvas.top + headed as f64 * (AIR + ROW) + rows().count() as f64 * ROW;
    let mut y = canvas.top;
    let strokes = plane::on_paper(bottom + 2.0 * ROW, |paper| {
        for group in &discs.groups {
            if !group.name.is_empty() {
                y += AIR + ROW;
                let name = fit(&group.name, bold.weight, bold.size, WIDTH - 2.0 * MARGIN);
                canvas.text((MARGIN, y - ROW / 2.0), Anchor::Start, bold, &name);
            }
            for (row, look) in group.rows.iter().zip(looks.by_ref()) {
                y += ROW;
                let style = Style { colour: look.colour, ..bold };
                let middle = y - ROW / 2.0;
                let label = fit(&row.label, style.weight, style.size, names);
                canvas.text((MARGIN, middle), Anchor::Start, style, &label);
                canvas.text((end, middle), Anchor::Start, style, &fit(&row.text, style.weight, style.size, TEXTS));
                let radius = RADIUS.min(step / 2.0 - 1.0).max(0.5);
                for (column, cell) in row.cells.iter().enumerate() {
                    let Some(share) = cell.filter(|share| share.is_finite()) else { continue };
                    let x = left + (column as f64 + 0.5) * step;
                    disc(paper, (x, middle), (radius, share), look.colour)?;
                }
            }
        }
        key(canvas, paper, discs, bottom + 20.0)
    })?;
    canvas.shapes(&strokes);
    Ok(bottom + 28.0)
}

/// A ring with a disc in it, whose area is to that of the ring as the share is to the whole.
fn disc(paper: &Paper, centre: (f64, f64), (radius, share): (f64, f64), colour: Rgb) -> Outcome {
    plane::hoop(paper, centre, radius, colour)?;
    let filled = radius * share.clamp(0.0, 1.0).sqrt();
    if filled > 0.1 { plane::full_disc(paper, centre, filled, colour) } else { Ok(()) }
}

/// What a full and an empty disc mean.
fn key(canvas: &mut Canvas, paper: &Paper, discs: &Discs, y: f64) -> Outcome {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut x = MARGIN;
    for (share, words) in [(1.0, &discs.full), (0.0, &discs.empty)] {
        disc(paper, (x + 7.0, y), (7.0, share), GREY_TEXT)?;
        let words = fit(words, style.weight, style.size, (WIDTH - 2.0 * MARGIN) / 2.0 - 24.0);
        canvas.text((x + 20.0, y), Anchor::Start, style, &words);
        x += 20.0 + width(&words, style.weight, style.size) + 22.0;
    }
    Ok(())
}
