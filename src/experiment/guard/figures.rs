//! The figures of `guard`: which accounts are closed when, by which detector, at what cost to honest customers, and
//! what a copier learns before.

use super::copiers::{COPIERS, ONE_CUSTOMER};
use super::reading::Reading;
use super::{ACCOUNTS, ALL, AS_MANY, GAME_RATES, HONEST, RATE, RATES, aim};
use crate::experiment::read::curves::rounded;
use crate::finding::{Drawing, Figure, Heat, HeatRow, Path, Paths, Shade};
use crate::oracle::guard::{DETECTORS, LOOKS};
use crate::words::{counted, list, percent, thousands};

/// The copiers whose games are drawn, besides those whose students agree most.
const ALWAYS: [&str; 2] = [ONE_CUSTOMER, "letters"];
/// The last look: over their whole lives.
const LIFE: usize = LOOKS[LOOKS.len() - 1];

pub(super) fn all(reading: &Reading) -> Vec<Figure> {
    vec![noticed(reading), detectors(reading), trade_off(reading), game(reading)]
}

/// Shares of accounts closed: a row for each copier, the last for honest accounts that asked as many.
fn closed(
    reading: &Reading,
    x_label: &str,
    columns: Vec<(String, (&str, f64, usize))>,
    controls: usize,
    note: impl Fn(&str) -> String,
) -> Drawing {
    let row = |arm: &str| {
        let cell = |(_, place): &(String, _)| reading.records.share(arm, *place).map(|share| rounded(share.mean));
        let label = if arm == AS_MANY { HONEST } else { arm };
        HeatRow { label: label.to_owned(), cells: columns.iter().map(cell).collect(), note: note(arm) }
    };
    Drawing::Heat(Heat {
        x_label: x_label.to_owned(),
        y_label: "Who asks".to_owned(),
        controls,
        shade: Shade::Share,
        rows: COPIERS.iter().copied().chain([AS_MANY]).map(row).collect(),
        columns: columns.iter().map(|(name, _)| name.clone()).collect(),
    })
}

/// How many accounts have been closed by each look.
fn noticed(reading: &Reading) -> Figure {
    let columns = reading.looks().map(|look| (thousands(look), (ALL, RATE, look)));
    let note = |arm: &str| {
        let (closed, accounts) = reading.records.counts(arm, (ALL, RATE, reading.look));
        format!("{closed} of {accounts} by {}", reading.look)
    };
    Figure {
        name: "noticed".to_owned(),
        title: reading.title(),
        subtitle: format!(
            "% of accounts closed by all detectors, set to {} of honest ones; last row: those that asked as many; {}",
            percent(RATE),
            counted(reading.plan.replicates(), "replicate")
        ),
        drawing: closed(reading, "Queries asked by the account", columns.collect(), 0, note),
    }
}

/// Which detector detects whom.
fn detectors(reading: &Reading) -> Figure {
    let names = DETECTORS.iter().map(|(name, _)| *name).chain([ALL]);
    let columns = names.map(|name| (name.to_owned(), (name, RATE, reading.look)));
    let note = |arm: &str| match &reading.best_detectors(arm)[..] {
        [] if arm == AS_MANY => "asked as many".to_owned(),
        [] => "none alone".to_owned(),
        best => best.join(", "),
    };
    let seen = COPIERS.iter().filter(|copier| !reading.best_detectors(copier).is_empty()).count();
    Figure {
        name: "detectors".to_owned(),
        title: format!("Of {} kinds of copier {seen} are each detected by some single detector", COPIERS.len()),
        subtitle: format!(
            "% of accounts closed within {} queries; each detector is set to close {} of honest accounts",
            reading.look,
            percent(RATE)
        ),
        drawing: closed(reading, "Detector", columns.collect(), 1, note),
    }
}

/// What closing more honest accounts buys.
fn trade_off(reading: &Reading) -> Figure {
    let share = |arm: &str, place| reading.records.share(arm, place).map_or(0.0, |share| share.mean);
    let cost = |rate: f64| percent(share(HONEST, (ALL, rate, LIFE)));
    let columns = RATES.iter().map(|&rate| {
        let name = format!("{:.0} % ({})", 100.0 * rate, cost(rate));
        (name, (ALL, rate, reading.look))
    });
    let free = COPIERS.iter().filter(|copier| share(copier, (ALL, RATES[0], reading.look)) >= 0.9);
    Figure {
        name: "trade-off".to_owned(),
        title: format!(
            "Set to close {:.0} % of honest accounts, the detectors close 90 % or more of {} of {} kinds of copier by \
             {} queries, and {} of honest accounts over their lives",
            100.0 * RATES[0],
            free.count(),
            COPIERS.len(),
            reading.look,
            cost(RATES[0])
        ),
        subtitle: format!("% of accounts closed by all detectors together within {} queries", reading.look),
        drawing: closed(
            reading,
            "Honest accounts that may be closed (fresh ones that are), over their whole lives",
            columns.collect(),
            0,
            |arm| if arm == AS_MANY { "asked as many".to_owned() } else { String::new() },
        ),
    }
}

/// Agreement before the last account is closed against honest accounts closed.
fn game(reading: &Reading) -> Figure {
    let path = |(copier, accounts): (&str, usize)| {
        let point = |&rate: &f64| {
            let closed = 100.0 * rounded(reading.records.share(HONEST, (ALL, rate, LIFE))?.mean);
            Some((closed, 100.0 * rounded(reading.records.agreement(copier, rate, accounts)?.mean)))
        };
        let label = format!("{copier}, {accounts}");
        Path { actor: copier.to_owned(), label, points: GAME_RATES.iter().filter_map(point).collect() }
    };
    let [one, .., many] = ACCOUNTS;
    let best = [one, many].map(|accounts| reading.best_copier(accounts, &[]));
    let drawn = COPIERS.into_iter().filter(|copier| ALWAYS.contains(copier) || best.contains(&Some(copier)));
    let games = drawn.flat_map(|copier| ACCOUNTS.map(|accounts| (copier, accounts)));
    let reached = |accounts, best: Option<&str>| Some(percent(reading.records.agreement(best?, RATE, accounts)?.mean));
    let title = match (best, reached(one, best[0]), reached(many, best[1])) {
        ([Some(first), Some(second)], Some(alone), Some(split)) => {
            format!("With {} {first} agrees on {alone}; with {many}, {second} on {split}", counted(one, "account"))
        }
        _ => "No game was played".to_owned(),
    };
    Figure {
        name: "game".to_owned(),
        title,
        subtitle: format!(
            "Copiers with {} accounts: agreement of the student when the last one is closed, or after {} answers",
            list(&ACCOUNTS.map(|accounts| accounts.to_string())),
            thousands(aim(reading.plan))
        ),
        drawing: Drawing::Paths(Paths {
            x_label: "Honest accounts closed over their whole lives, %".to_owned(),
            y_label: "Agreement with the teacher, %".to_owned(),
            paths: games.map(path).collect(),
        }),
    }
}
