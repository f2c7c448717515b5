//! The columns that only one experiment has: a typed row, kept as the cells of a table.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The own columns of a row of records; nothing of a reference.
///
/// ```
/// use distill_lab::finding::{Own, SixDecimals};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, PartialEq, Debug)]
/// struct Width {
///     width: usize,
///     read: Option<usize>,
///     share: SixDecimals,
/// }
///
/// let own = Own::of(&Width { width: 16, read: None, share: SixDecimals(1.0 / 3.0) });
/// assert_eq!(own.cells(), ["16", "", "0.333333"]);
/// assert_eq!(own.to(), Some(Width { width: 16, read: None, share: SixDecimals(0.333333) }));
/// assert_eq!(Own::default().to::<Width>(), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Own(Vec<String>);

impl Own {
    /// Of a struct of plain values: a cell for each field, in their order.
    ///
    /// # Panics
    /// If a field is no plain value.
    pub fn of(row: &impl Serialize) -> Self {
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        writer.serialize(row).expect("a row of plain values");
        let text = writer.into_inner().expect("memory can be written");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*text);
        let row = reader.records().next().expect("one row").expect("what was just written");
        Self(row.iter().map(str::to_owned).collect())
    }

    /// Of cells; nothing where they are all empty.
    pub fn of_cells(cells: Vec<String>) -> Self {
        Self(if cells.iter().all(String::is_empty) { Vec::new() } else { cells })
    }

    /// The row again; `None` where there is none, or no such row.
    pub fn to<T: DeserializeOwned>(&self) -> Option<T> {
        if self.0.is_empty() {
            return None;
        }
        csv::StringRecord::from(self.0.as_slice()).deserialize(None).ok()
    }

    /// Its cells; none of a row without own columns.
    pub fn cells(&self) -> &[String] {
        &self.0
    }
}

/// A number that records keep with six decimals.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct SixDecimals(pub f64);

impl Serialize for SixDecimals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{:.6}", self.0))
    }
}

impl<'de> Deserialize<'de> for SixDecimals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self)
    }
}
