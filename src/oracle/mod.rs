//! The only door to the teacher.
//!
//! A [`Teacher`] can be trained and served, and nothing else: what computes its answers is private to this module.
//! [`serve`] takes it by value and hands back two things. The [`Api`] opens accounts; an [`Account`] answers
//! queries through its surface, meters them and logs them. The [`Examiner`] sees the teacher unmetered, for audits.
//! A student is handed neither: it sees an [`Oracle`], which takes a batch of points and gives answers or a refusal.
//!
//! ```text
//!                        ┌───────────── oracle ─────────────┐
//!  student ── ask(batch) │ Account: meter, log ── Surface ──│── Teacher
//!          ── answers ── │   (Api opens it)                 │      │
//!  audit ──── Examiner ──│──────────────────────────────────│──────┘
//!                        └──────────────────────────────────┘
//! ```
//!
//! ```
//! use distill_lab::nn::{Mlp, Recipe};
//! use distill_lab::oracle::{self, Answers, Oracle, Teacher, Terms};
//! use distill_lab::seed::Seed;
//! use ndarray::array;
//!
//! let recipe = Recipe { steps: 200, batch: 4, rate: 0.05, decay: 0.0 };
//! let (points, labels) = (array![[-1.0], [-2.0], [1.0], [2.0]], [0, 0, 1, 1]);
//! let teacher = Teacher::train(&[1, 8, 2], points.view(), &labels, &recipe, Seed::new(0))?;
//!
//! let terms = Terms { surface: oracle::surface("label").unwrap(), quota: 3, noise: Seed::new(1) };
//! let (api, _examiner) = oracle::serve(teacher, terms);
//! let mut account = api.open();
//! assert_eq!(account.ask(array![[-3.0], [3.0]].view())?, Answers::Labels(vec![0, 1]));
//!
//! // One query is left. A batch of two is refused whole: nothing answered, nothing counted.
//! assert!(account.ask(array![[0.1], [0.2]].view()).is_err());
//! assert_eq!(account.left(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
mod alarm;
mod chat;
pub mod guard;
mod log;
mod medium;
mod meter;
mod points;
mod refusal;
mod split;
mod surface;
mod teacher;

use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView2};

use crate::nn::language::{LanguageModel, Token};

pub use crate::nn::language::Manner;

pub use account::{Account, Api, Terms};
pub use alarm::Alarm;
pub use chat::{CHAT_SURFACES, Chat, ChatSurface, LONGEST_REPLY, Reply, chat_surface};
pub use log::Log;
pub use medium::Medium;
pub use meter::Meter;
pub use points::{Noted, Points};
pub use refusal::Refusal;
pub use split::Split;
pub use surface::{Answers, FirstChoice, Label, SURFACES, Surface, surface};
pub use teacher::Teacher;

/// What a student sees of a teacher: queries in, answers or a refusal out.
pub trait Oracle<M: Medium = Points> {
    /// Answers a batch, or none of it. A batch of points is n × dimension.
    ///
    /// Every answered point is one query, whatever it was asked for.
    ///
    /// # Errors
    /// A [`Refusal`] answers nothing and counts nothing.
    fn ask(&mut self, batch: M::Batch<'_>) -> Result<M::Answers, Refusal>;

    /// How many classes, or words, an answer chooses from.
    fn classes(&self) -> usize;

    /// How many more queries will be answered, unless an alarm sounds.
    fn left(&self) -> usize;
}

/// Puts a teacher behind an API, under terms. The teacher is moved: only accounts and the examiner reach it.
pub fn serve<M: Medium>(teacher: Teacher<M>, terms: Terms<M>) -> (Api<M>, Examiner<M>) {
    let teacher = Arc::new(teacher);
    (Api::new(Arc::clone(&teacher), terms), Examiner { teacher })
}

/// An auditor's unmetered view of the teacher. It never reaches a student.
pub struct Examiner<M: Medium = Points> {
    teacher: Arc<Teacher<M>>,
}

impl Examiner {
    /// The teacher's logits (n × classes) for points (n × dimension). Not counted, not logged.
    pub fn logits(&self, points: ArrayView2<f32>) -> Array2<f32> {
        self.teacher.model().logits(points)
    }

    /// The teacher's weights (out × in) and bias (out), layer by layer: what its owner has and nobody else.
    pub fn layers(&self) -> impl Iterator<Item = (ArrayView2<'_, f32>, &[f32])> {
        self.teacher.model().layers()
    }
}

impl Examiner<Chat> {
    /// The teacher itself: what its owner has and nobody else.
    pub fn model(&self) -> &LanguageModel {
        self.teacher.model()
    }

    /// What the teacher says to prompts when it takes the likeliest word each time. Not counted, not logged.
    pub fn greedy(&self, prompts: &[Vec<Token>]) -> Vec<Vec<Token>> {
        self.teacher.model().greedy(prompts, LONGEST_REPLY)
    }

    /// How many of the teacher's hidden units fire at least once while it says these replies to these prompts.
    pub fn units_that_fire(&self, prompts: &[Vec<Token>], replies: &[Vec<Token>]) -> usize {
        self.teacher.model().units_that_fire(prompts, replies)
    }

    /// The teacher's probabilities of the word that follows a text.
    pub fn next_token_probabilities(&self, text: &[Token]) -> Array1<f32> {
        self.teacher.model().next_token_probabilities(text)
    }
}

impl<M: Medium> Examiner<M> {
    /// Floating-point operations that training the teacher took, counted from shapes.
    pub fn training_flops(&self) -> u64 {
        self.teacher.training_flops()
    }
}
