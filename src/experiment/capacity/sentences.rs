//! What the records say in sentences: the title and the verdict lines.

use super::limit::Limit;
use super::reading::Reading;
use super::{Lever, WIDEST, WIDTHS};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::show::sentences::spread;
use crate::words::{counted, hundredths, list, points, thousands};

impl Reading<'_> {
    /// The finding in one sentence.
    pub(super) fn title(&self) -> String {
        if self.plan.replicates() == 1 {
            return "One replicate has no interval: it cannot tell size from steps and queries".to_owned();
        }
        let small = self.limited_by(Limit::Size);
        if !small.is_empty() {
            return format!(
                "With up to {}, {} {} over a point below width {WIDEST}",
                self.tried(),
                named(&small),
                if small.len() == 1 { "stays" } else { "stay" },
            );
        }
        let levers =
            [Limit::Lever(Lever::Steps), Limit::Lever(Lever::Queries), Limit::Either, Limit::Lever(Lever::Both)];
        let brought: Vec<String> = levers
            .into_iter()
            .filter_map(|limit| {
                let widths = self.limited_by(limit);
                Some(format!("more {} bring {}", limit.word()?, named(&widths))).filter(|_| !widths.is_empty())
            })
            .collect();
        if !brought.is_empty() {
            return format!(
                "No width is shown to be limited by its size: {} within a point of width {WIDEST}",
                list(&brought)
            );
        }
        match &self.limited_by(Limit::Unclear)[..] {
            [] => format!("Every width agrees within a point of width {WIDEST}: here none is too small"),
            open => format!(
                "{} undecided: {} replicates cannot tell size from steps and queries",
                subject(open, "is", "are"),
                self.plan.replicates()
            ),
        }
    }

    /// "6,000 steps and 40,000 queries": the most that any lever gives.
    fn tried(&self) -> String {
        let steps = format!("{} steps", thousands(Lever::Steps.patience() * self.plan.student_recipe().steps));
        match Lever::Both.budget(self.plan) {
            budget if budget > self.most => format!("{steps} and {} queries", thousands(budget)),
            _ => steps,
        }
    }

    /// Verdict lines.
    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = vec![format!(
            "the rule: a width is limited by steps (or queries) if more of them bring it within a point of width \
             {WIDEST} at {} and {}, with a gain that is shown; if nothing does, with up to {}, it is limited by size; \
             if more still help a little, both are named (paired 95 % intervals)",
            counted(self.most, "query"),
            counted(self.plan.student_recipe().steps, "step"),
            self.tried()
        )];
        verdicts.extend(WIDTHS.into_iter().filter_map(|width| self.verdict(width)));
        verdicts
    }

    /// "width 4: limited by size and steps; 40,000 queries: no gain shown (−2.1 to 4.0 points); …".
    fn verdict(&self, width: usize) -> Option<String> {
        let gap = self.gap(width)?;
        let pulled = self.pulled(width);
        let limit = match (self.limited(width), self.limit(width)) {
            _ if width == WIDEST => "the widest".to_owned(),
            (Some(limit), _) => format!("limited by {limit}"),
            (None, Limit::Nothing) => format!("within a point of width {WIDEST}"),
            (None, _) if !gap.low.is_finite() => "undecided, one replicate has no interval".to_owned(),
            (None, _) => "undecided".to_owned(),
        };
        let given = |lever: Lever| match lever {
            Lever::Queries => format!("{} queries", thousands(lever.budget(self.plan))),
            Lever::Steps => format!("{} steps", thousands(lever.patience() * self.plan.student_recipe().steps)),
            Lever::Both => "both".to_owned(),
        };
        let mut parts = vec![format!("width {width}: {limit}")];
        parts.extend(pulled.iter().map(|it| format!("{}: {}", given(it.lever), change(it.gain))));
        if width != WIDEST {
            // The lowest of all lower ends: no choice among the levers can have made it look higher.
            let least = pulled.iter().map(|it| it.left.low).fold(f64::INFINITY, f64::min);
            let whatever = match self.limit(width) {
                Limit::Size => format!(
                    ", and with any of these still {} or more (the lowest end of their intervals)",
                    hundredths(least)
                ),
                _ => String::new(),
            };
            parts.push(format!("{} below width {WIDEST}{whatever}", spread(gap)));
        }
        Some(parts.join("; "))
    }
}

/// What a change is worth: a gain, a loss, or none that is shown.
fn change(gain: Estimate) -> String {
    let Estimate { mean, low, high } = gain;
    match Verdict::of(gain) {
        Verdict::Beats => format!("a gain of {}", points(mean, low, high)),
        Verdict::LosesTo => format!("a loss of {}", points(-mean, -high, -low)),
        Verdict::NoDifference if low.is_finite() => {
            format!("no gain shown ({} to {} points)", hundredths(low), hundredths(high))
        }
        Verdict::NoDifference => format!("{} points", hundredths(mean)),
    }
}

/// "Width 4 stays", "Widths 2 and 4 stay".
fn subject(widths: &[usize], one: &str, several: &str) -> String {
    format!("W{} {}", &named(widths)[1..], if widths.len() == 1 { one } else { several })
}

/// "width 4", "widths 2 and 4".
pub(super) fn named(widths: &[usize]) -> String {
    let names: Vec<String> = widths.iter().map(usize::to_string).collect();
    format!("width{} {}", if widths.len() == 1 { "" } else { "s" }, list(&names))
}
