//! Strokes to pixels, by distance: ink = clamp(½ + (half-width − distance to the nearest stroke) / pixel, 0, 1).
//!
//! The strokes stay where they are. The corners of the pixel grid are carried back into their space instead, which
//! is one affine map per glyph, and the pen grows and slants with the digit as if the sheet had been stretched.

use pulp::{Simd, WithSimd};

use super::strokes::Stroke;
use crate::simd::widest;

/// Pixels per side of a glyph.
pub(super) const SIDE: usize = 12;
/// Pixels of a glyph.
pub(super) const PIXELS: usize = SIDE * SIDE;

/// How a digit is laid on the paper: turned, slanted, enlarged, moved, and drawn with a thicker or thinner pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pose {
    /// Radians, counter-clockwise.
    pub(super) rotation: f32,
    /// Enlargement; 1 leaves the size.
    pub(super) scale: f32,
    /// Sideways slant: x moves by this much per unit of y.
    pub(super) shear: f32,
    /// Movement right and up, in widths of the paper.
    pub(super) shift: [f32; 2],
    /// Half the width of a stroke before enlargement, in widths of the paper.
    pub(super) pen: f32,
}

/// Draws the strokes into `ink`: row by row from the top, 0 for paper and 1 for ink.
pub(super) fn draw(strokes: &[Stroke], pose: Pose, ink: &mut [f32]) {
    widest(Draw { strokes, pose, ink });
}

struct Draw<'a> {
    strokes: &'a [Stroke],
    pose: Pose,
    ink: &'a mut [f32],
}

impl WithSimd for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { strokes, pose, ink } = self;
        let (x, y) = pixels_in_stroke_space(pose);
        let mut nearest = [f32::INFINITY; PIXELS];
        for &stroke in strokes {
            approach(&mut nearest, stroke, &x, &y);
        }
        for (ink, square) in ink.iter_mut().zip(nearest) {
            *ink = (0.5 + (pose.pen - square.sqrt()) * SIDE as f32).clamp(0.0, 1.0);
        }
    }
}

/// Where each pixel's centre lies before the pose: (p − shift) turned back, shrunk back and slanted back.
#[inline(always)]
fn pixels_in_stroke_space(pose: Pose) -> ([f32; PIXELS], [f32; PIXELS]) {
    let (sin, cos) = pose.rotation.sin_cos();
    let (cos, sin) = (cos / pose.scale, sin / pose.scale);
    let (mut x, mut y) = ([0.0; PIXELS], [0.0; PIXELS]);
    for row in 0..SIDE {
        let up = 0.5 - (row as f32 + 0.5) / SIDE as f32 - pose.shift[1];
        for column in 0..SIDE {
            let right = (column as f32 + 0.5) / SIDE as f32 - 0.5 - pose.shift[0];
            let pixel = row * SIDE + column;
            y[pixel] = cos * up - sin * right;
            x[pixel] = cos * right + sin * up - pose.shear * y[pixel];
        }
    }
    (x, y)
}

/// Lowers each pixel's squared distance to that of `stroke`, where it is smaller.
///
/// One stroke over all pixels, not one pixel over all strokes: the loops then run in full SIMD width.
#[inline(always)]
fn approach(nearest: &mut [f32; PIXELS], stroke: Stroke, x: &[f32; PIXELS], y: &[f32; PIXELS]) {
    match stroke {
        Stroke::Line([x0, y0], [x1, y1]) => {
            let (dx, dy) = (x1 - x0, y1 - y0);
            // The direction over the squared length: multiplying by it once is cheaper than dividing every pixel.
            let (along_x, along_y) = (dx / square(dx, dy), dy / square(dx, dy));
            for ((nearest, x), y) in nearest.iter_mut().zip(x).zip(y) {
                let along = ((x - x0) * along_x + (y - y0) * along_y).clamp(0.0, 1.0);
                *nearest = nearest.min(square(x - x0 - along * dx, y - y0 - along * dy));
            }
        }
        Stroke::Arc { centre: [cx, cy], radius, from, to } => {
            // A pixel lies in the arc's sector when it turns no further from the arc's middle than the arc's ends do.
            let (middle_y, middle_x) = (0.5 * (from + to)).to_radians().sin_cos();
            let half_turn = (0.5 * (to - from)).to_radians().cos();
            let end = |angle: f32| (cx + radius * angle.to_radians().cos(), cy + radius * angle.to_radians().sin());
            let ((from_x, from_y), (to_x, to_y)) = (end(from), end(to));
            for ((nearest, x), y) in nearest.iter_mut().zip(x).zip(y) {
                let (dx, dy) = (x - cx, y - cy);
                let out = square(dx, dy).sqrt();
                let in_sector = dx * middle_x + dy * middle_y >= out * half_turn;
                let to_curve = (out - radius) * (out - radius);
                let to_ends = square(x - from_x, y - from_y).min(square(x - to_x, y - to_y));
                *nearest = nearest.min(if in_sector { to_curve } else { to_ends });
            }
        }
    }
}

