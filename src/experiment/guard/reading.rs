//! What the records of guard say, in words.

use super::copiers::COPIERS;
use super::records::Records;
use super::{ACCOUNTS, ALL, DETECTORS, EARLY_LOOK, HONEST, RATE, ROC_LOOK};
use crate::audit::statistics::Estimate;
use crate::finding::{Table, Trial};
use crate::oracle::guard::LOOKS;
use crate::plan::Plan;
use crate::words::{list, percent, thousands};

/// The records, read.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a Plan,
    pub(super) records: Records<'a>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, trials: &'a [Trial]) -> Self {
        Self { plan, records: Records(trials) }
    }

    pub(super) fn title(&self) -> String {
        let all = COPIERS.iter().map(|&copier| copier.to_owned());
        let (noticed, unnoticed): (Vec<String>, Vec<String>) = all.partition(|copier| self.is_noticed(copier));
        match (noticed.as_slice(), unnoticed.as_slice()) {
            ([], _) => format!("After {ROC_LOOK} questions no copier is told from an honest customer"),
            (_, []) => format!("After {ROC_LOOK} questions every copier is told from an honest customer"),
            (noticed, unnoticed) => format!(
                "After {ROC_LOOK} questions, told from honest customers: {}; not told: {}",
                list(noticed),
                list(unnoticed)
            ),
        }
    }

    /// Whether all detectors together close its accounts more often than honest ones, beyond chance.
    fn is_noticed(&self, copier: &str) -> bool {
        let at = |arm: &str| self.records.share(arm, ALL, RATE, ROC_LOOK);
        at(copier).low > at(HONEST).high
    }

    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = vec![self.false_alarms()];
        verdicts.extend(COPIERS.iter().map(|copier| self.of_copier(copier)));
        verdicts
    }

    /// Over their whole lives, on accounts that no threshold was learned from.
    fn false_alarms(&self) -> String {
        let life = LOOKS[LOOKS.len() - 1];
        let of = |detector: &str| self.records.share(HONEST, detector, RATE, life);
        let each: Vec<String> =
            DETECTORS[..4].iter().map(|name| format!("{name} {}", percent(of(name).mean))).collect();
        let (_, accounts) = self.records.counts(HONEST, ALL, RATE, life);
        format!(
            "agreed on {}, all detectors together close {} of {} fresh honest accounts; one by one: {}",
            percent(RATE),
            with_interval(of(ALL)),
            thousands(accounts),
            each.join(", ")
        )
    }

    fn of_copier(&self, copier: &str) -> String {
        let at = |look| with_interval(self.records.share(copier, ALL, RATE, look));
        let best = self.best_detector(copier);
        let by = match best {
            Some(best) => format!("mostly by {best}"),
            None => "by no detector more than honest accounts".to_owned(),
        };
        let last = LOOKS.into_iter().rfind(|&look| self.records.counts(copier, ALL, RATE, look).1 > 0);
        let in_the_end = last.filter(|&look| look > ROC_LOOK).map_or(String::new(), |look| {
            format!("; {} after {}", percent(self.records.share(copier, ALL, RATE, look).mean), thousands(look))
        });
        let worth = self.splitting(copier).map_or(String::new(), |worth| format!("; {worth}"));
        format!(
            "{copier}: {} noticed after {EARLY_LOOK} questions, {} after {ROC_LOOK}, {by}{in_the_end}{worth}",
            at(EARLY_LOOK),
            at(ROC_LOOK)
        )
    }

    /// The single detector that closes most of a copier's accounts, if it closes more than of honest ones.
    pub(super) fn best_detector(&self, copier: &str) -> Option<&'static str> {
        let at = |detector: &str| self.records.share(copier, detector, RATE, ROC_LOOK);
        let beyond = |detector: &&&str| at(detector).low > self.records.share(HONEST, detector, RATE, ROC_LOOK).high;
        let seen = DETECTORS[..4].iter().filter(beyond);
        // The first of equals.
        seen.rev().max_by(|a, b| at(a).mean.total_cmp(&at(b).mean)).copied()
    }

    /// What several accounts are worth to a copier.
    fn splitting(&self, copier: &str) -> Option<String> {
        let [one, .., many] = ACCOUNTS;
        let (alone, split) = (self.records.agreement(copier, RATE, one)?, self.records.agreement(copier, RATE, many)?);
        let answered =
            |accounts| self.records.answered(copier, RATE, accounts).map(|e| thousands(e.mean.round() as usize));
        Some(format!(
            "{} answers and {} agreement with {one} account, {} and {} with {many}",
            answered(one)?,
            percent(alone.mean),
            answered(many)?,
            percent(split.mean)
        ))
    }

    pub(super) fn table(&self) -> Table {
        let head = ["copier", "seen at 100", "at 400", "by", "agrees, 1 account", "4", "16"];
        let row = |copier: &&str| {
            let share = |look| percent(self.records.share(copier, ALL, RATE, look).mean);
            let agreement = |&accounts: &usize| {
                self.records.agreement(copier, RATE, accounts).map_or(String::new(), |e| percent(e.mean))
            };
            let seen_by = self.best_detector(copier).unwrap_or("none");
            let first = [(*copier).to_owned(), share(EARLY_LOOK), share(ROC_LOOK), seen_by.to_owned()];
            first.into_iter().chain(ACCOUNTS.iter().map(agreement)).collect()
        };
        let mut rows: Vec<Vec<String>> = COPIERS.iter().map(row).collect();
        let share = |look| percent(self.records.share(HONEST, ALL, RATE, look).mean);
        let blank = || String::new();
        rows.push(vec![HONEST.to_owned(), share(EARLY_LOOK), share(ROC_LOOK), blank(), blank(), blank(), blank()]);
        Table { head: head.map(str::to_owned).to_vec(), rows }
    }
}

/// "5.1 % (4.2 % to 6.2 %)".
fn with_interval(share: Estimate) -> String {
    format!("{} ({} to {})", percent(share.mean), percent(share.low), percent(share.high))
}
