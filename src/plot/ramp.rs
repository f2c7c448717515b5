//! A ramp from pale to dark in one hue: more is darker, in colour, in grey and to a colour-blind reader.
//!
//! Steps are even in the lightness of OKLab (Ottosson 2020), where equal steps look equal; the chroma rises to the
//! middle and falls again, because neither very pale nor very dark blue has much.

use super::theme::Rgb;

const PALE: f64 = 0.96;
const DARK: f64 = 0.34;
/// Blue, as an angle in OKLab's plane of hues.
const HUE: f64 = 4.35;

/// How many colours a grid has.
pub(super) const STEPS: usize = 7;

/// The colour of a step of a grid, from pale to dark.
pub(super) fn step(index: usize) -> Rgb {
    colour(index as f64 / (STEPS - 1) as f64)
}

/// The colour at `share` of the way from pale (0) to dark (1).
fn colour(share: f64) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    let lightness = PALE + share * (DARK - PALE);
    let chroma = 0.02 + 0.11 * (0.8 * std::f64::consts::PI * share).sin();
    from_oklab(lightness, chroma * HUE.cos(), chroma * HUE.sin())
}

/// OKLab to sRGB, by the published matrices.
fn from_oklab(lightness: f64, a: f64, b: f64) -> Rgb {
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let linear = [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
    ];
    linear.map(|light| {
        let light = light.clamp(0.0, 1.0);
        let level = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (255.0 * level).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::theme::{INK, luminance};

    #[test]
    fn white_and_grey_come_out_as_they_are() {
        // OKLab has white at (1, 0, 0); a neutral of lightness l has linear light l³, here (1/2)³ = 1/8.
        assert_eq!(from_oklab(1.0, 0.0, 0.0), [255; 3]);
        let grey = (255.0 * (1.055 * 0.125f64.powf(1.0 / 2.4) - 0.055)).round() as u8;
        assert_eq!(from_oklab(0.5, 0.0, 0.0), [grey; 3]);
    }

    #[test]
    fn more_is_darker_and_a_number_reads_on_every_step() {
        let lights: Vec<f64> = (0..=50).map(|step| luminance(colour(f64::from(step) / 50.0))).collect();
        assert!(lights.is_sorted_by(|a, b| a > b), "{lights:?}");
        for light in lights {
            let (on_white, on_ink) = (1.05 / (light + 0.05), (light + 0.05) / (luminance(INK) + 0.05));
            assert!(on_white.max(on_ink) > 4.0);
        }
    }
}
