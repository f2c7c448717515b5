//! The list of datasets, and how a name on the command line becomes one.
//!
//! To add a synthetic dataset: one file that draws an example, and one line in [`built_in`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::table::{CsvError, Table, TableOptions};
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
    /// A flag about tables for a dataset that is none.
    #[error("{name} has labels of its own and misses nothing, and {flag} is about a table")]
    NoTable {
        /// The built-in dataset.
        name: String,
        /// The flag.
        flag: &'static str,
    },
    /// A place on another machine.
    #[error("{address}: this is an address, and tables are read from files")]
    Address {
        /// What was asked for.
        address: String,
    },
    /// Standard input: a run that goes on, and every shard, reads its table again.
    #[error("a table is read more than once, which standard input cannot be")]
    Stream,
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
                format!("{near}choose from {names}, or give the path of a table, such as my.csv")
            }
            Self::NoTable { flag, .. } => format!("leave out {flag}"),
            Self::Address { address } => format!("download it first: curl -L -o my.csv '{address}'"),
            Self::Stream => "save the rows to a file first, and give its path".to_owned(),
            Self::Table { problem, .. } => problem.hint(),
        }
    }
}

/// Endings of tables, whether a file is there or not.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "data", "gz"];

/// Opens a built-in dataset by its name, or a table by its path; a table needs the name of its label column.
///
/// # Errors
/// An unknown name, a flag about tables where there is none, or a table that cannot be read or used.
pub fn open(name: &str, options: TableOptions<'_>) -> Result<Arc<dyn Dataset>, DataError> {
    let all = built_in();
    if let Some(dataset) = all.iter().find(|dataset| dataset.name() == name) {
        let flags = [("--label", options.label.is_some()), ("--drop-missing", options.drop_missing)];
        return match flags.into_iter().find(|(_, given)| *given) {
            None => Ok(Arc::clone(dataset)),
            Some((flag, _)) => Err(DataError::NoTable { name: name.to_owned(), flag }),
        };
    }
    if name == "-" {
        return Err(DataError::Stream);
    }
    if name.contains("://") {
        return Err(DataError::Address { address: name.to_owned() });
    }
    let path = Path::new(name);
    let ending = path.extension().unwrap_or_default();
    let is_path = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) || name.contains(['/', '\\']);
    if is_path || path.exists() {
        let table = Table::open(path, options).map_err(|problem| DataError::Table { path: path.into(), problem })?;
        return Ok(Arc::new(table));
    }
    let names: Vec<&str> = all.iter().map(|dataset| dataset.name()).collect();
    let near = did_you_mean(name, names.iter().copied()).map(str::to_owned);
    Err(DataError::Unknown { name: name.to_owned(), near, names: names.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, label: Option<&str>) -> String {
        let error = open(name, TableOptions { label, ..TableOptions::default() }).err().expect("a refusal");
        format!("{error}; {}", error.hint())
    }

    #[test]
    fn every_listed_name_opens() {
        for dataset in built_in() {
            assert_eq!(open(dataset.name(), TableOptions::default()).expect("a dataset").about(), dataset.about());
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
        let error =
            open("moons", TableOptions { drop_missing: true, ..TableOptions::default() }).err().expect("a refusal");
        assert_eq!(error.hint(), "leave out --drop-missing");
    }

    #[test]
    fn a_missing_table_is_named() {
        let text = refusal("no/such/table.CSV", Some("digit"));
        assert!(text.starts_with("no/such/table.CSV: there is no such file"), "{text}");
        for name in ["no.tsv", "no.csv.gz", "./moons", "no/such/table"] {
            assert!(refusal(name, Some("digit")).contains("there is no such file"), "{name}");
        }
    }

    #[test]
    fn what_is_no_file_at_all_is_named_for_what_it_is() {
        let address = "https://example.org/iris.csv?raw=true";
        let text = refusal(address, Some("kind"));
        assert!(text.contains("this is an address") && text.contains(&format!("'{address}'")), "{text}");
        assert!(refusal("-", Some("kind")).contains("standard input"));
        assert!(refusal(".", Some("kind")).contains("folder"));
    }

    #[test]
    fn a_file_that_is_there_is_read_whatever_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let rows: String = (0..10).map(|row| format!("{row}\t{}\n", row % 2)).collect();
        for (file, name) in [("flowers", "flowers"), ("flowers.dat", "flowers"), ("moons", "moons"), ("a.b.TSV", "a.b")]
        {
            let path = folder.path().join(file);
            std::fs::write(&path, format!("x\tkind\n{rows}")).expect("room");
            let options = TableOptions { label: Some("kind"), ..TableOptions::default() };
            assert_eq!(open(&path.to_string_lossy(), options).expect("a table").name(), name);
        }
    }
}
