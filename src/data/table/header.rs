//! The first line: names of columns, and what each cell of a row below it is.

use std::collections::{HashMap, HashSet};

use csv::StringRecord;

use super::cell::is_number;
use super::error::{CsvError, listed, shown};
use super::read::MAX_COLUMNS;
use crate::words::did_you_mean;

/// What a cell is, by its place in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// In a numeric column, counted from 0.
    Number(usize),
    /// The class of the row.
    Label,
    /// In a column without a name, counted from 0.
    Nameless(usize),
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// The names of the numeric columns.
    pub(super) numbers: Vec<String>,
    /// The label column's.
    pub(super) label: String,
    /// One per cell of a row.
    pub(super) roles: Vec<Role>,
    /// Columns without a name.
    pub(super) nameless: Vec<Nameless>,
    /// All names as they came.
    names: Vec<String>,
}

impl Header {
    /// Reads the header by itself and beside the `first` row below it, which is in this `line`.
    pub(super) fn read(
        header: &StringRecord,
        first: &StringRecord,
        line: u64,
        label: Option<&str>,
    ) -> Result<Self, CsvError> {
        let mut names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let label = find_label(&names, label)?;
        match first.len() {
            cells if cells == names.len() => (),
            // R names no column for the names of the rows, which come first; others end every row in a separator.
            cells if cells == names.len() + 1 => {
                let is_last = first.iter().next_back().is_some_and(|cell| cell.trim().is_empty());
                names.insert(if is_last { names.len() } else { 0 }, String::new());
            }
            cells if cells + 1 == names.len() && names.last().is_some_and(String::is_empty) => names.truncate(cells),
            cells => return Err(CsvError::Ragged { line, cells, columns: names.len() }),
        }
        let (mut numbers, mut nameless) = (Vec::new(), Vec::new());
        let role = |(place, name): (usize, &String)| {
            if *name == label {
                Role::Label
            } else if name.is_empty() {
                nameless.push(Nameless::new(place + 1));
                Role::Nameless(nameless.len() - 1)
            } else {
                numbers.push(name.clone());
                Role::Number(numbers.len() - 1)
            }
        };
        let roles = names.iter().enumerate().map(role).collect();
        Ok(Self { numbers, label, roles, nameless, names })
    }

    /// Refuses names that are more likely a row: some are numbers, and the label's is one of the labels.
    pub(super) fn check(&self, is_a_label: impl Fn(&str) -> bool) -> Result<(), CsvError> {
        let counts = counts_up(&self.names) && is_number(&self.label);
        if is_a_label(&self.label) && self.numbers.iter().any(|name| is_number(name)) && !counts {
            return Err(CsvError::NoHeader { columns: listed(&self.names), could_be: false });
        }
        Ok(())
    }
}

/// The label's name, once the names as such are sound.
fn find_label(names: &[String], label: Option<&str>) -> Result<String, CsvError> {
    if names.len() > MAX_COLUMNS {
        return Err(CsvError::TooManyColumns { columns: names.len() });
    }
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    let is_named = label.is_some_and(|label| names.iter().any(|name| name == label));
    if let ([only], false) = (names, is_named) {
        return Err(CsvError::OneCell { cell: shown(only) });
    }
    let near = label.and_then(|label| did_you_mean(label, names.iter().map(String::as_str)));
    let is_row = names.iter().any(|name| is_number(name)) && !counts_up(names);
    if !is_named && near.is_none() && is_row {
        return Err(CsvError::NoHeader { columns: listed(names), could_be: true });
    }
    let mut places = HashMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = places.insert(name, place) {
            if is_number(name) {
                return Err(CsvError::NoHeader { columns: listed(names), could_be: false });
            }
            return Err(CsvError::SameName { name: shown(name), first: first + 1, second: place + 1 });
        }
    }
    let named = || names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>();
    match label {
        None => Err(CsvError::LabelNeeded { columns: named() }),
        Some(label) if is_named => Ok(label.to_owned()),
        Some(label) => Err(CsvError::NoSuchLabel {
            label: label.to_owned(),
            near: near.map(str::to_owned),
            columns: listed(&named()),
        }),
    }
}

/// Whether the numbers among some names count 0, 1, 2 … or 1, 2, 3 …, as those that a program gave do.
fn counts_up(names: &[String]) -> bool {
    let numbers: Vec<Option<usize>> =
        names.iter().filter(|name| is_number(name)).map(|name| name.parse().ok()).collect();
    let counts_from = |start: usize| numbers.iter().zip(start..).all(|(&number, count)| number == Some(count));
    numbers.len() > 1 && (counts_from(0) || counts_from(1))
}

/// A column without a name while it is read: empty, or names of rows.
#[derive(Debug)]
pub(super) struct Nameless {
    number: usize,
    cells: usize,
    is_empty: bool,
    has_text: bool,
    numbers: HashSet<u64>,
    first: String,
}

impl Nameless {
    fn new(number: usize) -> Self {
        Self { number, cells: 0, is_empty: true, has_text: false, numbers: HashSet::new(), first: String::new() }
    }

    /// Takes the next trimmed cell.
    pub(super) fn read(&mut self, cell: &str) {
        if self.cells == 0 {
            self.first = shown(cell);
        }
        self.cells += 1;
        self.is_empty &= cell.is_empty();
        // Only the first column may name rows; the numbers of others are not kept.
        match cell.parse() {
            _ if self.number > 1 => (),
            Ok(number) => {
                self.numbers.insert(number);
            }
            Err(_) => self.has_text |= !is_number(cell),
        }
    }

    /// What to say of the column, which is left out; refused where it may be one of measurements.
    pub(super) fn finish(&self) -> Result<Option<String>, CsvError> {
        // Whole numbers, none of them twice: row numbers, in whatever order. Or texts alone.
        let names_rows = self.numbers.len() == self.cells || (self.has_text && self.numbers.is_empty());
        match (self.is_empty, self.number == 1 && names_rows) {
            (true, _) => Ok(None),
            (false, true) => {
                Ok(Some(format!("the first column is left out: it has no name, and names rows ({} …)", self.first)))
            }
            (false, false) => Err(CsvError::NoName { number: self.number, cell: self.first.clone() }),
        }
    }
}
