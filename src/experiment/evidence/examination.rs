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
use super::training::{self, Suspect};
use super::{AGAINST, PROBE_COUNTS, PROBES, REFERENCE, SIDES, references_at};
use crate::audit::ranks::p_value;
use crate::audit::{Grades, Probes};
use crate::data::Sizes;
use crate::experiment::{Chapter, Exhibits, Replicate, RunError, Seen, Study};
use crate::finding::Trial;
use crate::nn::{Ensemble, Mlp};
use crate::plan::Plan;
use crate::seed::Seed;

/// Models of the owner's own, by which probes are found.
pub(super) const OWNED: usize = 8;
/// Pieces of held-out inputs that probes are looked for among, each as large as the exam.
const HELD_OUT: usize = 10;

/// The models that never met a teacher, and the suspects' budgets.
pub(super) struct Examination {
    budgets: Vec<usize>,
    owned: Vec<Mlp>,
    /// Independent models of the teacher's size: the members of the ensemble, the first of them suspects themselves.
    large: Vec<Suspect>,
    /// The reference models, each with the budget it was trained at.
    references: Vec<(usize, Suspect)>,
}

/// One of them, before training.
enum Member {
    Owned(usize),
    Large(usize),
    Reference(usize, usize),
}

impl Member {
    /// Its name in a journal, by older words: they stay, so that older journals can be read.
    fn journal_key(&self) -> String {
        match self {
            Self::Owned(number) => format!("Reference({number})"),
            Self::Large(number) => format!("Large({number})"),
            Self::Reference(budget, number) => format!("Crowd({budget}, {number})"),
        }
    }
}

impl Examination {
    /// Trains the owner's models, the reference models and the independent models of the teacher's size.
    pub(super) fn prepare(plan: &Plan, budgets: Vec<usize>, journal: &Chapter) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("crowd").child(plan.data().name());
        let training = plan.sizes().training;
        let train = |member: &Member| match *member {
            Member::Owned(number) => training::independent(plan, seed.child("reference").child(number), training, true),
            Member::Large(number) => training::independent(plan, seed.child("large").child(number), training, true),
            Member::Reference(budget, number) => {
                training::independent(plan, seed.child(budget).child(number), budget, false)
            }
        };
        // Kept as networks: every replicate has other probes for them.
        let train = |member: &Member| journal.keep(member.journal_key(), 1, || train(member));
        // The slowest first.
        let members: Vec<Member> = (0..OWNED)
            .map(Member::Owned)
            .chain((0..MEMBERS).map(Member::Large))
            .chain(
                budgets.iter().flat_map(|&at| (0..references_at(at, &budgets)).map(move |n| Member::Reference(at, n))),
            )
            .collect();
        let trained: Vec<Result<Suspect, RunError>> = members.par_iter().with_max_len(1).map(train).collect();
        let mut own = Self { budgets, owned: Vec::new(), large: Vec::new(), references: Vec::new() };
        for (member, suspect) in members.iter().zip(trained) {
            match *member {
                Member::Owned(_) => own.owned.push(suspect?.net),
                Member::Large(_) => own.large.push(suspect?),
                Member::Reference(budget, _) => own.references.push((budget, suspect?)),
            }
        }
        Ok(own)
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

impl Study for Examination {
    fn look(&self, plan: &Plan, replicate: &Replicate, journal: &Chapter) -> Result<Seen, RunError> {
        let wanted = Sizes { test: plan.sizes().test, ..Sizes::default() };
        let held_out = |piece: usize| plan.data().deal(wanted, replicate.seed("probes").child(piece)).test.points;
        let probes = Probes::among((0..HELD_OUT).map(held_out), replicate.exam(), &self.owned);

        let row = |arm: &str, (against, number): (usize, usize), grades: Grades, agrees: &[bool]| Trial {
            extra: own_values(against, number, agrees),
            ..replicate.row(plan, arm, grades)
        };
        let examined = |arm: &str, place: (usize, usize), suspect: &Suspect| Trial {
            budget: Some(suspect.examples),
            queries: suspect.queries,
            flops: Some(suspect.flops),
            ..row(arm, place, replicate.exam().grade(&suspect.net), &probes.agrees(&suspect.net))
        };
        let members: Vec<(usize, &(usize, Suspect))> = self.references.iter().enumerate().collect();
        let references = members.par_iter().map(|(number, (at, suspect))| examined(REFERENCE, (*at, *number), suspect));
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
                let suspect = training::suspect(plan, replicate, kind, budget, number)?;
                Ok(examined(kind.arm(), (budget, number), &suspect))
            })
        });
        let suspects: Vec<Result<Trial, RunError>> = suspects.collect();
        for suspect in suspects {
            rows.push(suspect?);
        }
        judge(&mut rows);
        Ok((rows, Exhibits::default()))
    }
}

/// Fills the last column: the p-value of every model that is not a reference model.
fn judge(rows: &mut [Trial]) {
    let sided = |row: &Trial| row.extra[SIDES].parse().unwrap_or(0.0);
    let references: Vec<(String, f64)> =
        rows.iter().filter(|row| row.arm == REFERENCE).map(|row| (row.extra[AGAINST].clone(), sided(row))).collect();
    for row in rows {
        let own: Vec<f64> =
            references.iter().filter(|(at, _)| *at == row.extra[AGAINST]).map(|(_, sided)| *sided).collect();
        let known = row.arm != REFERENCE && row.extra[PROBES] != "0";
        row.extra.push(if known { format!("{:.6}", p_value(sided(row), &own)) } else { String::new() });
    }
}

/// The columns of [`super::COLUMNS`] but the last: on how many of the first probes a suspect gives the teacher's
/// answer, nothing where there are fewer.
fn own_values(against: usize, number: usize, agrees: &[bool]) -> Vec<String> {
    let agreed = |first: usize| agrees[..first].iter().filter(|&&agrees| agrees).count().to_string();
    let counts = PROBE_COUNTS.iter().map(|&n| if n <= agrees.len() { agreed(n) } else { String::new() });
    let whole = [number.to_string(), against.to_string(), agrees.len().to_string(), agreed(agrees.len())];
    whole.into_iter().chain(counts).collect()
}
