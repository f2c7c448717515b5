//! From trials to what a figure and a table show: means over replicates, paired differences, crossings.

use super::reference::Reference;
use crate::audit::statistics::{Estimate, censored_median, crossing, estimate, paired_difference};
use crate::finding::{Point, Reference as Line, Series, Trial};

/// A measure of a trial.
pub(super) type Measure = fn(&Trial) -> Option<f64>;

/// The measure that every experiment asks about first.
pub(super) const AGREEMENT: Measure = |trial| trial.agreement;

/// The records of an experiment, with the questions that a conclusion asks of them.
pub(super) struct Curves<'a> {
    trials: &'a [Trial],
    budgets: &'a [usize],
}

impl<'a> Curves<'a> {
    /// These records, at these budgets.
    pub(super) fn new(trials: &'a [Trial], budgets: &'a [usize]) -> Self {
        Self { trials, budgets }
    }

    /// An arm's values at a budget (`None` for a reference), one per replicate, in the order of replicates.
    fn values(&self, arm: &str, budget: Option<usize>, measure: Measure) -> Vec<f64> {
        self.trials.iter().filter(|t| t.arm == arm && t.budget == budget).filter_map(measure).collect()
    }

    /// Mean and interval of an arm at a budget; `None` where the measure means nothing there.
    pub(super) fn at(&self, arm: &str, budget: Option<usize>, measure: Measure) -> Option<Estimate> {
        let values = self.values(arm, budget, measure);
        (!values.is_empty()).then(|| estimate(&values))
    }

    /// An arm's curve with its band; without a band where there is a single replicate.
    pub(super) fn series(&self, arm: &str, label: &str, measure: Measure) -> Series {
        let point = |&budget: &usize| {
            let Estimate { mean, low, high } = self.at(arm, Some(budget), measure)?;
            let (low, high) = if low.is_finite() { (low, high) } else { (mean, mean) };
            Some(Point { x: budget as f64, mean: rounded(mean), low: rounded(low), high: rounded(high) })
        };
        let points = self.budgets.iter().filter_map(point).collect();
        Series { actor: arm.to_owned(), label: label.to_owned(), points }
    }

    /// Horizontal lines for some references.
    pub(super) fn lines(&self, references: &[Reference], measure: Measure) -> Vec<Line> {
        let line = |reference: &Reference| {
            let value = rounded(self.at(reference.name(), None, measure)?.mean);
            Some(Line { name: reference.name().to_owned(), label: reference.label().to_owned(), value })
        };
        references.iter().filter_map(line).collect()
    }

    /// a − b, each an arm at a budget, paired by replicate. A replicate where the measure means nothing, such as the
    /// mistakes of a teacher that makes none, counts in neither; `None` where only one of them has no value.
    pub(super) fn difference(
        &self,
        (a, budget_a): (&str, Option<usize>),
        (b, budget_b): (&str, Option<usize>),
        measure: Measure,
    ) -> Option<Estimate> {
        let (a, b) = (self.values(a, budget_a, measure), self.values(b, budget_b, measure));
        (a.len() == b.len() && !a.is_empty()).then(|| paired_difference(&a, &b))
    }

    /// The mean over worlds of what `of` makes of some values of one world, each an arm's measure at a budget; `None`
    /// where one of them is missing in more worlds than another.
    pub(super) fn combined<const N: usize>(
        &self,
        parts: [(&str, Option<usize>, Measure); N],
        of: impl Fn([f64; N]) -> f64,
    ) -> Option<Estimate> {
        let columns = parts.map(|(arm, budget, measure)| self.values(arm, budget, measure));
        let worlds = columns.iter().map(Vec::len).min().filter(|&worlds| worlds > 0)?;
        let whole = columns.iter().all(|column| column.len() == worlds);
        let in_world = |world: usize| of(std::array::from_fn(|part| columns[part][world]));
        whole.then(|| estimate(&(0..worlds).map(in_world).collect::<Vec<_>>()))
    }

    /// a − b averaged over all budgets, paired by replicate: how far apart two curves are on the whole.
    pub(super) fn mean_difference(&self, a: &str, b: &str, measure: Measure) -> Option<Estimate> {
        self.mean_difference_to(usize::MAX, a, b, measure)
    }

    /// The same over the budgets up to `most`.
    pub(super) fn mean_difference_to(&self, most: usize, a: &str, b: &str, measure: Measure) -> Option<Estimate> {
        let (a, b) = (self.means_over_budgets(most, a, measure)?, self.means_over_budgets(most, b, measure)?);
        (a.len() == b.len()).then(|| paired_difference(&a, &b))
    }

    /// For each replicate, an arm's mean over the budgets up to `most`; `None` where a value is missing.
    fn means_over_budgets(&self, most: usize, arm: &str, measure: Measure) -> Option<Vec<f64>> {
        let budgets = self.budgets.iter().filter(|&&budget| budget <= most);
        let each: Vec<Vec<f64>> = budgets.map(|&at| self.values(arm, Some(at), measure)).collect();
        let replicates = each.first().map_or(0, Vec::len);
        let whole = replicates > 0 && each.iter().all(|values| values.len() == replicates);
        let mean = |i: usize| each.iter().map(|values| values[i]).sum::<f64>() / each.len() as f64;
        whole.then(|| (0..replicates).map(mean).collect())
    }

    /// For each replicate, the budget at which an arm first reaches `level`; `None` where it never does.
    pub(super) fn crossings(&self, arm: &str, level: f64, measure: Measure) -> Vec<Option<f64>> {
        let replicates = self.trials.iter().map(|t| t.replicate + 1).max().unwrap_or(0);
        let first_crossing = |replicate: usize| {
            let own = self.trials.iter().filter(|t| t.replicate == replicate && t.arm == arm);
            let points: Vec<_> = own.filter_map(|t| Some((t.budget? as f64, measure(t)?))).collect();
            crossing(&points, level)
        };
        (0..replicates).map(first_crossing).collect()
    }

    /// The median over replicates of these budgets; `None` if half of the replicates or more never get there.
    pub(super) fn median_crossing(&self, arm: &str, level: f64, measure: Measure) -> Option<f64> {
        censored_median(&self.crossings(arm, level, measure))
    }
}

/// Six decimals: what the records keep.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
