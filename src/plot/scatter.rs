//! Points in a plane of two amounts: their intervals as thin crosses, where they move as arrows, their names beside
//! them, and what it means to be in a corner.

use super::PlotError;
use super::axes::{self, Tick};
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH};
use super::clip::{Window, Xy};
use super::plane::{self, Outcome, Paper, Plane};
use super::spots::{self, Spot};
use super::text::{Weight, width, wrap};
use super::theme::{self, AXIS, GREY_TEXT, GRID, LABEL, Look, REFERENCE};
use crate::finding::{Dot, Scatter};

const HEIGHT: f64 = 470.0;
/// Room of a corner's words.
const CORNER: f64 = 210.0;
/// Half the width of an arrow's head.
const HEAD: f64 = 4.0;

/// Draws the plane and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, scatter: &Scatter) -> Result<f64, PlotError> {
    let sound = |dot: &&Dot| {
        [dot.x, dot.y].iter().all(|span| [span.mean, span.low, span.high].iter().all(|value| value.abs() < 1e9))
    };
    let dots: Vec<&Dot> = scatter.dots.iter().filter(sound).collect();
    let looks = theme::looks(&dots.iter().map(|dot| dot.actor.as_str()).collect::<Vec<_>>());
    let (x, x_ticks) = axes::even_axis(dots.iter().flat_map(|dot| [dot.x.mean, dot.x.low, dot.x.high]));
    let heights = dots.iter().flat_map(|dot| [dot.y.mean, dot.y.low, dot.y.high].into_iter().chain(dot.later));
    let (y, y_ticks) = axes::even_axis(heights);
    plane::heading(canvas, &scatter.y_label);
    let top = canvas.top + 12.0;
    let plane =
        Plane { left: MARGIN + 44.0, top, right: WIDTH - MARGIN - 8.0, bottom: top + HEIGHT, window: Window { x, y } };
    let strokes = plane::on_paper(plane.bottom, |paper| {
        grid(canvas, paper, &scatter.x_label, &plane, (&x_ticks, &y_ticks))?;
        let corners = corners(canvas, scatter, &plane);
        let shapes: Vec<Shape> = dots.iter().zip(looks).map(|(dot, look)| Shape::new(dot, look, &plane)).collect();
        for shape in &shapes {
            shape.draw(paper)?;
        }
        for shape in shapes.iter().rev() {
            plane::marker(paper, shape.place, shape.look.marker, shape.look.colour)?;
        }
        let spots: Vec<Spot> = shapes.iter().zip(&dots).map(|(shape, dot)| shape.spot(dot)).collect();
        spots::draw(canvas, paper, &spots, &corners, &plane)
    })?;
    canvas.shapes(&strokes);
    Ok(plane.bottom + plane::AXIS_ROOM)
}

/// A dot in the picture.
struct Shape {
    place: Xy,
    look: Look,
    /// Its intervals.
    cross: [(Xy, Xy); 2],
    /// Where it moves to.
    tip: Option<Xy>,
}

impl Shape {
    fn new(dot: &Dot, look: Look, plane: &Plane) -> Self {
        let (x, y) = (dot.x, dot.y);
        let cross = [((x.low, y.mean), (x.high, y.mean)), ((x.mean, y.low), (x.mean, y.high))];
        Self {
            place: plane.place((x.mean, y.mean)),
            look: if dot.quiet { Look { colour: REFERENCE, ..look } } else { look },
            cross: cross.map(|(a, b)| (plane.place(a), plane.place(b))),
            tip: dot.later.filter(|later| later.abs() < 1e9).map(|later| plane.place((x.mean, later))),
        }
    }

