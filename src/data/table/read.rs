//! Text to numbers: a header, rows of cells, and one column of them the classes. Everything is checked on the way.
//!
//! Memory is bounded while reading, whatever comes: no more than 512 MiB of file, 1 MiB of line, 10,000 columns, 2
//! million rows, 64 million numbers of eight bytes.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::MOST_CLASSES;
use super::columns::Column;
use super::error::{CsvError, listed, shown};
use super::lines::Lines;
use crate::words::did_you_mean;

/// Largest file, in bytes.
pub(super) const MAX_FILE: u64 = 512 << 20;
/// Longest line or quoted cell, in bytes.
pub(super) const MAX_RECORD: u64 = 1 << 20;
/// Most columns.
pub(super) const MAX_COLUMNS: usize = 10_000;
/// Most rows: no run looks at more than a few ten thousand of them.
pub(super) const MAX_ROWS: usize = 2_000_000;
/// Most numbers.
const MAX_CELLS: usize = 64_000_000;

/// A table as it was read: numbers and class texts, not yet sorted into classes.
pub(super) struct Raw {
    /// Every column but the label, in order.
    pub(super) columns: Vec<Column>,
    /// Row by row, one number per column.
    pub(super) values: Vec<f64>,
    /// The different texts of the label column, as they came.
    pub(super) texts: Vec<String>,
    /// Per row, the place of its text in `texts`; one byte is enough for [`MOST_CLASSES`].
    pub(super) labels: Vec<u8>,
}

/// Reads a whole table.
pub(super) fn read(source: impl Read, label: Option<&str>) -> Result<Raw, CsvError> {
    let mut records = Records::new(source);
    let header = records.next()?.ok_or(CsvError::Empty)?;
    let (names, label_at) = check_header(&header, label)?;
    let mut columns: Vec<Column> = names.iter().map(|name| Column::new(name)).collect();
    let (mut values, mut labels, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let mut known: HashMap<String, usize> = HashMap::new();

    let mut row = header;
    while records.read_into(&mut row)? {
        if row.len() != names.len() {
            return Err(CsvError::Ragged { line: records.line, cells: row.len(), columns: names.len() });
        }
        for (what, count, most) in [("rows", labels.len(), MAX_ROWS), ("numbers", values.len(), MAX_CELLS)] {
            if count >= most {
                return Err(CsvError::TooMany { line: records.line, what, most });
            }
        }
        for (place, (cell, column)) in row.iter().zip(&mut columns).enumerate() {
            let cell = cell.trim();
            if place != label_at {
                values.push(column.number(cell, records.line));
                continue;
            }
            let next = texts.len();
            let class: usize = match known.get(cell) {
                Some(&class) => class,
                None => {
                    check_label(cell, &names[label_at], records.line)?;
                    if next == MOST_CLASSES {
                        return Err(CsvError::TooManyClasses { label: shown(&names[label_at]), line: records.line });
                    }
                    known.insert(cell.to_owned(), next);
                    texts.push(cell.to_owned());
                    next
                }
            };
            labels.push(class as u8);
        }
    }
    if labels.is_empty() {
        return Err(CsvError::HeaderAlone);
    }
    columns.remove(label_at);
    Column::check_all(&columns)?;
    Ok(Raw { columns, values, texts, labels })
}

/// Column names and the place of the label among them.
fn check_header(header: &StringRecord, label: Option<&str>) -> Result<(Vec<String>, usize), CsvError> {
    if header.len() > MAX_COLUMNS {
        return Err(CsvError::TooManyColumns { columns: header.len() });
    }
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if let [only] = names.as_slice()
        && let Some(separator) = only.chars().find(|&letter| letter == ';' || letter == '\t')
    {
        return Err(CsvError::Separator { separator });
    }
    let label = label.map(str::trim);
    let is_named = label.is_some_and(|label| names.iter().any(|name| name == label));
    if !is_named && names.iter().all(|name| name.parse::<f64>().is_ok()) {
        return Err(CsvError::NoHeader { columns: listed(&names) });
    }
    let mut places = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err(CsvError::NoName { number: place + 1 });
        }
        if let Some(first) = places.insert(name.as_str(), place) {
            return Err(CsvError::SameName { name: shown(name), first: first + 1, second: place + 1 });
        }
    }
    let label = label.ok_or_else(|| CsvError::LabelNeeded { columns: listed(&names) })?;
    match places.get(label) {
        Some(&place) => Ok((names, place)),
        None => {
            let near = did_you_mean(label, names.iter().map(String::as_str)).map(str::to_owned);
            Err(CsvError::NoSuchLabel { label: label.to_owned(), near, columns: listed(&names) })
        }
    }
}

