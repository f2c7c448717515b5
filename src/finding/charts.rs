//! Drawings with axes: what a chart shows, as plain data.

use serde::{Deserialize, Serialize};

/// Shares (0 to 1) against a count on a logarithmic axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of the vertical axis.
    pub y_label: String,
    /// How heights grow with shares.
    #[serde(default)]
    pub scale: Scale,
    /// The curves, most important first.
    pub series: Vec<Series>,
    /// Horizontal lines to compare with.
    pub references: Vec<Reference>,
    /// A level that the call-outs refer to, such as 0.95.
    pub threshold: Option<f64>,
    /// Points where curves cross the threshold.
    pub callouts: Vec<Callout>,
}

/// How heights grow with shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// In even steps.
    #[default]
    Even,
    /// With the logarithm of what is missing from the whole: from 90 to 99 % is as far as from 0 to 90 %.
    Opening,
}

/// One curve with its band.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Who is shown: decides the colour everywhere (`probabilities`, `label`, `truth`, …).
    pub actor: String,
    /// The words at the end of the line.
    pub label: String,
    /// Whether it is drawn in grey, behind what the figure is about.
    #[serde(default)]
    pub quiet: bool,
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
    /// What its marks mean, where the title and axes do not say it; told to who sees them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
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
    /// Whether it is drawn in grey, as what the figure is not about.
    #[serde(default)]
    pub quiet: bool,
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
    /// How many of the last rows the title does not speak of, set apart by a gap.
    #[serde(default)]
    pub others: usize,
    /// What makes a cell dark.
    #[serde(default)]
    pub shade: Shade,
    /// What the words after the rows are; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub texts: String,
    /// From the top.
    pub rows: Vec<HeatRow>,
}

/// What makes a cell of a grid dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shade {
    /// Its share.
    #[default]
    Share,
    /// How little is missing from the whole, in steps that are named below the grid: from 90 to 95 % is as far as from
    /// 95 to 98 %.
    Distance,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// As many as there are columns; `None` where there is nothing to show.
    pub cells: Vec<Option<f64>>,
    /// The words after it, short: "≤ 0.4".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
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
    /// The same in each replicate where it is known.
    #[serde(rename = "worlds")]
    pub replicates: Vec<f64>,
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

/// Amounts against counts, both on logarithmic axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decades {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of the vertical axis.
    pub y_label: String,
    /// The curves, most important first.
    pub series: Vec<Series>,
    /// Horizontal lines to compare with.
    pub levels: Vec<Mark>,
}

/// Small charts below one another on one horizontal axis: an amount against a number, a row for each actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Multiples {
    /// Name of the horizontal axis.
    pub x_label: String,
    /// Name of every vertical axis.
    pub y_label: String,
    /// How the two axes are divided.
    pub spacing: Spacing,
    /// Vertical lines through all rows to compare with.
    pub marks: Vec<Mark>,
    /// What the words after the rows are; empty where they say it themselves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub texts: String,
    /// From the top.
    pub rows: Vec<MultiplesRow>,
    /// What its marks mean, where the title and axes do not say it; told to who sees them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
}

/// How the axes of small charts are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spacing {
    /// Shares from 0 to 1 in even steps, over counts on a logarithmic axis.
    SharesOverCounts,
    /// Amounts on a logarithmic axis, over numbers in even steps.
    AmountsOverNumbers,
}

/// One small chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MultiplesRow {
    /// Whose it is: decides the colour.
    pub actor: String,
    /// The words before it.
    pub label: String,
    /// The words after it, short: "12 of 64".
    pub text: String,
    /// A number to look at.
    pub mark: Option<f64>,
    /// An amount to compare with.
    pub level: Option<f64>,
    /// From left to right, as (number, amount).
    pub points: Vec<(f64, f64)>,
}

/// Probabilities, each as a disc that is filled as far as it goes, in rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discs {
    /// What a full disc means.
    pub full: String,
    /// What an empty one means.
    pub empty: String,
    /// From the top.
    pub groups: Vec<DiscGroup>,
}

/// Rows of discs that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscGroup {
    /// Above its rows; empty for nothing.
    pub name: String,
    /// From the top.
    pub rows: Vec<DiscRow>,
}

/// One row of discs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscRow {
    /// Whose it is: decides the colour.
    pub actor: String,
    /// The words before it.
    pub label: String,
    /// A probability for each disc; `None` where there is nothing to show.
    pub cells: Vec<Option<f64>>,
    /// The words after it, short: "6 of 6".
    pub text: String,
}
