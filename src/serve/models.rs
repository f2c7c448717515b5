//! The teachers: each is made as a run of the default plan makes the teacher of its first replicate, and stands behind
//! its API.

use std::sync::Arc;

use ndarray::{Array2, s};

use super::guard::Detectors;
use super::settings::{Choice, Settings};
use super::tensor::{self, Tensor};
use crate::data::Dataset;
use crate::data::chat::Identity;
use crate::nn::Diverged;
use crate::oracle::{Account, Api, Chat, ChatSurface, Meter, Surface};
use crate::plan::{ChatPlan, Plan};
use crate::replicate::{Drawn, seed_of, talk};

/// Points of the exam.
const EXAM: usize = 1_000;
/// Pixels of the map of a teacher in the plane, on each side.
const MAP: usize = 120;

/// A teacher behind its API.
pub(super) enum Model {
    /// It is asked about points.
    Points(Box<PointModel>),
    /// It talks.
    Talks(TalkModel),
}

/// A teacher that is asked about points.
pub(super) struct PointModel {
    pub(super) name: String,
    plan: Plan,
    pub(super) surface: &'static dyn Surface,
    /// What an answer looks like.
    pub(super) tensors: Vec<Tensor>,
    api: Api,
    pub(super) detectors: Option<Detectors>,
    /// Unlabelled points of the data.
    pub(super) pool: Array2<f32>,
    /// Points of the exam, and the teacher's answers.
    pub(super) exam: Array2<f32>,
    key: Vec<usize>,
    /// The teacher's class at each pixel of the box, the top row first; nothing where there is no plane.
    pub(super) map: Vec<usize>,
}

/// A teacher that talks.
pub(super) struct TalkModel {
    pub(super) name: &'static str,
    pub(super) surface: &'static ChatSurface,
    api: Api<Chat>,
}

impl Model {
    /// Trains a teacher and puts it behind an API.
    ///
    /// # Errors
    /// [`Diverged`] where training runs away.
    pub(super) fn train(choice: &Choice, settings: &Settings) -> Result<Self, Diverged> {
        match choice {
            Choice::Points(plan) => PointModel::train(plan, settings).map(|model| Self::Points(Box::new(model))),
            Choice::Talks(plan) => TalkModel::train(plan, settings).map(Self::Talks),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Points(model) => &model.name,
            Self::Talks(model) => model.name,
        }
    }
}

impl PointModel {
    fn train(plan: &Plan, settings: &Settings) -> Result<Self, Diverged> {
        let data = plan.data();
        let seed = seed_of(plan.seed(), data.name(), 0);
        let drawn = Drawn::new(data, plan.sizes(), &plan.teacher_widths(), &plan.teacher_recipe(), seed)?;
        let surface = settings.surface();
        let api = drawn.api(surface, usize::MAX);
        let key = drawn.exam;
        let exam = key.test().points.slice(s![..EXAM.min(key.test().points.nrows()), ..]).to_owned();
        let map = if data.dimension() == 2 { key.teacher_answers(pixels(data.bounds()).view()) } else { Vec::new() };
        let detectors = settings.watches(data.name()).then(|| Detectors::new(&api, seed.child("guard")));
        let key = key.teacher_answers(exam.view());
        let (name, plan, pool) = (data.name().to_owned(), plan.clone(), drawn.pool.points);
        let tensors = tensor::tensors(surface, plan.data().classes().len());
        Ok(Self { name, plan, surface, tensors, api, detectors, pool, exam, key, map })
    }

    /// The data that it learned from.
    pub(super) fn data(&self) -> &dyn Dataset {
        self.plan.data()
    }

    /// An account of this customer on a meter, watched where there is a guard and the account is not exempt.
    pub(super) fn open(&self, meter: &Arc<Meter>, customer: i64, guarded: bool) -> Account {
        match &self.detectors {
            Some(detectors) if guarded => self.api.watched_by(detectors.watch()).open_on(meter, customer),
            _ => self.api.open_on(meter, customer),
        }
    }

    /// The share of the exam on which these labels are the teacher's.
    pub(super) fn agreement(&self, labels: &[usize]) -> f64 {
        let same = self.key.iter().zip(labels).filter(|(teacher, label)| teacher == label).count();
        same as f64 / self.key.len() as f64
    }
}

impl TalkModel {
    /// What a teacher that talks is called, since it says so.
    pub(super) const NAME: &'static str = Identity::TEACHER.name;

    fn train(plan: &ChatPlan, settings: &Settings) -> Result<Self, Diverged> {
        let surface = settings.chat_surface();
        let api = talk::Drawn::new(plan, 0)?.api(surface, usize::MAX);
        Ok(Self { name: Self::NAME, surface, api })
    }

    /// An account of this customer on a meter.
    pub(super) fn open(&self, meter: &Arc<Meter>, customer: i64) -> Account<Chat> {
        self.api.open_on(meter, customer)
    }
}

/// The middles of the pixels of a map of the box, the top row first.
fn pixels((low, high): (f32, f32)) -> Array2<f32> {
    let side = (high - low) / MAP as f32;
    let middle = |pixel: usize| (pixel as f32 + 0.5) * side;
    Array2::from_shape_fn((MAP * MAP, 2), |(pixel, axis)| match axis {
        0 => low + middle(pixel % MAP),
        _ => high - middle(pixel / MAP),
    })
}
