//! The plot's place in the picture, and the pens that draw in it.
//!
//! Plotters has whole-number coordinates, so it draws on a sheet ten times as large, which is set into the picture
//! at a tenth of its size.

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::*;

use super::PlotError;
use super::axes::{self, Tick};
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{Window, Xy};
use super::text::{Weight, fit, width};
use super::theme::{AXIS, GREY_TEXT, INK, LABEL, Marker, Rgb};

/// Plotters units per unit of the picture.
const FINE: f64 = 10.0;

/// What plotters draws on.
pub(super) type Paper<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// How drawing on it ends.
pub(super) type Outcome = Result<(), Failure>;

/// What can go wrong with it.
pub(super) type Failure = DrawingAreaErrorKind<std::io::Error>;

/// Room below a plot for the numbers and the name of its horizontal axis.
pub(super) const AXIS_ROOM: f64 = 54.0;

/// The plot's edges in the picture, and the part of the data's plane between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    /// Logarithms (base 10) of the counts, and shares.
    pub(super) window: Window,
}

impl Plane {
    /// The place in the picture of a count's logarithm and a share.
    pub(super) fn place(&self, (x, y): Xy) -> Xy {
        let Window { x: (x0, x1), y: (y0, y1) } = self.window;
        let (across, up) = ((x - x0) / (x1 - x0), (y - y0) / (y1 - y0));
        (self.left + across * (self.right - self.left), self.bottom - up * (self.bottom - self.top))
    }
}

