//! A figure for the page: drawn without its words, which the page writes as text, and with shorter strokes.

use serde::Serialize;

use crate::finding::{Drawing, Figure};
use crate::plot::{self, PlotError};

/// A figure as the template shows it.
#[derive(Debug, Serialize)]
pub(super) struct Picture<'a> {
    name: &'a str,
    title: &'a str,
    subtitle: &'a str,
    /// Whether its colours may change with the screen: maps and images keep theirs, on white paper.
    recolours: bool,
    svg: String,
}

/// Draws a figure.
pub(super) fn picture(figure: &Figure) -> Result<Picture<'_>, PlotError> {
    let recolours = match figure.drawing {
        Drawing::Curves(_)
        | Drawing::Scatter(_)
        | Drawing::Amounts(_)
        | Drawing::Rungs(_)
        | Drawing::Decades(_)
        | Drawing::Multiples(_)
        | Drawing::Discs(_)
        | Drawing::Heat(_)
        | Drawing::Transcript(_) => true,
        Drawing::Maps(_) | Drawing::Places(_) | Drawing::Gallery(_) | Drawing::Sheet(_) => false,
    };
    let svg = shorter(&plot::bare(&figure.drawing)?);
    Ok(Picture { name: &figure.name, title: &figure.title, subtitle: &figure.subtitle, recolours, svg })
}

/// The same picture in fewer bytes: strokes of one pen that follow one another become one path. A dashed line is
/// drawn as a stroke for each dash.
fn shorter(svg: &str) -> String {
    let mut short = String::with_capacity(svg.len());
    let mut pen = "";
    for line in svg.lines() {
        let stroke = line.strip_prefix("<polyline ").and_then(|rest| rest.strip_suffix(" \"/>"));
        let stroke = stroke.and_then(|rest| rest.split_once(" points=\"")).filter(|(pen, _)| pen.contains(SOLID));
        if !pen.is_empty() && stroke.is_none_or(|(next, _)| next != pen) {
            short.push_str("\"/>\n");
            pen = "";
        }
        match stroke {
            Some((next, points)) => {
                if pen.is_empty() {
                    short.push_str(&format!("<path {} d=\"", next.replace(SOLID, "")));
                }
                short.push('M');
                short.push_str(points);
                pen = next;
            }
            None => {
                short.push_str(&line.replace(SOLID, ""));
                short.push('\n');
            }
        }
    }
    short
}

/// Strokes that let something shine through are darker where they cross, so only solid ones are joined.
const SOLID: &str = " opacity=\"1\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_of_one_pen_are_joined_and_others_are_not() {
        let svg = concat!(
            "<svg>\n",
            "<polyline fill=\"none\" opacity=\"1\" stroke=\"#8C959F\" points=\"1,2 3,4 \"/>\n",
            "<polyline fill=\"none\" opacity=\"1\" stroke=\"#8C959F\" points=\"5,6 7,8 \"/>\n",
            "<polyline fill=\"none\" opacity=\"1\" stroke=\"#E4E7EB\" points=\"1,1 2,2 \"/>\n",
            "<polyline fill=\"none\" opacity=\"0.5\" stroke=\"#E4E7EB\" points=\"1,1 2,2 \"/>\n",
            "</svg>\n",
        );
        let expected = concat!(
            "<svg>\n",
            "<path fill=\"none\" stroke=\"#8C959F\" d=\"M1,2 3,4M5,6 7,8\"/>\n",
            "<path fill=\"none\" stroke=\"#E4E7EB\" d=\"M1,1 2,2\"/>\n",
            "<polyline fill=\"none\" opacity=\"0.5\" stroke=\"#E4E7EB\" points=\"1,1 2,2 \"/>\n",
            "</svg>\n",
        );
        assert_eq!(shorter(svg), expected);
    }
}
