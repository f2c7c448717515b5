//! A table from a file of separated cells, packed with gzip or not: a header line, numeric columns, and one column that
//! names the class of each row.
//!
//! `source` unpacks the bytes, `sniff` finds out how they are written, `records` gives rows of cells; `header` says
//! what each cell is, `columns` and `labels` take it. `deal` and `scale` make three parts of the rows.
//!
//! The rows are finite, so teacher, student and examiner share them out: every replicate deals them anew into three
//! disjoint parts and standardises the columns by its own training part.

mod blanks;
mod cell;
mod columns;
mod deal;
mod error;
mod header;
mod labels;
mod lines;
mod notes;
mod original;
mod read;
mod records;
mod scale;
mod sniff;
mod source;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use ndarray::Array2;

use self::deal::Deck;
pub use self::error::CsvError;
use self::scale::Scale;
use super::{ColumnScale, Dataset, Defaults, Original, Parts, Sizes};
use crate::seed::{Seed, fingerprint};
use crate::words::counted;

/// Fewest rows of a class: two for training, two for the pool, one for the test.
const LEAST_ROWS: usize = 5;
/// Most classes. A label column with more values is probably a measurement.
const MOST_CLASSES: usize = 100;

/// How a table is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableOptions<'a> {
    /// The name of the column with the classes; there is no table without.
    pub label: Option<&'a str>,
    /// Whether rows in which the label or a number is missing are left out; otherwise such a table is refused.
    pub drop_missing: bool,
}

/// A table of numbers with classes, held in memory.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    about: String,
    remarks: Vec<String>,
    classes: Vec<String>,
    columns: Vec<String>,
    /// Columns of the file that always hold one number: which they are, and the number.
    constant: Vec<(usize, f64)>,
    /// Rows × columns, as in the file.
    values: Array2<f64>,
    /// The class of each row; one byte is enough for [`MOST_CLASSES`].
    labels: Vec<u8>,
    deck: Deck,
    /// Rows of training, pool and test that every replicate has.
    sizes: [usize; 3],
}

impl Table {
    /// Reads the table at `path`. The dataset is named after the file.
    ///
    /// # Errors
    /// A file that cannot be read, is no table, or has nothing to learn from: see [`CsvError`].
    pub fn open(path: &Path, options: TableOptions<'_>) -> Result<Self, CsvError> {
        let unreadable = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => CsvError::NotFound,
            _ => CsvError::Unreadable(error),
        };
        let about = path.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(CsvError::Folder);
        }
        if !about.is_file() {
            return Err(CsvError::NotAFile);
        }
        if about.len() > read::MAX_FILE {
            return Err(CsvError::FileTooLarge);
        }
        let is_packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        let unpacked = path.file_stem().map(Path::new).filter(|_| is_packed);
        let stem = unpacked.unwrap_or(path).file_stem();
        let name = stem.map_or_else(|| "table".into(), |stem| stem.to_string_lossy().into_owned());
        Self::read(&name, File::open(path).map_err(unreadable)?, options)
    }

    /// Reads a table called `name` from `source`.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn read(name: &str, source: impl Read, options: TableOptions<'_>) -> Result<Self, CsvError> {
        let read::Raw { label, numbers, classes, remarks: left_out } = read::read(source, options)?;
        let labels = classes.of_row;
        let shape = (labels.len(), numbers.names.len());
        let values = Array2::from_shape_vec(shape, numbers.values).expect("every row has every column");
        let deck = Deck::new(values.view(), &labels, classes.names.len());
        let sizes = check(&deck, &labels, &classes.names, &label)?;
        let mut remarks = [classes.remarks, left_out, numbers.remarks].concat();
        remarks.extend(notes::of_copies(&deck, sizes));
        remarks.extend(notes::of_leaks(values.view(), &numbers.names, &labels, &deck));
        let about =
            format!("{} rows × {} in {} classes ({label})", shape.0, counted(shape.1, "column"), classes.names.len());
        let (name, classes, columns, constant) = (name.to_owned(), classes.names, numbers.names, numbers.constant);
        Ok(Self { name, about, remarks, classes, columns, constant, values, labels, deck, sizes })
    }

    /// The names of a table's columns: of one of them, somebody has to say that it holds the classes.
    ///
    /// ```
    /// use distill_lab::data::Table;
    ///
    /// assert_eq!(Table::columns("length;width;kind\n1.5;2;a\n".as_bytes())?, ["length", "width", "kind"]);
    /// # Ok::<(), distill_lab::data::CsvError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn columns(source: impl Read) -> Result<Vec<String>, CsvError> {
        match Self::read("table", source, TableOptions::default()) {
            Err(CsvError::LabelNeeded { columns }) => Ok(columns),
            other => other.map(|table| table.columns),
        }
    }

    /// The rows of training, pool and test of one replicate.
    fn split(&self, replicate: Seed) -> [Vec<u32>; 3] {
        self.deck.split(&mut replicate.child("deal").stream())
    }
}