    /// Everything but the marker, which lies on top.
    fn draw(&self, paper: &Paper) -> Outcome {
        for (from, to) in self.cross {
            plane::line(paper, &[from, to], self.look.colour, 1.0)?;
        }
        let Some(((x, end), start)) = self.tip.zip(Some(self.place.1)) else { return Ok(()) };
        // A move shorter than marker and head together would be a blot.
        let way = end - start;
        if way.abs() > 12.0 {
            let neck = end - 1.8 * HEAD * way.signum();
            plane::line(paper, &[(x, start), (x, neck)], self.look.colour, 1.6)?;
            plane::area(paper, &[(x, end), (x - HEAD, neck), (x + HEAD, neck)], self.look.colour)?;
        }
        Ok(())
    }

    fn spot<'a>(&self, dot: &'a Dot) -> Spot<'a> {
        let arrow = self.tip.map(|tip| (self.place, tip));
        Spot {
            place: self.place,
            text: &dot.label,
            colour: if dot.quiet { GREY_TEXT } else { self.look.colour },
            strokes: self.cross.into_iter().chain(arrow).collect(),
        }
    }
}

/// Grid, both axes with their numbers and names; the lines of zero are stronger.
fn grid(
    canvas: &mut Canvas,
    paper: &Paper,
    x_label: &str,
    plane: &Plane,
    (x_ticks, y_ticks): (&[Tick], &[Tick]),
) -> Outcome {
    let numbers = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    let pen = |at: f64| if at == 0.0 { (AXIS, 1.2) } else { (GRID, 1.0) };
    for tick in y_ticks {
        let (y, (colour, thickness)) = (plane.place((0.0, tick.at)).1, pen(tick.at));
        plane::line(paper, &[(plane.left, y), (plane.right, y)], colour, thickness)?;
        canvas.text((plane.left - 10.0, y), Anchor::End, numbers, &tick.text);
    }
    let mut ticks = Vec::with_capacity(x_ticks.len());
    for tick in x_ticks {
        let (x, (colour, thickness)) = (plane.place((tick.at, 0.0)).0, pen(tick.at));
        plane::line(paper, &[(x, plane.top), (x, plane.bottom)], colour, thickness)?;
        ticks.push((x, tick.text.clone()));
    }
    // The ends first: the numbers between them give way.
    if let Some(last) = ticks.pop() {
        ticks.insert(ticks.len().min(1), last);
    }
    plane::axis_below(canvas, paper, x_label, plane, &ticks)?;
    Ok(())
}

/// Writes what the corners mean and says which room that takes.
fn corners(canvas: &mut Canvas, scatter: &Scatter, plane: &Plane) -> Vec<Window> {
    const LINE: f64 = 1.3 * LABEL;
    const AIR: f64 = 12.0;
    let style = Style { size: LABEL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut taken = Vec::new();
    let right = [false, true, true, false];
    let low = [false, false, true, true];
    for ((text, right), low) in scatter.corners.iter().zip(right).zip(low) {
        // Below the line of zero there is room for one line, but for a long one.
        let room = if low { 2.0 * CORNER } else { CORNER };
        let mut lines = wrap(text, style.weight, style.size, room);
        lines.truncate(4);
        let widest = lines.iter().map(|line| width(line, style.weight, style.size)).fold(0.0, f64::max);
        let height = lines.len() as f64 * LINE;
        let (anchor, x, left) = if right {
            (Anchor::End, plane.right - AIR, plane.right - AIR - widest)
        } else {
            // Beside the line of zero, where that runs near the edge.
            let zero = plane.place((0.0, 0.0)).0;
            let edge = if zero < plane.left + CORNER { zero } else { plane.left };
            (Anchor::Start, edge + AIR, edge + AIR)
        };
        // Above the line of zero, where there is too little room below it.
        let zero = plane.place((0.0, 0.0)).1;
        let floor = if zero > plane.bottom - 2.0 * AIR - height { zero } else { plane.bottom };
        let top = if low { floor - AIR - height } else { plane.top + AIR };
        for (index, line) in lines.iter().enumerate() {
            canvas.text_with_halo((x, top + (index as f64 + 0.5) * LINE), anchor, style, line);
        }
        if !lines.is_empty() {
            taken.push(Window { x: (left, left + widest), y: (top, top + height) });
        }
    }
    taken
}