fn fine((x, y): Xy) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn rgb([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn pen(colour: Rgb, width: f64) -> ShapeStyle {
    rgb(colour).stroke_width((width * FINE).round() as u32)
}

/// What is drawn on a sheet down to `bottom`, as an SVG group.
pub(super) fn on_paper(bottom: f64, draw: impl FnOnce(&Paper) -> Outcome) -> Result<String, PlotError> {
    let mut written = String::new();
    {
        let size = ((WIDTH * FINE) as u32, (bottom * FINE) as u32 + 1000);
        let paper = SVGBackend::with_string(&mut written, size).into_drawing_area();
        let drawn = draw(&paper).and_then(|()| paper.present());
        drawn.map_err(|error| PlotError::Strokes(error.to_string()))?;
    }
    // The sheet without its own root element.
    let inner = written.split_once(">\n").map_or("", |(_, rest)| rest).trim_end().trim_end_matches("</svg>");
    Ok(format!("<g transform=\"scale({})\">\n{inner}</g>", 1.0 / FINE))
}

/// The name of a vertical axis: level, above the plot, where it can be read without turning one's head.
pub(super) fn heading(canvas: &mut Canvas, name: &str) {
    let style = Style { size: LABEL, weight: Weight::Regular, colour: INK };
    canvas.top += LABEL;
    let text = fit(name, style.weight, style.size, WIDTH - 2.0 * MARGIN);
    canvas.text((MARGIN, canvas.top - LABEL / 2.0), Anchor::Start, style, &text);
}

/// The horizontal axis of counts with its ticks and name; the first ones first.
pub(super) fn count_axis(canvas: &mut Canvas, paper: &Paper, name: &str, plane: &Plane, ticks: &[Tick]) -> Outcome {
    let (left, right, bottom) = (plane.left, plane.right, plane.bottom);
    let across = |count: f64| plane.place((count.log10(), 0.0)).0;
    let Window { x: (low, high), .. } = plane.window;
    for count in axes::minor_ticks((10f64.powf(low), 10f64.powf(high))) {
        line(paper, &[(across(count), bottom), (across(count), bottom + 4.0)], AXIS, 0.8)?;
    }
    let ticks: Vec<(f64, String)> = ticks.iter().map(|tick| (across(tick.at), tick.text.clone())).collect();
    line(paper, &[(left, bottom), (right, bottom)], AXIS, 1.2)?;
    axis_below(canvas, paper, name, plane, &ticks)
}

/// Ticks below a plot with their numbers, the first ones first where they would meet, and the name of the axis.
pub(super) fn axis_below(
    canvas: &mut Canvas,
    paper: &Paper,
    name: &str,
    plane: &Plane,
    ticks: &[(f64, String)],
) -> Outcome {
    let style = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (x, text) in ticks {
        line(paper, &[(*x, plane.bottom), (*x, plane.bottom + 7.0)], AXIS, 1.2)?;
        let half = width(text, style.weight, style.size) / 2.0 + 4.0;
        if taken.iter().all(|(left, right)| x + half < *left || *right < x - half) {
            canvas.text((*x, plane.bottom + 21.0), Anchor::Middle, style, text);
            taken.push((x - half, x + half));
        }
    }
    let style = Style { colour: INK, ..style };
    // The name may be wider than the plot, but not than the picture.
    let name = fit(name, style.weight, style.size, WIDTH - 2.0 * MARGIN);
    let half = width(&name, style.weight, style.size) / 2.0;
    let middle = ((plane.left + plane.right) / 2.0).clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text((middle, plane.bottom + 45.0), Anchor::Middle, style, &name);
    Ok(())
}

/// A line through places of the picture.
pub(super) fn line(paper: &Paper, places: &[Xy], colour: Rgb, width: f64) -> Outcome {
    paper.draw(&PathElement::new(places.iter().copied().map(fine).collect::<Vec<_>>(), pen(colour, width)))
}

/// The same in dashes.
pub(super) fn dashed(paper: &Paper, places: &[Xy], colour: Rgb, width: f64) -> Outcome {
    let places: Vec<_> = places.iter().copied().map(fine).collect();
    paper.draw(&DashedPathElement::new(places, 6.0 * FINE, 4.0 * FINE, pen(colour, width)))
}

/// A pale area.
pub(super) fn wash(paper: &Paper, corners: &[Xy], colour: Rgb) -> Outcome {
    let corners: Vec<_> = corners.iter().copied().map(fine).collect();
    paper.draw(&Polygon::new(corners, rgb(colour).mix(0.14)))
}

/// An area below a curve: stronger than a band, since nothing lies behind it.
pub(super) fn shade(paper: &Paper, corners: &[Xy], colour: Rgb) -> Outcome {
    let corners: Vec<_> = corners.iter().copied().map(fine).collect();
    paper.draw(&Polygon::new(corners, rgb(colour).mix(0.3)))
}

/// A full area.
pub(super) fn area(paper: &Paper, corners: &[Xy], colour: Rgb) -> Outcome {
    paper.draw(&Polygon::new(corners.iter().copied().map(fine).collect::<Vec<_>>(), rgb(colour).filled()))
}

/// A pale dot: one of several that a marker stands for.
pub(super) fn dot(paper: &Paper, centre: Xy, colour: Rgb) -> Outcome {
    paper.draw(&Circle::new(fine(centre), 2.6 * FINE, rgb(colour).mix(0.35).filled()))
}

/// A point of a curve where markers would be a crowd.
pub(super) fn point(paper: &Paper, centre: Xy, colour: Rgb) -> Outcome {
    full_disc(paper, centre, 2.6, colour)
}

/// A disc.
pub(super) fn full_disc(paper: &Paper, centre: Xy, radius: f64, colour: Rgb) -> Outcome {
    paper.draw(&Circle::new(fine(centre), radius * FINE, rgb(colour).filled()))
}

/// The edge of a disc.
pub(super) fn hoop(paper: &Paper, centre: Xy, radius: f64, colour: Rgb) -> Outcome {
    paper.draw(&Circle::new(fine(centre), radius * FINE, pen(colour, 1.6)))
}

/// A white disc with a coloured edge.
pub(super) fn ring(paper: &Paper, centre: Xy, colour: Rgb) -> Outcome {
    paper.draw(&Circle::new(fine(centre), 6.4 * FINE, rgb([255; 3]).filled()))?;
    paper.draw(&Circle::new(fine(centre), 6.4 * FINE, pen(colour, 2.2)))
}

/// An actor's marker with a white edge.
pub(super) fn marker(paper: &Paper, centre: Xy, shape: Marker, colour: Rgb) -> Outcome {
    let (x, y) = centre;
    // Corners at these angles (in turns, from the top) and radii.
    let star = |corners: usize, outer: f64, inner: f64| -> Vec<Xy> {
        let corner = |index: usize| {
            let radius = if index.is_multiple_of(2) { outer } else { inner };
            let angle = std::f64::consts::PI * index as f64 / corners as f64;
            (x + radius * angle.sin(), y - radius * angle.cos())
        };
        (0..2 * corners).map(corner).collect()
    };
    let corners = match shape {
        Marker::Circle => star(24, 4.5, 4.5),
        Marker::Square => vec![(x - 4.0, y - 4.0), (x + 4.0, y - 4.0), (x + 4.0, y + 4.0), (x - 4.0, y + 4.0)],
        Marker::Triangle => vec![(x, y - 5.4), (x + 5.2, y + 3.8), (x - 5.2, y + 3.8)],
        Marker::Down => vec![(x, y + 5.4), (x + 5.2, y - 3.8), (x - 5.2, y - 3.8)],
        Marker::Diamond => vec![(x, y - 5.8), (x + 5.0, y), (x, y + 5.8), (x - 5.0, y)],
        Marker::Pentagon => star(5, 5.4, 4.37),
        Marker::Star => star(5, 6.4, 2.9),
        Marker::Plus => star(4, 6.2, 2.4),
    };
    let outline: Vec<Xy> = corners.iter().chain(&corners[..2]).copied().collect();
    line(paper, &outline, [255; 3], 2.2)?;
    area(paper, &corners, colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_to_the_right_and_upwards() {
        let window = Window { x: (1.0, 4.0), y: (0.5, 1.0) };
        let plane = Plane { left: 100.0, top: 50.0, right: 700.0, bottom: 450.0, window };
        assert_eq!(plane.place((1.0, 0.5)), (100.0, 450.0));
        assert_eq!(plane.place((4.0, 1.0)), (700.0, 50.0));
        assert_eq!(plane.place((2.0, 0.75)), (300.0, 250.0));
    }
}
