//! The distillation loop: ask, read the answers, train on them. There is no other source of knowledge here.
//!
//! ```text
//! questions ← strategy        answers ← oracle(questions)        minimise Σ H(answer, student(question))
//! ```
//!
//! What a student is given: an untrained network, an [`Oracle`], unlabelled points, and a random stream of its own. It
//! asks until its account has nothing left. True labels, the teacher and the examiner are out of reach.

use ndarray::Array2;

use crate::nn::{Diverged, Mlp, Recipe, loss::one_hot, train};
use crate::oracle::{Answers, Oracle, Refusal};
use crate::query::{Scene, Strategy};
use crate::seed::Stream;

/// Why there is no student.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DistillError {
    /// The teacher's side refused a question.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Training on the answers ran away.
    #[error(transparent)]
    Diverged(#[from] Diverged),
}

/// Spends what is left in the account on questions of the strategy and trains `student` on the answers.
///
/// # Errors
/// [`DistillError::Refused`] if the oracle refuses, [`DistillError::Diverged`] if training runs away.
pub fn distill(
    mut student: Mlp,
    oracle: &mut dyn Oracle,
    strategy: &dyn Strategy,
    scene: &Scene,
    recipe: &Recipe,
    stream: &mut Stream,
) -> Result<Mlp, DistillError> {
    let questions = strategy.choose(scene, oracle.left(), stream);
    let answers = oracle.ask(questions.view())?;
    let targets = read(answers, oracle.classes());
    train(&mut student, questions.view(), targets.view(), recipe, stream)?;
    Ok(student)
}

/// What a student makes of an answer: a distribution over classes to learn (n × classes).
fn read(answers: Answers, classes: usize) -> Array2<f32> {
    match answers {
        Answers::Probabilities(probabilities) => probabilities,
        Answers::Labels(labels) => one_hot(&labels, classes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::loss::argmax;
    use crate::query::strategy;
    use crate::seed::Seed;
    use ndarray::{ArrayView2, array};

    /// An oracle without a network: the class is the side of x₀ = 0. It remembers what it was asked.
    struct Side {
        quota: usize,
        asked: Vec<f32>,
    }

    impl Oracle for Side {
        fn ask(&mut self, points: ArrayView2<f32>) -> Result<Answers, Refusal> {
            self.asked.extend(points.column(0));
            Ok(Answers::Labels(points.column(0).iter().map(|&x| usize::from(x > 0.0)).collect()))
        }

        fn classes(&self) -> usize {
            2
        }

        fn left(&self) -> usize {
            self.quota - self.asked.len()
        }
    }

    #[test]
    fn learns_from_answers_alone_and_spends_its_quota() {
        let pool = Array2::from_shape_fn((60, 2), |(i, j)| ((i * 2 + j) as f32 * 0.7).sin() * 2.0);
        let scene = Scene { pool: pool.view(), bounds: (-2.0, 2.0) };
        let recipe = Recipe { steps: 300, batch: 16, rate: 0.02, decay: 1e-4 };
        let mut oracle = Side { quota: 40, asked: Vec::new() };
        let student = Mlp::new(&[2, 8, 2], &mut Seed::new(0).stream());
        let natural = strategy("natural").unwrap();
        let student = distill(student, &mut oracle, natural, &scene, &recipe, &mut Seed::new(1).stream()).unwrap();
        assert_eq!(oracle.asked, pool.column(0).to_vec()[..40]);
        let held_out = array![[-1.5, 0.3], [1.5, 0.3], [-0.6, -1.0], [0.6, 1.0]];
        assert_eq!(argmax(student.logits(held_out.view()).view()), [0, 1, 0, 1]);
    }
}
