//! What the three parts of a table are, and on which scale.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use ndarray::Axis;

use super::{ALL, numbered, read};
use crate::data::{ColumnScale, Dataset, Examples, Parts, Sizes, Table};
use crate::seed::Seed;

fn all_parts(parts: &Parts) -> [&Examples; 3] {
    [&parts.training, &parts.pool, &parts.test]
}

#[test]
fn training_is_standardised_and_the_test_part_only_nearly() {
    let parts = numbered(&[50, 30]).deal(ALL, Seed::new(1));
    for column in parts.training.points.columns() {
        let column = column.mapv(f64::from);
        assert!(column.mean().unwrap().abs() < 1e-6 && (column.std(0.0) - 1.0).abs() < 1e-6);
    }
    for column in parts.test.points.columns() {
        let column = column.mapv(f64::from);
        assert!(column.mean().unwrap().abs() > 1e-3 && (column.std(0.0) - 1.0).abs() > 1e-3);
    }
}

#[test]
fn parts_are_disjoint_complete_and_hold_their_share_of_every_class() {
    let table = numbered(&[50, 5, 7]);
    let parts = table.deal(ALL, Seed::new(1));
    // 40, 40 and 20 % of 50; of 5 one row for the test and two each; of 7 one row, then three each.
    for (part, counts) in [(&parts.training, [20, 2, 3]), (&parts.pool, [20, 2, 3]), (&parts.test, [10, 1, 1])] {
        for (class, count) in counts.into_iter().enumerate() {
            assert_eq!(part.labels.iter().filter(|&&label| label == class).count(), count);
        }
    }
    let all = all_parts(&parts);
    let rows: HashSet<u32> = all.iter().flat_map(|part| part.points.column(0).to_vec()).map(f32::to_bits).collect();
    assert_eq!(rows.len(), 62, "every row is dealt once");
    assert_eq!(parts.independent, parts.pool);
    assert_eq!((table.pool_limit(), table.exam_limit()), (Some(25), Some(62)));
    assert_eq!(table.defaults().sizes, Sizes { training: 25, pool: 25, test: 12, independent: 25 });
}

#[test]
fn replicates_deal_the_rows_anew_and_asking_for_fewer_changes_nothing_else() {
    let table = numbered(&[50, 30]);
    let parts = table.deal(ALL, Seed::new(1));
    assert_eq!(parts, table.deal(ALL, Seed::new(1)));
    assert_ne!(parts, table.deal(ALL, Seed::new(2)));
    let fewer = table.deal(Sizes { training: 7, pool: 5, test: 3, ..ALL }, Seed::new(1));
    let (few, all) = (&fewer.pool.points, &parts.pool.points);
    assert_eq!((few.nrows(), fewer.training.labels.len(), fewer.test.labels.len()), (5, 7, 3));
    assert_eq!(few, all.select(Axis(0), &[0, 1, 2, 3, 4]));
}

#[test]
fn labels_keep_their_points() {
    // In this table the class can be told from the row's number, so from the order of the standardised column.
    let parts = numbered(&[20, 20]).deal(ALL, Seed::new(1));
    for part in all_parts(&parts) {
        for (a, row) in part.labels.iter().zip(part.points.column(0)) {
            for (b, other) in part.labels.iter().zip(part.points.column(0)) {
                assert!(a >= b || row < other);
            }
        }
    }
}

#[test]
fn adding_a_constant_to_a_column_changes_nothing() {
    let shifted = |by: f64| {
        let mut text = "t,u,k\n".to_owned();
        for row in 0..60 {
            let (t, u) = (f64::from(row * 37 % 60) / 8.0, f64::from(row * 23 % 60));
            writeln!(text, "{},{u},{}", t + by, row % 2).unwrap();
        }
        read(&text, "k").unwrap().deal(ALL, Seed::new(3))
    };
    let here = shifted(0.0);
    // A coordinate in metres, seconds since 1970, and the largest shift that leaves eighths their own numbers.
    for by in [5_412_344.829, 1_700_000_000.0, -1e15] {
        let there = shifted(by);
        for (a, b) in all_parts(&here).into_iter().zip(all_parts(&there)) {
            assert_eq!(a.labels, b.labels);
            let apart = (&a.points - &b.points).mapv(f32::abs).fold(0.0, |most: f32, &x| most.max(x));
            assert!(apart < 1e-6, "shifted by {by}, a point moves by {apart} deviations");
        }
    }
}

#[test]
fn what_a_network_needs_to_know_of_a_table_gives_its_points_again() {
    // Row numbers and their squares: whole numbers and their squares must come back.
    let table = numbered(&[50, 30]);
    let [row, square] = &table.scale(Seed::new(1)).unwrap()[..] else { panic!("two columns") };
    assert_eq!((row.name.as_str(), square.name.as_str()), ("row", "square"));
    assert_eq!(row.limit, 31f64.sqrt(), "32 rows of training");
    let parts = table.deal(ALL, Seed::new(1));
    for part in all_parts(&parts) {
        for point in part.points.rows() {
            let told = |z: f32, column: &ColumnScale| f64::from(z) * column.deviation + column.mean;
            let (number, its_square) = (told(point[0], row), told(point[1], square));
            assert!((number - number.round()).abs() < 1e-4 && (number.round().powi(2) - its_square).abs() < 1e-2);
        }
    }
    assert_eq!(crate::data::moons().scale(Seed::new(1)), None);
}

