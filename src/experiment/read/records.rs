//! Records as text: `trials.csv` and `finding.json`, the same bytes from every run of the same plan.

use std::io::{self, Read, Write};
use std::str::FromStr;

use serde::Deserialize;

use crate::finding::{Finding, Own, Trial, Unsound};

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

/// A trial as the records keep it, so that what is read again is what was found: measures with their six decimals, none
/// that is not finite, and own columns only where one of them says something.
pub(crate) fn as_kept(trial: Trial, experiment: &str) -> Trial {
    let decimals = |value: Option<f64>| {
        value.and_then(|value| decimals(value).parse().ok()).filter(|value: &f64| value.is_finite())
    };
    Trial {
        experiment: experiment.to_owned(),
        agreement: decimals(trial.agreement),
        off_agreement: decimals(trial.off_agreement),
        same_mistakes: decimals(trial.same_mistakes),
        accuracy: decimals(trial.accuracy),
        divergence: decimals(trial.divergence),
        asked_agreement: decimals(trial.asked_agreement),
        own: Own::of_cells(trial.own.cells().to_vec()),
        ..trial
    }
}

fn decimals(value: f64) -> String {
    format!("{value:.6}")
}

/// Writes trials as CSV: shares and nats with six decimals, an empty cell where a measure means nothing, and the
/// experiment's own columns at the end.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_trials(out: impl Write, own_columns: &[&str], trials: &[Trial]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS.iter().chain(own_columns))?;
    for trial in trials {
        let measure = |value: Option<f64>| value.map_or(String::new(), decimals);
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
        let own = (0..own_columns.len()).map(|column| trial.own.cells().get(column).cloned().unwrap_or_default());
        writer.write_record(common.into_iter().chain(own))?;
    }
    writer.flush()
}

/// Reads what [`write_trials`] wrote.
///
/// # Errors
/// If the text is no such table: another column, a cell that is no such number.
pub fn read_trials(text: impl Read, own_columns: &[&str]) -> Result<Vec<Trial>, DamagedRecord> {
    let mut reader = csv::Reader::from_reader(text);
    let columns: Vec<&str> = COLUMNS.iter().chain(own_columns).copied().collect();
    if *reader.headers()? != columns {
        return Err(DamagedRecord::Columns(columns.join(",")));
    }
    let mut trials = Vec::new();
    for row in reader.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        trials.push(read_trial(&Cells { row, columns: &columns, line })?);
    }
    Ok(trials)
}

fn read_trial(cells: &Cells) -> Result<Trial, DamagedRecord> {
    let own = cells.row.iter().skip(COLUMNS.len()).map(str::to_owned).collect();
    Ok(Trial {
        experiment: cells.row[0].to_owned(),
        data: cells.row[1].to_owned(),
        replicate: cells.number(2)?,
        arm: cells.row[3].to_owned(),
        budget: cells.maybe(4)?,
        queries: cells.number(5)?,
        agreement: cells.measure(6)?,
        off_agreement: cells.measure(7)?,
        same_mistakes: cells.measure(8)?,
        accuracy: cells.measure(9)?,
        divergence: cells.measure(10)?,
        asked_agreement: cells.measure(11)?,
        flops: cells.maybe(12)?,
        own: Own::of_cells(own),
    })
}

/// One row, with what is needed to complain about it.
struct Cells<'a> {
    row: csv::StringRecord,
    columns: &'a [&'a str],
    line: u64,
}