#[inline(always)]
fn square(x: f32, y: f32) -> f32 {
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRAIGHT: Pose = Pose { rotation: 0.0, scale: 1.0, shear: 0.0, shift: [0.0, 0.0], pen: 0.05 };

    fn distance(stroke: Stroke, at: [f32; 2]) -> f32 {
        let mut nearest = [f32::INFINITY; PIXELS];
        approach(&mut nearest, stroke, &[at[0]; PIXELS], &[at[1]; PIXELS]);
        nearest[0].sqrt()
    }

    #[test]
    fn distances_to_strokes_are_those_of_the_ruler() {
        let line = Stroke::Line([0.0, 0.0], [4.0, 0.0]);
        let quarter = Stroke::Arc { centre: [0.0, 0.0], radius: 1.0, from: 0.0, to: 90.0 };
        let most = Stroke::Arc { centre: [0.0, 0.0], radius: 1.0, from: 90.0, to: 360.0 };
        // Beside the line, beyond its end (a 3-4-5 triangle); within, outside and opposite the arc.
        for (stroke, at, expected) in [
            (line, [2.0, 3.0], 3.0),
            (line, [7.0, 4.0], 5.0),
            (quarter, [3.0, 4.0], 4.0),
            (quarter, [0.3, 0.4], 0.5),
            (quarter, [-3.0, 1.0], 3.0),
            (most, [-3.0, -4.0], 4.0),
            (most, [1.0, 4.0], 10f32.sqrt()),
        ] {
            assert!((distance(stroke, at) - expected).abs() < 1e-5, "{stroke:?} from {at:?}");
        }
    }

    #[test]
    fn the_first_row_is_the_top_one_and_a_pen_of_one_pixel_covers_one() {
        let mut ink = [0.0; PIXELS];
        // Along the centres of the third row from the top, one pixel wide.
        let height = 0.5 - 2.5 / SIDE as f32;
        let pose = Pose { pen: 0.5 / SIDE as f32, ..STRAIGHT };
        draw(&[Stroke::Line([-0.6, height], [0.6, height])], pose, &mut ink);
        for (row, pixels) in ink.chunks(SIDE).enumerate() {
            let expected = if row == 2 { 1.0 } else { 0.0 };
            assert!(pixels.iter().all(|ink| (ink - expected).abs() < 1e-4), "row {row}: {pixels:?}");
        }
    }

    #[test]
    fn a_pose_moves_ink_as_it_says() {
        // A dot at (0.2, 0), turned by 90° to (0, 0.2), doubled to (0, 0.4), moved by (−0.25, −0.5) to (−0.25, −0.1).
        let dot = [Stroke::Line([0.2, 0.0], [0.2, 0.001])];
        let pose = Pose { rotation: 90f32.to_radians(), scale: 2.0, shift: [-0.25, -0.5], ..STRAIGHT };
        assert_eq!(darkest(&dot, pose), [-0.25, -0.1]);
        // A slant of 0.5 moves a dot at (0, 0.4) to (0.2, 0.4).
        assert_eq!(darkest(&[Stroke::Line([0.0, 0.4], [0.0, 0.401])], Pose { shear: 0.5, ..STRAIGHT }), [0.2, 0.4]);
    }

    /// The centre of the ink, to one decimal and a half.
    fn darkest(strokes: &[Stroke], pose: Pose) -> [f32; 2] {
        let mut ink = [0.0; PIXELS];
        draw(strokes, pose, &mut ink);
        let total: f32 = ink.iter().sum();
        let mean = |place: fn(usize) -> f32| {
            let sum: f32 = ink.iter().enumerate().map(|(pixel, ink)| ink * place(pixel)).sum();
            (sum / total * 20.0).round() / 20.0
        };
        [
            mean(|pixel| ((pixel % SIDE) as f32 + 0.5) / SIDE as f32 - 0.5),
            mean(|pixel| 0.5 - ((pixel / SIDE) as f32 + 0.5) / SIDE as f32),
        ]
    }
}
