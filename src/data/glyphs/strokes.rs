//! The ten digits as strokes: straight lines and arcs of circles.
//!
//! Coordinates are those of a sheet of paper centred on (0, 0), x to the right and y upwards, one unit wide and
//! high. Angles are in degrees, counter-clockwise from the right. To change how a digit looks, change its list.

/// One movement of the pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stroke {
    /// From one point straight to another.
    Line([f32; 2], [f32; 2]),
    /// Part of a circle, counter-clockwise from one angle to another, at most a full turn later.
    Arc { centre: [f32; 2], radius: f32, from: f32, to: f32 },
}

use Stroke::{Arc, Line};

/// The strokes of the digits, from 0 to 9.
pub(super) const DIGITS: [&[Stroke]; 10] = [
    // 0: two half circles joined by straight sides.
    &[
        Arc { centre: [0.0, 0.14], radius: 0.2, from: 0.0, to: 180.0 },
        Arc { centre: [0.0, -0.14], radius: 0.2, from: 180.0, to: 360.0 },
        Line([-0.2, 0.14], [-0.2, -0.14]),
        Line([0.2, 0.14], [0.2, -0.14]),
    ],
    // 1: a stem and a flag.
    &[Line([0.04, 0.34], [0.04, -0.34]), Line([0.04, 0.34], [-0.14, 0.18])],
    // 2: an arch that runs down to the foot.
    &[
        Arc { centre: [0.0, 0.15], radius: 0.19, from: -40.0, to: 165.0 },
        Line([0.146, 0.028], [-0.2, -0.34]),
        Line([-0.2, -0.34], [0.22, -0.34]),
    ],
    // 3: two bows that meet in the middle.
    &[
        Arc { centre: [0.0, 0.165], radius: 0.165, from: -90.0, to: 150.0 },
        Arc { centre: [0.0, -0.17], radius: 0.17, from: -150.0, to: 90.0 },
    ],
    // 4: a slope, a bar and a stem.
    &[Line([0.1, 0.34], [-0.22, -0.12]), Line([-0.22, -0.12], [0.24, -0.12]), Line([0.1, 0.34], [0.1, -0.34])],
    // 5: a roof, a short side and a bow.
    &[
        Line([-0.16, 0.34], [0.19, 0.34]),
        Line([-0.16, 0.34], [-0.16, 0.01]),
        Arc { centre: [0.0, -0.13], radius: 0.21, from: -145.0, to: 140.0 },
    ],
    // 6: a ring with a hook above its left side.
    &[
        Arc { centre: [0.0, -0.14], radius: 0.2, from: 0.0, to: 360.0 },
        Line([-0.2, -0.14], [-0.2, 0.12]),
        Arc { centre: [0.0, 0.12], radius: 0.2, from: 40.0, to: 180.0 },
    ],
    // 7: a roof and a slope.
    &[Line([-0.2, 0.34], [0.2, 0.34]), Line([0.2, 0.34], [-0.06, -0.34])],
    // 8: a smaller ring on a larger one.
    &[
        Arc { centre: [0.0, 0.18], radius: 0.155, from: 0.0, to: 360.0 },
        Arc { centre: [0.0, -0.155], radius: 0.18, from: 0.0, to: 360.0 },
    ],
    // 9: a ring with a hook below its right side.
    &[
        Arc { centre: [0.0, 0.14], radius: 0.2, from: 0.0, to: 360.0 },
        Line([0.2, 0.14], [0.2, -0.12]),
        Arc { centre: [0.0, -0.12], radius: 0.2, from: -140.0, to: 0.0 },
    ],
];
