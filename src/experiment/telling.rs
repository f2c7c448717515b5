//! The words of experiments: what arms are called, how an estimate and a verdict read.

use crate::audit::statistics::{Estimate, Verdict};
use crate::plan::Plan;
use crate::words::{percent, points};

/// The arm that has no teacher.
pub(super) const TRUTH: &str = "truth";

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

/// "probabilities beats label by 8.1 points [7.5, 8.7]".
pub(super) fn verdict(a: &str, b: &str, gap: Estimate) -> String {
    if !gap.low.is_finite() {
        return format!("{a} against {b}: inconclusive, a single world has no interval");
    }
    let gap_in_points = points(gap.mean, gap.low, gap.high);
    match Verdict::of(gap) {
        Verdict::Beats => format!("{a} beats {b} by {gap_in_points}"),
        Verdict::DoesNotBeat => format!("{a} does not beat {b}: {gap_in_points}"),
        Verdict::Inconclusive => format!("{a} against {b}: inconclusive, {gap_in_points}"),
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
