//! Records against records: the same bytes, or means that are near enough.

use std::collections::{BTreeMap, BTreeSet};

use csv::{Reader, StringRecord};
use distill_lab::audit::statistics::deviation;

/// Columns of `trials.csv` that name a row; all after them are what was found.
const REPLICATE: usize = 2;
const ARM: usize = 3;
const BUDGET: usize = 4;
/// Differences up to this number of standard errors are put down to the processor …
const ERRORS: f64 = 4.0;
/// … and any up to this: 20 of 10,000 points.
const FLOOR: f64 = 0.002;

/// The first difference between two files, in words; `None` where they are the same bytes.
pub(super) fn bytes(name: &str, kept: &[u8], made: &[u8]) -> Option<String> {
    if kept == made {
        return None;
    }
    let at = kept.iter().zip(made).position(|(a, b)| a != b).unwrap_or(kept.len().min(made.len()));
    let line = 1 + kept[..at].iter().filter(|&&byte| byte == b'\n').count();
    let (Ok(kept), Ok(made)) = (std::str::from_utf8(kept), std::str::from_utf8(made)) else {
        return Some(format!("{name}, byte {}", at + 1));
    };
    let of = |text: &str| text.lines().nth(line - 1).unwrap_or_default().to_owned();
    let (kept_line, made_line) = (of(kept), of(made));
    if name.ends_with(".csv") && !kept_line.is_empty() && !made_line.is_empty() {
        let head: Vec<&str> = kept.lines().next().unwrap_or_default().split(',').collect();
        let cells = kept_line.split(',').zip(made_line.split(',')).enumerate();
        if let Some((column, (a, b))) = cells.into_iter().find(|(_, (a, b))| a != b) {
            let column = head.get(column).copied().unwrap_or("beyond the header");
            return Some(format!("{name}, line {line}, column {column}: {a:?} in the records, {b:?} here"));
        }
    }
    Some(format!("{name}, line {line}: {:?} in the records, {:?} here", short(&kept_line), short(&made_line)))
}

/// The part around which two long lines differ is of little use to a reader; their beginning says where to look.
fn short(line: &str) -> String {
    line.trim().chars().take(60).collect()
}

/// The rows of some replicates of a table of trials, with its header.
pub(super) fn of_replicates(trials: &str, replicates: &BTreeSet<String>) -> String {
    let wanted = |line: &&str| line.split(',').nth(REPLICATE).is_some_and(|replicate| replicates.contains(replicate));
    let (head, rows) = trials.split_once('\n').unwrap_or((trials, ""));
    std::iter::once(head).chain(rows.lines().filter(wanted)).map(|line| format!("{line}\n")).collect()
}

/// The first mean over replicates that is not near enough, in words. Of the kept records all replicates tell how much
/// replicates differ, and those that were made again are compared.
///
/// A processor that rounds otherwise is to a training what another order of its examples is: one of the reasons for
/// which replicates differ. Two means over W replicates of standard deviation s that have nothing in common differ with
/// a standard error of s√(2/W); these here have their replicates in common, and so differ by less.
pub(super) fn means(name: &str, kept: &str, made: &str) -> Result<Option<String>, csv::Error> {
    let (head, kept) = groups(kept)?;
    let (made_head, made) = groups(made)?;
    if head != made_head {
        return Ok(Some(format!("{name}: other columns")));
    }
    for (group, replicates) in &made {
        let place = format!("{name}, {} at budget {:?}", group.0, group.1);
        let Some(all) = kept.get(group) else { return Ok(Some(format!("{place}: not in the records"))) };
        let same: Vec<&Vec<StringRecord>> = replicates.keys().filter_map(|replicate| all.get(replicate)).collect();
        if replicates.values().map(Vec::len).ne(same.iter().map(|rows| rows.len())) {
            return Ok(Some(format!("{place}: not as many rows")));
        }
        for column in BUDGET + 1..head.len() {
            let of = |rows: &[&Vec<StringRecord>]| -> Vec<f64> {
                rows.iter()
                    .filter_map(|rows| mean(rows.iter().filter_map(|row| row.get(column)?.parse().ok())))
                    .collect()
            };
            let spread = deviation(&of(&all.values().collect::<Vec<_>>()));
            let (then, now) = (of(&same), of(&replicates.values().collect::<Vec<_>>()));
            let allowed = FLOOR.max(ERRORS * spread * (2.0 / replicates.len() as f64).sqrt());
            let (then, now) = (mean(then.into_iter()), mean(now.into_iter()));
            if then.zip(now).is_some_and(|(a, b)| (a - b).abs() <= allowed) || (then, now) == (None, None) {
                continue;
            }
            let said = |mean: Option<f64>| mean.map_or("nothing".to_owned(), |mean| format!("{mean:.6}"));
            let (column, then, now) = (&head[column], said(then), said(now));
            return Ok(Some(format!(
                "{place}, column {column}: {then} in the records, {now} here, allowed {allowed:.6}"
            )));
        }
    }
    Ok(kept.keys().find(|group| !made.contains_key(*group)).map(|(arm, _)| format!("{name}, {arm}: not made any more")))
}

