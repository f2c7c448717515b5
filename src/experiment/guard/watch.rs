//! Which accounts are closed in a replicate: detectors learn from honest traffic, are calibrated on some accounts and
//! tried on others.

use std::sync::Arc;

use ndarray::Array2;
use rayon::prelude::*;

use super::copiers::Copier;
use super::population::{asked, honest_log, traffic};
use super::records::watched;
use super::{ALL, AS_MANY, HONEST, RATE, RATES};
use crate::experiment::run::replicate::Replicate;
use crate::finding::Trial;
use crate::oracle::Api;
use crate::oracle::guard::{DETECTORS, Detector, Guard, LOOKS, Scores, detectors};

/// Queries of honest traffic that the detectors learn from.
const TRAFFIC: usize = 4000;
/// Honest accounts that thresholds are learned from, and fresh ones that false alarms are counted on.
const CALIBRATION: usize = 1000;
const FRESH: usize = 500;

/// The detectors of a replicate with what they make of honest accounts.
pub(super) struct Watch {
    pub(super) detectors: Vec<Arc<dyn Detector>>,
    pub(super) calibration: Vec<Scores>,
    fresh: Vec<Scores>,
}

impl Watch {
    /// Opens honest accounts of an API and looks at them.
    pub(super) fn new(replicate: &Replicate, api: &Api) -> Self {
        let seed = replicate.seed("guard");
        let detectors = detectors(&asked(api, traffic(TRAFFIC, seed.child("traffic")).view()));
        let most = LOOKS[LOOKS.len() - 1];
        let accounts = |group: &str, count: usize| {
            let seed = seed.child(group);
            let scores = |account| Scores::of(&detectors, &honest_log(api, most, seed.child(account)));
            (0..count).into_par_iter().map(scores).collect::<Vec<_>>()
        };
        let (calibration, fresh) = (accounts("calibration", CALIBRATION), accounts("fresh", FRESH));
        Self { detectors, calibration, fresh }
    }

    /// A guard of all detectors that closes this share of honest accounts.
    pub(super) fn guard(&self, rate: f64) -> Guard {
        Guard::calibrate(self.detectors.clone(), &self.calibration, rate)
    }

    /// How many accounts, honest ones and copiers', each detector and all together close by each look. With the agreed
    /// share; with other shares at one look only, but for honest accounts over their whole lives.
    pub(super) fn rows(&self, api: &Api, copiers: &[Copier], at: usize) -> Vec<Trial> {
        let scores = |queries: &Array2<f32>| Scores::of(&self.detectors, &asked(api, queries.view()));
        let mut groups = vec![(HONEST, self.fresh.clone()), (AS_MANY, self.fresh.clone())];
        groups.extend(copiers.iter().map(|copier| (copier.name, copier.runs.par_iter().map(scores).collect())));
        let whole = self.detectors.len();
        (0..=whole).into_par_iter().flat_map_iter(|detector| self.rows_of(detector, &groups, at)).collect()
    }

    fn rows_of(&self, detector: usize, groups: &[(&'static str, Vec<Scores>)], at: usize) -> Vec<Trial> {
        let one = self.detectors.get(detector);
        let seen = |all: &[Scores]| match one {
            Some(_) => all.iter().map(|scores| scores.by(detector)).collect(),
            None => all.to_vec(),
        };
        let name = DETECTORS.get(detector).map_or(ALL, |(name, _)| name);
        let own = one.map_or_else(|| self.detectors.clone(), |detector| vec![Arc::clone(detector)]);
        let honest: Vec<Scores> = seen(&self.calibration);
        let mut rows = Vec::new();
        for rate in RATES {
            let guard = Guard::calibrate(own.clone(), &honest, rate);
            for (arm, all) in groups {
                let ends: Vec<(usize, Option<usize>)> =
                    seen(all).iter().map(|scores| (scores.asked(), guard.closes(scores))).collect();
                for look in LOOKS.into_iter().filter(|&look| rate == RATE || look == at || *arm == HONEST) {
                    let counted = || ends.iter().filter(|(asked, _)| *arm != AS_MANY || *asked >= look);
                    let closed = counted().filter(|(_, closed)| closed.is_some_and(|closed| closed <= look)).count();
                    rows.push(watched(arm, (name, rate, look), closed, counted().count()));
                }
            }
        }
        rows
    }
}
