//! Two runs compared, from their records alone: what differs in their plans, and what came of it.
//!
//! Replicate i of one run and replicate i of another share data and start where both have one seed and one dataset. The
//! differences of such pairs vary less than the runs do, and their mean has a narrower interval:
//!
//! ```text
//! paired     d̄ ± t·s_d/√n                     n pairs, n − 1 degrees of freedom
//! unpaired   ā − b̄ ± t·√(s_a²/n_a + s_b²/n_b)  degrees of freedom by Welch (1947)
//! ```

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::group::Run;
use super::read::levels::Level;
use super::read::ratio::Ratio;
use super::run::spec::TRUTH;
use crate::audit::statistics::{Estimate, deviation, estimate, paired_difference};
use crate::finding::Trial;
use crate::words::{counted, percent, thousands};

/// The level of agreement at which runs are compared.
const LEVEL: f64 = 0.95;

/// What two runs have to say about each other.
pub struct Comparison {
    /// What differs in the plans: a name, and what it is in each.
    pub differences: Vec<(String, [String; 2])>,
    /// Whether both have the same replicates, so that differences are paired.
    pub paired: bool,
    /// The arms that both have.
    pub arms: Vec<ArmComparison>,
}

/// The same arm in two runs.
pub struct ArmComparison {
    /// Its name.
    pub arm: String,
    /// The budgets that both have.
    pub budgets: Vec<BudgetComparison>,
    /// Queries until 95 % agreement in each run, in words.
    pub queries: Option<[String; 2]>,
    /// How many times more the second run needs, in words, where both have the same replicates.
    pub ratio: Option<String>,
}

/// The same arm at the same budget in two runs.
pub struct BudgetComparison {
    /// The budget.
    pub budget: usize,
    /// The mean agreement in each run, of the replicates that are compared.
    pub means: [f64; 2],
    /// The second less the first, with its 95 % interval; `None` of single replicates, which have none.
    pub difference: Option<Estimate>,
}

/// Agreement by replicate.
type Replicates = BTreeMap<usize, f64>;
/// Sum and number of rows by replicate.
type Sums = BTreeMap<usize, (f64, f64)>;
/// Of one arm: agreement by budget and replicate.
type Sweep = BTreeMap<usize, Replicates>;

impl Comparison {
    /// Holds two runs against each other.
    pub fn of(one: &Run, other: &Run) -> Self {
        let (first, second) = (&one.finding, &other.finding);
        let paired = first.seed == second.seed && first.data == second.data;
        let [a, b] = [one, other].map(|run| sweeps(&run.trials));
        let arms = a.iter().filter_map(|(arm, own)| {
            let (_, others) = b.iter().find(|(name, _)| name == arm)?;
            let compared = ArmComparison::of(arm, own, others, paired);
            (!compared.budgets.is_empty()).then_some(compared)
        });
        Self { differences: differences(one, other), paired, arms: arms.collect() }
    }
}

impl ArmComparison {
    fn of(arm: &str, own: &Sweep, others: &Sweep, paired: bool) -> Self {
        let at = |(&budget, a): (&usize, &Replicates)| {
            let b = others.get(&budget)?;
            let common = |from: &Replicates, to: &Replicates| -> Vec<f64> {
                from.iter().filter(|(replicate, _)| !paired || to.contains_key(replicate)).map(|(_, &it)| it).collect()
            };
            let (a, b) = (common(a, b), common(b, a));
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            let difference = match paired {
                true => (a.len() > 1).then(|| paired_difference(&b, &a)),
                false => unpaired_difference(&b, &a),
            };
            (!a.is_empty()).then(|| BudgetComparison { budget, means: [mean(&a), mean(&b)], difference })
        };
        let levels = match [own, others].map(|sweep| Level::of_curves(curves(sweep), LEVEL)) {
            [Some(first), Some(second)] if arm != TRUTH => Some((first, second)),
            _ => None,
        };
        // A ratio is of pairs.
        let ratio = |(first, second): &(Level, Level)| Some(Ratio::of(second, first)?.words());
        Self {
            arm: arm.to_owned(),
            budgets: own.iter().filter_map(at).collect(),
            ratio: levels.as_ref().filter(|_| paired).and_then(ratio),
            queries: levels.map(|(first, second)| [first.words(), second.words()]),
        }
    }
}

