//! Cuts lines and areas at the edges of the plot.
//!
//! Plotters moves each coordinate of an outlying point to the edge by itself, which bends the line that leads
//! there. Here the line is cut where it crosses the edge, so what remains keeps its slope.

/// A point as (x, y).
pub(super) type Xy = (f64, f64);

/// The visible part of the plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
}

impl Window {
    pub(super) fn contains(&self, (x, y): Xy) -> bool {
        self.x.0 <= x && x <= self.x.1 && self.y.0 <= y && y <= self.y.1
    }

    /// How far inside each of the four edges a point is; negative is outside.
    fn depths(&self, (x, y): Xy) -> [f64; 4] {
        [x - self.x.0, self.x.1 - x, y - self.y.0, self.y.1 - y]
    }
}

fn between(a: Xy, b: Xy, share: f64) -> Xy {
    (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
}

/// The visible part of a segment (Liang and Barsky).
pub(super) fn segment(a: Xy, b: Xy, window: &Window) -> Option<(Xy, Xy)> {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (at_a, at_b) in window.depths(a).into_iter().zip(window.depths(b)) {
        match (at_a < 0.0, at_b < 0.0) {
            (true, true) => return None,
            (true, false) => enter = enter.max(at_a / (at_a - at_b)),
            (false, true) => leave = leave.min(at_a / (at_a - at_b)),
            (false, false) => {}
        }
    }
    (enter <= leave).then(|| (between(a, b, enter), between(a, b, leave)))
}

/// The visible parts of a line through points, each part in one piece.
pub(super) fn line(points: &[Xy], window: &Window) -> Vec<Vec<Xy>> {
    let mut parts: Vec<Vec<Xy>> = Vec::new();
    for pair in points.windows(2) {
        let Some((start, end)) = segment(pair[0], pair[1], window) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&start) => part.push(end),
            _ => parts.push(vec![start, end]),
        }
    }
    parts
}

/// The visible part of an area (Sutherland and Hodgman: one edge of the window after the other).
pub(super) fn area(corners: &[Xy], window: &Window) -> Vec<Xy> {
    let mut corners = corners.to_vec();
    for edge in 0..4 {
        let mut kept = Vec::with_capacity(corners.len() + 4);
        for (index, &corner) in corners.iter().enumerate() {
            let before = corners[(index + corners.len() - 1) % corners.len()];
            let (was, is) = (window.depths(before)[edge], window.depths(corner)[edge]);
            if (was < 0.0) != (is < 0.0) {
                kept.push(between(before, corner, was / (was - is)));
            }
            if is >= 0.0 {
                kept.push(corner);
            }
        }
        corners = kept;
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Window = Window { x: (0.0, 1.0), y: (0.0, 1.0) };

    #[test]
    fn a_line_that_leaves_keeps_its_slope() {
        // From inside to three times the height: the slope is 3, and it leaves at y = 1, where x = 1/3.
        let parts = line(&[(0.0, 0.0), (1.0, 3.0)], &UNIT);
        assert_eq!(parts, [[(0.0, 0.0), (1.0 / 3.0, 1.0)]]);
    }

    #[test]
    fn a_line_that_comes_back_is_in_two_parts() {
        let parts = line(&[(0.0, 0.5), (0.5, 1.5), (1.0, 0.5)], &UNIT);
        assert_eq!(parts, [[(0.0, 0.5), (0.25, 1.0)], [(0.75, 1.0), (1.0, 0.5)]]);
    }

    #[test]
    fn an_area_is_cut_along_the_edge() {
        let triangle = [(0.0, 0.0), (1.0, 0.0), (0.5, 2.0)];
        assert_eq!(area(&triangle, &UNIT), [(0.25, 1.0), (0.0, 0.0), (1.0, 0.0), (0.75, 1.0)]);
        assert!(area(&[(0.0, 2.0), (1.0, 2.0), (0.5, 3.0)], &UNIT).is_empty());
    }
}
