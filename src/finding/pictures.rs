//! Drawings without axes: maps, images, replies, as plain data.

use serde::{Deserialize, Serialize};

use super::Raster;

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
    /// Above the map: "100 queries".
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
    /// Below the label: "3,000 queries".
    pub detail: String,
    /// As many as there are questions.
    pub replies: Vec<Said>,
}

/// One reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// How they are marked.
    pub manner: Manner,
}

/// How a reply is marked.
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
