//! Shares in a grid, as a table whose cells are darker where there is more of something.

use std::fmt::Write;

use super::text;
use crate::finding::{Heat, Shade};

/// More columns than this do not fit on a phone, which then leaves out some.
const FIT: usize = 7;
/// Most letters in a line of a row's name.
const NAMES: usize = 15;
/// A longer head stands upright.
const LONG: usize = 5;

/// The grid as a table.
pub(super) fn grid(heat: &Heat) -> String {
    let measured = heat.columns.len().saturating_sub(heat.controls);
    let class = |at: usize| if spare(at, measured, heat.columns.len()) { " class=\"spare\"" } else { "" };
    let names = heat.rows.iter().map(|row| row.label.chars().count()).max().unwrap_or(0).min(NAMES);
    let mut html = format!(
        "<p class=\"legend\">{}From left to right: {}</p><table class=\"grid\" style=\"--names:{names}ch\"><thead><tr>\
         <td></td>",
        if heat.y_label.is_empty() { String::new() } else { format!("From the top: {}. ", text(&heat.y_label)) },
        text(&heat.x_label)
    );
    for (at, name) in heat.columns.iter().enumerate() {
        let upright = if name.chars().count() > LONG { " class=\"upright\"" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(html, "<th scope=\"col\"{}><span{upright}>{}</span></th>", class(at), text(name));
    }
    if !heat.texts.is_empty() {
        let _ = write!(html, "<th scope=\"col\"><span class=\"upright\">{}</span></th>", text(&heat.texts));
    }
    html += "</tr></thead><tbody>";
    for row in &heat.rows {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", text(&row.label));
        for (at, cell) in row.cells.iter().enumerate() {
            match cell {
                Some(share) => {
                    let (dark, value) = (dark(&heat.shade, *share), 100.0 * share);
                    let digits = usize::from(value > 99.0 && value < 99.95 && matches!(heat.shade, Shade::Distance));
                    let _ = write!(html, "<td{} style=\"--dark:{dark:.0}%\">{value:.digits$}</td>", class(at));
                }
                None => {
                    let _ = write!(html, "<td{}>–</td>", class(at));
                }
            }
        }
        if !heat.texts.is_empty() {
            let _ = write!(html, "<td class=\"said\">{}</td>", text(&row.text));
        }
        html += "</tr>";
    }
    html + "</tbody></table>"
}

/// Whether a narrow screen leaves a column out: every other one of those that were measured, but neither the last nor a
/// control.
fn spare(at: usize, measured: usize, all: usize) -> bool {
    all > FIT && at < measured && (measured - 1 - at) % 2 == 1
}

/// How dark a cell is, in percent.
fn dark(shade: &Shade, share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    match shade {
        Shade::Share => 100.0 * share,
        // One power of ten fewer disagreements is a third of the scale.
        Shade::Distance => (100.0 * -(1.0 - share).max(1e-3).log10() / 3.0).clamp(0.0, 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_keeps_the_last_column_and_the_controls() {
        let kept = |measured, all| (0..all).filter(|at| !spare(*at, measured, all)).collect::<Vec<_>>();
        assert_eq!(kept(7, 11), [0, 2, 4, 6, 7, 8, 9, 10]);
        assert_eq!(kept(12, 12), [1, 3, 5, 7, 9, 11]);
        assert_eq!(kept(6, 6), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn ninety_nine_percent_is_darker_than_ninety() {
        assert_eq!([0.0, 0.9, 0.99, 1.0].map(|share| dark(&Shade::Distance, share).round()), [0.0, 33.0, 67.0, 100.0]);
    }
}
