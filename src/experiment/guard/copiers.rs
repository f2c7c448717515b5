//! Copiers: what each of them asks, account by account.

use ndarray::{Array2, s};
use rayon::prelude::*;

use super::ACCOUNTS;
use super::population::{one_customer, traffic};
use crate::data::Sizes;
use crate::experiment::run::RunError;
use crate::experiment::run::replicate::Replicate;
use crate::oracle::Surface;
use crate::plan::Plan;
use crate::query::{Scene, strategy};
use crate::student::Pupil;

/// The copier who asks what one customer would ask: with several accounts, another customer in each.
pub(super) const ONE_CUSTOMER: &str = "as-one-customer";
/// The copier who asks what customers ask taken together: a query of a new customer each time.
const CUSTOMERS: &str = "as-customers";
/// All copiers, by the strategy that they ask by.
pub(super) const COPIERS: [&str; 7] = [ONE_CUSTOMER, CUSTOMERS, "natural", "letters", "uniform", "margin", "jacobian"];

/// Copiers of a kind in one replicate.
pub(super) struct Copier {
    /// What they ask by.
    pub(super) name: &'static str,
    /// The queries of each, as long as nobody stops it (aim × dimension).
    pub(super) runs: Vec<Array2<f32>>,
}

impl Copier {
    /// Copiers of every kind.
    pub(super) fn all(
        plan: &Plan,
        replicate: &Replicate,
        surface: &'static dyn Surface,
        aim: usize,
    ) -> Result<Vec<Self>, RunError> {
        let asks_pool = COPIERS.iter().filter(|name| strategy(name).is_some());
        let most = asks_pool.map(|name| runs(name)).max().unwrap_or(1) * aim;
        let pool = replicate.deal(plan, Sizes { pool: most, ..Sizes::default() }).pool.points;
        let each: Vec<(&str, usize)> =
            COPIERS.iter().flat_map(|&name| (0..runs(name)).map(move |run| (name, run))).collect();
        let asked: Vec<Result<Array2<f32>, RunError>> =
            each.par_iter().map(|&(name, run)| queries(plan, replicate, (surface, &pool), (name, run), aim)).collect();
        let mut asked = asked.into_iter();
        let of_kind = |&name: &&'static str| {
            let runs = asked.by_ref().take(runs(name)).collect::<Result<_, _>>()?;
            Ok(Self { name, runs })
        };
        COPIERS.iter().map(of_kind).collect()
    }

    /// What its accounts ask in a game: one list that they take in turn, or one for each.
    pub(super) fn lists(&self, accounts: usize) -> &[Array2<f32>] {
        &self.runs[..if self.name == ONE_CUSTOMER { accounts } else { 1 }]
    }

    /// Forgets those that play no game: tens of megabytes.
    pub(super) fn keep_players(&mut self) {
        let most = self.lists(ACCOUNTS[ACCOUNTS.len() - 1]).len();
        self.runs.truncate(most);
    }
}

/// How many copiers of a kind are drawn in each replicate: those that look at their student cost a training a round.
fn runs(copier: &str) -> usize {
    match strategy(copier) {
        None if copier == ONE_CUSTOMER => ACCOUNTS[ACCOUNTS.len() - 1],
        Some(strategy) if strategy.adapts() => 2,
        _ => 8,
    }
}

/// The queries (aim × dimension) of a copier of a kind, as long as nobody stops it.
fn queries(
    plan: &Plan,
    replicate: &Replicate,
    (surface, pool): (&'static dyn Surface, &Array2<f32>),
    (copier, run): (&str, usize),
    aim: usize,
) -> Result<Array2<f32>, RunError> {
    let seed = replicate.seed("guard").child(copier).child(run);
    let Some(chosen) = strategy(copier) else {
        return Ok(if copier == ONE_CUSTOMER { one_customer(aim, seed) } else { traffic(aim, seed) });
    };
    // No two copiers of a kind draw on the same points.
    let share = pool.nrows() / runs(copier);
    let own = pool.slice(s![run * share..(run + 1) * share, ..]);
    if !chosen.adapts() {
        let none = own.slice(s![..0, ..]);
        let scene = Scene { pool: own, bounds: plan.data().bounds(), asked: none, student: None };
        return Ok(chosen.choose(&scene, aim, &mut seed.stream()));
    }
    let start = replicate.start(plan, plan.student_hidden());
    let pupil = Pupil::new(&start, own, plan.data().bounds(), plan.student_recipe(), replicate.root());
    let mut account = replicate.open(surface, aim);
    Pupil { strategy: chosen, choosing: seed.stream(), ..pupil }.distill(&mut account).map_err(|problem| {
        RunError::of_student_size(replicate.number(), format!("{copier}, {aim} queries"), problem)
    })?;
    Ok(account.close().queries().clone())
}
