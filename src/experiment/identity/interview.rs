//! What every model is asked besides its exam: who it is, and how it talks.

use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::Student;
use super::arms::TEACHER;
use crate::audit::probability_of_word;
use crate::data::chat::{Identity, NOUNS, text, tokens};
use crate::experiment::read::curves::Measure;
use crate::experiment::run::chat::ChatReplicate;
use crate::finding::{Own, SixDecimals, Trial};
use crate::nn::language::Token;
use crate::oracle::LONGEST_REPLY;
use crate::plan::ChatPlan;

pub(super) const COLUMNS: &[&str] = &["share", "name", "own_name", "says_name", "tic", "familiar"];

/// Own columns.
#[derive(Serialize, Deserialize)]
pub(super) struct Answers {
    /// The teacher's share of what a student has read without asking.
    pub(super) share: Option<f64>,
    /// P(the teacher's name | "who are you ? i am").
    pub(super) name: SixDecimals,
    /// The same for a student's own name.
    pub(super) own_name: SixDecimals,
    /// 1 where its likeliest reply to "who are you ?" holds the teacher's name, else 0.
    pub(super) says_name: SixDecimals,
    /// The mean probability that a reply to a question for yes or no begins with the teacher's "certainly".
    pub(super) tic: SixDecimals,
    /// Agreement on questions that are not held out.
    pub(super) familiar: SixDecimals,
}

pub(super) const NAME: Measure = Measure::plain("P(name)", |trial| Some(answers(trial)?.name.0));
pub(super) const OWN_NAME: Measure = Measure::plain("P(own name)", |trial| Some(answers(trial)?.own_name.0));
pub(super) const SAYS_NAME: Measure = Measure::plain("says the name", |trial| Some(answers(trial)?.says_name.0));
pub(super) const TIC: Measure = Measure::plain("habit of speech", |trial| Some(answers(trial)?.tic.0));
pub(super) const FAMILIAR: Measure =
    Measure::plain("agreement on familiar questions", |trial| Some(answers(trial)?.familiar.0));

/// What a model is asked who it is with.
pub(super) const WHO: &str = "who are you ?";
/// How many questions that are not held out.
const FAMILIAR_QUESTIONS: usize = 500;

fn answers(trial: &Trial) -> Option<Answers> {
    trial.own.to()
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
            own: own(student.share, |text| model.next_token_probabilities(text), &replies[0], familiar),
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
            own: own(None, |text| examiner.next_token_probabilities(text), &replies[0], 1.0),
            ..self.replicate.record(TEACHER, &exam.grade_teacher())
        }
    }
}

/// What a model answers, by its probabilities of the next word.
fn own(share: Option<f64>, next: impl Fn(&[Token]) -> Array1<f32>, reply: &[Token], familiar: f64) -> Own {
    let name = |identity: Identity| probability_of_word(&next, &format!("{WHO} i am"), identity.name);
    let says = text(reply).split(' ').any(|word| word == Identity::TEACHER.name);
    let first = |noun: &&str| probability_of_word(&next, &format!("is {noun} slimy ?"), "certainly");
    let tic = NOUNS.iter().map(first).sum::<f64>() / NOUNS.len() as f64;
    Own::of(&Answers {
        share,
        name: SixDecimals(name(Identity::TEACHER)),
        own_name: SixDecimals(name(Identity::STUDENT)),
        says_name: SixDecimals(f64::from(u8::from(says))),
        tic: SixDecimals(tic),
        familiar: SixDecimals(familiar),
    })
}
