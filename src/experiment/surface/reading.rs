//! The records of the experiment, read: what each defence costs whom.
//!
//! The copier reads each kind of answer in the better of two ways. Which one that is, is chosen for each replicate on
//! the others (see [`crossfit`](super::crossfit)), and so is which defence is the strongest.

use super::crossfit::{held_out, picks};
use super::{Customer, LABEL, OPEN, keeper};
use crate::audit::statistics::{Estimate, Verdict, estimate};
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves, Measure};
use crate::finding::Trial;
use crate::oracle::{FirstChoice, Surface};
use crate::plan::Plan;
use crate::words::thousands;

pub(super) const CUSTOMER_ACCURACY: Measure =
    Measure::of_exam("customers are told the truth", |trial| Some(customer(trial)?.customer_accuracy.0));
pub(super) const CUSTOMER_LOG_LOSS: Measure =
    Measure::plain("log loss of customers", |trial| Some(customer(trial)?.customer_log_loss.0));
/// A copier this near to what probabilities teach has lost next to nothing: a point of agreement.
pub(super) const NEAR: f64 = 0.01;

fn customer(trial: &Trial) -> Option<Customer> {
    trial.own.to()
}

/// What becomes of a copier's loss between the small budget and the large one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// A loss at the small budget, and within [`NEAR`] of no loss at the large one: the copier is delayed.
    Delays,
    /// A loss is shown at the large budget, and it may be more than [`NEAR`].
    Costs,
    /// No loss is shown at the small budget, and it is within [`NEAR`] of none at the large one.
    Harmless,
    /// At the large budget no loss is shown, and none of more than [`NEAR`] excluded.
    Open,
}

impl Course {
    fn of(small: Estimate, large: Estimate) -> Self {
        match (Verdict::of(small), Verdict::of(large)) {
            (Verdict::Beats, _) if large.high < NEAR => Self::Delays,
            _ if large.high < NEAR => Self::Harmless,
            (_, Verdict::Beats) => Self::Costs,
            _ => Self::Open,
        }
    }
}

