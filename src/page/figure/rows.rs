//! One row for each actor: a name, a track with dots or bars, and the number in words.

use std::fmt::Write;

use super::{place, power_of_ten, text};
use crate::finding::{Amounts, Discs, Dot, Scatter};
use crate::page::colours::variable;
use crate::page::glossary::plain;
use crate::plot::palette;

/// Amounts on a logarithmic track: a dot for the amount, pale ones for the replicates.
pub(super) fn amounts(amounts: &Amounts) -> String {
    let rows = || amounts.groups.iter().flat_map(|group| &group.rows);
    let values = rows().flat_map(|row| row.replicates.iter().copied().chain([row.value]));
    let all: Vec<f64> = values.chain(amounts.marks.iter().map(|mark| mark.value)).filter(|it| *it > 0.0).collect();
    let ends = (
        all.iter().copied().fold(f64::MAX, f64::min).log10().floor(),
        all.iter().copied().fold(f64::MIN, f64::max).log10().ceil(),
    );
    let at = |value: f64| place(value.max(1e-300).log10(), ends);
    let mut html = format!(
        "<p class=\"legend\">{}, from {} to {}: from each thin line to the next ten times as much</p>",
        text(&amounts.x_label),
        power_of_ten(ends.0 as i32),
        power_of_ten(ends.1 as i32)
    );
    let steps = (ends.1 - ends.0).max(1.0);
    let _ = write!(html, "<div class=\"rows\" style=\"--steps:{steps}\">");
    for group in &amounts.groups {
        let _ = write!(html, "<p class=\"group\">{}</p>", text(&group.name));
        let actors: Vec<&str> = group.rows.iter().map(|row| row.actor.as_str()).collect();
        for (row, colour) in group.rows.iter().zip(palette::of_actors(&actors)) {
            let pale = row.replicates.iter().map(|value| at(*value)).collect::<Vec<_>>();
            let main = (!row.open).then(|| at(row.value));
            let more = if row.open { "more than " } else { "" };
            let said = format!("{more}{}", row.text.trim_start_matches("more than "));
            html += &track(&row.label, &variable(colour), &pale, main, &said);
        }
    }
    if !amounts.marks.is_empty() {
        html += "<p class=\"group\">to compare</p>";
    }
    for mark in &amounts.marks {
        html += &track(&mark.label, "var(--ink)", &[], Some(at(mark.value)), &crate::words::dollars(mark.value));
    }
    html + "</div>"
}

/// Probabilities as discs, each filled as far as its probability goes.
pub(super) fn discs(discs: &Discs) -> String {
    let key = |share: u8, words: &str| {
        format!("<span><i class=\"disc\" style=\"--share:{share}\"></i>{}</span>", text(words))
    };
    let mut html =
        format!("<p class=\"legend\">{}{}</p><div class=\"rows discs\">", key(1, &discs.full), key(0, &discs.empty));
    let actors: Vec<&str> = discs.groups.iter().flat_map(|group| &group.rows).map(|row| row.actor.as_str()).collect();
    let mut colours = palette::of_actors(&actors).into_iter();
    for group in &discs.groups {
        let _ = write!(html, "<p class=\"group\">{}</p>", text(&group.name));
        for (row, colour) in group.rows.iter().zip(colours.by_ref()) {
            let disc = |cell: &Option<f64>| {
                cell.map_or(String::new(), |share| {
                    // The area goes with the share.
                    format!("<i class=\"disc\" style=\"--share:{:.2}\"></i>", share.clamp(0.0, 1.0).sqrt())
                })
            };
            let _ = write!(
                html,
                "<div class=\"row\" style=\"--actor:{}\"><span class=\"actor\">{}</span><span \
                 aria-hidden=\"true\">{}</span><span class=\"said\">{}</span></div>",
                variable(colour),
                text(&row.label),
                row.cells.iter().map(disc).collect::<String>(),
                text(&row.text)
            );
        }
    }
    html + "</div>"
}

/// A row: pale dots, one dark one, words.
fn track(label: &str, colour: &str, pale: &[f64], main: Option<f64>, said: &str) -> String {
    let mut html = format!(
        "<div class=\"row\" style=\"--actor:{colour}\"><span class=\"actor\">{}</span><span class=\"track\" \
         aria-hidden=\"true\">",
        text(label)
    );
    for at in pale {
        let _ = write!(html, "<i style=\"left:{at:.1}%\"></i>");
    }
    if let Some(at) = main {
        let _ = write!(html, "<b style=\"left:{at:.1}%\"></b>");
    }
    let _ = write!(html, "</span><span class=\"said\">{}</span></div>", text(said));
    html
}

/// Two amounts of each actor as bars: upwards and to the right of a scatter plot become left and right.
pub(super) fn scatter(scatter: &Scatter) -> String {
    let most = |amount: &dyn Fn(&Dot) -> f64| scatter.dots.iter().map(amount).fold(f64::MIN_POSITIVE, f64::max);
    let (tallest, farthest) = (most(&|dot| dot.y.mean.max(dot.later.unwrap_or(0.0))), most(&|dot| dot.x.mean));
    let bar = |value: f64, largest: f64, digits: usize| {
        let said = format!("{value:.digits$}").replace('-', "−");
        format!("<td><span class=\"bar\" style=\"--share:{:.1}%\"></span>{said}</td>", place(value, (0.0, largest)))
    };
    let later = scatter.dots.iter().any(|dot| dot.later.is_some());
    let mut html = format!(
        "<table class=\"bars\"><thead><tr><td></td><th scope=\"col\">{}</th>{}<th scope=\"col\">{}</th></tr></thead>\
         <tbody>",
        text(&scatter.y_label),
        if later { "<th scope=\"col\">The same later, with the most queries</th>" } else { "" },
        text(&scatter.x_label)
    );
    for dot in &scatter.dots {
        let name = plain(&dot.actor).map_or(String::new(), |plain| format!("<small>{plain}</small>"));
        let class = if dot.quiet { " class=\"quiet\"" } else { "" };
        let _ =
            write!(html, "<tr{class}><th scope=\"row\">{}{name}</th>{}", text(&dot.label), bar(dot.y.mean, tallest, 1));
        if later {
            html += &dot.later.map_or("<td></td>".to_owned(), |amount| bar(amount, tallest, 1));
        }
        html += &bar(dot.x.mean, farthest, 2);
        html += "</tr>";
    }
    html + "</tbody></table>"
}
