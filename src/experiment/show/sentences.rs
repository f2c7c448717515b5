//! The words of experiments: what arms are called, how an estimate and a verdict read.

use std::iter::once;

use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves, Measure};
use crate::experiment::read::levels::Level;
use crate::experiment::run::Bought;
use crate::experiment::run::spec::TRUTH;
use crate::finding::Table;
use crate::plan::Plan;
use crate::words::{counted, hundredths, percent, points, several, thousands};

/// The kinds of answer, then the control.
pub(crate) fn arms(plan: &Plan) -> Vec<String> {
    plan.answers().iter().map(|surface| surface.name()).chain([TRUTH]).map(str::to_owned).collect()
}

/// What an arm is called at the end of its line.
pub(crate) fn label(arm: &str) -> String {
    match arm {
        TRUTH => "true labels, no teacher".to_owned(),
        "label" => "label only".to_owned(),
        other => other.to_owned(),
    }
}

/// A number of what an arm's budget counts, in words: "120 queries with probabilities".
pub(crate) fn how_many(number: &str, arm: &str) -> String {
    format!("{} {}", several(number, if arm == TRUTH { "true label" } else { "query" }), with(arm))
}

/// How an arm was taught, after a number of queries or labels: "with labels only".
pub(crate) fn with(arm: &str) -> String {
    match arm {
        TRUTH => "without a teacher".to_owned(),
        "label" => "with labels only".to_owned(),
        other => format!("with {other}"),
    }
}

/// A level as a goal: "95 %".
pub(crate) fn goal(level: f64) -> String {
    format!("{:.0} %", 100.0 * level)
}

/// "95 % agreement: 100 queries with probabilities, …": what each arm needs to get there, in the words of `need`.
pub(crate) fn needs(
    arms: &[String],
    curves: &Curves,
    (level, measure): (f64, Measure),
    most: usize,
    need: impl Fn(&str, &Level) -> String,
) -> String {
    let levels: Vec<(&String, Level)> =
        arms.iter().filter_map(|arm| Some((arm, curves.level(arm, level, measure)?))).collect();
    let goal = goal(level);
    if curves.is_trivial(level) {
        return format!("{goal} agreement says nothing here: always giving the most frequent answer reaches it");
    }
    if levels.iter().all(|(_, level)| level.reached().0 == 0) {
        return format!("{goal} agreement: not reached by {}, whatever the answers", counted(most, "example"));
    }
    let needs: Vec<String> = levels.iter().map(|(arm, level)| need(arm, level)).collect();
    format!("{goal} agreement: {}", needs.join(", "))
}

/// A claim in words, without its place: "probabilities beats label by 8.1 points [7.5, 8.7]".
pub(crate) fn verdict(claim: &Claim) -> String {
    let (Claim { a, b, .. }, Estimate { mean, low, high }) = (claim, claim.gap);
    match claim.verdict() {
        _ if !low.is_finite() => format!("{a} against {b}: no difference shown, a single value has no interval"),
        Verdict::Beats => format!("{a} beats {b} by {}", points(mean, low, high)),
        Verdict::NoDifference => format!("{a} against {b}: no difference shown, {}", points(mean, low, high)),
        Verdict::LosesTo => format!("{a} loses to {b} by {}", points(-mean, -high, -low)),
    }
}

/// A claim as a verdict line: what is compared, unless it is agreement, who is ahead, and where.
pub(crate) fn line(claim: &Claim) -> String {
    let what = if claim.measure == AGREEMENT.name() { String::new() } else { format!("{}: ", claim.measure) };
    let place = if claim.place.is_empty() { String::new() } else { format!(", {}", claim.place) };
    format!("{what}{}{place}", verdict(claim))
}

/// "8.1 points [7.5, 8.7]", without an interval where a single replicate has none.
pub(crate) fn spread(Estimate { mean, low, high }: Estimate) -> String {
    if low.is_finite() { points(mean, low, high) } else { format!("{} points", hundredths(mean)) }
}

/// An estimate as a cell of a table: "95.0 % ±0.7", or with its ends where they are not equally far.
pub(crate) fn cell(estimate: Option<Estimate>) -> String {
    let Some(Estimate { mean, low, high }) = estimate else { return "–".to_owned() };
    let (below, above) = (hundredths(mean - low), hundredths(high - mean));
    match low.is_finite() {
        false => percent(mean),
        true if below == above => format!("{} ±{below}", percent(mean)),
        true => format!("{} [{}, {}]", percent(mean), hundredths(low), hundredths(high)),
    }
}

/// The agreement of some arms at each budget, as a table.
pub(crate) fn by_budget(plan: &Plan, curves: &Curves, arms: &[impl AsRef<str>]) -> Table {
    let at = |&budget: &usize| {
        let cells = arms.iter().map(|arm| cell(curves.at(arm.as_ref(), Some(budget), AGREEMENT)));
        once(thousands(budget)).chain(cells).collect()
    };
    Table {
        head: once("budget").chain(arms.iter().map(AsRef::as_ref)).map(str::to_owned).collect(),
        rows: plan.budgets().iter().map(at).collect(),
    }
}

/// What somebody else's API was paid for, and where it ended the sweep.
pub(crate) fn bought(bought: &Bought) -> Vec<String> {
    let Bought { sweep, exam, cut } = bought;
    let paid = format!(
        "the teacher is somebody else's: {} were bought for the sweep, {} more for the exam",
        counted(*sweep, "query"),
        thousands(*exam)
    );
    let ended = cut.as_ref().map(|cut| {
        format!(
            "the API ended the sweep: what stands here is {} with {} and exams of {}; {}",
            counted(cut.replicates, "replicate"),
            counted(cut.budgets, "budget"),
            counted(cut.test, "point"),
            cut.why
        )
    });
    once(paid).chain(ended).collect()
}

/// What a figure's means are over.
pub(crate) fn means(plan: &Plan) -> String {
    match plan.replicates() {
        1 => format!("{}, one replicate", plan.data().name()),
        replicates => format!("{}, mean of {replicates} replicates", plan.data().name()),
    }
}

/// What a figure's means and bands are over.
pub(crate) fn basis(plan: &Plan) -> String {
    format!("{}, {}", means(plan), if plan.replicates() == 1 { "no interval" } else { "95 % interval" })
}
