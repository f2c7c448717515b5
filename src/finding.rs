//! What a run found, as plain data. Training writes it, drawing reads it, and neither knows the other.

use serde::{Deserialize, Serialize};

/// One model trained and examined: one row of `trials.csv`.
///
/// A reference (`chance`, `truth` has a budget, `independent`, …) carries its name as `arm` and no budget. A
/// measure that means nothing for a row is `None` and an empty cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The experiment that trained it.
    pub experiment: String,
    /// The dataset's name.
    pub data: String,
    /// Which world, from 0.
    pub replicate: usize,
    /// How the model was made: an answer kind, `truth`, or a reference's name.
    pub arm: String,
    /// Examples the model was allowed: questions, or true labels for `truth`.
    pub budget: Option<usize>,
    /// Questions that the teacher answered for this model, as its account counted them.
    pub queries: usize,
    /// Share of held-out points on which it says what the teacher says.
    pub agreement: Option<f64>,
    /// The same on points spread evenly over the box, most of them off the data.
    pub off_agreement: Option<f64>,
    /// P(it says what the teacher says | the teacher is wrong).
    pub same_mistakes: Option<f64>,
    /// Share of held-out points on which it gives the true label.
    pub accuracy: Option<f64>,
    /// Mean KL(teacher ‖ model) on held-out points, in nats.
    pub divergence: Option<f64>,
    /// Agreement on the points that were asked.
    pub asked_agreement: Option<f64>,
    /// Floating-point operations of its training, counted from shapes.
    pub flops: Option<u64>,
    /// Values of the columns that only this experiment has; empty for a reference.
    pub extra: Vec<String>,
}

/// Everything a run has to say: `finding.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Version of the program that wrote it.
    pub version: String,
    /// The experiment's name.
    pub experiment: String,
    /// The dataset's name.
    pub data: String,
    /// The command that makes these records again.
    pub command: String,
    /// The master seed.
    pub seed: u64,
    /// What the experiment asks.
    pub question: String,
    /// What a reader might predict before looking.
    pub prediction: String,
    /// The finding in one sentence, computed from the trials.
    pub title: String,
    /// Verdict lines, computed from the trials.
    pub verdicts: Vec<String>,
    /// What the experiment does not show.
    pub caveats: Vec<String>,
    /// Commands to try next.
    pub next: Vec<String>,
    /// The settings of the run, as (name, value) pairs in reading order.
    pub settings: Vec<(String, String)>,
    /// The compact table.
    pub table: Table,
    /// The pictures, in reading order.
    pub figures: Vec<Figure>,
}

/// A small table of text cells: the first column names the row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Column heads.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

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
    /// Shares in a grid of cells.
    Heat(Heat),
    /// Amounts on a logarithmic axis, one row each.
    Amounts(Amounts),
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

/// A square of class numbers, row by row, the top row first. Saved as one text of runs per row: `3x0 197x2`.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// Cells per row and rows.
    pub side: usize,
    /// `side * side` class numbers.
    pub cells: Vec<u8>,
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

impl Serialize for Raster {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = |cells: &[u8]| {
            let runs = cells.chunk_by(|a, b| a == b).map(|run| format!("{}x{}", run.len(), run[0]));
            runs.collect::<Vec<_>>().join(" ")
        };
        serializer.collect_seq(self.cells.chunks(self.side.max(1)).map(row))
    }
}

impl<'de> Deserialize<'de> for Raster {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let rows = Vec::<String>::deserialize(deserializer)?;
        let side = rows.len();
        let mut cells = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            for run in row.split(' ') {
                let (length, class) = run
                    .split_once('x')
                    .ok_or_else(|| D::Error::custom(format!("map row {number}: no run in {run:?}")))?;
                let length: usize = length.parse().map_err(D::Error::custom)?;
                let class: u8 = class.parse().map_err(D::Error::custom)?;
                // A saved length is not to be trusted with memory.
                if length > side {
                    return Err(D::Error::custom(format!("map row {number}: a run of {length} in a map of {side}")));
                }
                cells.extend(std::iter::repeat_n(class, length));
            }
            if cells.len() != (number + 1) * side {
                return Err(D::Error::custom(format!("map row {number} is not {side} cells wide")));
            }
        }
        Ok(Self { side, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raster_is_saved_as_runs_and_comes_back() {
        let raster = Raster { side: 3, cells: vec![0, 0, 2, 1, 1, 1, 2, 0, 0] };
        let saved = serde_json::to_string(&raster).unwrap();
        assert_eq!(saved, r#"["2x0 1x2","3x1","1x2 2x0"]"#);
        assert_eq!(serde_json::from_str::<Raster>(&saved).unwrap(), raster);
    }

    #[test]
    fn a_damaged_raster_is_refused() {
        for damaged in [r#"["2x0"]"#, r#"["1x0","2x0"]"#, r#"["1"]"#, r#"["99999999999x1"]"#, r#"["1x900"]"#] {
            assert!(serde_json::from_str::<Raster>(damaged).is_err(), "{damaged}");
        }
    }
}
