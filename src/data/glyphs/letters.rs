//! Capital letters as strokes, on the same sheet as the digits. Those that could pass for a digit are left out:
//! B, D, G, I, O, Q, S, Z.

use super::strokes::Stroke::{self, Arc, Line};

/// The strokes of A, C, E, F, H, K, L, M, N, T, U, V, W, X and Y.
pub(super) const LETTERS: [&[Stroke]; 15] = [
    // A: two slopes and a bar.
    &[Line([-0.24, -0.34], [0.0, 0.34]), Line([0.0, 0.34], [0.24, -0.34]), Line([-0.16, -0.1], [0.16, -0.1])],
    // C: an open ring.
    &[Arc { centre: [0.0, 0.0], radius: 0.3, from: 45.0, to: 315.0 }],
    // E: a stem and three bars.
    &[
        Line([-0.18, 0.34], [-0.18, -0.34]),
        Line([-0.18, 0.34], [0.2, 0.34]),
        Line([-0.18, 0.0], [0.14, 0.0]),
        Line([-0.18, -0.34], [0.2, -0.34]),
    ],
    // F: a stem and two bars.
    &[Line([-0.18, 0.34], [-0.18, -0.34]), Line([-0.18, 0.34], [0.2, 0.34]), Line([-0.18, 0.0], [0.14, 0.0])],
    // H: two stems and a bar.
    &[Line([-0.2, 0.34], [-0.2, -0.34]), Line([0.2, 0.34], [0.2, -0.34]), Line([-0.2, 0.0], [0.2, 0.0])],
    // K: a stem, an arm and a leg.
    &[Line([-0.18, 0.34], [-0.18, -0.34]), Line([-0.18, 0.0], [0.2, 0.34]), Line([-0.18, 0.0], [0.2, -0.34])],
    // L: a stem and a foot.
    &[Line([-0.18, 0.34], [-0.18, -0.34]), Line([-0.18, -0.34], [0.2, -0.34])],
    // M: two stems with a valley between.
    &[
        Line([-0.26, -0.34], [-0.26, 0.34]),
        Line([-0.26, 0.34], [0.0, -0.1]),
        Line([0.0, -0.1], [0.26, 0.34]),
        Line([0.26, 0.34], [0.26, -0.34]),
    ],
    // N: two stems and a slope.
    &[Line([-0.2, -0.34], [-0.2, 0.34]), Line([-0.2, 0.34], [0.2, -0.34]), Line([0.2, -0.34], [0.2, 0.34])],
    // T: a roof and a stem in its middle.
    &[Line([-0.24, 0.34], [0.24, 0.34]), Line([0.0, 0.34], [0.0, -0.34])],
    // U: two stems on a bow.
    &[
        Line([-0.2, 0.34], [-0.2, -0.14]),
        Arc { centre: [0.0, -0.14], radius: 0.2, from: 180.0, to: 360.0 },
        Line([0.2, -0.14], [0.2, 0.34]),
    ],
    // V: two slopes.
    &[Line([-0.22, 0.34], [0.0, -0.34]), Line([0.0, -0.34], [0.22, 0.34])],
    // W: two valleys.
    &[
        Line([-0.28, 0.34], [-0.14, -0.34]),
        Line([-0.14, -0.34], [0.0, 0.2]),
        Line([0.0, 0.2], [0.14, -0.34]),
        Line([0.14, -0.34], [0.28, 0.34]),
    ],
    // X: two crossing slopes.
    &[Line([-0.22, 0.34], [0.22, -0.34]), Line([-0.22, -0.34], [0.22, 0.34])],
    // Y: a fork on a stem.
    &[Line([-0.22, 0.34], [0.0, 0.0]), Line([0.22, 0.34], [0.0, 0.0]), Line([0.0, 0.0], [0.0, -0.34])],
];
