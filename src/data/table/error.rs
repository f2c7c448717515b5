//! What can be wrong with a table: what happened and where, and apart from that what to do.

use thiserror::Error;

use super::read::{MAX_COLUMNS, MAX_FILE, MAX_RECORD};
use super::{LEAST_ROWS, MOST_CLASSES};
use crate::words::counted;

/// Why a table cannot serve as a dataset. Lines are counted as an editor does, from 1.
#[derive(Debug, Error)]
#[allow(missing_docs, reason = "each message names its fields")]
pub enum CsvError {
    /// Nothing at that path.
    #[error("there is no such file")]
    NotFound,
    /// A folder, not a file.
    #[error("this is a folder")]
    Folder,
    /// A pipe or a device: it may never end, and can be read only once.
    #[error("this is a pipe or a device, not a file")]
    NotAFile,
    /// The operating system refused.
    #[error("it could not be read ({0})")]
    Unreadable(std::io::Error),
    /// More bytes than the program is willing to hold.
    #[error("the file is larger than {} MiB", MAX_FILE >> 20)]
    FileTooLarge,
    /// More rows or cells than the program is willing to hold.
    #[error("by line {line} there are more than {} million {what}", most / 1_000_000)]
    TooMany { line: u64, what: &'static str, most: usize },
    /// One line, or one quoted cell, without an end in sight.
    #[error("line {line} is longer than {} KiB", MAX_RECORD >> 10)]
    LineTooLong { line: u64 },
    /// A header beyond reason.
    #[error("the header names {columns} columns, more than {MAX_COLUMNS}")]
    TooManyColumns { columns: usize },
    /// No bytes at all, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// Names, but no examples.
    #[error("there is a header (line {line}) but no rows below it")]
    HeaderAlone { line: u64 },
    /// Rows, each with a gap.
    #[error("something is missing in each of the {rows} rows, and nothing is left")]
    NothingLeft { rows: usize },
    /// Another kind of file.
    #[error("this is no table but {what}")]
    Foreign { what: &'static str, cure: &'static str },
    /// Packed bytes that cannot be unpacked.
    #[error("the packed file is damaged or ends too early")]
    Damaged,
    /// Bytes that are not UTF-8.
    #[error("line {line} is not text in UTF-8")]
    NotText { line: u64 },
    /// A header in which nothing separates cells.
    #[error("the header is one cell, {cell}")]
    OneCell { cell: String },
    /// A row with more or fewer cells than the header.
    #[error("line {line} has {} but the header names {}", counted(*cells, "cell"), counted(*columns, "column"))]
    Ragged { line: u64, cells: usize, columns: usize },
    /// A first line that is no header.
    #[error("the first line looks like a row and not like the names of columns ({columns})")]
    NoHeader { columns: String, could_be: bool },
    /// A column without a name.
    #[error("column {number} has no name in the header but says {cell} and more")]
    NoName { number: usize, cell: String },
    /// Two columns of one name.
    #[error("columns {first} and {second} are both called {name}")]
    SameName { name: String, first: usize, second: usize },
    /// No label column was named.
    #[error("which column holds the classes?")]
    LabelNeeded { columns: Vec<String> },
    /// The label column is not in the header.
    #[error("no column is called {label:?}, as --label says")]
    NoSuchLabel { label: String, near: Option<String>, columns: String },
    /// Columns in which not one cell is a number.
    #[error("{columns}: text in every row (line {line}: {cell}), probably a category")]
    TextColumn { columns: String, line: u64, cell: String },
    /// Cells of numeric columns that are no numbers.
    #[error("line {line}, column {column}: {problem}")]
    BadCell { line: u64, column: String, problem: String, cure: &'static str },
    /// Rows without a class.
    #[error("{missing} of {rows} rows have no label in column {label}, the first in line {line} ({cell})")]
    MissingLabels { label: String, missing: usize, rows: usize, line: u64, cell: String },
    /// One class.
    #[error("every row of the label column {label} says {class}, and at least two classes are needed")]
    OneClass { label: String, class: String },
    /// A class too small to be in every part.
    #[error(
        "class {class} of the label column {label} has {rows} of the {LEAST_ROWS} different rows that a class needs"
    )]
    SmallClass { label: String, class: String, rows: usize },
    /// Copies that cannot be kept in one part each.
    #[error(
        "rows that are equal go into one part, and of {rows} rows only {different} differ, one of them written \
         {largest} times: {part} could end up empty"
    )]
    Copies { rows: usize, different: usize, largest: usize, part: &'static str },
    /// A label that is more likely a measurement.
    #[error("the label column {label} has more than {MOST_CLASSES} different values by line {line}")]
    TooManyClasses { label: String, line: u64 },
    /// Nothing to learn from.
    #[error("beside the label column {label} there is no numeric column with more than one value")]
    NoNumericColumn { label: String },
}

impl CsvError {
    /// What a reader of bytes came to tell, or the operating system.
    pub(super) fn of_reading(error: std::io::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(Self::Unreadable)
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        let fixed = match self {
            Self::NotFound => "check the path, which is read from the current folder",
            Self::Folder => "give the path of one .csv file in it",
            Self::NotAFile => "save the rows to a .csv file first",
            Self::Unreadable(_) => "check that the file may be read, and try again",
            Self::FileTooLarge | Self::TooMany { .. } => "keep a sample of its rows",
            Self::LineTooLong { .. } => "a quotation mark may be left open there, or the file may not be a table",
            Self::TooManyColumns { .. } => "keep the columns that matter",
            Self::Empty => "write a header line with column names, then one line per example",
            Self::HeaderAlone { .. } => "add one line per example",
            Self::NothingLeft { .. } => "fill in what is missing, or remove the columns in which most of it is",
            Self::Foreign { cure, .. } | Self::BadCell { cure, .. } => cure,
            Self::Damaged => "fetch or pack it once more",
            Self::MissingLabels { .. } => {
                "--drop-missing leaves such rows out; if they are a class of their own, give it another name"
            }
            Self::NotText { .. } => "save the table again as \"CSV UTF-8\"",
            Self::OneCell { .. } => "separate cells by commas, semicolons, tabs, bars or blanks",
            Self::Ragged { .. } => {
                "complete the row, put quotation marks around a cell with a separator in it, or remove a line that is \
                 a remark"
            }
            Self::NoHeader { could_be: false, .. } => {
                "add a line of column names above it, and give --label one of those"
            }
            Self::NoHeader { .. } => {
                "add a line of column names above it, or give --label one of them if these are the names"
            }
            Self::NoName { .. } => "name it, or remove it if it only numbers the rows (pandas: to_csv(index=False))",
            Self::SameName { .. } => "rename or remove one",
            Self::LabelNeeded { columns } => {
                return format!("say --label COLUMN; the columns are {}", listed(columns));
            }
            Self::NoSuchLabel { near, columns, .. } => {
                let near = near.as_ref().map_or(String::new(), |near| format!("did you mean {near}? "));
                return format!("{near}give --label one of {columns}");
            }
            Self::TextColumn { .. } => "encode it as numbers, for instance one 0/1 column per value, or remove it",
            Self::OneClass { .. } => "choose another --label",
            Self::SmallClass { .. } => "training, pool and test each need some: add rows, or merge or remove the class",
            Self::Copies { .. } => {
                "keep fewer copies of each row, or add columns in which they differ, as no point of the exam may have \
                 been trained on"
            }
            Self::TooManyClasses { .. } => {
                "it is probably a measurement or a row's name: choose another --label or group its values into classes"
            }
            Self::NoNumericColumn { .. } => "add one",
        };
        fixed.to_owned()
    }
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
