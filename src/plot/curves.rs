//! Shares against a count on a logarithmic axis: bands, lines, references, and direct labels.
//!
//! Plotters draws every stroke; the canvas writes every text.

use super::PlotError;
use super::axes;
use super::callouts;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{self, Window, Xy};
use super::labels::{self, Label};
use super::levels;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::Weight;
use super::theme::{self, GREY_TEXT, GRID, INK, LABEL, Look, REFERENCE};
use crate::finding::{Curves, Point, Scale, Series};

const HEIGHT: f64 = 400.0;
/// Room for the numbers of the vertical axis.
const NUMBERS: f64 = 56.0;

/// One curve, ready to draw: in its actor's look, and only points that have a place on the axes.
pub(super) struct Curve<'a> {
    pub(super) series: &'a Series,
    pub(super) look: Look,
    /// Logarithm of the count, and height of the mean.
    pub(super) means: Vec<Xy>,
    lows: Vec<Xy>,
    highs: Vec<Xy>,
}

impl<'a> Curve<'a> {
    fn new(series: &'a Series, look: Look, scale: Scale) -> Self {
        let points: Vec<&Point> = series.points.iter().filter(|point| sound(point)).collect();
        let along = |share: fn(&Point) -> f64| {
            points.iter().map(|point| (point.x.log10(), axes::height(scale, share(point)))).collect()
        };
        let (means, lows, highs) = (along(|point| point.mean), along(|point| point.low), along(|point| point.high));
        // Grey is for what the figure is not about: it needs no colour of its own.
        let look = if series.quiet { Look { colour: REFERENCE, ..look } } else { look };
        Self { series, look, means, lows, highs }
    }

    /// Its name; and where it ends, where it is not in grey; and where it begins, of a line with few points.
    fn label(&self) -> Option<Label> {
        const FEW: usize = 4;
        let (end, name) = (*self.means.last()?, &self.series.label);
        if self.series.quiet {
            return Some(labels::quiet(end, name));
        }
        let mut sound = self.series.points.iter().filter(|point| sound(point));
        let (first, points) = (sound.next()?.mean, self.means.len());
        let last = sound.next_back().map_or(first, |point| point.mean);
        let number = axes::percent(last, usize::from(last < 1.0));
        let from = if (2..=FEW).contains(&points) { format!("{:.1} to ", 100.0 * first) } else { String::new() };
        Some(labels::at_end(end, name, self.look).with(&format!("{from}{number}")))
    }
}

/// Whether a point has a place on the axes.
fn sound(point: &Point) -> bool {
    axes::has_place(point.x) && [point.mean, point.low, point.high].iter().all(|value| value.is_finite())
}

