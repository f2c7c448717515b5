//! Small charts of paper, as the page has them: shares as a grid, in which no row hides another; amounts as the curves
//! of one chart, where a curve can be picked out and drawn into.

use super::chart::{self, Across};
use super::grid;
use crate::finding::{Decades, Heat, HeatRow, Multiples, MultiplesRow, Point, Series, Shade, Spacing};
use crate::words::thousands;

pub(super) fn together(multiples: &Multiples) -> String {
    match multiples.spacing {
        Spacing::SharesOverCounts => grid::grid(&in_a_grid(multiples)),
        Spacing::AmountsOverNumbers => chart::decades(&in_one_chart(multiples), Across::Even),
    }
}

/// A row for each chart, a column for each number that the first of them has an amount at.
fn in_a_grid(multiples: &Multiples) -> Heat {
    let numbers: Vec<f64> =
        multiples.rows.first().map_or(Vec::new(), |row| row.points.iter().map(|(number, _)| *number).collect());
    let head = |number: &f64| if *number < 10.0 { format!("{number:.1}") } else { thousands(number.round() as usize) };
    let row = |row: &MultiplesRow| {
        let at = |number: &f64| row.points.iter().find(|(own, _)| own == number).map(|(_, share)| *share);
        // "margin: 8 of 8", broken behind the name alone.
        let label = format!("{}: {}", row.label, row.text.replace(' ', "\u{a0}"));
        HeatRow { label, cells: numbers.iter().map(at).collect(), text: String::new() }
    };
    Heat {
        x_label: format!("{}; in each cell: {}, in percent", multiples.x_label, multiples.y_label.to_lowercase()),
        y_label: String::new(),
        columns: numbers.iter().map(head).collect(),
        controls: 0,
        others: 0,
        shade: Shade::Share,
        texts: String::new(),
        rows: multiples.rows.iter().map(row).collect(),
    }
}

/// The curves under their names alone: where a reader is to find what a curve says, no count gives it away.
fn in_one_chart(multiples: &Multiples) -> Decades {
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean, high: mean };
    let of_row = |row: &MultiplesRow| Series {
        actor: row.actor.clone(),
        label: row.label.clone(),
        quiet: false,
        points: row.points.iter().map(point).collect(),
    };
    Decades {
        x_label: multiples.x_label.clone(),
        y_label: multiples.y_label.clone(),
        series: multiples.rows.iter().map(of_row).collect(),
        levels: Vec::new(),
    }
}
