//! The two kinds of rows that guard adds to its records, and how they are read again.

use super::ALL;
use crate::audit::statistics::{Estimate, estimate, share_of};
use crate::finding::Trial;

/// Own columns: the detector, the share of honest accounts that it may close, after how many questions it has looked,
/// and how many of how many accounts it has closed by then. A row of a game has no look: it says how many of the
/// copier's accounts were closed in the end.
pub(super) const COLUMNS: [&str; 5] = ["detector", "rate", "look", "closed", "accounts"];

/// How many of `accounts` accounts of one kind a detector has closed at a look.
pub(super) fn noticed(arm: &str, (detector, rate, look): (&str, f64, usize), closed: usize, accounts: usize) -> Trial {
    let extra = [detector.to_owned(), rate.to_string(), look.to_string(), closed.to_string(), accounts.to_string()];
    Trial { arm: arm.to_owned(), extra: extra.to_vec(), ..Trial::default() }
}

/// A student that learned until all of its copier's accounts were closed, or until it had asked enough.
pub(super) fn played(student: Trial, rate: f64, closed: usize, accounts: usize) -> Trial {
    let extra = [ALL.to_owned(), rate.to_string(), String::new(), closed.to_string(), accounts.to_string()];
    Trial { extra: extra.to_vec(), ..student }
}

/// The records, to be asked.
pub(super) struct Records<'a>(pub(super) &'a [Trial]);

impl Records<'_> {
    /// The share of accounts of a kind that a detector has closed at a look, all worlds together.
    pub(super) fn share(&self, arm: &str, detector: &str, rate: f64, look: usize) -> Estimate {
        let (closed, accounts) = self.counts(arm, detector, rate, look);
        share_of(closed, accounts)
    }

    /// The same as two counts.
    pub(super) fn counts(&self, arm: &str, detector: &str, rate: f64, look: usize) -> (usize, usize) {
        let own = self.rows(arm, detector, rate).filter(|row| row[2] == look.to_string());
        own.fold((0, 0), |(closed, accounts), row| (closed + number(&row[3]), accounts + number(&row[4])))
    }

    /// Agreement of a copier's student in the games with so many accounts; one value a world.
    pub(super) fn agreement(&self, copier: &str, rate: f64, accounts: usize) -> Option<Estimate> {
        self.of_games(copier, rate, accounts, |trial| trial.agreement)
    }

    /// Questions that were answered in these games.
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
        let is_own = |trial: &&Trial| {
            let row = &trial.extra;
            trial.arm == copier
                && trial.budget.is_some()
                && row.len() == COLUMNS.len()
                && (&row[1], &row[4]) == (&rate.to_string(), &accounts.to_string())
        };
        let values: Vec<f64> = self.0.iter().filter(is_own).filter_map(measure).collect();
        (!values.is_empty()).then(|| estimate(&values))
    }

    fn rows(&self, arm: &str, detector: &str, rate: f64) -> impl Iterator<Item = &Vec<String>> {
        let rate = rate.to_string();
        let own = self.0.iter().filter(move |trial| trial.arm == arm && trial.budget.is_none());
        let own = own.map(|trial| &trial.extra).filter(|row| row.len() == COLUMNS.len());
        own.filter(move |row| row[0] == detector && row[1] == rate)
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}
