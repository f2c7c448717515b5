//! From trials to what a figure and a table show: means over replicates, paired differences, queries to a level.

use std::collections::BTreeMap;

use super::claims::Claim;
use super::levels::Level;
use crate::audit::statistics::{Estimate, difference_of_shares, estimate, mean_share, paired_difference, share_of};
use crate::experiment::run::references::Reference;
use crate::finding::{Point, Reference as Line, Series, Trial};
use crate::plan::Plan;
use crate::words::thousands;

/// A measure of a trial, and what it is a share of.
#[derive(Clone, Copy)]
pub(crate) struct Measure {
    name: &'static str,
    of: fn(&Trial) -> Option<f64>,
    over: Over,
}

/// The rows that a measure is a share of: few of them keep an interval wide.
#[derive(Clone, Copy)]
enum Over {
    Exam,
    Mistakes,
    /// It is no share of rows.
    Nothing,
}

impl Measure {
    /// A share of the rows of the exam.
    pub(crate) const fn of_exam(name: &'static str, of: fn(&Trial) -> Option<f64>) -> Self {
        Self { name, of, over: Over::Exam }
    }

    /// A share of the rows of the exam where the teacher is wrong.
    const fn of_mistakes(name: &'static str, of: fn(&Trial) -> Option<f64>) -> Self {
        Self { name, of, over: Over::Mistakes }
    }

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    /// What it is of a trial; `None` where it means nothing.
    pub(crate) fn value(self, trial: &Trial) -> Option<f64> {
        (self.of)(trial)
    }

    /// Something else.
    pub(crate) const fn plain(name: &'static str, of: fn(&Trial) -> Option<f64>) -> Self {
        Self { name, of, over: Over::Nothing }
    }
}

/// The measure that every experiment asks about first.
pub(crate) const AGREEMENT: Measure = Measure::of_exam("agreement", |trial| trial.agreement);
/// Agreement where the teacher is wrong.
pub(crate) const SAME_MISTAKES: Measure = Measure::of_mistakes("same mistakes", |trial| trial.same_mistakes);
/// How often a model is right.
pub(crate) const ACCURACY: Measure = Measure::of_exam("accuracy", |trial| trial.accuracy);

/// The records of an experiment, and what a conclusion reads from them.
pub(crate) struct Curves<'a> {
    trials: &'a [Trial],
    budgets: &'a [usize],
    exam_rows: f64,
    mistakes: f64,
}

impl<'a> Curves<'a> {
    /// The records of a plan, at all of its budgets.
    pub(crate) fn of(plan: &'a Plan, trials: &'a [Trial]) -> Self {
        Self::new(trials, plan.budgets(), plan.exam_rows())
    }

    /// These records, at these budgets, of exams with this number of different rows in all replicates together.
    pub(crate) fn new(trials: &'a [Trial], budgets: &'a [usize], exam_rows: usize) -> Self {
        let exam_rows = exam_rows as f64;
        let teachers = trials.iter().filter(|trial| trial.arm == Reference::Teacher.name());
        let wrong: Vec<f64> = teachers.filter_map(|teacher| Some(1.0 - teacher.accuracy?)).collect();
        let mistakes = exam_rows * wrong.iter().sum::<f64>() / wrong.len().max(1) as f64;
        Self { trials, budgets, exam_rows, mistakes: mistakes.max(1.0) }
    }

    /// How many rows a measure is a share of.
    fn rows(&self, measure: Measure) -> Option<f64> {
        match measure.over {
            Over::Exam => Some(self.exam_rows),
            Over::Mistakes => Some(self.mistakes),
            Over::Nothing => None,
        }
    }

    /// An arm's values at a budget (`None` for a reference), one per replicate, in the order of replicates.
    pub(crate) fn values(&self, arm: &str, budget: Option<usize>, measure: Measure) -> Vec<f64> {
        self.by_replicate(arm, budget, measure).into_values().collect()
    }

    fn by_replicate(&self, arm: &str, budget: Option<usize>, measure: Measure) -> BTreeMap<usize, f64> {
        let own = self.trials.iter().filter(|trial| trial.arm == arm && trial.budget == budget);
        own.filter_map(|trial| Some((trial.replicate, measure.value(trial)?))).collect()
    }

    /// Mean and interval of an arm at a budget; `None` where the measure means nothing there.
    pub(crate) fn at(&self, arm: &str, budget: Option<usize>, measure: Measure) -> Option<Estimate> {
        let values = self.values(arm, budget, measure);
        let estimate = || self.rows(measure).map_or_else(|| estimate(&values), |rows| mean_share(&values, rows));
        (!values.is_empty()).then(estimate)
    }

