//! Which strategy gets to a level of agreement with the fewest queries, and how sure that is.
//!
//! A lead is a ratio of queries, rival over winner, paired by replicate. Where either does not get there in some
//! replicate the ratio is a bound or nothing, and the replicates in which each arrives are counted beside it.

use crate::audit::statistics::Verdict;
use crate::experiment::read::claims::Claim;
use crate::experiment::read::levels::{Bounds, Level, in_full_or};
use crate::experiment::read::ratio::Ratio;
use crate::words::{about, list, several, thousands, to_three_digits};

/// A strategy and the queries that it needed.
type Needed = (&'static str, Level);

/// All strategies on their way to one level.
pub(super) struct ToLevel {
    /// In the order of arrival; last those that do not arrive in most replicates, by the number of replicates.
    strategies: Vec<Needed>,
    most: usize,
}

impl ToLevel {
    pub(super) fn new(mut strategies: Vec<Needed>, most: usize) -> Self {
        let missing = |level: &Level| level.reached().1 - level.reached().0;
        strategies.sort_by(|(_, a), (_, b)| {
            let (a_arrives, b_arrives) = (a.median().is_reached(), b.median().is_reached());
            let by_median = || a.median().least().total_cmp(&b.median().least());
            let by_missing = missing(a).cmp(&missing(b));
            let both = a_arrives && b_arrives;
            b_arrives.cmp(&a_arrives).then(if both { by_median().then(by_missing) } else { by_missing })
        });
        Self { strategies, most }
    }

    /// The first; `None` where nobody arrives in most replicates.
    pub(super) fn winner(&self) -> Option<(&'static str, &Level)> {
        self.strategies.first().filter(|(_, level)| level.median().is_reached()).map(|(name, level)| (*name, level))
    }

    /// What a strategy needed.
    pub(super) fn level(&self, name: &str) -> Option<&Level> {
        self.strategies.iter().find(|(strategy, _)| *strategy == name).map(|(_, level)| level)
    }

    /// Queries of the rival over those of `name`, paired by replicate.
    pub(super) fn lead(&self, name: &str, rival: &str) -> Option<Ratio> {
        Ratio::of(self.level(rival)?, self.level(name)?)
    }

    /// "lucky 90 [80, 95] queries; in half of the replicates or fewer within 1,000: spread (1 of 2)".
    pub(super) fn standings(&self) -> String {
        let arrives = |(_, level): &&Needed| level.median().is_reached();
        let stand = |(name, level): &Needed| format!("{name} {}", level.words());
        let arrived: Vec<String> = self.strategies.iter().filter(arrives).map(stand).collect();
        let miss = |(name, level): &Needed| format!("{name} ({} of {})", level.reached().0, level.reached().1);
        let out: Vec<String> = self.strategies[arrived.len()..].iter().map(miss).collect();
        let most = thousands(self.most);
        match (arrived.is_empty(), out.is_empty()) {
            (true, _) => format!("not reached by {}, however chosen", several(&most, "query")),
            (false, true) => format!("{} queries", list(&arrived)),
            (false, false) => format!(
                "{} queries; in half of the replicates or fewer within {most}: {}",
                arrived.join(", "),
                list(&out)
            ),
        }
    }

    /// What to compare the winner with: `natural` and the strategy that comes second.
    pub(super) fn rivals(&self, natural: &'static str) -> Vec<&'static str> {
        let mut rivals: Vec<&str> =
            std::iter::once(natural).chain(self.strategies.get(1).map(|(name, _)| *name)).collect();
        rivals.dedup();
        rivals.retain(|rival| self.winner().is_some_and(|(winner, _)| winner != *rival));
        rivals
    }

    /// How many times the winner's queries its rivals need, where both are known in every replicate.
    pub(super) fn claims(&self, natural: &'static str) -> Vec<Claim> {
        let Some((winner, _)) = self.winner() else { return Vec::new() };
        let claim = |rival: &'static str| {
            let gap = self.lead(winner, rival)?.logarithm()?;
            let (a, b) = (winner.to_owned(), rival.to_owned());
            Some(Claim { measure: "ln(queries of b / queries of a)", a, b, place: String::new(), gap })
        };
        self.rivals(natural).into_iter().filter_map(claim).collect()
    }

    /// "gets there in 9 of 10 replicates, natural in 2".
    pub(super) fn arrivals(&self, winner: &str, rival: &str) -> String {
        let reached = |name: &str| self.level(name).map_or((0, 0), Level::reached);
        let (arrived, replicates) = reached(winner);
        format!("{winner} gets there in {arrived} of {replicates} replicates, {rival} in {}", reached(rival).0)
    }

    /// "spread beats natural, which needs 1.50 [1.40, 1.61] times as many queries".
    pub(super) fn compared(&self, winner: &str, rival: &str, lead: &Ratio) -> String {
        let mut needs = format!("which needs {} times as many queries", lead.words_in(|ratio| format!("{ratio:.2}")));
        if lead.is_bound() {
            needs += " in the mean, where those that never arrive count as the last budget";
        }
        match lead.verdict() {
            Verdict::Beats => format!("{winner} beats {rival}, {needs}"),
            Verdict::LosesTo => format!("{winner} loses to {rival}, {needs}"),
            Verdict::NoDifference => format!("{winner} against {rival}, {needs}: no difference shown"),
        }
    }
}

/// Queries for a table: "55 [52, 60]", "820 [482, >3,162]", or in how many replicates the level is reached, where these
/// are few: "3 of 10".
pub(super) fn in_table(level: Option<&Level>) -> String {
    let end = |end: Bounds| end.signed(in_full_or(to_three_digits));
    level.map_or("–".to_owned(), |level| match (level.median().known(), level.interval()) {
        (Some(median), Some((low, high))) => format!("{} [{}, {}]", about(median), end(low), end(high)),
        _ if level.median().is_reached() => level.about(),
        _ => format!("{} of {}", level.reached().0, level.reached().1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    const NEVER: f64 = f64::INFINITY;

    /// Amounts of queries; infinite where 1,000 are not enough.
    fn to_level(of: &[(&'static str, &[f64])]) -> ToLevel {
        let bounds = |&queries: &f64| if queries < NEVER { Bounds::exactly(queries) } else { Bounds::above(1_000.0) };
        let level = |queries: &[f64]| Level::new(queries.iter().map(bounds).collect());
        ToLevel::new(of.iter().map(|(name, queries)| (*name, level(queries))).collect(), 1_000)
    }

    #[test]
    fn a_lead_is_a_ratio_in_every_replicate() {
        let to_level = to_level(&[("natural", &[200.0, 800.0]), ("spread", &[100.0, 400.0])]);
        assert_eq!(to_level.winner().map(|(name, level)| (name, level.about())), Some(("spread", "200".to_owned())));
        assert_eq!(to_level.rivals("natural"), ["natural"]);
        // Twice as many queries in both replicates: no spread, whatever the replicates differ in.
        let words = to_level.compared("spread", "natural", &to_level.lead("spread", "natural").unwrap());
        assert_eq!(words, "spread beats natural, which needs 2.00 [2.00, 2.00] times as many queries");
    }

    #[test]
    fn a_median_in_a_table_has_both_ends_of_its_interval() {
        let level = |late: Bounds| {
            Level::new(
                [40, 50, 60, 70, 80].map(|at| Bounds::exactly(f64::from(at))).into_iter().chain([late]).collect(),
            )
        };
        let cell = |late| in_table(Some(&level(late)));
        // The middle two of six are 60 and 70: √4,200 = 64.8; the interval of six values is their range.
        assert_eq!(cell(Bounds::exactly(90.0)), "65 [40, 90]");
        assert_eq!(cell(Bounds::above(1_000.0)), "65 [40, >1,000]");
        assert_eq!(in_table(Some(&Level::new(vec![Bounds::above(1_000.0); 6]))), "0 of 6");
    }

    #[test]
    fn a_strategy_that_does_not_arrive_gets_a_bound() {
        let to_level = to_level(&[("natural", &[NEVER; 2]), ("spread", &[100.0, NEVER]), ("lucky", &[90.0, 91.0])]);
        let standings = "lucky 90 (90 to 91 in 2 replicates) queries; in half of the replicates or fewer within \
                         1,000: spread (1 of 2) and natural (0 of 2)";
        assert_eq!(to_level.standings(), standings);
        assert!(to_level.lead("spread", "natural").is_none());
        // At least √(1,000/90 · 1,000/91) = 11.05 times as many.
        let lead = to_level.lead("lucky", "natural").unwrap();
        let words = to_level.compared("lucky", "natural", &lead);
        assert_eq!(
            words,
            "lucky beats natural, which needs at least 11.05 times as many queries in the mean, where those that never \
                     arrive count as the last budget"
        );
        assert_eq!(to_level.arrivals("lucky", "spread"), "lucky gets there in 2 of 2 replicates, spread in 1");
    }
}