/// Refuses tables of which a part could have no rows, or no row of some class; gives the sizes of the parts.
fn check(deck: &Deck, labels: &[u8], classes: &[String], label: &str) -> Result<[usize; 3], CsvError> {
    let different = deck.different_of(labels);
    if let Some(class) = different.iter().position(|&rows| rows < LEAST_ROWS) {
        let (label, class, rows) = (error::shown(label), error::shown(&classes[class]), different[class]);
        return Err(CsvError::SmallClass { label, class, rows });
    }
    let sizes = deck.sizes();
    let parts = ["the training part", "the pool of points to ask about", "the exam"];
    match sizes.iter().zip(parts).find(|(size, _)| **size == 0) {
        None => Ok(sizes),
        Some((_, part)) => {
            let (different, largest) = (deck.different(), deck.largest());
            Err(CsvError::Copies { rows: labels.len(), different, largest, part })
        }
    }
}

impl Dataset for Table {
    fn name(&self) -> &str {
        &self.name
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn dimension(&self) -> usize {
        self.values.ncols()
    }

    fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Three standard deviations around the mean of each column.
    fn bounds(&self) -> (f32, f32) {
        (-3.0, 3.0)
    }

    fn image_side(&self) -> Option<usize> {
        None
    }

    /// All rows, up to the sizes of a synthetic dataset. With fewer than 2,000 rows to train on, smaller networks and
    /// fewer steps: longer training would learn noise by heart.
    fn defaults(&self) -> Defaults {
        let [training, pool, test] = self.sizes;
        let large = training >= 2_000;
        let training = training.min(20_000);
        Defaults {
            sizes: Sizes { training, pool: pool.min(10_000), test: test.min(10_000), independent: training },
            teacher: if large { vec![64, 64] } else { vec![32, 32] },
            student: vec![16],
            teacher_steps: if large { 3_000 } else { 1_000 },
            student_steps: if large { 1_500 } else { 500 },
            teacher_rate: 5e-3,
            student_rate: 5e-3,
        }
    }

    fn pool_limit(&self) -> Option<usize> {
        Some(self.sizes[1])
    }

    fn exam_limit(&self) -> Option<usize> {
        Some(self.deck.different())
    }

    fn contents(&self) -> u64 {
        let mut read = format!("{:?} {:?} ", self.columns, self.classes).into_bytes();
        read.extend(&self.labels);
        read.extend(self.values.iter().flat_map(|value| value.to_le_bytes()));
        fingerprint(read)
    }

    fn remarks(&self) -> &[String] {
        &self.remarks
    }

    fn scale(&self, replicate: Seed) -> Option<Vec<ColumnScale>> {
        let [training, ..] = self.split(replicate);
        Some(Scale::of(self.values.view(), &training).named(&self.columns))
    }

    fn original(&self, replicate: Seed) -> Option<Original> {
        let [training, ..] = self.split(replicate);
        let scale = Scale::of(self.values.view(), &training);
        Some(original::of((self.values.view(), &self.labels), &scale, &self.columns, &self.constant))
    }

    /// Deals the rows anew for each replicate. Columns are standardised by the whole training part, also where `sizes`
    /// asks for less of it, so that the other parts do not change with it. `independent` shares the pool's rows.
    fn deal(&self, sizes: Sizes, replicate: Seed) -> Parts {
        let [training, pool, test] = self.split(replicate);
        let scale = Scale::of(self.values.view(), &training);
        let part = |rows: &[u32], most| scale.examples(self.values.view(), &self.labels, rows, most);
        Parts {
            training: part(&training, sizes.training),
            pool: part(&pool, sizes.pool),
            test: part(&test, sizes.test),
            independent: part(&pool, sizes.independent),
        }
    }
}
