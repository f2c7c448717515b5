//! One frozen exam: the same points for every model of a replicate, the teacher's answers computed once.
//!
//! Agreement (also called fidelity) asks whether two models give the same answer, right or wrong; accuracy asks whether
//! a model is right. They are different questions ([Jagielski et al. 2020](https://arxiv.org/abs/1909.01838)), so both
//! are graded.

use ndarray::{Array2, ArrayView2};

use crate::data::Examples;
use crate::nn::loss::{argmax, cross_entropy, entropy, softmax};
use crate::nn::{Classifier, Mlp, Packed};
use crate::oracle::Examiner;

/// How a model did. Shares are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grades {
    /// P(model gives the teacher's answer) on held-out points of the data.
    pub agreement: f64,
    /// The same on points spread over the box.
    pub off_agreement: f64,
    /// P(model gives the teacher's answer | the teacher is wrong), on held-out points; `None` of a teacher that
    /// is never wrong.
    pub same_mistakes: Option<f64>,
    /// P(model is right) on held-out points.
    pub accuracy: f64,
    /// Mean KL(teacher ‖ model) on held-out points, in nats; `None` for a guesser, who has no
    /// distribution of its own for each point.
    pub divergence: Option<f64>,
}

/// The held-out points, the points off the data, and what the teacher says to both.
pub struct Exam {
    examiner: Examiner,
    test: Examples,
    packed_test: Packed,
    packed_off: Packed,
    off_points: Array2<f32>,
    teacher: Array2<f32>,
    /// Mean entropy of the teacher's answers to the held-out points, in nats.
    entropy: f64,
    teacher_labels: Vec<usize>,
    off_labels: Vec<usize>,
}

impl Exam {
    /// Fixes the exam: `test` held-out examples and `off_points` (n × dimension) spread over the box, neither empty.
    pub fn new(examiner: Examiner, test: Examples, off_points: Array2<f32>) -> Self {
        let teacher = softmax(examiner.logits(test.points.view()));
        let teacher_labels = argmax(teacher.view());
        let off_labels = argmax(examiner.logits(off_points.view()).view());
        let entropy = teacher.rows().into_iter().map(entropy).sum::<f64>() / teacher.nrows() as f64;
        let (packed_test, packed_off) = (Packed::new(test.points.view()), Packed::new(off_points.view()));
        Self { examiner, test, packed_test, packed_off, off_points, teacher, entropy, teacher_labels, off_labels }
    }

    /// Grades a model.
    pub fn grade(&self, model: &impl Classifier) -> Grades {
        let answers = softmax(model.logits_of(&self.packed_test));
        self.grade_answers(&answers, &argmax(model.logits_of(&self.packed_off).view()))
    }

    /// Grades a rule that is no single network: from points (n × dimension) to probabilities (n × classes).
    pub fn grade_rule(&self, rule: impl Fn(ArrayView2<f32>) -> Array2<f32>) -> Grades {
        let off_labels = argmax(rule(self.off_points.view()).view());
        self.grade_answers(&rule(self.test.points.view()), &off_labels)
    }

    fn grade_answers(&self, answers: &Array2<f32>, off_labels: &[usize]) -> Grades {
        let labels = argmax(answers.view());
        let rows = self.teacher.rows().into_iter().zip(answers.rows());
        let surprise = rows.map(|(teacher, model)| cross_entropy(teacher, model)).sum::<f64>() / answers.nrows() as f64;
        // KL(t ‖ p) = H(t, p) − H(t), and the teacher's entropy is the same for every model.
        Grades { divergence: Some(surprise - self.entropy), ..self.compare(&labels, off_labels) }
    }

    /// Grades the teacher itself: its agreement is 1, its accuracy is what its noise allows.
    pub fn grade_teacher(&self) -> Grades {
        Grades { divergence: Some(0.0), ..self.compare(&self.teacher_labels, &self.off_labels) }
    }

