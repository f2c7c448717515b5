//! Probes: points that tell a teacher's copy from a model that merely learned the same task.
//!
//! ```text
//! probes              = { x : all independent models give one answer, and the teacher gives another }
//! agreement on probes = P(the suspect gives the teacher's answer | x is a probe)
//! ```
//!
//! The independent models are the owner's own. Where all of them agree, the task explains the answer; where the teacher
//! differs from them, its answer is a quirk of its own. To give that answer is like repeating a mistake, but nobody
//! need know the truth ([Maini et al. 2021](https://arxiv.org/abs/2104.10706) test a whole dataset in a similar way).
//!
//! These models decide what is a probe, so they give the teacher's answer on none of them and cannot be suspects
//! themselves: an ensemble that is put to the test needs members of its own.

use ndarray::{Array2, Axis};

use super::Exam;
use crate::nn::loss::argmax;
use crate::nn::{Classifier, Mlp};

/// Inputs on which the teacher stands alone.
pub struct Probes {
    points: Array2<f32>,
    teacher: Vec<usize>,
}

impl Probes {
    /// Those among held-out inputs, which come in pieces (each n × dimension): only probes are kept. There may be none.
    pub fn among(held_out: impl IntoIterator<Item = Array2<f32>>, exam: &Exam, independent: &[Mlp]) -> Self {
        let mut probes = Self { points: Array2::zeros((0, exam.test().points.ncols())), teacher: Vec::new() };
        for piece in held_out {
            let teacher = exam.teacher_answers(piece.view());
            let answer = |model: usize, rows: &[usize]| {
                // All of them are asked as they lie.
                let some = (rows.len() < piece.nrows()).then(|| piece.select(Axis(0), rows));
                argmax(independent[model].logits(some.as_ref().unwrap_or(&piece).view()).view())
            };
            let rows = quirks(&teacher, independent.len(), answer);
            probes.points.append(Axis(0), piece.select(Axis(0), &rows).view()).expect("inputs of one dimension");
            probes.teacher.extend(rows.iter().map(|&row| teacher[row]));
        }
        probes
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.teacher.len()
    }

    /// Whether the teacher never stands alone.
    pub fn is_empty(&self) -> bool {
        self.teacher.is_empty()
    }

    /// Whether a model gives the teacher's answer, probe by probe.
    pub fn agrees(&self, model: &impl Classifier) -> Vec<bool> {
        let answers = argmax(model.logits(self.points.view()).view());
        answers.iter().zip(&self.teacher).map(|(own, teacher)| own == teacher).collect()
    }
}

/// The rows where all independent models give one answer and the teacher another. `answer` asks a model about some rows
/// only: each is asked no more than what those before it left open.
fn quirks(teacher: &[usize], independent: usize, answer: impl Fn(usize, &[usize]) -> Vec<usize>) -> Vec<usize> {
    if independent == 0 {
        return Vec::new();
    }
    let all: Vec<usize> = (0..teacher.len()).collect();
    let first = answer(0, &all);
    let mut rows: Vec<usize> = all.into_iter().filter(|&row| first[row] != teacher[row]).collect();
    for model in 1..independent {
        let answers = answer(model, &rows);
        rows = rows.iter().zip(answers).filter(|(row, answer)| first[**row] == *answer).map(|(row, _)| *row).collect();
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use ndarray::array;

    use super::*;
    use crate::audit::exam::tests::{Fixed, exam};

    #[test]
    fn a_probe_by_hand() {
        let teacher = [0, 1, 2, 0, 1];
        // Row 0: all with the teacher. Row 1: all against it, of one mind. Row 2: against it, of two minds. Row 3: one
        // with the teacher. Row 4: all against it, of one mind.
        let independent = [[0, 0, 1, 2, 2], [0, 0, 0, 2, 2], [0, 0, 1, 0, 2]];
        let asked = Cell::new(0);
        let answer = |model: usize, rows: &[usize]| {
            asked.set(asked.get() + rows.len());
            rows.iter().map(|&row| independent[model][row]).collect()
        };
        assert_eq!(quirks(&teacher, 3, answer), [1, 4]);
        // Five, then the four against the teacher, then the three of one mind so far.
        assert_eq!(asked.get(), 5 + 4 + 3);
    }

    #[test]
    fn probes_lie_between_the_steps_of_the_teacher_and_the_others() {
        let (exam, independent) = exam(vec![0, 0, 0, 0, 1]);
        let others = [independent.clone(), independent.clone()];
        let probes = Probes::among([array![[3.0], [0.5]], array![[0.7], [-3.0], [2.0]]], &exam, &others);
        assert_eq!((probes.len(), probes.is_empty()), (2, false));
        assert_eq!(probes.agrees(&independent), [false, false]);
        // The teacher says 1 to both: a suspect that says 0 and 1 gives its answer once.
        assert_eq!(probes.agrees(&Fixed(array![[0.5, 0.0], [0.0, 0.5]])), [false, true]);
        let none = Probes::among([array![[3.0], [-3.0]]], &exam, &others);
        assert_eq!((none.len(), none.is_empty()), (0, true));
    }

    #[test]
    fn without_independent_models_nobody_stands_alone() {
        assert_eq!(quirks(&[0, 1], 0, |_, rows| rows.to_vec()), [0; 0]);
    }
}
