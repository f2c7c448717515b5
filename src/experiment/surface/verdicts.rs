//! What the records say in sentences: the title and the verdict lines.

use super::reading::Reading;
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::curves::AGREEMENT;
use crate::experiment::telling::{TRUTH, verdict};
use crate::oracle::{FirstChoice, Surface};
use crate::words::{hundredths, list, points, thousands};

impl Reading<'_> {
    /// The finding in one sentence.
    pub(super) fn title(&self) -> String {
        let Some((early, late, shrinks)) = self.hiding() else {
            return "No kind of answer could be compared".to_owned();
        };
        let (small, large) = (thousands(self.small), thousands(self.large));
        let (before, after) = (in_points(early.mean), in_points(late.mean));
        match (Verdict::of(early), shrinks, Verdict::of(late)) {
            (Verdict::Beats, ..) if self.small == self.large => {
                format!("Hiding probabilities costs the copier {before} of agreement at {small} questions")
            }
            (Verdict::Beats, Verdict::Beats, Verdict::Beats) => format!(
                "Hiding probabilities delays the copier: {before} of agreement lost at {small} questions, {after} at \
                 {large}"
            ),
            (Verdict::Beats, Verdict::Beats, _) => format!(
                "Hiding probabilities delays the copier: {before} of agreement lost at {small} questions, \
                 inconclusive at {large}"
            ),
            (Verdict::Beats, _, Verdict::Beats) => format!(
                "Hiding probabilities costs the copier {before} of agreement at {small} questions and still {after} at \
                 {large}"
            ),
            (Verdict::Beats, ..) => format!(
                "Hiding probabilities costs the copier {before} of agreement at {small} questions; inconclusive at \
                 {large}"
            ),
            (Verdict::LosesTo, ..) => {
                format!("At {small} questions a copier learns no more from probabilities than from labels")
            }
            (Verdict::NoDifference, ..) => format!(
                "Inconclusive: whether hiding probabilities costs the copier anything at {small} questions ({before})"
            ),
        }
    }

    /// Verdict lines.
    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = Vec::new();
        if let Some((early, late, shrinks)) = self.hiding().filter(|_| self.small < self.large) {
            let word = match shrinks {
                Verdict::Beats => "shrinks",
                Verdict::LosesTo => "does not shrink",
                Verdict::NoDifference => "inconclusive whether it shrinks",
            };
            verdicts.push(format!(
                "hiding probabilities costs the copier {} at {}, {} at {}: {word}",
                spread(early),
                thousands(self.small),
                spread(late),
                thousands(self.large)
            ));
        }
        verdicts.extend(self.price_verdicts());
        verdicts.extend(self.gift_verdicts());
        verdicts.extend(self.adaptive_verdicts());
        verdicts.extend(self.remains());
        if let Some(strongest) = self.strongest(self.large) {
            let (arm, at) = (self.best(strongest, self.large), Some(self.large));
            if let Some(gap) = self.curves.difference((&arm, at), (TRUTH, at), AGREEMENT) {
                let line = verdict(&arm, TRUTH, gap);
                verdicts.push(format!("the strongest defence at {}: {line}", thousands(self.large)));
            }
        }
        verdicts
    }

    /// Which defence costs the copier most for what customers pay.
    fn price_verdicts(&self) -> Vec<String> {
        let small = thousands(self.small);
        let mut free = Vec::new();
        let mut priced = Vec::new();
        let mut wasted = Vec::new();
        for kind in self.defences() {
            let Some((copier, customer)) = self.copier_loses(kind, self.small).zip(self.customer_loses(kind)) else {
                continue;
            };
            match (Verdict::of(copier), Verdict::of(customer)) {
                (Verdict::Beats, Verdict::Beats) => priced.push((kind, copier, customer)),
                (Verdict::Beats, _) => free.push(kind.name().to_owned()),
                (_, Verdict::Beats) => wasted.push(kind.name().to_owned()),
                _ => {}
            }
        }
        let mut lines = Vec::new();
        if !free.is_empty() {
            lines
                .push(format!("costs the copier agreement at {small} and customers nothing for sure: {}", list(&free)));
        }
        if !wasted.is_empty() {
            lines.push(format!("costs customers and not for sure the copier at {small}: {}", list(&wasted)));
        }
        let worth = |copier: &Estimate, customer: &Estimate| copier.mean / customer.mean;
        priced.sort_by(|(_, a, x), (_, b, y)| worth(b, y).total_cmp(&worth(a, x)));
        let told = |(kind, copier, customer): &(&'static dyn Surface, Estimate, Estimate)| {
            format!("{} ({} for {:.3} nats)", kind.name(), in_points(copier.mean), customer.mean)
        };
        match priced.as_slice() {
            [] if free.is_empty() => {
                lines.push(format!("inconclusive: no defence costs the copier for sure at {small}"))
            }
            [] => {}
            [only] => lines.push(format!("only {} costs both the copier and customers at {small}", told(only))),
            [first, second, ..] => lines.push(match self.worth_more(first.0, second.0).map(Verdict::of) {
                Some(Verdict::Beats) => format!(
                    "per nat that customers lose, {} costs the copier most at {small}; it beats {}",
                    told(first),
                    told(second)
                ),
                _ => format!(
                    "per nat that customers lose, {} against {} at {small}: inconclusive",
                    told(first),
                    told(second)
                ),
            }),
        }
        lines
    }

    /// Defences that are none: customers are served better than by probabilities (a teacher too sure of itself), or the
    /// copier learns more.
    fn gift_verdicts(&self) -> Vec<String> {
        let surely_less = |loss: Option<Estimate>| loss.filter(|loss| loss.high < 0.0).map(|loss| -loss.mean);
        let served = |kind: &'static dyn Surface| {
            Some(format!("{} (by {:.3} nats)", kind.name(), surely_less(self.customer_loses(kind))?))
        };
        let taught = |kind: &'static dyn Surface| {
            Some(format!("{} (by {})", kind.name(), in_points(surely_less(self.copier_loses(kind, self.small))?)))
        };
        let served: Vec<String> = self.defences().filter_map(served).collect();
        let taught: Vec<String> = self.defences().filter_map(taught).collect();
        let lines = [
            ("serves customers better than probabilities".to_owned(), served),
            (format!("teaches the copier more than probabilities at {}", thousands(self.small)), taught),
        ];
        lines
            .into_iter()
            .filter(|(_, kinds)| !kinds.is_empty())
            .map(|(what, kinds)| format!("{what}: {}", list(&kinds)))
            .collect()
    }

    /// Whether keeping only first choices undoes a defence: for the kinds that blur them in any case, for the others
    /// (where it comes to reading labels) where it helps.
    fn adaptive_verdicts(&self) -> Vec<String> {
        let gain = |kind: &dyn Surface, budget: usize| {
            let (keeper, at) = (self.keeper(kind)?, Some(budget));
            self.curves.difference((&keeper, at), (kind.name(), at), AGREEMENT)
        };
        let mut lines = Vec::new();
        for kind in self.kinds.iter().filter(|kind| kind.first_choice() == FirstChoice::Blurred) {
            if let Some(gap) = gain(*kind, self.small) {
                let name = format!("keeping only the first choice of {}", kind.name());
                lines.push(format!("{}, at {}", verdict(&name, "reading it as shown", gap), thousands(self.small)));
            }
        }
        let mut budgets = vec![self.small, self.large];
        budgets.dedup();
        for budget in budgets {
            let helped = |kind: &&'static dyn Surface| {
                let gap = gain(*kind, budget).filter(|gap| Verdict::of(*gap) == Verdict::Beats)?;
                Some(format!("{} (by {})", kind.name(), in_points(gap.mean)))
            };
            let helped: Vec<String> = self.kinds.iter().filter_map(helped).collect();
            if !helped.is_empty() {
                let at = thousands(budget);
                lines
                    .push(format!("at {at}, keeping only first choices beats reading as shown: {}", helped.join(", ")));
            }
        }
        lines
    }

    /// What is left of the defences at the large budget.
    fn remains(&self) -> Option<String> {
        let loss = |kind: &'static dyn Surface| Some((kind.name(), self.copier_loses(kind, self.large)?));
        let sure: Vec<String> = self
            .defences()
            .filter_map(loss)
            .filter(|(_, loss)| Verdict::of(*loss) == Verdict::Beats)
            .map(|(name, loss)| format!("{name} {}", spread(loss)))
            .collect();
        let large = thousands(self.large);
        Some(match sure.as_slice() {
            [] => format!("at {large} questions no defence costs the copier for sure"),
            _ => format!("what defences still cost the copier at {large}: {}", sure.join(", ")),
        })
    }
}

/// A share as "8.1 points".
pub(super) fn in_points(share: f64) -> String {
    format!("{} points", hundredths(share).trim_end_matches(".0"))
}

/// "8.1 points [7.5, 8.7]", without an interval where a single world has none.
pub(super) fn spread(Estimate { mean, low, high }: Estimate) -> String {
    if low.is_finite() { points(mean, low, high) } else { in_points(mean) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_for_readers() {
        let told = [0.0814, 0.02, -0.001, -0.0004].map(in_points);
        assert_eq!(told, ["8.1 points", "2 points", "−0.1 points", "0 points"]);
    }
}
