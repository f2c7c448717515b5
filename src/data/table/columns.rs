//! The numeric columns while they are read: their numbers, and the cells that are none.
//!
//! Only after the last row can a slip be told from a column of text, and a decimal comma from a separator of thousands:
//! until then 0 stands where a cell is no number, and a comma is read as a decimal one.

use std::collections::BTreeMap;

use super::cell::{self, Cell, Looks};
use super::error::{CsvError, listed, shown};
use crate::words::counted;

/// The columns and their numbers, row by row.
pub(super) struct Columns {
    all: Vec<Column>,
    values: Vec<f64>,
    /// The first number with a decimal point.
    point: Option<String>,
    /// Whether some comma can only be a decimal one.
    comma_is_sure: bool,
}

/// What is known of a column so far.
struct Column {
    name: String,
    first: Option<(String, f64)>,
    varies: bool,
    numbers: usize,
    /// Cells that are no number, or that have a comma, by what they look like.
    problems: BTreeMap<Looks, Problem>,
}

struct Problem {
    line: u64,
    cell: String,
    cells: usize,
}

/// Columns that can be learned from.
pub(super) struct Numbers {
    /// Their names.
    pub(super) names: Vec<String>,
    /// Row by row.
    pub(super) values: Vec<f64>,
    /// Columns that were kept out: which one it is in the file, of all with numbers, and the number it always holds.
    pub(super) constant: Vec<(usize, f64)>,
    /// What was done with the others, and with commas.
    pub(super) remarks: Vec<String>,
}

impl Columns {
    /// Columns that have not been read yet.
    pub(super) fn new(names: impl Iterator<Item = String>) -> Self {
        let column = |name| Column { name, first: None, varies: false, numbers: 0, problems: BTreeMap::new() };
        Self { all: names.map(column).collect(), values: Vec::new(), point: None, comma_is_sure: false }
    }

    /// How many numbers have been read.
    pub(super) fn cells(&self) -> usize {
        self.values.len()
    }

    /// Takes the next trimmed cell of a column.
    pub(super) fn read(&mut self, column: usize, cell: &str, line: u64) {
        let column = &mut self.all[column];
        let value = match cell::read(cell) {
            Cell::Number(value) => {
                if self.point.is_none() && cell.contains('.') {
                    self.point = Some(shown(cell));
                }
                column.see(cell, value);
                value
            }
            Cell::Comma { value, surely } => {
                self.comma_is_sure |= surely;
                column.note(Looks::Comma, cell, line);
                column.see(cell, value);
                value
            }
            Cell::Other(looks) => {
                column.note(looks, cell, line);
                0.0
            }
        };
        self.values.push(value);
    }

    /// The numbers, where every cell is one. `in_semicolons` says that cells are separated as where a comma is decimal.
    pub(super) fn finish(mut self, label: &str, in_semicolons: bool) -> Result<Numbers, CsvError> {
        let mut remarks = Vec::new();
        let is_grouped = self.all.iter().any(|column| column.problems.contains_key(&Looks::Grouped));
        if (self.comma_is_sure || in_semicolons) && self.point.is_none() && !is_grouped {
            let commas: Vec<Problem> =
                self.all.iter_mut().filter_map(|column| column.problems.remove(&Looks::Comma)).collect();
            if let Some(first) = commas.iter().min_by_key(|problem| problem.line) {
                let read = format!("{} in line {} is {}", first.cell, first.line, first.cell.replace(',', "."));
                remarks.push(format!("numbers have a decimal comma: {}", read.replace('"', "")));
            }
        }
        self.check()?;
        let width = self.all.len();
        let varies: Vec<bool> = self.all.iter().map(|column| column.varies).collect();
        if !varies.contains(&true) {
            return Err(CsvError::NoNumericColumn { label: shown(label) });
        }
        let mut place = 0;
        self.values.retain(|_| {
            place += 1;
            varies[(place - 1) % width]
        });
        let always = |(place, column): (usize, &Column)| {
            let (_, value) = column.first.as_ref().filter(|_| !column.varies)?;
            Some((place, *value))
        };
        let constant = self.all.iter().enumerate().filter_map(always).collect();
        let (kept, kept_out): (Vec<Column>, Vec<Column>) = self.all.into_iter().partition(|column| column.varies);
        remarks.extend(kept_out.iter().map(Column::kept_out));
        let names = kept.into_iter().map(|column| column.name).collect();
        Ok(Numbers { names, values: self.values, constant, remarks })
    }

    /// Refuses all columns of text together, and then the first cell that is no number.
    fn check(&self) -> Result<(), CsvError> {
        let texts: Vec<&Column> = self
            .all
            .iter()
            .filter(|column| column.numbers == 0 && column.problems.contains_key(&Looks::Text))
            .collect();
        if let Some(Problem { line, cell, .. }) = texts.first().map(|column| &column.problems[&Looks::Text]) {
            let names: Vec<String> = texts.iter().map(|column| column.name.clone()).collect();
            let word = if names.len() == 1 { "column" } else { "columns" };
            let columns = format!("{word} {}", listed(&names));
            return Err(CsvError::TextColumn { columns, line: *line, cell: cell.clone() });
        }
        let all = self.all.iter().flat_map(|column| column.problems.iter().map(move |found| (column, found)));
        let Some((column, (&looks, first))) = all.min_by_key(|(_, (_, problem))| problem.line) else { return Ok(()) };
        let alike: Vec<usize> =
            self.all.iter().filter_map(|column| column.problems.get(&looks)).map(|problem| problem.cells).collect();
        let cells: usize = alike.iter().sum();
        let mut problem = match first.cell.as_str() {
            "\"\"" => "the cell is empty".to_owned(),
            cell => format!("{cell} {}", looks.says()),
        };
        if let (Looks::Comma, Some(point)) = (looks, &self.point) {
            problem += &format!(", and {point} has a decimal point");
        }
        if cells > 1 {
            problem +=
                &format!(" (the first of {} like this in {})", counted(cells, "cell"), counted(alike.len(), "column"));
        }
        Err(CsvError::BadCell { line: first.line, column: shown(&column.name), problem, cure: looks.cure() })
    }
}

impl Column {
    fn see(&mut self, cell: &str, value: f64) {
        self.numbers += 1;
        match &self.first {
            Some((_, first)) => self.varies |= *first != value,
            None => self.first = Some((cell.to_owned(), value)),
        }
    }

    fn note(&mut self, looks: Looks, cell: &str, line: u64) {
        self.problems.entry(looks).or_insert_with(|| Problem { line, cell: shown(cell), cells: 0 }).cells += 1;
    }

    /// What to tell the user about a column that was kept out for being constant.
    fn kept_out(&self) -> String {
        let says = self.first.as_ref().map_or("", |(cell, _)| cell);
        format!("column {} is kept out: every row says {}", shown(&self.name), shown(says).trim_matches('"'))
    }
}
