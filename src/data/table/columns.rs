//! One numeric column while it is read: its range, and the first cell that is no number.

use super::error::{CsvError, listed, shown};

/// What is known of a column so far.
pub(super) struct Column {
    pub(super) name: String,
    least: f64,
    most: f64,
    numbers: usize,
    first_problem: Option<Problem>,
}

struct Problem {
    line: u64,
    cell: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Missing,
    NotFinite,
    Text,
}

impl Column {
    /// A column that has not been read yet.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), least: f64::INFINITY, most: f64::NEG_INFINITY, numbers: 0, first_problem: None }
    }

    /// The number in a trimmed cell. A cell without one is noted, and 0 stands in until [`Column::check_all`]
    /// refuses the table: only after the last row can a slip be told from a column of text.
    pub(super) fn number(&mut self, cell: &str, line: u64) -> f64 {
        let kind = match cell.parse::<f64>() {
            Ok(number) if number.abs() <= f64::from(f32::MAX) => {
                self.numbers += 1;
                self.least = self.least.min(number);
                self.most = self.most.max(number);
                return number;
            }
            Ok(_) => Kind::NotFinite,
            Err(_) if cell.is_empty() => Kind::Missing,
            Err(_) => Kind::Text,
        };
        if self.first_problem.is_none() {
            self.first_problem = Some(Problem { line, cell: shown(cell), kind });
        }
        0.0
    }

    /// Refuses the first column with a problem, and all columns of text together.
    pub(super) fn check_all(columns: &[Self]) -> Result<(), CsvError> {
        let is_text = |column: &&Self| column.numbers == 0 && column.kind() == Some(Kind::Text);
        let texts: Vec<&Self> = columns.iter().filter(is_text).collect();
        if let Some(Problem { line, cell, .. }) = texts.first().and_then(|column| column.first_problem.as_ref()) {
            let names: Vec<String> = texts.iter().map(|column| column.name.clone()).collect();
            let word = if names.len() == 1 { "column" } else { "columns" };
            let columns = format!("{word} {}", listed(&names));
            return Err(CsvError::TextColumn { columns, line: *line, cell: cell.clone() });
        }
        for column in columns {
            if let Some(Problem { line, cell, kind }) = &column.first_problem {
                let (line, column, cell) = (*line, shown(&column.name), cell.clone());
                return Err(match kind {
                    Kind::Missing => CsvError::Missing { line, column },
                    Kind::NotFinite => CsvError::NotFinite { line, column, cell },
                    Kind::Text => CsvError::NotANumber { line, column, cell },
                });
            }
        }
        Ok(())
    }

    fn kind(&self) -> Option<Kind> {
        self.first_problem.as_ref().map(|problem| problem.kind)
    }

    /// Whether every row says the same number.
    pub(super) fn is_constant(&self) -> bool {
        self.least == self.most
    }

    /// What to tell the user about a column that was kept out for being constant.
    pub(super) fn kept_out(&self) -> String {
        format!("column {} is kept out: every row says {}", shown(&self.name), self.least)
    }
}
