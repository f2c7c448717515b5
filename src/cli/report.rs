//! What a run says on the screen: the question, a table, a small chart, the verdicts, where the files are.

use std::path::Path;

use anstream::eprintln;
use anstyle::Style;
use distill_lab::experiment::{self, Experiment, Order};
use distill_lab::finding::{Drawing, Finding, Table};
use distill_lab::plan::PlanError;

use super::chart;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
/// Between two columns of a table.
const GAP: &str = "  ";
/// Columns to keep within where the terminal does not say.
const WIDTH: usize = 80;

/// Before training: what is asked, of whom.
pub(super) fn opening(order: &Order) {
    for experiment in order.experiments() {
        eprintln!("{BOLD}{}{BOLD:#}", experiment.question());
        eprintln!("{DIM}{}{DIM:#}", wrap(experiment.prediction(), columns(), ""));
    }
    eprintln!("{}", wrap(&order.in_short(), columns(), "  "));
    for remark in order.remarks() {
        eprintln!("note: {remark}");
    }
}

/// Flags that nothing in the run reads.
pub(super) fn unread(orders: &[Order]) {
    for told in experiment::unread(orders) {
        eprintln!("note: {told}");
    }
}

/// Experiments that cannot be asked of a plan, and why.
pub(super) fn left_out<'a>(experiments: impl Iterator<Item = (&'a &'static dyn Experiment, &'a Option<PlanError>)>) {
    for (experiment, reason) in experiments {
        if let Some(reason) = reason {
            eprintln!("note: {} is left out; {reason}", experiment.name());
        }
    }
}

/// After training: what was found.
pub(super) fn finding(finding: &Finding, folder: &Path) {
    let width = columns();
    eprintln!("\n{BOLD}{}{BOLD:#}\n", wrap(&finding.title, width, ""));
    table(&finding.table, width);
    if let Some(Drawing::Curves(curves)) = finding.figures.first().map(|figure| &figure.drawing) {
        let references = curves.references.iter().map(|r| format!("{} {:.1} %", r.label, 100.0 * r.value));
        let references = references.collect::<Vec<_>>().join(" · ");
        if !references.is_empty() {
            eprintln!("{}\n", wrap(&format!("to compare: {references}"), width, "  "));
        }
        eprintln!("{}", chart::chart(curves, width.min(WIDTH)));
    }
    for verdict in &finding.verdicts {
        eprintln!("{}", wrap(&format!("• {verdict}"), width, "  "));
    }
    eprintln!("\nWhat this does not show");
    for caveat in &finding.caveats {
        eprintln!("{}", wrap(&format!("• {caveat}"), width, "  "));
    }
    let files: Vec<String> = finding.figures.iter().map(|figure| format!("{}.svg", figure.name)).collect();
    eprintln!("\nFigures and records: {}", folder.display());
    let files = format!("{}, the same as .png, trials.csv, finding.json", files.join(", "));
    eprintln!("{DIM}  {}{DIM:#}", wrap(&files, width.saturating_sub(2), "  "));
    eprintln!("Try next");
    // Under cargo the program is on no path: say what can be typed.
    let program = if std::env::var_os("CARGO").is_some() { "cargo run --release --" } else { "distill" };
    for next in &finding.next {
        eprintln!("  {}", next.replacen("distill", program, 1));
    }
}

/// How wide the screen is.
fn columns() -> usize {
    terminal_size::terminal_size_of(std::io::stderr()).map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// The table, without its intervals where they would not fit.
fn table(table: &Table, width: usize) {
    let all = || std::iter::once(&table.head).chain(&table.rows);
    let cells = |cut: fn(&str) -> &str| -> Vec<Vec<&str>> {
        all().map(|row| row.iter().map(|cell| cut(cell)).collect()).collect()
    };
    let widths = |rows: &[Vec<&str>]| -> Vec<usize> {
        (0..table.head.len()).map(|c| rows.iter().map(|row| row[c].chars().count()).max().unwrap_or(0)).collect()
    };
    let mut rows = cells(|cell| cell);
    if widths(&rows).iter().map(|w| w + GAP.len()).sum::<usize>() > width {
        rows = cells(|cell| cell.split(" ±").next().unwrap_or(cell));
    }
    let widths = widths(&rows);
    for (number, row) in rows.iter().enumerate() {
        let line: Vec<String> = row.iter().zip(&widths).map(|(cell, &w)| format!("{cell:>w$}")).collect();
        let style = if number == 0 { DIM } else { Style::new() };
        eprintln!("{style}  {}{style:#}", line.join(GAP));
    }
}

/// Breaks a text into lines of at most `width`, further lines indented.
fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![String::new()];
    // A number and its percent sign stay together.
    for word in text.replace(" %", "\u{a0}%").split(' ') {
        let line = lines.last().expect("one line at least");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("{indent}{word}"));
        } else {
            let line = lines.last_mut().expect("one line at least");
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}
