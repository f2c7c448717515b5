//! One frozen exam: the same points for every model of a replicate, the teacher's answers computed once.
//!
//! Agreement (also called fidelity) asks whether two models give the same answer, right or wrong; accuracy asks whether
//! a model is right. They are different questions ([Jagielski et al. 2020](https://arxiv.org/abs/1909.01838)), so both
//! are graded.

use ndarray::{Array2, ArrayView2};

use crate::data::Examples;
use crate::nn::loss::{argmax, cross_entropy, entropy, softmax};
use crate::nn::{Classifier, Mlp, Packed};
use crate::oracle::{Answers, Examiner};

/// How a model did. Shares are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grades {
    /// P(model gives the teacher's answer) on held-out points of the data.
    pub agreement: f64,
    /// The same on points spread over the box; `None` where the teacher is not asked about any.
    pub off_agreement: Option<f64>,
    /// P(model gives the teacher's answer | the teacher is wrong), on held-out points; `None` of a teacher that
    /// is never wrong.
    pub same_mistakes: Option<f64>,
    /// P(model is right) on held-out points.
    pub accuracy: f64,
    /// Mean KL(teacher ‖ model) on held-out points, in nats; `None` for a guesser, who has no
    /// distribution of its own for each point.
    pub divergence: Option<f64>,
}

/// The held-out points with the teacher's answers; where it can be asked without being metered, more.
pub struct Exam {
    test: Examples,
    packed_test: Packed,
    teacher: Array2<f32>,
    /// Mean entropy of the teacher's answers to the held-out points, in nats; `None` where it only gave labels.
    entropy: Option<f64>,
    teacher_labels: Vec<usize>,
    inside: Option<Inside>,
}

/// What an examiner adds, who asks without being metered: points off the data, with the teacher's answers.
struct Inside {
    examiner: Examiner,
    packed_off: Packed,
    off_points: Array2<f32>,
    off_labels: Vec<usize>,
}

impl Exam {
    /// Fixes the exam: `test` held-out examples and `off_points` (n × dimension) spread over the box, neither empty.
    pub fn new(examiner: Examiner, test: Examples, off_points: Array2<f32>) -> Self {
        let teacher = softmax(examiner.logits(test.points.view()));
        let off_labels = argmax(examiner.logits(off_points.view()).view());
        let packed_off = Packed::new(off_points.view());
        let inside = Inside { examiner, packed_off, off_points, off_labels };
        let classes = teacher.ncols();
        Self { inside: Some(inside), ..Self::of_answers(test, Answers::Probabilities(teacher), classes) }
    }

    /// The exam of a teacher that is only known by its answers to `test`, not empty, about so many classes.
    pub fn of_answers(test: Examples, answers: Answers, classes: usize) -> Self {
        let shows_all = matches!(answers, Answers::Probabilities(_));
        let teacher = answers.filled(classes);
        let teacher_labels = argmax(teacher.view());
        let mean_entropy = || teacher.rows().into_iter().map(entropy).sum::<f64>() / teacher.nrows() as f64;
        let entropy = shows_all.then(mean_entropy);
        Self { packed_test: Packed::new(test.points.view()), test, teacher, entropy, teacher_labels, inside: None }
    }

    /// Grades a model.
    pub fn grade(&self, model: &impl Classifier) -> Grades {
        let answers = softmax(model.logits_of(&self.packed_test));
        self.grade_answers(&answers, |inside| argmax(model.logits_of(&inside.packed_off).view()))
    }

    /// Grades a rule that is no single network: from points (n × dimension) to probabilities (n × classes).
    pub fn grade_rule(&self, rule: impl Fn(ArrayView2<f32>) -> Array2<f32>) -> Grades {
        self.grade_answers(&rule(self.test.points.view()), |inside| argmax(rule(inside.off_points.view()).view()))
    }

    fn grade_answers(&self, answers: &Array2<f32>, off_labels: impl Fn(&Inside) -> Vec<usize>) -> Grades {
        let labels = argmax(answers.view());
        let rows = self.teacher.rows().into_iter().zip(answers.rows());
        let surprise = rows.map(|(teacher, model)| cross_entropy(teacher, model)).sum::<f64>() / answers.nrows() as f64;
        // KL(t ‖ p) = H(t, p) − H(t), and the teacher's entropy is the same for every model.
        let divergence = self.entropy.map(|entropy| surprise - entropy);
        Grades { divergence, ..self.compare(&labels, off_labels) }
    }

    /// Grades the teacher itself: its agreement is 1, its accuracy is what its noise allows.
    pub fn grade_teacher(&self) -> Grades {
        let divergence = self.entropy.map(|_| 0.0);
        Grades { divergence, ..self.compare(&self.teacher_labels, |inside| inside.off_labels.clone()) }
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
            off_agreement: self.inside.as_ref().map(|inside| meets(&inside.off_labels)),
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
        self.compare(&vec![most; self.teacher_labels.len()], |inside| vec![most; inside.off_labels.len()])
    }

    /// Share of the asked points (n × dimension) on which a model gives the teacher's answer: low here means that
    /// it could not even learn the answers it got; high here and low on the exam means that it got too few. `None`
    /// where the teacher is only known by its answers to the exam.
    pub fn asked_agreement(&self, model: &Mlp, asked: ArrayView2<f32>) -> Option<f64> {
        let examiner = &self.inside.as_ref()?.examiner;
        let teacher = argmax(examiner.logits(asked).view());
        let model = argmax(model.logits(asked).view());
        Some(share(teacher.iter().zip(&model).map(|(a, b)| a == b)))
    }

