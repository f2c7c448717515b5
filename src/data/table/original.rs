//! The way back from a replicate's scale to the table's own numbers.
//!
//! A row of the table leads back to itself, digit by digit: its scaled numbers are looked up, not computed backwards,
//! which would lose what rounding, the limit of the scale and a column without spread have taken. Only a point that is
//! no row, as a strategy may make one, is computed. Columns that were kept out, since they always hold one number, are
//! back in their places: whoever learned from such a table expects them.

use std::collections::HashMap;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use super::scale::Scale;
use crate::data::Original;

/// From points on a scale to rows of `values` (rows × columns) in single precision, with the constant columns.
pub(super) fn of(
    (values, labels): (ArrayView2<f64>, &[u8]),
    scale: &Scale,
    names: &[String],
    constant: &[(usize, f64)],
) -> Original {
    let bits = |point: ArrayView1<f32>| -> Vec<u32> { point.iter().map(|number| number.to_bits()).collect() };
    let all: Vec<u32> = (0..values.nrows() as u32).collect();
    let scaled = scale.examples(values, labels, &all, all.len()).points;
    let own = values.mapv(|value| value as f32);
    let mut rows: HashMap<Vec<u32>, usize> = HashMap::new();
    for (row, point) in scaled.rows().into_iter().enumerate() {
        // The first of rows that look alike on the scale.
        rows.entry(bits(point)).or_insert(row);
    }
    let columns = scale.named(names);
    let width = names.len() + constant.len();
    let empty = constant.iter().fold(Array1::zeros(width), |mut row, &(place, value)| {
        row[place] = value as f32;
        row
    });
    let places: Vec<usize> =
        (0..width).filter(|place| constant.iter().all(|(kept_out, _)| kept_out != place)).collect();
    Box::new(move |points| {
        let mut original = Array2::zeros((points.nrows(), width));
        for (mut to, point) in original.rows_mut().into_iter().zip(points.rows()) {
            to.assign(&empty);
            let row = rows.get(&bits(point)).map(|&row| own.row(row));
            for (at, (&place, column)) in places.iter().zip(&columns).enumerate() {
                let computed = || (column.mean + f64::from(point[at]) * column.deviation) as f32;
                to[place] = row.map_or_else(computed, |row| row[at]);
            }
        }
        original
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{array, s};

    #[test]
    fn rows_lead_back_to_themselves_and_other_points_by_mean_and_deviation() {
        // In the first three rows the second column has no spread; the fourth lies past the limit of the scale.
        let values = array![[1.1, 5.0], [3.3, 5.0], [2.2, 5.0], [1e6, 7.0]];
        let (labels, names) = ([0, 1, 0, 1], ["a", "b"].map(str::to_owned));
        let scale = Scale::of(values.view(), &[0, 1, 2]);
        let original = of((values.view(), &labels), &scale, &names, &[]);
        let points = scale.examples(values.view(), &labels, &[3, 0, 1], 3).points;
        assert_eq!(original(points.view()), array![[1e6, 7.0], [1.1, 5.0], [3.3, 5.0]]);
        // The mean is 2.2, and the deviation of a population 1.1 · √(2/3).
        let made = original(array![[0.5, 9.0]].view());
        assert!((made[[0, 0]] - 2.649_073).abs() < 1e-5 && made[[0, 1]] == 5.0, "{made}");
        // A third column of the file, between the two, always held 9, and a fourth at its end 8.
        let original = of((values.view(), &labels), &scale, &names, &[(1, 9.0), (3, 8.0)]);
        assert_eq!(original(points.slice(s![1..2, ..])), array![[1.1, 9.0, 5.0, 8.0]]);
    }
}