/// Rows by arm and budget, then by replicate.
type Groups = BTreeMap<(String, String), BTreeMap<String, Vec<StringRecord>>>;

fn groups(trials: &str) -> Result<(StringRecord, Groups), csv::Error> {
    let mut reader = Reader::from_reader(trials.as_bytes());
    let mut groups = Groups::new();
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        groups.entry((cell(ARM), cell(BUDGET))).or_default().entry(cell(REPLICATE)).or_default().push(row);
    }
    Ok((reader.headers()?.clone(), groups))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "experiment,data,replicate,arm,budget,queries,agreement\n";

    #[test]
    fn the_first_difference_is_named_with_its_place_and_both_values() {
        let kept = format!("{HEAD}b,s,0,label,10,10,0.500000\n");
        let made = kept.replace("0.500000", "0.500100");
        let said = "trials.csv, line 2, column agreement: \"0.500000\" in the records, \"0.500100\" here";
        assert_eq!(bytes("trials.csv", kept.as_bytes(), made.as_bytes()).unwrap(), said);
        let said = "trials.csv, line 2: \"b,s,0,label,10,10,0.500000\" in the records, \"\" here";
        assert_eq!(bytes("trials.csv", kept.as_bytes(), HEAD.as_bytes()).unwrap(), said);
        assert_eq!(bytes("a.png", b"\xff12", b"\xff13").unwrap(), "a.png, byte 3");
        assert_eq!(bytes("trials.csv", kept.as_bytes(), kept.as_bytes()), None);
    }

    #[test]
    fn what_is_allowed_follows_from_the_spread_between_replicates() {
        // Values 0.5, 0.6, 0.7: a standard deviation of 0.1. Of one replicate 4·0.1·√2 = 0.566 are allowed, of three
        // 4·0.1·√(2/3) = 0.327.
        let table = |values: &[f64]| {
            let row = |(replicate, value): (usize, &f64)| format!("b,s,{replicate},label,10,10,{value:.6}\n");
            HEAD.to_owned() + &values.iter().enumerate().map(row).collect::<String>()
        };
        let kept = table(&[0.5, 0.6, 0.7]);
        let far = |values: &[f64]| means("t", &kept, &table(values)).unwrap();
        assert_eq!(far(&[0.5 + 0.32, 0.6 + 0.32, 0.7 + 0.32]), None);
        let said =
            "t, label at budget \"10\", column agreement: 0.600000 in the records, 0.930000 here, allowed 0.326599";
        assert_eq!(far(&[0.5 + 0.33, 0.6 + 0.33, 0.7 + 0.33]).unwrap(), said);
        assert_eq!(far(&[0.5 + 0.56]), None);
        assert!(far(&[0.5 + 0.57]).unwrap().contains("allowed 0.565685"));
        // Where replicates do not differ there is the floor, and a count of queries is a count.
        let flat = table(&[0.5; 3]);
        assert_eq!(means("t", &flat, &table(&[0.501; 3])).unwrap(), None);
        assert!(means("t", &flat, &table(&[0.503; 3])).unwrap().is_some());
        assert!(means("t", &flat, &flat.replace(",10,10,", ",10,9,")).unwrap().unwrap().contains("column queries"));
        assert!(means("t", &flat, &flat.replace("label", "truth")).unwrap().unwrap().contains("not in the records"));
        assert!(means("t", &flat, HEAD).unwrap().unwrap().contains("not made any more"));
    }

    #[test]
    fn rows_of_a_replicate_keep_their_header() {
        let trials = format!("{HEAD}b,s,0,label,1,1,0.1\nb,s,1,label,1,1,0.2\nb,s,10,label,1,1,0.3\n");
        let expected = format!("{HEAD}b,s,1,label,1,1,0.2\n");
        assert_eq!(of_replicates(&trials, &["1".to_owned()].into()), expected);
    }
}
