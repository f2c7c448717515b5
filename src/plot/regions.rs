//! A decision map as an image: smooth regions with borders, or the places where two maps differ.

use resvg::tiny_skia::{ColorU8, Pixmap};

use super::PlotError;
use super::theme::{BORDER, DISAGREEMENT, PALE, Rgb, tint};
use crate::finding::Raster;

/// Samples per unit of the picture: two pixels, and two samples for each.
const FINE: usize = 4;
/// Half the width of a border between regions, in samples.
const REACH: usize = 2;

/// A map sampled finely, its borders smoothed: cells are too coarse to be shown as they are.
pub(super) struct Regions {
    side: usize,
    classes: Vec<u8>,
}

impl Regions {
    /// The map of `owner`, to be shown `size` units wide and high.
    pub(super) fn new(raster: &Raster, owner: &str, size: usize) -> Result<Self, PlotError> {
        let (cells, n, side) = (&raster.cells, raster.side, size * FINE);
        if n == 0 || n.checked_mul(n) != Some(cells.len()) {
            return Err(PlotError::Raster { owner: owner.to_owned(), side: n, cells: cells.len() });
        }
        // The five cells around a sample and their shares: a bell one cell wide. A narrower one shows the steps of
        // the cells, a wider one would eat regions that are two cells wide.
        let around = |sample: usize| {
            let at = (sample as f64 + 0.5) * n as f64 / side as f64;
            let cell = (at as usize).min(n - 1);
            [-2.0, -1.0, 0.0, 1.0, 2.0].map(|step| {
                let near = (cell as f64 + step).clamp(0.0, (n - 1) as f64) as usize;
                (near, (-(at - cell as f64 - step - 0.5).powi(2) / 2.0).exp())
            })
        };
        let columns: Vec<_> = (0..side).map(around).collect();
        let mut classes = Vec::with_capacity(side * side);
        for rows in (0..side).map(around) {
            for columns in &columns {
                let mut winner = cells[rows[2].0 * n + columns[2].0];
                let near = rows.iter().flat_map(|(row, down)| {
                    columns.iter().map(move |(column, across)| (cells[row * n + column], down * across))
                });
                if near.clone().any(|(class, _)| class != winner) {
                    let mut votes = [0.0; 256];
                    for (class, share) in near {
                        votes[usize::from(class)] += share;
                        if votes[usize::from(class)] > votes[usize::from(winner)] {
                            winner = class;
                        }
                    }
                }
                classes.push(winner);
            }
        }
        Ok(Self { side, classes })
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.classes[y * self.side + x]
    }

    fn on_border(&self, x: usize, y: usize) -> bool {
        let last = self.side - 1;
        let here = self.at(x, y);
        let across = [x.saturating_sub(REACH), (x + REACH).min(last)];
        let down = [y.saturating_sub(REACH), (y + REACH).min(last)];
        across.iter().any(|&x| self.at(x, y) != here) || down.iter().any(|&y| self.at(x, y) != here)
    }

    /// Pixels from the colours of samples, four to a pixel.
    fn pixels(&self, colour: impl Fn(usize, usize) -> Rgb) -> Result<Pixmap, PlotError> {
        let side = self.side / 2;
        let too_large = || PlotError::Png("a map is too large".to_owned());
        let mut pixels = Pixmap::new(side as u32, side as u32).ok_or_else(too_large)?;
        for (index, pixel) in pixels.pixels_mut().iter_mut().enumerate() {
            let (x, y) = (index % side * 2, index / side * 2);
            let samples = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|(x, y)| colour(x, y));
            let mean =
                |channel: usize| (samples.iter().map(|sample| u32::from(sample[channel])).sum::<u32>() / 4) as u8;
            *pixel = ColorU8::from_rgba(mean(0), mean(1), mean(2), u8::MAX).premultiply();
        }
        Ok(pixels)
    }

    /// Each class in its tint, with borders.
    pub(super) fn decisions(&self) -> Result<Pixmap, PlotError> {
        self.pixels(|x, y| if self.on_border(x, y) { BORDER } else { tint(self.at(x, y)) })
    }

    /// Where another map differs from this one, on pale paper with this one's borders.
    pub(super) fn differences(&self, other: &Self) -> Result<Pixmap, PlotError> {
        self.pixels(|x, y| match self.at(x, y) {
            class if class != other.at(x, y) => DISAGREEMENT,
            _ if self.on_border(x, y) => [0xc3, 0xc9, 0xd0],
            _ => PALE,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The top half class 0, the bottom left class 1, the bottom right class 2.
    fn corners() -> Raster {
        Raster { side: 4, cells: vec![0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 1, 2, 2] }
    }

    fn colour(pixels: &Pixmap, x: u32, y: u32) -> Rgb {
        let pixel = pixels.pixel(x, y).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    #[test]
    fn the_top_row_of_a_map_is_at_the_top() {
        let regions = Regions::new(&corners(), "the test", 100).unwrap();
        let pixels = regions.decisions().unwrap();
        assert_eq!([colour(&pixels, 20, 20), colour(&pixels, 180, 20)], [tint(0), tint(0)]);
        assert_eq!([colour(&pixels, 20, 180), colour(&pixels, 180, 180)], [tint(1), tint(2)]);
        assert_eq!(colour(&pixels, 100, 180), BORDER);
    }

    #[test]
    fn only_differences_are_marked() {
        let mut cells = corners().cells;
        cells[0..2].fill(7);
        cells[4..6].fill(7);
        let teacher = Regions::new(&corners(), "the teacher", 100).unwrap();
        let student = Regions::new(&Raster { side: 4, cells }, "the student", 100).unwrap();
        let pixels = teacher.differences(&student).unwrap();
        assert_eq!(colour(&pixels, 20, 20), DISAGREEMENT);
        assert_eq!([colour(&pixels, 180, 20), colour(&pixels, 20, 180)], [PALE, PALE]);
    }

    #[test]
    fn a_map_that_is_not_square_is_refused() {
        let raster = Raster { side: 3, cells: vec![0; 8] };
        assert!(matches!(Regions::new(&raster, "the test", 40), Err(PlotError::Raster { side: 3, cells: 8, .. })));
    }
}
