//! One replicate of the world that talks: a language with its truths, a teacher behind the door, a frozen exam.

use crate::audit::ChatExam;
use crate::data::chat::{self, Exchange, Identity, Speaker, questions};
use crate::experiment::RunError;
use crate::finding::Trial;
use crate::nn::language::{LanguageModel, Passages, Shape, Token};
use crate::oracle::{self, Account, Chat, ChatSurface, Desk, Teacher, Terms};
use crate::plan::ChatPlan;
use crate::seed::{Seed, Stream};
use crate::student::{ChatPupil, DistillError};

/// How many of the last words a model sees: the longest prompt and most of a reply.
const WINDOW: usize = 14;
/// The share of questions about the teacher itself, among those of people who ask whatever comes to mind.
pub(super) const CURIOSITY: f32 = 0.02;

/// Everything that the arms of one replicate share.
pub struct ChatWorld {
    replicate: usize,
    seed: Seed,
    truth: chat::World,
    desk: Desk<Chat>,
    exam: ChatExam,
}

impl ChatWorld {
    /// Draws the world of a replicate and trains its teacher.
    ///
    /// # Errors
    /// [`RunError`] where the teacher's training diverges.
    pub fn build(plan: &ChatPlan, replicate: usize) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("world").child(ChatPlan::DATA).child(replicate);
        let truth = chat::World::new(seed.child("truth"));
        let shape = shape(plan.teacher_size());
        let lines = passages(shape, &teachers_text(&truth, plan.corpus(), seed));
        let teacher = Teacher::train_to_talk(shape, &lines, &plan.teacher_recipe(), seed.child("teacher"))
            .map_err(|diverged| RunError::of_teacher_size(replicate, "teacher", diverged))?;
        let closed = Terms { surface: plan.answers()[0], quota: 0, noise: seed.child("noise") };
        let (desk, examiner) = oracle::serve(teacher, closed);
        let exam = ChatExam::new(examiner, truth.test(plan.test()));
        Ok(Self { replicate, seed, truth, desk, exam })
    }

    /// Which replicate this is, from 0.
    pub fn replicate(&self) -> usize {
        self.replicate
    }

    /// The frozen exam.
    pub fn exam(&self) -> &ChatExam {
        &self.exam
    }

    /// The name of this world's random numbers for one purpose.
    pub(in crate::experiment) fn seed(&self, purpose: &str) -> Seed {
        self.seed.child(purpose)
    }

    /// Random numbers of this world for one purpose.
    fn stream(&self, purpose: &str) -> Stream {
        self.seed(purpose).stream()
    }

    /// An account with the teacher; what it is told depends on who asks.
    pub fn open(&self, surface: &'static ChatSurface, quota: usize, customer: &str) -> Account<Chat> {
        self.desk.under(Terms { surface, quota, noise: self.seed("noise").child(customer) }).open()
    }

    /// The first prompts of somebody who asks about facts and, in this share of cases, about the teacher itself.
    pub fn prompts(&self, count: usize, about_itself: f32, customer: &str) -> Vec<Vec<Token>> {
        let mut stream = self.seed("asking").child(customer).stream();
        questions(&self.truth, count, about_itself, &mut stream).into_iter().map(|question| question.prompt()).collect()
    }

    /// The first exchanges that the teacher learned from, for another to learn from.
    pub(in crate::experiment) fn teachers_text(&self, count: usize) -> Vec<Exchange> {
        teachers_text(&self.truth, count, self.seed)
    }

    /// True exchanges by somebody else, who says this of himself or nothing.
    pub(in crate::experiment) fn web_text(&self, count: usize, identity: Option<Identity>) -> Vec<Exchange> {
        let speaker = Speaker { identity, ..Speaker::default() };
        speaker.exchanges(&self.truth, count, &mut self.stream("web"))
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
    ) -> Result<LanguageModel, RunError> {
        let start = self.untrained(plan);
        let pupil = ChatPupil { start: &start, recipe: plan.student_recipe(), batches: self.stream("batches") };
        let mut account = self.open(surface, prompts.len(), "student");
        let failed = |problem| self.failed(format!("{} from {} prompts", surface.name, prompts.len()), problem);
        pupil.distill(&mut account, prompts).map_err(failed)
    }

    /// A student that reads exchanges and asks nobody.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(in crate::experiment) fn read(
        &self,
        plan: &ChatPlan,
        model: &str,
        lines: &[Exchange],
    ) -> Result<LanguageModel, RunError> {
        let start = self.untrained(plan);
        let pupil = ChatPupil { start: &start, recipe: plan.student_recipe(), batches: self.stream("batches") };
        let lines = passages(start.shape(), lines);
        pupil.learn(&lines).map_err(|problem| self.failed(model.to_owned(), problem))
    }

    /// An untrained student: every arm starts from the same weights, so that differences are paired.
    pub(in crate::experiment) fn untrained(&self, plan: &ChatPlan) -> LanguageModel {
        LanguageModel::new(shape(plan.student_size()), &mut self.stream("student"))
    }

    pub(in crate::experiment) fn failed(&self, model: String, problem: impl Into<DistillError>) -> RunError {
        RunError::of_student_size(self.replicate, model, problem)
    }

    /// The row of records of a model, with the grades of its exam.
    pub(in crate::experiment) fn record(&self, arm: &str, model: &LanguageModel) -> Trial {
        let grades = self.exam.grade(model);
        Trial {
            data: ChatPlan::DATA.to_owned(),
            replicate: self.replicate,
            arm: arm.to_owned(),
            agreement: Some(grades.agreement),
            same_mistakes: grades.same_mistakes,
            accuracy: Some(grades.accuracy),
            ..Trial::default()
        }
    }
}

fn teachers_text(truth: &chat::World, count: usize, seed: Seed) -> Vec<Exchange> {
    let speaker = Speaker { identity: Some(Identity::TEACHER), ..Speaker::default() };
    speaker.exchanges(truth, count, &mut seed.child("corpus").stream())
}

/// The shape of a model with this embedding and hidden width.
pub(in crate::experiment) fn shape((embedding, hidden): (usize, usize)) -> Shape {
    let (padding, end) = (chat::PADDING, chat::END);
    Shape { vocabulary: chat::VOCABULARY, window: WINDOW, embedding, hidden, padding, end }
}

/// Exchanges as a model of this shape reads them.
pub(in crate::experiment) fn passages(shape: Shape, exchanges: &[Exchange]) -> Passages {
    let mut passages = Passages::new(shape);
    exchanges.iter().for_each(|exchange| passages.push(&exchange.prompt, &exchange.reply));
    passages
}
