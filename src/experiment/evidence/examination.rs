//! What is prepared once, and what happens in each replicate: probes are found, suspects are trained, all are examined.
//!
//! The owner's models and the reference models never met a teacher, so no replicate is special to them: they are
//! trained once, and the suspects of every replicate are compared with the same reference models. Reference models
//! that happen to have low values have them in every replicate: intervals over replicates do not include that luck.
//!
//! The same holds for the models of the teacher's size. The ensemble is made of them and not of the owner's models,
//! which define the probes and agree on none of them: it takes five models more to train, about a tenth of the run.

use rayon::prelude::*;

use super::kind::{Kind, MEMBERS};
use super::{Examined, PROBE_COUNTS, REFERENCE, references_at};
use crate::audit::ranks::p_value;
use crate::audit::{Grades, Probes};
use crate::data::Sizes;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::spec::{ModelSpec, Seeds, Size, Source};
use crate::experiment::run::train::{Model, Trainer};
use crate::experiment::run::{Chapter, RunError, in_order};
use crate::finding::{Own, SixDecimals, Trial};
use crate::nn::{Ensemble, Mlp};
use crate::plan::Plan;
use crate::seed::Seed;

/// Models of the owner's own, by which probes are found.
pub(super) const OWNED: usize = 8;
/// Pieces of held-out inputs that probes are looked for among, each as large as the exam.
const HELD_OUT: usize = 10;

/// The models that never met a teacher, and the suspects' budgets.
pub(super) struct Examination<'a> {
    plan: &'a Plan,
    budgets: Vec<usize>,
    owned: Vec<Mlp>,
    /// Independent models of the teacher's size: the members of the ensemble, the first of them suspects themselves.
    large: Vec<Model>,
    /// The reference models of every budget.
    references: Vec<Model>,
}

impl<'a> Examination<'a> {
    /// Trains the owner's models, the reference models and the independent models of the teacher's size.
    pub(super) fn prepare(plan: &'a Plan, budgets: Vec<usize>, journal: &Chapter) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("crowd").child(plan.data().name());
        let (training, small) = (plan.sizes().training, || Size::Student(plan.student_hidden().to_vec()));
        let independent = |size: Size, seed: Seed| ModelSpec::independent(size, Source::OwnPool, Seeds::Own(seed));
        let large = |group: &str, number: usize| {
            let name = format!("{group} {number}");
            (name, independent(Size::Teacher, seed.child(group).child(number)), training)
        };
        let reference = |at: usize, number: usize| {
            (format!("{REFERENCE} {at} {number}"), independent(small(), seed.child(at).child(number)), at)
        };
        // The slowest first.
        let mut members: Vec<(String, ModelSpec, usize)> =
            (0..OWNED).map(|number| large("reference", number)).collect();
        members.extend((0..MEMBERS).map(|number| large("large", number)));
        for &at in &budgets {
            members.extend((0..references_at(at, &budgets)).map(|number| reference(at, number)));
        }
        // Kept as networks: every replicate has other probes for them.
        let train = |(name, spec, examples): &(String, ModelSpec, usize)| {
            journal.keep(name, 1, || Ok(Trainer::without_replicate(plan).train_one(spec, *examples)?.model))
        };
        let mut owned: Vec<Model> = in_order(members.par_iter().with_max_len(1).map(train).collect())?;
        let mut large = owned.split_off(OWNED);
        let references = large.split_off(MEMBERS);
        let owned = owned.into_iter().map(|model| model.net).collect();
        Ok(Self { plan, budgets, owned, large, references })
    }

    /// How many models are trained for this number of replicates.
    pub(super) fn models(budgets: &[usize], replicates: usize) -> usize {
        let references: usize = budgets.iter().map(|&budget| references_at(budget, budgets)).sum();
        OWNED + MEMBERS + references + replicates * trained_in_a_replicate(budgets).len()
    }
}

/// Kind, budget and number of each suspect that is trained anew in a replicate.
fn trained_in_a_replicate(budgets: &[usize]) -> Vec<(Kind, usize, usize)> {
    let kinds = Kind::ALL.into_iter().filter(|kind| !kind.trained_once());
    kinds.flat_map(|kind| suspects_of(kind, budgets)).collect()
}

