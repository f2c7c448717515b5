//! Text to numbers: a header, rows of cells, and one column of them the classes. Everything is checked on the way.
//!
//! Memory is bounded while reading, whatever comes: no more than 512 MiB of text, 1 MiB of line, 10,000 columns, 2
//! million rows, 64 million numbers of eight bytes.

use std::io::Read;

use super::TableOptions;
use super::cell::is_missing;
use super::columns::{Columns, Numbers};
use super::error::CsvError;
use super::header::{Header, Role};
use super::labels::{Classes, Labels};
use super::records::Records;
use super::{sniff, source};
use crate::words::counted;

/// Largest file, in bytes, packed and unpacked.
pub(super) const MAX_FILE: u64 = 512 << 20;
/// Longest line or quoted cell, in bytes.
pub(super) const MAX_RECORD: u64 = 1 << 20;
/// Most columns.
pub(super) const MAX_COLUMNS: usize = 10_000;
/// Most rows: no run looks at more than a few ten thousand of them.
pub(super) const MAX_ROWS: usize = 2_000_000;
/// Most numbers.
const MAX_CELLS: usize = 64_000_000;

/// A table as it was read.
pub(super) struct Raw {
    /// The label column's name.
    pub(super) label: String,
    pub(super) numbers: Numbers,
    pub(super) classes: Classes,
    /// Rows and columns that were left out.
    pub(super) remarks: Vec<String>,
}

/// Reads a whole table.
pub(super) fn read<'a>(source: impl Read + 'a, options: TableOptions<'_>) -> Result<Raw, CsvError> {
    let (head, rest) = source::begin(source)?;
    let dialect = sniff::sniff(&head);
    let mut records = Records::new(head, rest, &dialect);
    let header = records.next()?.ok_or(CsvError::Empty)?;
    let header_line = records.line;
    let mut row = records.next()?.ok_or(CsvError::HeaderAlone { line: header_line })?;
    let mut header = Header::read(&header, &row, records.line, options.label)?;
    let mut columns = Columns::new(header.numbers.iter().cloned());
    let mut labels = Labels::new(&header.label);
    let mut left_out = 0;
    loop {
        if row.len() != header.roles.len() {
            return Err(CsvError::Ragged { line: records.line, cells: row.len(), columns: header.roles.len() });
        }
        for (what, count, most) in
            [("rows", labels.rows() + left_out, MAX_ROWS), ("numbers", columns.cells(), MAX_CELLS)]
        {
            if count >= most {
                return Err(CsvError::TooMany { line: records.line, what, most });
            }
        }
        let cells = || row.iter().map(str::trim).zip(&header.roles);
        let is_gap = |(cell, role): (&str, &Role)| !matches!(role, Role::Nameless(_)) && is_missing(cell);
        if options.drop_missing && cells().any(is_gap) {
            left_out += 1;
        } else {
            for (cell, role) in cells() {
                match *role {
                    Role::Number(column) => columns.read(column, cell, records.line),
                    Role::Label => labels.read(cell, records.line)?,
                    Role::Nameless(column) => header.nameless[column].read(cell),
                }
            }
        }
        if !records.read_into(&mut row)? {
            break;
        }
    }
    if labels.rows() == 0 {
        return Err(CsvError::NothingLeft { rows: left_out });
    }
    header.check(|text| labels.has(text))?;
    let mut remarks = Vec::new();
    for column in &header.nameless {
        remarks.extend(column.finish()?);
    }
    if left_out > 0 {
        remarks.push(format!("{} left out, in which something is missing", counted(left_out, "row")));
    }
    let numbers = columns.finish(&header.label, dialect.separator == b';')?;
    Ok(Raw { numbers, classes: labels.finish()?, label: header.label, remarks })
}
