//! The records of the experiment, read: what each defence costs whom.

use super::{LABEL, OPEN, keeper};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::curves::{AGREEMENT, Curves, Measure};
use crate::finding::Trial;
use crate::oracle::{FirstChoice, Surface};
use crate::plan::Plan;

pub(super) const CUSTOMER_ACCURACY: Measure = Measure::of_exam(|trial| own_value(trial, 2));
pub(super) const CUSTOMER_LOG_LOSS: Measure = Measure::plain(|trial| own_value(trial, 3));
/// A copier this near to what probabilities teach is near enough: two points of agreement.
pub(super) const NEAR: f64 = 0.02;

fn own_value(trial: &Trial, column: usize) -> Option<f64> {
    trial.extra.get(column)?.parse().ok()
}

/// The records, and the two budgets at which they are looked at closely.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) kinds: Vec<&'static dyn Surface>,
    pub(super) curves: Curves<'a>,
    pub(super) small: usize,
    pub(super) large: usize,
}

impl<'a> Reading<'a> {
    /// Looks closely at the budgets nearest to 100 and 1,000, or at the first and the last where these are one.
    pub(super) fn new(
        plan: &'a Plan,
        kinds: Vec<&'static dyn Surface>,
        budgets: &'a [usize],
        curves: Curves<'a>,
    ) -> Self {
        let nearest = |wanted: f64| {
            let distance = |budget: &usize| (*budget as f64 / wanted).ln().abs();
            budgets.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b))).expect("a budget")
        };
        let (mut small, mut large) = (nearest(100.0), nearest(1_000.0));
        if small == large {
            (small, large) = (budgets[0], budgets[budgets.len() - 1]);
        }
        Self { plan, kinds, curves, small, large }
    }

    /// All kinds but the open one.
    pub(super) fn defences(&self) -> impl Iterator<Item = &'static dyn Surface> {
        self.kinds.iter().copied().filter(|kind| kind.name() != OPEN)
    }

    /// The arm of a copier who keeps only first choices; `None` where there is nothing else.
    pub(super) fn keeper(&self, kind: &dyn Surface) -> Option<String> {
        match kind.first_choice() {
            FirstChoice::Teachers => Some(LABEL.to_owned()),
            FirstChoice::Blurred => Some(keeper(kind.name())),
            FirstChoice::Whole => None,
        }
    }

    /// The arm of the copier's better reading, by its mean over worlds.
    pub(super) fn best(&self, kind: &dyn Surface, budget: usize) -> String {
        let mean = |arm: &str| self.curves.at(arm, Some(budget), AGREEMENT).map_or(0.0, |estimate| estimate.mean);
        let shown = kind.name().to_owned();
        self.keeper(kind).filter(|keeper| mean(keeper) > mean(&shown)).unwrap_or(shown)
    }

    fn open(&self) -> &'static dyn Surface {
        self.kinds.iter().copied().find(|kind| kind.name() == OPEN).expect("the open kind is always among them")
    }

    /// Agreement that a copier loses by a defence, at the better reading on both sides.
    pub(super) fn copier_loses(&self, kind: &dyn Surface, budget: usize) -> Option<Estimate> {
        let (open, best) = (self.best(self.open(), budget), self.best(kind, budget));
        self.curves.difference((&open, Some(budget)), (&best, Some(budget)), AGREEMENT)
    }

    /// Nats of log loss that an honest customer loses by it.
    pub(super) fn customer_loses(&self, kind: &dyn Surface) -> Option<Estimate> {
        let at = Some(self.small);
        self.curves.difference((kind.name(), at), (OPEN, at), CUSTOMER_LOG_LOSS)
    }

    /// Whether a costs the copier more per nat than b does, at the small budget. With losses y of the copier and x of
    /// the customer, y_a / x_a > y_b / x_b where y_a x_b − y_b x_a > 0: no division by a loss near zero.
    pub(super) fn worth_more(&self, a: &dyn Surface, b: &dyn Surface) -> Option<Estimate> {
        let at = Some(self.small);
        let (open, best_a, best_b) =
            (self.best(self.open(), self.small), self.best(a, self.small), self.best(b, self.small));
        self.curves.combined(
            [
                (&open, at, AGREEMENT),
                (&best_a, at, AGREEMENT),
                (&best_b, at, AGREEMENT),
                (OPEN, at, CUSTOMER_LOG_LOSS),
                (a.name(), at, CUSTOMER_LOG_LOSS),
                (b.name(), at, CUSTOMER_LOG_LOSS),
            ],
            |[open, agrees_a, agrees_b, open_loss, loss_a, loss_b]| {
                (open - agrees_a) * (loss_b - open_loss) - (open - agrees_b) * (loss_a - open_loss)
            },
        )
    }

    /// What a label alone costs the copier, at the small and the large budget, and whether that shrinks.
    pub(super) fn hiding(&self) -> Option<(Estimate, Estimate, Verdict)> {
        let (small, large) = (Some(self.small), Some(self.large));
        let parts = [(OPEN, small), (LABEL, small), (OPEN, large), (LABEL, large)];
        let parts = parts.map(|(arm, budget)| (arm, budget, AGREEMENT));
        let shrinks = self
            .curves
            .combined(parts, |[open, label, open_later, label_later]| (open - label) - (open_later - label_later))?;
        let gap = |at| self.curves.difference((OPEN, at), (LABEL, at), AGREEMENT);
        Some((gap(small)?, gap(large)?, Verdict::of(shrinks)))
    }

    /// The defence that costs the copier most.
    pub(super) fn strongest(&self, budget: usize) -> Option<&'static dyn Surface> {
        let costs = self.defences().filter_map(|kind| Some((self.copier_loses(kind, budget)?.mean, kind)));
        costs.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, kind)| kind)
    }

    /// The defences after which the copier is surely near, within [`NEAR`], at a budget; surely not; and the others.
    pub(super) fn near(&self, budget: usize) -> [Vec<String>; 3] {
        let mut sorted: [Vec<String>; 3] = Default::default();
        for kind in self.defences() {
            let place = match self.copier_loses(kind, budget) {
                Some(loss) if loss.high < NEAR => 0,
                Some(loss) if loss.low >= NEAR => 1,
                _ => 2,
            };
            sorted[place].push(kind.name().to_owned());
        }
        sorted
    }
}
