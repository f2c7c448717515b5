//! Where a curve crosses the threshold: a ring, a thin line down to the axis, and its number in words.

use super::axes;
use super::canvas::{Anchor, Canvas, Style};
use super::clip::{self, Window, Xy};
use super::curves::Curve;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit, width};
use super::theme::{self, LABEL, Rgb};
use crate::finding::Curves;

/// Height of a row of texts above the axis.
const ROW: f64 = 21.0;

/// A callout in the picture.
struct Spot<'a> {
    crossing: Xy,
    text: &'a str,
    colour: Rgb,
}

/// Draws the callouts that lie in the plot, clear of what is `taken`. Without a threshold there is nothing that they
/// could mark.
pub(super) fn draw(
    canvas: &mut Canvas,
    paper: &Paper,
    curves: &Curves,
    lines: &[Curve],
    taken: &[Window],
    plane: &Plane,
) -> Outcome {
    let Some(level) = curves.threshold.map(|level| axes::height(curves.scale, level)) else { return Ok(()) };
    let shown = curves.callouts.iter().filter(|callout| {
        let at = (callout.x.log10(), level);
        plane.window.contains(at)
    });
    let spots: Vec<Spot> = shown
        .map(|callout| {
            let curve = lines.iter().find(|curve| curve.series.actor == callout.actor);
            let look = curve.map_or_else(|| theme::look(&callout.actor), |curve| curve.look);
            Spot { crossing: plane.place((callout.x.log10(), level)), text: &callout.text, colour: look.colour }
        })
        .collect();
    for spot in &spots {
        let (x, y) = spot.crossing;
        plane::line(paper, &[(x, y + 6.0), (x, plane.bottom)], spot.colour, 1.2)?;
    }
    let mut taken = taken.to_vec();
    for (index, spot) in spots.iter().enumerate() {
        plane::ring(paper, spot.crossing, spot.colour)?;
        let text = fit(spot.text, Weight::Bold, LABEL, (plane.right - plane.left) / 2.0);
        let room = width(&text, Weight::Bold, LABEL);
        let others = spots.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other.crossing.0);
        let others: Vec<f64> = others.collect();
        let cost = |place: &Window| cost(place, &taken, &others, curves, lines, plane);
        // Where nothing is free (hundreds of callouts), the ring and its line stay and the words go.
        let places = candidates(spot.crossing.0, room, plane);
        let best = places.into_iter().filter_map(|place| Some((cost(&place)?, place)));
        let Some((_, place)) = best.min_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
        let style = Style { size: LABEL, weight: Weight::Bold, colour: spot.colour };
        canvas.text_with_halo((place.x.0 + 3.0, (place.y.0 + place.y.1) / 2.0), Anchor::Start, style, &text);
        taken.push(place);
    }
    Ok(())
}

/// Boxes on both sides of the line, from the axis upwards, the more wanted first.
fn candidates(x: f64, room: f64, plane: &Plane) -> Vec<Window> {
    let rows = ((plane.bottom - plane.top) / (ROW / 2.0)) as usize;
    let beside = |row: usize| {
        let bottom = plane.bottom - 5.0 - row as f64 * ROW / 2.0;
        [x + 3.0, x - 3.0 - room - 6.0].map(|left| Window { x: (left, left + room + 6.0), y: (bottom - ROW, bottom) })
    };
    (0..rows).flat_map(beside).collect()
}

/// How badly a text would stand there; `None` where it cannot.
fn cost(
    place: &Window,
    taken: &[Window],
    others: &[f64],
    curves: &Curves,
    lines: &[Curve],
    plane: &Plane,
) -> Option<f64> {
    let outside = place.x.0 < plane.left || place.x.1 > plane.right || place.y.0 < plane.top;
    let overlaps = |other: &Window| {
        place.x.0 < other.x.1 && other.x.0 < place.x.1 && place.y.0 < other.y.1 && other.y.0 < place.y.1
    };
    if outside || taken.iter().any(overlaps) {
        return None;
    }
    let struck = others.iter().filter(|x| place.x.0 < **x && **x < place.x.1).count();
    let dashed = curves.references.iter().filter(|reference| {
        let y = plane.place((0.0, axes::height(curves.scale, reference.value))).1;
        place.y.0 < y && y < place.y.1
    });
    let crosses = |curve: &&Curve| {
        let places: Vec<Xy> = curve.means.iter().map(|point| plane.place(*point)).collect();
        places.windows(2).any(|pair| clip::segment(pair[0], pair[1], place).is_some())
    };
    let crossed = lines.iter().filter(crosses).count();
    let up = (plane.bottom - place.y.1) / ROW;
    Some(up + 4.0 * (struck + crossed) as f64 + 3.0 * dashed.count() as f64)
}
