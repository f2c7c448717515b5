//! Names at the right of the curves instead of a legend, moved apart where they would overlap.

use super::canvas::{Anchor, Canvas, Style};
use super::clip::Xy;
use super::plane::{self, Outcome, Paper, Plane};
use super::text::{Weight, balanced, width};
use super::theme::{GREY_TEXT, LABEL, Look, Marker, REFERENCE, Rgb, SMALL};

/// From the plot's right edge to the texts: leader lines and a marker.
const GUTTER: f64 = 46.0;
/// Widest line of a label; longer ones are wrapped.
const ROOM: f64 = 142.0;
/// Height of a line, in sizes of its type.
const SPACING: f64 = 1.2;

/// Between two labels.
const AIR: f64 = 2.0;

/// A name and the thing it names.
#[derive(Clone)]
pub(super) struct Label {
    /// The curve's last point; a level has no end, only a height.
    end: (Option<f64>, f64),
    lines: Vec<String>,
    style: Style,
    marker: Option<Marker>,
    leader: Rgb,
}

impl Label {
    fn new(end: (Option<f64>, f64), text: &str, style: Style) -> Self {
        let lines = balanced(text, style.weight, style.size, ROOM);
        Self { end, lines, style, marker: None, leader: REFERENCE }
    }

    /// The same with a number behind the name: in its last line where there is room, else below it.
    pub(super) fn with(mut self, number: &str) -> Self {
        // Two numbers do not run together.
        let between = |last: &str| if last.ends_with(|it: char| it.is_ascii_digit()) { ": " } else { " " };
        let together = self.lines.last().map(|last| format!("{last}{}{number}", between(last)));
        match together.filter(|line| width(line, self.style.weight, self.style.size) <= ROOM) {
            Some(line) => *self.lines.last_mut().expect("a last line was found") = line,
            None => self.lines.push(number.to_owned()),
        }
        self
    }

    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.style.size * SPACING + AIR
    }
}

/// A label at the end of a line, in the coordinates of its plane.
pub(super) fn at_end((x, y): Xy, text: &str, look: Look) -> Label {
    let style = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
    Label { marker: Some(look.marker), leader: look.colour, ..Label::new((Some(x), y), text, style) }
}

/// The same of a line that is not the point.
pub(super) fn quiet((x, y): Xy, text: &str) -> Label {
    Label::new((Some(x), y), text, Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT })
}

/// A label of a horizontal line.
pub(super) fn at_level(height: f64, text: &str) -> Label {
    Label::new((None, height), text, Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT })
}

/// Width that the labels need at the right of the plot.
pub(super) fn column(labels: &[Label]) -> f64 {
    let widest = labels
        .iter()
        .flat_map(|label| label.lines.iter().map(|line| width(line, label.style.weight, label.style.size)));
    GUTTER + widest.fold(60.0, f64::max)
}

/// Writes the labels, each joined to what it names where it had to move.
pub(super) fn draw(canvas: &mut Canvas, paper: &Paper, labels: &[Label], plane: &Plane) -> Outcome {
    let (floor, ceiling) = plane.window.y;
    let mut placed: Vec<(Xy, &Label)> = labels
        .iter()
        .map(|label| {
            let (x, y) = plane.place((label.end.0.unwrap_or(plane.window.x.1), label.end.1.clamp(floor, ceiling)));
            ((x, y), label)
        })
        .collect();
    placed.sort_by(|((_, a), _), ((_, b), _)| a.total_cmp(b));

    let (top, bottom) = (plane.top - 10.0, plane.bottom + 10.0);
    let total: f64 = placed.iter().map(|(_, label)| label.height()).sum();
    let shrink = f64::min(1.0, (bottom - top) / total);
    let heights: Vec<f64> = placed.iter().map(|(_, label)| label.height() * shrink).collect();
    let wanted: Vec<f64> = placed.iter().map(|((_, y), _)| *y).collect();
    let text_at = plane.right + GUTTER;
    for (((x, y), label), middle) in placed.iter().zip(dodge(&wanted, &heights, top, bottom)) {
        let style = Style { size: label.style.size * shrink, ..label.style };
        let ends_early = *x < plane.right - 1.0;
        // A marker says whose name it is, where that stands at the height of the line.
        if (y - middle).abs() > 2.0 || ends_early || label.marker.is_none() {
            // All lines turn at the same two places, so that none runs through another's marker.
            let start = if label.marker.is_some() { x + 8.0 } else { x + 2.0 };
            let mut way = vec![(start, *y), (plane.right + 8.0, *y), (text_at - 18.0, middle)];
            if label.marker.is_none() {
                way.push((text_at - 5.0, middle));
            }
            // A level is dashed all the way to its name.
            let pen = if label.end.0.is_some() { plane::line } else { plane::dashed };
            pen(paper, &way, label.leader, 0.9)?;
        }
        if let Some(marker) = label.marker {
            plane::marker(paper, (text_at - 10.0, middle), marker, label.leader)?;
        }
        let first = middle - label.lines.len().saturating_sub(1) as f64 * style.size * SPACING / 2.0;
        for (index, line) in label.lines.iter().enumerate() {
            let y = first + index as f64 * style.size * SPACING;
            canvas.text((text_at, y), Anchor::Start, style, line);
        }
    }
    Ok(())
}

/// Moves centres apart until blocks of these heights do not overlap, each as little as possible (least squares),
/// within `low..high`. `wanted` is in rising order and so is the answer.
///
/// Without the heights this is isotonic regression: subtract from each centre the room that those before it take,
/// pool neighbours that stand in the wrong order at their mean, and add the room again.
fn dodge(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut room = 0.0;
    let mut offsets = Vec::with_capacity(wanted.len());
    for (index, height) in heights.iter().enumerate() {
        if index > 0 {
            room += (heights[index - 1] + height) / 2.0;
        }
        offsets.push(room);
    }
    // Pools of (sum, count), their means rising.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (centre, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (centre - offset, 1);
        while let Some(&(sum, count)) = pools.last() {
            if sum / count as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + count);
        }
        pools.push(pool);
    }
    let first = low + heights.first().map_or(0.0, |height| height / 2.0);
    let last = high - heights.last().map_or(0.0, |height| height / 2.0) - room;
    let means = pools.iter().flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    means.zip(offsets).map(|(mean, offset)| mean.min(last).max(first) + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(dodge(&[10.0, 40.0], &[10.0, 10.0], 0.0, 100.0), [10.0, 40.0]);
    }

    #[test]
    fn equal_labels_spread_around_their_place() {
        // Touching (gaps of 10 and 15), and their distances from 50 add up to nothing.
        let spread = dodge(&[50.0, 50.0, 50.0], &[10.0, 10.0, 20.0], 0.0, 100.0);
        let right = [50.0 - 35.0 / 3.0, 50.0 - 5.0 / 3.0, 50.0 + 40.0 / 3.0];
        assert!(spread.iter().zip(right).all(|(a, b)| (a - b).abs() < 1e-9), "{spread:?}");
    }

    #[test]
    fn a_crowd_at_the_edge_stays_inside() {
        assert_eq!(dodge(&[0.0, 1.0, 2.0], &[10.0; 3], 0.0, 100.0), [5.0, 15.0, 25.0]);
        assert_eq!(dodge(&[98.0, 99.0, 99.0], &[10.0; 3], 0.0, 100.0), [75.0, 85.0, 95.0]);
    }
}