    /// a − b, paired by replicate: values of such a measure.
    pub(crate) fn paired(&self, a: &[f64], b: &[f64], measure: Measure) -> Estimate {
        self.rows(measure).map_or_else(|| paired_difference(a, b), |rows| difference_of_shares(a, b, rows))
    }

    /// An arm's curve with its band; without a band where there is a single replicate.
    pub(crate) fn series(&self, arm: &str, label: &str, measure: Measure) -> Series {
        let point = |&budget: &usize| {
            let Estimate { mean, low, high } = self.at(arm, Some(budget), measure)?;
            let (low, high) = if low.is_finite() { (low, high) } else { (mean, mean) };
            Some(Point { x: budget as f64, mean: rounded(mean), low: rounded(low), high: rounded(high) })
        };
        let points = self.budgets.iter().filter_map(point).collect();
        Series { actor: arm.to_owned(), label: label.to_owned(), quiet: false, points }
    }

    /// Horizontal lines for some references.
    pub(crate) fn lines(&self, references: &[Reference], measure: Measure) -> Vec<Line> {
        let line = |reference: &Reference| {
            let value = rounded(self.at(reference.name(), None, measure)?.mean);
            Some(Line { name: reference.name().to_owned(), label: reference.label().to_owned(), value })
        };
        references.iter().filter_map(line).collect()
    }

    /// a − b, each an arm at a budget, paired by replicate. A replicate where the measure means nothing, such as the
    /// mistakes of a teacher that makes none, counts in neither; `None` where only one of them has no value.
    pub(crate) fn difference(
        &self,
        (a, budget_a): (&str, Option<usize>),
        (b, budget_b): (&str, Option<usize>),
        measure: Measure,
    ) -> Option<Claim> {
        let [of_a, of_b] = [(a, budget_a), (b, budget_b)].map(|(arm, at)| self.by_replicate(arm, at, measure));
        let place = match (budget_a, budget_b) {
            (Some(one), Some(other)) if one != other => format!("at {} and {}", thousands(one), thousands(other)),
            (Some(budget), _) | (None, Some(budget)) => format!("at {}", thousands(budget)),
            (None, None) => String::new(),
        };
        // Pairs are of one replicate.
        let paired = !of_a.is_empty() && of_a.keys().eq(of_b.keys());
        let [of_a, of_b] = [of_a, of_b].map(|values| values.into_values().collect::<Vec<_>>());
        paired.then(|| self.claim((a, &of_a), (b, &of_b), measure, place))
    }

    /// Values of two things, one a replicate, held against each other.
    pub(crate) fn claim(
        &self,
        (a, of_a): (&str, &[f64]),
        (b, of_b): (&str, &[f64]),
        measure: Measure,
        place: String,
    ) -> Claim {
        let gap = self.paired(of_a, of_b, measure);
        Claim { measure: measure.name, a: a.to_owned(), b: b.to_owned(), place, gap }
    }

    /// a − b averaged over all budgets, paired by replicate: how far apart two curves are on the whole.
    pub(crate) fn mean_difference(&self, a: &str, b: &str, measure: Measure) -> Option<Claim> {
        self.averaged(usize::MAX, a, b, measure, "averaged over the budgets".to_owned())
    }

    /// The same over the budgets up to `most`.
    pub(crate) fn mean_difference_to(&self, most: usize, a: &str, b: &str, measure: Measure) -> Option<Claim> {
        self.averaged(most, a, b, measure, format!("averaged over budgets up to {}", thousands(most)))
    }

    fn averaged(&self, most: usize, a: &str, b: &str, measure: Measure, place: String) -> Option<Claim> {
        let [of_a, of_b] = [a, b].map(|arm| self.means_over_budgets(most, arm, measure));
        let (of_a, of_b) = (of_a?, of_b?);
        let paired = of_a.keys().eq(of_b.keys());
        let [of_a, of_b] = [of_a, of_b].map(|values| values.into_values().collect::<Vec<_>>());
        paired.then(|| self.claim((a, &of_a), (b, &of_b), measure, place))
    }

    /// For each replicate, an arm's mean over the budgets up to `most`; `None` where a value is missing.
    fn means_over_budgets(&self, most: usize, arm: &str, measure: Measure) -> Option<BTreeMap<usize, f64>> {
        let budgets = self.budgets.iter().filter(|&&budget| budget <= most);
        let each: Vec<_> = budgets.map(|&at| self.by_replicate(arm, Some(at), measure)).collect();
        let first = each.first().filter(|first| !first.is_empty())?;
        let whole = each.iter().all(|values| values.keys().eq(first.keys()));
        let mean = |replicate: &usize| each.iter().map(|values| values[replicate]).sum::<f64>() / each.len() as f64;
        whole.then(|| first.keys().map(|replicate| (*replicate, mean(replicate))).collect())
    }

