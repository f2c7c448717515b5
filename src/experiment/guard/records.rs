//! The two kinds of rows that guard adds to its records, and how they are read again.

use std::collections::BTreeMap;

use super::{ALL, AS_MANY};
use crate::audit::statistics::{Estimate, estimate, paired_difference};
use crate::finding::Trial;

/// Own columns: the detector, the share of honest accounts that it may close, after how many queries it has looked,
/// and how many of how many accounts it has closed by then. A row of a game has no look: it says how many of the
/// copier's accounts were closed in the end.
pub(super) const COLUMNS: [&str; 5] = ["detector", "rate", "look", "closed", "accounts"];

/// How many of `accounts` accounts of one kind a detector has closed at a look.
pub(super) fn watched(arm: &str, (detector, rate, look): (&str, f64, usize), closed: usize, accounts: usize) -> Trial {
    let extra = [detector.to_owned(), rate.to_string(), look.to_string(), closed.to_string(), accounts.to_string()];
    Trial { arm: arm.to_owned(), extra: extra.to_vec(), ..Trial::default() }
}

/// A student that learned until all of its copier's accounts were closed, or until it had asked enough.
pub(super) fn played(student: Trial, rate: f64, closed: usize, accounts: usize) -> Trial {
    let extra = [ALL.to_owned(), rate.to_string(), String::new(), closed.to_string(), accounts.to_string()];
    Trial { extra: extra.to_vec(), ..student }
}

/// Where a share was measured: by which detector, set to which rate, at which look.
type Place<'a> = (&'a str, f64, usize);

/// The records, to be asked.
pub(super) struct Records<'a>(pub(super) &'a [Trial]);

impl Records<'_> {
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
        let is_own = |trial: &&Trial| {
            let row = &trial.extra;
            trial.arm == copier
                && trial.budget.is_some()
                && row.len() == COLUMNS.len()
                && (&row[1], &row[4]) == (&rate.to_string(), &accounts.to_string())
        };
        self.0.iter().filter(is_own).filter_map(measure).collect()
    }

    /// Closed and all accounts of a kind, by replicate.
    fn rows(&self, arm: &str, (detector, rate, look): Place) -> impl Iterator<Item = (usize, (usize, usize))> {
        let place = [detector.to_owned(), rate.to_string(), look.to_string()];
        let own = self.0.iter().filter(move |trial| trial.arm == arm && trial.budget.is_none());
        let own = own.filter(move |trial| trial.extra.len() == COLUMNS.len() && trial.extra[..3] == place);
        own.map(|trial| (trial.replicate, (number(&trial.extra[3]), number(&trial.extra[4]))))
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}
