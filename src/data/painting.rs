//! A plane that somebody painted: the class of a point is the colour of the cell it lies in.
//!
//! A class is drawn evenly among those that were painted, then one of its cells, then a place in the cell. Nothing is
//! drawn where nothing was painted.

use super::synthetic::{self, Draw};
use super::{Dataset, Defaults, Parts, Plane, Sizes, spirals};
use crate::seed::{Seed, Stream};
use rand::Rng;

/// A square of painted cells, from one corner of the box to the other.
#[derive(Clone, Debug)]
pub struct Painting {
    side: usize,
    names: Vec<String>,
    /// The cells of each class, counted row by row from the top left.
    cells: Vec<Vec<usize>>,
    like: Plane,
}

impl Painting {
    /// `cells` are `side` × `side` colours, the top row first; `None` is unpainted. `None` where fewer than two colours
    /// were used, or the cells do not fill a square.
    pub fn new(side: usize, cells: &[Option<u8>]) -> Option<Self> {
        let mut colours: Vec<u8> = cells.iter().flatten().copied().collect();
        colours.sort_unstable();
        colours.dedup();
        let of = |colour: &u8| (0..cells.len()).filter(|&cell| cells[cell] == Some(*colour)).collect();
        let names = colours.iter().map(|colour| format!("colour {colour}")).collect();
        let sound = side > 0 && cells.len() == side.checked_mul(side)? && colours.len() > 1;
        sound.then(|| Self { side, names, cells: colours.iter().map(of).collect(), like: spirals() })
    }
}

impl Dataset for Painting {
    fn name(&self) -> &str {
        "painting"
    }

    fn about(&self) -> &str {
        "cells of a plane, painted by hand"
    }

    fn dimension(&self) -> usize {
        2
    }

    fn classes(&self) -> &[String] {
        &self.names
    }

    fn bounds(&self) -> (f32, f32) {
        self.like.bounds()
    }

    fn image_side(&self) -> Option<usize> {
        None
    }

    fn defaults(&self) -> Defaults {
        self.like.defaults()
    }

    fn pool_limit(&self) -> Option<usize> {
        None
    }

    fn remarks(&self) -> &[String] {
        &[]
    }

    fn deal(&self, sizes: Sizes, world: Seed) -> Parts {
        synthetic::deal(self, sizes, world)
    }
}

impl Draw for Painting {
    fn width(&self) -> usize {
        2
    }

    fn class_count(&self) -> usize {
        self.cells.len()
    }

    fn draw(&self, class: usize, stream: &mut Stream, point: &mut [f32]) {
        let cells = &self.cells[class];
        // Counted in 32 bits, so that machines of any word size draw the same cells.
        let cell = cells[stream.random_range(0..cells.len() as u32) as usize];
        let (low, high) = self.bounds();
        let step = (high - low) / self.side as f32;
        point[0] = low + step * ((cell % self.side) as f32 + stream.random::<f32>());
        point[1] = high - step * ((cell / self.side) as f32 + stream.random::<f32>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_in_cells_of_their_colour() {
        // Colour 3 at the top left, colour 1 at the bottom right, of 2 × 2 cells in the box from −2.5 to 2.5.
        let painting = Painting::new(2, &[Some(3), None, None, Some(1)]).expect("two colours");
        assert_eq!(painting.classes(), ["colour 1", "colour 3"]);
        let parts = painting.deal(Sizes { training: 200, ..Sizes::default() }, Seed::new(0));
        for (point, &label) in parts.training.points.rows().into_iter().zip(&parts.training.labels) {
            let right_and_below = point[0] > 0.0 && point[1] < 0.0;
            let left_and_above = point[0] < 0.0 && point[1] > 0.0;
            assert!(if label == 0 { right_and_below } else { left_and_above }, "{label} at {point}");
        }
        let first = parts.training.labels.iter().filter(|&&label| label == 0).count();
        assert!((70..130).contains(&first), "classes are drawn evenly: {first} of 200");
    }

    #[test]
    fn one_colour_or_half_a_square_is_no_painting() {
        assert!(Painting::new(2, &[Some(0), None, None, Some(0)]).is_none());
        assert!(Painting::new(2, &[Some(0), Some(1), None]).is_none());
        assert!(Painting::new(0, &[]).is_none());
    }
}
