//! What a finding holds, looked up by name: heights of curves, lines to compare with, cells of the table.

use crate::finding::{Amounts, Curves, Drawing, Figure, Finding, Multiples, Point, Series};

/// A finding to look things up in.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a>(pub(super) &'a Finding);

impl<'a> Facts<'a> {
    /// A figure by its name.
    pub(super) fn figure(self, name: &str) -> Option<&'a Figure> {
        self.0.figures.iter().find(|figure| figure.name == name)
    }

    /// The curves of a figure.
    pub(super) fn curves(self, figure: &str) -> Option<&'a Curves> {
        match &self.figure(figure)?.drawing {
            Drawing::Curves(curves) => Some(curves),
            _ => None,
        }
    }

    /// An actor's place among the small charts of a figure, and its points (number, amount).
    pub(super) fn small_chart(self, figure: &str, actor: &str) -> Option<(usize, &'a [(f64, f64)])> {
        let Drawing::Multiples(Multiples { rows, .. }) = &self.figure(figure)?.drawing else { return None };
        let place = rows.iter().position(|row| row.actor == actor)?;
        Some((place, &rows[place].points))
    }

    /// The amounts of a figure.
    pub(super) fn amounts(self, figure: &str) -> Option<&'a Amounts> {
        match &self.figure(figure)?.drawing {
            Drawing::Amounts(amounts) => Some(amounts),
            _ => None,
        }
    }

    /// An actor's curve.
    pub(super) fn series(self, figure: &str, actor: &str) -> Option<&'a Series> {
        self.curves(figure)?.series.iter().find(|series| series.actor == actor)
    }

    /// The point of an actor's curve that is nearest to a count.
    pub(super) fn near(self, figure: &str, actor: &str, count: f64) -> Option<&'a Point> {
        nearest(self.series(figure, actor)?, count)
    }

    /// The height of a line to compare with.
    pub(super) fn reference(self, figure: &str, name: &str) -> Option<f64> {
        self.curves(figure)?.references.iter().find(|line| line.name == name).map(|line| line.value)
    }

    /// What is written where an actor's curve reaches the level of its figure.
    pub(super) fn reached(self, figure: &str, actor: &str) -> Option<&'a str> {
        self.curves(figure)?.callouts.iter().find(|callout| callout.actor == actor).map(|callout| callout.text.as_str())
    }

    /// What a plan of this finding says under a name.
    pub(super) fn setting(self, name: &str) -> Option<&'a str> {
        self.0.settings.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// How often the teacher is right, in words, where a verdict says it.
    pub(super) fn teacher_accuracy(self) -> Option<&'a str> {
        let after = |verdict: &'a String| verdict.strip_prefix("the teacher is right on ")?.split(';').next();
        self.0.verdicts.iter().find_map(after)
    }

    /// The cell of a column in the first row that begins with these cells, without its interval.
    pub(super) fn cell(self, row: &[&str], column: &str) -> Option<&'a str> {
        let table = &self.0.table;
        let begins = |cells: &&Vec<String>| row.iter().zip(cells.iter()).all(|(wanted, cell)| wanted == cell);
        let at = table.head.iter().position(|head| head == column)?;
        Some(without_interval(table.rows.iter().find(begins)?.get(at)?))
    }
}

/// The point nearest to a count; on a logarithmic axis that is the one with the smallest ratio.
pub(super) fn nearest(series: &Series, count: f64) -> Option<&Point> {
    let distance = |point: &&Point| (point.x / count).ln().abs();
    series.points.iter().filter(|point| point.x > 0.0).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// "94.4 % ±0.7" and "55 [49, 73]" without what is behind the number.
pub(super) fn without_interval(cell: &str) -> &str {
    let end = [" ±", " ["].iter().filter_map(|sign| cell.find(sign)).min();
    &cell[..end.unwrap_or(cell.len())]
}

/// The number at the beginning of a cell: 94.4 of "94.4 % ±0.7", 2200 of "2,200".
pub(super) fn number(cell: &str) -> Option<f64> {
    let digits: String =
        cell.chars().filter(|it| *it != ',').take_while(|it| it.is_ascii_digit() || *it == '.').collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_without_its_interval() {
        assert_eq!(["94.4 % ±0.7", "55 [49, 73]", "6 of 6"].map(without_interval), ["94.4 %", "55", "6 of 6"]);
        assert_eq!(["94.4 % ±0.7", "2,200 labels", "–"].map(number), [Some(94.4), Some(2200.0), None]);
    }
}
