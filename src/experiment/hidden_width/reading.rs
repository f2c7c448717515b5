//! What the records say, in words. A replicate's teachers learn from one text, so replicates are counted, each as a
//! whole, and not their teachers.

use super::disguise::Disguise;
use super::showing::{is_control, rows};
use super::{FIRES, READ, WIDTH};
use crate::data::chat::VOCABULARY;
use crate::finding::Trial;
use crate::words::{counted, list};

/// In how many replicates the units of all teachers with fewer units than words were counted right.
fn whole_replicates(trials: &[Trial], disguise: Disguise) -> (usize, usize) {
    let mut replicates: Vec<(usize, bool)> = Vec::new();
    for (replicate, row) in narrow(trials, disguise) {
        let right = row[FIRES] == row[READ];
        match replicates.iter_mut().find(|(known, _)| *known == replicate) {
            Some((_, all)) => *all &= right,
            None => replicates.push((replicate, right)),
        }
    }
    (replicates.iter().filter(|(_, right)| *right).count(), replicates.len())
}

/// The rows of teachers with fewer units than words, with their replicates.
fn narrow(trials: &[Trial], disguise: Disguise) -> impl Iterator<Item = (usize, &Vec<String>)> {
    rows(trials, disguise).filter(|(_, row)| !is_control(row))
}

/// The widths of these teachers.
fn widths(trials: &[Trial]) -> Vec<&str> {
    let mut widths: Vec<&str> = Vec::new();
    for (_, row) in narrow(trials, Disguise::Nothing) {
        if !widths.contains(&row[WIDTH].as_str()) {
            widths.push(&row[WIDTH]);
        }
    }
    widths
}

pub(super) fn title(trials: &[Trial]) -> String {
    let [exact, decimals, noise] = Disguise::ALL.map(|disguise| whole_replicates(trials, disguise));
    let opening = match exact {
        (right, all) if right == all => "The hidden units that fire can be counted through the API:",
        (0, _) => "The hidden units that fire were not counted right through the API:",
        _ => "The hidden units that fire can be counted through the API, not always:",
    };
    let of = |(right, all): (usize, usize)| format!("{right} of {all}");
    format!(
        "{opening} at all {} right in {} replicates, from two decimals in {}, with noise of 0.01 in {}",
        counted(widths(trials).len(), "width"),
        of(exact),
        of(decimals),
        of(noise)
    )
}

pub(super) fn verdicts(trials: &[Trial]) -> Vec<String> {
    [Some(by_width(trials)), Some(silent(trials)), control(trials)].into_iter().flatten().collect()
}

/// For each width how many teachers were counted right, and how far the others are off.
fn by_width(trials: &[Trial]) -> String {
    let of_width = |width: &&str| {
        let right = |disguise| {
            let own = narrow(trials, disguise).filter(|(_, row)| row[WIDTH] == **width);
            own.filter(|(_, row)| row[FIRES] == row[READ]).count().to_string()
        };
        let all = narrow(trials, Disguise::Nothing).filter(|(_, row)| row[WIDTH] == **width).count();
        format!("{} of {all} with {width} units", list(&Disguise::ALL.map(right)))
    };
    let told: Vec<String> = widths(trials).iter().map(of_width).collect();
    let wrong = || Disguise::ALL.into_iter().flat_map(|disguise| narrow(trials, disguise)).map(|(_, row)| row);
    let off = |row: &Vec<String>| Some(row[FIRES].parse::<usize>().ok()?.abs_diff(row[READ].parse().ok()?));
    let worst = wrong().filter_map(off).max().unwrap_or(0);
    let unread = wrong().filter(|row| row[READ].is_empty()).count();
    let mut line = format!("counted right from exact answers, from two decimals and with noise: {}", told.join("; "));
    if worst > 0 {
        line += &format!("; the others are wrong by {} at most", counted(worst, "unit"));
    }
    if unread > 0 {
        line += &format!("; nothing to count in {unread} matrices of answers");
    }
    line
}

/// Units that never fire.
fn silent(trials: &[Trial]) -> String {
    let all = || narrow(trials, Disguise::Nothing).map(|(_, row)| row);
    let whole = all().filter(|row| row[WIDTH] == row[FIRES]).count();
    format!(
        "all hidden units fire in {whole} of {} teachers; elsewhere some never do, and are not counted",
        all().count()
    )
}

/// Teachers that have no fewer units than there are words.
fn control(trials: &[Trial]) -> Option<String> {
    let wide: Vec<&Vec<String>> =
        rows(trials, Disguise::Nothing).map(|(_, row)| row).filter(|row| is_control(row)).collect();
    let unread = wide.iter().filter(|row| row[READ].is_empty()).count();
    wide.first().map(|row| {
        format!(
            "control: a teacher of {} units, no fewer than its {VOCABULARY} words: nothing to count in {unread} of {} \
             replicates",
            row[WIDTH],
            wide.len()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three replicates with teachers of 16 and 32 units, one of which never fires in the wider one, and the control of
    /// 128. `read` says what is read of (replicate, width) under a disguise.
    fn records(read: impl Fn(usize, usize, Disguise) -> usize) -> Vec<Trial> {
        let mut trials = Vec::new();
        for replicate in 0..3 {
            for disguise in Disguise::ALL {
                for (width, fires) in [(16, 16), (32, 31), (128, 128)] {
                    let read = if width == 128 { String::new() } else { read(replicate, width, disguise).to_string() };
                    let extra = vec![width.to_string(), fires.to_string(), disguise.name().to_owned(), read];
                    trials.push(Trial { replicate, extra, ..Trial::default() });
                }
            }
        }
        trials
    }

    const RIGHT: fn(usize, usize, Disguise) -> usize = |_, width, _| if width == 32 { 31 } else { width };

    #[test]
    fn the_title_turns_round_with_the_records() {
        assert_eq!(
            title(&records(RIGHT)),
            "The hidden units that fire can be counted through the API: at all 2 widths right in 3 of 3 replicates, \
             from two decimals in 3 of 3, with noise of 0.01 in 3 of 3"
        );
        let never = title(&records(|_, _, _| 5));
        assert!(
            never.starts_with("The hidden units that fire were not counted right through the API: at all 2"),
            "{never}"
        );
        assert!(never.ends_with("0 of 3 replicates, from two decimals in 0 of 3, with noise of 0.01 in 0 of 3"));
        let seldom =
            title(&records(|replicate, width, it| if replicate == 2 { RIGHT(replicate, width, it) } else { 5 }));
        assert!(seldom.contains("the API, not always: at all 2 widths right in 1 of 3"), "{seldom}");
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
        assert!(title(&trials).ends_with("from two decimals in 2 of 3, with noise of 0.01 in 2 of 3"));
        let told = verdicts(&trials);
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
