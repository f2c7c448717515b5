//! Students of one replicate, with their weights: what a page needs to ask them anything about the plane.

use serde::{Deserialize, Serialize};

use super::{Floats, Raster};

/// A teacher's map and students that differ in what they asked, how it was answered and how often they asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explorer {
    /// Both axes of the plane run from `low` to `high`.
    pub low: f64,
    /// Upper end of both axes.
    pub high: f64,
    /// Units per layer of every student, input (2) first and classes last; ReLU between the layers.
    pub widths: Vec<usize>,
    /// What the teacher answers where; cell (row, column) is asked about at its middle, the top row first.
    pub teacher: Raster,
    /// One for each way to ask and kind of answer.
    pub arms: Vec<ExplorerArm>,
}

/// Students that asked in one way and were answered in one way, at rising budgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplorerArm {
    /// The strategy that chose the queries.
    pub strategy: String,
    /// The kind of answer.
    pub answers: String,
    /// The points in the order in which they were asked: x, y, x, y, …; a student with a budget of n asked the first n.
    pub asked: Floats,
    /// With rising budgets.
    pub students: Vec<ExplorerStudent>,
}

/// A student with its weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplorerStudent {
    /// How many queries it asked.
    pub budget: usize,
    /// Layer by layer: W (out × in, row by row), then b (out).
    pub parameters: Floats,
    /// Agreement of this student in its exam, 0 to 1.
    pub agreement: f64,
}
