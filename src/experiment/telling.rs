//! The words of experiments: what arms are called, how an estimate and a verdict read.

use super::curves::{Curves, Measure};
use crate::audit::statistics::{Estimate, Verdict, censored_median};
use crate::plan::Plan;
use crate::words::{about, percent, points, thousands};

/// The arm that has no teacher.
pub(super) const TRUTH: &str = "truth";

/// The kinds of answer, then the control.
pub(super) fn arms(plan: &Plan) -> Vec<String> {
    plan.answers().iter().map(|surface| surface.name()).chain([TRUTH]).map(str::to_owned).collect()
}

/// What an arm is called at the end of its line.
pub(super) fn label(arm: &str) -> String {
    match arm {
        TRUTH => "true labels, no teacher".to_owned(),
        "label" => "label only".to_owned(),
        other => other.to_owned(),
    }
}

/// What an arm's budget counts.
pub(super) fn unit(arm: &str) -> String {
    match arm {
        TRUTH => "true labels without a teacher".to_owned(),
        "label" => "questions with labels only".to_owned(),
        other => format!("questions with {other}"),
    }
}

/// A level as a goal: "95 %".
pub(super) fn goal(level: f64) -> String {
    format!("{:.0} %", 100.0 * level)
}

/// "95 % agreement: 100 questions with probabilities, …": what each arm needs to get there, in the words of
/// `need(arm, count, the count in words)`. An arm that half of the worlds never bring there needs more than the
/// largest budget.
pub(super) fn needs(
    arms: &[String],
    curves: &Curves,
    (level, measure): (f64, Measure),
    most: usize,
    need: impl Fn(&str, f64, String) -> String,
) -> String {
    let crossings: Vec<_> = arms.iter().map(|arm| curves.crossings(arm, level, measure)).collect();
    if crossings.iter().flatten().all(Option::is_none) {
        return format!("{} agreement: {} examples are not enough, whatever the answers", goal(level), thousands(most));
    }
    let of_arm = |(arm, crossings): (&String, &Vec<Option<f64>>)| {
        let (reached, worlds) = (crossings.iter().flatten().count(), crossings.len());
        let need = match censored_median(crossings) {
            Some(median) => need(arm, median, about(median)),
            None => format!("more than {}", need(arm, most as f64, thousands(most))),
        };
        let censored =
            if reached < worlds { format!(" (reached in {reached} of {worlds} worlds)") } else { String::new() };
        format!("{need}{censored}")
    };
    let needs: Vec<String> = arms.iter().zip(&crossings).map(of_arm).collect();
    format!("{} agreement: {}", goal(level), needs.join(", "))
}

/// "probabilities beats label by 8.1 points [7.5, 8.7]".
pub(super) fn verdict(a: &str, b: &str, gap: Estimate) -> String {
    if !gap.low.is_finite() {
        return format!("{a} against {b}: no difference shown, a single value has no interval");
    }
    let gap_in_points = points(gap.mean, gap.low, gap.high);
    match Verdict::of(gap) {
        Verdict::Beats => format!("{a} beats {b} by {gap_in_points}"),
        Verdict::LosesTo => format!("{a} loses to {b} by {}", points(-gap.mean, -gap.high, -gap.low)),
        Verdict::NoDifference => format!("{a} against {b}: no difference shown, {gap_in_points}"),
    }
}

/// An estimate as a cell of a table: "95.0 % ±0.7".
pub(super) fn cell(estimate: Option<Estimate>) -> String {
    match estimate {
        None => "–".to_owned(),
        Some(Estimate { mean, low, .. }) if low.is_finite() => {
            format!("{} ±{:.1}", percent(mean), 100.0 * (mean - low))
        }
        Some(Estimate { mean, .. }) => percent(mean),
    }
}

/// What a figure's means and bands are over.
pub(super) fn basis(plan: &Plan) -> String {
    match plan.replicates() {
        1 => format!("{}, one world, no interval", plan.data().name()),
        worlds => format!("{}, mean of {worlds} worlds, 95 % interval", plan.data().name()),
    }
}
