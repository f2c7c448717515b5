//! What somebody should know about the rows of a table before believing a run on it: copies, and columns from which
//! alone the label can be told, such as an id in a table sorted by class, or the label itself in other words.

use ndarray::{ArrayView1, ArrayView2};

use super::deal::Deck;
use super::error::shown;
use crate::words::thousands;

/// Fewest different rows per value of a column that is the label in other words.
const ROWS_PER_VALUE: usize = 5;

/// Rows that are there more than once, and what the parts are for it.
pub(super) fn of_copies(deck: &Deck, sizes: [usize; 3]) -> Option<String> {
    let [copies, rows] = [deck.rows() - deck.different(), deck.rows()].map(thousands);
    let [training, pool, test] = sizes.map(thousands);
    (deck.rows() > deck.different()).then(|| {
        format!(
            "{copies} of {rows} rows repeat another one (one is there {} times); equal rows go into one part, and at \
             least {training} train the teacher, {pool} can be asked about, {test} are the exam",
            deck.largest()
        )
    })
}

/// Columns, of several, that alone tell the label.
pub(super) fn of_leaks(values: ArrayView2<f64>, names: &[String], labels: &[u8], deck: &Deck) -> Vec<String> {
    let tells = |column| tells_the_label(column, labels, deck.classes(), deck.different());
    let told = names.iter().zip(values.columns()).filter(|(_, column)| names.len() > 1 && tells(*column));
    let remark = |name| format!("column {name} alone tells the label of every row: is it the label in other words?");
    told.map(|(name, _)| remark(shown(name))).collect()
}

/// Whether one column tells the label of every row: equal values never differ in it, and either the values are few for
/// this number of `different` rows, or the classes lie side by side along it.
fn tells_the_label(column: ArrayView1<f64>, labels: &[u8], classes: usize, different: usize) -> bool {
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
    stretches == classes || values * ROWS_PER_VALUE <= different
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
        assert!(tells_the_label(column(|row| row as f64).view(), &labels, 3, 60));
        assert!(!tells_the_label(column(|row| row as f64).view(), &turns, 3, 60));
        // Two codes for each class, in no order: 0 and 3 are the first class.
        assert!(tells_the_label(column(|row| (row % 6) as f64).view(), &turns, 3, 60));
        assert!(!tells_the_label(column(|row| (row % 4) as f64).view(), &turns, 3, 60));
        // Ten rows six times each: their values are as few, and tell nothing of a new row.
        assert!(!tells_the_label(column(|row| (row % 6) as f64).view(), &turns, 3, 10));
        // -0 and 0 are one value.
        assert!(!tells_the_label(column(|row| if row % 3 == 0 { -0.0 } else { 0.0 }).view(), &turns, 3, 60));
    }
}
