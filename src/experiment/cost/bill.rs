//! What a model took, in examples, operations, parameters and dollars, and how two such amounts compare.
//!
//! Operations are those of the one training that made the model: steps × 2·in·out·batch for each product of a step,
//! where a batch has 128 examples, or all of them where there are fewer. Not counted: trainings that were needed to
//! choose questions or settings, and the teacher's work of answering, which is in the price of a question.

use crate::audit::statistics::{Estimate, estimate};
use crate::nn::{Mlp, Recipe};
use crate::plan::{Plan, Prices};
use crate::seed::Seed;
use crate::words::ratio;

/// What a model took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bill {
    pub(super) labels: f64,
    pub(super) questions: f64,
    pub(super) flops: f64,
    pub(super) parameters: usize,
}

impl Bill {
    pub(super) fn of_teacher(plan: &Plan) -> Self {
        let (labels, net) = (plan.sizes().training, of_shape(&plan.teacher_widths()));
        let flops = flops(&plan.teacher_recipe(), &net, labels as f64);
        Self { labels: labels as f64, questions: 0.0, flops, parameters: net.parameter_count() }
    }

    /// Of the plan's student on `count` answers, or on as many true labels.
    pub(super) fn of_student(plan: &Plan, asks: bool, count: f64) -> Self {
        let net = of_shape(&plan.student_widths());
        let (labels, questions) = if asks { (0.0, count) } else { (count, 0.0) };
        let flops = flops(&plan.student_recipe(), &net, count);
        Self { labels, questions, flops, parameters: net.parameter_count() }
    }

    pub(super) fn dollars(&self, prices: Prices) -> f64 {
        prices.total(self.labels, self.questions, self.flops)
    }
}

/// Some network of that shape: its counts do not depend on its weights.
fn of_shape(widths: &[usize]) -> Mlp {
    Mlp::new(widths, &mut Seed::new(0).stream())
}

fn flops(recipe: &Recipe, net: &Mlp, examples: f64) -> f64 {
    recipe.flops(net, examples.round() as usize) as f64
}

/// Operations with a prefix: "320 M".
pub(super) fn operations(flops: f64) -> String {
    let prefixes = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let prefix = prefixes.into_iter().find(|(unit, _)| flops >= *unit);
    prefix.map_or_else(|| ratio(flops), |(unit, prefix)| format!("{} {prefix}", ratio(flops / unit)))
}

/// How many times larger one amount is than another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Factor {
    /// Geometric mean over worlds, with the interval of the mean logarithm.
    pub(super) mean: Estimate,
    /// Each world's own factor where both amounts are known.
    pub(super) worlds: Vec<f64>,
    /// Whether the larger amount is only known to be at least so large in some world: no interval then.
    pub(super) at_least: bool,
}

impl Factor {
    /// `a / b`, paired by world. An unknown `a` is taken at `floor`, which it exceeds, so that the mean is a lower
    /// bound. `None` where some `b` is unknown or an amount is zero.
    pub(super) fn of(a: &[Option<f64>], b: &[Option<f64>], floor: f64) -> Option<Self> {
        let logs = a.iter().zip(b).map(|(a, b)| Some(a.unwrap_or(floor).ln() - (*b)?.ln()));
        let logs = logs.collect::<Option<Vec<f64>>>().filter(|logs| logs.iter().all(|log| log.is_finite()))?;
        if logs.is_empty() {
            return None;
        }
        let Estimate { mean, low, high } = estimate(&logs);
        let known = logs.iter().zip(a).filter(|(_, a)| a.is_some());
        Some(Self {
            mean: Estimate { mean: mean.exp(), low: low.exp(), high: high.exp() },
            worlds: known.map(|(log, _)| log.exp()).collect(),
            at_least: a.contains(&None),
        })
    }

    /// "25 [22, 28]", "at least 25".
    pub(super) fn words(&self) -> String {
        let Estimate { mean, low, high } = self.mean;
        match (self.at_least, high.is_finite()) {
            (true, _) => format!("at least {}", ratio(mean)),
            (false, true) => format!("{} [{}, {}]", ratio(mean), ratio(low), ratio(high)),
            (false, false) => format!("{} (one world, no interval)", ratio(mean)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Request;

    #[test]
    fn a_bill_by_hand() {
        let plan = Plan::check(&Request::default()).unwrap();
        // 2-64-64-5 on 20,000 labels, 3,000 steps of 128: 3·(128 + 4,096 + 320) − 128 products of an example.
        let teacher = Bill::of_teacher(&plan);
        assert_eq!((teacher.labels, teacher.parameters), (20_000.0, 4_677));
        assert_eq!(teacher.flops, 3_000.0 * 2.0 * 128.0 * 13_504.0);
        // 2-16-16-5 on 100 answers, 1,500 steps of all 100: 3·(32 + 256 + 80) − 32.
        let student = Bill::of_student(&plan, true, 100.0);
        assert_eq!((student.questions, student.labels, student.parameters), (100.0, 0.0, 405));
        assert_eq!(student.flops, 1_500.0 * 2.0 * 100.0 * 1_072.0);
        // From 128 examples on, a step has 128.
        assert_eq!(Bill::of_student(&plan, true, 5_000.0).flops, 1_500.0 * 2.0 * 128.0 * 1_072.0);

        let prices = Prices { label: 0.5, query: 20.0, pflop: 1e6 };
        // 100 · 20/1,000 for questions, 3.216·10⁸ / 10¹⁵ · 10⁶ for operations.
        assert!((student.dollars(prices) - (2.0 + 0.3216)).abs() < 1e-9);
        assert!((Bill { questions: 0.0, labels: 100.0, ..student }.dollars(prices) - 50.3216).abs() < 1e-9);
        assert_eq!([3.216e8, 1.037e10, 12.0].map(operations), ["320 M", "10 G", "12"]);
    }

    #[test]
    fn a_factor_is_a_geometric_mean_with_a_paired_interval() {
        let known = |values: [f64; 2]| values.map(Some);
        // Factors 10 and 40: geometric mean 20; logarithms a mean of ln 20 ± t₀.₉₇₅(1)·s/√2 with s = ln 4 / √2.
        let factor = Factor::of(&known([100.0, 400.0]), &known([10.0, 10.0]), 1e4).unwrap();
        assert!((factor.mean.mean - 20.0).abs() < 1e-9);
        assert!(((factor.mean.high / 20.0).ln() / (12.7062 * 4f64.ln() / 2.0) - 1.0).abs() < 1e-4);
        assert!((factor.mean.high * factor.mean.low - 400.0).abs() < 1e-6, "symmetric in the logarithm");
        // The same in both worlds, whatever they differ in: no doubt is left.
        let paired = Factor::of(&known([100.0, 400.0]), &known([10.0, 40.0]), 1e4).unwrap();
        assert_eq!(paired.words(), "10 [10, 10]");
    }

    #[test]
    fn what_was_not_reached_is_a_lower_bound_or_nothing() {
        // √(100/10 · 1,000/10), the second only known to be more.
        let bound = Factor::of(&[Some(100.0), None], &[Some(10.0), Some(10.0)], 1_000.0).unwrap();
        assert!(bound.at_least && bound.worlds.len() == 1);
        assert_eq!(bound.words(), "at least 32");
        assert_eq!(Factor::of(&[Some(100.0), Some(9.0)], &[Some(10.0), None], 1_000.0), None);
        assert_eq!(Factor::of(&[Some(100.0)], &[Some(0.0)], 1_000.0), None, "nothing is infinitely many times larger");
    }
}
