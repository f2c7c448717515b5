//! Figures of the page: text and drawing that reflow, so that a phone shows what a desk shows, in light and in dark.
//!
//! Curves are drawn twice, wide and narrow, and the screen takes the one that fits. Grids and amounts are elements
//! of the page; maps are small pictures side by side. What is none of these is drawn as for paper.

mod chart;
mod grid;
mod panels;
mod rows;
mod small;

use serde::Serialize;

use crate::finding::{Drawing, Figure};
use crate::page::text::tied;
use crate::plot::{self, PlotError};
use crate::words::thousands;

/// A figure as the template shows it.
#[derive(Debug, Serialize)]
pub(super) struct Picture<'a> {
    name: &'a str,
    title: &'a str,
    subtitle: &'a str,
    html: String,
}

/// Draws a figure.
pub(super) fn picture(figure: &Figure) -> Result<Picture<'_>, PlotError> {
    let html = match &figure.drawing {
        Drawing::Curves(curves) => chart::curves(curves),
        Drawing::Decades(decades) => chart::decades(decades, chart::Across::Logarithm),
        Drawing::Heat(heat) => grid::grid(heat),
        Drawing::Amounts(amounts) => rows::amounts(amounts),
        Drawing::Scatter(scatter) => rows::scatter(scatter),
        Drawing::Places(places) => panels::places(places, &figure.name)?,
        Drawing::Maps(maps) => panels::maps(maps)?,
        Drawing::Multiples(multiples) => small::together(multiples),
        Drawing::Discs(discs) => rows::discs(discs),
        Drawing::Gallery(_) | Drawing::Sheet(_) | Drawing::Transcript(_) => {
            // Who does not see it hears its title.
            let named = format!("role=\"img\" aria-label=\"{}\"", text(&figure.title));
            format!("<div class=\"drawn\">{}</div>", plot::bare(&figure.drawing)?.replacen("role=\"img\"", &named, 1))
        }
    };
    Ok(Picture { name: &figure.name, title: &figure.title, subtitle: &figure.subtitle, html })
}

/// Text of a record inside an element.
fn text(words: &str) -> String {
    minijinja::HtmlEscape(&tied(words)).to_string()
}

/// Where a number stands between two others, in percent; on a logarithmic scale both are given as logarithms.
fn place(value: f64, (low, high): (f64, f64)) -> f64 {
    let span = if high > low { high - low } else { 1.0 };
    (100.0 * (value - low) / span).clamp(0.0, 100.0)
}

/// A power of ten as a number.
fn power_of_ten(power: i32) -> String {
    match power {
        0.. => thousands(10usize.pow(power.min(9) as u32)),
        -4..0 => format!("{:.*}", power.unsigned_abs() as usize, 10f64.powi(power)),
        _ => format!("1e{power}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_read_as_numbers() {
        assert_eq!([-8, -2, 0, 3].map(power_of_ten), ["1e-8", "0.01", "1", "1,000"]);
    }
}
