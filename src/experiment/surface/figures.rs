//! What the records show: the table, the plane of the two prices, and the curves.

use super::reading::{CUSTOMER_ACCURACY, CUSTOMER_LOG_LOSS, Reading};
use super::verdicts::in_points;
use super::{LABEL, keeper};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::curves::{AGREEMENT, rounded};
use crate::experiment::run::references::Reference;
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{basis, cell, label};
use crate::finding::{Curves as Chart, Dot, Drawing, Figure, Scale, Scatter, Series, Span, Table};
use crate::oracle::{FirstChoice, Surface};
use crate::words::{counted, percent, thousands};

impl Reading<'_> {
    /// One row for each arm: how often customers are told the truth and at what log loss, then the copier's agreement
    /// at the two main budgets, reading answers as shown and keeping first choices only.
    pub(super) fn table(&self) -> Table {
        let budgets = if self.small < self.large { vec![self.small, self.large] } else { vec![self.small] };
        let head = ["answers", "right", "log loss"].map(str::to_owned).into_iter();
        let head = head.chain(budgets.iter().flat_map(|&at| [format!("at {}", thousands(at)), "first".to_owned()]));
        let row = |(name, keeper): (&str, Option<String>)| {
            let customer = |measure| self.curves.at(name, Some(self.small), measure);
            let right = customer(CUSTOMER_ACCURACY).map_or("–".to_owned(), |right| percent(right.mean));
            let loss = customer(CUSTOMER_LOG_LOSS).map_or("–".to_owned(), |loss| format!("{:.3}", loss.mean));
            let agreement =
                |arm: Option<&str>, at: usize| cell(arm.and_then(|arm| self.curves.at(arm, Some(at), AGREEMENT)));
            let copier = budgets.iter().flat_map(|&at| [agreement(Some(name), at), agreement(keeper.as_deref(), at)]);
            [name.to_owned(), right, loss].into_iter().chain(copier).collect()
        };
        let kinds = self.kinds.iter().map(|kind| (kind.name(), self.keeper(*kind)));
        Table { head: head.collect(), rows: kinds.chain([(TRUTH, None)]).map(row).collect() }
    }

    /// The plane of the two prices.
    pub(super) fn plane(&self) -> Figure {
        let [small, large] = [self.small, self.large].map(|budget| counted(budget, "query"));
        let later = self.small < self.large;
        let dot = |kind: &&'static dyn Surface| {
            let (copier, customer) = (self.copier_loses(*kind, self.small)?, self.customer_loses(*kind)?);
            let moved = self.copier_loses(*kind, self.large).filter(|_| later);
            Some(Dot {
                actor: kind.name().to_owned(),
                label: label(kind.name()),
                x: span(customer, 1.0),
                y: span(copier, 100.0),
                later: moved.map(|loss| rounded(100.0 * loss.mean)),
            })
        };
        let subtitle = format!(
            "What each kind of answer costs, against probabilities, at {small}{}; the copier reads each in the \
             better of two ways, chosen on the other replicates; {}",
            if later { format!(" (arrows: where that is at {large})") } else { String::new() },
            basis(self.plan)
        );
        Figure {
            name: "defences".to_owned(),
            title: self.plane_title(),
            subtitle,
            drawing: Drawing::Scatter(Scatter {
                x_label: "What honest customers lose: log loss of the answers, nats".to_owned(),
                y_label: "What the copier loses: points of agreement".to_owned(),
                dots: self.kinds.iter().filter_map(dot).collect(),
                corners: [
                    "a good defence: the copier loses, customers do not".to_owned(),
                    String::new(),
                    "a bad one: customers lose, the copier does not".to_owned(),
                    String::new(),
                ],
            }),
        }
    }

    fn plane_title(&self) -> String {
        let strongest = |budget| self.strongest(budget).filter(|(_, loss)| Verdict::of(*loss) == Verdict::Beats);
        let small = counted(self.small, "query");
        let Some((kind, loss)) = strongest(self.small) else {
            return format!("No kind of answer is shown to cost the copier anything at {small}");
        };
        let nats = self.customer_loses(kind).map_or(0.0, |loss| loss.mean);
        format!("{} costs the copier {} at {small}, customers {nats:.2} nats", label(kind.name()), in_points(loss.mean))
    }

    /// Agreement against budget for every arm.
    pub(super) fn agreement(&self) -> Figure {
        let large = counted(self.large, "query");
        let [near, far, open] = self.near(self.large);
        let all = near.len() + far.len() + open.len();
        let title = match near.len() {
            0 => format!("No defence is shown to cost the copier under a point at {large}"),
            n if n == all => format!("Every defence costs the copier under a point at {large}"),
            n => format!("{n} of {all} defences cost the copier under a point at {large}"),
        };
        // Grey: what costs it next to nothing. What is named stands out, with what it is compared with.
        let quiet = |name: &str| name != LABEL && near.iter().any(|near| *near == name);
        let mut series: Vec<Series> = Vec::new();
        for kind in &self.kinds {
            let curve = self.curves.series(kind.name(), &label(kind.name()), AGREEMENT);
            series.push(Series { quiet: quiet(kind.name()), ..curve });
            // The second reading where it is the better one somewhere: else it would be one more line below.
            if kind.first_choice() == FirstChoice::Blurred
                && [self.small, self.large].iter().any(|&at| self.keeping_is_better(*kind, at))
            {
                let words = format!("{}, first choice", label(kind.name()));
                let curve = self.curves.series(&keeper(kind.name()), &words, AGREEMENT);
                series.push(Series { actor: kind.name().to_owned(), ..curve });
            }
        }
        series.push(self.curves.series(TRUTH, &label(TRUTH), AGREEMENT));
        // Far below all curves, the line of chance would press them together: it is given in words.
        let lines: Vec<Reference> = Reference::LINES.into_iter().filter(|line| *line != Reference::Chance).collect();
        let chance = self.curves.at(Reference::Chance.name(), None, AGREEMENT);
        let chance = chance.map_or("–".to_owned(), |chance| percent(chance.mean));
        Figure {
            name: "agreement".to_owned(),
            title,
            subtitle: format!(
                "How often the copier gives the teacher's answer, for each kind of answer (chance: {chance}); the \
                 title takes the better of two readings, chosen on the other replicates; {}",
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget (without a teacher: labelled examples)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                scale: Scale::Opening,
                series,
                references: self.curves.lines(&lines, AGREEMENT),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }
}

/// An estimate for a figure; a single replicate has no interval.
fn span(Estimate { mean, low, high }: Estimate, unit: f64) -> Span {
    let (low, high) = if low.is_finite() { (low, high) } else { (mean, mean) };
    Span { mean: rounded(unit * mean), low: rounded(unit * low), high: rounded(unit * high) }
}