    /// What a guesser reaches who knows only how often the teacher gives each answer: Σ pₖ². It guesses without
    /// looking, so its agreement is the same where the teacher is wrong, with the frequencies of those answers.
    pub fn grade_chance(&self) -> Grades {
        let classes = self.teacher.ncols();
        let guess = frequencies(&self.teacher_labels, classes);
        let meets = |labels: &[usize]| {
            guess.iter().zip(frequencies(labels, classes)).map(|(guess, answer)| guess * answer).sum::<f64>()
        };
        let mistakes: Vec<usize> = self.mistakes().map(|(teacher, _)| teacher).collect();
        Grades {
            agreement: meets(&self.teacher_labels),
            off_agreement: meets(&self.off_labels),
            same_mistakes: (!mistakes.is_empty()).then(|| meets(&mistakes)),
            accuracy: meets(&self.test.labels),
            divergence: None,
        }
    }

    /// What is reached without a look at the points: the answer that the teacher gives most often to the held-out ones,
    /// always. A teacher that knows no more than this is right no more often.
    pub fn grade_constant(&self) -> Grades {
        let shares = frequencies(&self.teacher_labels, self.teacher.ncols());
        // The first of equals, as everywhere.
        let most = (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap_or(0);
        self.compare(&vec![most; self.teacher_labels.len()], &vec![most; self.off_labels.len()])
    }

    /// Share of the asked points (n × dimension) on which a model gives the teacher's answer: low here means that
    /// it could not even learn the answers it got; high here and low on the exam means that it got too few.
    pub fn asked_agreement(&self, model: &Mlp, asked: ArrayView2<f32>) -> f64 {
        let teacher = argmax(self.examiner.logits(asked).view());
        let model = argmax(model.logits(asked).view());
        share(teacher.iter().zip(&model).map(|(a, b)| a == b))
    }

    /// The teacher's answers to points of a map or sheet (n × dimension), as class numbers.
    pub fn teacher_answers(&self, points: ArrayView2<f32>) -> Vec<usize> {
        argmax(self.examiner.logits(points).view())
    }

    /// The examiner, for facts about the teacher.
    pub fn examiner(&self) -> &Examiner {
        &self.examiner
    }

    /// The held-out examples.
    pub fn test(&self) -> &Examples {
        &self.test
    }

    fn compare(&self, labels: &[usize], off_labels: &[usize]) -> Grades {
        let same = |(a, b): (&usize, &usize)| a == b;
        let mistakes = self.mistakes().count();
        let repeated = self.mistakes().filter(|&(teacher, row)| labels[row] == teacher).count();
        Grades {
            agreement: share(labels.iter().zip(&self.teacher_labels).map(same)),
            off_agreement: share(off_labels.iter().zip(&self.off_labels).map(same)),
            same_mistakes: (mistakes > 0).then(|| repeated as f64 / mistakes as f64),
            accuracy: share(labels.iter().zip(&self.test.labels).map(same)),
            divergence: None,
        }
    }

    /// The teacher's wrong answers on held-out points, with their rows.
    fn mistakes(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let answers = self.teacher_labels.iter().zip(&self.test.labels).enumerate();
        answers.filter(|(_, (teacher, truth))| teacher != truth).map(|(row, (&teacher, _))| (teacher, row))
    }
}

/// Share of `true`.
fn share(hits: impl ExactSizeIterator<Item = bool>) -> f64 {
    let all = hits.len();
    hits.filter(|&hit| hit).count() as f64 / all as f64
}

fn frequencies(labels: &[usize], classes: usize) -> Vec<f64> {
    let mut counts = vec![0.0; classes];
    for &label in labels {
        counts[label] += 1.0 / labels.len() as f64;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Recipe;
    use crate::oracle::{self, Teacher, Terms};
    use crate::seed::Seed;
    use ndarray::array;

    /// A network that says class 1 where x > edge: trained, since there is no other way to make one.
    fn step(edge: f32) -> (Array2<f32>, Vec<usize>) {
        let points = Array2::from_shape_fn((40, 1), |(i, _)| i as f32 / 5.0 - 4.0);
        let labels = points.iter().map(|&x| usize::from(x > edge)).collect();
        (points, labels)
    }

    fn exam(truth: Vec<usize>) -> (Exam, Mlp) {
        let recipe = Recipe { steps: 800, batch: 40, rate: 0.05, decay: 0.0 };
        let (points, labels) = step(0.1);
        let teacher = Teacher::train(&[1, 8, 2], points.view(), &labels, &recipe, Seed::new(0)).unwrap();
        let mut model = Mlp::new(&[1, 8, 2], &mut Seed::new(1).stream());
        let (points, labels) = step(1.1);
        let targets = crate::nn::loss::one_hot(&labels, 2);
        crate::nn::train(&mut model, points.view(), targets.view(), &recipe, &mut Seed::new(1).stream()).unwrap();
        let (_, examiner) =
            oracle::serve(teacher, Terms { surface: oracle::surface("label").unwrap(), quota: 0, noise: Seed::new(0) });
        // The teacher says 0 0 1 1 1, the model 0 0 0 1 1; off the data they differ on one point of two.
        let test = Examples { points: array![[-3.0], [-1.0], [0.6], [2.0], [3.0]], labels: truth };
        (Exam::new(examiner, test, array![[0.6], [3.5]]), model)
    }

    #[test]
    fn grades_by_hand() {
        // Truth 0 0 0 0 1: the teacher errs at 0.6 and 2.0, and the model repeats the second of these mistakes.
        let (exam, model) = exam(vec![0, 0, 0, 0, 1]);
        let grades = exam.grade(&model);
        assert_eq!((grades.agreement, grades.off_agreement), (0.8, 0.5));
        assert_eq!((grades.accuracy, grades.same_mistakes), (0.8, Some(0.5)));
        assert!(grades.divergence.unwrap() > 0.0);
        assert_eq!(exam.asked_agreement(&model, array![[0.5], [0.7], [3.0], [4.0]].view()), 0.5);
        let teacher = exam.grade_teacher();
        assert_eq!((teacher.agreement, teacher.accuracy, teacher.same_mistakes), (1.0, 0.6, Some(1.0)));
    }

    #[test]
    fn chance_is_the_sum_of_squared_frequencies() {
        let (exam, _) = exam(vec![0, 0, 0, 0, 1]);
        let chance = exam.grade_chance();
        // The teacher's answers: two 0, three 1. Its mistakes are both 1.
        assert!((chance.agreement - (0.16 + 0.36)).abs() < 1e-12);
        assert!((chance.accuracy - (0.4 * 0.8 + 0.6 * 0.2)).abs() < 1e-12);
        assert!((chance.same_mistakes.unwrap() - 0.6).abs() < 1e-12);
        // The teacher mostly says 1: on three of five, right on one of five, and where it errs always.
        let constant = exam.grade_constant();
        assert_eq!((constant.agreement, constant.accuracy, constant.same_mistakes), (0.6, 0.2, Some(1.0)));
    }

    #[test]
    fn a_rule_is_graded_by_its_probabilities() {
        let (exam, model) = exam(vec![0, 0, 0, 0, 1]);
        let (by_rule, direct) = (exam.grade_rule(|points| softmax(model.logits(points))), exam.grade(&model));
        assert_eq!((by_rule.agreement, by_rule.off_agreement), (0.8, 0.5));
        assert!((by_rule.divergence.unwrap() - direct.divergence.unwrap()).abs() < 1e-6);
        // A rule without an opinion is H(teacher, ½) − H(teacher) = ln 2 − H(teacher) away.
        let torn = exam.grade_rule(|points| Array2::from_elem((points.nrows(), 2), 0.5)).divergence.unwrap();
        assert!((torn - (2f64.ln() - exam.entropy)).abs() < 1e-6, "{torn}");
    }

    #[test]
    fn a_teacher_that_is_never_wrong_has_no_mistakes_to_share() {
        let (exam, model) = exam(vec![0, 0, 1, 1, 1]);
        assert_eq!(exam.grade(&model).same_mistakes, None);
        assert_eq!(exam.grade_chance().same_mistakes, None);
    }
}
