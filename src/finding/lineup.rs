//! Suspects without their names, what an owner would know of each, and apart from that the truth.
//!
//! A page can draw some of [`Lineup::suspects`], let a reader judge, and reveal their [`Lineup::answers`] afterwards.
//! Their order gives nothing away.

use serde::{Deserialize, Serialize};

/// All suspects of a run, anonymous, and separately who they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lineup {
    /// What the reader is asked.
    pub question: String,
    /// A p-value up to this accuses; where several are judged at once, the adjusted one.
    pub level: f64,
    /// In an order of chance.
    pub suspects: Vec<Suspect>,
    /// In the same order.
    pub answers: Vec<Reveal>,
}

/// What an owner knows of a suspect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// A number.
    pub name: String,
    /// Which replicate it is from, from 0: suspects of one replicate are judged by the answers of one teacher.
    pub replicate: usize,
    /// How many examples it is said to have learned from.
    pub examples: usize,
    /// How many probes it was asked.
    pub probes: usize,
    /// How many reference models it was compared with.
    #[serde(rename = "innocents")]
    pub references: usize,
    /// The ladder of evidence, from the lowest rung; the test looks at the last.
    pub evidence: Vec<Clue>,
    /// P-value of the test by rank.
    pub p_value: f64,
}

/// One measure of a suspect, and where the reference models lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clue {
    /// What is measured: "agreement".
    pub measure: String,
    /// The suspect's share.
    pub value: f64,
    /// The share that 5 % of the reference models are below.
    pub low: f64,
    /// The median reference model.
    pub middle: f64,
    /// The share that 5 % of the reference models are above.
    pub high: f64,
    /// P-value by rank of this measure alone.
    pub p_value: f64,
}

/// Who a suspect is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reveal {
    /// Its number.
    pub name: String,
    /// Its arm in `trials.csv`.
    pub arm: String,
    /// How it was made.
    pub made: String,
    /// How many queries the teacher answered for it.
    pub questions: usize,
}
