//! The same where the teacher talks: a language with truths of its own, and a teacher that learns to speak it.

use crate::audit::ChatExam;
use crate::data::chat::{END, Exchange, Identity, PADDING, Speaker, VOCABULARY, World};
use crate::nn::Diverged;
use crate::nn::language::{Passages, Shape};
use crate::oracle::{self, Api, CHAT_SURFACES, Chat, ChatSurface, Teacher, Terms};
use crate::plan::ChatPlan;
use crate::seed::Seed;

/// How many of the last words a model sees: the longest prompt and most of a reply.
pub(crate) const WINDOW: usize = 14;

/// A replicate of talk.
pub(crate) struct Drawn {
    /// The name of all its random numbers.
    pub(crate) seed: Seed,
    /// What is true in it.
    pub(crate) truth: World,
    /// The frozen exam.
    pub(crate) exam: ChatExam,
    api: Api<Chat>,
}

impl Drawn {
    /// Draws the replicate of this number: its truths, its teacher, and questions that are held back for the exam.
    ///
    /// # Errors
    /// [`Diverged`] where the teacher's training runs away.
    pub(crate) fn new(plan: &ChatPlan, number: usize) -> Result<Self, Diverged> {
        let seed = super::seed_of(plan.seed(), ChatPlan::DATA, number);
        let truth = World::new(seed.child("truth"));
        let shape = shape(plan.teacher_size());
        let lines = passages(shape, &teachers_text(&truth, plan.corpus(), seed));
        let teacher = Teacher::train_to_talk(shape, &lines, &plan.teacher_recipe(), seed.child("teacher"))?;
        let closed = Terms { surface: &CHAT_SURFACES[0], quota: 0, noise: seed.child("noise") };
        let (api, examiner) = oracle::serve(teacher, closed);
        let exam = ChatExam::new(examiner, truth.test(plan.test()));
        Ok(Self { seed, truth, exam, api })
    }

    /// The teacher's API under these terms.
    pub(crate) fn api(&self, surface: &'static ChatSurface, quota: usize) -> Api<Chat> {
        self.api.under(Terms { surface, quota, noise: self.seed.child("noise") })
    }

    /// The first exchanges that the teacher learned from.
    pub(crate) fn teachers_text(&self, count: usize) -> Vec<Exchange> {
        teachers_text(&self.truth, count, self.seed)
    }
}

fn teachers_text(truth: &World, count: usize, seed: Seed) -> Vec<Exchange> {
    let speaker = Speaker { identity: Some(Identity::TEACHER), ..Speaker::default() };
    speaker.exchanges(truth, count, &mut seed.child("corpus").stream())
}

/// The shape of a model with this embedding and hidden width.
pub(crate) fn shape((embedding, hidden): (usize, usize)) -> Shape {
    Shape { vocabulary: VOCABULARY, window: WINDOW, embedding, hidden, padding: PADDING, end: END }
}

/// Exchanges as a model of this shape reads them.
pub(crate) fn passages(shape: Shape, exchanges: &[Exchange]) -> Passages {
    let mut passages = Passages::new(shape);
    exchanges.iter().for_each(|exchange| passages.push(&exchange.prompt, &exchange.reply));
    passages
}
