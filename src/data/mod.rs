//! Where examples come from: synthetic data that can be drawn anew, and tables read from a file.
//!
//! A [`Dataset`] *deals* the parts of one replicate: the teacher's training set, a pool of points a student may ask
//! about, a frozen test set, and the own data of a model that never met the teacher. Parts share no example, except
//! that a table has no own data to spare. Drawing more of one part leaves the others, and the part's own beginning, as
//! they were.
//!
//! ```text
//! spirals, moons, rings   point = curve(class, u) + N(0, noise²)            u even over [0, 1)
//! glyphs                  pixel = ink(strokes of a digit, pose) + N(0, 0.3²)
//! ```
//!
//! Classes overlap on purpose: a label is noisy, and a teacher that has averaged over many knows more than any of them.

pub mod chat;
mod glyphs;
mod moons;
mod painting;
mod plane;
mod registry;
mod rings;
mod spirals;
mod synthetic;
mod table;

use std::sync::Arc;

use ndarray::{Array2, ArrayView2};

use crate::seed::Seed;

pub use self::glyphs::{Customer, Glyphs};
pub use self::moons::moons;
pub use self::painting::Painting;
pub use self::plane::Plane;
pub use self::registry::{DataError, built_in, open};
pub use self::rings::rings;
pub use self::spirals::spirals;
pub use self::table::{CsvError, Table, TableOptions};

/// How much noisier [public](Dataset::public) data are than the data themselves.
const PUBLIC_NOISE: f32 = 1.5;

/// Labelled points: row `i` of `points` has the true label `labels[i]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples {
    /// n × dimension.
    pub points: Array2<f32>,
    /// n class numbers, from 0.
    pub labels: Vec<usize>,
}

/// How many examples of each part are wanted; by default none. A table deals what it has, up to these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The teacher's training set.
    pub training: usize,
    /// Points that a student may ask about: the largest budget.
    pub pool: usize,
    /// The frozen test set.
    pub test: usize,
    /// The own data of a model that never met the teacher.
    pub independent: usize,
}

/// The parts of one replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// What the teacher is trained on.
    pub training: Examples,
    /// Points to ask about; their labels are only for the arm that has no teacher.
    pub pool: Examples,
    /// What everything is examined on.
    pub test: Examples,
    /// The own data of a model that never met the teacher. A table has none to spare: there it is the pool.
    pub independent: Examples,
}

/// What suits a dataset where the command line does not say otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Defaults {
    /// How many examples each part gets; `pool` is the largest default budget.
    pub sizes: Sizes,
    /// Hidden widths of the teacher.
    pub teacher: Vec<usize>,
    /// Hidden widths of a student.
    pub student: Vec<usize>,
    /// Optimiser steps of the teacher.
    pub teacher_steps: usize,
    /// Optimiser steps of a student.
    pub student_steps: usize,
    /// Peak learning rate of the teacher.
    pub teacher_rate: f32,
    /// Peak learning rate of a student.
    pub student_rate: f32,
}

/// A rule that answers points (n × dimension) with probabilities (n × classes).
pub type Rule<'a> = Box<dyn Fn(ArrayView2<f32>) -> Array2<f32> + 'a>;

/// How points of a replicate (n × dimension) read in a table's own numbers (n × dimension).
pub type Original = Box<dyn Fn(ArrayView2<f32>) -> Array2<f32> + Send + Sync>;

/// How a column of a table becomes an input of a network: z = (x − mean) / deviation, held within ±limit; 0 whatever x
/// is, where the deviation is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnScale {
    /// The column's name.
    pub name: String,
    /// Its mean in the training part.
    pub mean: f64,
    /// Its standard deviation there, that of a population.
    pub deviation: f64,
    /// √(n − 1) for n rows of training: no value of these can lie further out (Samuelson's inequality), and a wilder
    /// one of another part shall not drown the other columns.
    pub limit: f64,
}

/// A source of labelled examples.
pub trait Dataset: Send + Sync {
    /// Its name in records and file names: `spirals`, `digits`.
    fn name(&self) -> &str;
    /// One line for the list of datasets.
    fn about(&self) -> &str;
    /// Numbers per point.
    fn dimension(&self) -> usize;
    /// Names of the classes, in the order of their numbers.
    fn classes(&self) -> &[String];
    /// The box, equal on every axis, that off-data points are spread over.
    fn bounds(&self) -> (f32, f32);
    /// Pixels per side where a point is a small square image, dark for 1 and light for 0.
    fn image_side(&self) -> Option<usize>;
    /// What suits this dataset.
    fn defaults(&self) -> Defaults;
    /// Most points the pool can have; `None` where more can always be drawn.
    fn pool_limit(&self) -> Option<usize>;
    /// Most different points that exams can have over all replicates; `None` where more can always be drawn. An
    /// interval that treats more answers than these as independent is too narrow.
    fn exam_limit(&self) -> Option<usize> {
        None
    }
    /// The best rule there is, where the data have a density that can be computed: from points (n × dimension) to
    /// P(class | point) (n × classes).
    fn posterior(&self) -> Option<Rule<'_>> {
        None
    }
    /// A fingerprint of what it was read from; 0 where its name says all.
    fn contents(&self) -> u64 {
        0
    }
    /// Things the user should know about how the data were read, such as a column kept out.
    fn remarks(&self) -> &[String];
    /// The same task drawn with other noise, as a dataset that somebody published might be; `None` where there is no
    /// more than one table.
    fn public(&self) -> Option<Arc<dyn Dataset>> {
        None
    }
    /// How the columns of a table become the inputs of the parts that [`Dataset::deal`] deals for this `replicate`, in
    /// the order of the inputs; `None` where examples come without a scale.
    fn scale(&self, replicate: Seed) -> Option<Vec<ColumnScale>> {
        let _ = replicate;
        None
    }
    /// The way back from that scale, for asking somebody who never saw it; `None` where examples come without one.
    fn original(&self, replicate: Seed) -> Option<Original> {
        let _ = replicate;
        None
    }
    /// Deals the parts of one replicate. The same seed deals the same parts.
    fn deal(&self, sizes: Sizes, replicate: Seed) -> Parts;
}

impl dyn Dataset + '_ {
    /// Widths of a network with these hidden layers that answers points of these data: its input first and its classes
    /// last.
    pub fn around(&self, hidden: &[usize]) -> Vec<usize> {
        [&[self.dimension()], hidden, &[self.classes().len()]].concat()
    }
}
