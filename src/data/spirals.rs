//! Five spiral arms.
//!
//! t = 0.1 + 0.9·√u, angle = 2π·(arm/5 + 0.75·t), position = 2t·(cos angle, sin angle) + N(0, 0.22²).
//!
//! The root makes t denser outside, where an arm is longer. Towards the centre the arms run into each other.

use std::f64::consts::TAU;

use super::Plane;

const ARMS: [&str; 5] = ["arm 0", "arm 1", "arm 2", "arm 3", "arm 4"];

/// Five overlapping spiral arms in the plane, one class each.
pub fn spirals() -> Plane {
    Plane::new("spirals", "five overlapping spiral arms in the plane", &ARMS, 0.22, arm)
}

fn arm(arm: usize, u: f64) -> [f64; 2] {
    let t = 0.1 + 0.9 * u.sqrt();
    let angle = TAU * (arm as f64 / ARMS.len() as f64 + 0.75 * t);
    [2.0 * t * angle.cos(), 2.0 * t * angle.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(point: [f64; 2], expected: [f64; 2]) {
        let off = (point[0] - expected[0]).hypot(point[1] - expected[1]);
        assert!(off < 1e-9, "{point:?} is not {expected:?}");
    }

    #[test]
    fn an_arm_ends_where_the_formula_says() {
        // u = 1: t = 1, angle 2π·(0 + 3/4): straight down, at distance 2.
        assert_near(arm(0, 1.0), [0.0, -2.0]);
        // u = 0: t = 0.1, angle 2π·0.075 = 27°, at distance 0.2.
        assert_near(arm(0, 0.0), [0.2 * 27f64.to_radians().cos(), 0.2 * 27f64.to_radians().sin()]);
        // u = (4/9)²: t = 0.5, angle 2π·(0.2 + 0.375) = 207°, at distance 1.
        assert_near(arm(1, 16.0 / 81.0), [207f64.to_radians().cos(), 207f64.to_radians().sin()]);
    }

    #[test]
    fn each_arm_is_the_one_before_turned_by_a_fifth() {
        let (sin, cos) = 72f64.to_radians().sin_cos();
        for k in 1..ARMS.len() {
            for u in [0.0, 0.3, 1.0] {
                let [x, y] = arm(k - 1, u);
                assert_near(arm(k, u), [cos * x - sin * y, sin * x + cos * y]);
            }
        }
    }
}
