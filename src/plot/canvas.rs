//! The frame of every picture: title and subtitle above, the stamp below, and a list of what is drawn between.
//!
//! Three layers, each on top of the one before: images, shapes, texts. Texts are written here and not by plotters,
//! so that each stands exactly where it was measured to fit.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::Pixmap;

use super::text::{Weight, block, middle_cut, printable};
use super::theme::{GREY_TEXT, INK, Rgb, STAMP, SUBTITLE_SIZES, TITLE_SIZES, hex};
use super::{Drawn, PlotError, png};

/// Width of every picture: narrow, so that its letters are large enough on a telephone 360 pixels wide.
pub(super) const WIDTH: f64 = 640.0;
/// Free space at the left and right edge.
pub(super) const MARGIN: f64 = 20.0;

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) colour: Rgb,
}

/// An image of square pixels at two pixels per unit.
pub(super) struct Image {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) pixels: Pixmap,
}

/// A picture in the making.
pub(super) struct Canvas {
    title: String,
    /// Where the drawing begins: below title and subtitle.
    pub(super) top: f64,
    images: Vec<Image>,
    shapes: String,
    texts: String,
}

impl Canvas {
    pub(super) fn new(title: &str, subtitle: &str) -> Self {
        let mut canvas = Self {
            title: printable(title),
            top: 16.0,
            images: Vec::new(),
            shapes: String::new(),
            texts: String::new(),
        };
        let room = WIDTH - 2.0 * MARGIN;
        let (size, lines) = block(title, Weight::Bold, &TITLE_SIZES, room, 3);
        canvas.lines(&lines, Style { size, weight: Weight::Bold, colour: INK }, 1.28);
        canvas.top += 4.0;
        let (size, lines) = block(subtitle, Weight::Regular, &SUBTITLE_SIZES, room, 3);
        canvas.lines(&lines, Style { size, weight: Weight::Regular, colour: GREY_TEXT }, 1.35);
        canvas.top += 14.0;
        canvas
    }

    /// A picture whose title, subtitle and stamp stand elsewhere, as text of a page.
    pub(super) fn bare() -> Self {
        Self { top: 6.0, ..Self::new("", "") }
    }

    /// Lines of text from the top edge down, moving the top below them.
    fn lines(&mut self, lines: &[String], style: Style, spacing: f64) {
        for line in lines {
            self.top += style.size * spacing;
            self.text((MARGIN, self.top - style.size * spacing / 2.0), Anchor::Start, style, line);
        }
    }

    /// One line of text, its capitals centred on the height of `at`.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, style: Style, text: &str) {
        self.write_text(at, anchor, style, text, "");
    }

    /// The same with a white edge, where it may cross a line.
    pub(super) fn text_with_halo(&mut self, at: (f64, f64), anchor: Anchor, style: Style, text: &str) {
        let halo = r##" stroke="#ffffff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke""##;
        self.write_text(at, anchor, style, text, halo);
    }

    fn write_text(&mut self, (x, y): (f64, f64), anchor: Anchor, style: Style, text: &str, more: &str) {
        if text.is_empty() {
            return;
        }
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if style.weight == Weight::Bold { r#" font-weight="bold""# } else { "" };
        // Inter's capitals are 0.727 em high. A baseline of our own, because viewers differ on `dominant-baseline`.
        let baseline = y + 0.36 * style.size;
        let (x, baseline, size) = (number(x), number(baseline), number(style.size));
        let (fill, text) = (hex(style.colour), escape(&printable(text)));
        let attributes = format!(r#"x="{x}" y="{baseline}" font-size="{size}"{weight}{anchor} fill="{fill}"{more}"#);
        // Writing to a string cannot fail.
        let _ = writeln!(self.texts, "<text {attributes}>{text}</text>");
    }

    /// SVG elements, in units of the picture.
    pub(super) fn shapes(&mut self, elements: &str) {
        self.shapes.push_str(elements);
        self.shapes.push('\n');
    }

    /// An image at two pixels per unit, below all shapes.
    pub(super) fn image(&mut self, image: Image) {
        self.images.push(image);
    }

    /// Writes the stamp below `bottom` and closes the picture.
    pub(super) fn finish(mut self, bottom: f64, stamp: &str) -> Result<Drawn, PlotError> {
        let mut y = bottom + 26.0;
        let style = Style { size: STAMP, weight: Weight::Regular, colour: GREY_TEXT };
        for line in middle_cut(stamp, style.weight, style.size, WIDTH - 2.0 * MARGIN, 2) {
            self.text((MARGIN, y), Anchor::Start, style, &line);
            y += 1.4 * STAMP;
        }
        let height = (y + 8.0).ceil();
        let images = self.images.iter().map(image_element).collect::<Result<String, _>>()?;
        let svg = self.document(height, &images);
        // The renderer is built without decoders, so it gets the images as pixels and the rest as SVG.
        let png = png::render(&self.document(height, ""), &self.images)?;
        Ok(Drawn { svg, png })
    }

    /// Closes the picture without a stamp, as SVG alone.
    pub(super) fn finish_bare(self, bottom: f64) -> Result<String, PlotError> {
        let images = self.images.iter().map(image_element).collect::<Result<String, _>>()?;
        Ok(self.document((bottom + 8.0).ceil(), &images))
    }

    fn document(&self, height: f64, images: &str) -> String {
        let Self { title, shapes, texts, .. } = self;
        let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>\n", escape(title)) };
        // The background is painted by the page or the PNG where there are no images to lie on it.
        let paper = format!(r##"<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>"##);
        let ground = if images.is_empty() && !self.images.is_empty() { "" } else { &paper };
        let size = format!(r#"width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}""#);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">
{title}{ground}
{images}{shapes}<g font-family="Inter, Helvetica, Arial, sans-serif">
{texts}</g>
</svg>
"#
        )
    }
}

fn image_element(image: &Image) -> Result<String, PlotError> {
    let data = STANDARD.encode(png::encode(&image.pixels)?);
    let (x, y) = (number(image.x), number(image.y));
    let (width, height) = (f64::from(image.pixels.width()) / 2.0, f64::from(image.pixels.height()) / 2.0);
    Ok(format!(
        "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" href=\"data:image/png;base64,{data}\"/>\n"
    ))
}

/// A coordinate with at most two decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
