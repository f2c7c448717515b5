//! Draws a [`Figure`] as SVG and PNG. It knows shares, counts and class numbers, and nothing of learning.
//!
//! [`draw`] is the whole of it: the same figure always gives the same bytes. Every drawing works in the same order:
//! the canvas writes title and subtitle, the drawing adds its shapes below and says where it ended, and
//! the canvas closes the picture with the stamp.

mod actors;
mod amounts;
mod axes;
mod callouts;
mod canvas;
mod clip;
mod curves;
mod decades;
mod discs;
mod gallery;
mod heat;
mod labels;
mod levels;
mod maps;
mod multiples;
pub mod palette;
mod places;
mod plane;
mod png;
mod ramp;
mod regions;
mod scatter;
mod sheet;
mod spots;
mod text;
mod theme;
mod transcript;

use crate::finding::{Drawing, Figure};
pub use axes::{height, y_name, y_shares};
use canvas::Canvas;
pub use text::{BOLD, REGULAR};

/// One picture in both forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The vector form, complete in itself.
    pub svg: String,
    /// The same at two pixels per unit.
    pub png: Vec<u8>,
}

/// Why a figure cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// A saved map whose cells do not make a square.
    #[error("the map of {owner} has {cells} cells, which is no square of side {side}")]
    Raster {
        /// Whose map it is.
        owner: String,
        /// Cells per row.
        side: usize,
        /// Cells found.
        cells: usize,
    },
    /// A saved image whose pixels do not make a square.
    #[error("image {number} has {pixels} pixels, which is no square of side {side}")]
    Image {
        /// Which image, from 1.
        number: usize,
        /// Pixels per row.
        side: usize,
        /// Pixels found.
        pixels: usize,
    },
    /// Lines and markers could not be written.
    #[error("cannot draw lines and markers: {0}")]
    Strokes(String),
    /// The picture could not be turned into pixels.
    #[error("cannot turn the picture into a PNG: {0}")]
    Png(String),
}

/// Draws a figure. `stamp` is the small last line: the command that makes the figure, its seed and the version.
///
/// Points that have no place on the axes (a budget of zero on a logarithmic axis, a value that is not a number) are
/// left out; a title, label or stamp that is too long is wrapped, then set smaller, then shortened with "…".
///
/// # Errors
/// A map or an image that is not square, or a picture that cannot be turned into pixels.
pub fn draw(figure: &Figure, stamp: &str) -> Result<Drawn, PlotError> {
    let mut canvas = Canvas::new(&figure.title, &figure.described());
    let bottom = compose(&mut canvas, &figure.drawing)?;
    canvas.finish(bottom, stamp)
}

/// Draws what is below title and subtitle, as SVG, for a page that writes these and the stamp as text of its own.
///
/// # Errors
/// A map or an image that is not square.
pub fn bare(drawing: &Drawing) -> Result<String, PlotError> {
    let mut canvas = Canvas::bare();
    let bottom = compose(&mut canvas, drawing)?;
    canvas.finish_bare(bottom)
}

/// Draws on the canvas and says where the drawing ends.
fn compose(canvas: &mut Canvas, drawing: &Drawing) -> Result<f64, PlotError> {
    Ok(match drawing {
        Drawing::Curves(curves) => curves::draw(canvas, curves)?,
        Drawing::Maps(maps) => maps::draw(canvas, maps)?,
        Drawing::Sheet(sheet) => sheet::draw(canvas, sheet)?,
        Drawing::Scatter(scatter) => scatter::draw(canvas, scatter)?,
        Drawing::Places(places) => places::draw(canvas, places)?,
        Drawing::Gallery(gallery) => gallery::draw(canvas, gallery)?,
        Drawing::Heat(heat) => heat::draw(canvas, heat),
        Drawing::Amounts(amounts) => amounts::draw(canvas, amounts)?,
        Drawing::Multiples(multiples) => multiples::draw(canvas, multiples)?,
        Drawing::Discs(discs) => discs::draw(canvas, discs)?,
        Drawing::Decades(decades) => decades::draw(canvas, decades)?,
        Drawing::Transcript(transcript) => transcript::draw(canvas, transcript)?,
    })
}