/// A run of another plan in one line, compared with the default plan: the first kind of answer at the largest budget.
pub fn in_one_line(own: &[Trial], default: &[Trial]) -> Option<String> {
    let [own, default] =
        [own, default].map(|trials| sweeps(trials).into_iter().filter(|(arm, _)| arm != TRUTH).collect::<Vec<_>>());
    let is_in = |arm: &String| default.iter().find(|(name, _)| name == arm);
    let (arm, sweep) = own.iter().find(|(arm, _)| is_in(arm).is_some()).or(own.first())?;
    let (other, default) = is_in(arm).or(default.first())?;
    let (&budget, agreement) = sweep.last_key_value()?;
    // The same budget, or the largest of those below; where there is none, the smallest.
    let (&beside, usual) = default.range(..=budget).next_back().or(default.first_key_value())?;
    let mean = |replicates: &Replicates| percent(replicates.values().sum::<f64>() / replicates.len() as f64);
    let which = if other == arm { String::new() } else { format!(" ({other})") };
    let place = if beside == budget { String::new() } else { format!(" at {}", thousands(beside)) };
    let (own, usual) = (mean(agreement), mean(usual));
    Some(format!("{arm}: {own} at {}; the default plan{which} {usual}{place}", counted(budget, "query")))
}

/// The mean of `a` less that of `b`, where nothing pairs them; `None` of a single value.
fn unpaired_difference(a: &[f64], b: &[f64]) -> Option<Estimate> {
    if a.len() < 2 || b.len() < 2 {
        return None;
    }
    let of_mean = |values: &[f64]| deviation(values).powi(2) / values.len() as f64;
    let (va, vb) = (of_mean(a), of_mean(b));
    let mean = estimate(a).mean - estimate(b).mean;
    if va + vb == 0.0 {
        return Some(Estimate { mean, low: mean, high: mean });
    }
    let freedom = (va + vb).powi(2) / (va.powi(2) / (a.len() - 1) as f64 + vb.powi(2) / (b.len() - 1) as f64);
    let t = StudentsT::new(0.0, 1.0, freedom).expect("degrees of freedom are positive").inverse_cdf(0.975);
    let half = t * (va + vb).sqrt();
    Some(Estimate { mean, low: mean - half, high: mean + half })
}

/// The agreement of every arm with budgets, in the order of the records. Where a replicate has several rows for an arm
/// and a budget, it counts with their mean.
fn sweeps(trials: &[Trial]) -> Vec<(String, Sweep)> {
    let mut sums: Vec<(String, BTreeMap<usize, Sums>)> = Vec::new();
    for trial in trials {
        let (Some(budget), Some(agreement)) = (trial.budget, trial.agreement) else { continue };
        let place = sums.iter().position(|(arm, _)| *arm == trial.arm).unwrap_or_else(|| {
            sums.push((trial.arm.clone(), BTreeMap::new()));
            sums.len() - 1
        });
        let (sum, count) = sums[place].1.entry(budget).or_default().entry(trial.replicate).or_default();
        (*sum, *count) = (*sum + agreement, *count + 1.0);
    }
    let means = |replicates: Sums| -> Replicates {
        replicates.into_iter().map(|(replicate, (sum, count))| (replicate, sum / count)).collect()
    };
    let sweep = |budgets: BTreeMap<_, _>| budgets.into_iter().map(|(budget, it)| (budget, means(it))).collect();
    sums.into_iter().map(|(arm, budgets)| (arm, sweep(budgets))).collect()
}

/// For each replicate its points (budget, agreement).
fn curves(sweep: &Sweep) -> Vec<Vec<(f64, f64)>> {
    let mut curves: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for (&budget, replicates) in sweep {
        for (&replicate, &agreement) in replicates {
            curves.entry(replicate).or_default().push((budget as f64, agreement));
        }
    }
    curves.into_values().collect()
}

