//! Values as lines of JSON, each with a check: a line that was cut off or edited is not read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::seed::fingerprint;

#[derive(Serialize, Deserialize)]
struct Line {
    /// The fingerprint of the entry's text.
    check: String,
    entry: Box<RawValue>,
}

/// A value as a line, its end included.
pub(crate) fn line(value: &impl Serialize) -> serde_json::Result<String> {
    let entry = to_raw_value(value)?;
    Ok(serde_json::to_string(&Line { check: check(&entry), entry })? + "\n")
}

/// The value of a line, if the line passes its check.
pub(crate) fn read_line<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    let line: Line = serde_json::from_slice(text).ok()?;
    if line.check != check(&line.entry) {
        return None;
    }
    serde_json::from_str(line.entry.get()).ok()
}

fn check(entry: &RawValue) -> String {
    format!("{:016x}", fingerprint(entry.get()))
}
