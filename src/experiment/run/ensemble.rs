//! Eight independent models that answer together: better than one of them, and none ever met the teacher.
//!
//! Being closer to the teacher than one independent model is therefore no sign of contact: a better model is closer
//! too. Where data can be drawn without end, the members learn from data of their own and one ensemble serves all
//! replicates; a table has none to spare, and there each replicate trains its own on the points to ask about.

use rayon::prelude::*;

use super::replicate::Replicate;
use super::spec::{ModelSpec, Seeds, Size, Source};
use super::train::{Model, Trainer};
use super::{Chapter, RunError, in_order};
use crate::nn::Mlp;
use crate::plan::Plan;
use crate::seed::Seed;

/// Members of an ensemble.
pub(crate) const MEMBERS: usize = 8;

/// Independent models that answer together.
pub(crate) struct Ensemble {
    members: Vec<Model>,
}

impl Ensemble {
    /// Whether one serves all replicates: where data can be drawn without end.
    pub(crate) fn serves_all(plan: &Plan) -> bool {
        plan.data().exam_limit().is_none()
    }

    /// The one that serves all replicates; `None` where data cannot be drawn anew.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(crate) fn of_plan(plan: &Plan, journal: &Chapter) -> Result<Option<Self>, RunError> {
        if !Self::serves_all(plan) {
            return Ok(None);
        }
        let seed = Seed::new(plan.seed()).child("ensemble").child(plan.data().name());
        let trainer = Trainer::without_replicate(plan);
        let member = |number: usize| {
            journal.keep(format!("ensemble {number}"), 1, || {
                member(plan, trainer, Source::OwnIndependent, seed.child(number))
            })
        };
        let members = (0..MEMBERS).into_par_iter().with_max_len(1).map(member).collect();
        Ok(Some(Self { members: in_order(members)? }))
    }

    /// The one of a replicate, on the same examples as its independent model.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(crate) fn of_replicate(plan: &Plan, replicate: &Replicate) -> Result<Self, RunError> {
        let (trainer, seed) = (Trainer::of(plan, replicate), replicate.seed("ensemble"));
        let member = |number: usize| member(plan, trainer, Source::Independent, seed.child(number));
        Ok(Self { members: in_order((0..MEMBERS).into_par_iter().map(member).collect())? })
    }

    /// Its networks.
    pub(crate) fn members(&self) -> Vec<&Mlp> {
        self.members.iter().map(|member| &member.net).collect()
    }

    /// Operations of all its training.
    pub(crate) fn flops(&self) -> u64 {
        self.members.iter().map(|member| member.flops).sum()
    }
}

fn member(plan: &Plan, trainer: Trainer, source: Source, seed: Seed) -> Result<Model, RunError> {
    let spec = ModelSpec::independent(Size::Teacher, source, Seeds::Own(seed));
    Ok(trainer.train_one(&spec, plan.sizes().independent)?.model)
}
