//! A map of class numbers, saved as runs: a few bytes a row instead of one a cell.

use serde::{Deserialize, Serialize};

/// A square of class numbers, row by row, the top row first. Saved as one text of runs per row: `3x0 197x2`.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// Cells per row and rows.
    pub side: usize,
    /// `side * side` class numbers.
    pub cells: Vec<u8>,
}

impl Serialize for Raster {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = |cells: &[u8]| {
            let runs = cells.chunk_by(|a, b| a == b).map(|run| format!("{}x{}", run.len(), run[0]));
            runs.collect::<Vec<_>>().join(" ")
        };
        serializer.collect_seq(self.cells.chunks(self.side.max(1)).map(row))
    }
}

impl<'de> Deserialize<'de> for Raster {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let rows = Vec::<String>::deserialize(deserializer)?;
        let side = rows.len();
        let mut cells = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            for run in row.split(' ') {
                let (length, class) = run
                    .split_once('x')
                    .ok_or_else(|| D::Error::custom(format!("map row {number}: no run in {run:?}")))?;
                let length: usize = length.parse().map_err(D::Error::custom)?;
                let class: u8 = class.parse().map_err(D::Error::custom)?;
                // A saved length is not to be trusted with memory.
                if length > side {
                    return Err(D::Error::custom(format!("map row {number}: a run of {length} in a map of {side}")));
                }
                cells.extend(std::iter::repeat_n(class, length));
            }
            if cells.len() != (number + 1) * side {
                return Err(D::Error::custom(format!("map row {number} is not {side} cells wide")));
            }
        }
        Ok(Self { side, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raster_is_saved_as_runs_and_comes_back() {
        let raster = Raster { side: 3, cells: vec![0, 0, 2, 1, 1, 1, 2, 0, 0] };
        let saved = serde_json::to_string(&raster).unwrap();
        assert_eq!(saved, r#"["2x0 1x2","3x1","1x2 2x0"]"#);
        assert_eq!(serde_json::from_str::<Raster>(&saved).unwrap(), raster);
    }

    #[test]
    fn a_damaged_raster_is_refused() {
        for damaged in [r#"["2x0"]"#, r#"["1x0","2x0"]"#, r#"["1"]"#, r#"["99999999999x1"]"#, r#"["1x900"]"#] {
            assert!(serde_json::from_str::<Raster>(damaged).is_err(), "{damaged}");
        }
    }
}
