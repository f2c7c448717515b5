//! What the records of guard say, in words.

use super::copiers::{COPIERS, ONE_CUSTOMER};
use super::records::Records;
use super::{ACCOUNTS, ALL, AS_MANY, HONEST, RATE, aim, look};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::claims::Claim;
use crate::finding::{Table, Trial};
use crate::oracle::guard::{DETECTORS, LOOKS};
use crate::plan::Plan;
use crate::words::{counted, list, percent, points, thousands};

/// The records, read.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) records: Records<'a>,
    /// After how many queries copiers are compared with honest accounts.
    pub(super) look: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, trials: &'a [Trial]) -> Self {
        Self { plan, records: Records::of(trials), look: look(plan) }
    }

    pub(super) fn title(&self) -> String {
        let detected = COPIERS.iter().filter(|copier| self.is_detected(copier, ALL)).count();
        let within = format!("within {} queries", thousands(self.look));
        match detected {
            0 => format!("No kind of copier is shown to be detected {within}"),
            1 => format!("1 of {} kinds of copier is detected {within}", COPIERS.len()),
            some => format!("{some} of {} kinds of copier are detected {within}", COPIERS.len()),
        }
    }

    /// Whether a detector closes half of a copier's accounts or more, and a larger share than of honest ones that asked
    /// as many.
    pub(super) fn is_detected(&self, copier: &str, detector: &str) -> bool {
        let place = (detector, RATE, self.look);
        let half = self.records.share(copier, place).is_some_and(|share| share.mean >= 0.5);
        half && self.records.excess(copier, place).map(Verdict::of) == Some(Verdict::Beats)
    }

    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = vec![self.false_alarms(), self.as_many()];
        verdicts.extend(COPIERS.iter().map(|copier| self.of_copier(copier)));
        let [one, .., many] = ACCOUNTS;
        verdicts.extend([one, many].into_iter().filter_map(|accounts| self.price(accounts)));
        verdicts
    }

    /// Over their whole lives, on accounts that no threshold was learned from.
    fn false_alarms(&self) -> String {
        let life = LOOKS[LOOKS.len() - 1];
        let share = |detector: &str| self.records.share(HONEST, (detector, RATE, life));
        let alone =
            |(name, _): &(&str, _)| format!("{name} {}", share(name).map_or("–".to_owned(), |it| percent(it.mean)));
        format!(
            "set to close {} of all honest accounts, the detectors together close {} of {} fresh ones; each alone: {}",
            percent(RATE),
            share(ALL).map_or("none".to_owned(), with_interval),
            thousands(self.records.counts(HONEST, (ALL, RATE, life)).1),
            DETECTORS.iter().map(alone).collect::<Vec<_>>().join(", ")
        )
    }

    /// What copiers are compared with.
    fn as_many(&self) -> String {
        let (closed, accounts) = self.records.counts(AS_MANY, (ALL, RATE, self.look));
        format!(
            "of the {} among them that asked {} queries or more, {} ({}) were closed by then: copiers are compared \
             with these, which were looked at as often",
            thousands(accounts),
            thousands(self.look),
            thousands(closed),
            percent(closed as f64 / accounts.max(1) as f64)
        )
    }

    fn of_copier(&self, copier: &str) -> String {
        let place = (ALL, RATE, self.look);
        let excess = self.records.excess(copier, place);
        let standing = match excess.map(Verdict::of) {
            _ if self.is_detected(copier, ALL) => "detected",
            Some(Verdict::Beats) => "closed more often than honest accounts, but fewer than half",
            Some(Verdict::NoDifference) | None => "no difference from honest accounts shown",
            Some(Verdict::LosesTo) => "closed less often than honest accounts",
        };
        let more = excess.filter(|more| more.low.is_finite()).map_or(String::new(), |more| {
            format!(", {} more than of honest ones", points(more.mean, more.low, more.high))
        });
        let (closed, accounts) = self.records.counts(copier, place);
        let half =
            self.half(copier).map_or(String::new(), |half| format!(", half of all by query {}", thousands(half)));
        let by = match &self.best_detectors(copier)[..] {
            [] => String::new(),
            best => format!(", most by {} alone", list(best)),
        };
        let worth = self.splitting(copier).map_or(String::new(), |worth| format!("; {worth}"));
        format!(
            "{copier}: {standing}; {closed} of {accounts} accounts closed within {} queries{more}{half}{by}{worth}",
            thousands(self.look)
        )
    }

    /// Each copier's accounts against honest ones that asked as many, by the share that is closed.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let claim = |&copier: &&'static str| {
            let gap = self.records.excess(copier, (ALL, RATE, self.look))?;
            let place = format!("within {} queries", thousands(self.look));
            Some(Claim { measure: "accounts closed", a: copier.to_owned(), b: AS_MANY.to_owned(), place, gap })
        };
        COPIERS.iter().filter_map(claim).collect()
    }

    /// What it costs, or brings, to ask as one customer.
    fn price(&self, accounts: usize) -> Option<String> {
        let other = self.best_copier(accounts, &[ONE_CUSTOMER])?;
        let difference = self.records.advantage((ONE_CUSTOMER, other), RATE, accounts)?;
        let difference_in_points = points(difference.mean, difference.low, difference.high);
        Some(format!(
            "with {}, {ONE_CUSTOMER} against {other}, the best of the others: {}, {difference_in_points} of agreement",
            counted(accounts, "account"),
            Verdict::of(difference)
        ))
    }

    /// The copier whose student agrees most at the agreed rate, leaving out some.
    pub(super) fn best_copier(&self, accounts: usize, but: &[&str]) -> Option<&'static str> {
        let reached = |copier: &str| self.records.agreement(copier, RATE, accounts).map(|it| it.mean);
        let known = COPIERS.into_iter().filter(|copier| !but.contains(copier) && reached(copier).is_some());
        known.max_by(|a, b| reached(a).unwrap_or(0.0).total_cmp(&reached(b).unwrap_or(0.0)))
    }

    /// By which look half of a copier's accounts are closed, if ever.
    pub(super) fn half(&self, copier: &str) -> Option<usize> {
        self.looks().find(|&look| {
            let (closed, accounts) = self.records.counts(copier, (ALL, RATE, look));
            accounts > 0 && 2 * closed >= accounts
        })
    }

    /// The looks that a copier comes to before it has what it wants.
    pub(super) fn looks(&self) -> impl Iterator<Item = usize> {
        let most = aim(self.plan).max(self.look);
        LOOKS.into_iter().take_while(move |&look| look <= most)
    }

    /// The detectors that alone detect a copier and close most of its accounts; several where they close as many.
    pub(super) fn best_detectors(&self, copier: &str) -> Vec<String> {
        let closed = |detector: &str| self.records.counts(copier, (detector, RATE, self.look)).0;
        let names = || DETECTORS.iter().map(|(name, _)| *name).filter(|name| self.is_detected(copier, name));
        let most = names().map(closed).max();
        names().filter(|name| Some(closed(name)) == most).map(str::to_owned).collect()
    }

    /// What several accounts are worth to a copier.
    fn splitting(&self, copier: &str) -> Option<String> {
        let of = |accounts: usize| {
            let agreement = self.records.agreement(copier, RATE, accounts)?;
            let answered = self.records.answered(copier, RATE, accounts)?.mean.round() as usize;
            Some((percent(agreement.mean), thousands(answered)))
        };
        let [one, .., many] = ACCOUNTS;
        let ((alone, few), (split, more)) = (of(one)?, of(many)?);
        Some(format!("{alone} agreement from {few} answers with {one} account, {split} from {more} with {many}"))
    }

    pub(super) fn table(&self) -> Table {
        let games = ACCOUNTS.map(|accounts| format!("agrees, {}", counted(accounts, "account")));
        let head =
            ["copier".to_owned(), format!("closed by {}", self.look), "half by".to_owned(), "most by".to_owned()];
        let closed = |arm: &str| {
            let (closed, accounts) = self.records.counts(arm, (ALL, RATE, self.look));
            format!("{} of {}", thousands(closed), thousands(accounts))
        };
        let row = |&copier: &&'static str| {
            let half = self.half(copier).map_or("–".to_owned(), thousands);
            let by = match &self.best_detectors(copier)[..] {
                [] => "–".to_owned(),
                best => best.join(", "),
            };
            let agreement = |&accounts: &usize| {
                self.records.agreement(copier, RATE, accounts).map_or(String::new(), |e| percent(e.mean))
            };
            [copier.to_owned(), closed(copier), half, by].into_iter().chain(ACCOUNTS.iter().map(agreement)).collect()
        };
        let mut rows: Vec<Vec<String>> = COPIERS.iter().map(row).collect();
        let mut honest = vec![String::new(); head.len() + games.len()];
        (honest[0], honest[1]) = ("honest, as many".to_owned(), closed(AS_MANY));
        rows.push(honest);
        Table { head: head.into_iter().chain(games).collect(), rows }
    }
}

/// "5.1 % (4.2 % to 6.2 %)".
fn with_interval(share: Estimate) -> String {
    format!("{} ({} to {})", percent(share.mean), percent(share.low), percent(share.high))
}
