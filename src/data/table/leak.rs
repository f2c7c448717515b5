//! Columns from which alone the label of every row can be told: an id in a table sorted by class, or the label itself
//! in other words.

use ndarray::ArrayView1;

/// Fewest rows per value of a column that is the label in other words.
const ROWS_PER_VALUE: usize = 5;

/// Whether one column tells the label of every row: equal values never differ in it, and either the values are few,
/// or the classes lie side by side along it.
pub(super) fn tells_the_label(column: ArrayView1<f64>, labels: &[u8], classes: usize) -> bool {
    let mut rows: Vec<(f64, u8)> = column.iter().copied().zip(labels.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut values, mut stretches) = (1, 1);
    for pair in rows.windows(2) {
        let [(before, one), (after, other)] = [pair[0], pair[1]];
        values += usize::from(before != after);
        stretches += usize::from(one != other);
        if before == after && one != other {
            return false;
        }
    }
    stretches == classes || values * ROWS_PER_VALUE <= rows.len()
}

#[cfg(test)]
mod tests {
    use ndarray::Array1;

    use super::*;

    #[test]
    fn an_id_over_sorted_rows_and_the_label_in_other_words_are_told() {
        let labels: Vec<u8> = (0..60).map(|row| row / 20).collect();
        let turns: Vec<u8> = (0..60).map(|row| row % 3).collect();
        let column = |of: fn(usize) -> f64| Array1::from_iter((0..60).map(of));
        // Row numbers tell the class of sorted rows, and not of rows that take turns.
        assert!(tells_the_label(column(|row| row as f64).view(), &labels, 3));
        assert!(!tells_the_label(column(|row| row as f64).view(), &turns, 3));
        // Two codes for each class, in no order: 0 and 3 are the first class.
        assert!(tells_the_label(column(|row| (row % 6) as f64).view(), &turns, 3));
        assert!(!tells_the_label(column(|row| (row % 4) as f64).view(), &turns, 3));
        // -0 and 0 are one value.
        assert!(!tells_the_label(column(|row| if row % 3 == 0 { -0.0 } else { 0.0 }).view(), &turns, 3));
    }
}