/// Draws the curves and says where they end.
pub(super) fn draw(canvas: &mut Canvas, curves: &Curves) -> Result<f64, PlotError> {
    let actors: Vec<&str> = curves.series.iter().map(|series| series.actor.as_str()).collect();
    let series = curves.series.iter().zip(theme::looks(&actors));
    let lines: Vec<Curve> = series.map(|(series, look)| Curve::new(series, look, curves.scale)).collect();
    let shares = axes::y_shares(curves);
    let height = |share: f64| axes::height(curves.scale, share);
    let ends = (height(shares[0]), height(shares[shares.len() - 1]));

    let x_range = axes::x_range(curves.series.iter().flat_map(|series| &series.points).map(|point| point.x));
    plane::heading(canvas, &axes::y_name(curves));
    let top = canvas.top + 12.0;
    let place = |labels: &[Label]| Plane {
        left: MARGIN + NUMBERS,
        top,
        right: WIDTH - MARGIN - labels::column(labels),
        bottom: top + HEIGHT,
        window: Window { x: (x_range.0.log10(), x_range.1.log10()), y: ends },
    };
    // The references' names go into the plot where they meet nothing, and to the curves' names where they would. These
    // make the plot narrower, and so it is settled anew until nothing moves.
    let named: Vec<Label> = lines.iter().filter_map(Curve::label).collect();
    let known = levels::known(curves);
    let grid_at: Vec<f64> = shares.iter().map(|&share| height(share)).collect();
    let mut plane = place(&named);
    let (inside, labels) = loop {
        let (inside, beside) = levels::settle(&known, &lines, &grid_at, &plane);
        let labels: Vec<Label> = named.iter().cloned().chain(beside).collect();
        let narrower = place(&labels);
        if narrower.right >= plane.right {
            break (inside, labels);
        }
        plane = narrower;
    };
    let counts = curves.series.iter().flat_map(|series| &series.points).map(|point| point.x);
    let ticks = axes::x_ticks_at(counts, x_range);

    let strokes = plane::on_paper(plane.bottom, |paper| {
        grid(canvas, paper, curves, &plane, &shares)?;
        plane::count_axis(canvas, paper, &curves.x_label, &plane, &ticks)?;
        strokes(paper, &lines, &plane)?;
        let taken = levels::draw(canvas, paper, &known, &inside, &plane)?;
        callouts::draw(canvas, paper, curves, &lines, &taken, &plane)?;
        labels::draw(canvas, paper, &labels, &plane)
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + plane::AXIS_ROOM)
}

/// Horizontal lines with their percentages, and the threshold.
fn grid(canvas: &mut Canvas, paper: &Paper, curves: &Curves, plane: &Plane, shares: &[f64]) -> Outcome {
    let style = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    let height = |share: f64| plane.place((0.0, axes::height(curves.scale, share))).1;
    let ends = (shares[0], shares[shares.len() - 1]);
    let threshold = curves.threshold.filter(|level| ends.0 <= *level && *level <= ends.1);
    // The threshold's own number goes first, then the ends of the axis.
    let mut taken: Vec<f64> = Vec::new();
    if let Some(level) = threshold {
        let bold = Style { weight: Weight::Bold, colour: INK, ..style };
        canvas.text((plane.left - 8.0, height(level)), Anchor::End, bold, &axes::round_percent(level));
        taken.push(height(level));
    }
    for &share in [&ends.0, &ends.1].into_iter().chain(shares) {
        let y = height(share);
        plane::line(paper, &[(plane.left, y), (plane.right, y)], GRID, 1.0)?;
        if taken.iter().all(|other| (other - y).abs() > 1.1 * LABEL) {
            canvas.text((plane.left - 8.0, y), Anchor::End, style, &axes::round_percent(share));
            taken.push(y);
        }
    }
    if let Some(level) = threshold {
        plane::line(paper, &[(plane.left - 4.0, height(level)), (plane.right, height(level))], GREY_TEXT, 1.2)?;
    }
    Ok(())
}

/// Bands below curves, the most important curve on top.
fn strokes(paper: &Paper, lines: &[Curve], plane: &Plane) -> Outcome {
    let placed = |points: &[Xy]| points.iter().map(|point| plane.place(*point)).collect::<Vec<Xy>>();
    let of = |quiet: bool| lines.iter().rev().filter(move |curve| curve.series.quiet == quiet);
    for curve in of(false) {
        let corners: Vec<Xy> = curve.highs.iter().chain(curve.lows.iter().rev()).copied().collect();
        let corners = clip::area(&corners, &plane.window);
        if curve.means.len() > 1 && corners.len() > 2 {
            plane::wash(paper, &placed(&corners), curve.look.colour)?;
        }
    }
    for curve in of(true).chain(of(false)) {
        let width = if curve.series.quiet { 1.6 } else { 3.0 };
        for part in clip::line(&curve.means, &plane.window) {
            plane::line(paper, &placed(&part), curve.look.colour, width)?;
        }
        // A single point has no line, and would not be seen at all.
        if curve.series.quiet && curve.means.len() > 1 {
            continue;
        }
        for point in curve.means.iter().filter(|point| plane.window.contains(**point)) {
            plane::marker(paper, plane.place(*point), curve.look.marker, curve.look.colour)?;
        }
    }
    Ok(())
}
