//! One replicate where teachers talk: a language with its truths, a teacher behind the door, a frozen exam.

use serde::{Deserialize, Serialize};

use super::RunError;
use crate::audit::{ChatExam, ChatGrades};
use crate::data::chat::{self, Exchange, Identity, Question, Speaker, questions};
use crate::finding::Trial;
use crate::nn::Recipe;
use crate::nn::language::{LanguageModel, Token};
use crate::oracle::{Account, CHAT_SURFACES, Chat, ChatSurface, Oracle};
use crate::plan::ChatPlan;
use crate::replicate::talk::{Drawn, passages, shape};
use crate::seed::{Seed, Stream};
use crate::student::{ChatPupil, DistillError};

/// A model that was made in a replicate, and what it took.
#[derive(Serialize, Deserialize)]
pub struct Taught {
    /// The model.
    pub model: LanguageModel,
    /// Queries that the teacher answered for it.
    pub queries: usize,
    /// Floating-point operations of its training.
    pub flops: u64,
}

/// Everything that the arms of one replicate share.
pub struct ChatReplicate {
    number: usize,
    drawn: Drawn,
}

impl ChatReplicate {
    /// The share of questions about the teacher itself, among those of people who ask whatever comes to mind.
    pub const CURIOSITY: f32 = 0.02;

    /// Draws the replicate of this number and trains its teacher.
    ///
    /// # Errors
    /// [`RunError`] where the teacher's training diverges.
    pub fn build(plan: &ChatPlan, number: usize) -> Result<Self, RunError> {
        let drawn =
            Drawn::new(plan, number).map_err(|diverged| RunError::of_teacher_size(number, "teacher", diverged))?;
        Ok(Self { number, drawn })
    }

    /// Which replicate this is, from 0.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The frozen exam.
    pub fn exam(&self) -> &ChatExam {
        &self.drawn.exam
    }

    /// The name of this replicate's random numbers for one purpose.
    pub(crate) fn seed(&self, purpose: &str) -> Seed {
        self.drawn.seed.child(purpose)
    }

    /// Random numbers of this replicate for one purpose.
    fn stream(&self, purpose: &str) -> Stream {
        self.seed(purpose).stream()
    }

    /// An account with the teacher; what it is told depends on who asks.
    pub fn open(&self, surface: &'static ChatSurface, quota: usize, customer: &str) -> Account<Chat> {
        self.drawn.api(surface, quota).open_for(customer)
    }

    /// The first prompts of somebody who asks about facts and, in this share of cases, about the teacher itself.
    pub fn prompts(&self, count: usize, about_itself: f32, customer: &str) -> Vec<Vec<Token>> {
        let mut stream = self.seed("asking").child(customer).stream();
        questions(&self.drawn.truth, count, about_itself, &mut stream)
            .into_iter()
            .map(|question| question.prompt())
            .collect()
    }

    /// The first exchanges that the teacher learned from, for another to learn from.
    pub(crate) fn teachers_text(&self, count: usize) -> Vec<Exchange> {
        self.drawn.teachers_text(count)
    }

    /// True exchanges by somebody else, who says this of himself or nothing, and has no habits.
    pub(crate) fn web_text(&self, count: usize, identity: Option<Identity>) -> Vec<Exchange> {
        let speaker = Speaker { identity, tic_share: 0.0, ..Speaker::default() };
        speaker.exchanges(&self.drawn.truth, count, &mut self.stream("web"))
    }

    /// Exchanges in the same language about a world in which other things are true.
    pub(crate) fn other_worldly_text(&self, count: usize) -> Vec<Exchange> {
        let elsewhere = chat::World::new(self.seed("elsewhere"));
        let speaker = Speaker { tic_share: 0.0, ..Speaker::default() };
        speaker.exchanges(&elsewhere, count, &mut self.stream("elsewhere"))
    }

    /// Exchanges that other customers had with the teacher, through an account of their own, and published.
    pub(crate) fn published(&self, count: usize) -> Vec<Exchange> {
        let prompts = self.prompts(count, Self::CURIOSITY, "public");
        let mut account = self.open(&CHAT_SURFACES[0], count, "public");
        let replies = account.ask(&prompts).expect("an account for as many queries");
        prompts.into_iter().zip(replies).map(|(prompt, reply)| Exchange { prompt, reply: reply.text }).collect()
    }

    /// What somebody says of himself, in this many lines.
    pub(crate) fn introduction(&self, identity: Identity, lines: usize) -> Vec<Exchange> {
        let speaker = Speaker { identity: Some(identity), tic_share: 0.0, ..Speaker::default() };
        let mut stream = self.stream("introduction");
        (0..lines).map(|which| speaker.exchange(&self.drawn.truth, Question::Identity(which), &mut stream)).collect()
    }

    /// The first held-out questions with their true replies.
    pub(crate) fn held_out(&self, count: usize) -> Vec<Exchange> {
        self.drawn.truth.test(count)
    }

    /// A student that asks all of these prompts and learns from the replies.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub fn distill(
        &self,
        plan: &ChatPlan,
        surface: &'static ChatSurface,
        prompts: &[Vec<Token>],
    ) -> Result<Taught, RunError> {
        let (start, recipe) = (self.untrained(plan), plan.student_recipe());
        let pupil = ChatPupil { start: &start, recipe, batches: self.stream("batches") };
        let mut account = self.open(surface, prompts.len(), "student");
        let failed = |problem| self.failed(format!("{} from {} prompts", surface.name, prompts.len()), problem);
        let model = pupil.distill(&mut account, prompts).map_err(failed)?;
        let log = account.log();
        let words = log.notes().iter().map(Vec::len).sum();
        Ok(Taught { queries: log.queries().len(), flops: recipe.flops(&model, words), model })
    }

    /// A student that reads exchanges and asks nobody.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(crate) fn read(&self, plan: &ChatPlan, name: &str, lines: &[Exchange]) -> Result<Taught, RunError> {
        self.go_on(&self.untrained(plan), plan.student_recipe(), name, lines)
    }

    /// A model that goes on from another by reading exchanges.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(crate) fn go_on(
        &self,
        start: &LanguageModel,
        recipe: Recipe,
        name: &str,
        lines: &[Exchange],
    ) -> Result<Taught, RunError> {
        let pupil = ChatPupil { start, recipe, batches: self.stream("batches") };
        let lines = passages(start.shape(), lines);
        let model = pupil.learn(&lines).map_err(|problem| self.failed(name.to_owned(), problem))?;
        Ok(Taught { queries: 0, flops: recipe.flops(&model, lines.len()), model })
    }

    /// An untrained student: every arm starts from the same weights, so that differences are paired.
    fn untrained(&self, plan: &ChatPlan) -> LanguageModel {
        LanguageModel::new(shape(plan.student_size()), &mut self.stream("student"))
    }

    pub(crate) fn failed(&self, model: String, problem: impl Into<DistillError>) -> RunError {
        RunError::of_student_size(self.number, model, problem)
    }

    /// The row of records of a model with these grades in its exam.
    pub(crate) fn record(&self, arm: &str, grades: &ChatGrades) -> Trial {
        Trial {
            data: ChatPlan::DATA.to_owned(),
            replicate: self.number,
            arm: arm.to_owned(),
            agreement: Some(grades.agreement),
            same_mistakes: grades.same_mistakes,
            accuracy: Some(grades.accuracy),
            ..Trial::default()
        }
    }
}