/// A table of these rows, each as often as said; x counts the rows, labels go round.
fn copied(times: &[usize], classes: usize) -> Result<Table, crate::data::CsvError> {
    let mut text = "x,k\n".to_owned();
    let mut written = 0;
    for (row, &times) in times.iter().enumerate() {
        for _ in 0..times {
            writeln!(text, "{row},{}", written % classes).unwrap();
            written += 1;
        }
    }
    read(&text, "k")
}

#[test]
fn rows_that_are_equal_go_into_one_part() {
    // Forty points ten times each, whose labels say nothing; and one point much more often than others.
    let often: Vec<usize> = (0..100).map(|row| if row == 50 { 40 } else { 1 + row % 4 }).collect();
    for times in [vec![10; 40], often] {
        let table = copied(&times, 3).unwrap();
        let rows: usize = times.iter().sum();
        assert_eq!(table.exam_limit(), Some(times.len()));
        let mut places: BTreeMap<u32, HashSet<usize>> = BTreeMap::new();
        for replicate in 0..50 {
            let parts = table.deal(ALL, Seed::new(replicate));
            let sizes = all_parts(&parts).map(|part| part.labels.len());
            assert_eq!(sizes.iter().sum::<usize>(), rows, "every row is dealt once");
            assert!(sizes.iter().zip(table.sizes).all(|(&dealt, promised)| dealt >= promised), "{sizes:?}");
            let mut part_of: BTreeMap<i64, usize> = BTreeMap::new();
            let [scale] = &table.scale(Seed::new(replicate)).unwrap()[..] else { panic!("one column") };
            for (place, part) in all_parts(&parts).into_iter().enumerate() {
                for &z in part.points.column(0) {
                    let row = (f64::from(z) * scale.deviation + scale.mean).round() as i64;
                    assert_eq!(*part_of.entry(row).or_insert(place), place, "row {row} is in two parts");
                }
            }
            part_of.into_iter().for_each(|(row, place)| {
                places.entry(row as u32).or_default().insert(place);
            });
        }
        assert!(places.values().all(|places| places.len() == 3), "every row is in every part at times");
    }
}

#[test]
fn too_few_different_rows_are_refused_with_their_numbers() {
    // Of each class, one row makes up most: any part could miss it, or have nothing else.
    let singles: String = (0..20).map(|row| format!("{row},{}\n", row % 2)).collect();
    let text = format!("x,k\n{singles}{}{}", "50,0\n".repeat(60), "51,1\n".repeat(60));
    let message = read(&text, "k").unwrap_err().to_string();
    assert!(["140 rows", "22 differ", "60 times", "could end up empty"].iter().all(|word| message.contains(word)));
    let message = copied(&[25; 4], 2).unwrap_err().to_string();
    assert!(message.contains("has 4 of the 5 different rows"), "{message}");
}

#[test]
fn a_column_constant_in_training_alone_says_nothing_and_a_wild_value_stays_bounded() {
    // One row differs, by a lot: it is in training in some replicates and not in others.
    let rows: String =
        (0..10).map(|row| format!("{row},{},{}\n", if row == 0 { 1e30 } else { 0.0 }, row % 2)).collect();
    let table = read(&format!("x,rare,y\n{rows}"), "y").unwrap();
    let mut seen = HashSet::new();
    for replicate in 0..20 {
        let parts = table.deal(ALL, Seed::new(replicate));
        let constant = parts.training.points.column(1).iter().all(|&value| value == 0.0);
        seen.insert(constant);
        for part in all_parts(&parts) {
            // √(n − 1) for the 4 training rows.
            assert!(part.points.iter().all(|value| value.abs() <= 3f32.sqrt()));
            assert!(!constant || part.points.column(1).iter().all(|&value| value == 0.0));
        }
    }
    assert_eq!(seen.len(), 2, "both cases were met");
}

#[test]
fn numbers_of_any_size_are_standardised() {
    // Squares of the first are below the smallest number there is, squares of the last above the largest.
    for unit in [1e-310, 1e-200, 1.0, 1e30] {
        let rows: String = (0..10).map(|row| format!("{:e},{}\n", unit * f64::from(row), row % 2)).collect();
        let parts = read(&format!("x,y\n{rows}"), "y").unwrap().deal(ALL, Seed::new(0));
        let column = parts.training.points.column(0).mapv(f64::from);
        assert!((column.std(0.0) - 1.0).abs() < 1e-6, "{unit}: {column}");
    }
}
