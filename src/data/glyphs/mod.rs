//! Drawn digits: the strokes of a digit, laid on 12 × 12 pixels in a random pose, plus noise on every pixel.
//!
//! pixel = ink + N(0, noise²), ink from 0 (paper) to 1. The pose is even over rotation ±0.35 rad, scale ±20 %, shear
//! ±0.3 and shift ±0.1 of the image's side, each times `warp`; half the stroke width is even over 0.05 to 0.10.

mod customers;
mod letters;
mod pen;
mod strokes;

use std::sync::{Arc, LazyLock};

use ndarray::Array2;
use ndarray_rand::rand_distr::{Distribution, StandardNormal};
use rand::Rng;

pub use self::customers::Customer;
use self::letters::LETTERS;
use self::pen::{PIXELS, Pose, SIDE};
use self::strokes::{DIGITS, Stroke};
use super::synthetic::{self, Draw};
use super::{Dataset, Defaults, PUBLIC_NOISE, Parts, Sizes};
use crate::seed::{Seed, Stream};

static CLASSES: LazyLock<[String; 10]> = LazyLock::new(|| std::array::from_fn(|digit| digit.to_string()));

/// The ten digits as small noisy images.
///
/// ```
/// use distill_lab::data::Glyphs;
///
/// let harder = Glyphs { warp: 1.5, ..Glyphs::default() };
/// assert_eq!(harder.noise, 0.3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyphs {
    /// Standard deviation of the noise on a pixel, where ink is 1 and paper 0. From 0; 0.3 by default.
    pub noise: f32,
    /// How far digits are turned, enlarged, slanted and moved: 0 not at all, 1 by default, at most 4 so that a digit
    /// keeps a size.
    pub warp: f32,
}

impl Default for Glyphs {
    fn default() -> Self {
        Self { noise: 0.3, warp: 1.0 }
    }
}

impl Dataset for Glyphs {
    fn name(&self) -> &str {
        "glyphs"
    }

    fn about(&self) -> &str {
        "the ten digits drawn on 12 × 12 noisy pixels, turned and slanted at random"
    }

    fn dimension(&self) -> usize {
        PIXELS
    }

    fn classes(&self) -> &[String] {
        CLASSES.as_slice()
    }

    fn bounds(&self) -> (f32, f32) {
        (0.0, 1.0)
    }

    fn image_side(&self) -> Option<usize> {
        Some(SIDE)
    }

    fn defaults(&self) -> Defaults {
        Defaults {
            sizes: Sizes { training: 10_000, pool: 10_000, test: 10_000, independent: 10_000 },
            teacher: vec![128, 64],
            student: vec![32],
            teacher_steps: 3_000,
            student_steps: 1_500,
            teacher_rate: 3e-3,
            student_rate: 5e-3,
        }
    }

    fn pool_limit(&self) -> Option<usize> {
        None
    }

    fn remarks(&self) -> &[String] {
        &[]
    }

    fn public(&self) -> Option<Arc<dyn Dataset>> {
        Some(Arc::new(Self { noise: self.noise * PUBLIC_NOISE, ..*self }))
    }

    fn deal(&self, sizes: Sizes, replicate: Seed) -> Parts {
        synthetic::deal(self, sizes, replicate)
    }
}

impl Draw for Glyphs {
    fn width(&self) -> usize {
        PIXELS
    }

    fn class_count(&self) -> usize {
        DIGITS.len()
    }

    fn draw(&self, class: usize, stream: &mut Stream, point: &mut [f32]) {
        self.draw_strokes(DIGITS[class], stream, point);
    }
}

impl Glyphs {
    /// One image (n × pixels) of each of these digits.
    pub fn digits(&self, digits: &[usize], stream: &mut Stream) -> Array2<f32> {
        let mut images = Array2::zeros((digits.len(), PIXELS));
        for (mut image, &digit) in images.rows_mut().into_iter().zip(digits) {
            self.draw_strokes(DIGITS[digit], stream, image.as_slice_mut().expect("row by row"));
        }
        images
    }

    /// Random letters (count × pixels) in the poses and the noise of the digits: images that are none of the ten.
    pub fn letters(&self, count: usize, stream: &mut Stream) -> Array2<f32> {
        let mut images = Array2::zeros((count, PIXELS));
        for mut image in images.rows_mut() {
            let letter = LETTERS[stream.random_range(0..LETTERS.len() as u32) as usize];
            self.draw_strokes(letter, stream, image.as_slice_mut().expect("row by row"));
        }
        images
    }

    fn draw_strokes(&self, strokes: &[Stroke], stream: &mut Stream, point: &mut [f32]) {
        pen::draw(strokes, self.pose(stream), point);
        for pixel in point {
            let noise: f32 = StandardNormal.sample(stream);
            *pixel += self.noise * noise;
        }
    }

