//! Answers as a file: a line for each batch, written before an answer is used and read when the next run begins.
//!
//! A line is a JSON document with a check. One that was cut off or edited does not pass and is not used: what it held
//! is asked again.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::metadata::Said;
use super::reading::{Form, Kind};
use crate::checked::read_line;
use crate::oracle::Answers;
use crate::packed::Floats;

/// What was read of a file of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recalled {
    /// Bytes to keep: all whole lines.
    pub sound: usize,
    /// Lines that are not used.
    pub damaged: usize,
    /// Answers that need not be paid for again.
    pub answers: usize,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Entry {
    /// What the model says of itself.
    Model(Said),
    /// How it answers.
    Form(Form),
    /// Answers to a batch of points.
    Batch(Batch),
}

/// Points, row after row, with their answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Batch {
    width: usize,
    points: Floats,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probabilities: Option<Floats>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<usize>>,
}

impl Batch {
    /// Answers to points (n × dimension).
    pub(super) fn of(points: ArrayView2<f32>, answers: &Answers) -> Self {
        let (probabilities, labels) = match answers {
            Answers::Probabilities(rows) => (Some(Floats(rows.iter().copied().collect())), None),
            Answers::Labels(labels) => (None, Some(labels.clone())),
            Answers::Top(_) => unreachable!("no answer is read as one of these"),
        };
        Self { width: points.ncols(), points: Floats(points.iter().copied().collect()), probabilities, labels }
    }

    /// The same again; `None` of what does not fit together.
    pub(super) fn read(self, classes: usize) -> Option<(Array2<f32>, Answers, Kind)> {
        let Self { width, points: Floats(points), probabilities, labels } = self;
        let count = points.len().checked_div(width)?;
        let points = Array2::from_shape_vec((count, width), points).ok()?;
        match (probabilities, labels) {
            (Some(Floats(rows)), None) => {
                let rows = Array2::from_shape_vec((count, classes), rows).ok()?;
                Some((points, Answers::Probabilities(rows), Kind::Probabilities))
            }
            (None, Some(labels)) if labels.len() == count && labels.iter().all(|&label| label < classes) => {
                Some((points, Answers::Labels(labels), Kind::Labels))
            }
            _ => None,
        }
    }
}

/// The entries of a file, and how many bytes and lines of it are sound; `answers` is left to count.
pub(super) fn entries(text: &[u8]) -> (Vec<Entry>, Recalled) {
    let sound = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
    let mut recalled = Recalled { sound, damaged: usize::from(sound < text.len()), answers: 0 };
    let mut entries = Vec::new();
    for line in text[..sound].split_inclusive(|&byte| byte == b'\n') {
        match read_line(line) {
            Some(entry) => entries.push(entry),
            None => recalled.damaged += 1,
        }
    }
    (entries, recalled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::line;
    use ndarray::array;

    #[test]
    fn what_is_kept_is_read_again_to_the_last_bit_and_damage_is_left_out() {
        let points = array![[0.1f32, -0.0], [1e-40, 3.4e38]];
        let answers = Answers::Probabilities(array![[0.3f32, 0.7], [1.0, 1e-45]]);
        let whole = line(&Entry::Batch(Batch::of(points.view(), &answers))).unwrap();
        let labels = line(&Entry::Batch(Batch::of(points.view(), &Answers::Labels(vec![1, 0])))).unwrap();
        let edited = labels.replace("[1,0]", "[0,0]");
        let text = format!("{whole}{edited}{labels}{}", &whole[..whole.len() / 2]);
        let (entries, recalled) = entries(text.as_bytes());
        assert_eq!((entries.len(), recalled.damaged), (2, 2));
        assert_eq!(recalled.sound, text.len() - whole.len() / 2);
        let Entry::Batch(batch) = entries[0].clone() else { panic!("a batch") };
        let (again, answered, kind) = batch.clone().read(2).unwrap();
        assert!(again.iter().zip(&points).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert_eq!((answered, kind), (answers, Kind::Probabilities));
        // Answers about other classes are no answers here.
        assert!(batch.read(3).is_none());
    }
}
