//! The pictures of a finding, before they are drawn: numbers, names and words, no colours and no places on paper.

use serde::{Deserialize, Serialize};

use super::Raster;

/// One picture, before it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// File name without its ending.
    pub name: String,
    /// What the reader should see, computed from the trials.
    pub title: String,
    /// What is plotted.
    pub subtitle: String,
    /// The content.
    pub drawing: Drawing,
}

/// The kinds of picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Drawing {
    /// Curves over a logarithmic axis.
    Curves(Curves),
    /// Decision maps of the plane.
    Maps(Maps),
    /// Small images that two models answer differently.
    Sheet(Sheet),
    /// Points in a plane of two amounts.
    Scatter(Scatter),
    /// One map of the plane, with the points of several actors on it side by side.
    Places(Places),
    /// Small images, a row of them for each of several actors.
    Gallery(Gallery),
    /// Shares in a grid of cells.
    Heat(Heat),
    /// Amounts on a logarithmic axis, one row each.
    Amounts(Amounts),
    /// What several speakers reply to the same questions.
    Transcript(Transcript),
}

/// Shares (0 to 1) against a count on a logarithmic axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of the vertical axis.
    pub y_label: String,
    /// The curves, most important first.
    pub series: Vec<Series>,
    /// Horizontal lines to compare with.
    pub references: Vec<Reference>,
    /// A level that the call-outs refer to, such as 0.95.
    pub threshold: Option<f64>,
    /// Points where curves cross the threshold.
    pub callouts: Vec<Callout>,
}

/// One curve with its band.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Who is shown: decides the colour everywhere (`probabilities`, `label`, `truth`, …).
    pub actor: String,
    /// The words at the end of the line.
    pub label: String,
    /// From left to right.
    pub points: Vec<Point>,
}

/// A mean with its 95 % interval (equal to the mean where there is a single replicate).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Position on the horizontal axis.
    pub x: f64,
    /// Mean over replicates.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// A horizontal line: what agreement means without the thing under test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Its name in `trials.csv`.
    pub name: String,
    /// The words beside the line.
    pub label: String,
    /// Its height, 0 to 1.
    pub value: f64,
}

/// A marked point of a curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Callout {
    /// The curve's actor.
    pub actor: String,
    /// Position on the horizontal axis.
    pub x: f64,
    /// What to write there, short: "100".
    pub text: String,
}

/// Decision maps of a square part of the plane: the teacher's, then students'.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Maps {
    /// Both axes run from `low` to `high`.
    pub low: f64,
    /// Upper end of both axes.
    pub high: f64,
    /// Who the students are: decides the colour of the asked points.
    pub actor: String,
    /// What the teacher answers where.
    pub teacher: Raster,
    /// Students, in the order of their budgets.
    pub panels: Vec<Panel>,
}

/// One student's decision map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Above the map: "100 questions".
    pub label: String,
    /// Beside it: "94.6 % agreement".
    pub detail: String,
    /// What the student answers where.
    pub map: Raster,
    /// The points it asked, in order, as (x, y).
    pub asked: Vec<(f64, f64)>,
}

/// Where several actors put their points: one map of a square part of the plane, repeated for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Places {
    /// Both axes run from `low` to `high`.
    pub low: f64,
    /// Upper end of both axes.
    pub high: f64,
    /// What the teacher answers where.
    pub teacher: Raster,
    /// The actors, in reading order.
    pub panels: Vec<Place>,
}

/// The points of one actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Who: decides the colour.
    pub actor: String,
    /// Above the map: "natural".
    pub label: String,
    /// Below the label: "94.6 % agreement".
    pub detail: String,
    /// The points, in order, as (x, y).
    pub asked: Vec<(f64, f64)>,
}

/// The first images of several actors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gallery {
    /// Pixels per row and rows of each image.
    pub side: usize,
    /// The actors, in reading order.
    pub rows: Vec<GalleryRow>,
}

/// The images of one actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryRow {
    /// Who: decides the colour.
    pub actor: String,
    /// Beside the images: "natural".
    pub label: String,
    /// Below the label: "46.0 % agreement".
    pub detail: String,
    /// Each `side * side` grey values, 0 (paper) to 255 (ink), row by row from the top.
    pub images: Vec<Vec<u8>>,
}

/// Small grey images with two models' answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Pixels per row and rows of each image.
    pub side: usize,
    /// The images.
    pub items: Vec<SheetItem>,
}

/// One image that the two models answer differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetItem {
    /// `side * side` grey values, 0 (paper) to 255 (ink), row by row from the top.
    pub pixels: Vec<u8>,
    /// The true label.
    pub truth: String,
    /// The teacher's answer.
    pub teacher: String,
    /// The student's answer.
    pub student: String,
}

/// Points in a plane of two amounts, each with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scatter {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of the vertical axis.
    pub y_label: String,
    /// The points, most important first.
    pub dots: Vec<Dot>,
    /// What it means to be in a corner: top left, top right, bottom right, bottom left; empty for nothing.
    pub corners: [String; 4],
}

/// A point of a plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Who is shown: decides the colour.
    pub actor: String,
    /// Its name.
    pub label: String,
    /// Where it is from left to right.
    pub x: Span,
    /// Where it is upwards.
    pub y: Span,
    /// The height that it moves to, drawn as an arrow.
    pub later: Option<f64>,
}

/// An amount with its 95 % interval (equal to the mean where there is a single replicate).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Shares (0 to 1) in a grid, each cell with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of the vertical axis.
    pub y_label: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// How many of the last columns are controls, set apart by a gap.
    pub controls: usize,
    /// From the top.
    pub rows: Vec<HeatRow>,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// As many as there are columns; `None` where there is nothing to show.
    pub cells: Vec<Option<f64>>,
    /// A few words beside it.
    pub note: String,
}

/// Amounts on a logarithmic axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amounts {
    /// Name of the axis.
    pub x_label: String,
    /// From the top.
    pub groups: Vec<AmountGroup>,
    /// Vertical lines to compare with.
    pub marks: Vec<Mark>,
}

/// Amounts that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmountGroup {
    /// Above its rows.
    pub name: String,
    /// From the top.
    pub rows: Vec<Amount>,
}

/// One amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Whose it is: decides the colour.
    pub actor: String,
    /// The words before it.
    pub label: String,
    /// Its place on the axis.
    pub value: f64,
    /// Whether all that is known is that it is larger.
    pub open: bool,
    /// The same in each world where it is known.
    pub worlds: Vec<f64>,
    /// The words after it, short: "$120".
    pub text: String,
}

/// A vertical line to compare with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Its place on the axis.
    pub value: f64,
    /// The words at its top.
    pub label: String,
}

/// Replies of several speakers to the same questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// What was asked, from the left.
    pub questions: Vec<String>,
    /// The speakers, from the top.
    pub speakers: Vec<Speaker>,
    /// What it means that a reply is wrong, in a few words.
    pub wrong: String,
    /// What it means that a reply is borrowed, in a few words.
    pub borrowed: String,
}

/// One speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Who: decides the colour.
    pub actor: String,
    /// Beside the replies: "never-asked".
    pub label: String,
    /// Below the label: "3,000 questions".
    pub detail: String,
    /// As many as there are questions.
    pub replies: Vec<Said>,
}

/// One reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// What is to be noticed about them.
    pub manner: Manner,
}

/// What is to be noticed about a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Nothing.
    Plain,
    /// It is wrong.
    Wrong,
    /// It is somebody else's.
    Borrowed,
}
