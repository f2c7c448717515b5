//! Names beside points that may lie anywhere: each as near to its point as it finds room, joined to it by a thin line
//! where that is not near.

use super::canvas::{Anchor, Canvas, Style};
use super::clip::{self, Window, Xy};
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, fit, width};
use super::theme::{LABEL, REFERENCE, Rgb};

/// Distances of a name from its point, and directions tried at each.
const DISTANCES: [f64; 12] = [9.0, 13.0, 18.0, 26.0, 36.0, 50.0, 70.0, 95.0, 130.0, 175.0, 230.0, 300.0];
const DIRECTIONS: usize = 24;
/// From this distance on, a line joins name and point.
const FAR: f64 = 16.0;
const HEIGHT: f64 = 1.25 * LABEL;
/// Half the room of a marker.
const MARKER: f64 = 6.5;
/// Widest name; a longer one is shortened.
const WIDEST: f64 = 190.0;

/// A point with a name.
pub(super) struct Spot<'a> {
    pub(super) place: Xy,
    pub(super) text: &'a str,
    pub(super) colour: Rgb,
    /// What else is drawn of it.
    pub(super) strokes: Vec<(Xy, Xy)>,
}

/// Writes the names of all spots, the first where it likes, clear of what is `taken`.
pub(super) fn draw(canvas: &mut Canvas, paper: &Paper, spots: &[Spot], taken: &[Window], plane: &Plane) -> Outcome {
    let mut taken = taken.to_vec();
    let mut strokes: Vec<(Xy, Xy)> = spots.iter().flat_map(|spot| spot.strokes.iter().copied()).collect();
    for (index, spot) in spots.iter().enumerate() {
        let text = fit(spot.text, Weight::Bold, LABEL, WIDEST);
        let room = width(&text, Weight::Bold, LABEL);
        let others: Vec<Window> = spots
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, other)| marker(other.place))
            .collect();
        let cost = |place: &Place| place.cost(&taken, &others, &strokes, plane);
        let best = places(spot.place, room).into_iter().filter_map(|place| Some((cost(&place)?, place)));
        // Where nothing is free (hundreds of points), the point stays and the name goes.
        let Some((_, place)) = best.min_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
        if let Some(leader) = place.leader {
            plane::line(paper, &[leader.0, leader.1], REFERENCE, 0.8)?;
            strokes.push(leader);
        }
        let style = Style { size: LABEL, weight: Weight::Bold, colour: spot.colour };
        let middle = (place.room.y.0 + place.room.y.1) / 2.0;
        canvas.text_with_halo((place.room.x.0 + 2.0, middle), Anchor::Start, style, &text);
        taken.push(place.room);
    }
    Ok(())
}

fn marker((x, y): Xy) -> Window {
    Window { x: (x - MARKER, x + MARKER), y: (y - MARKER, y + MARKER) }
}

/// A place for a name.
struct Place {
    distance: f64,
    room: Window,
    leader: Option<(Xy, Xy)>,
}

/// Places around a point, nearest first; at equal distance, the right is tried before the rest.
fn places((x, y): Xy, room: f64) -> Vec<Place> {
    let at = |distance: f64, direction: usize| {
        let angle = std::f64::consts::TAU * direction as f64 / DIRECTIONS as f64;
        let (across, down) = (angle.cos(), angle.sin());
        let (half, rise) = ((room + 4.0) / 2.0, HEIGHT / 2.0);
        // The box touches the circle of this distance with its nearest edge or corner.
        let (cx, cy) = (x + distance * across + half * snapped(across), y + distance * down + rise * snapped(down));
        let room = Window { x: (cx - half, cx + half), y: (cy - rise, cy + rise) };
        let near = (x.clamp(room.x.0, room.x.1), y.clamp(room.y.0, room.y.1));
        let leader = (distance > FAR).then_some(((x, y), near));
        Place { distance: distance + 2.0 * (1.0 - across), room, leader }
    };
    DISTANCES.iter().flat_map(|&distance| (0..DIRECTIONS).map(move |direction| at(distance, direction))).collect()
}

/// A direction's share, full from a third on: names stand square to their points rather than aslant.
fn snapped(share: f64) -> f64 {
    (3.0 * share).clamp(-1.0, 1.0)
}

impl Place {
    /// How badly a name would stand there; `None` where it cannot.
    fn cost(&self, taken: &[Window], markers: &[Window], strokes: &[(Xy, Xy)], plane: &Plane) -> Option<f64> {
        let Window { x, y } = self.room;
        let outside = x.0 < plane.left || x.1 > plane.right || y.0 < plane.top || y.1 > plane.bottom;
        let meets = |other: &Window| x.0 < other.x.1 && other.x.0 < x.1 && y.0 < other.y.1 && other.y.0 < y.1;
        if outside || taken.iter().any(meets) {
            return None;
        }
        let hidden = markers.iter().filter(|other| meets(other)).count();
        let crossed = strokes.iter().filter(|(a, b)| clip::segment(*a, *b, &self.room).is_some()).count();
        let led_through = self.leader.map_or(0, |(a, b)| {
            taken.iter().chain(markers).filter(|window| clip::segment(a, b, window).is_some()).count()
        });
        Some(self.distance + 150.0 * hidden as f64 + 40.0 * crossed as f64 + 60.0 * led_through as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_right_of_its_point_where_it_can_and_elsewhere_where_not() {
        let window = Window { x: (0.0, 1.0), y: (0.0, 1.0) };
        let plane = Plane { left: 0.0, top: 0.0, right: 400.0, bottom: 400.0, window };
        let best = |point: Xy, taken: &[Window]| {
            let open = places(point, 80.0).into_iter().filter_map(|p| Some((p.cost(taken, &[], &[], &plane)?, p)));
            open.min_by(|(a, _), (b, _)| a.total_cmp(b)).unwrap().1.room
        };
        let free = best((100.0, 200.0), &[]);
        assert!(free.x.0 > 100.0 && free.y.0 < 200.0 && 200.0 < free.y.1, "{free:?}");
        let edge = best((390.0, 200.0), &[]);
        assert!(edge.x.1 <= 400.0 && (edge.x.1 < 390.0 || edge.y.1 < 200.0 || 200.0 < edge.y.0), "{edge:?}");
        let above = Window { x: (0.0, 400.0), y: (190.0, 400.0) };
        assert!(best((100.0, 200.0), &[above]).y.1 <= 190.0);
    }
}
