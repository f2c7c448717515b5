//! What a chapter says: three plain sentences, computed from the finding.
//!
//! Each sentence names its numbers. Where one says which of two is larger, the records decide; where records do not
//! hold what a sentence needs (a reader's own plan), it is left out, and the finding's own title stands in for all of
//! them.

mod asking;
mod proving;

use super::facts::Facts;
use crate::finding::Finding;

/// The sentences of a finding, at most three.
pub(super) fn sentences(finding: &Finding) -> Vec<String> {
    let facts = Facts(finding);
    let found = match finding.experiment.as_str() {
        "budget" => asking::budget(facts),
        "cost" => asking::cost(facts),
        "capacity" => asking::capacity(facts),
        "queries" => asking::queries(facts),
        "surface" => asking::surface(facts),
        "open-base" => asking::open_base(facts),
        "guard" => proving::guard(facts),
        "evidence" => proving::evidence(facts),
        "identity" => proving::identity(facts),
        "hidden-width" => proving::hidden_width(facts),
        _ => [None, None, None],
    };
    let found: Vec<String> = found.into_iter().flatten().collect();
    if found.is_empty() { vec![format!("{}.", finding.title)] } else { found }
}
