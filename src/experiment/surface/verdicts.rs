//! What the records say in sentences: the title and the verdict lines.

use super::reading::{Course, Loss, Reading};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::curves::AGREEMENT;
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{line, spread, verdict};
use crate::oracle::{FirstChoice, Surface};
use crate::words::{counted, hundredths, list, thousands};

impl Reading<'_> {
    /// The finding in one sentence.
    pub(super) fn title(&self) -> String {
        let [small, large] = [self.small, self.large].map(|budget| counted(budget, "query"));
        let losses = self.losses_of_all();
        if losses.is_empty() {
            return "No kind of answer could be compared".to_owned();
        }
        if self.plan.replicates() == 1 {
            return "One replicate has no interval: no kind of answer is shown to cost the copier anything".to_owned();
        }
        let all = losses.len();
        let delay = losses.iter().filter(|loss| loss.course == Course::Delays).count();
        let cost: Vec<f64> =
            losses.iter().filter(|loss| loss.course == Course::Costs).map(|loss| loss.large.mean).collect();
        let (least, most) =
            cost.iter().fold((f64::MAX, f64::MIN), |(low, high), loss| (low.min(*loss), high.max(*loss)));
        let verb = |number: usize, verb: &str| if number == 1 { format!("{verb}s") } else { verb.to_owned() };
        let costs = verb(cost.len(), "cost");
        let points = match cost.len() {
            1 => in_points(most),
            _ => format!("{} to {}", hundredths(least), in_points(most)),
        };
        let delays = format!("{delay} of {all} defences only {} the copier", verb(delay, "delay"));
        match (delay, cost.len()) {
            (1.., 0) => format!("{delays}, to within a point at {large}"),
            (1.., some) => format!("{delays}; {some} {costs} it {points} at {large}"),
            (0, some @ 1..) => format!("{some} of {all} defences {costs} the copier {points} at {large}"),
            (0, 0) => match losses.iter().any(|loss| Verdict::of(loss.small) == Verdict::Beats) {
                true => format!(
                    "{} costs the copier at {small}; at {large} no loss is shown, nor one of a point excluded",
                    self.strongest(self.small).map_or("Hiding".to_owned(), |(kind, _)| capital(kind.name()))
                ),
                false => {
                    format!(
                        "No kind of answer is shown to cost the copier anything, at {} or {large}",
                        thousands(self.small)
                    )
                }
            },
        }
    }

    /// Verdict lines.
    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = self.course_verdicts();
        verdicts.extend(self.price_verdicts());
        verdicts.extend(self.gift_verdicts());
        verdicts.extend(self.adaptive_verdicts());
        if let Some((kind, _)) = self.strongest(self.large)
            && let Some(claim) = self.copier_less(kind, TRUTH, self.large)
        {
            verdicts.push(format!("the strongest defence at {}: {}", thousands(self.large), verdict(&claim)));
        }
        verdicts
    }

    /// What becomes of each defence's price between the two budgets: a line for each course that some take.
    fn course_verdicts(&self) -> Vec<String> {
        let (small, large) = (thousands(self.small), thousands(self.large));
        let losses = self.losses_of_all();
        let both = |loss: &Loss| format!("{} {}, then {}", loss.kind.name(), spread(loss.small), spread(loss.large));
        let late = |loss: &Loss| format!("{} {}", loss.kind.name(), spread(loss.large));
        let open = |loss: &Loss| format!("{} {}", loss.kind.name(), no_loss(loss.large));
        let line = |course: Course, what: String, told: &dyn Fn(&Loss) -> String| {
            let own: Vec<String> = losses.iter().filter(|loss| loss.course == course).map(told).collect();
            (!own.is_empty()).then(|| format!("{what}: {}", own.join("; ")))
        };
        [
            line(Course::Delays, format!("delays: a loss at {small} that is within a point at {large}"), &both),
            line(Course::Costs, format!("costs the copier at {large}"), &late),
            line(Course::Harmless, format!("no loss shown at {small}, within a point at {large}"), &late),
            line(Course::Open, format!("no loss shown at {large}, nor one of a point excluded"), &open),
        ]
        .into_iter()
        .flatten()
        .collect()
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
                (Verdict::Beats, _) => {
                    free.push(format!("{} ({:.3} to {:.3} nats)", kind.name(), customer.low, customer.high));
                }
                (_, Verdict::Beats) => wasted.push(format!("{} {}", kind.name(), no_loss(copier))),
                _ => {}
            }
        }
        let mut lines = Vec::new();
        if !free.is_empty() {
            lines.push(format!("costs the copier at {small}, no loss of customers shown: {}", free.join(", ")));
        }
        if !wasted.is_empty() {
            lines.push(format!("costs customers, no loss of the copier shown at {small}: {}", wasted.join(", ")));
        }
        let worth = |copier: &Estimate, customer: &Estimate| copier.mean / customer.mean;
        priced.sort_by(|(_, a, x), (_, b, y)| worth(b, y).total_cmp(&worth(a, x)));
        let told = |(kind, copier, customer): &(&'static dyn Surface, Estimate, Estimate)| {
            format!("{} ({} for {})", kind.name(), spread(*copier), in_nats(*customer))
        };
        match priced.as_slice() {
            [] if free.is_empty() => {
                lines.push(format!("no defence is shown to cost the copier anything at {small}"));
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
                    "per nat that customers lose, {} against {} at {small}: no difference shown",
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
        let gain = |loss: Option<Estimate>| {
            let Estimate { mean, low, high } = loss.filter(|loss| Verdict::of(*loss) == Verdict::LosesTo)?;
            Some(Estimate { mean: -mean, low: -high, high: -low })
        };
        let served = |kind: &'static dyn Surface| {
            Some(format!("{} (by {})", kind.name(), in_nats(gain(self.customer_loses(kind))?)))
        };
        let taught = |kind: &'static dyn Surface| {
            Some(format!("{} (by {})", kind.name(), spread(gain(self.copier_loses(kind, self.small))?)))
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
            let name = format!("keeping only the first choice of {}", kind.name());
            lines.extend(gain(*kind, self.small).map(|claim| line(&claim.named(name, "reading it as shown"))));
        }
        let mut budgets = vec![self.small, self.large];
        budgets.dedup();
        for budget in budgets {
            let helped = |kind: &&'static dyn Surface| {
                let claim = gain(*kind, budget).filter(|claim| claim.verdict() == Verdict::Beats)?;
                Some(format!("{} (by {})", kind.name(), spread(claim.gap)))
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
}

/// A share as "8.1 points".
pub(super) fn in_points(share: f64) -> String {
    format!("{} points", hundredths(share).trim_end_matches(".0"))
}

/// "0.130 nats [0.121, 0.139]", without an interval where a single replicate has none.
fn in_nats(Estimate { mean, low, high }: Estimate) -> String {
    if low.is_finite() { format!("{mean:.3} nats [{low:.3}, {high:.3}]") } else { format!("{mean:.3} nats") }
}

/// "(−1.3 to 0.5 points)": what an interval that shows no loss leaves possible.
fn no_loss(Estimate { mean, low, high }: Estimate) -> String {
    if low.is_finite() {
        format!("({} to {} points)", hundredths(low), hundredths(high))
    } else {
        format!("({})", in_points(mean))
    }
}

/// With its first letter large, for the beginning of a sentence.
fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
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
