//! Amounts against counts, both on logarithmic axes: bands, lines, levels to compare with, and names at the right.

use super::PlotError;
use super::axes;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{Window, Xy};
use super::labels;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit};
use super::theme::{self, GREY_TEXT, GRID, INK, LABEL, Look, REFERENCE};
use crate::finding::{Decades, Point};

const HEIGHT: f64 = 400.0;

/// A line in logarithms.
struct Line<'a> {
    label: &'a str,
    look: Look,
    means: Vec<Xy>,
    lows: Vec<Xy>,
    highs: Vec<Xy>,
}

/// Draws the curves and says where they end.
pub(super) fn draw(canvas: &mut Canvas, decades: &Decades) -> Result<f64, PlotError> {
    let actors: Vec<&str> = decades.series.iter().map(|series| series.actor.as_str()).collect();
    let placed = |point: &&Point| [point.x, point.mean, point.low, point.high].into_iter().all(axes::has_place);
    let lines = decades.series.iter().zip(theme::looks(&actors)).map(|(series, look)| {
        let points: Vec<&Point> = series.points.iter().filter(placed).collect();
        let along = |height: fn(&Point) -> f64| points.iter().map(|p| (p.x.log10(), height(p).log10())).collect();
        let (means, lows, highs) = (along(|p| p.mean), along(|p| p.low), along(|p| p.high));
        Line { label: &series.label, look, means, lows, highs }
    });
    let lines: Vec<Line> = lines.collect();
    let names: Vec<_> =
        lines.iter().filter_map(|line| Some(labels::at_end(*line.means.last()?, line.label, line.look))).collect();

    let points = || decades.series.iter().flat_map(|series| &series.points);
    let x_range = axes::x_range(points().map(|point| point.x));
    let heights = points().flat_map(|point| [point.low, point.high]);
    let (low, high) = axes::x_range(heights.chain(decades.levels.iter().map(|level| level.value)));
    let y_range = axes::round_range((low, high));
    plane::heading(canvas, &decades.y_label);
    let top = canvas.top + 12.0;
    let plane = Plane {
        left: MARGIN + 52.0,
        top,
        right: WIDTH - MARGIN - labels::column(&names),
        bottom: top + HEIGHT,
        window: Window { x: (x_range.0.log10(), x_range.1.log10()), y: (y_range.0.log10(), y_range.1.log10()) },
    };
    let strokes = plane::on_paper(plane.bottom, |paper| {
        upright(canvas, paper, decades, &plane, y_range)?;
        let ticks = axes::x_ticks_at(points().map(|point| point.x), x_range);
        plane::count_axis(canvas, paper, &decades.x_label, &plane, &ticks)?;
        for line in lines.iter().rev().filter(|line| line.means.len() > 1) {
            let corners = line.highs.iter().chain(line.lows.iter().rev()).map(|at| plane.place(*at));
            plane::wash(paper, &corners.collect::<Vec<Xy>>(), line.look.colour)?;
        }
        for line in lines.iter().rev() {
            let places: Vec<Xy> = line.means.iter().map(|at| plane.place(*at)).collect();
            if places.len() > 1 {
                plane::line(paper, &places, line.look.colour, 2.8)?;
            }
            for place in places {
                plane::marker(paper, place, line.look.marker, line.look.colour)?;
            }
        }
        labels::draw(canvas, paper, &names, &plane)
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + plane::AXIS_ROOM)
}

/// The vertical axis with its ticks, and the levels.
fn upright(canvas: &mut Canvas, paper: &Paper, decades: &Decades, plane: &Plane, range: (f64, f64)) -> Outcome {
    let height = |amount: f64| plane.place((0.0, amount.log10())).1;
    let levels: Vec<_> = decades.levels.iter().filter(|level| axes::has_place(level.value)).collect();
    let style = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    for tick in axes::x_ticks_and_ends(range) {
        let y = height(tick.at);
        plane::line(paper, &[(plane.left, y), (plane.right, y)], GRID, 1.0)?;
        if levels.iter().all(|level| (height(level.value) - y).abs() > 1.3 * LABEL) {
            canvas.text((plane.left - 10.0, y), Anchor::End, style, &tick.text);
        }
    }
    for level in levels {
        let y = height(level.value);
        plane::dashed(paper, &[(plane.left, y), (plane.right, y)], REFERENCE, 1.4)?;
        let style = Style { size: LABEL, weight: Weight::Bold, colour: INK };
        canvas.text((plane.left - 10.0, y), Anchor::End, style, &fit(&level.label, style.weight, style.size, 40.0));
    }
    Ok(())
}
