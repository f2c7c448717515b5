//! Both sides of the API: the queries and answers of some accounts, and what the provider's detectors saw.

use serde::{Deserialize, Serialize};

use super::Bytes;

/// Accounts of one replicate, watched by one guard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    /// Pixels per row and rows of each query.
    pub side: usize,
    /// Names of the classes, in the order of the answers.
    pub classes: Vec<String>,
    /// The share of honest accounts that the guard closes by mistake.
    pub rate: f64,
    /// Names of the detectors, in the order of the needles.
    pub detectors: Vec<String>,
    /// Accounts, honest ones first, then one copier of each kind.
    pub accounts: Vec<WatchedAccount>,
}

/// One account: its queries, the answers, the needles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WatchedAccount {
    /// Who: `honest`, or what it asks by; decides the colour.
    pub actor: String,
    /// Whether it copies.
    pub copies: bool,
    /// The first queries, each `side * side` grey values, 0 (paper) to 255 (ink), row by row from the top.
    pub questions: Bytes,
    /// The answer to each: probabilities of the classes, 255 for certainty.
    pub answers: Bytes,
    /// The looks within these queries.
    pub readings: Vec<WatchedReading>,
    /// After how many queries the guard closed it, if it did within those shown.
    pub closed: Option<usize>,
}

/// What the guard saw at one look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WatchedReading {
    /// After how many queries.
    pub asked: usize,
    /// For each detector, where its needle stands.
    pub needles: Vec<Needle>,
}

/// How unusual one detector finds an account, among honest accounts at the same look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Needle {
    /// The share of honest accounts that are less unusual; `None` where the detector cannot tell yet.
    pub stranger_than: Option<f64>,
    /// From this share on the account is closed; `None` where the detector closes nobody at this look.
    pub limit: Option<f64>,
}