    /// Draws a pose. The same numbers are drawn whatever the strength, so two strengths show the same digits.
    fn pose(&self, stream: &mut Stream) -> Pose {
        let mut within = |most: f32| self.warp * most * stream.random_range(-1.0f32..=1.0);
        let (rotation, scale, shear) = (within(0.35), 1.0 + within(0.2), within(0.3));
        let shift = [within(0.1), within(0.1)];
        Pose { rotation, scale, shear, shift, pen: stream.random_range(0.05f32..=0.10) }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Axis;

    use super::*;
    use crate::data::Examples;

    fn drawn(glyphs: Glyphs, count: usize) -> Examples {
        glyphs.deal(Sizes { training: count, ..Sizes::default() }, Seed::new(3)).training
    }

    /// Mean image per digit: 10 × pixels.
    fn means(examples: &Examples) -> Array2<f32> {
        let mut means = Array2::zeros((10, PIXELS));
        for digit in 0..10 {
            let rows: Vec<usize> = (0..examples.labels.len()).filter(|&row| examples.labels[row] == digit).collect();
            means.row_mut(digit).assign(&examples.points.select(Axis(0), &rows).mean_axis(Axis(0)).unwrap());
        }
        means
    }

    #[test]
    fn ink_without_noise_stays_between_paper_and_black_and_is_never_missing() {
        let clean = drawn(Glyphs { noise: 0.0, ..Glyphs::default() }, 2000);
        assert!(clean.points.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        for image in clean.points.rows() {
            // The thinnest, smallest 1 is 0.7·0.8 long and 2·0.05·0.8 wide: about 6 pixels of ink.
            assert!(image.sum() > 5.0, "an image with {} pixels of ink", image.sum());
        }
    }

    #[test]
    fn noise_has_the_stated_spread_around_the_same_digits() {
        let (noisy, clean) = (Glyphs::default(), Glyphs { noise: 0.0, ..Glyphs::default() });
        let spread = (drawn(noisy, 1).points - drawn(clean, 1).points).std(0.0);
        // Five standard errors of a deviation from 144 pixels: 5 · 0.3 / √288.
        assert!((spread - 0.3).abs() < 0.09, "{spread}");
    }

    #[test]
    fn digits_differ_more_between_classes_than_within() {
        let clean = drawn(Glyphs { noise: 0.0, ..Glyphs::default() }, 4000);
        let means = means(&clean);
        let right = clean.points.rows().into_iter().zip(&clean.labels).filter(|(image, label)| {
            let far = |digit: usize| (&means.row(digit) - image).mapv(|x| x * x).sum();
            (0..10).min_by(|&a, &b| far(a).total_cmp(&far(b))) == Some(**label)
        });
        let share = right.count() as f32 / 4000.0;
        assert!(share > 0.6, "the nearest mean names {share} of the digits");
    }

    #[test]
    fn letters_are_no_digits() {
        // Without noise or warp only the pen's width varies: the nearest digit is some pixels of ink away.
        let still = Glyphs { noise: 0.0, warp: 0.0 };
        let letters = still.letters(300, &mut Seed::new(3).stream());
        assert!(letters.iter().all(|ink| (0.0..=1.0).contains(ink)));
        let digits = still.deal(Sizes { training: 500, ..Sizes::default() }, Seed::new(3)).training.points;
        for letter in letters.rows() {
            let apart = |digit: ndarray::ArrayView1<f32>| (&digit - &letter).mapv(f32::abs).sum();
            let nearest = digits.rows().into_iter().map(apart).fold(f32::INFINITY, f32::min);
            assert!(nearest > 6.0, "a letter is {nearest} pixels of ink from a digit");
        }
    }

    #[test]
    fn poses_fill_their_stated_ranges_and_no_more() {
        let mut stream = Seed::new(3).stream();
        let poses: Vec<Pose> = (0..2000).map(|_| Glyphs::default().pose(&mut stream)).collect();
        let filled = |what: &str, value: fn(&Pose) -> f32, low: f32, high: f32| {
            let least = poses.iter().map(value).fold(f32::INFINITY, f32::min);
            let most = poses.iter().map(value).fold(f32::NEG_INFINITY, f32::max);
            let slack = 0.01 * (high - low);
            assert!(least >= low - 1e-6 && least < low + slack, "{what} begins at {least}");
            assert!(most <= high + 1e-6 && most > high - slack, "{what} ends at {most}");
        };
        filled("rotation", |pose| pose.rotation, -0.35, 0.35);
        filled("scale", |pose| pose.scale, 0.8, 1.2);
        filled("shear", |pose| pose.shear, -0.3, 0.3);
        filled("shift right", |pose| pose.shift[0], -0.1, 0.1);
        filled("shift up", |pose| pose.shift[1], -0.1, 0.1);
        filled("pen", |pose| pose.pen, 0.05, 0.10);
    }
}
