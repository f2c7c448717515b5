//! The figures of `guard`: which accounts are closed when, by which detector, at what cost to honest customers, and
//! what a copier learns before.

use super::copiers::{COPIERS, ONE_CUSTOMER};
use super::reading::Reading;
use super::{ACCOUNTS, ALL, AS_MANY, HONEST, RATE, RATES, aim};
use crate::experiment::read::curves::rounded;
use crate::experiment::show::sentences::goal;
use crate::finding::{
    Curves, Drawing, Figure, Heat, HeatRow, Mark, Multiples, MultiplesRow, Point, Scale, Series, Shade, Spacing,
};
use crate::oracle::guard::{DETECTORS, LOOKS};
use crate::words::{counted, list, percent, thousands};

/// The last look: over their whole lives.
const LIFE: usize = LOOKS[LOOKS.len() - 1];
/// A kind of copier is stopped where this share of its accounts is closed, or more.
const STOPPED: f64 = 0.9;

pub(super) fn all(reading: &Reading) -> Vec<Figure> {
    vec![noticed(reading), detectors(reading), trade_off(reading), game(reading)]
}

/// Whose accounts are shown, from the top: the copier who asks as one customer beside honest ones.
fn rows() -> impl Iterator<Item = &'static str> {
    COPIERS.into_iter().rev().chain([AS_MANY])
}

/// Whose colour a row has.
fn actor(arm: &str) -> String {
    if arm == AS_MANY { HONEST } else { arm }.to_owned()
}

/// The name of a row: honest accounts are those that asked as many queries.
fn name(arm: &str) -> String {
    if arm == AS_MANY { "honest, as many" } else { arm }.to_owned()
}

/// What the detectors are set to, and who the honest accounts of a figure are.
fn setting(rate: &str) -> String {
    format!("set to close {rate} of all honest accounts; \"honest, as many\": those that asked as many queries")
}

fn share(reading: &Reading, arm: &str, place: (&str, f64, usize)) -> Option<f64> {
    Some(rounded(reading.records.share(arm, place)?.mean))
}

/// How many accounts have been closed by each look.
fn noticed(reading: &Reading) -> Figure {
    let row = |arm: &str| {
        let point = |look: usize| Some((look as f64, share(reading, arm, (ALL, RATE, look))?));
        let (closed, accounts) = reading.records.counts(arm, (ALL, RATE, reading.look));
        MultiplesRow {
            actor: actor(arm),
            label: name(arm),
            text: format!("{closed} of {accounts}"),
            mark: None,
            level: None,
            points: reading.looks().filter_map(point).collect(),
        }
    };
    // In the end the one who asks as one customer is closed for asking so much, and so are honest customers.
    let last = reading.looks().last().filter(|&at| share(reading, AS_MANY, ("volume", RATE, at)) > Some(0.5));
    let whole = |at: usize| rows().all(|arm| share(reading, arm, (ALL, RATE, at)).is_some_and(|share| share >= 1.0));
    let volume = last.map_or(String::new(), |at| {
        format!("; by {} volume alone closes {}", thousands(at), if whole(at) { "all" } else { "most" })
    });
    let mark = |at: usize, label: String| Mark { value: at as f64, label };
    let looked = mark(reading.look, counted(reading.look, "query"));
    Figure {
        name: "noticed".to_owned(),
        title: reading.title(),
        subtitle: format!(
            "Accounts that the detectors together have closed, {}; shares: mean of {}; counts: closed by {} queries in \
             all of them{volume}",
            setting(&goal(RATE)),
            counted(reading.plan.replicates(), "replicate"),
            thousands(reading.look)
        ),
        drawing: Drawing::Multiples(Multiples {
            x_label: "Queries asked by the account".to_owned(),
            y_label: "Share of accounts closed".to_owned(),
            spacing: Spacing::SharesOverCounts,
            marks: [looked].into_iter().chain(last.map(|at| mark(at, "volume alone".to_owned()))).collect(),
            texts: format!("by {}", thousands(reading.look)),
            rows: rows().map(row).collect(),
            key: String::new(),
        }),
    }
}

