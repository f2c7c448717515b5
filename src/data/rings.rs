//! Three concentric rings.
//!
//! radius = 0.6·(ring + 1), angle = 2π·u, plus N(0, 0.25²): neighbours overlap, the middle ring on both sides.

use std::f64::consts::TAU;

use super::Plane;

/// Three concentric rings in the plane, one class each.
pub fn rings() -> Plane {
    Plane::new("rings", "three concentric rings in the plane", &["inner", "middle", "outer"], 0.25, ring)
}

fn ring(ring: usize, u: f64) -> [f64; 2] {
    let radius = 0.6 * (ring + 1) as f64;
    let (sin, cos) = (TAU * u).sin_cos();
    [radius * cos, radius * sin]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_are_evenly_spaced() {
        for (number, radius) in [0.6, 1.2, 1.8].into_iter().enumerate() {
            for u in [0.0, 0.3, 0.9] {
                let [x, y] = ring(number, u);
                assert!((x.hypot(y) - radius).abs() < 1e-12, "ring {number} at {u}");
            }
        }
    }
}
