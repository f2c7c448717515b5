//! What curves are compared with: dashed lines across the plot, each with its name on it where it meets nothing.

use super::axes::{self, percent};
use super::canvas::{Anchor, Canvas, Style};
use super::clip::{self, Window, Xy};
use super::curves::Curve;
use super::labels::{self, Label};
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, width};
use super::theme::{GREY_TEXT, REFERENCE, SMALL};
use crate::finding::Curves;

const STYLE: Style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
/// From a line to the middle of the words above or below it.
const OFF: f64 = 9.5;
/// Half the height of the words.
const HALF: f64 = 7.5;
/// From the edge of the plot to the words.
const INSET: f64 = 6.0;

/// A line with its words.
pub(super) struct Level {
    height: f64,
    text: String,
}

impl Level {
    /// The words in the column of the curves' names.
    pub(super) fn beside(&self) -> Label {
        labels::at_level(self.height, &self.text)
    }
}

/// The references that have a place, from the top.
pub(super) fn known(curves: &Curves) -> Vec<Level> {
    let sound = curves.references.iter().filter(|reference| (0.0..=1.0).contains(&reference.value));
    let level = |reference: &crate::finding::Reference| Level {
        height: axes::height(curves.scale, reference.value),
        text: format!("{} {}", reference.label, percent(reference.value, 1)),
    };
    let mut levels: Vec<Level> = sound.map(level).collect();
    levels.sort_by(|a, b| b.height.total_cmp(&a.height));
    levels
}

/// For each level, the left end and the middle of its words in the plot; and the labels of those that go beside it.
/// Where there is a choice, no words stand on a line of the grid.
pub(super) fn settle(
    levels: &[Level],
    lines: &[Curve],
    grid: &[f64],
    plane: &Plane,
) -> (Vec<Option<Side>>, Vec<Label>) {
    let y = |height: f64| plane.place((0.0, height)).1;
    let grid: Vec<f64> = grid.iter().map(|&height| y(height)).collect();
    let rules: Vec<f64> = levels.iter().map(|level| y(level.height)).collect();
    let ways: Vec<Vec<Xy>> =
        lines.iter().map(|curve| curve.means.iter().map(|point| plane.place(*point)).collect()).collect();
    let mut taken: Vec<Window> = Vec::new();
    let mut inside = Vec::with_capacity(levels.len());
    let mut beside = Vec::new();
    for (level, rule) in levels.iter().zip(&rules) {
        let free = |side: &Side| {
            let room = side.room(&level.text, *rule, plane);
            let fits = room.x.0 >= plane.left && room.x.1 <= plane.right;
            // Above the plot stands the name of its axis.
            let fits = fits && room.y.0 >= plane.top - 10.0 && room.y.1 <= plane.bottom;
            let crossed = ways.iter().any(|way| {
                let met = way.windows(2).any(|pair| clip::segment(pair[0], pair[1], &grown(&room, 5.0)).is_some());
                met || way.iter().any(|point| grown(&room, 8.0).contains(*point))
            });
            fits && !crossed && !struck(&room, &rules) && taken.iter().all(|other| apart(other, &room))
        };
        let on_grid = |side: &Side| struck(&side.room(&level.text, *rule, plane), &grid);
        let sides = || Side::ALL.into_iter().filter(free);
        let side = sides().find(|side| !on_grid(side)).or_else(|| sides().next());
        match side {
            Some(side) => taken.push(side.room(&level.text, *rule, plane)),
            None => beside.push(level.beside()),
        }
        inside.push(side);
    }
    (inside, beside)
}

/// Draws all lines and the words that stand in the plot, and says what room these take.
pub(super) fn draw(
    canvas: &mut Canvas,
    paper: &Paper,
    levels: &[Level],
    inside: &[Option<Side>],
    plane: &Plane,
) -> Result<Vec<Window>, plane::Failure> {
    let mut taken = Vec::new();
    for (level, side) in levels.iter().zip(inside) {
        if level.height < plane.window.y.0 || plane.window.y.1 < level.height {
            continue;
        }
        let rule = plane.place((0.0, level.height)).1;
        rule_across(paper, rule, plane)?;
        if let Some(side) = side {
            let room = side.room(&level.text, rule, plane);
            canvas.text_with_halo((room.x.0, (room.y.0 + room.y.1) / 2.0), Anchor::Start, STYLE, &level.text);
            taken.push(room);
        }
    }
    Ok(taken)
}

fn rule_across(paper: &Paper, y: f64, plane: &Plane) -> Outcome {
    plane::dashed(paper, &[(plane.left, y), (plane.right, y)], REFERENCE, 1.2)
}

/// Where the words stand on their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    right: bool,
    below: bool,
}

impl Side {
    /// The more wanted first: curves rise, so the top left is free more often than not.
    const ALL: [Self; 4] = [
        Self { right: false, below: false },
        Self { right: false, below: true },
        Self { right: true, below: false },
        Self { right: true, below: true },
    ];

    fn room(self, text: &str, rule: f64, plane: &Plane) -> Window {
        let wide = width(text, STYLE.weight, STYLE.size);
        let left = if self.right { plane.right - INSET - wide } else { plane.left + INSET };
        let middle = if self.below { rule + OFF } else { rule - OFF };
        Window { x: (left, left + wide), y: (middle - HALF, middle + HALF) }
    }
}

fn grown(room: &Window, by: f64) -> Window {
    Window { x: (room.x.0 - by, room.x.1 + by), y: (room.y.0 - by, room.y.1 + by) }
}

/// Whether a horizontal line runs through it.
fn struck(room: &Window, lines: &[f64]) -> bool {
    lines.iter().any(|y| room.y.0 < *y && *y < room.y.1)
}

fn apart(one: &Window, other: &Window) -> bool {
    one.x.1 <= other.x.0 || other.x.1 <= one.x.0 || one.y.1 <= other.y.0 || other.y.1 <= one.y.0
}
