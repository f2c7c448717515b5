//! Maps of the plane side by side, small: what is answered where, the queries as dots, the differences as stripes.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::text;
use crate::finding::{Maps, Places, Raster};
use crate::page::colours::variable;
use crate::page::glossary::plain;
use crate::plot::{PlotError, palette};

/// More queries than this are drawn smaller.
const MANY: usize = 200;
/// The square that a map is drawn in.
const SIDE: f64 = 100.0;

/// Where several actors put their queries, each on the same map.
pub(super) fn places(places: &Places, name: &str) -> Result<String, PlotError> {
    let map = format!("map-{}", name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
    let mut html = format!(
        "<svg class=\"unseen\" aria-hidden=\"true\"><symbol id=\"{map}\" viewBox=\"0 0 {SIDE} {SIDE}\">{}</symbol>\
         </svg>\
         <div class=\"panels\">",
        tints(&places.teacher, "the teacher")?
    );
    let actors: Vec<&str> = places.panels.iter().map(|panel| panel.actor.as_str()).collect();
    let ends = (places.low, places.high);
    for (panel, colour) in places.panels.iter().zip(palette::of_actors(&actors)) {
        let drawn = format!("<use href=\"#{map}\"/>{}", dots(&panel.asked, ends));
        html += &one(&panel.label, plain(&panel.actor).unwrap_or_default(), &variable(colour), &drawn);
    }
    Ok(html + "</div>")
}

/// The teacher's map, then those of students.
pub(super) fn maps(maps: &Maps) -> Result<String, PlotError> {
    let colour = variable(palette::of_actors(&[&maps.actor])[0]);
    let mut html = "<div class=\"panels\">".to_owned();
    html += &one("teacher", "", "var(--ink)", &tints(&maps.teacher, "the teacher")?);
    for panel in &maps.panels {
        let mut drawn = tints(&panel.map, &panel.label)?;
        let differ = |at: usize| maps.teacher.cells.get(at).is_some_and(|class| *class != panel.map.cells[at]);
        let path = runs(&panel.map, |at, _| differ(at));
        let _ = write!(drawn, "<path class=\"differ\" stroke-width=\"{:.3}\" d=\"{path}\"/>", stroke(&panel.map));
        drawn += &dots(&panel.asked, (maps.low, maps.high));
        html += &one(&panel.label, &panel.detail, &colour, &drawn);
    }
    Ok(html + "</div>")
}

fn one(label: &str, detail: &str, colour: &str, drawn: &str) -> String {
    format!(
        "<div class=\"panel\" style=\"--actor:{colour}\"><span class=\"actor\">{}</span> <small>{}</small><svg \
         viewBox=\"0 0 {SIDE} {SIDE}\" role=\"img\" aria-label=\"{}\">{drawn}</svg></div>",
        text(label),
        text(detail),
        text(label)
    )
}

/// A map as one path for each class, in strokes as high as a cell.
fn tints(map: &Raster, owner: &str) -> Result<String, PlotError> {
    let (side, cells) = (map.side, map.cells.len());
    if side == 0 || cells != side * side {
        return Err(PlotError::Raster { owner: owner.to_owned(), side, cells });
    }
    let classes: BTreeSet<u8> = map.cells.iter().copied().collect();
    let path = |class: u8| {
        let tint = variable(palette::tint(class)).replace("--c-", "--t-");
        let drawn = runs(map, |_, own| own == class);
        format!("<path stroke=\"{tint}\" stroke-width=\"{:.3}\" d=\"{drawn}\"/>", stroke(map))
    };
    Ok(classes.into_iter().map(path).collect())
}

/// A little more than a cell, so that no ground shines through.
fn stroke(map: &Raster) -> f64 {
    1.06 * SIDE / map.side as f64
}

/// Strokes along the rows through all cells that are wanted.
fn runs(map: &Raster, wanted: impl Fn(usize, u8) -> bool) -> String {
    let (side, cell) = (map.side, SIDE / map.side as f64);
    let mut path = String::new();
    for row in 0..side {
        let mut begun = None;
        for column in 0..=side {
            let at = row * side + column;
            let inside = column < side && wanted(at, map.cells[at]);
            match (inside, begun) {
                (true, None) => begun = Some(column),
                (false, Some(from)) => {
                    let (x, y) = (cell * from as f64, cell * (row as f64 + 0.5));
                    let _ = write!(path, "M{x:.1} {y:.2}h{:.1}", cell * (column - from) as f64);
                    begun = None;
                }
                _ => {}
            }
        }
    }
    path
}

fn dots(asked: &[(f64, f64)], (low, high): (f64, f64)) -> String {
    let scale = SIDE / (high - low);
    let dot = |(x, y): &(f64, f64)| format!("M{:.1} {:.1}h0", (x - low) * scale, (high - y) * scale);
    let path: String = asked.iter().map(dot).collect();
    let many = if asked.len() > MANY { " many" } else { "" };
    format!("<path class=\"asked edge{many}\" d=\"{path}\"/><path class=\"asked{many}\" d=\"{path}\"/>")
}
