//! Lines in a plane of two percentages, with a marker at each point and the name at the end.

use super::PlotError;
use super::axes::{self, Tick};
use super::canvas::{Canvas, MARGIN, WIDTH};
use super::clip::{Window, Xy};
use super::plane::{self, Plane};
use super::scatter;
use super::spots::{self, Spot};
use super::theme::{self, Look};
use crate::finding::{Path, Paths};

const HEIGHT: f64 = 430.0;
/// Room for names on the right.
const NAMES: f64 = 190.0;

/// Draws the lines and says where they end.
pub(super) fn draw(canvas: &mut Canvas, paths: &Paths) -> Result<f64, PlotError> {
    let looks = theme::looks(&paths.paths.iter().map(|path| path.actor.as_str()).collect::<Vec<_>>());
    let lines: Vec<(&Path, Look, Vec<Xy>)> =
        paths.paths.iter().zip(looks).map(|(path, look)| (path, look, sound(&path.points))).collect();
    let points = || lines.iter().flat_map(|(_, _, points)| points.iter().copied());
    let (x, x_ticks) = axis(points().map(|(x, _)| x));
    let (y, y_ticks) = axis(points().map(|(_, y)| y));
    let top = canvas.top + 10.0;
    let right = WIDTH - MARGIN - NAMES;
    let plane = Plane { left: MARGIN + 60.0, top, right, bottom: top + HEIGHT, window: Window { x, y } };
    let strokes = plane::on_paper(plane.bottom, |paper| {
        scatter::grid(canvas, paper, [&paths.x_label, &paths.y_label], &plane, (&x_ticks, &y_ticks))?;
        let placed: Vec<Vec<Xy>> =
            lines.iter().map(|(_, _, points)| points.iter().map(|&point| plane.place(point)).collect()).collect();
        for ((_, look, _), places) in lines.iter().zip(&placed).rev() {
            plane::line(paper, places, look.colour, 2.2)?;
            for &place in places {
                plane::marker(paper, place, look.marker, look.colour)?;
            }
        }
        let spots: Vec<Spot> = lines.iter().zip(&placed).filter_map(|(line, places)| spot(line, places)).collect();
        let room = Plane { right: WIDTH - MARGIN, ..plane };
        spots::draw(canvas, paper, &spots, &[], &room)
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + 50.0)
}

/// From zero, and no further than 100: there is no percentage beyond, unless a value says so.
fn axis(values: impl Iterator<Item = f64> + Clone) -> ((f64, f64), Vec<Tick>) {
    let (least, most) =
        values.clone().fold((0.0f64, 100.0f64), |(least, most), value| (least.min(value), most.max(value)));
    let ((low, high), mut ticks) = axes::even_axis(values);
    let range = (low.max(least), high.min(most));
    ticks.retain(|tick| (range.0..=range.1).contains(&tick.at));
    (range, ticks)
}

/// The name stands at the end of its line, clear of all of it.
fn spot<'a>((path, look, _): &(&'a Path, Look, Vec<Xy>), places: &[Xy]) -> Option<Spot<'a>> {
    let place = *places.last()?;
    let strokes = places.windows(2).map(|pair| (pair[0], pair[1])).collect();
    Some(Spot { place, text: &path.label, colour: look.colour, strokes })
}

fn sound(points: &[(f64, f64)]) -> Vec<Xy> {
    points.iter().copied().filter(|(x, y)| x.abs() < 1e9 && y.abs() < 1e9).collect()
}