fn suspects_of(kind: Kind, budgets: &[usize]) -> Vec<(Kind, usize, usize)> {
    let at = |budget: usize| (0..kind.count()).map(move |number| (kind, budget, number));
    kind.budgets(budgets).into_iter().flat_map(at).collect()
}

impl Examination<'_> {
    /// The rows of one replicate: the reference models, then the suspects.
    pub(super) fn look(&self, replicate: &Replicate, journal: &Chapter) -> Result<Vec<Trial>, RunError> {
        let plan = self.plan;
        let wanted = Sizes { test: plan.sizes().test, ..Sizes::default() };
        let held_out = |piece: usize| plan.data().deal(wanted, replicate.seed("probes").child(piece)).test.points;
        let probes = Probes::among((0..HELD_OUT).map(held_out), replicate.exam(), &self.owned);

        let row = |arm: &str, (against, number): (usize, usize), grades: Grades, agrees: &[bool]| Trial {
            own: Own::of(&Examined::of(against, number, agrees)),
            ..replicate.row(plan, arm, grades)
        };
        let examined = |arm: &str, place: (usize, usize), suspect: &Model| Trial {
            budget: Some(suspect.examples),
            queries: suspect.queries,
            flops: Some(suspect.flops),
            ..row(arm, place, replicate.exam().grade(&suspect.net), &probes.agrees(&suspect.net))
        };
        let references = self.references.par_iter().enumerate();
        let references = references.map(|(number, model)| examined(REFERENCE, (model.examples, number), model));
        let mut rows: Vec<Trial> = references.collect();

        let last = self.budgets[self.budgets.len() - 1];
        let large = self.large.iter().take(Kind::InnocentLarge.count()).enumerate();
        rows.extend(large.map(|(number, suspect)| examined(Kind::InnocentLarge.arm(), (last, number), suspect)));
        let members: Vec<&Mlp> = self.large.iter().map(|member| &member.net).collect();
        let ensemble = Ensemble(&members);
        rows.push(Trial {
            budget: Some(self.large.iter().map(|member| member.examples).sum()),
            flops: Some(self.large.iter().map(|member| member.flops).sum()),
            ..row(Kind::Ensemble.arm(), (last, 0), replicate.exam().grade(&ensemble), &probes.agrees(&ensemble))
        });

        let trained = trained_in_a_replicate(&self.budgets);
        let suspects = trained.par_iter().with_max_len(1).map(|&(kind, budget, number)| {
            journal.keep(format!("{} {budget} {number}", kind.arm()), 1, || {
                let seed = replicate.seed("suspects").child(kind.arm()).child(budget).child(number);
                let suspect = Trainer::of(plan, replicate).train_one(&kind.spec(plan, seed), budget)?;
                Ok(examined(kind.arm(), (budget, number), &suspect.model))
            })
        });
        rows.extend(in_order(suspects.collect())?);
        judge(&mut rows);
        Ok(rows)
    }
}

/// Fills in the p-value of every model that is not a reference model.
fn judge(rows: &mut [Trial]) {
    let examined: Vec<Examined> = rows.iter().filter_map(|row| row.own.to()).collect();
    let references: Vec<(usize, f64)> = rows
        .iter()
        .zip(&examined)
        .filter(|(row, _)| row.arm == REFERENCE)
        .map(|(_, own)| (own.against, own.agrees as f64))
        .collect();
    for (row, own) in rows.iter_mut().zip(examined) {
        let among: Vec<f64> =
            references.iter().filter(|(at, _)| *at == own.against).map(|(_, agrees)| *agrees).collect();
        let known = row.arm != REFERENCE && own.probes > 0;
        let p_value = known.then(|| SixDecimals(p_value(own.agrees as f64, &among)));
        row.own = Own::of(&Examined { p_value, ..own });
    }
}

impl Examined {
    /// On how many of all probes, and of the first ones, a model gives the teacher's answer.
    fn of(against: usize, number: usize, agrees: &[bool]) -> Self {
        let count = |first: usize| agrees[..first].iter().filter(|&&agrees| agrees).count();
        Self {
            number,
            against,
            probes: agrees.len(),
            agrees: count(agrees.len()),
            agrees_first: PROBE_COUNTS.map(|first| (first <= agrees.len()).then(|| count(first))),
            p_value: None,
        }
    }
}
