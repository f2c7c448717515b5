//! Small charts of paper, as the curves of one chart on the page: there a curve can be picked out, and drawn into.

use super::chart;
use crate::finding::{Curves, Decades, Multiples, MultiplesRow, Point, Scale, Series, Spacing};

pub(super) fn in_one_chart(multiples: &Multiples) -> String {
    let Multiples { x_label, y_label, spacing, rows, .. } = multiples;
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean, high: mean };
    let of_row = |row: &MultiplesRow| Series {
        actor: row.actor.clone(),
        label: row.label.clone(),
        quiet: false,
        points: row.points.iter().map(point).collect(),
    };
    let (x_label, y_label, series) = (x_label.clone(), y_label.clone(), rows.iter().map(of_row).collect());
    match spacing {
        Spacing::SharesOverCounts => chart::curves(&Curves {
            x_label,
            y_label,
            series,
            scale: Scale::Even,
            references: Vec::new(),
            threshold: None,
            callouts: Vec::new(),
        }),
        Spacing::AmountsOverNumbers => chart::decades(&Decades { x_label, y_label, series, levels: Vec::new() }),
    }
}
