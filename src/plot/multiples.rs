//! Small charts below one another on one horizontal axis: a row for each actor, so that no line hides another
//! (Tufte's small multiples).

use super::PlotError;
use super::axes;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{Window, Xy};
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit, width};
use super::theme::{self, AXIS, GREY_TEXT, GRID, INK, LABEL, Look, REFERENCE, SMALL};
use crate::finding::{Multiples, MultiplesRow, Spacing};

/// All rows together are this high, as far as each stays within its limits.
const HEIGHT: f64 = 380.0;
const ROW: (f64, f64) = (40.0, 92.0);
/// Between two rows.
const AIR: f64 = 12.0;
/// Most room for the words before and after a row.
const NAMES: f64 = 150.0;
const TEXTS: f64 = 140.0;
/// Room for the numbers at both ends of the vertical axis.
const NUMBERS: f64 = 46.0;
/// Up to this many points, each has a dot of its own.
const DOTTED: usize = 20;

/// Draws the rows and says where they end.
pub(super) fn draw(canvas: &mut Canvas, multiples: &Multiples) -> Result<f64, PlotError> {
    let rows = &multiples.rows;
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: INK };
    let widest = |words: fn(&MultiplesRow) -> &str| {
        rows.iter().map(|row| width(words(row), bold.weight, bold.size)).fold(0.0, f64::max)
    };
    let small = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let head = fit(&multiples.texts, small.weight, small.size, TEXTS);
    let texts = widest(|row| &row.text).min(TEXTS).max(width(&head, small.weight, small.size));
    let names = widest(|row| &row.label).min(NAMES);
    let scale = Scale::of(multiples);
    plane::heading(canvas, &multiples.y_label);
    let top = canvas.top + 10.0 + if multiples.marks.is_empty() { 0.0 } else { 1.4 * SMALL };
    let step = (HEIGHT / rows.len().max(1) as f64).clamp(ROW.0, ROW.1);
    let whole = Plane {
        left: MARGIN + names + NUMBERS,
        top,
        right: WIDTH - MARGIN - texts - 12.0,
        bottom: top + step * rows.len().max(1) as f64,
        window: scale.window,
    };
    let actors: Vec<&str> = rows.iter().map(|row| row.actor.as_str()).collect();
    let strokes = plane::on_paper(whole.bottom, |paper| {
        for (index, (row, look)) in rows.iter().zip(theme::looks(&actors)).enumerate() {
            let bottom = top + step * (index + 1) as f64;
            let own = Plane { top: bottom - step + AIR, bottom, ..whole };
            if index == 0 {
                ends(canvas, &scale, &own);
            }
            small_chart(canvas, paper, row, look, &scale, &own)?;
        }
        marks(canvas, paper, multiples, &scale, &whole)?;
        canvas.text((whole.right + 12.0, canvas.top - 8.0), Anchor::Start, small, &head);
        let ticks: Vec<(f64, String)> =
            scale.ticks.iter().map(|(at, text)| (whole.place((*at, 0.0)).0, text.clone())).collect();
        plane::axis_below(canvas, paper, &multiples.x_label, &whole, &ticks)
    })?;
    canvas.shapes(&strokes);
    Ok(whole.bottom + plane::AXIS_ROOM)
}

/// Where numbers and amounts stand on the axes.
struct Scale {
    spacing: Spacing,
    window: Window,
    /// Along the horizontal axis, the more important first.
    ticks: Vec<(f64, String)>,
    /// At the lower and the upper end of the vertical one.
    ends: [String; 2],
}

impl Scale {
    fn of(multiples: &Multiples) -> Self {
        let numbers = || multiples.rows.iter().flat_map(|row| &row.points).map(|point| point.0);
        let amounts = multiples.rows.iter().flat_map(|row| &row.points).map(|point| point.1);
        match multiples.spacing {
            Spacing::SharesOverCounts => {
                let range = axes::x_range(numbers());
                let ticks = axes::x_ticks_and_ends(range);
                Self {
                    spacing: multiples.spacing,
                    window: Window { x: (range.0.log10(), range.1.log10()), y: (0.0, 1.0) },
                    ticks: ticks.into_iter().map(|tick| (tick.at.log10(), tick.text)).collect(),
                    ends: [0.0, 1.0].map(axes::round_percent),
                }
            }
            Spacing::AmountsOverNumbers => {
                let (across, ticks) = axes::even_axis(numbers());
                let range = axes::round_range(axes::x_range(amounts));
                Self {
                    spacing: multiples.spacing,
                    window: Window { x: across, y: (range.0.log10(), range.1.log10()) },
                    ticks: ticks.into_iter().map(|tick| (tick.at, tick.text)).collect(),
                    ends: [range.0, range.1].map(axes::count),
                }
            }
        }
    }

