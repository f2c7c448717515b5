//! Shares against a count on a logarithmic axis: bands, lines, references, and direct labels at the right.
//!
//! Plotters draws every stroke; the canvas writes every text.

use super::PlotError;
use super::axes;
use super::callouts;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{self, Window, Xy};
use super::labels;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit};
use super::theme::{self, GREY_TEXT, GRID, INK, LABEL, Look, REFERENCE};
use crate::finding::{Curves, Point, Series};

const HEIGHT: f64 = 430.0;

/// One curve, ready to draw: in its actor's look, and only points that have a place on the axes.
pub(super) struct Curve<'a> {
    pub(super) series: &'a Series,
    pub(super) look: Look,
    /// Logarithm of the count, and mean.
    pub(super) means: Vec<Xy>,
    lows: Vec<Xy>,
    highs: Vec<Xy>,
}

impl<'a> Curve<'a> {
    fn new(series: &'a Series, look: Look) -> Self {
        let sound = |point: &&Point| {
            axes::has_place(point.x) && [point.mean, point.low, point.high].iter().all(|value| value.is_finite())
        };
        let points: Vec<&Point> = series.points.iter().filter(sound).collect();
        let along = |height: fn(&Point) -> f64| points.iter().map(|point| (point.x.log10(), height(point))).collect();
        let (means, lows, highs) = (along(|point| point.mean), along(|point| point.low), along(|point| point.high));
        Self { series, look, means, lows, highs }
    }
}

/// Draws the curves and says where they end.
pub(super) fn draw(canvas: &mut Canvas, curves: &Curves) -> Result<f64, PlotError> {
    let actors: Vec<&str> = curves.series.iter().map(|series| series.actor.as_str()).collect();
    let looks = theme::looks(&actors);
    let lines: Vec<Curve> = curves.series.iter().zip(looks).map(|(series, look)| Curve::new(series, look)).collect();
    let labels = labels::collect(curves, &lines);

    let x_range = axes::x_range(curves.series.iter().flat_map(|series| &series.points).map(|point| point.x));
    let (low, step) = axes::y_range(curves);
    let top = canvas.top + 10.0;
    let plane = Plane {
        left: MARGIN + 70.0,
        top,
        right: WIDTH - MARGIN - labels::column(&labels),
        bottom: top + HEIGHT,
        window: Window { x: (x_range.0.log10(), x_range.1.log10()), y: (low, 1.0) },
    };

    let strokes = plane::on_paper(plane.bottom, |paper| {
        grid(canvas, paper, curves, &plane, step)?;
        plane::count_axis(canvas, paper, &curves.x_label, &plane, x_range)?;
        strokes(paper, curves, &lines, &plane)?;
        callouts::draw(canvas, paper, curves, &lines, &plane)?;
        labels::draw(canvas, paper, &labels, &plane)
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + 50.0)
}

/// Horizontal lines with their percentages, and the threshold.
fn grid(canvas: &mut Canvas, paper: &Paper, curves: &Curves, plane: &Plane, step: f64) -> Outcome {
    let style = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    let height = |share: f64| plane.place((0.0, share)).1;
    let threshold = curves.threshold.filter(|level| plane.window.y.0 <= *level && *level <= 1.0);
    for tick in axes::y_ticks(plane.window.y.0, step) {
        let y = height(tick.at);
        plane::line(paper, &[(plane.left, y), (plane.right, y)], GRID, 1.0)?;
        // The threshold's own number stands in the same column and goes first.
        if threshold.is_none_or(|level| (height(level) - y).abs() > 1.3 * LABEL) {
            canvas.text((plane.left - 10.0, y), Anchor::End, style, &tick.text);
        }
    }
    if let Some(level) = threshold {
        let y = height(level);
        plane::line(paper, &[(plane.left - 5.0, y), (plane.right, y)], GREY_TEXT, 1.0)?;
        let digits = if (level * 100.0).fract().abs() < 1e-6 { 0 } else { 1 };
        let style = Style { size: LABEL, weight: Weight::Bold, colour: INK };
        canvas.text((plane.left - 10.0, y), Anchor::End, style, &axes::percent(level, digits));
    }
    let name = fit(&curves.y_label, Weight::Regular, LABEL, HEIGHT);
    let style = Style { size: LABEL, weight: Weight::Regular, colour: INK };
    canvas.text_upwards((MARGIN + 7.0, (plane.top + plane.bottom) / 2.0), style, &name);
    Ok(())
}

/// Bands below references below curves, the most important curve on top.
fn strokes(paper: &Paper, curves: &Curves, lines: &[Curve], plane: &Plane) -> Outcome {
    let placed = |points: &[Xy]| points.iter().map(|point| plane.place(*point)).collect::<Vec<Xy>>();
    for curve in lines.iter().rev() {
        let corners: Vec<Xy> = curve.highs.iter().chain(curve.lows.iter().rev()).copied().collect();
        let corners = clip::area(&corners, &plane.window);
        if curve.means.len() > 1 && corners.len() > 2 {
            plane::wash(paper, &placed(&corners), curve.look.colour)?;
        }
    }
    for reference in &curves.references {
        if plane.window.y.0 <= reference.value && reference.value <= 1.0 {
            let y = plane.place((0.0, reference.value)).1;
            plane::dashed(paper, &[(plane.left, y), (plane.right, y)], REFERENCE, 1.2)?;
        }
    }
    for curve in lines.iter().rev() {
        for part in clip::line(&curve.means, &plane.window) {
            plane::line(paper, &placed(&part), curve.look.colour, 2.8)?;
        }
        for point in curve.means.iter().filter(|point| plane.window.contains(**point)) {
            plane::marker(paper, plane.place(*point), curve.look.marker, curve.look.colour)?;
        }
    }
    Ok(())
}
