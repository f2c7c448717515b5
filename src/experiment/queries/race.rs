//! Who gets to a level of agreement with the fewest questions, and how sure that is.
//!
//! A lead is a ratio of questions, rival over winner, its interval taken over worlds in the logarithm. A rival that does
//! not get there in some world counts there as if it had with the largest budget: the lead is then a lower bound.

use crate::audit::statistics::{Estimate, Verdict, censored_median, estimate};
use crate::words::{about, list, thousands};

/// The questions that each strategy needed in each world; `None` where the largest budget was not enough.
pub(super) struct Race {
    /// In the order of arrival; those that do not arrive last.
    runners: Vec<(&'static str, Vec<Option<f64>>)>,
    most: usize,
}

impl Race {
    pub(super) fn new(mut runners: Vec<(&'static str, Vec<Option<f64>>)>, most: usize) -> Self {
        let arrival = |crossings: &[Option<f64>]| censored_median(crossings).unwrap_or(f64::INFINITY);
        runners.sort_by(|(_, a), (_, b)| arrival(a).total_cmp(&arrival(b)));
        Self { runners, most }
    }

    /// The first, with the median of its questions; `None` where nobody arrives in most worlds.
    pub(super) fn winner(&self) -> Option<(&'static str, f64)> {
        let (name, crossings) = self.runners.first()?;
        Some((name, censored_median(crossings)?))
    }

    /// The median of a runner's questions.
    pub(super) fn median(&self, name: &str) -> Option<f64> {
        censored_median(self.crossings(name)?)
    }

    fn crossings(&self, name: &str) -> Option<&[Option<f64>]> {
        self.runners.iter().find(|(runner, _)| *runner == name).map(|(_, crossings)| crossings.as_slice())
    }

    /// ln(questions of the rival / questions of `name`), paired by world; `None` where `name` itself does not arrive in
    /// some world.
    pub(super) fn lead(&self, name: &str, rival: &str) -> Option<Estimate> {
        let pairs = self.crossings(name)?.iter().zip(self.crossings(rival)?);
        let ratio =
            |(own, rival): (&Option<f64>, &Option<f64>)| Some((rival.unwrap_or(self.most as f64) / (*own)?).ln());
        Some(estimate(&pairs.map(ratio).collect::<Option<Vec<_>>>()?))
    }

    /// "blend 150, margin 230, … natural more than 1,000".
    pub(super) fn standings(&self) -> String {
        let stand = |(name, crossings): &(&'static str, Vec<Option<f64>>)| match censored_median(crossings) {
            Some(count) => Some(format!("{name} {}", about(count))),
            None => None,
        };
        let arrived: Vec<String> = self.runners.iter().filter_map(stand).collect();
        let out: Vec<String> = self.runners[arrived.len()..].iter().map(|(name, _)| (*name).to_owned()).collect();
        let most = thousands(self.most);
        match (arrived.is_empty(), out.is_empty()) {
            (true, _) => format!("{most} questions are not enough, however chosen"),
            (false, true) => format!("{} questions", list(&arrived)),
            (false, false) => format!("{} questions; not within {most}: {}", arrived.join(", "), list(&out)),
        }
    }

    /// The winner against `natural` and against the runner-up.
    pub(super) fn leads(&self, natural: &'static str) -> Vec<String> {
        let Some((winner, _)) = self.winner() else { return Vec::new() };
        let mut rivals = vec![natural, self.runners[1].0];
        rivals.dedup();
        rivals.retain(|rival| *rival != winner);
        rivals.iter().map(|rival| self.compared(winner, rival)).collect()
    }

    fn compared(&self, winner: &str, rival: &str) -> String {
        let arrived = |name: &str| self.crossings(name).unwrap_or_default().iter().flatten().count();
        let worlds = self.crossings(winner).map_or(0, <[_]>::len);
        let Some(lead) = self.lead(winner, rival) else {
            return format!(
                "{winner} against {rival}: inconclusive, {winner} gets there in {} of {worlds} worlds",
                arrived(winner)
            );
        };
        if !lead.low.is_finite() {
            return format!("{winner} against {rival}: inconclusive, a single world has no interval");
        }
        let least = if arrived(rival) < worlds { "at least " } else { "" };
        let [mean, low, high] = [lead.mean, lead.low, lead.high].map(f64::exp);
        let ratio = format!("{least}{mean:.2} times as many questions [{low:.2}, {high:.2}]");
        match Verdict::of(lead) {
            Verdict::Beats => format!("{winner} beats {rival}, which needs {ratio}"),
            Verdict::DoesNotBeat => format!("{winner} does not beat {rival}, which needs {ratio}"),
            Verdict::Inconclusive => format!("{winner} against {rival}: inconclusive, {ratio}"),
        }
    }
}
