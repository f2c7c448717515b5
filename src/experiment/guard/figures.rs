//! The pictures of guard: who is closed when, by what, at what price, and what a copier learns before.

use super::copiers::{COPIERS, ONE_CUSTOMER};
use super::reading::Reading;
use super::{ACCOUNTS, ALL, AS_MANY, GAME_RATES, HONEST, RATE, RATES, aim};
use crate::experiment::curves::rounded;
use crate::finding::{Drawing, Figure, Heat, HeatRow, Path, Paths};
use crate::oracle::guard::{DETECTORS, LOOKS};
use crate::words::{percent, thousands};

/// The copiers whose games are drawn.
const PLAYERS: [&str; 3] = [ONE_CUSTOMER, "natural", "letters"];

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
            "% of accounts closed by all detectors together, set to close {} of honest ones; {} replicates",
            percent(RATE),
            reading.plan.replicates()
        ),
        drawing: closed(reading, "Queries asked by the account", columns.collect(), 0, note),
    }
}

/// Which detector detects whom.
fn detectors(reading: &Reading) -> Figure {
    let names = DETECTORS.iter().map(|(name, _)| *name).chain([ALL]);
    let columns = names.map(|name| (name.to_owned(), (name, RATE, reading.look)));
    let note = |arm: &str| {
        let best = reading.best_detector(arm).unwrap_or(if arm == AS_MANY { "asked as many" } else { "none alone" });
        best.to_owned()
    };
    let seen = COPIERS.iter().filter(|copier| reading.best_detector(copier).is_some()).count();
    Figure {
        name: "detectors".to_owned(),
        title: format!("{seen} of {} kinds of copier are detected by one detector alone", COPIERS.len()),
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
    let columns = RATES.iter().map(|&rate| (percent(rate), (ALL, rate, reading.look)));
    let least = RATES[0];
    let free = COPIERS
        .iter()
        .filter(|copier| reading.records.share(copier, (ALL, least, reading.look)).is_some_and(|it| it.mean >= 0.9))
        .count();
    let life = LOOKS[LOOKS.len() - 1];
    let cost = reading.records.share(HONEST, (ALL, least, life)).map_or(0.0, |it| it.mean);
    Figure {
        name: "trade-off".to_owned(),
        title: format!(
            "{free} of {} kinds of copier are closed at a price of {} of honest accounts",
            COPIERS.len(),
            percent(cost)
        ),
        subtitle: format!("% of accounts closed within {} queries by all detectors together", reading.look),
        drawing: closed(reading, "Share of honest accounts that may be closed", columns.collect(), 0, |_| {
            String::new()
        }),
    }
}

/// Agreement before the last account is closed against honest accounts closed.
fn game(reading: &Reading) -> Figure {
    let life = LOOKS[LOOKS.len() - 1];
    let path = |(copier, accounts): (&str, usize)| {
        let point = |&rate: &f64| {
            let closed = 100.0 * rounded(reading.records.share(HONEST, (ALL, rate, life))?.mean);
            Some((closed, 100.0 * rounded(reading.records.agreement(copier, rate, accounts)?.mean)))
        };
        let label = if accounts == 1 { format!("{copier}, 1 account") } else { format!("{copier}, {accounts}") };
        Path { actor: copier.to_owned(), label, points: GAME_RATES.iter().filter_map(point).collect() }
    };
    let games = PLAYERS.iter().flat_map(|&copier| ACCOUNTS.iter().map(move |&accounts| (copier, accounts)));
    let [one, .., many] = ACCOUNTS;
    let gain = |copier: &str| {
        let at = |accounts| reading.records.agreement(copier, RATE, accounts).map_or(0.0, |e| e.mean);
        at(many) - at(one)
    };
    let best = PLAYERS.into_iter().max_by(|a, b| gain(a).total_cmp(&gain(b))).unwrap_or(PLAYERS[0]);
    Figure {
        name: "game".to_owned(),
        title: format!(
            "{many} accounts instead of one are worth up to {:.0} points of agreement, to {best}",
            100.0 * gain(best).max(0.0)
        ),
        subtitle: format!(
            "Agreement of the student when its copier's last account is closed, or after {} answers",
            thousands(aim(reading.plan))
        ),
        drawing: Drawing::Paths(Paths {
            x_label: "Honest accounts closed, %".to_owned(),
            y_label: "Agreement with the teacher, %".to_owned(),
            paths: games.map(path).collect(),
            diagonal: false,
        }),
    }
}
