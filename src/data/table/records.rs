//! Records of a text with the lines on which they begin.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::rc::Rc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::blanks::Blanks;
use super::error::CsvError;
use super::lines::Lines;
use super::sniff::Dialect;

/// The records.
pub(super) struct Records<'a> {
    reader: csv::Reader<Box<dyn Read + 'a>>,
    in_record: Rc<Cell<u64>>,
    lines_before: u64,
    /// The line on which the last record began, counted from 1 as an editor does.
    pub(super) line: u64,
}

impl<'a> Records<'a> {
    /// Reads what comes after the `dialect`'s start of `head`, and then the `rest`.
    pub(super) fn new(head: Vec<u8>, rest: Box<dyn Read + 'a>, dialect: &Dialect) -> Self {
        let in_record = Rc::default();
        let mut head = Cursor::new(head);
        head.set_position(dialect.start as u64);
        let lines = Lines::new(head.chain(rest), Rc::clone(&in_record));
        let text: Box<dyn Read> =
            if dialect.separator == b' ' { Box::new(Blanks::new(lines)) } else { Box::new(lines) };
        let mut builder = ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).delimiter(dialect.separator).from_reader(text);
        Self { reader, in_record, lines_before: dialect.lines, line: dialect.lines + 1 }
    }

    /// The next record, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<StringRecord>, CsvError> {
        let mut record = StringRecord::new();
        Ok(self.read_into(&mut record)?.then_some(record))
    }

    /// Reads the next record; says whether there was one.
    pub(super) fn read_into(&mut self, record: &mut StringRecord) -> Result<bool, CsvError> {
        self.in_record.set(0);
        let before = self.lines_before + self.reader.position().line();
        let more = self.reader.read_record(record).map_err(|error| explain(error, before))?;
        if more {
            // Blank lines before a record count as part of it in the reader's own position.
            let within: u64 = record.iter().map(|cell| cell.bytes().filter(|&byte| byte == b'\n').count() as u64).sum();
            self.line = self.lines_before + self.reader.position().line() - 1 - within;
        }
        Ok(more)
    }
}

fn explain(error: csv::Error, line: u64) -> CsvError {
    match error.into_kind() {
        ErrorKind::Utf8 { .. } => CsvError::NotText { line },
        ErrorKind::Io(error) => match CsvError::of_reading(error) {
            CsvError::LineTooLong { .. } => CsvError::LineTooLong { line },
            other => other,
        },
        other => CsvError::Unreadable(std::io::Error::other(format!("{other:?}"))),
    }
}
