//! A film strip of decision maps: the teacher, then students with more and more questions; below each student,
//! where the two disagree.

use resvg::tiny_skia::{ColorU8, Pixmap};

use super::PlotError;
use super::canvas::{Anchor, Canvas, Image, MARGIN, Style, WIDTH, number};
use super::text::{Weight, fit, wrap};
use super::theme::{self, BORDER, DISAGREEMENT, GREY_TEXT, INK, LABEL, PALE, Rgb, SMALL, hex, tint};
use crate::finding::{Maps, Panel, Raster};

const GAP: f64 = 14.0;
/// Label and detail above a map.
const CAPTION: f64 = 42.0;
const LARGEST: f64 = 300.0;
/// Samples per unit of the picture: two pixels, and two samples for each.
const FINE: usize = 4;
/// Half the width of a border between regions, in samples.
const REACH: usize = 2;

/// A map sampled finely, its borders smoothed: cells are too coarse to be shown as they are.
struct Fine {
    side: usize,
    classes: Vec<u8>,
}

impl Fine {
    fn new(raster: &Raster, owner: &str, side: usize) -> Result<Self, PlotError> {
        let (cells, n) = (&raster.cells, raster.side);
        if n == 0 || cells.len() != n * n {
            return Err(PlotError::Raster { owner: owner.to_owned(), side: n, cells: cells.len() });
        }
        // The five cells around a sample and their shares: a bell one cell wide. A narrower one shows the steps of
        // the cells, a wider one would eat regions that are two cells wide.
        let around = |sample: usize| {
            let at = (sample as f64 + 0.5) * n as f64 / side as f64;
            let cell = (at as usize).min(n - 1);
            [-2.0, -1.0, 0.0, 1.0, 2.0].map(|step| {
                let near = (cell as f64 + step).clamp(0.0, (n - 1) as f64) as usize;
                (near, (-(at - cell as f64 - step - 0.5).powi(2) / 2.0).exp())
            })
        };
        let columns: Vec<_> = (0..side).map(around).collect();
        let mut classes = Vec::with_capacity(side * side);
        for rows in (0..side).map(around) {
            for columns in &columns {
                let mut winner = cells[rows[2].0 * n + columns[2].0];
                let near = rows.iter().flat_map(|(row, down)| {
                    columns.iter().map(move |(column, across)| (cells[row * n + column], down * across))
                });
                if near.clone().any(|(class, _)| class != winner) {
                    let mut votes = [0.0; 256];
                    for (class, share) in near {
                        votes[usize::from(class)] += share;
                        if votes[usize::from(class)] > votes[usize::from(winner)] {
                            winner = class;
                        }
                    }
                }
                classes.push(winner);
            }
        }
        Ok(Self { side, classes })
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.classes[y * self.side + x]
    }

    fn on_border(&self, x: usize, y: usize) -> bool {
        let last = self.side - 1;
        let here = self.at(x, y);
        let across = [x.saturating_sub(REACH), (x + REACH).min(last)];
        let down = [y.saturating_sub(REACH), (y + REACH).min(last)];
        across.iter().any(|&x| self.at(x, y) != here) || down.iter().any(|&y| self.at(x, y) != here)
    }

    /// Pixels from the colours of samples, four to a pixel.
    fn pixels(&self, colour: impl Fn(usize, usize) -> Rgb) -> Result<Pixmap, PlotError> {
        let side = self.side / 2;
        let too_large = || PlotError::Png("a map is too large".to_owned());
        let mut pixels = Pixmap::new(side as u32, side as u32).ok_or_else(too_large)?;
        for (index, pixel) in pixels.pixels_mut().iter_mut().enumerate() {
            let (x, y) = (index % side * 2, index / side * 2);
            let samples = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|(x, y)| colour(x, y));
            let mean =
                |channel: usize| (samples.iter().map(|sample| u32::from(sample[channel])).sum::<u32>() / 4) as u8;
            *pixel = ColorU8::from_rgba(mean(0), mean(1), mean(2), u8::MAX).premultiply();
        }
        Ok(pixels)
    }

    fn decisions(&self) -> Result<Pixmap, PlotError> {
        self.pixels(|x, y| if self.on_border(x, y) { BORDER } else { tint(self.at(x, y)) })
    }

    /// Where another map differs from this one, on pale paper with this one's borders.
    fn differences(&self, other: &Self) -> Result<Pixmap, PlotError> {
        self.pixels(|x, y| match self.at(x, y) {
            class if class != other.at(x, y) => DISAGREEMENT,
            _ if self.on_border(x, y) => [0xc3, 0xc9, 0xd0],
            _ => PALE,
        })
    }
}

/// Draws the strip and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, maps: &Maps) -> Result<f64, PlotError> {
    let columns = (maps.panels.len() + 1) as f64;
    let size = ((WIDTH - 2.0 * MARGIN - (columns - 1.0) * GAP) / columns).clamp(24.0, LARGEST).floor();
    let side = size as usize * FINE;
    let (first, second) = (canvas.top + CAPTION, canvas.top + CAPTION + size + GAP);
    let colour = theme::look(&maps.actor).colour;

    let teacher = Fine::new(&maps.teacher, "the teacher", side)?;
    caption(canvas, MARGIN, size, "Teacher", "one tint per class");
    map(canvas, (MARGIN, first), size, teacher.decisions()?);
    key(canvas, (MARGIN, second), size, colour);
    for (index, panel) in maps.panels.iter().enumerate() {
        let x = MARGIN + (index + 1) as f64 * (size + GAP);
        let student = Fine::new(&panel.map, &panel.label, side)?;
        caption(canvas, x, size, &panel.label, &panel.detail);
        map(canvas, (x, first), size, student.decisions()?);
        canvas.shapes(&asked_points(maps, panel, (x, first), size, colour));
        map(canvas, (x, second), size, teacher.differences(&student)?);
    }
    Ok(second + size)
}

