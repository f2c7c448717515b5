//! The list of datasets, and how a name on the command line becomes one.
//!
//! To add a synthetic dataset: one file that draws an example, and one line in [`built_in`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::table::{CsvError, Table};
use super::{Dataset, Glyphs, moons, rings, spirals};
use crate::words::did_you_mean;

/// Every dataset that can be opened by name, in the order of the list.
pub fn built_in() -> Vec<Arc<dyn Dataset>> {
    vec![Arc::new(spirals()), Arc::new(moons()), Arc::new(rings()), Arc::new(Glyphs::default())]
}

/// Why a dataset could not be opened.
#[derive(Debug, Error)]
pub enum DataError {
    /// Neither a built-in name nor a table.
    #[error("there is no dataset called {name:?}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The name that was probably meant.
        near: Option<String>,
        /// The names there are.
        names: String,
    },
    /// A label column for a dataset that has no columns.
    #[error("{name} has labels of its own, and --label names a column of a table")]
    LabelNotNeeded {
        /// The built-in dataset.
        name: String,
    },
    /// A table that cannot be used.
    #[error("{}: {problem}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: CsvError,
    },
}

impl DataError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { near, names, .. } => {
                let near = near.as_ref().map_or(String::new(), |near| format!("did you mean {near}? "));
                format!("{near}choose from {names}, or give a table whose name ends in .csv")
            }
            Self::LabelNotNeeded { .. } => "leave out --label".to_owned(),
            Self::Table { problem, .. } => problem.hint(),
        }
    }
}

/// Opens a built-in dataset by its name, or a table by a path that ends in `.csv`; a table needs the name of its label
/// column.
///
/// # Errors
/// An unknown name, a label where none is needed, or a table that cannot be read or used.
pub fn open(name: &str, label: Option<&str>) -> Result<Arc<dyn Dataset>, DataError> {
    let path = Path::new(name);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        let table = Table::open(path, label).map_err(|problem| DataError::Table { path: path.into(), problem })?;
        return Ok(Arc::new(table));
    }
    let all = built_in();
    match all.iter().find(|dataset| dataset.name() == name) {
        Some(dataset) if label.is_none() => Ok(Arc::clone(dataset)),
        Some(_) => Err(DataError::LabelNotNeeded { name: name.to_owned() }),
        None => {
            let names: Vec<&str> = all.iter().map(|dataset| dataset.name()).collect();
            let near = did_you_mean(name, names.iter().copied()).map(str::to_owned);
            Err(DataError::Unknown { name: name.to_owned(), near, names: names.join(", ") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, label: Option<&str>) -> String {
        let error = open(name, label).err().expect("a refusal");
        format!("{error}; {}", error.hint())
    }

    #[test]
    fn every_listed_name_opens() {
        for dataset in built_in() {
            assert_eq!(open(dataset.name(), None).expect("a dataset").about(), dataset.about());
        }
    }

    #[test]
    fn defaults_are_consistent_with_the_dataset() {
        for dataset in built_in() {
            let parts = dataset
                .deal(crate::data::Sizes { training: 3, pool: 2, test: 1, independent: 3 }, crate::seed::Seed::new(0));
            assert_eq!(parts.training.points.dim(), (3, dataset.dimension()));
            assert_eq!(parts.independent.points.dim(), (3, dataset.dimension()));
            assert_eq!((parts.pool.labels.len(), parts.test.labels.len()), (2, 1));
            assert!(dataset.image_side().is_none_or(|side| side * side == dataset.dimension()));
        }
    }

    #[test]
    fn a_slip_of_the_finger_gets_a_suggestion_and_the_list() {
        let text = refusal("sprials", None);
        assert!(text.contains("did you mean spirals?") && text.contains("moons, rings, glyphs"), "{text}");
        let text = refusal("mnist", None);
        assert!(!text.contains("did you mean") && text.contains(".csv"), "{text}");
    }

    #[test]
    fn a_label_belongs_to_a_table() {
        assert!(refusal("moons", Some("digit")).contains("leave out --label"));
    }

    #[test]
    fn a_missing_table_is_named() {
        let text = refusal("no/such/table.CSV", Some("digit"));
        assert!(text.starts_with("no/such/table.CSV: there is no such file"), "{text}");
    }
}
