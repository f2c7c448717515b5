//! The way back from a replicate's scale to the table's own numbers.
//!
//! A row of the table leads back to itself, digit by digit: its scaled numbers are looked up, not computed backwards,
//! which would lose what rounding, the limit of the scale and a column without spread have taken. Only a point that is
//! no row, as a strategy may make one, is computed.

use std::collections::HashMap;

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::scale::Scale;
use crate::data::Original;

/// From points on a scale to rows of `values` (rows × columns) in single precision.
pub(super) fn of(values: ArrayView2<f64>, labels: &[u8], scale: &Scale, names: &[String]) -> Original {
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
    Box::new(move |points| {
        let mut original = Array2::zeros(points.raw_dim());
        for (mut to, point) in original.rows_mut().into_iter().zip(points.rows()) {
            match rows.get(&bits(point)) {
                Some(&row) => to.assign(&own.row(row)),
                None => to.iter_mut().zip(point).zip(&columns).for_each(|((to, &number), column)| {
                    *to = (column.mean + f64::from(number) * column.deviation) as f32;
                }),
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
        // In the first two rows the second column has no spread, and the third row lies far out.
        let values = array![[1.1, 5.0], [3.3, 5.0], [1e6, 7.0]];
        let scale = Scale::of(values.view(), &[0, 1]);
        let original = of(values.view(), &[0, 1, 0], &scale, &["a".to_owned(), "b".to_owned()]);
        let points = scale.examples(values.view(), &[0, 1, 0], &[2, 0, 1], 3).points;
        assert_eq!(original(points.slice(s![1.., ..])), array![[1.1, 5.0], [3.3, 5.0]]);
        assert_eq!(original(points.slice(s![..1, ..])), array![[1e6, 7.0]]);
        // The mean is 2.2 and the deviation of a population 1.1.
        let made = original(array![[0.5, 9.0]].view());
        assert!((made[[0, 0]] - 2.75).abs() < 1e-6 && made[[0, 1]] == 5.0, "{made}");
    }
}