fn caption(canvas: &mut Canvas, x: f64, size: f64, label: &str, detail: &str) {
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: INK };
    let small = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    for (style, text, down) in [(bold, label, 8.0), (small, detail, 26.0)] {
        let text = fit(text, style.weight, style.size, size);
        canvas.text((x, canvas.top + down), Anchor::Start, style, &text);
    }
}

fn map(canvas: &mut Canvas, (x, y): (f64, f64), size: f64, pixels: Pixmap) {
    // Whole units, so that the map's pixels are the picture's.
    let (x, y) = (x.round(), y.round());
    canvas.image(Image { x, y, pixels });
    let border = hex(BORDER);
    canvas.shapes(&format!(
        r#"<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="none" stroke="{border}" stroke-width="1"/>"#
    ));
}

/// All asked points as one path of dots: a line of no length with round ends. Points off the map are left out.
fn asked_points(maps: &Maps, panel: &Panel, (x, y): (f64, f64), size: f64, colour: Rgb) -> String {
    let span = maps.high - maps.low;
    let mut path = String::new();
    for &(across, up) in &panel.asked {
        let (across, down) = ((across - maps.low) / span, (maps.high - up) / span);
        if (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down) {
            path += &format!("M{} {}h0", number(x + across * size), number(y.round() + down * size));
        }
    }
    if path.is_empty() {
        return path;
    }
    // Smaller dots for more points. White around each helps while they are few; a crowd would drown in it.
    let (dot, edge) = match panel.asked.len() {
        0..=150 => (3.6, 5.2),
        151..=600 => (2.6, 3.8),
        601..=2000 => (1.7, 2.4),
        _ => (0.9, 0.0),
    };
    let strokes = |colour: &str, width: f64, more: &str| {
        format!(
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"{more}/>"#
        )
    };
    let colour = hex(colour);
    if edge > 0.0 {
        strokes("#ffffff", edge, "") + &strokes(&colour, dot, "")
    } else {
        strokes(&colour, dot, r#" stroke-opacity="0.5""#)
    }
}

/// What the marks mean, in the free place below the teacher.
fn key(canvas: &mut Canvas, (x, y): (f64, f64), size: f64, colour: Rgb) {
    let style = Style { size: SMALL, weight: Weight::Regular, colour: INK };
    let border = hex(BORDER);
    let square = |fill| {
        let fill = hex(fill);
        format!(r#"<rect x="0.5" y="-4.5" width="9" height="9" fill="{fill}" stroke="{border}" stroke-width="0.6"/>"#)
    };
    let entries = [
        (format!(r#"<circle cx="5" r="2.4" fill="{}"/>"#, hex(colour)), "a point that the student asked about"),
        (square(DISAGREEMENT), "student and teacher disagree"),
        (square(PALE), "they agree"),
    ];
    let mut down = y + 10.0;
    for (mark, words) in entries {
        canvas.shapes(&format!(r#"<g transform="translate({x} {})">{mark}</g>"#, number(down)));
        for line in wrap(words, style.weight, style.size, size - 18.0) {
            canvas.text((x + 18.0, down), Anchor::Start, style, &line);
            down += 1.3 * SMALL;
        }
        down += 6.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The top half class 0, the bottom left class 1, the bottom right class 2.
    fn corners() -> Raster {
        Raster { side: 4, cells: vec![0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 1, 2, 2] }
    }

    fn colour(pixels: &Pixmap, x: u32, y: u32) -> Rgb {
        let pixel = pixels.pixel(x, y).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    #[test]
    fn the_top_row_of_a_map_is_at_the_top() {
        let fine = Fine::new(&corners(), "the test", 400).unwrap();
        let pixels = fine.decisions().unwrap();
        assert_eq!([colour(&pixels, 20, 20), colour(&pixels, 180, 20)], [tint(0), tint(0)]);
        assert_eq!([colour(&pixels, 20, 180), colour(&pixels, 180, 180)], [tint(1), tint(2)]);
        assert_eq!(colour(&pixels, 100, 180), BORDER);
    }

    #[test]
    fn only_differences_are_marked() {
        let mut cells = corners().cells;
        cells[0..2].fill(7);
        cells[4..6].fill(7);
        let teacher = Fine::new(&corners(), "the teacher", 400).unwrap();
        let student = Fine::new(&Raster { side: 4, cells }, "the student", 400).unwrap();
        let pixels = teacher.differences(&student).unwrap();
        assert_eq!(colour(&pixels, 20, 20), DISAGREEMENT);
        assert_eq!([colour(&pixels, 180, 20), colour(&pixels, 20, 180)], [PALE, PALE]);
    }

    #[test]
    fn a_map_that_is_not_square_is_refused() {
        let raster = Raster { side: 3, cells: vec![0; 8] };
        assert!(matches!(Fine::new(&raster, "the test", 40), Err(PlotError::Raster { side: 3, cells: 8, .. })));
    }

    #[test]
    fn points_stand_with_y_upwards_and_strays_are_left_out() {
        let raster = corners();
        let asked = vec![(-1.0, 1.0), (1.0, -1.0), (0.0, 5.0), (f64::NAN, 0.0)];
        let panel = Panel { label: String::new(), detail: String::new(), map: raster.clone(), asked };
        let maps = Maps { low: -1.0, high: 1.0, actor: "label".into(), teacher: raster, panels: Vec::new() };
        let svg = asked_points(&maps, &panel, (10.0, 20.0), 100.0, INK);
        assert!(svg.contains(r#"d="M10 20h0M110 120h0""#), "{svg}");
    }
}
