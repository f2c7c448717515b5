//! `exp` for whole slices: a polynomial that the compiler turns into vector instructions.
//!
//! Write x = n·ln 2 + r with n whole and |r| ≤ ln 2 / 2. Then exp(x) = 2ⁿ · exp(r): 2ⁿ is made by writing n into the
//! exponent bits, and exp(r) is a polynomial of degree six (Cephes `expf`; Moshier 1992).

/// Adding and subtracting this rounds to a whole number, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0; // 1.5 · 2²³
/// ln 2 in two parts, the first with few bits so that n times it is exact.
const LN2_HIGH: f32 = 0.693_359_4;
const LN2_LOW: f32 = -2.121_944_4e-4;

/// exp(x) to about 1e-7 of its value, for x from −87 to 88; beyond, the value at the nearer end.
#[inline(always)]
pub(in crate::nn) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * LN2_HIGH - n * LN2_LOW;
    let mut p = 1.987_569_2e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = p * r + coefficient;
    }
    let power_of_two = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    (p * r * r + r + 1.0) * power_of_two
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn agrees_with_the_standard_library() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            let expected = f64::from(x).exp();
            let error = (f64::from(exp(x)) - expected).abs() / expected;
            assert!(error < 2e-7, "exp({x}) is off by {error:e}");
        }
    }

    #[test]
    fn stays_finite_outside_its_range() {
        assert_eq!(exp(-1000.0), exp(-87.0));
        assert!(exp(1000.0).is_finite());
    }
}
