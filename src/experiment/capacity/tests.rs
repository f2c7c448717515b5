//! What holds a width back, on records made by hand.

use super::*;
use crate::audit::statistics::paired_difference;

/// Three worlds whose agreements at a tenth, at the largest budget and of the widest student are these, in
/// percent, with a little noise that the worlds do not share.
fn limit(tenth: f64, most: f64, widest: f64) -> Limit {
    let worlds = |mean: f64, noise: [f64; 3]| noise.map(|noise| (mean + noise) / 100.0);
    let (tenth, most) = (worlds(tenth, [0.0, 0.1, -0.1]), worlds(most, [0.1, -0.1, 0.0]));
    let widest = worlds(widest, [0.0, 0.0, 0.1]);
    Limit::of(paired_difference(&most, &tenth), paired_difference(&widest, &most))
}

#[test]
fn a_small_student_that_is_stuck_is_told_from_a_large_one_that_has_arrived() {
    assert_eq!(limit(75.9, 76.0, 99.0), Limit::Size);
    assert_eq!(limit(98.9, 99.0, 99.1), Limit::Nothing);
    assert_eq!(limit(91.0, 95.0, 99.0), Limit::Questions);
    // The widest against itself, flat and rising.
    assert_eq!(limit(98.9, 99.0, 99.0), Limit::Nothing);
    assert_eq!(limit(90.0, 95.0, 95.0), Limit::Questions);
    // About a point below the widest: the interval of 1.0 has a point inside.
    assert_eq!(limit(98.0, 98.1, 99.1), Limit::Unclear);
}

#[test]
fn noise_in_a_tiny_student_is_no_gain_and_a_single_world_decides_nothing() {
    let noisy = Estimate { mean: 0.004, low: -0.03, high: 0.038 };
    let far_below = Estimate { mean: 0.58, low: 0.55, high: 0.61 };
    assert_eq!(Limit::of(noisy, far_below), Limit::Size);
    let near = Estimate { mean: 0.04, low: 0.02, high: 0.06 };
    assert_eq!(Limit::of(noisy, near), Limit::Unclear, "more questions may bring as much as more units");
    let level = Estimate { mean: 0.0, low: -0.004, high: 0.004 };
    assert_eq!(Limit::of(noisy, level), Limit::Unclear);
    let single = Estimate { mean: 0.5, low: f64::NEG_INFINITY, high: f64::INFINITY };
    assert_eq!(Limit::of(single, single), Limit::Unclear);
}
