//! The rule: what keeps a width from agreeing as often as the widest one.

use super::Lever;
use crate::audit::statistics::{Estimate, Verdict};

/// A difference of agreement that is worth a word: one point.
pub(super) const POINT: f64 = 0.01;

/// What a lever does to a width: paired differences with 95 % intervals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pulled {
    pub(super) lever: Lever,
    /// Agreement with it minus agreement without.
    pub(super) gain: Estimate,
    /// Agreement of the widest student, without, minus that of this width with it.
    pub(super) left: Estimate,
}

impl Pulled {
    /// Whether it brings a gain that is shown, and with it the width within a point of the widest.
    fn closes(&self) -> bool {
        Verdict::of(self.gain) == Verdict::Beats && self.left.high < POINT
    }
}

/// What keeps a width from agreeing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// It is within a point of the widest as it stands.
    Nothing,
    /// This much more brings it there.
    Lever(Lever),
    /// More queries and more steps do, each without the other.
    Either,
    /// Nothing that was tried brings it within a point of the widest.
    Size,
    /// The intervals do not decide.
    Unclear,
}

impl Limit {
    /// The rule. `gap` is the widest student's agreement minus this one's.
    ///
    /// The widest is compared as it stands, without more queries or steps of its own: so that a width which is said to
    /// be limited by its size falls short of less than the widest could do.
    pub(super) fn of(gap: Estimate, pulled: &[Pulled]) -> Self {
        if gap.high < POINT {
            return Self::Nothing;
        }
        let closes = |lever: Lever| pulled.iter().any(|it| it.lever == lever && it.closes());
        match (closes(Lever::Queries), closes(Lever::Steps)) {
            (true, true) => Self::Either,
            (true, false) => Self::Lever(Lever::Queries),
            (false, true) => Self::Lever(Lever::Steps),
            _ if closes(Lever::Both) => Self::Lever(Lever::Both),
            _ if gap.low > POINT && !pulled.is_empty() && pulled.iter().all(|it| it.left.low > POINT) => Self::Size,
            _ => Self::Unclear,
        }
    }

    /// What it is limited by; `None` where nothing is known to limit it.
    pub(super) fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Lever(Lever::Queries) => "queries",
            Self::Lever(Lever::Steps) => "steps",
            Self::Lever(Lever::Both) => "queries and steps together",
            Self::Either => "queries or steps",
            Self::Size => "size",
            Self::Nothing | Self::Unclear => return None,
        })
    }
}
