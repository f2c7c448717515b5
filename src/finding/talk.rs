//! Models that talk, so that a reader can ask them what nobody has asked yet.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The teacher and some of its students, of one replicate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Talk {
    /// The teacher first.
    pub speakers: Vec<Talker>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Talker {
    /// Who: decides the colour.
    pub actor: String,
    /// Who it is in plain words: "asked 300 queries, saw text only".
    pub label: String,
    /// Its shape and its weights, as a language model saves itself.
    pub model: Value,
}