    /// The teacher's answers to points of a map or sheet (n × dimension), as class numbers.
    ///
    /// # Panics
    /// If the teacher is only known by its answers to the exam.
    pub fn teacher_answers(&self, points: ArrayView2<f32>) -> Vec<usize> {
        argmax(self.examiner().logits(points).view())
    }

    /// The examiner, for facts about the teacher.
    ///
    /// # Panics
    /// If the teacher is only known by its answers to the exam.
    pub fn examiner(&self) -> &Examiner {
        &self.inside.as_ref().expect("a teacher that can be looked at").examiner
    }

    /// The held-out examples.
    pub fn test(&self) -> &Examples {
        &self.test
    }

    fn compare(&self, labels: &[usize], off_labels: impl Fn(&Inside) -> Vec<usize>) -> Grades {
        let same = |(a, b): (&usize, &usize)| a == b;
        let mistakes = self.mistakes().count();
        let repeated = self.mistakes().filter(|&(teacher, row)| labels[row] == teacher).count();
        let off = |inside: &Inside| share(off_labels(inside).iter().zip(&inside.off_labels).map(same));
        Grades {
            agreement: share(labels.iter().zip(&self.teacher_labels).map(same)),
            off_agreement: self.inside.as_ref().map(off),
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
pub(super) mod tests {
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

    /// An exam on points of these classes, whose teacher says 1 above 0.1, and a model that does above 1.1.
    pub(in crate::audit) fn exam(truth: Vec<usize>) -> (Exam, Mlp) {
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
        assert_eq!((grades.agreement, grades.off_agreement), (0.8, Some(0.5)));
        assert_eq!((grades.accuracy, grades.same_mistakes), (0.8, Some(0.5)));
        // Of points that were asked about they differ between the two steps, at 0.5 alone.
        assert_eq!(exam.asked_agreement(&model, array![[0.5], [-2.0], [3.0], [4.0]].view()), Some(0.75));
        let teacher = exam.grade_teacher();
        assert_eq!((teacher.agreement, teacher.accuracy, teacher.same_mistakes), (1.0, 0.6, Some(1.0)));
    }

    /// A model that has these logits, whatever it is asked.
    pub(in crate::audit) struct Fixed(pub(in crate::audit) Array2<f32>);

    impl Classifier for Fixed {
        fn logits(&self, _points: ArrayView2<f32>) -> Array2<f32> {
            self.0.clone()
        }

        fn logits_of(&self, _packed: &Packed) -> Array2<f32> {
            self.0.clone()
        }
    }

    #[test]
    fn divergence_by_hand() {
        // KL((¾, ¼) ‖ (½, ½)) = ¾ ln 3⁄2 − ¼ ln 2 = 0.1308120, KL((½, ½) ‖ (¼, ¾)) = ½ ln 2 − ½ ln 3⁄2 = 0.1438410.
        let test = Examples { points: Array2::zeros((2, 1)), labels: vec![0, 0] };
        let exam = Exam::of_answers(test, Answers::Probabilities(array![[0.75, 0.25], [0.5, 0.5]]), 2);
        let model = array![[0.5f32, 0.5], [0.25, 0.75]];
        let (by_logits, by_rule) =
            (exam.grade(&Fixed(model.mapv(|p| p.ln() + 3.0))), exam.grade_rule(|_| model.clone()));
        for grades in [by_logits, by_rule] {
            assert!((grades.divergence.unwrap() - 0.137_326_5).abs() < 1e-6, "{grades:?}");
        }
        assert_eq!(exam.grade_teacher().divergence, Some(0.0));
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
        assert_eq!((by_rule.agreement, by_rule.off_agreement), (0.8, Some(0.5)));
        assert!((by_rule.divergence.unwrap() - direct.divergence.unwrap()).abs() < 1e-6);
        // A rule without an opinion is H(teacher, ½) − H(teacher) = ln 2 − H(teacher) away.
        let torn = exam.grade_rule(|points| Array2::from_elem((points.nrows(), 2), 0.5)).divergence.unwrap();
        assert!((torn - (2f64.ln() - exam.entropy.unwrap())).abs() < 1e-6, "{torn}");
    }

    #[test]
    fn a_teacher_known_by_its_answers_gets_the_same_grades_as_far_as_they_go() {
        let (exam, model) = exam(vec![0, 0, 0, 0, 1]);
        let (whole, test) = (exam.grade(&model), || exam.test().clone());
        let known = Exam::of_answers(test(), Answers::Probabilities(exam.teacher.clone()), 2).grade(&model);
        assert_eq!(known, Grades { off_agreement: None, ..whole });
        // Labels say nothing of how sure the teacher was.
        let labels = Exam::of_answers(test(), Answers::Labels(vec![0, 0, 1, 1, 1]), 2).grade(&model);
        assert_eq!(labels, Grades { divergence: None, ..known });
    }

    #[test]
    fn a_teacher_that_is_never_wrong_has_no_mistakes_to_share() {
        let (exam, model) = exam(vec![0, 0, 1, 1, 1]);
        assert_eq!(exam.grade(&model).same_mistakes, None);
        assert_eq!(exam.grade_chance().same_mistakes, None);
    }
}
