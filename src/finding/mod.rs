//! What a run found, as plain data. Training writes it, drawing reads it, and neither knows the other.
//!
//! [`Trial`] is one trained model and a row of `trials.csv`; [`Finding`] is all that a run has to say, `finding.json`.
//! The rest is what [figures](Figure) show: numbers, names and words, before there is a colour or a place on paper.

mod charts;
mod figure;
mod lineup;
mod own;
mod pictures;
mod raster;
mod sound;
mod talk;
mod watched;

use serde::{Deserialize, Serialize};

pub use crate::packed::Bytes;
pub use charts::{
    Amount, AmountGroup, Amounts, Callout, Curves, Decades, DiscGroup, DiscRow, Discs, Dot, Heat, HeatRow, Mark,
    Multiples, MultiplesRow, Point, Reference, Scale, Scatter, Series, Shade, Spacing, Span,
};
pub use figure::{Drawing, Figure};
pub use lineup::{Clue, Lineup, Reveal, Suspect};
pub use own::{Own, SixDecimals};
pub use pictures::{
    Gallery, GalleryRow, Manner, Maps, Panel, Place, Places, Said, Sheet, SheetItem, Speaker, Transcript,
};
pub use raster::Raster;
pub use sound::Unsound;
pub use talk::{Talk, Talker};
pub use watched::{Needle, Watched, WatchedAccount, WatchedReading};

/// One model trained and examined: one row of `trials.csv`.
///
/// A reference (`chance`, `independent`, …) carries its name as `arm` and has no budget. A measure that means nothing
/// for a row is `None` and an empty cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The experiment that trained it.
    pub experiment: String,
    /// The dataset's name.
    pub data: String,
    /// Which replicate, from 0.
    pub replicate: usize,
    /// How the model was made, in the experiment's words: an answer kind, `truth`, `width-8`, or a reference's name.
    pub arm: String,
    /// Examples the model was allowed: queries, or true labels for `truth`.
    pub budget: Option<usize>,
    /// Queries that the teacher answered for this model, as its account counted them.
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
    /// The columns that only this experiment has; none for a reference.
    pub own: Own,
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
    /// What the verdicts claim, as data.
    #[serde(default)]
    pub claims: Vec<Claim>,
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
    /// Suspects to judge before the answer is revealed, where an experiment has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineup: Option<Lineup>,
    /// Accounts seen from both sides of the door, where an experiment has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "wall")]
    pub watched: Option<Watched>,
    /// Models to talk to, where an experiment has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk: Option<Talk>,
}

/// Two things held against each other by one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What of them is compared: "agreement".
    pub measure: String,
    /// The one: an arm of the records, or a name.
    pub a: String,
    /// The other.
    pub b: String,
    /// Where in the sweep: "at 10,000", "averaged over the budgets".
    pub place: String,
    /// What the first has more than the second, in the mean of the replicates.
    pub mean: f64,
    /// Lower and upper end of its 95 % interval; `None` of a single replicate.
    pub interval: Option<(f64, f64)>,
    /// Whether the first is shown to have "more", "less", or "no difference shown".
    pub verdict: String,
}

/// A small table of text cells: the first column names the row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Column heads.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}
