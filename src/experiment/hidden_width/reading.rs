//! What the records say. A replicate's teachers learn from one text, so replicates are counted, each as a whole, and
//! not their teachers.

use std::collections::BTreeMap;

use super::Counted;
use super::disguise::Disguise;
use crate::data::chat::VOCABULARY;
use crate::finding::{Table, Trial};
use crate::words::{counted, list};

/// The records, each with its replicate.
pub(super) struct Reading(Vec<(usize, Counted)>);

impl Counted {
    /// Whether the teacher has no fewer units than there are words.
    fn is_control(&self) -> bool {
        self.width >= VOCABULARY
    }

    fn is_right(&self) -> bool {
        self.read == Some(self.fires)
    }
}

impl Reading {
    pub(super) fn of(trials: &[Trial]) -> Self {
        Self(trials.iter().filter_map(|trial| Some((trial.replicate, trial.own.to()?))).collect())
    }

    /// The rows under a disguise.
    fn under(&self, disguise: Disguise) -> impl Iterator<Item = (usize, Counted)> {
        self.0.iter().copied().filter(move |(_, row)| row.shown == disguise)
    }

    /// Those of teachers with fewer units than words.
    fn narrow(&self, disguise: Disguise) -> impl Iterator<Item = (usize, Counted)> {
        self.under(disguise).filter(|(_, row)| !row.is_control())
    }

    /// The widths of some rows, in their order.
    fn widths(rows: impl Iterator<Item = (usize, Counted)>) -> Vec<usize> {
        let mut widths = Vec::new();
        for (_, row) in rows {
            if !widths.contains(&row.width) {
                widths.push(row.width);
            }
        }
        widths
    }

    /// In how many replicates the units of all narrow teachers were counted right, and of how many.
    fn whole_replicates(&self, disguise: Disguise) -> (usize, usize) {
        let mut replicates: BTreeMap<usize, bool> = BTreeMap::new();
        for (replicate, row) in self.narrow(disguise) {
            *replicates.entry(replicate).or_insert(true) &= row.is_right();
        }
        (replicates.values().filter(|right| **right).count(), replicates.len())
    }

    pub(super) fn title(&self) -> String {
        let [exact, decimals, noise] = Disguise::ALL.map(|disguise| self.whole_replicates(disguise));
        let opening = match exact {
            (right, all) if right == all => "Customers can count hidden units",
            (0, _) => "Customers did not count hidden units right",
            _ => "Customers can count hidden units, not always",
        };
        let of = |(right, all): (usize, usize)| format!("{right} of {all}");
        format!(
            "{opening}: right in {} replicates, from two decimals in {}, through noise in {}",
            of(exact),
            of(decimals),
            of(noise)
        )
    }

    pub(super) fn verdicts(&self) -> Vec<String> {
        [Some(self.by_width()), Some(self.silent()), self.control()].into_iter().flatten().collect()
    }

    /// For each width how many teachers were counted right, and how far the others are off.
    fn by_width(&self) -> String {
        let told = |&width: &usize| {
            let own = |disguise| self.narrow(disguise).filter(move |(_, row)| row.width == width);
            let right = |disguise| own(disguise).filter(|(_, row)| row.is_right()).count().to_string();
            format!("{} of {} with {width} units", list(&Disguise::ALL.map(right)), own(Disguise::Nothing).count())
        };
        let told: Vec<String> = Self::widths(self.narrow(Disguise::Nothing)).iter().map(told).collect();
        let all = || Disguise::ALL.into_iter().flat_map(|disguise| self.narrow(disguise)).map(|(_, row)| row);
        let worst = all().filter_map(|row| Some(row.fires.abs_diff(row.read?))).max().unwrap_or(0);
        let unread = all().filter(|row| row.read.is_none()).count();
        let mut line =
            format!("counted right from exact answers, from two decimals and with noise: {}", told.join("; "));
        if worst > 0 {
            line += &format!("; the others are wrong by {} at most", counted(worst, "unit"));
        }
        if unread > 0 {
            line += &format!("; nothing to count in {unread} matrices of answers");
        }
        line
    }

    /// Units that never fire.
    fn silent(&self) -> String {
        let all = || self.narrow(Disguise::Nothing);
        let whole = all().filter(|(_, row)| row.width == row.fires).count();
        format!(
            "all hidden units fire in {whole} of {} teachers; elsewhere some never do, and are not counted",
            all().count()
        )
    }