/// What differs in what two runs say of their plans.
fn differences(one: &Run, other: &Run) -> Vec<(String, [String; 2])> {
    let all = |run: &Run| -> Vec<(String, String)> {
        let head = [("experiment", run.finding.experiment.clone()), ("seed", run.finding.seed.to_string())];
        let head = head.into_iter().map(|(name, value)| (name.to_owned(), value));
        head.chain(run.finding.settings.iter().cloned())
            .chain([("version".to_owned(), run.finding.version.clone())])
            .collect()
    };
    let (a, b) = (all(one), all(other));
    let value = |of: &[(String, String)], name: &str| {
        of.iter().find(|(other, _)| other == name).map_or("–".to_owned(), |(_, value)| value.clone())
    };
    let others = b.iter().filter(|(name, _)| a.iter().all(|(known, _)| known != name));
    let names = a.iter().chain(others).map(|(name, _)| name.clone());
    names.map(|name| (name.clone(), [value(&a, &name), value(&b, &name)])).filter(|(_, [a, b])| a != b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(arm: &str, replicate: usize, budget: usize, agreement: f64) -> Trial {
        Trial { arm: arm.into(), replicate, budget: Some(budget), agreement: Some(agreement), ..Trial::default() }
    }

    #[test]
    fn a_welch_interval_by_another_library() {
        // scipy.stats.ttest_ind([0.9, 0.92, 0.97], [0.8, 0.81, 0.85, 0.7], equal_var=False) has 4.7956 degrees of
        // freedom, and the confidence interval [0.040847, 0.239153].
        let it = unpaired_difference(&[0.9, 0.92, 0.97], &[0.8, 0.81, 0.85, 0.7]).unwrap();
        assert!((it.mean - 0.14).abs() < 1e-12, "{it:?}");
        assert!((it.low - 0.040847).abs() < 1e-6 && (it.high - 0.239153).abs() < 1e-6, "{it:?}");
        assert!(unpaired_difference(&[0.9], &[0.8, 0.7]).is_none());
    }

    #[test]
    fn pairs_are_of_one_replicate_and_of_those_that_both_have() {
        let own: Vec<Trial> = [(0, 0.5), (1, 0.9), (2, 0.7)].map(|(r, a)| trial("label", r, 10, a)).into();
        let other: Vec<Trial> = [(2, 0.72), (0, 0.52)].map(|(r, a)| trial("label", r, 10, a)).into();
        let [own, other] = [own, other].map(|trials| sweeps(&trials).remove(0).1);
        let paired = ArmComparison::of("label", &own, &other, true);
        let [at] = &paired.budgets[..] else { panic!("one budget") };
        // The pairs (0.5, 0.52) and (0.7, 0.72): a difference of 0.02 without any spread.
        assert!((at.means[0] - 0.6).abs() < 1e-12 && (at.means[1] - 0.62).abs() < 1e-12);
        let difference = at.difference.unwrap();
        assert!((difference.low - 0.02).abs() < 1e-9 && (difference.high - 0.02).abs() < 1e-9);
        // The same values without pairs: replicate 1 counts, and the spread between replicates hides the difference.
        let difference = ArmComparison::of("label", &own, &other, false).budgets[0].difference.unwrap();
        assert!((difference.mean + 0.08).abs() < 1e-12 && difference.low < -0.3 && difference.high > 0.2);
    }

    #[test]
    fn one_line_says_what_it_is_held_against() {
        let default = [trial("probabilities", 0, 10, 0.5), trial("probabilities", 0, 100, 0.9)];
        let line = |own: &[Trial]| in_one_line(own, &default);
        let own =
            [trial("truth", 0, 100, 0.1), trial("probabilities", 0, 100, 0.8), trial("probabilities", 1, 100, 0.9)];
        assert_eq!(line(&own).unwrap(), "probabilities: 85.0 % at 100 queries; the default plan 90.0 %");
        let other = "noisy: 70.0 % at 5,000 queries; the default plan (probabilities) 90.0 % at 100";
        assert_eq!(line(&[trial("noisy", 0, 5000, 0.7)]).unwrap(), other);
        assert!(line(&[]).is_none());
    }
}
