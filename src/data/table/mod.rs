//! A table from a CSV file: a header line, numeric columns, and one column that names the class of each row.
//!
//! The rows are finite, so teacher, student and examiner share them out: every replicate deals them anew into three
//! disjoint parts and standardises the columns by its own training part.

mod columns;
mod deal;
mod error;
mod lines;
mod read;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use ndarray::Array2;

use self::deal::Scale;
pub use self::error::CsvError;
use super::{Dataset, Defaults, Parts, Sizes};
use crate::seed::{Seed, fingerprint};
use crate::words::counted;

/// Fewest rows of a class: two for training, two for the pool, one for the test.
const LEAST_ROWS: usize = 5;
/// Most classes. A label column with more values is probably a measurement.
const MOST_CLASSES: usize = 100;

/// A table of numbers with classes, held in memory.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    about: String,
    remarks: Vec<String>,
    classes: Vec<String>,
    /// Rows × columns, as in the file.
    values: Array2<f32>,
    rows_of_class: Vec<Vec<usize>>,
    /// Rows of training, pool and test in every world.
    shares: [usize; 3],
}

impl Table {
    /// Reads the table at `path`; `label` names the column with the classes. The dataset is named after the file.
    ///
    /// # Errors
    /// A file that cannot be read, is no table, or has nothing to learn from: see [`CsvError`].
    pub fn open(path: &Path, label: Option<&str>) -> Result<Self, CsvError> {
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
        let name = path.file_stem().map_or_else(|| "table".into(), |stem| stem.to_string_lossy().into_owned());
        Self::read(&name, File::open(path).map_err(unreadable)?, label)
    }

    /// Reads a table called `name` from `source`; `label` names the column with the classes.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn read(name: &str, source: impl Read, label: Option<&str>) -> Result<Self, CsvError> {
        let mut raw = read::read(source, label)?;
        let label = label.unwrap_or_default().trim();
        let (classes, rows_of_class) = read::classes(&mut raw, label)?;
        let read::Raw { columns, mut values, labels, .. } = raw;

        let varies: Vec<bool> = columns.iter().map(|column| !column.is_constant()).collect();
        let width = varies.iter().filter(|&&varies| varies).count();
        if width == 0 {
            return Err(CsvError::NoNumericColumn { label: error::shown(label) });
        }
        let mut place = 0;
        values.retain(|_| {
            place += 1;
            varies[(place - 1) % varies.len()]
        });
        let remarks = columns.iter().filter(|column| column.is_constant()).map(columns::Column::kept_out).collect();
        let values = Array2::from_shape_vec((labels.len(), width), values).expect("every row has every column");

        let mut shares = [0; 3];
        for rows in &rows_of_class {
            for (share, more) in shares.iter_mut().zip(deal::shares(rows.len())) {
                *share += more;
            }
        }
        let about =
            format!("{} rows × {} in {} classes ({label})", labels.len(), counted(width, "column"), classes.len());
        Ok(Self { name: name.to_owned(), about, remarks, classes, values, rows_of_class, shares })
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
        let [training, pool, test] = self.shares;
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
        Some(self.shares[1])
    }

    fn exam_limit(&self) -> Option<usize> {
        Some(self.values.nrows())
    }

    fn contents(&self) -> u64 {
        let mut read = format!("{:?} {:?} ", self.classes, self.rows_of_class).into_bytes();
        read.extend(self.values.iter().flat_map(|value| value.to_le_bytes()));
        fingerprint(read)
    }

    fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Deals the rows anew for each world. Columns are standardised by the whole training share, also where `sizes`
    /// asks for less of it, so that the other parts do not change with it. `independent` shares the pool's rows.
    fn deal(&self, sizes: Sizes, world: Seed) -> Parts {
        let [training, pool, test] = deal::split(&self.rows_of_class, &mut world.child("deal").stream());
        let values = self.values.view();
        let scale = Scale::of(values, &training);
        Parts {
            training: scale.examples(values, &training, sizes.training),
            pool: scale.examples(values, &pool, sizes.pool),
            test: scale.examples(values, &test, sizes.test),
            independent: scale.examples(values, &pool, sizes.independent),
        }
    }
}
