//! The records, read: how far each width is from the widest, and what more of something changes.

use super::limit::{Limit, Pulled};
use super::{Lever, WIDEST, WIDTHS, asked};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves};
use crate::plan::Plan;
use crate::words::list;

/// The records and the plan that they are of.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) budgets: &'a [usize],
    pub(super) curves: Curves<'a>,
    pub(super) most: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, budgets: &'a [usize], curves: Curves<'a>) -> Self {
        Self { plan, budgets, curves, most: plan.most() }
    }

    /// Agreement at the largest budget that the widest student has more than a width.
    pub(super) fn gap(&self, width: usize) -> Option<Estimate> {
        self.widest_less((&asked(width), self.most))
    }

    /// What each lever does to a width.
    pub(super) fn pulled(&self, width: usize) -> Vec<Pulled> {
        let of = |lever: Lever| {
            let with = lever.arm(width);
            let with = (with.as_str(), Some(lever.budget(self.plan)));
            let gain = self.curves.difference(with, (&asked(width), Some(self.most)), AGREEMENT)?.gap;
            Some(Pulled { lever, gain, left: self.widest_less((with.0, lever.budget(self.plan)))? })
        };
        Lever::of(self.plan).filter_map(of).collect()
    }

    pub(super) fn limit(&self, width: usize) -> Limit {
        self.gap(width).map_or(Limit::Unclear, |gap| Limit::of(gap, &self.pulled(width)))
    }

    /// "size and steps": what limits a width, and beside its size what brings it a gain nevertheless.
    pub(super) fn limited(&self, width: usize) -> Option<String> {
        let limit = self.limit(width);
        let help = Lever::of(self.plan).filter(|&lever| limit == Limit::Size && self.helps(lever, width));
        let help = help.filter_map(|lever| Limit::Lever(lever).word().filter(|_| lever != Lever::Both));
        Some(list(&limit.word().into_iter().chain(help).map(str::to_owned).collect::<Vec<_>>()))
            .filter(|words| !words.is_empty())
    }

    /// The narrower widths that this limit holds for.
    pub(super) fn limited_by(&self, limit: Limit) -> Vec<usize> {
        WIDTHS.into_iter().filter(|&width| width != WIDEST && self.limit(width) == limit).collect()
    }

    /// Whether a lever alone brings a width a gain that is shown.
    pub(super) fn helps(&self, lever: Lever, width: usize) -> bool {
        self.pulled(width).iter().any(|it| it.lever == lever && Verdict::of(it.gain) == Verdict::Beats)
    }

    fn widest_less(&self, (arm, budget): (&str, usize)) -> Option<Estimate> {
        Some(self.curves.difference((&asked(WIDEST), Some(self.most)), (arm, Some(budget)), AGREEMENT)?.gap)
    }

    /// The widest against each other width, and each width with more of something against the same without.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let (widest, most) = (asked(WIDEST), Some(self.most));
        let of_width = |width: usize| {
            let own = asked(width);
            let gap = (width != WIDEST).then(|| self.curves.difference((&widest, most), (&own, most), AGREEMENT));
            let pulled = Lever::of(self.plan).map(move |lever| {
                let with = (&*lever.arm(width), Some(lever.budget(self.plan)));
                self.curves.difference(with, (&asked(width), most), AGREEMENT)
            });
            gap.into_iter().chain(pulled).flatten().collect::<Vec<_>>()
        };
        WIDTHS.into_iter().flat_map(of_width).collect()
    }
}
