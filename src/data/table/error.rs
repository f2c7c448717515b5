//! What can be wrong with a table: every message says what happened, where, and what to do.

use thiserror::Error;

use super::read::{MAX_COLUMNS, MAX_FILE, MAX_RECORD};
use super::{LEAST_ROWS, MOST_CLASSES};

/// Why a CSV file cannot serve as a dataset. Lines are counted as an editor does: from 1, the header being line 1.
#[derive(Debug, Error)]
#[allow(missing_docs, reason = "each message names its fields")]
pub enum CsvError {
    /// Nothing at that path.
    #[error("there is no such file: check the path, which is read from the current folder")]
    NotFound,
    /// A folder, not a file.
    #[error("this is a folder: give the path of one .csv file in it")]
    Folder,
    /// The operating system refused.
    #[error("it could not be read ({0}): check that the file may be read, and try again")]
    Unreadable(std::io::Error),
    /// More bytes than the program is willing to hold.
    #[error("the file is larger than {} MiB: keep a sample of its rows", MAX_FILE >> 20)]
    FileTooLarge,
    /// One line, or one quoted cell, without an end in sight.
    #[error(
        "line {line} is longer than {} KiB: a quotation mark may be left open there, or the file may not be a table",
        MAX_RECORD >> 10
    )]
    LineTooLong { line: u64 },
    /// A header beyond reason.
    #[error("the header names {columns} columns, more than {MAX_COLUMNS}: keep the columns that matter")]
    TooManyColumns { columns: usize },
    /// No bytes at all, or only blank lines.
    #[error("the file is empty: it needs a header line with column names, then one line per example")]
    Empty,
    /// Names, but no examples.
    #[error("there is a header (line 1) but no rows below it: add one line per example")]
    HeaderAlone,
    /// Bytes that are not UTF-8.
    #[error("line {line} is not text in UTF-8: save the table again as \"CSV UTF-8\"")]
    NotText { line: u64 },
    /// Cells divided by something else than commas.
    #[error("the header has no comma but {separator:?}: save the table with commas between cells")]
    Separator { separator: char },
    /// A row with more or fewer cells than the header.
    #[error(
        "line {line} has {cells} cells but the header names {columns} columns: \
         complete the row, or put quotation marks around a cell with a comma in it"
    )]
    Ragged { line: u64, cells: usize, columns: usize },
    /// A first line of numbers.
    #[error(
        "line 1 holds only numbers ({columns}): add a header line with column names above it, or give --label one of \
         them if these are the names"
    )]
    NoHeader { columns: String },
    /// A column without a name.
    #[error(
        "column {number} has no name in the header: name it, or remove it if it only numbers the rows \
         (pandas: to_csv(index=False))"
    )]
    NoName { number: usize },
    /// Two columns of one name.
    #[error("columns {first} and {second} are both called {name}: rename or remove one")]
    SameName { name: String, first: usize, second: usize },
    /// No label column was named.
    #[error("which column holds the classes? say --label COLUMN; the columns are {columns}")]
    LabelNeeded { columns: String },
    /// The label column is not in the header.
    #[error("no column is called {label:?}{hint}; give --label one of {columns}")]
    NoSuchLabel { label: String, hint: String, columns: String },
    /// Columns in which not one cell is a number.
    #[error(
        "{columns}: text in every row (line {line}: {cell}), probably a category: \
         encode it as numbers, for instance one 0/1 column per value, or remove it"
    )]
    TextColumn { columns: String, line: u64, cell: String },
    /// A cell of a numeric column that is not a number.
    #[error(
        "line {line}, column {column}: {cell} is not a number: correct the cell (decimal point, no units, \
         no thousands separators) or remove the row"
    )]
    NotANumber { line: u64, column: String, cell: String },
    /// NaN, an infinity, or a number beyond single precision.
    #[error(
        "line {line}, column {column}: {cell} is not a finite number below 3.4e38: \
         put a number there or remove the row"
    )]
    NotFinite { line: u64, column: String, cell: String },
    /// A cell with nothing in it.
    #[error(
        "line {line}, column {column}: the cell is empty: fill it in (with the column's mean, say) or remove the row"
    )]
    Missing { line: u64, column: String },
    /// One class.
    #[error(
        "every row of the label column {label} says {class}: at least two classes are needed, so choose another --label"
    )]
    OneClass { label: String, class: String },
    /// A class too small to be in every part.
    #[error(
        "class {class} of the label column {label} has {rows} of the {LEAST_ROWS} rows that a class needs, so that \
         training, pool and test each get some: add rows, or merge or remove the class"
    )]
    SmallClass { label: String, class: String, rows: usize },
    /// A label that is more likely a measurement.
    #[error(
        "the label column {label} has more than {MOST_CLASSES} different values by line {line}: it is probably a \
         measurement or a row's name, so choose another --label or group its values into classes"
    )]
    TooManyClasses { label: String, line: u64 },
    /// Nothing to learn from.
    #[error("beside the label column {label} there is no numeric column with more than one value: add one")]
    NoNumericColumn { label: String },
}

/// A cell or name from the file as a message may show it: quoted, control characters escaped, cut to 40 characters.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("\"{}…\"", text[..end].escape_debug()),
        None => format!("\"{}\"", text.escape_debug()),
    }
}

/// Names in a message: the first twenty, and how many more.
pub(super) fn listed(names: &[String]) -> String {
    let mut list = names.iter().take(20).map(|name| shown(name)).collect::<Vec<_>>().join(", ");
    if names.len() > 20 {
        list += &format!(" and {} more", names.len() - 20);
    }
    list
}
