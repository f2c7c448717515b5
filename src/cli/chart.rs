//! A small chart of curves for the terminal, readable without colour.

use distill_lab::finding::{Curves, Reference, Series};
use distill_lab::words::{percent, thousands};

const MARKS: [char; 10] = ['●', '▲', '■', '◆', '○', '△', '□', '◇', '★', '☆'];
/// The line of a reference.
const LINE: char = '┄';
/// The one that is drawn: agreement with a teacher that was never met.
const SHOWN: &str = "independent";
/// Room for the percentages on the left.
const MARGIN: usize = 7;

/// Lines of text: the curves over a logarithmic axis in `rows` rows, the line of the independent model, the axis, and
/// which mark is which. None where there is no curve to draw.
pub(super) fn chart(curves: &Curves, width: usize, rows: usize) -> Vec<String> {
    // A curve of a single point is not drawn, and so has no key.
    let drawn = || curves.series.iter().enumerate().filter(|(_, series)| series.points.len() > 1);
    let points = || drawn().flat_map(|(_, series)| &series.points);
    let (left, right) = points().fold((f64::INFINITY, 0.0f64), |(left, right), p| (left.min(p.x), right.max(p.x)));
    if left >= right {
        return Vec::new();
    }
    let reference = curves.references.iter().find(|reference| reference.name == SHOWN);
    let values = points().map(|point| point.mean).chain(reference.map(|reference| reference.value));
    // A tenth of the scale at least, so that its two ends differ.
    let bottom = ((values.fold(1.0, f64::min) * 10.0).floor() / 10.0).clamp(0.0, 0.9);
    let row = |value: f64| {
        let height = (value - bottom) / (1.0 - bottom) * (rows - 1) as f64;
        rows - 1 - (height.round() as usize).min(rows - 1)
    };
    let columns = width.saturating_sub(MARGIN + 6).clamp(20, 64);
    let mut cells = vec![vec![' '; columns]; rows];
    if let Some(reference) = reference {
        cells[row(reference.value)].fill(LINE);
    }
    // The most important curve is drawn last, on top.
    for (index, series) in drawn().collect::<Vec<_>>().into_iter().rev() {
        for (column, cell) in (0..columns).map(|column| (column, column as f64 / (columns - 1) as f64)) {
            let x = (left.ln() + (right / left).ln() * cell).exp();
            if let Some(value) = at(series, x) {
                cells[row(value)][column] = mark(index);
            }
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for (row, marks) in cells.iter().enumerate() {
        let share = bottom + (1.0 - bottom) * (rows - 1 - row) as f64 / (rows - 1) as f64;
        let tick = if row == 0 || row == rows - 1 { format!("{:.0} %", 100.0 * share) } else { String::new() };
        lines.push(format!("{tick:>MARGIN$}│{}", marks.iter().collect::<String>().trim_end()));
    }
    let (first, last) = (thousands(left as usize), thousands(right as usize));
    let line = "─".repeat(columns.saturating_sub(first.len() + last.len() + 1));
    lines.push(format!("{:>MARGIN$}└{first} {line} {last}", ""));
    let key = |(index, series): (usize, &Series)| format!("{} {}", mark(index), series.label);
    let line = |it: &Reference| format!("{LINE} {} {}", it.name, percent(it.value));
    let mut words = String::new();
    for key in drawn().map(key).chain(reference.map(line)) {
        if !words.is_empty() && MARGIN + 1 + words.chars().count() + 2 + key.chars().count() > width {
            lines.push(format!("{:>MARGIN$} {words}", ""));
            words.clear();
        }
        words += &format!("{}{key}", if words.is_empty() { "" } else { "  " });
    }
    lines.push(format!("{:>MARGIN$} {words}", ""));
    lines
}

fn mark(series: usize) -> char {
    MARKS[series % MARKS.len()]
}

/// The height of a curve at `x`, between its points along the logarithm.
fn at(series: &Series, x: f64) -> Option<f64> {
    let pair = series.points.windows(2).find(|pair| pair[0].x <= x * 1.000001 && x <= pair[1].x * 1.000001)?;
    let part = (x / pair[0].x).ln() / (pair[1].x / pair[0].x).ln();
    Some(pair[0].mean + part * (pair[1].mean - pair[0].mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use distill_lab::finding::{Point, Scale};

    fn curves(values: &[(f64, f64)], independent: Option<f64>) -> Curves {
        let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean, high: mean };
        let points = values.iter().map(point).collect();
        let named = |value| Reference { name: SHOWN.into(), label: "never met it".into(), value };
        Curves {
            x_label: String::new(),
            y_label: String::new(),
            scale: Scale::Even,
            series: vec![Series { actor: "label".into(), label: "label only".into(), quiet: false, points }],
            references: independent.map(named).into_iter().collect(),
            threshold: None,
            callouts: Vec::new(),
        }
    }

    #[test]
    fn the_two_ends_of_the_scale_differ_even_where_all_agree() {
        let lines = chart(&curves(&[(10.0, 1.0), (1000.0, 1.0)], None), 80, 5);
        assert!(lines[0].starts_with("  100 %│●") && lines[4].starts_with("   90 %│"), "{lines:#?}");
    }

    #[test]
    fn the_independent_model_is_a_line_at_its_height() {
        // Five rows from 100 % down to 60 %: 80 % is the middle one.
        let lines = chart(&curves(&[(10.0, 0.6), (1000.0, 1.0)], Some(0.8)), 80, 5);
        assert!(lines[2].matches(LINE).count() > 20 && lines.iter().filter(|line| line.contains(LINE)).count() == 2);
        assert!(lines[6].contains("┄ independent 80.0 %"), "{lines:#?}");
        // One that lies below all curves is on the scale too.
        let lines = chart(&curves(&[(10.0, 0.9), (1000.0, 1.0)], Some(0.31)), 80, 5);
        assert!(lines[4].starts_with("   30 %│┄"), "{lines:#?}");
    }

    #[test]
    fn one_budget_is_no_curve() {
        assert!(chart(&curves(&[(10.0, 0.5)], Some(0.8)), 80, 5).is_empty());
    }
}
