//! A small chart of curves for the terminal, readable without colour.

use distill_lab::finding::{Curves, Series};
use distill_lab::words::thousands;

const MARKS: [char; 10] = ['●', '▲', '■', '◆', '○', '△', '□', '◇', '★', '☆'];
const ROWS: usize = 12;
/// Room for the percentages on the left.
const MARGIN: usize = 7;

/// Lines of text: the curves over a logarithmic axis, the axis, and which mark is which.
pub(super) fn chart(curves: &Curves, width: usize) -> String {
    let xs = || curves.series.iter().flat_map(|series| series.points.iter().map(|point| point.x));
    let values = || curves.series.iter().flat_map(|series| series.points.iter().map(|point| point.mean));
    let (left, right) = (xs().fold(f64::INFINITY, f64::min), xs().fold(0.0, f64::max));
    if left >= right {
        return String::new();
    }
    let bottom = (values().fold(1.0, f64::min) * 10.0).floor() / 10.0;
    let columns = width.saturating_sub(MARGIN + 6).clamp(20, 64);
    let mut cells = vec![vec![' '; columns]; ROWS];
    // The most important curve is drawn last, on top.
    for (index, series) in curves.series.iter().enumerate().rev() {
        let mark = mark(index);
        let value_at = |column: usize| {
            let x = (left.ln() + (right / left).ln() * column as f64 / (columns - 1) as f64).exp();
            Some((column, at(series, x)?))
        };
        for (column, value) in (0..columns).filter_map(value_at) {
            let height = (value - bottom) / (1.0 - bottom).max(1e-9) * (ROWS - 1) as f64;
            cells[ROWS - 1 - (height.round() as usize).min(ROWS - 1)][column] = mark;
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for (row, marks) in cells.iter().enumerate() {
        let share = bottom + (1.0 - bottom) * (ROWS - 1 - row) as f64 / (ROWS - 1) as f64;
        let tick = if row == 0 || row == ROWS - 1 { format!("{:.0} %", 100.0 * share) } else { String::new() };
        lines.push(format!("{tick:>MARGIN$}│{}", marks.iter().collect::<String>().trim_end()));
    }
    let (first, last) = (thousands(left as usize), thousands(right as usize));
    let gap = columns.saturating_sub(first.len() + last.len()).max(1);
    lines.push(format!("{:>MARGIN$}└{}", "", "─".repeat(columns)));
    lines.push(format!("{:>MARGIN$} {first}{:gap$}{last}", "", ""));
    let key = |(index, series): (usize, &Series)| format!("{} {}", mark(index), series.label);
    // A curve of a single point is not drawn, and so has no key.
    let drawn = curves.series.iter().enumerate().filter(|(_, series)| series.points.len() > 1);
    let keys: Vec<String> = drawn.map(key).collect();
    let mut key_line = String::new();
    for key in keys {
        if !key_line.is_empty() && MARGIN + key_line.chars().count() + key.chars().count() + 4 > width {
            lines.push(format!("{:>MARGIN$} {}", "", key_line.trim_end()));
            key_line.clear();
        }
        key_line += &format!("{key}   ");
    }
    lines.push(format!("{:>MARGIN$} {}", "", key_line.trim_end()));
    lines.join("\n") + "\n"
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