/// A defence with what it costs the copier at the two budgets.
pub(super) struct Loss {
    pub(super) kind: &'static dyn Surface,
    pub(super) small: Estimate,
    pub(super) large: Estimate,
    pub(super) course: Course,
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
    /// Looks closely at the budget nearest to 100, or at the first where that is the last, and at the last.
    pub(super) fn new(
        plan: &'a Plan,
        kinds: Vec<&'static dyn Surface>,
        budgets: &'a [usize],
        curves: Curves<'a>,
    ) -> Self {
        let distance = |budget: &usize| (*budget as f64 / 100.0).ln().abs();
        let nearest = budgets.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b))).expect("a budget");
        let large = budgets[budgets.len() - 1];
        let small = if nearest == large { budgets[0] } else { nearest };
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

    /// A copier's agreement with a kind of answer in each replicate, at the reading that is better in the others;
    /// `None` where it is missing.
    fn copier(&self, kind: &dyn Surface, budget: usize) -> Option<Vec<f64>> {
        let arms = [kind.name().to_owned()].into_iter().chain(self.keeper(kind));
        let readings: Vec<Vec<f64>> = arms.map(|arm| self.curves.values(&arm, Some(budget), AGREEMENT)).collect();
        let whole = !readings[0].is_empty() && readings.iter().all(|values| values.len() == readings[0].len());
        whole.then(|| held_out(&readings))
    }

    /// A copier's agreement in each replicate where nothing is hidden, and under a defence.
    fn open_and_closed(&self, kind: &dyn Surface, budget: usize) -> Option<(Vec<f64>, Vec<f64>)> {
        let open = self.kinds.iter().copied().find(|kind| kind.name() == OPEN)?;
        let (open, closed) = (self.copier(open, budget)?, self.copier(kind, budget)?);
        (open.len() == closed.len()).then_some((open, closed))
    }

    /// Agreement that a copier loses by a defence, at the better reading on both sides.
    pub(super) fn copier_loses(&self, kind: &dyn Surface, budget: usize) -> Option<Estimate> {
        Some(self.against_open(kind, budget)?.gap)
    }

    fn against_open(&self, kind: &dyn Surface, budget: usize) -> Option<Claim> {
        let (open, closed) = self.open_and_closed(kind, budget)?;
        let place = format!("at {}, read in the better way", thousands(budget));
        Some(self.curves.claim((OPEN, &open), (kind.name(), &closed), AGREEMENT, place))
    }

    /// What each defence costs the copier, at both budgets, and what it costs honest customers.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let mut budgets = vec![self.small, self.large];
        budgets.dedup();
        let copier = budgets.iter().flat_map(|&at| self.defences().filter_map(move |kind| self.against_open(kind, at)));
        copier.chain(self.defences().filter_map(|kind| self.served(kind))).collect()
    }

    /// The same in each replicate.
    fn losses(&self, kind: &dyn Surface, budget: usize) -> Option<Vec<f64>> {
        let (open, closed) = self.open_and_closed(kind, budget)?;
        Some(open.iter().zip(closed).map(|(open, closed)| open - closed).collect())
    }

    /// Nats of log loss that an honest customer loses by it.
    pub(super) fn customer_loses(&self, kind: &dyn Surface) -> Option<Estimate> {
        Some(self.served(kind)?.gap)
    }

    fn served(&self, kind: &dyn Surface) -> Option<Claim> {
        let at = Some(self.small);
        self.curves.difference((kind.name(), at), (OPEN, at), CUSTOMER_LOG_LOSS)
    }

    /// Whether a costs the copier more per nat than b does, at the small budget. With losses y of the copier and x of
    /// the customer, y_a / x_a > y_b / x_b where y_a x_b − y_b x_a > 0: no division by a loss near zero.
    pub(super) fn worth_more(&self, a: &dyn Surface, b: &dyn Surface) -> Option<Estimate> {
        let (copier_a, copier_b) = (self.losses(a, self.small)?, self.losses(b, self.small)?);
        let nats = |kind: &str| self.curves.values(kind, Some(self.small), CUSTOMER_LOG_LOSS);
        let (open, a, b) = (nats(OPEN), nats(a.name()), nats(b.name()));
        let whole = [copier_b.len(), open.len(), a.len(), b.len()].iter().all(|&len| len == copier_a.len());
        let of = |i: usize| copier_a[i] * (b[i] - open[i]) - copier_b[i] * (a[i] - open[i]);
        whole.then(|| estimate(&(0..copier_a.len()).map(of).collect::<Vec<_>>()))
    }

    /// What every defence costs the copier, and what becomes of that.
    pub(super) fn losses_of_all(&self) -> Vec<Loss> {
        let of = |kind: &'static dyn Surface| {
            let (small, large) = (self.copier_loses(kind, self.small)?, self.copier_loses(kind, self.large)?);
            Some(Loss { kind, small, large, course: Course::of(small, large) })
        };
        self.defences().filter_map(of).collect()
    }

    /// The defence that costs the copier most in the mean, and what the one that costs it most in the other replicates
    /// costs in each.
    pub(super) fn strongest(&self, budget: usize) -> Option<(&'static dyn Surface, Estimate)> {
        let kinds: Vec<_> = self.defences().filter(|kind| self.losses(*kind, budget).is_some()).collect();
        let losses: Vec<Vec<f64>> = kinds.iter().filter_map(|kind| self.losses(*kind, budget)).collect();
        let means = losses.iter().map(|losses| estimate(losses).mean);
        let (kind, _) = kinds.iter().copied().zip(means).max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let pairs: Vec<_> = kinds.iter().filter_map(|kind| self.open_and_closed(*kind, budget)).collect();
        let (open, closed): (Vec<f64>, Vec<f64>) =
            picks(&losses).into_iter().enumerate().map(|(at, pick)| (pairs[pick].0[at], pairs[pick].1[at])).unzip();
        Some((kind, self.curves.paired(&open, &closed, AGREEMENT)))
    }

    /// The copier's agreement under a defence, less that of an arm.
    pub(super) fn copier_less(&self, kind: &dyn Surface, arm: &str, budget: usize) -> Option<Claim> {
        let (copier, other) = (self.copier(kind, budget)?, self.curves.values(arm, Some(budget), AGREEMENT));
        let claim = || self.curves.claim((kind.name(), &copier), (arm, &other), AGREEMENT, String::new());
        (copier.len() == other.len()).then(claim)
    }

    /// How many defences leave the copier shown to be within [`NEAR`] at a budget.
    pub(super) fn near(&self, budget: usize) -> usize {
        let near = |kind: &&dyn Surface| self.copier_loses(*kind, budget).is_some_and(|loss| loss.high < NEAR);
        self.defences().filter(near).count()
    }

    /// The copier's agreement with a kind of answer, in the mean.
    pub(super) fn copier_agrees(&self, kind: &dyn Surface, budget: usize) -> Option<f64> {
        Some(estimate(&self.copier(kind, budget)?).mean)
    }
}
