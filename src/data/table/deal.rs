//! Three disjoint parts of one table, and the scale on which a teacher sees them.
//!
//! Of a class with n rows, the test set gets ⌊n/5⌋, training half of the rest (rounded up), the pool what remains:
//! 40 %, 40 %, 20 %. Part sizes are therefore the same in every world; which rows they hold is not.
//!
//! z = (x − mean) / sd, with mean and standard deviation of the training share alone: a test set that had a say in
//! its own scale would not be a test.

use ndarray::{Array2, ArrayView2};
use rand::seq::SliceRandom;

use crate::data::Examples;
use crate::seed::Stream;

/// Rows of one part with their classes.
pub(super) type Share = Vec<(usize, usize)>;

/// How many of a class's rows go to training, pool and test.
pub(super) fn shares(rows: usize) -> [usize; 3] {
    let test = rows / 5;
    let training = (rows - test).div_ceil(2);
    [training, rows - test - training, test]
}

/// Deals every row of every class: training, pool, test, each in random order.
pub(super) fn split(rows_of_class: &[Vec<usize>], stream: &mut Stream) -> [Share; 3] {
    let mut parts = [const { Vec::new() }; 3];
    for (class, rows) in rows_of_class.iter().enumerate() {
        let mut rows = rows.clone();
        rows.shuffle(stream);
        let mut rest = rows.as_slice();
        for (part, count) in parts.iter_mut().zip(shares(rows.len())) {
            let (mine, others) = rest.split_at(count);
            part.extend(mine.iter().map(|&row| (row, class)));
            rest = others;
        }
    }
    for part in &mut parts {
        part.shuffle(stream);
    }
    parts
}

/// Mean and deviation of every column over a training share.
pub(super) struct Scale {
    mean: Vec<f64>,
    /// 1/sd, or 0 where the training share is constant: the teacher cannot learn from such a column, so it says 0 to
    /// everyone.
    per_deviation: Vec<f64>,
    /// No training value can lie further out than √(n − 1) deviations (Samuelson's inequality). A wilder value of
    /// another part is held there, so that a column that barely varies in training cannot drown the others.
    most: f64,
}

impl Scale {
    /// Measures `share`'s rows of `values` (rows × columns).
    pub(super) fn of(values: ArrayView2<f32>, share: &[(usize, usize)]) -> Self {
        let count = share.len() as f64;
        let mut mean = vec![0.0; values.ncols()];
        let mut squares = vec![0.0; values.ncols()];
        let (first, _) = share[0];
        let mut varies = vec![false; values.ncols()];
        for &(row, _) in share {
            for (column, &value) in values.row(row).iter().enumerate() {
                mean[column] += f64::from(value) / count;
                varies[column] |= value != values[[first, column]];
            }
        }
        // Twice through the rows: a mean of squares would lose a small spread around a large mean.
        for &(row, _) in share {
            for (column, &value) in values.row(row).iter().enumerate() {
                squares[column] += (f64::from(value) - mean[column]).powi(2) / count;
            }
        }
        let inverse = |(varies, square): (bool, f64)| if varies { 1.0 / square.sqrt() } else { 0.0 };
        let per_deviation = varies.into_iter().zip(squares).map(inverse).collect();
        Self { mean, per_deviation, most: (count - 1.0).sqrt() }
    }

    /// The first `most` rows of a share, on this scale.
    pub(super) fn examples(&self, values: ArrayView2<f32>, share: &[(usize, usize)], most: usize) -> Examples {
        let share = &share[..most.min(share.len())];
        let mut points = Array2::zeros((share.len(), values.ncols()));
        for (mut point, &(row, _)) in points.rows_mut().into_iter().zip(share) {
            for (column, (to, &from)) in point.iter_mut().zip(values.row(row)).enumerate() {
                let deviations = (f64::from(from) - self.mean[column]) * self.per_deviation[column];
                *to = deviations.clamp(-self.most, self.most) as f32;
            }
        }
        Examples { points, labels: share.iter().map(|&(_, class)| class).collect() }
    }
}
