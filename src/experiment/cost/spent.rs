//! What a model took, in examples, operations, parameters and dollars.
//!
//! Operations are those of the one training that made the model: steps × 2·in·out·batch for each product of a step,
//! where a batch has 128 examples, or all of them where there are fewer. Not counted: trainings that were needed to
//! choose queries or settings, and the teacher's work of answering, which is in the price of a query.

use crate::nn::{Mlp, Recipe};
use crate::plan::{Plan, Prices};
use crate::seed::Seed;
use crate::words::ratio;

/// What a model took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spent {
    pub(super) labels: f64,
    pub(super) queries: f64,
    pub(super) flops: f64,
    pub(super) parameters: usize,
}

impl Spent {
    pub(super) fn of_teacher(plan: &Plan) -> Self {
        let (labels, net) = (plan.sizes().training, of_shape(&plan.teacher_widths()));
        let flops = flops(&plan.teacher_recipe(), &net, labels as f64);
        Self { labels: labels as f64, queries: 0.0, flops, parameters: net.parameter_count() }
    }

    /// Of the plan's student on `count` answers, or on as many true labels.
    pub(super) fn of_student(plan: &Plan, asks: bool, count: f64) -> Self {
        let net = of_shape(&plan.student_widths());
        let (labels, queries) = if asks { (0.0, count) } else { (count, 0.0) };
        let flops = flops(&plan.student_recipe(), &net, count);
        Self { labels, queries, flops, parameters: net.parameter_count() }
    }

    pub(super) fn dollars(&self, prices: Prices) -> f64 {
        prices.total(self.labels, self.queries, self.flops)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Request;

    #[test]
    fn a_bill_by_hand() {
        let plan = Plan::check(&Request::default()).unwrap();
        // 2-64-64-5 on 20,000 labels, 3,000 steps of 128: 3·(128 + 4,096 + 320) − 128 products of an example.
        let teacher = Spent::of_teacher(&plan);
        assert_eq!((teacher.labels, teacher.parameters), (20_000.0, 4_677));
        assert_eq!(teacher.flops, 3_000.0 * 2.0 * 128.0 * 13_504.0);
        // 2-16-16-5 on 100 answers, 1,500 steps of all 100: 3·(32 + 256 + 80) − 32.
        let student = Spent::of_student(&plan, true, 100.0);
        assert_eq!((student.queries, student.labels, student.parameters), (100.0, 0.0, 405));
        assert_eq!(student.flops, 1_500.0 * 2.0 * 100.0 * 1_072.0);
        // From 128 examples on, a step has 128.
        assert_eq!(Spent::of_student(&plan, true, 5_000.0).flops, 1_500.0 * 2.0 * 128.0 * 1_072.0);

        let prices = Prices { label: 0.5, query: 20.0, pflop: 1e6 };
        // 100 · 20/1,000 for queries, 3.216·10⁸ / 10¹⁵ · 10⁶ for operations.
        assert!((student.dollars(prices) - (2.0 + 0.3216)).abs() < 1e-9);
        assert!((Spent { queries: 0.0, labels: 100.0, ..student }.dollars(prices) - 50.3216).abs() < 1e-9);
        assert_eq!([3.216e8, 1.037e10, 12.0].map(operations), ["320 M", "10 G", "12"]);
    }
}
