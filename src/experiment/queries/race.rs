//! Who gets to a level of agreement with the fewest questions, and how sure that is.
//!
//! A lead is a ratio of questions, rival over winner, its interval taken over worlds in the logarithm. Where either
//! does not get there in some world there is no ratio to state: who arrives where is counted instead.

use crate::audit::statistics::{Estimate, Verdict, censored_median, estimate};
use crate::words::{about, list, thousands};

/// A strategy and the questions it needed in each world; `None` where the largest budget was not enough.
type Runner = (&'static str, Vec<Option<f64>>);

/// All strategies on their way to one level.
pub(super) struct Race {
    /// In the order of arrival; last those that do not arrive in most worlds, by the number of worlds.
    runners: Vec<Runner>,
    most: usize,
}

impl Race {
    pub(super) fn new(mut runners: Vec<Runner>, most: usize) -> Self {
        let arrival = |crossings: &[Option<f64>]| censored_median(crossings).unwrap_or(f64::INFINITY);
        let missing = |crossings: &[Option<f64>]| crossings.iter().filter(|crossing| crossing.is_none()).count();
        runners.sort_by(|(_, a), (_, b)| arrival(a).total_cmp(&arrival(b)).then(missing(a).cmp(&missing(b))));
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

    /// ln(questions of the rival / questions of `name`), paired by world; `None` where one of them does not arrive in
    /// some world.
    pub(super) fn lead(&self, name: &str, rival: &str) -> Option<Estimate> {
        let pairs = self.crossings(name)?.iter().zip(self.crossings(rival)?);
        let ratio = |(own, rival): (&Option<f64>, &Option<f64>)| Some(((*rival)? / (*own)?).ln());
        Some(estimate(&pairs.map(ratio).collect::<Option<Vec<_>>>()?))
    }

    /// "lucky 90 questions; not within 1,000: spread and natural".
    pub(super) fn standings(&self) -> String {
        let stand = |(name, crossings): &Runner| {
            censored_median(crossings).map(|count| format!("{name} {}{}", about(count), self.but(name)))
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

    /// Whom to hold the winner against: `natural` and the runner-up.
    pub(super) fn rivals(&self, natural: &'static str) -> Vec<&'static str> {
        let mut rivals: Vec<&str> =
            std::iter::once(natural).chain(self.runners.get(1).map(|(name, _)| *name)).collect();
        rivals.dedup();
        rivals.retain(|rival| self.winner().is_some_and(|(winner, _)| winner != *rival));
        rivals
    }

    /// "gets there in 9 of 10 worlds, natural in 2".
    pub(super) fn arrivals(&self, winner: &str, rival: &str) -> String {
        let (arrived, worlds) = self.arrived(winner);
        format!("{winner} gets there in {arrived} of {worlds} worlds, {rival} in {}", self.arrived(rival).0)
    }

    /// " (in 6 of 10 worlds)" of a runner that does not arrive in all, else nothing.
    pub(super) fn but(&self, name: &str) -> String {
        match self.arrived(name) {
            (arrived, worlds) if arrived < worlds => format!(" (in {arrived} of {worlds} worlds)"),
            _ => String::new(),
        }
    }

    /// In how many worlds a runner arrives, and of how many.
    fn arrived(&self, name: &str) -> (usize, usize) {
        let crossings = self.crossings(name).unwrap_or_default();
        (crossings.iter().flatten().count(), crossings.len())
    }

    /// A lead in words: "spread beats natural, which needs 1.50 times as many questions [1.40, 1.61]".
    pub(super) fn compared(&self, winner: &str, rival: &str, lead: Estimate) -> String {
        if !lead.low.is_finite() {
            return format!("{winner} against {rival}: no difference shown, a single world has no interval");
        }
        let [mean, low, high] = [lead.mean, lead.low, lead.high].map(f64::exp);
        let ratio = format!("{mean:.2} times as many questions [{low:.2}, {high:.2}]");
        match Verdict::of(lead) {
            Verdict::Beats => format!("{winner} beats {rival}, which needs {ratio}"),
            Verdict::LosesTo => format!("{winner} loses to {rival}, which needs {ratio}"),
            Verdict::NoDifference => format!("{winner} against {rival}: no difference shown, {ratio}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn race(of: &[(&'static str, &[Option<f64>])]) -> Race {
        Race::new(of.iter().map(|(name, crossings)| (*name, crossings.to_vec())).collect(), 1000)
    }

    #[test]
    fn a_lead_is_a_ratio_in_every_world() {
        let race = race(&[("natural", &[Some(200.0), Some(800.0)]), ("spread", &[Some(100.0), Some(400.0)])]);
        assert_eq!(race.winner(), Some(("spread", 200.0)));
        assert_eq!(race.rivals("natural"), ["natural"]);
        // Twice as many questions in both worlds: no spread, whatever the worlds differ in.
        let lead = race.lead("spread", "natural").unwrap();
        assert!((lead.mean - 2f64.ln()).abs() < 1e-12 && (lead.high - lead.low).abs() < 1e-9, "{lead:?}");
        let words = race.compared("spread", "natural", lead);
        assert_eq!(words, "spread beats natural, which needs 2.00 times as many questions [2.00, 2.00]");
    }

    #[test]
    fn who_does_not_arrive_is_not_given_a_number() {
        let race = race(&[("natural", &[None, None]), ("spread", &[Some(100.0), None]), ("lucky", &[Some(90.0); 2])]);
        assert_eq!(race.standings(), "lucky 90 questions; not within 1,000: spread and natural");
        assert_eq!(race.lead("spread", "natural"), None);
        assert_eq!(race.lead("lucky", "spread"), None);
        assert_eq!([race.but("lucky"), race.but("spread")], ["", " (in 1 of 2 worlds)"]);
        assert_eq!(race.arrivals("lucky", "spread"), "lucky gets there in 2 of 2 worlds, spread in 1");
    }
}
