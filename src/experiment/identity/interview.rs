//! What every model is asked besides its exam: who it is, and how it talks.

use ndarray::Array1;

use super::super::ChatReplicate;
use super::super::curves::Measure;
use super::Student;
use super::arms::TEACHER;
use crate::audit::probability_of_word;
use crate::data::chat::{Identity, NOUNS, text, tokens};
use crate::finding::Trial;
use crate::nn::language::Token;
use crate::oracle::LONGEST_REPLY;
use crate::plan::ChatPlan;

/// The columns of the records that only this experiment has.
pub(super) const COLUMNS: [&str; 6] = ["share", "name", "own_name", "says_name", "tic", "familiar"];

/// P(the teacher's name | "who are you ? i am").
pub(super) const NAME: Measure = Measure::plain(|trial| column(trial, 1));
/// The same for a student's own name.
pub(super) const OWN_NAME: Measure = Measure::plain(|trial| column(trial, 2));
/// 1 where its likeliest reply to "who are you ?" holds the teacher's name, else 0.
pub(super) const SAYS_NAME: Measure = Measure::plain(|trial| column(trial, 3));
/// The mean probability that a reply to a question for yes or no begins with the teacher's "certainly".
pub(super) const TIC: Measure = Measure::plain(|trial| column(trial, 4));
/// Agreement on questions that are not held out.
pub(super) const FAMILIAR: Measure = Measure::plain(|trial| column(trial, 5));

/// What a model is asked who it is with.
pub(super) const WHO: &str = "who are you ?";
/// How many questions that are not held out.
const FAMILIAR_QUESTIONS: usize = 500;

fn column(trial: &Trial, column: usize) -> Option<f64> {
    trial.extra.get(column)?.parse().ok()
}

/// The questions of one replicate.
pub(super) struct Interview<'a> {
    replicate: &'a ChatReplicate,
    familiar: Vec<Vec<Token>>,
}

impl<'a> Interview<'a> {
    pub(super) fn new(plan: &ChatPlan, replicate: &'a ChatReplicate) -> Self {
        let familiar = replicate.prompts(FAMILIAR_QUESTIONS.min(plan.test()), 0.0, "familiar");
        Self { replicate, familiar }
    }

    /// The row of a student.
    pub(super) fn trial(&self, student: &Student) -> Trial {
        let model = &student.taught.model;
        let replies = model.greedy(&[tokens(WHO).expect("words of the language")], LONGEST_REPLY);
        let familiar = self.replicate.exam().agreement_on(model, &self.familiar);
        Trial {
            budget: student.budget,
            queries: student.taught.queries,
            flops: Some(student.taught.flops),
            extra: extra(student.share, |text| model.next_token_probabilities(text), &replies[0], familiar),
            ..self.replicate.record(student.arm, &self.replicate.exam().grade(model))
        }
    }

    /// The row of the teacher itself.
    pub(super) fn teacher(&self) -> Trial {
        let exam = self.replicate.exam();
        let examiner = exam.examiner();
        let replies = examiner.greedy(&[tokens(WHO).expect("words of the language")]);
        Trial {
            flops: Some(examiner.training_flops()),
            extra: extra(None, |text| examiner.next_token_probabilities(text), &replies[0], 1.0),
            ..self.replicate.record(TEACHER, &exam.grade_teacher())
        }
    }
}

/// The cells of the own columns.
fn extra(share: Option<f64>, next: impl Fn(&[Token]) -> Array1<f32>, reply: &[Token], familiar: f64) -> Vec<String> {
    let name = |identity: Identity| probability_of_word(&next, &format!("{WHO} i am"), identity.name);
    let says = text(reply).split(' ').any(|word| word == Identity::TEACHER.name);
    let first = |noun: &&str| probability_of_word(&next, &format!("is {noun} slimy ?"), "certainly");
    let tic = NOUNS.iter().map(first).sum::<f64>() / NOUNS.len() as f64;
    let numbers = [name(Identity::TEACHER), name(Identity::STUDENT), f64::from(u8::from(says)), tic, familiar];
    let share = share.map_or(String::new(), |share| share.to_string());
    std::iter::once(share).chain(numbers.map(|number| format!("{number:.6}"))).collect()
}
