//! Both sides of the API: the first queries of some accounts, their answers, and what the guard saw.

use ndarray::{Array2, ArrayView2, s};

use super::copiers::Copier;
use super::population::honest_log;
use super::watch::Watch;
use super::{HONEST, RATE};
use crate::experiment::run::replicate::Replicate;
use crate::experiment::show::pictures::greys;
use crate::finding::{Bytes, Needle, Watched, WatchedAccount, WatchedReading};
use crate::oracle::guard::{DETECTORS, Guard, LOOKS, Scores};
use crate::oracle::{Api, Oracle};
use crate::plan::Plan;

/// Queries shown of each account, at most.
const SHOWN: usize = 150;
/// Honest accounts beside the copiers: the first that ask as much.
const CUSTOMERS: usize = 5;

/// Honest accounts and the first copier of each kind, watched by one guard; nothing where queries are no images.
pub(super) fn watched(
    plan: &Plan,
    replicate: &Replicate,
    api: &Api,
    watch: &Watch,
    copiers: &[Copier],
) -> Option<Watched> {
    let side = plan.data().image_side()?;
    let first = |queries: &Array2<f32>| queries.slice(s![..queries.nrows().min(SHOWN), ..]).to_owned();
    let honest = |number: usize| honest_log(api, SHOWN, replicate.seed("guard").child("wall").child(number));
    let busy = (0..).map(honest).filter(|log| log.len() == SHOWN).take(CUSTOMERS);
    let customers = busy.map(|log| (HONEST, first(log.queries())));
    let copiers = copiers.iter().map(|copier| (copier.name, first(&copier.runs[0])));

    let (guard, classes) = (watch.guard(RATE), plan.data().classes());
    let account =
        |(actor, queries): (&str, Array2<f32>)| account(api, watch, &guard, actor, queries.view(), classes.len());
    Some(Watched {
        side,
        classes: classes.to_vec(),
        rate: RATE,
        detectors: DETECTORS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        accounts: customers.chain(copiers).map(account).collect(),
    })
}

/// An account that asks these queries, however the guard likes them.
fn account(
    api: &Api,
    watch: &Watch,
    guard: &Guard,
    actor: &str,
    queries: ArrayView2<f32>,
    classes: usize,
) -> WatchedAccount {
    let mut account = api.open();
    let answers = account.ask(queries).expect("an account for as many queries").filled(classes);
    let scores = Scores::of(&watch.detectors, &account.close());
    let needle = |(stranger_than, limit): (Option<f64>, Option<f64>)| Needle { stranger_than, limit };
    let reading = |(look, &asked): (usize, &usize)| WatchedReading {
        asked,
        needles: guard.standing(&watch.calibration, &scores, look).into_iter().map(needle).collect(),
    };
    WatchedAccount {
        actor: actor.to_owned(),
        copies: actor != HONEST,
        questions: Bytes(queries.rows().into_iter().flat_map(greys).collect()),
        answers: Bytes(answers.rows().into_iter().flat_map(greys).collect()),
        readings: LOOKS.iter().enumerate().take_while(|(_, asked)| **asked <= queries.nrows()).map(reading).collect(),
        closed: guard.closes(&scores),
    }
}
