//! What is prepared once, and what happens in each replicate: probes are found, suspects trained, all are questioned.
//!
//! The owner's references and the crowd of innocents never met a teacher, so no replicate is special to them: they are
//! trained once, and every replicate's suspects are held against the same crowd. A crowd that happens to lie low
//! therefore lies low in every replicate: intervals over replicates are those of *this* crowd and these references.
//!
//! The same holds for the models of the teacher's size. The ensemble is made of them and not of the owner's references,
//! which define the probes and agree on none of them: it takes five models more to train, about a tenth of the run.

use rayon::prelude::*;

use super::kind::{Kind, MEMBERS};
use super::school::{self, Suspect};
use super::{AGAINST, CROWD, PROBE_COUNTS, PROBES, SIDES, crowd_size};
use crate::audit::ranks::p_value;
use crate::audit::{Grades, Probes};
use crate::data::Sizes;
use crate::experiment::{Chapter, Exhibits, Replicate, RunError, Seen, Study};
use crate::finding::Trial;
use crate::nn::{Ensemble, Mlp};
use crate::plan::Plan;
use crate::seed::Seed;

/// References of the owner's own.
pub(super) const REFERENCES: usize = 8;
/// Pieces of held-out inputs that probes are looked for among, each as large as the exam.
const HELD_OUT: usize = 10;

/// Those who never met a teacher.
pub(super) struct Court {
    budgets: Vec<usize>,
    references: Vec<Mlp>,
    /// Innocents of the teacher's size: the members of the ensemble, the first of them suspects themselves.
    large: Vec<Suspect>,
    /// The crowd: each with the budget it was trained at.
    crowd: Vec<(usize, Suspect)>,
}

/// One of them, before training.
#[derive(Debug)]
enum Member {
    Reference(usize),
    Large(usize),
    Crowd(usize, usize),
}

impl Court {
    /// Trains references, crowd and the innocents of the teacher's size.
    pub(super) fn convene(plan: &Plan, budgets: Vec<usize>, journal: &Chapter) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("crowd").child(plan.data().name());
        let training = plan.sizes().training;
        let train = |member: &Member| match *member {
            Member::Reference(number) => school::innocent(plan, seed.child("reference").child(number), training, true),
            Member::Large(number) => school::innocent(plan, seed.child("large").child(number), training, true),
            Member::Crowd(budget, number) => school::innocent(plan, seed.child(budget).child(number), budget, false),
        };
        // Kept as networks: every replicate has other probes for them.
        let train = |member: &Member| journal.keep(format!("{member:?}"), 1, || train(member));
        // The slowest first.
        let members: Vec<Member> = (0..REFERENCES)
            .map(Member::Reference)
            .chain((0..MEMBERS).map(Member::Large))
            .chain(budgets.iter().flat_map(|&at| (0..crowd_size(at, &budgets)).map(move |n| Member::Crowd(at, n))))
            .collect();
        let trained: Vec<Result<Suspect, RunError>> = members.par_iter().with_max_len(1).map(train).collect();
        let mut court = Self { budgets, references: Vec::new(), large: Vec::new(), crowd: Vec::new() };
        for (member, suspect) in members.iter().zip(trained) {
            match *member {
                Member::Reference(_) => court.references.push(suspect?.net),
                Member::Large(_) => court.large.push(suspect?),
                Member::Crowd(budget, _) => court.crowd.push((budget, suspect?)),
            }
        }
        Ok(court)
    }

    /// How many models are trained for so many replicates.
    pub(super) fn models(budgets: &[usize], replicates: usize) -> usize {
        let crowd: usize = budgets.iter().map(|&budget| crowd_size(budget, budgets)).sum();
        REFERENCES + MEMBERS + crowd + replicates * trained_in_a_replicate(budgets).len()
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

impl Study for Court {
    fn look(&self, plan: &Plan, replicate: &Replicate, journal: &Chapter) -> Result<Seen, RunError> {
        let wanted = Sizes { test: plan.sizes().test, ..Sizes::default() };
        let held_out = |piece: usize| plan.data().deal(wanted, replicate.seed("probes").child(piece)).test.points;
        let probes = Probes::among((0..HELD_OUT).map(held_out), replicate.exam(), &self.references);

        let row = |arm: &str, (crowd, number): (usize, usize), grades: Grades, agrees: &[bool]| Trial {
            extra: own_values(crowd, number, agrees),
            ..replicate.row(plan, arm, grades)
        };
        let examined = |arm: &str, place: (usize, usize), suspect: &Suspect| Trial {
            budget: Some(suspect.examples),
            queries: suspect.queries,
            flops: Some(suspect.flops),
            ..row(arm, place, replicate.exam().grade(&suspect.net), &probes.agrees(&suspect.net))
        };
        let members: Vec<(usize, &(usize, Suspect))> = self.crowd.iter().enumerate().collect();
        let crowd = members.par_iter().map(|(number, (at, suspect))| examined(CROWD, (*at, *number), suspect));
        let mut rows: Vec<Trial> = crowd.collect();

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
                let suspect = school::suspect(plan, replicate, kind, budget, number)?;
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

/// Fills the last column: the p-value of everybody who is not of the crowd.
fn judge(rows: &mut [Trial]) {
    let sided = |row: &Trial| row.extra[SIDES].parse().unwrap_or(0.0);
    let crowd: Vec<(String, f64)> =
        rows.iter().filter(|row| row.arm == CROWD).map(|row| (row.extra[AGAINST].clone(), sided(row))).collect();
    for row in rows {
        let own: Vec<f64> = crowd.iter().filter(|(at, _)| *at == row.extra[AGAINST]).map(|(_, sided)| *sided).collect();
        let known = row.arm != CROWD && row.extra[PROBES] != "0";
        row.extra.push(if known { format!("{:.6}", p_value(sided(row), &own)) } else { String::new() });
    }
}

/// The columns of [`super::COLUMNS`] but the last: on how many of the first probes a suspect gives the teacher's
/// answer, nothing where there are not so many.
fn own_values(crowd: usize, number: usize, agrees: &[bool]) -> Vec<String> {
    let agreed = |first: usize| agrees[..first].iter().filter(|&&agrees| agrees).count().to_string();
    let counts = PROBE_COUNTS.iter().map(|&n| if n <= agrees.len() { agreed(n) } else { String::new() });
    let whole = [number.to_string(), crowd.to_string(), agrees.len().to_string(), agreed(agrees.len())];
    whole.into_iter().chain(counts).collect()
}
