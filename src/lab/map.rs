//! Maps: the class that a network gives to each pixel of a square of the plane.

use ndarray::{Array2, ArrayView2, s};

/// Cells at whose corners a network is asked, on each side; between them logits are interpolated.
const CELLS: usize = 160;

/// The likeliest class at each pixel of the box (low, high)², `side` × `side` of them, the top row first. `logits`
/// answers points (n × 2) with logits (n × classes).
pub fn map((low, high): (f32, f32), logits: impl Fn(ArrayView2<f32>) -> Array2<f32>, side: usize) -> Vec<u8> {
    let corners = CELLS + 1;
    let step = (high - low) / CELLS as f32;
    let place = |at: usize| [low + step * (at % corners) as f32, high - step * (at / corners) as f32];
    let points = Array2::from_shape_fn((corners * corners, 2), |(at, axis)| place(at)[axis]);
    let logits = logits(points.view());
    let classes = logits.ncols();
    let corners_of = |row: usize| logits.slice(s![row * corners..(row + 1) * corners, ..]);
    let at = |pixel: usize| {
        let place = (pixel as f32 + 0.5) / side as f32 * CELLS as f32;
        let cell = (place as usize).min(CELLS - 1);
        (cell, place - cell as f32)
    };
    let mut map = Vec::with_capacity(side * side);
    for row in 0..side {
        let (cell, down) = at(row);
        let line = &corners_of(cell) * (1.0 - down) + &corners_of(cell + 1) * down;
        let line = line.as_slice().expect("a line of its own");
        for column in 0..side {
            let (cell, right) = at(column);
            let (left, next) = (&line[cell * classes..], &line[(cell + 1) * classes..]);
            let mut best = (0, f32::NEG_INFINITY);
            for class in 0..classes {
                let value = left[class] * (1.0 - right) + next[class] * right;
                if value > best.1 {
                    best = (class, value);
                }
            }
            map.push(best.0 as u8);
        }
    }
    map
}