    fn across(&self, number: f64) -> Option<f64> {
        match self.spacing {
            Spacing::SharesOverCounts => axes::has_place(number).then(|| number.log10()),
            Spacing::AmountsOverNumbers => (number.abs() < 1e9).then_some(number),
        }
    }

    fn up(&self, amount: f64) -> Option<f64> {
        match self.spacing {
            Spacing::SharesOverCounts => amount.is_finite().then(|| amount.clamp(0.0, 1.0)),
            Spacing::AmountsOverNumbers => axes::has_place(amount).then(|| amount.log10()),
        }
    }
}

/// One row: its name, the area below its curve, the curve, and its words.
fn small_chart(
    canvas: &mut Canvas,
    paper: &Paper,
    row: &MultiplesRow,
    look: Look,
    scale: &Scale,
    plane: &Plane,
) -> Outcome {
    let middle = (plane.top + plane.bottom) / 2.0;
    let style = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
    canvas.text((MARGIN, middle), Anchor::Start, style, &fit(&row.label, style.weight, style.size, NAMES));
    let text = fit(&row.text, style.weight, style.size, TEXTS);
    canvas.text((plane.right + 12.0, middle), Anchor::Start, style, &text);
    plane::line(paper, &[(plane.left, plane.top), (plane.right, plane.top)], GRID, 1.0)?;
    let sound = row.points.iter().filter_map(|&(number, amount)| Some((scale.across(number)?, scale.up(amount)?)));
    let places: Vec<Xy> = sound.map(|point| plane.place(point)).collect();
    if let (Some(first), Some(last)) = (places.first(), places.last()) {
        let ground = [(last.0, plane.bottom), (first.0, plane.bottom)];
        let corners: Vec<Xy> = places.iter().copied().chain(ground).collect();
        plane::shade(paper, &corners, look.colour)?;
        plane::line(paper, &places, look.colour, 2.6)?;
    }
    if places.len() <= DOTTED {
        places.iter().try_for_each(|place| plane::point(paper, *place, look.colour))?;
    }
    plane::line(paper, &[(plane.left, plane.bottom), (plane.right, plane.bottom)], AXIS, 1.2)?;
    let level =
        row.level.and_then(|level| scale.up(level)).filter(|at| (plane.window.y.0..=plane.window.y.1).contains(at));
    if let Some(y) = level.map(|at| plane.place((0.0, at)).1) {
        plane::dashed(paper, &[(plane.left, y), (plane.right, y)], REFERENCE, 1.2)?;
    }
    let marked = row.mark.and_then(|mark| scale.across(mark));
    if let Some(x) = marked.map(|at| plane.place((at, 0.0)).0).filter(|x| (plane.left..=plane.right).contains(x)) {
        plane::dashed(paper, &[(x, plane.top), (x, plane.bottom)], look.colour, 1.6)?;
        let style = Style { size: SMALL, ..style };
        let number = axes::count(row.mark.unwrap_or_default());
        canvas.text_with_halo((x + 5.0, plane.top + 8.0), Anchor::Start, style, &number);
    }
    Ok(())
}

/// The numbers at both ends of the vertical axis, beside the first row: those of the others are the same.
fn ends(canvas: &mut Canvas, scale: &Scale, plane: &Plane) {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let [low, high] = &scale.ends;
    for (text, y) in [(low, plane.bottom - 4.0), (high, plane.top + 4.0)] {
        canvas.text((plane.left - 6.0, y), Anchor::End, style, text);
    }
}

/// Vertical lines through all rows, with their words above: on the side where there is room.
fn marks(canvas: &mut Canvas, paper: &Paper, multiples: &Multiples, scale: &Scale, plane: &Plane) -> Outcome {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut free_from = MARGIN;
    for mark in &multiples.marks {
        let Some(at) = scale.across(mark.value) else { continue };
        let x = plane.place((at, 0.0)).0;
        if !(plane.left..=plane.right).contains(&x) {
            continue;
        }
        plane::dashed(paper, &[(x, plane.top + 4.0), (x, plane.bottom)], REFERENCE, 1.4)?;
        let text = fit(&mark.label, style.weight, style.size, WIDTH - 2.0 * MARGIN);
        let wide = width(&text, style.weight, style.size);
        let left = (x - wide / 2.0).clamp(MARGIN, WIDTH - MARGIN - wide);
        if left >= free_from {
            canvas.text((left, plane.top - 0.4 * SMALL), Anchor::Start, style, &text);
            free_from = left + wide + 8.0;
        }
    }
    Ok(())
}
