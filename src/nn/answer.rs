//! What a network answers: to points as they come, or to points that are packed once for many networks.
//!
//! The forward pass reads points in the units × batch layout. To bring them there takes about as long as to send them
//! through a small network, so an exam that hundreds of models sit packs its points once.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::Mlp;
use super::kernel::Sheet;

/// Points taken at a time: enough to fill the processor, few enough for its cache.
const CHUNK: usize = 48;

/// Points (n × inputs) in the layout of the forward pass.
pub struct Packed {
    points: usize,
    inputs: usize,
    /// Each inputs × points. Behind the points of a last one that is not full stand others; nobody looks at them.
    chunks: Vec<Sheet>,
}

impl Packed {
    /// Packs points (n × inputs).
    pub fn new(points: ArrayView2<f32>) -> Self {
        let mut chunks = Vec::new();
        for_each_chunk(points, |chunk, _| chunks.push(chunk.clone()));
        Self { points: points.nrows(), inputs: points.ncols(), chunks }
    }
}

impl Mlp {
    /// Logits (n × classes) of points (n × inputs).
    ///
    /// # Panics
    /// If the points do not have as many columns as the network has inputs.
    pub fn logits(&self, points: ArrayView2<f32>) -> Array2<f32> {
        let mut answers = Answers::new(self, (points.nrows(), points.ncols()));
        for_each_chunk(points, |chunk, count| answers.next(chunk, count));
        answers.logits
    }

    /// The same logits of packed points.
    ///
    /// # Panics
    /// If the points do not have as many columns as the network has inputs.
    pub fn logits_of(&self, packed: &Packed) -> Array2<f32> {
        let mut answers = Answers::new(self, (packed.points, packed.inputs));
        for (number, chunk) in packed.chunks.iter().enumerate() {
            answers.next(chunk, CHUNK.min(packed.points - CHUNK * number));
        }
        answers.logits
    }
}

/// Calls with one chunk of points (n × inputs) after another, inputs × points, and how many points are in it.
fn for_each_chunk(points: ArrayView2<f32>, mut call: impl FnMut(&Sheet, usize)) {
    let (inputs, chunk) = (points.ncols(), points.nrows().min(CHUNK));
    let (mut rows, mut turned) = (Sheet::zeros(chunk, inputs), Sheet::zeros(inputs, chunk));
    for points in points.axis_chunks_iter(Axis(0), CHUNK) {
        rows.fill(points);
        rows.turn_into(&mut turned);
        call(&turned, points.nrows());
    }
}

/// A network at work on one chunk after another.
struct Answers<'a> {
    net: &'a Mlp,
    activations: Vec<Sheet>,
    /// The logits of a chunk, turned: points × classes.
    turned: Sheet,
    logits: Array2<f32>,
    answered: usize,
}

impl<'a> Answers<'a> {
    fn new(net: &'a Mlp, (points, inputs): (usize, usize)) -> Self {
        let widths = net.widths();
        assert_eq!(inputs, widths[0], "points of the network's dimension");
        let (chunk, classes) = (points.min(CHUNK), widths[widths.len() - 1]);
        let (activations, turned) = (net.room(chunk), Sheet::zeros(chunk, classes));
        Self { net, activations, turned, logits: Array2::zeros((points, classes)), answered: 0 }
    }

    /// Answers the first `points` of a chunk (inputs × points).
    fn next(&mut self, input: &Sheet, points: usize) {
        let Self { net, activations, turned, logits, answered } = self;
        net.forward(input, activations);
        activations[activations.len() - 1].turn_into(turned);
        logits.slice_mut(s![*answered..*answered + points, ..]).assign(&turned.view().slice(s![..points, ..]));
        *answered += points;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn many_points_are_answered_as_one_by_one_packed_or_not() {
        let net = Mlp::new(&[3, 8, 4], &mut Seed::new(1).stream());
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7] {
            let points = Array2::from_shape_fn((count, 3), |(i, j)| ((3 * i + 7 * j) as f32).sin());
            let together = net.logits(points.view());
            assert_eq!(together.dim(), (count, 4));
            assert_eq!(net.logits_of(&Packed::new(points.view())), together, "{count} points");
            for row in [0, CHUNK - 1, CHUNK, 2 * CHUNK + 6].into_iter().filter(|&row| row < count) {
                let alone = net.logits(points.slice(s![row..row + 1, ..]));
                assert!((&together.row(row) - &alone.row(0)).iter().all(|d| d.abs() < 1e-5), "{row} of {count}");
            }
        }
    }
}