/// Which detector detects whom.
fn detectors(reading: &Reading) -> Figure {
    let names: Vec<&str> = DETECTORS.iter().map(|(name, _)| *name).chain([ALL]).collect();
    let row = |arm: &str| {
        let cell = |detector: &&str| share(reading, arm, (detector, RATE, reading.look));
        // Honest accounts are nobody's to be detected.
        let text = if arm == AS_MANY { String::new() } else { reading.best_detectors(arm).len().to_string() };
        HeatRow { label: name(arm), cells: names.iter().map(cell).collect(), text }
    };
    let seen = COPIERS.iter().filter(|copier| !reading.best_detectors(copier).is_empty()).count();
    Figure {
        name: "detectors".to_owned(),
        title: format!("For {seen} of {} copiers some single detector is enough", COPIERS.len()),
        subtitle: format!(
            "Accounts that a detector closes within {} queries, in percent, mean of {}; each alone is {}",
            thousands(reading.look),
            counted(reading.plan.replicates(), "replicate"),
            setting(&goal(RATE))
        ),
        drawing: Drawing::Heat(Heat {
            x_label: "Detector".to_owned(),
            y_label: "Who asks".to_owned(),
            controls: 1,
            others: 1,
            shade: Shade::Share,
            texts: "enough".to_owned(),
            rows: rows().map(row).collect(),
            columns: names.iter().map(|&name| name.to_owned()).collect(),
        }),
    }
}

/// What closing more honest accounts buys.
fn trade_off(reading: &Reading) -> Figure {
    let cost = |rate: f64| share(reading, HONEST, (ALL, rate, LIFE));
    let closed = |arm: &str, rate: f64| share(reading, arm, (ALL, rate, reading.look));
    let row = |arm: &str| {
        let points = RATES.iter().filter_map(|&rate| Some((100.0 * cost(rate)?, closed(arm, rate)?)));
        let [least, most] =
            [RATES[0], RATES[RATES.len() - 1]].map(|rate| format!("{:.0}", 100.0 * closed(arm, rate).unwrap_or(0.0)));
        MultiplesRow {
            actor: actor(arm),
            label: name(arm),
            text: if least == most { format!("{least} %") } else { format!("{least} to {most} %") },
            mark: None,
            level: None,
            points: points.collect(),
        }
    };
    let stopped = COPIERS.iter().filter(|copier| closed(copier, RATES[0]).is_some_and(|it| it >= STOPPED)).count();
    let rates = RATES.map(|rate| format!("{:.0}", 100.0 * rate));
    Figure {
        name: "trade-off".to_owned(),
        title: format!(
            "Closing {} of honest accounts stops {stopped} of {} copiers",
            cost(RATES[0]).map_or("–".to_owned(), percent),
            COPIERS.len()
        ),
        subtitle: format!(
            "Accounts that the detectors together close within {} queries (stopped: {} or more), {}",
            thousands(reading.look),
            goal(STOPPED),
            setting(&format!("{} %", list(&rates)))
        ),
        drawing: Drawing::Multiples(Multiples {
            x_label: "Honest accounts closed over their whole lives, %".to_owned(),
            y_label: "Share of accounts closed".to_owned(),
            spacing: Spacing::SharesOverCounts,
            marks: Vec::new(),
            texts: String::new(),
            rows: rows().map(row).collect(),
            key: String::new(),
        }),
    }
}

/// Agreement before the last account is closed against the number of accounts, at the agreed rate.
fn game(reading: &Reading) -> Figure {
    let [one, .., many] = ACCOUNTS;
    let best = [one, many].map(|accounts| reading.best_copier(accounts, &[]));
    let series = |copier: &'static str| {
        let point = |&accounts: &usize| {
            let reached = reading.records.agreement(copier, RATE, accounts)?;
            let (low, high) =
                if reached.low.is_finite() { (reached.low, reached.high) } else { (reached.mean, reached.mean) };
            Some(Point { x: accounts as f64, mean: rounded(reached.mean), low: rounded(low), high: rounded(high) })
        };
        // Those whose students agree most stand out, and who is hard to tell from a customer.
        Series {
            actor: copier.to_owned(),
            label: copier.to_owned(),
            quiet: copier != ONE_CUSTOMER && !best.contains(&Some(copier)),
            points: ACCOUNTS.iter().filter_map(point).collect(),
        }
    };
    let reached = |accounts, best: Option<&str>| Some(percent(reading.records.agreement(best?, RATE, accounts)?.mean));
    let title = match (reached(one, best[0]), reached(many, best[1])) {
        (Some(alone), Some(split)) => {
            format!("{one} account brings copiers up to {alone}, {many} accounts {split}")
        }
        _ => "No game was played".to_owned(),
    };
    Figure {
        name: "game".to_owned(),
        title,
        subtitle: format!(
            "How often a copier's student agrees with the teacher when its last account is closed, or after {} \
             answers; detectors set to close {} of all honest accounts; mean of {}, 95 % interval",
            thousands(aim(reading.plan)),
            goal(RATE),
            counted(reading.plan.replicates(), "replicate")
        ),
        drawing: Drawing::Curves(Curves {
            x_label: "Accounts that the copier opens".to_owned(),
            y_label: "Agreement with the teacher".to_owned(),
            scale: Scale::Even,
            series: COPIERS.into_iter().map(series).collect(),
            references: Vec::new(),
            threshold: None,
            callouts: Vec::new(),
        }),
    }
}