impl Cells<'_> {
    fn number<T: FromStr>(&self, at: usize) -> Result<T, DamagedRecord> {
        self.row[at].parse().map_err(|_| self.damaged(at))
    }

    fn maybe<T: FromStr>(&self, at: usize) -> Result<Option<T>, DamagedRecord> {
        if self.row[at].is_empty() { Ok(None) } else { self.number(at).map(Some) }
    }

    /// A finite number: only those count in a mean.
    fn measure(&self, at: usize) -> Result<Option<f64>, DamagedRecord> {
        let value: Option<f64> = self.maybe(at)?;
        if value.is_some_and(|value| !value.is_finite()) { Err(self.damaged(at)) } else { Ok(value) }
    }

    fn damaged(&self, at: usize) -> DamagedRecord {
        let (column, cell) = (self.columns[at].to_owned(), self.row[at].to_owned());
        DamagedRecord::Cell { line: self.line, column, cell }
    }
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
    /// Not a table of trials.
    #[error("not a table of trials: {0}")]
    Csv(#[from] csv::Error),
    /// A table with other columns.
    #[error("other columns than {0}")]
    Columns(String),
    /// A cell that should hold a number.
    #[error("line {line}, column {column}: {cell:?} is no such number")]
    Cell {
        /// The line of the file, from 1.
        line: u64,
        /// The column's name.
        column: String,
        /// What is there.
        cell: String,
    },
    /// Something of another version that this one cannot read.
    #[error("a finding of version {0:?}, which version {VERSION} cannot read")]
    Version(String),
    /// A finding that does not hold together.
    #[error(transparent)]
    Unsound(#[from] Unsound),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let columns = ["one", "two"];
        let own = |cells: [&str; 2]| Own::of_cells(cells.map(str::to_owned).into());
        let found = [
            Trial { agreement: Some(1.0 / 3.0), divergence: Some(f64::INFINITY), budget: Some(7), ..Trial::default() },
            Trial {
                off_agreement: Some(2e-7),
                same_mistakes: Some(2.0 / 3.0),
                asked_agreement: Some(1.0 / 7.0),
                own: own(["a,\"b\"\nc", ""]),
                flops: Some(u64::MAX),
                ..Trial::default()
            },
            Trial { data: "ü 1".into(), accuracy: Some(-1e-9), own: own(["", ""]), ..Trial::default() },
        ];
        let kept = found.map(|trial| as_kept(trial, "surface"));
        assert_eq!((kept[0].agreement, kept[0].divergence), (Some(0.333333), None));
        assert_eq!((kept[1].same_mistakes, kept[1].asked_agreement), (Some(0.666667), Some(0.142857)));
        assert!(kept.iter().all(|trial| trial.experiment == "surface"));
        assert_eq!([kept[1].own.cells().len(), kept[2].own.cells().len()], [2, 0]);
        let mut text = Vec::new();
        write_trials(&mut text, &columns, &kept).unwrap();
        assert_eq!(read_trials(&*text, &columns).unwrap(), kept);
    }

    #[test]
    fn what_another_version_wrote_is_refused_by_its_number() {
        let refusal = |text: &str| read_finding(text).expect_err("a refusal").to_string();
        let other = refusal(r#"{"version": "0.0.1"}"#);
        assert_eq!(other, format!("a finding of version \"0.0.1\", which version {VERSION} cannot read"));
        assert!(refusal(&format!(r#"{{"version": "{VERSION}"}}"#)).starts_with("not a finding: missing field"));
    }

    #[test]
    fn what_is_no_record_is_refused_with_its_place() {
        let mut text = Vec::new();
        write_trials(&mut text, &[], &[Trial { arm: "a".into(), agreement: Some(0.5), ..Trial::default() }]).unwrap();
        let text = String::from_utf8(text).unwrap();
        let refusal = |text: &str| read_trials(text.as_bytes(), &[]).expect_err("a refusal").to_string();
        let said = "line 2, column agreement: \"NaN\" is no such number";
        assert_eq!(refusal(&text.replace("0.500000", "NaN")), said);
        assert!(refusal(&text.replace("0.500000", "1e999")).contains("column agreement"));
        assert!(refusal(&text.replace(",a,,0,", ",a,-3,0,")).contains("column budget"));
        assert!(refusal(&text.replace("arm", "arms")).starts_with("other columns"));
        assert!(refusal(&text[..text.len() - 5]).contains("not a table"));
    }
}
