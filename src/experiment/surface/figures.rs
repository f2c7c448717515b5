//! What the records show: the table, the plane of the two prices, and agreement in a grid.

use super::OPEN;
use super::reading::{CUSTOMER_ACCURACY, CUSTOMER_LOG_LOSS, Reading};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::curves::{AGREEMENT, rounded};
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{cell, label, means};
use crate::finding::{Dot, Drawing, Figure, Heat, HeatRow, Scatter, Shade, Span, Table};
use crate::oracle::Surface;
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
        let (small, large) = (thousands(self.small), counted(self.large, "query"));
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
                quiet: Verdict::of(copier) != Verdict::Beats,
            })
        };
        let subtitle = format!(
            "What each kind of answer costs the copier and honest customers, compared with probabilities, at {}; {}",
            if later { format!("{small} and {large}") } else { large.clone() },
            means(self.plan)
        );
        let crosses = (self.plan.replicates() > 1).then(|| "crosses: 95 % interval".to_owned());
        let arrows = later.then(|| format!("arrows: to {}", thousands(self.large)));
        let grey = format!("grey: no loss of the copier shown at {}", thousands(self.small));
        let key = crosses.into_iter().chain(arrows).chain([grey]);
        Figure {
            name: "defences".to_owned(),
            title: self.plane_title(),
            subtitle,
            drawing: Drawing::Scatter(Scatter {
                x_label: "What honest customers lose: log loss of the answers, nats".to_owned(),
                y_label: format!("What the copier loses at {small}: points of agreement"),
                dots: self.kinds.iter().filter_map(dot).collect(),
                corners: [
                    "a good defence: the copier loses, customers do not".to_owned(),
                    String::new(),
                    "a bad one: customers lose, the copier does not".to_owned(),
                    String::new(),
                ],
                key: key.collect::<Vec<_>>().join("; "),
            }),
        }
    }

    /// "All 6 defences that hurt the copier worsen customers' probabilities": then nobody stands in the good corner.
    fn plane_title(&self) -> String {
        let shown = |loss: Option<Estimate>| loss.map(Verdict::of) == Some(Verdict::Beats);
        let costly = self.defences().filter(|kind| shown(self.copier_loses(*kind, self.small)));
        let both: Vec<bool> = costly.map(|kind| shown(self.customer_loses(kind))).collect();
        if both.is_empty() {
            let small = counted(self.small, "query");
            return format!("No kind of answer is shown to cost the copier anything at {small}");
        }
        let customers = both.iter().filter(|both| **both).count();
        match both.len() {
            all if all == customers => {
                format!("All {all} defences that hurt the copier worsen customers' probabilities")
            }
            all => format!("Of {all} defences that hurt the copier {customers} worsen customers' probabilities"),
        }
    }

    /// Agreement at each budget for every kind of answer, read in the better way, with the control below.
    pub(super) fn agreement(&self, budgets: &[usize]) -> Figure {
        let large = counted(self.large, "query");
        let near = self.near(self.large);
        let all = self.defences().count();
        let row = |label: String, share: &dyn Fn(usize) -> Option<f64>, text: String| HeatRow {
            label,
            cells: budgets.iter().map(|&budget| share(budget).map(rounded)).collect(),
            text,
        };
        let at_most = |kind: &dyn Surface| {
            let loss = self.copier_loses(kind, self.large).filter(|loss| kind.name() != OPEN && loss.high.is_finite());
            loss.map_or(String::new(), |loss| format!("≤ {:.1}", 100.0 * loss.high).replace('-', "−"))
        };
        let mut kinds = self.kinds.clone();
        let last = |kind: &dyn Surface| self.copier_agrees(kind, self.large).unwrap_or(0.0);
        kinds.sort_by(|a, b| last(*b).total_cmp(&last(*a)));
        let mut rows: Vec<HeatRow> = kinds
            .iter()
            .map(|kind| row(label(kind.name()), &|at| self.copier_agrees(*kind, at), at_most(*kind)))
            .collect();
        let truth = |at: usize| Some(self.curves.at(TRUTH, Some(at), AGREEMENT)?.mean);
        rows.push(row(label(TRUTH), &truth, String::new()));
        Figure {
            name: "agreement".to_owned(),
            title: match near {
                0 => format!("No defence is shown to cost copiers under a point at {large}"),
                _ => format!("After {large} {near} of {all} defences cost copiers under a point"),
            },
            subtitle: format!(
                "How often the copier gives the teacher's answer, in percent; each kind of answer is read in the \
                 better of two ways, chosen on the other replicates; lost: upper end of the 95 % interval; {}",
                means(self.plan)
            ),
            drawing: Drawing::Heat(Heat {
                x_label: "Queries (last row: true labels)".to_owned(),
                y_label: "What an answer shows".to_owned(),
                columns: budgets.iter().map(|&budget| thousands(budget)).collect(),
                controls: 0,
                others: 1 + all - near,
                shade: Shade::Distance,
                texts: "points lost".to_owned(),
                rows,
            }),
        }
    }
}

/// An estimate for a figure; a single replicate has no interval.
fn span(Estimate { mean, low, high }: Estimate, unit: f64) -> Span {
    let (low, high) = if low.is_finite() { (low, high) } else { (mean, mean) };
    Span { mean: rounded(unit * mean), low: rounded(unit * low), high: rounded(unit * high) }
}
