//! A request that cannot be run: which flag, what is wrong with it, what to write instead.

use crate::data::DataError;
use crate::words::did_you_mean;

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{flag}{given}: {problem}")]
pub struct PlanError {
    flag: &'static str,
    /// The value with a blank before it, or nothing.
    given: String,
    problem: String,
    cure: String,
}

impl PlanError {
    /// `flag` with the value `given` (or none) has a `problem`, and this is the `cure`.
    pub fn new(flag: &'static str, given: &str, problem: impl Into<String>, cure: impl Into<String>) -> Self {
        let given = if given.is_empty() { String::new() } else { format!(" {given}") };
        Self { flag, given, problem: problem.into(), cure: cure.into() }
    }

    /// A name that is not in a registry.
    pub fn unknown(flag: &'static str, name: &str, known: impl Iterator<Item = &'static str>) -> Self {
        let known: Vec<&str> = known.collect();
        let list = format!("choose from {}", known.join(", "));
        let cure = did_you_mean(name, known).map_or(list.clone(), |near| format!("did you mean {near}? {list}"));
        Self::new(flag, "", format!("there is no {name:?}"), cure)
    }

    pub(super) fn budget_past_pool(budget: usize, pool: usize, data: &str) -> Self {
        let problem = format!("{data} has a pool of {pool} points to ask about");
        Self::new("--budgets", &budget.to_string(), problem, format!("stay at or below {pool}"))
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        &self.cure
    }
}

impl From<DataError> for PlanError {
    fn from(error: DataError) -> Self {
        Self::new("--data", "", error.to_string(), error.hint())
    }
}

/// Refuses counts outside 1..=most.
pub(super) fn within(flag: &'static str, count: usize, most: usize, why: &str) -> Result<(), PlanError> {
    if (1..=most).contains(&count) {
        return Ok(());
    }
    Err(PlanError::new(flag, &count.to_string(), why, format!("choose from 1 to {most}")))
}

/// Refuses learning rates that are not positive numbers.
pub(super) fn positive(flag: &'static str, rate: f32) -> Result<(), PlanError> {
    if rate > 0.0 && rate.is_finite() {
        return Ok(());
    }
    Err(PlanError::new(flag, &rate.to_string(), "a learning rate is a positive number", "try 0.01"))
}
