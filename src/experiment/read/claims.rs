//! A claim: two things held against each other by one measure, with an interval and a verdict.
//!
//! [`Curves`](super::curves::Curves) makes claims from the records, `show::sentences` makes verdict lines of them, and
//! `finding.json` keeps them as data.

use crate::audit::statistics::{Estimate, Verdict};

/// Two things, compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// What of them is compared: "agreement".
    pub(crate) measure: &'static str,
    /// The one.
    pub(crate) a: String,
    /// The other.
    pub(crate) b: String,
    /// Where in the sweep: "at 10,000", "averaged over the budgets"; empty where there is only one place.
    pub(crate) place: String,
    /// What the first has more than the second, with its 95 % interval; infinite ends of a single replicate.
    pub(crate) gap: Estimate,
}

impl Claim {
    /// What the interval allows one to say.
    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::of(self.gap)
    }

    /// The same under names that a sentence can use.
    pub(crate) fn named(self, a: impl Into<String>, b: impl Into<String>) -> Self {
        Self { a: a.into(), b: b.into(), ..self }
    }

    /// The same from the side of the winner, where there is one.
    pub(crate) fn by_the_winner(self) -> Self {
        let Estimate { mean, low, high } = self.gap;
        match self.verdict() {
            Verdict::LosesTo => {
                Self { a: self.b, b: self.a, gap: Estimate { mean: -mean, low: -high, high: -low }, ..self }
            }
            Verdict::Beats | Verdict::NoDifference => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_winner_has_as_much_more_as_the_loser_has_less() {
        let gap = Estimate { mean: -0.25, low: -0.375, high: -0.125 };
        let (a, b, place) = ("a".to_owned(), "b".to_owned(), "at 10".to_owned());
        let claim = Claim { measure: "agreement", a, b, place, gap }.by_the_winner();
        assert_eq!((claim.a.as_str(), claim.b.as_str(), claim.verdict()), ("b", "a", Verdict::Beats));
        assert_eq!(claim.gap, Estimate { mean: 0.25, low: 0.125, high: 0.375 });
        assert_eq!(claim.clone().by_the_winner(), claim);
    }
}
