//! The records of the experiment, read: how suspects rank among the reference models, on each rung of the ladder.

use std::collections::{BTreeMap, BTreeSet};

use super::clusters::Accused;
use super::kind::Kind;
use super::{Examined, LEVEL, PROBE_COUNTS, REFERENCE};
use crate::audit::ranks::p_value;
use crate::finding::Trial;
use crate::plan::Plan;

/// A measure that suspects are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rung {
    Agreement,
    OffData,
    Mistakes,
    /// Giving the teacher's answer, on all probes: the test.
    Probes,
    /// The same on the first probes, by the place in [`PROBE_COUNTS`].
    First(usize),
}

impl Rung {
    /// From the lowest.
    pub(super) const LADDER: [Self; 4] = [Self::Agreement, Self::OffData, Self::Mistakes, Self::Probes];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::OffData => "off the data",
            Self::Mistakes => "same mistakes",
            Self::Probes | Self::First(_) => "probes",
        }
    }
}

/// A row of the records.
pub(super) struct Row<'a> {
    pub(super) trial: &'a Trial,
    pub(super) own: Examined,
}

impl Row<'_> {
    /// Its value on a rung; `None` where that means nothing.
    pub(super) fn value(&self, rung: Rung) -> Option<f64> {
        let share = |agrees: Option<usize>, all: usize| (all > 0).then_some(agrees? as f64 / all as f64);
        match rung {
            Rung::Agreement => self.trial.agreement,
            Rung::OffData => self.trial.off_agreement,
            Rung::Mistakes => self.trial.same_mistakes,
            Rung::Probes => share(Some(self.own.agrees), self.own.probes),
            Rung::First(place) => share(self.own.agrees_first[place], PROBE_COUNTS[place]),
        }
    }
}

/// Whether a p-value accuses. The adjusted value of a suspect above all reference models may be 0.05 up to rounding.
pub(super) fn accuses(p: f64) -> bool {
    p <= LEVEL + 1e-9
}

