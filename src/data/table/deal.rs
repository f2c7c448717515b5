//! Three disjoint parts of one table.
//!
//! Rows that say the same in every column go into one part, whatever their labels: a point of the exam that somebody
//! has been trained on, or has asked about, is no new point.
//!
//! Of n rows, the test set gets ⌊n/5⌋, training half of the rest (rounded up), the pool what remains: 40 %, 40 %,
//! 20 %. Every class is dealt by itself (a row that is there with several labels, with the most frequent of them): its
//! groups of equal rows are laid along a line in random order, the line is cut at 40 and 80 %, and a group that lies
//! across a cut goes where its middle is. Without copies part sizes are the same in every replicate; with copies they
//! vary a little, and [`Deck::sizes`] are those that every replicate reaches.

use std::cmp::Ordering;
use std::ops::Range;

use ndarray::ArrayView2;
use rand::seq::SliceRandom;

use crate::seed::Stream;

/// A table's rows, ready to be dealt.
#[derive(Clone, Debug)]
pub(super) struct Deck {
    /// All rows, those that are equal together.
    rows: Vec<u32>,
    /// Per class, where in `rows` its groups of equal rows lie.
    classes: Vec<Vec<Range<u32>>>,
}

/// How many of some rows go to training, pool and test.
fn shares(rows: usize) -> [usize; 3] {
    let test = rows / 5;
    let training = (rows - test).div_ceil(2);
    [training, rows - test - training, test]
}

impl Deck {
    /// Groups the rows of `values` (rows × columns); row i is of class `labels[i]`, one of `classes`.
    pub(super) fn new(values: ArrayView2<f64>, labels: &[u8], classes: usize) -> Self {
        let (rows, groups) = equal_rows(values);
        let mut deck = Self { rows, classes: vec![Vec::new(); classes] };
        for group in groups {
            let class = most_frequent(deck.rows_of(&group), labels, classes);
            deck.classes[class].push(group);
        }
        deck
    }

    fn rows_of(&self, group: &Range<u32>) -> &[u32] {
        &self.rows[group.start as usize..group.end as usize]
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> usize {
        self.classes.len()
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many different rows there are.
    pub(super) fn different(&self) -> usize {
        self.classes.iter().map(Vec::len).sum()
    }

    /// Most rows that are equal.
    pub(super) fn largest(&self) -> usize {
        self.classes.iter().flatten().map(Range::len).max().unwrap_or(0)
    }

    /// How many different rows have each label.
    pub(super) fn different_of(&self, labels: &[u8]) -> Vec<usize> {
        let mut counts = vec![0; self.classes.len()];
        for group in self.classes.iter().flatten() {
            let mut seen: Vec<u8> = self.rows_of(group).iter().map(|&row| labels[row as usize]).collect();
            seen.sort_unstable();
            seen.dedup();
            seen.into_iter().for_each(|class| counts[usize::from(class)] += 1);
        }
        counts
    }

    /// Rows of training, pool and test that every replicate has, however its groups fall.
    pub(super) fn sizes(&self) -> [usize; 3] {
        let mut sizes = [0; 3];
        for groups in &self.classes {
            let most = groups.iter().map(Range::len).max().unwrap_or(1);
            // With its middle on one side of a cut, a group of m rows reaches over to the other by less than m/2, and
            // by at most ⌊m/2⌋ where the middle lies on the cut itself. The pool has a cut at each end.
            let [before, after] = [most / 2, (most - 1) / 2];
            let targets = shares(groups.iter().map(Range::len).sum());
            for ((size, target), lost) in sizes.iter_mut().zip(targets).zip([before, before + after, after]) {
                *size += target.saturating_sub(lost);
            }
        }
        sizes
    }

    /// Deals every row: training, pool, test, each in random order.
    pub(super) fn split(&self, stream: &mut Stream) -> [Vec<u32>; 3] {
        let mut parts = [const { Vec::new() }; 3];
        for groups in &self.classes {
            let [training, pool, _] = shares(groups.iter().map(Range::len).sum());
            let mut order: Vec<&Range<u32>> = groups.iter().collect();
            order.shuffle(stream);
            let mut place = 0;
            for group in order {
                let twice_its_middle = 2 * place + group.len();
                let part = [training, training + pool].iter().filter(|&&cut| twice_its_middle >= 2 * cut).count();
                parts[part].extend(self.rows_of(group));
                place += group.len();
            }
        }
        for part in &mut parts {
            part.shuffle(stream);
        }
        parts
    }
}

/// The rows, those that are equal together and rising, and where each group lies. Groups come in the order of their
/// first rows: not in that of their values, so that another unit or another zero of a column deals the same.
fn equal_rows(values: ArrayView2<f64>) -> (Vec<u32>, Vec<Range<u32>>) {
    let compare = |a: &u32, b: &u32| {
        let differ = values.row(*a as usize).into_iter().zip(values.row(*b as usize)).find(|(x, y)| x != y);
        differ.map_or(Ordering::Equal, |(x, y)| x.total_cmp(y))
    };
    let mut rows: Vec<u32> = (0..).take(values.nrows()).collect();
    rows.sort_by(compare);
    let mut end = 0;
    let mut groups: Vec<Range<u32>> = Vec::new();
    for group in rows.chunk_by(|a, b| compare(a, b).is_eq()) {
        let start = end;
        end += group.len() as u32;
        groups.push(start..end);
    }
    groups.sort_by_key(|group| rows[group.start as usize]);
    (rows, groups)
}

/// The class that most of the rows are of; of several the first.
fn most_frequent(rows: &[u32], labels: &[u8], classes: usize) -> usize {
    let mut counts = vec![0; classes];
    rows.iter().for_each(|&row| counts[usize::from(labels[row as usize])] += 1);
    (0..classes).rev().max_by_key(|&class| counts[class]).unwrap_or(0)
}