    /// Queries, or labels, until an arm reaches a level, in each replicate; `None` of an arm without records.
    pub(crate) fn level(&self, arm: &str, level: f64, measure: Measure) -> Option<Level> {
        let replicates = self.trials.iter().map(|trial| trial.replicate + 1).max()?;
        Level::of_curves((0..replicates).map(|replicate| self.curve(arm, replicate, measure)), level)
    }

    /// An arm's curve of (budget, share) in a replicate.
    pub(crate) fn curve(&self, arm: &str, replicate: usize, measure: Measure) -> Vec<(f64, f64)> {
        let own = self.trials.iter().filter(|t| t.replicate == replicate && t.arm == arm);
        own.filter_map(|t| Some((t.budget? as f64, measure.value(t)?))).collect()
    }

    /// A share of the rows of the exam with its interval over them alone: about these very models, not about others.
    pub(crate) fn over_the_exam(&self, share: f64) -> Estimate {
        share_of((share * self.exam_rows).round() as usize, self.exam_rows as usize)
    }

    /// Whether a student would reach a level by always giving the teacher's most frequent answer: then reaching it says
    /// nothing about what was learned.
    pub(crate) fn is_trivial(&self, level: f64) -> bool {
        self.at(Reference::Constant.name(), None, AGREEMENT).is_some_and(|constant| constant.mean >= level)
    }
}

/// Six decimals: what the records keep.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(replicate: usize, arm: &str, budget: usize, agreement: Option<f64>) -> Trial {
        Trial { replicate, arm: arm.to_owned(), budget: Some(budget), agreement, ..Trial::default() }
    }

    #[test]
    fn pairs_are_of_one_replicate_or_there_are_none() {
        // In each replicate "b" is a tenth below "a", whatever the order of the rows.
        let rows = [(1, "a", 0.9), (0, "a", 0.5), (0, "b", 0.4), (1, "b", 0.8)];
        let trials = rows.map(|(replicate, arm, share)| trial(replicate, arm, 10, Some(share)));
        let claim = |trials: &[Trial]| {
            let curves = Curves::new(trials, &[10], 1_000);
            curves.difference(("a", Some(10)), ("b", Some(10)), AGREEMENT)
        };
        let found = claim(&trials).expect("two pairs");
        assert!((found.gap.mean - 0.1).abs() < 1e-12 && found.place == "at 10", "{found:?}");
        // Two values each, and one pair: replicate 1 lacks the one, replicate 2 the other.
        let torn = [(0, "a"), (2, "a"), (0, "b"), (1, "b")].map(|(at, arm)| trial(at, arm, 10, Some(0.5)));
        assert_eq!(claim(&torn), None);
    }

    #[test]
    fn a_claim_names_both_budgets_and_a_line_its_reference() {
        let of = |budget: Option<usize>, arm: &str, share: f64| Trial { budget, ..trial(0, arm, 0, Some(share)) };
        let trials = [of(Some(10), "a", 0.5), of(Some(1_000), "b", 0.75), of(None, "independent", 0.25)];
        let curves = Curves::new(&trials, &[10, 1_000], 1_000);
        let place = |a, b| curves.difference(a, b, AGREEMENT).map(|claim| claim.place).unwrap();
        assert_eq!(place(("a", Some(10)), ("b", Some(1_000))), "at 10 and 1,000");
        assert_eq!(place(("a", Some(10)), ("independent", None)), "at 10");
        assert_eq!(place(("independent", None), ("independent", None)), "");
        // Of two references one is in the records.
        let lines = curves.lines(&[Reference::Independent, Reference::Chance], AGREEMENT);
        let of_lines: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.value)).collect();
        assert_eq!(of_lines, [("independent", 0.25)]);
    }

    #[test]
    fn a_mean_over_budgets_is_of_the_small_ones_where_that_is_asked() {
        let rows = [("a", [0.6, 0.8]), ("b", [0.5, 0.1])];
        let of =
            |(arm, shares): (&str, [f64; 2])| [trial(0, arm, 10, Some(shares[0])), trial(0, arm, 100, Some(shares[1]))];
        let trials: Vec<Trial> = rows.into_iter().flat_map(of).collect();
        let curves = Curves::new(&trials, &[10, 100], 1_000);
        let mean = |claim: Option<Claim>| claim.expect("whole curves").gap.mean;
        assert!((mean(curves.mean_difference("a", "b", AGREEMENT)) - 0.4).abs() < 1e-12);
        assert!((mean(curves.mean_difference_to(50, "a", "b", AGREEMENT)) - 0.1).abs() < 1e-12);
        assert!(curves.mean_difference("a", "c", AGREEMENT).is_none());
    }
}
