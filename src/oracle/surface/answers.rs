//! Answers as the customer gets them, and the distribution over classes that can be read out of them.
//!
//! An answer may be incomplete or coarse. [`Answers::filled`] makes the least of it: mass that was not shown is spread
//! evenly over the classes that were not shown, and a row that was rounded is scaled until it sums to 1.

use ndarray::{Array2, Axis};

use crate::nn::loss::one_hot;

/// A row this near to 1 is a whole distribution: scaling it would only stir its last bits.
const WHOLE: f32 = 1e-4;

/// Answers to a batch of queries, as the customer gets them.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// n × classes; each row sums to 1, as far as rounding leaves it.
    Probabilities(Array2<f32>),
    /// For each of n queries some classes with their probabilities, the most probable first.
    Top(Vec<Vec<(usize, f32)>>),
    /// n class numbers.
    Labels(Vec<usize>),
}

impl Answers {
    /// A distribution over classes for each answer (n × classes): a label gets all the mass.
    ///
    /// ```
    /// use distill_lab::oracle::Answers;
    /// use ndarray::array;
    ///
    /// // 0.2 were not shown: 0.1 for each of the two other classes.
    /// let top = Answers::Top(vec![vec![(2, 0.5), (0, 0.3)]]).filled(4);
    /// assert!((top - array![[0.3, 0.1, 0.5, 0.1]]).iter().all(|d| d.abs() < 1e-6));
    /// // Rounded to one decimal, the row had lost a tenth.
    /// assert_eq!(Answers::Probabilities(array![[0.6, 0.3, 0.0]]).filled(3), array![[0.6 / 0.9, 0.3 / 0.9, 0.0]]);
    /// ```
    pub fn filled(self, classes: usize) -> Array2<f32> {
        match self {
            Self::Probabilities(mut rows) => {
                rows.axis_iter_mut(Axis(0)).for_each(|mut row| {
                    let total = row.sum();
                    if total == 0.0 {
                        // Many classes, each rounded to nothing: nothing was said.
                        row.fill(1.0 / classes as f32);
                    } else if (total - 1.0).abs() > WHOLE {
                        row /= total;
                    }
                });
                rows
            }
            Self::Top(answers) => {
                let mut rows = Array2::zeros((answers.len(), classes));
                for (mut row, shown) in rows.rows_mut().into_iter().zip(&answers) {
                    let rest = 1.0 - shown.iter().map(|(_, p)| p).sum::<f32>();
                    row.fill(rest.max(0.0) / (classes - shown.len()).max(1) as f32);
                    shown.iter().for_each(|&(class, p)| row[class] = p);
                }
                rows
            }
            Self::Labels(labels) => one_hot(&labels, classes),
        }
    }
}
