//! Records as text: `trials.csv` and `finding.json`, the same bytes from every run of the same plan.

use std::io::{self, Write};

use serde::Deserialize;

use crate::finding::{Finding, Trial, Unsound};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The columns of `trials.csv`.
const COLUMNS: [&str; 13] = [
    "experiment",
    "data",
    "replicate",
    "arm",
    "budget",
    "queries",
    "agreement",
    "off_agreement",
    "same_mistakes",
    "accuracy",
    "divergence",
    "asked_agreement",
    "flops",
];

/// Writes trials as CSV: shares and nats with six decimals, an empty cell where a measure means nothing, and the
/// experiment's own columns at the end.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_trials(out: impl Write, own_columns: &[&str], trials: &[Trial]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS.iter().chain(own_columns))?;
    for trial in trials {
        let measure = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.6}"));
        let common = [
            trial.experiment.clone(),
            trial.data.clone(),
            trial.replicate.to_string(),
            trial.arm.clone(),
            trial.budget.map_or(String::new(), |budget| budget.to_string()),
            trial.queries.to_string(),
            measure(trial.agreement),
            measure(trial.off_agreement),
            measure(trial.same_mistakes),
            measure(trial.accuracy),
            measure(trial.divergence),
            measure(trial.asked_agreement),
            trial.flops.map_or(String::new(), |flops| flops.to_string()),
        ];
        let own = (0..own_columns.len()).map(|column| trial.extra.get(column).cloned().unwrap_or_default());
        writer.write_record(common.into_iter().chain(own))?;
    }
    writer.flush()
}

/// Writes a finding as JSON.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_finding(mut out: impl Write, finding: &Finding) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, finding)?;
    out.write_all(b"\n")
}

/// Reads what [`write_finding`] wrote.
///
/// # Errors
/// If the text is not a finding of this version, or one that does not hold together.
pub fn read_finding(text: &str) -> Result<Finding, DamagedRecord> {
    let finding: Finding = serde_json::from_str(text).map_err(|error| not_a_finding(text, error))?;
    finding.check()?;
    Ok(finding)
}

/// What another version wrote may lack what this one needs, and then the version is what there is to say.
fn not_a_finding(text: &str, error: serde_json::Error) -> DamagedRecord {
    #[derive(Deserialize)]
    struct Stamp {
        version: String,
    }
    match serde_json::from_str(text) {
        Ok(Stamp { version }) if version != VERSION => DamagedRecord::Version(version.chars().take(20).collect()),
        _ => DamagedRecord::Json(error),
    }
}

/// Why saved records cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DamagedRecord {
    /// Something else, or a part of one.
    #[error("not a finding: {0}")]
    Json(serde_json::Error),
    /// Something of another version that this one cannot read.
    #[error("a finding of version {0:?}, which version {VERSION} cannot read")]
    Version(String),
    /// A finding that does not hold together.
    #[error(transparent)]
    Unsound(#[from] Unsound),
}
