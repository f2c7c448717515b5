//! Two half circles that reach into each other.
//!
//! Upper: (cos a, sin a); lower: (1 − cos a, ½ − sin a), a from 0 to π; moved by (−½, −¼) so that the pair is
//! centred, scaled by 1.2, plus N(0, 0.35²).

use std::f64::consts::PI;

use super::Plane;

const SCALE: f64 = 1.2;

/// Two interlocking half moons in the plane, one class each.
pub fn moons() -> Plane {
    Plane::new("moons", "two interlocking half moons in the plane", &["upper", "lower"], 0.35, moon)
}

fn moon(moon: usize, u: f64) -> [f64; 2] {
    let (sin, cos) = (PI * u).sin_cos();
    let [x, y] = if moon == 0 { [cos, sin] } else { [1.0 - cos, 0.5 - sin] };
    [SCALE * (x - 0.5), SCALE * (y - 0.25)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_moon_is_the_upper_one_turned_by_half_a_turn() {
        for u in [0.0, 0.2, 0.5, 1.0] {
            let ([x, y], [turned_x, turned_y]) = (moon(0, u), moon(1, u));
            assert!((x + turned_x).abs() < 1e-12 && (y + turned_y).abs() < 1e-12, "at {u}");
        }
    }

    #[test]
    fn each_moon_reaches_the_hollow_of_the_other() {
        // The upper moon is a half circle of radius 1.2 around (−0.6, −0.3); the lower one begins within it.
        let [x, y] = moon(1, 0.0);
        assert!((x + 0.6).hypot(y + 0.3) < 1.2 / 2.0 + 1e-12);
        for u in [0.0, 0.4, 1.0] {
            let [x, y] = moon(0, u);
            assert!(((x + 0.6).hypot(y + 0.3) - 1.2).abs() < 1e-12);
        }
    }
}