    /// Teachers that have no fewer units than there are words.
    fn control(&self) -> Option<String> {
        let wide: Vec<Counted> =
            self.under(Disguise::Nothing).map(|(_, row)| row).filter(Counted::is_control).collect();
        let unread = wide.iter().filter(|row| row.read.is_none()).count();
        wide.first().map(|row| {
            format!(
                "control: a teacher of {} units, no fewer than its {VOCABULARY} words: nothing to count in {unread} of \
                 {} replicates",
                row.width,
                wide.len()
            )
        })
    }

    /// For each width one number for each replicate, in their order.
    pub(super) fn table(&self) -> Table {
        let row = |&width: &usize| {
            let cell = |disguise: Disguise, number: fn(&Counted) -> Option<usize>| {
                let own = self.under(disguise).filter(|(_, row)| row.width == width);
                let cells: Vec<String> =
                    own.map(|(_, row)| number(&row).map_or("–".to_owned(), |number| number.to_string())).collect();
                cells.join(" ")
            };
            let read = Disguise::ALL.map(|disguise| cell(disguise, |row| row.read));
            [width.to_string(), cell(Disguise::Nothing, |row| Some(row.fires))].into_iter().chain(read).collect()
        };
        Table {
            head: ["hidden units", "fire", "exact", "two decimals", "noise 0.01"].map(str::to_owned).to_vec(),
            rows: Self::widths(self.under(Disguise::Nothing)).iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Own;

    /// Three replicates with teachers of 16 and 32 units, one of which never fires in the wider one, and the control of
    /// 128. `read` says what is read of (replicate, width) under a disguise.
    fn records(read: impl Fn(usize, usize, Disguise) -> usize) -> Vec<Trial> {
        let mut trials = Vec::new();
        for replicate in 0..3 {
            for disguise in Disguise::ALL {
                for (width, fires) in [(16, 16), (32, 31), (128, 128)] {
                    let read = (width < 128).then(|| read(replicate, width, disguise));
                    let own = Own::of(&Counted { width, fires, shown: disguise, read });
                    trials.push(Trial { replicate, own, ..Trial::default() });
                }
            }
        }
        trials
    }

    fn title(trials: &[Trial]) -> String {
        Reading::of(trials).title()
    }

    const RIGHT: fn(usize, usize, Disguise) -> usize = |_, width, _| if width == 32 { 31 } else { width };

    #[test]
    fn the_title_turns_round_with_the_records() {
        assert_eq!(
            title(&records(RIGHT)),
            "Customers can count hidden units: right in 3 of 3 replicates, from two decimals in 3 of 3, through noise \
             in 3 of 3"
        );
        let never = title(&records(|_, _, _| 5));
        assert!(never.starts_with("Customers did not count hidden units right: right in 0 of 3"), "{never}");
        assert!(never.ends_with("0 of 3 replicates, from two decimals in 0 of 3, through noise in 0 of 3"));
        let seldom =
            title(&records(|replicate, width, it| if replicate == 2 { RIGHT(replicate, width, it) } else { 5 }));
        assert!(seldom.contains("units, not always: right in 1 of 3"), "{seldom}");
    }

    #[test]
    fn a_replicate_counts_once_and_only_if_all_its_widths_are_right() {
        // Off two decimals, both teachers of replicate 1 are wrong: two rows, one replicate. Through noise, one teacher
        // of replicate 0 and the other of replicate 2: two rows, two replicates.
        let trials = records(|replicate, width, disguise| match (disguise, replicate, width) {
            (Disguise::TwoDecimals, 1, _) => width - 3,
            (Disguise::Noise, 0, 16) | (Disguise::Noise, 2, 32) => width - 1,
            _ => RIGHT(replicate, width, disguise),
        });
        assert!(title(&trials).ends_with("from two decimals in 2 of 3, through noise in 2 of 3"));
        let told = Reading::of(&trials).verdicts();
        // 32 − 1 is right where one unit never fires; 16 − 3 and 32 − 3 are off by 3 and 2.
        assert_eq!(
            told[0],
            "counted right from exact answers, from two decimals and with noise: 3, 2 and 2 of 3 with 16 units; 3, 2 \
             and 3 of 3 with 32 units; the others are wrong by 3 units at most"
        );
        assert!(told[1].starts_with("all hidden units fire in 3 of 6 teachers"), "{}", told[1]);
        assert!(told[2].ends_with("nothing to count in 3 of 3 replicates"), "{}", told[2]);
    }
}