/// The records: the reference models by replicate and budget, the suspects by kind.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) budgets: Vec<usize>,
    references: BTreeMap<(usize, usize), Vec<Row<'a>>>,
    suspects: Vec<(Kind, Row<'a>)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, budgets: Vec<usize>, trials: &'a [Trial]) -> Self {
        let row = |trial: &'a Trial| Some(Row { trial, own: trial.own.to()? });
        let mut references: BTreeMap<(usize, usize), Vec<Row>> = BTreeMap::new();
        for row in trials.iter().filter(|trial| trial.arm == REFERENCE).filter_map(row) {
            references.entry((row.trial.replicate, row.own.against)).or_default().push(row);
        }
        let kind = |trial: &Trial| Kind::ALL.into_iter().find(|kind| kind.arm() == trial.arm);
        let suspects = trials.iter().filter_map(|trial| Some((kind(trial)?, row(trial)?))).collect();
        Self { plan, budgets, references, suspects }
    }

    /// The largest budget.
    pub(super) fn last(&self) -> usize {
        self.budgets[self.budgets.len() - 1]
    }

    /// All suspects of a kind at a budget, by replicate and number.
    pub(super) fn of(&self, kind: Kind, budget: usize) -> Vec<&Row<'a>> {
        self.suspects
            .iter()
            .filter(|(own, row)| *own == kind && row.own.against == budget)
            .map(|(_, row)| row)
            .collect()
    }

    /// The values of the reference models of a budget in a replicate, lowest first.
    pub(super) fn references(&self, replicate: usize, budget: usize, rung: Rung) -> Vec<f64> {
        let own = self.references.get(&(replicate, budget)).into_iter().flatten();
        let mut values: Vec<f64> = own.filter_map(|row| row.value(rung)).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// The p-value of a suspect among the reference models of a budget, its own or another.
    pub(super) fn p_among(&self, row: &Row, against: usize, rung: Rung) -> Option<f64> {
        Some(p_value(row.value(rung)?, &self.references(row.trial.replicate, against, rung)))
    }

    /// The p-values of a kind at a budget, each among the reference models of that budget.
    pub(super) fn p_values(&self, kind: Kind, budget: usize, rung: Rung) -> Vec<f64> {
        self.of(kind, budget).into_iter().filter_map(|row| self.p_among(row, budget, rung)).collect()
    }

    /// Some suspects, each by its rank among the reference models of a budget: those that have a value there.
    fn judged<'b>(&self, rows: impl IntoIterator<Item = &'b Row<'b>>, against: usize, rung: Rung) -> Accused {
        let verdict = |row: &Row| Some((row.trial.replicate, accuses(self.p_among(row, against, rung)?)));
        Accused::of(rows.into_iter().filter_map(verdict))
    }

    /// How many of a kind are accused at a budget.
    pub(super) fn accused(&self, kind: Kind, budget: usize, rung: Rung) -> Accused {
        self.accused_among(kind, budget, budget, rung)
    }

    /// How many of a kind at a budget are accused among the reference models of another.
    pub(super) fn accused_among(&self, kind: Kind, budget: usize, against: usize, rung: Rung) -> Accused {
        self.judged(self.of(kind, budget), against, rung)
    }

    /// How many of some kinds are accused, at all of their budgets.
    pub(super) fn accused_of(&self, kinds: &[Kind], rung: Rung) -> Accused {
        let each = kinds.iter().flat_map(|kind| kind.budgets(&self.budgets).into_iter().map(move |at| (*kind, at)));
        each.map(|(kind, at)| self.accused(kind, at, rung)).fold(Accused::default(), Accused::and)
    }

    /// How many models of a kind at a budget there are, and how many teachers they are put before: rows of the records
    /// that are of one model count once.
    pub(super) fn models(&self, kind: Kind, budget: usize) -> (usize, usize) {
        let rows = self.of(kind, budget);
        let replicate = |row: &&Row| (!kind.trained_once()).then_some(row.trial.replicate);
        let models: BTreeSet<_> = rows.iter().map(|row| (replicate(row), row.own.number)).collect();
        let teachers: BTreeSet<usize> = rows.iter().map(|row| row.trial.replicate).collect();
        (models.len(), teachers.len())
    }

    /// "7 of 12"; of models that are put before every teacher, "7 of 3×4".
    pub(super) fn told(&self, kind: Kind, budget: usize, rung: Rung) -> String {
        let accused = self.accused(kind, budget, rung);
        match self.models(kind, budget) {
            (models, teachers) if kind.trained_once() => format!("{} of {models}×{teachers}", accused.hits()),
            _ => accused.counted(),
        }
    }

    /// The numbers of first probes that are looked at, as far as every replicate has them.
    pub(super) fn rungs(&self) -> Vec<(usize, Rung)> {
        let (fewest, _) = self.probes();
        let counts = PROBE_COUNTS.iter().enumerate().map(|(place, &count)| (count, Rung::First(place)));
        counts.filter(|(count, _)| *count <= fewest).collect()
    }

    /// For each replicate, the mean of a kind at a budget.
    pub(super) fn means(&self, kind: Kind, budget: usize, rung: Rung) -> Vec<f64> {
        let rows = self.of(kind, budget);
        let of_replicate = |replicate: usize| {
            let own = rows.iter().filter(|row| row.trial.replicate == replicate);
            let values: Vec<f64> = own.filter_map(|row| row.value(rung)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        (0..self.plan.replicates()).filter_map(of_replicate).collect()
    }

    /// Probes of each replicate, the fewest and the most.
    pub(super) fn probes(&self) -> (usize, usize) {
        let counts = || self.references.values().flatten().map(|row| row.own.probes);
        (counts().min().unwrap_or(0), counts().max().unwrap_or(0))
    }
}

/// The value that a share of sorted values lies below: linear between neighbours.
///
/// # Panics
/// If there are no values.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_by_hand() {
        // numpy 2: quantile([1, 2, 4, 8], [0, 0.05, 0.5, 0.95, 1]).
        let values = [1.0, 2.0, 4.0, 8.0];
        for (share, expected) in [(0.0, 1.0), (0.05, 1.15), (0.5, 3.0), (0.95, 7.4), (1.0, 8.0)] {
            assert!((quantile(&values, share) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn the_last_place_of_a_lineup_of_six_can_be_accused() {
        assert!(accuses(6.0 * (1.0 / 120.0)) && !accuses(6.0 * (2.0 / 120.0)));
    }
}
