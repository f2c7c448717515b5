//! A teacher that is somebody else's: where it is, and which of its outputs to read.

use super::{PlanError, Request};
use crate::oracle::Surface;
use crate::remote::Address;

/// What can be asked of somebody else's API: how it answers is not up to those who ask.
const ANSWERS: [&str; 2] = ["probabilities", "label"];

/// A teacher that is somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    address: Address,
    output: Option<String>,
}

impl Remote {
    pub(super) fn check(request: &Request, answers: &[&dyn Surface]) -> Result<Option<Self>, PlanError> {
        let Some(url) = &request.teacher_url else {
            let unused = request.output.as_ref().map(|output| {
                let problem = "an output is one of a model that somebody else serves";
                PlanError::new("--output", output, problem, "say where with --teacher-url, or leave it out")
            });
            return unused.map_or(Ok(None), Err);
        };
        // What may be a key in the wrong place is not repeated.
        let shown = if url.contains('@') { "" } else { url };
        let address =
            Address::parse(url).map_err(|(problem, cure)| PlanError::new("--teacher-url", shown, problem, cure));
        if let Some(other) = answers.iter().map(|kind| kind.name()).find(|name| !ANSWERS.contains(name)) {
            let problem = "somebody else's API answers as it does";
            return Err(PlanError::new("--answers", other, problem, format!("choose from {}", ANSWERS.join(", "))));
        }
        Ok(Some(Self { address: address?, output: request.output.clone() }))
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The output to read, where somebody named one.
    pub fn output(&self) -> Option<&str> {
        self.output.as_deref()
    }
}
