//! The guard of a teacher of glyphs: detectors that learned from honest customers, and what they make of an account.
//!
//! Customers, detectors and the share of honest accounts that is closed are those of the experiment `guard`.

use std::sync::Arc;

use ndarray::Array2;
use rayon::prelude::*;

use crate::data::{Customer, Dataset, Glyphs};
use crate::oracle::guard::{DETECTORS, Detector, Guard, LOOKS, Scores, Watch, detectors};
use crate::oracle::{Api, Log, Oracle};
use crate::seed::Seed;
use crate::words::{counted, percent};

/// The share of honest accounts that is closed by mistake.
const RATE: f64 = 0.05;
/// Queries of honest traffic that the detectors learn from, and honest accounts that thresholds are learned from.
const TRAFFIC: usize = 4_000;
const CALIBRATION: usize = 1_000;

/// Detectors with their thresholds, and the honest accounts that others are compared with.
pub(super) struct Detectors {
    guard: Arc<Guard>,
    detectors: Vec<Arc<dyn Detector>>,
    honest: Vec<Scores>,
}

/// What a detector makes of an account: shares of honest accounts that are less unusual.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Standing {
    detector: &'static str,
    /// This account's; none where the detector cannot tell.
    own: Option<f64>,
    /// From which on it closes an account; none where it closes nobody.
    limit: Option<f64>,
}

impl Detectors {
    /// Learns from the honest customers of an API.
    pub(super) fn new(api: &Api, seed: Seed) -> Self {
        let detectors = detectors(&asked(api, &traffic(seed.child("traffic"))));
        let seed = seed.child("calibration");
        let scores = |account| Scores::of(&detectors, &honest(api, seed.child(account)));
        let honest: Vec<Scores> = (0..CALIBRATION).into_par_iter().map(scores).collect();
        let guard = Arc::new(Guard::calibrate(detectors.clone(), &honest, RATE));
        Self { guard, detectors, honest }
    }

    /// An alarm for a new account.
    pub(super) fn watch(&self) -> Watch {
        Watch::new(Arc::clone(&self.guard))
    }

    /// What the detectors make of an account at its last look; nothing before the first.
    pub(super) fn standing(&self, log: &Log) -> Vec<Standing> {
        let Some(look) = LOOKS.iter().rposition(|&look| look <= log.len()) else { return Vec::new() };
        let of_look = self.guard.standing(&self.honest, &Scores::of(&self.detectors, log), look);
        let told = |((detector, _), (own, limit)): (&(&'static str, _), _)| Standing { detector, own, limit };
        DETECTORS.iter().zip(of_look).map(told).collect()
    }

    /// Why an account with this log was closed.
    pub(super) fn reason(&self, log: &Log) -> String {
        let standing = self.standing(log);
        let over = |it: &&Standing| it.own.zip(it.limit).is_some_and(|(own, limit)| own >= limit);
        let told = |it: &Standing| format!("{}: more unusual than {}", it.detector, percent(it.own.unwrap_or(1.0)));
        let found: Vec<String> = standing.iter().filter(over).map(told).collect();
        let after = counted(log.len(), "query");
        if found.is_empty() {
            return format!("detected after {after}");
        }
        format!("detected after {after} ({} of honest accounts)", found.join(", "))
    }
}

/// What customers ask, one query each.
fn traffic(seed: Seed) -> Array2<f32> {
    let mut stream = seed.stream();
    let mut queries = Array2::zeros((TRAFFIC, Glyphs::default().dimension()));
    for mut query in queries.rows_mut() {
        let customer = Customer::draw(&mut stream);
        query.assign(&customer.queries(1, &mut stream).row(0));
    }
    queries
}

/// The log of an honest account over its whole life, up to the last look.
fn honest(api: &Api, seed: Seed) -> Log {
    let mut stream = seed.stream();
    let customer = Customer::draw(&mut stream);
    let queries = customer.queries(customer.volume().min(LOOKS[LOOKS.len() - 1]), &mut stream);
    asked(api, &queries)
}

fn asked(api: &Api, queries: &Array2<f32>) -> Log {
    let mut account = api.open();
    account.ask(queries.view()).expect("an account for as many queries");
    account.close()
}
