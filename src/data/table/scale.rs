//! The scale on which a teacher sees a table: z = (x − mean) / sd of each column.
//!
//! Mean and standard deviation are those of the training part alone: an exam that had a say in its own scale would be
//! no exam. Numbers stay in double precision until they are on it, so that seconds since 1970 keep their seconds.

use ndarray::{Array2, ArrayView2};

use crate::data::{ColumnScale, Examples};

/// How every column is scaled.
pub(super) struct Scale {
    columns: Vec<Spread>,
    limit: f64,
}

/// A column's values in training.
#[derive(Clone)]
struct Spread {
    /// One of the values. Sums are of distances from it, as those of the values themselves lose what varies in them.
    origin: f64,
    /// The mean, counted from there.
    mean: f64,
    /// The largest distance from the mean; 0 where all values are equal.
    most: f64,
    /// The standard deviation in units of `most`: a square of the distances themselves might be too small or too large
    /// for a number.
    relative: f64,
}

impl Scale {
    /// Measures some rows, at least one, of `values` (rows × columns).
    pub(super) fn of(values: ArrayView2<f64>, rows: &[u32]) -> Self {
        let count = rows.len() as f64;
        let start = |&origin| Spread { origin, mean: 0.0, most: 0.0, relative: 0.0 };
        let mut columns: Vec<Spread> = values.row(rows[0] as usize).iter().map(start).collect();
        let mut measure = |update: &dyn Fn(&mut Spread, f64)| {
            for &row in rows {
                for (column, &value) in columns.iter_mut().zip(values.row(row as usize)) {
                    update(column, value);
                }
            }
        };
        measure(&|column, value| column.mean += (value - column.origin) / count);
        measure(&|column, value| column.most = column.most.max(column.distance(value).abs()));
        measure(&|column, value| {
            if column.most > 0.0 {
                column.relative += (column.distance(value) / column.most).powi(2) / count;
            }
        });
        columns.iter_mut().for_each(|column| column.relative = column.relative.sqrt());
        Self { columns, limit: (count - 1.0).sqrt() }
    }

    /// The same for others, who have rows of their own.
    pub(super) fn named(&self, names: &[String]) -> Vec<ColumnScale> {
        let column = |(name, spread): (&String, &Spread)| ColumnScale {
            name: name.clone(),
            mean: spread.origin + spread.mean,
            deviation: spread.most * spread.relative,
            limit: self.limit,
        };
        names.iter().zip(&self.columns).map(column).collect()
    }

    /// The first `most` of some rows, on this scale.
    pub(super) fn examples(&self, values: ArrayView2<f64>, labels: &[u8], rows: &[u32], most: usize) -> Examples {
        let rows = &rows[..most.min(rows.len())];
        let mut points = Array2::zeros((rows.len(), values.ncols()));
        for (mut point, &row) in points.rows_mut().into_iter().zip(rows) {
            for ((to, &from), column) in point.iter_mut().zip(values.row(row as usize)).zip(&self.columns) {
                *to = column.deviations(from).clamp(-self.limit, self.limit) as f32;
            }
        }
        Examples { points, labels: rows.iter().map(|&row| usize::from(labels[row as usize])).collect() }
    }
}

impl Spread {
    fn distance(&self, value: f64) -> f64 {
        value - self.origin - self.mean
    }

    fn deviations(&self, value: f64) -> f64 {
        if self.most == 0.0 { 0.0 } else { self.distance(value) / self.most / self.relative }
    }
}
