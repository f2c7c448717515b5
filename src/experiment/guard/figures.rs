//! The pictures of guard: who is noticed when, by what, at what price, and what a copier learns before.

use super::copiers::COPIERS;
use super::reading::Reading;
use super::{ACCOUNTS, ALL, DETECTORS, GAME_RATES, HONEST, RATE, RATES, ROC_LOOK, aim};
use crate::experiment::curves::rounded;
use crate::finding::{Curves, Drawing, Figure, Heat, HeatRow, Path, Paths, Point, Series, Shade};
use crate::oracle::guard::LOOKS;
use crate::words::{percent, thousands};

/// The copiers whose games are drawn: one that asks what customers ask, and those that do not.
const PLAYERS: [&str; 3] = ["natural", "jacobian", "letters"];

pub(super) fn all(reading: &Reading) -> Vec<Figure> {
    vec![noticed(reading), detectors(reading), trade_off(reading), game(reading)]
}

/// Share noticed against questions asked.
fn noticed(reading: &Reading) -> Figure {
    let series = |arm: &str| {
        let point = |look: usize| {
            let share = rounded(reading.records.share(arm, ALL, RATE, look).mean);
            Point { x: look as f64, mean: share, low: share, high: share }
        };
        let label = if arm == HONEST { "honest accounts" } else { arm };
        Series { actor: arm.to_owned(), label: label.to_owned(), points: LOOKS.into_iter().map(point).collect() }
    };
    Figure {
        name: "noticed".to_owned(),
        title: reading.title(),
        subtitle: format!(
            "Share of accounts closed by all detectors together, which may close {} of honest ones; {} worlds",
            percent(RATE),
            reading.plan.replicates()
        ),
        drawing: Drawing::Curves(Curves {
            x_label: "Questions asked by the account".to_owned(),
            y_label: "Share of accounts closed".to_owned(),
            series: COPIERS.iter().copied().chain([HONEST]).map(series).collect(),
            references: Vec::new(),
            threshold: None,
            callouts: Vec::new(),
        }),
    }
}

/// Which detector sees whom.
fn detectors(reading: &Reading) -> Figure {
    let row = |arm: &str| {
        let cell = |name: &&str| Some(rounded(reading.records.share(arm, name, RATE, ROC_LOOK).mean));
        let note = reading.best_detector(arm).unwrap_or(if arm == HONEST { "control" } else { "unseen" });
        HeatRow { label: arm.to_owned(), cells: DETECTORS.iter().map(cell).collect(), note: note.to_owned() }
    };
    let seen = COPIERS.iter().filter(|copier| reading.best_detector(copier).is_some()).count();
    Figure {
        name: "detectors".to_owned(),
        title: format!("{seen} of {} kinds of copier are seen by some detector", COPIERS.len()),
        subtitle: format!(
            "Share of accounts closed after {ROC_LOOK} questions; every detector may close {} of honest accounts",
            percent(RATE)
        ),
        drawing: Drawing::Heat(Heat {
            x_label: "Detector".to_owned(),
            y_label: "Who asks".to_owned(),
            columns: DETECTORS.map(str::to_owned).to_vec(),
            controls: 1,
            shade: Shade::Share,
            rows: COPIERS.iter().copied().chain([HONEST]).map(row).collect(),
        }),
    }
}

/// Copiers noticed against honest accounts closed, as the threshold moves.
fn trade_off(reading: &Reading) -> Figure {
    let hundredths = |arm: &str, rate: f64| 100.0 * rounded(reading.records.share(arm, ALL, rate, ROC_LOOK).mean);
    let path = |copier: &&str| {
        let points = RATES.iter().map(|&rate| (hundredths(HONEST, rate), hundredths(copier, rate)));
        Path { actor: (*copier).to_owned(), label: (*copier).to_owned(), points: points.collect() }
    };
    let free = COPIERS.iter().filter(|copier| hundredths(copier, RATES[0]) >= 90.0).count();
    Figure {
        name: "trade-off".to_owned(),
        title: format!(
            "{free} of {} kinds of copier are caught while {} of honest accounts are closed",
            COPIERS.len(),
            percent(reading.records.share(HONEST, ALL, RATES[0], ROC_LOOK).mean)
        ),
        subtitle: format!(
            "After {ROC_LOOK} questions, all detectors together; dashed: a copier is closed as often as a customer"
        ),
        drawing: Drawing::Paths(Paths {
            x_label: "Honest accounts closed, %".to_owned(),
            y_label: "Copiers' accounts closed, %".to_owned(),
            paths: COPIERS.iter().map(path).collect(),
            diagonal: true,
        }),
    }
}

/// Agreement before the last account is closed against honest accounts closed.
fn game(reading: &Reading) -> Figure {
    let life = LOOKS[LOOKS.len() - 1];
    let path = |(copier, accounts): (&str, usize)| {
        let point = |&rate: &f64| {
            let closed = 100.0 * rounded(reading.records.share(HONEST, ALL, rate, life).mean);
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
