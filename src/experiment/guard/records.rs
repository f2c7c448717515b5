//! The two kinds of rows that guard adds to its records, and how they are read again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ALL, AS_MANY};
use crate::audit::statistics::{Estimate, estimate, paired_difference};
use crate::finding::{Own, Trial};

pub(super) const COLUMNS: &[&str] = &["detector", "rate", "look", "closed", "accounts"];

/// Own columns.
#[derive(Serialize, Deserialize)]
struct Closed {
    /// The detector.
    detector: String,
    /// The share of honest accounts that it may close.
    rate: f64,
    /// After how many queries it has looked; `None` in a game, which says how many were closed in the end.
    look: Option<usize>,
    /// How many accounts it has closed by then, …
    closed: usize,
    /// … of how many.
    accounts: usize,
}

/// How many of `accounts` accounts of one kind a detector has closed at a look.
pub(super) fn watched(arm: &str, (detector, rate, look): Place, closed: usize, accounts: usize) -> Trial {
    let own = Own::of(&Closed { detector: detector.to_owned(), rate, look: Some(look), closed, accounts });
    Trial { arm: arm.to_owned(), own, ..Trial::default() }
}

/// A student that learned until all of its copier's accounts were closed, or until it had asked enough.
pub(super) fn played(student: Trial, rate: f64, closed: usize, accounts: usize) -> Trial {
    let own = Own::of(&Closed { detector: ALL.to_owned(), rate, look: None, closed, accounts });
    Trial { own, ..student }
}

/// Where a share was measured: by which detector, set to which rate, at which look.
type Place<'a> = (&'a str, f64, usize);

/// The records, to be asked.
pub(super) struct Records<'a>(Vec<(&'a Trial, Closed)>);

impl<'a> Records<'a> {
    pub(super) fn of(trials: &'a [Trial]) -> Self {
        Self(trials.iter().filter_map(|trial| Some((trial, trial.own.to()?))).collect())
    }

    /// The share of accounts of a kind that a detector has closed at a look: the mean over replicates with its
    /// interval, since accounts of a replicate have one teacher and one calibration. `None` where there were none.
    pub(super) fn share(&self, arm: &str, place: Place) -> Option<Estimate> {
        let shares: Vec<f64> = self.shares(arm, place).into_values().collect();
        let Estimate { mean, low, high } = (!shares.is_empty()).then(|| estimate(&shares))?;
        Some(Estimate { mean, low: low.max(0.0), high: high.min(1.0) })
    }

    /// How much more often accounts of a kind are closed than honest ones that asked as many, paired by replicate;
    /// `None` where no replicate had both.
    pub(super) fn excess(&self, arm: &str, place: Place) -> Option<Estimate> {
        let (own, honest) = (self.shares(arm, place), self.shares(AS_MANY, place));
        let pairs = own.iter().filter_map(|(replicate, share)| Some((*share, *honest.get(replicate)?)));
        let (own, honest): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let Estimate { mean, low, high } = (!own.is_empty()).then(|| paired_difference(&own, &honest))?;
        // No difference of shares is larger than one; a single replicate keeps that it has no interval.
        let end = |end: f64| if end.is_finite() { end.clamp(-1.0, 1.0) } else { end };
        Some(Estimate { mean, low: end(low), high: end(high) })
    }

    /// How many of how many accounts of a kind are closed, all replicates together.
    pub(super) fn counts(&self, arm: &str, place: Place) -> (usize, usize) {
        let own = self.rows(arm, place);
        own.fold((0, 0), |(closed, accounts), (_, row)| (closed + row.0, accounts + row.1))
    }

    /// The share closed in each replicate that had such accounts.
    fn shares(&self, arm: &str, place: Place) -> BTreeMap<usize, f64> {
        let there = self.rows(arm, place).filter(|(_, (_, accounts))| *accounts > 0);
        there.map(|(replicate, (closed, accounts))| (replicate, closed as f64 / accounts as f64)).collect()
    }

    /// Agreement of a copier's student in the games with this number of accounts; the mean over replicates.
    pub(super) fn agreement(&self, copier: &str, rate: f64, accounts: usize) -> Option<Estimate> {
        self.of_games(copier, rate, accounts, |trial| trial.agreement)
    }

    /// How much more one copier's student agrees than another's, paired by replicate.
    pub(super) fn advantage(&self, (a, b): (&str, &str), rate: f64, accounts: usize) -> Option<Estimate> {
        let of = |copier| self.values_of_games(copier, rate, accounts, |trial| trial.agreement);
        let (a, b) = (of(a), of(b));
        (a.len() == b.len() && !a.is_empty()).then(|| paired_difference(&a, &b))
    }

    /// Queries that were answered in these games.
    pub(super) fn answered(&self, copier: &str, rate: f64, accounts: usize) -> Option<Estimate> {
        self.of_games(copier, rate, accounts, |trial| Some(trial.queries as f64))
    }

    fn of_games(
        &self,
        copier: &str,
        rate: f64,
        accounts: usize,
        measure: fn(&Trial) -> Option<f64>,
    ) -> Option<Estimate> {
        let values = self.values_of_games(copier, rate, accounts, measure);
        (!values.is_empty()).then(|| estimate(&values))
    }

    /// One value a replicate, in their order.
    fn values_of_games(
        &self,
        copier: &str,
        rate: f64,
        accounts: usize,
        measure: fn(&Trial) -> Option<f64>,
    ) -> Vec<f64> {
        let own = self.0.iter().filter(|(trial, row)| {
            trial.arm == copier && row.look.is_none() && (row.rate, row.accounts) == (rate, accounts)
        });
        own.filter_map(|(trial, _)| measure(trial)).collect()
    }

    /// Closed and all accounts of a kind, by replicate.
    fn rows<'b>(
        &'b self,
        arm: &'b str,
        (detector, rate, look): Place<'b>,
    ) -> impl Iterator<Item = (usize, (usize, usize))> + use<'a, 'b> {
        let own = self.0.iter().filter(move |(trial, row)| {
            trial.arm == arm && (row.detector.as_str(), row.rate, row.look) == (detector, rate, Some(look))
        });
        own.map(|(trial, row)| (trial.replicate, (row.closed, row.accounts)))
    }
}
