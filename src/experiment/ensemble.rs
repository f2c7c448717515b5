//! Eight independent models that answer together: better than one of them, and none ever met the teacher.
//!
//! Being closer to the teacher than one independent model is therefore no sign of contact: a better model is closer
//! too. Where data can be drawn without end, the members learn from data of their own and one ensemble serves all
//! replicates; a table has none to spare, and there each replicate trains its own on the points to ask about.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::runner::in_order;
use super::{Chapter, Replicate, RunError};
use crate::data::{Examples, Sizes};
use crate::nn::loss::one_hot;
use crate::nn::{Mlp, train};
use crate::plan::Plan;
use crate::seed::Seed;

/// Members of an ensemble.
pub(super) const MEMBERS: usize = 8;

/// Independent models that answer together.
pub(super) struct Ensemble {
    members: Vec<Member>,
}

#[derive(Serialize, Deserialize)]
struct Member {
    net: Mlp,
    flops: u64,
}

impl Ensemble {
    /// The one that serves all replicates; `None` where data cannot be drawn anew.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(super) fn of_plan(plan: &Plan, journal: &Chapter) -> Result<Option<Self>, RunError> {
        if plan.data().exam_limit().is_some() {
            return Ok(None);
        }
        let seed = Seed::new(plan.seed()).child("ensemble").child(plan.data().name());
        let own = |number: usize| {
            let wanted = Sizes { independent: plan.sizes().independent, ..Sizes::default() };
            plan.data().deal(wanted, seed.child(number).child("data")).independent
        };
        let member = |number: usize| {
            journal.keep(format!("ensemble {number}"), 1, || Member::train(plan, seed.child(number), &own(number), 0))
        };
        let members = (0..MEMBERS).into_par_iter().with_max_len(1).map(member).collect();
        Ok(Some(Self { members: in_order(members)? }))
    }

    /// The one of a replicate, on the same examples as its independent model.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(super) fn of_replicate(plan: &Plan, replicate: &Replicate) -> Result<Self, RunError> {
        let wanted = Sizes { independent: plan.sizes().independent, ..Sizes::default() };
        let own = replicate.deal(plan, wanted).independent;
        let member =
            |number: usize| Member::train(plan, replicate.seed("ensemble").child(number), &own, replicate.number());
        Ok(Self { members: in_order((0..MEMBERS).into_par_iter().map(member).collect())? })
    }

    /// Its networks.
    pub(super) fn members(&self) -> Vec<&Mlp> {
        self.members.iter().map(|member| &member.net).collect()
    }

    /// Operations of all its training.
    pub(super) fn flops(&self) -> u64 {
        self.members.iter().map(|member| member.flops).sum()
    }
}

impl Member {
    fn train(plan: &Plan, seed: Seed, own: &Examples, replicate: usize) -> Result<Self, RunError> {
        let mut net = Mlp::new(&plan.teacher_widths(), &mut seed.child("start").stream());
        let (targets, recipe) = (one_hot(&own.labels, plan.data().classes().len()), plan.teacher_recipe());
        train(&mut net, own.points.view(), targets.view(), &recipe, &mut seed.child("batches").stream())
            .map_err(|problem| RunError::of_teacher_size(replicate, "a member of the ensemble", problem))?;
        Ok(Self { flops: recipe.flops(&net, own.labels.len()), net })
    }
}