fn check_label(cell: &str, column: &str, line: u64) -> Result<(), CsvError> {
    if cell.is_empty() {
        return Err(CsvError::Missing { line, column: shown(column) });
    }
    match cell.parse::<f64>() {
        Ok(number) if !number.is_finite() => {
            Err(CsvError::NotFinite { line, column: shown(column), cell: shown(cell) })
        }
        _ => Ok(()),
    }
}

/// Records with their lines.
struct Records<R> {
    reader: csv::Reader<Lines<R>>,
    in_record: Rc<Cell<u64>>,
    /// The line on which the last record began.
    line: u64,
}

impl<R: Read> Records<R> {
    fn new(source: R) -> Self {
        let in_record = Rc::default();
        let lines = Lines::new(source, Rc::clone(&in_record));
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(lines);
        Self { reader, in_record, line: 1 }
    }

    fn next(&mut self) -> Result<Option<StringRecord>, CsvError> {
        let mut record = StringRecord::new();
        Ok(self.read_into(&mut record)?.then_some(record))
    }

    fn read_into(&mut self, record: &mut StringRecord) -> Result<bool, CsvError> {
        self.in_record.set(0);
        let before = self.reader.position().line();
        let more = self.reader.read_record(record).map_err(|error| explain(error, before))?;
        if more {
            // Blank lines before a record count as part of it in the reader's own position.
            let within: u64 = record.iter().map(|cell| cell.bytes().filter(|&byte| byte == b'\n').count() as u64).sum();
            self.line = self.reader.position().line() - 1 - within;
        }
        Ok(more)
    }
}

fn explain(error: csv::Error, line: u64) -> CsvError {
    match error.into_kind() {
        ErrorKind::Utf8 { .. } => CsvError::NotText { line },
        ErrorKind::Io(error) => match error.downcast::<CsvError>() {
            Ok(CsvError::LineTooLong { .. }) => CsvError::LineTooLong { line },
            Ok(problem) => problem,
            Err(error) => CsvError::Unreadable(error),
        },
        other => CsvError::Unreadable(std::io::Error::other(format!("{other:?}"))),
    }
}

/// Classes in order: numbers by size, texts by alphabet. Two spellings of one number (`1`, `1.0`) are one class.
///
/// Gives the names and turns every label into the number of its class.
pub(super) fn classes(raw: &mut Raw, label: &str) -> Result<Vec<String>, CsvError> {
    let numbers: Option<Vec<f64>> = raw.texts.iter().map(|text| text.parse().ok()).collect();
    let mut order: Vec<usize> = (0..raw.texts.len()).collect();
    match &numbers {
        Some(numbers) => order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b])),
        None => order.sort_by(|&a, &b| raw.texts[a].cmp(&raw.texts[b])),
    }
    let same = |a: usize, b: usize| numbers.as_ref().is_some_and(|numbers| numbers[a] == numbers[b]);
    let mut class_of = vec![0; order.len()];
    let mut names: Vec<String> = Vec::new();
    for (position, &text) in order.iter().enumerate() {
        if position == 0 || !same(order[position - 1], text) {
            names.push(raw.texts[text].clone());
        }
        class_of[text] = names.len() - 1;
    }
    for label in &mut raw.labels {
        *label = class_of[usize::from(*label)] as u8;
    }
    if let [only] = names.as_slice() {
        return Err(CsvError::OneClass { label: shown(label), class: shown(only) });
    }
    Ok(names)
}
