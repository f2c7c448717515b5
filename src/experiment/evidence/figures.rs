//! The figures: the ladder of evidence, p-values and power against the number of probes.

use super::clusters::Accused;
use super::kind::Kind;
use super::reading::{Reading, Rung, quantile};
use super::{LEVEL, verdicts};
use crate::experiment::read::curves::rounded;
use crate::finding::{Curves, Decades, Drawing, Figure, Heat, HeatRow, Mark, Point, Reference, Scale, Series, Shade};
use crate::words::{counted, thousands};

/// Kinds on the ladder, from the top, each at the largest of its budgets: copies, models that depend on the teacher in
/// another way, and independent ones.
const SHOWN: [Kind; 9] = [
    Kind::Copy,
    Kind::LabelCopy,
    Kind::BaseCopy,
    Kind::SharedData,
    Kind::Scraped,
    Kind::Innocent,
    Kind::InnocentBase,
    Kind::InnocentLarge,
    Kind::Ensemble,
];

/// For each measure, the share of every kind of suspect that it accuses.
pub(super) fn ladder(reading: &Reading) -> Figure {
    let accused = |kinds: &[Kind]| {
        let rows = kinds.iter().map(|&kind| reading.accused(kind, largest(reading, kind), Rung::Probes));
        rows.fold(Accused::default(), Accused::and)
    };
    let (copies, shared) = (all_or_some(&accused(&Kind::COPIES)), accused(&[Kind::SharedData]));
    let others = match shared.hits() {
        0 => shared.counted(),
        hits => format!("but also {hits}"),
    };
    let row = |kind: Kind| {
        let accused = Rung::LADDER.map(|rung| reading.accused(kind, largest(reading, kind), rung));
        let cell = |accused: Accused| (accused.all() > 0).then(|| rounded(accused.share()));
        // The last of the ladder are the probes.
        let text = accused.last().map_or(String::new(), Accused::counted);
        HeatRow { label: kind.label(reading.plan), cells: accused.map(cell).into(), text }
    };
    Figure {
        name: "ladder".to_owned(),
        title: format!("Probes accuse {copies} copies, {others} that shared data"),
        subtitle: format!(
            "Suspects that each measure accuses, in percent (copies: the first three rows); ranked among independent \
             models of a student's size and the same budget; {} (with an open base {}); {}",
            counted(reading.last(), "query"),
            thousands(largest(reading, Kind::BaseCopy)),
            basis(reading)
        ),
        drawing: Drawing::Heat(Heat {
            x_label: "What suspects are ranked by".to_owned(),
            y_label: "Suspects".to_owned(),
            columns: Rung::LADDER.map(|rung| rung.label().to_owned()).into(),
            controls: 1,
            others: SHOWN.len() - Kind::COPIES.len(),
            shade: Shade::Share,
            texts: "by probes".to_owned(),
            rows: SHOWN.into_iter().map(row).collect(),
        }),
    }
}

/// "all 12", or "11 of 12".
fn all_or_some(accused: &Accused) -> String {
    if accused.hits() == accused.all() { format!("all {}", accused.all()) } else { accused.counted() }
}

/// The largest budget of a kind.
fn largest(reading: &Reading, kind: Kind) -> usize {
    kind.budgets(&reading.budgets).pop().unwrap_or(reading.last())
}

/// "4 replicates of glyphs".
fn basis(reading: &Reading) -> String {
    format!("{} of {}", counted(reading.plan.replicates(), "replicate"), reading.plan.data().name())
}

/// Kinds whose lines are drawn against the number of probes, each at the largest of its budgets.
const LINES: [Kind; 6] = [Kind::Copy, Kind::LabelCopy, Kind::BaseCopy, Kind::SharedData, Kind::Scraped, Kind::Innocent];

/// The median suspect's p-value against the number of probes.
pub(super) fn p_values(reading: &Reading) -> Figure {
    let series = |kind: Kind| {
        let point = |(count, rung): (usize, Rung)| {
            let mut p_values = reading.p_values(kind, largest(reading, kind), rung);
            p_values.sort_by(f64::total_cmp);
            let at = |share: f64| rounded(quantile(&p_values, share));
            (!p_values.is_empty()).then(|| Point { x: count as f64, mean: at(0.5), low: at(0.25), high: at(0.75) })
        };
        let points = reading.rungs().into_iter().filter_map(point).collect();
        Series { actor: kind.actor(reading.plan).to_owned(), label: kind.label(reading.plan), quiet: false, points }
    };
    // A kind of copy is below the level from here on.
    let below = |kind: &Kind| {
        let points = series(*kind).points;
        let from = points.iter().rposition(|point| point.mean >= LEVEL).map_or(0, |last| last + 1);
        points.get(from).map(|point| point.x as usize)
    };
    let of = |kinds: &[Kind]| kinds.iter().map(below).collect::<Option<Vec<usize>>>()?.into_iter().max();
    let title = match (of(&Kind::COPIES), of(&[Kind::SharedData])) {
        (Some(copies), Some(shared)) if shared <= copies => {
            format!("With {} probes copies fall below {LEVEL}, shared data as well", thousands(copies))
        }
        (Some(copies), _) => format!("With {} probes copies fall below {LEVEL}", thousands(copies)),
        _ => format!("With no number of probes tried all copies fall below {LEVEL}"),
    };
    Figure {
        name: "p-values".to_owned(),
        title,
        subtitle: format!(
            "p-value of the median suspect, with the middle half as a band; by rank among N independent models of the \
             same budget, so that none is below 1 / (N + 1); {}",
            basis(reading)
        ),
        drawing: Drawing::Decades(Decades {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "p-value (logarithmic)".to_owned(),
            series: LINES.into_iter().map(series).collect(),
            levels: vec![Mark { value: LEVEL, label: LEVEL.to_string() }],
        }),
    }
}

/// The share accused against the number of probes, for copiers of each budget and for independent models.
pub(super) fn power(reading: &Reading) -> Figure {
    let copiers = reading.budgets.iter().rev().map(|&at| (Kind::Copy, Some(at)));
    // Who shares the teacher's data alone is accused as well.
    let shared = (Kind::SharedData, Some(largest(reading, Kind::SharedData)));
    let by = |kind: Kind, at: Option<usize>, rung: Rung| match at {
        Some(at) => reading.accused(kind, at, rung),
        None => reading.accused_of(&[kind], rung),
    };
    let series = |(kind, at): (Kind, Option<usize>)| {
        let point = |(count, rung): (usize, Rung)| {
            let accused = by(kind, at, rung);
            let (low, high) = accused.band();
            let [mean, low, high] = [accused.share(), low, high].map(rounded);
            (accused.all() > 0).then_some(Point { x: count as f64, mean, low, high })
        };
        let points = reading.rungs().into_iter().filter_map(point).collect();
        let all = reading.rungs().first().map_or(0, |(_, rung)| by(kind, at, *rung).all());
        let label = match at {
            Some(at) if kind == Kind::Copy && at == reading.last() => format!("{all} copies, {}", counted(at, "query")),
            Some(at) if kind == Kind::Copy => format!("fewer queries: {}", thousands(at)),
            Some(_) => format!("{all}, {}", kind.label(reading.plan)),
            None => format!("{all} independent, all budgets"),
        };
        // In grey: copies made with fewer queries than those of the title.
        let quiet = kind == Kind::Copy && at.is_some_and(|at| at < reading.last());
        Series { actor: kind.actor(reading.plan).to_owned(), label, quiet, points }
    };
    let most = || reading.rungs().last().map(|&(n, rung)| (n, reading.accused(Kind::Copy, reading.last(), rung)));
    let title = match verdicts::enough(reading, reading.last(), |share| share >= 1.0).or_else(most) {
        Some((probes, accused)) => {
            let rung = reading.rungs().into_iter().find(|(count, _)| *count == probes).map(|(_, rung)| rung);
            let sharers = rung.map_or(0, |rung| by(shared.0, shared.1, rung).hits());
            let others = if sharers > 0 { format!(", but also {sharers} that shared data") } else { String::new() };
            format!("{} probes accuse {} copies{others}", thousands(probes), all_or_some(&accused))
        }
        None => "There are too few probes to look at".to_owned(),
    };
    Figure {
        name: "power".to_owned(),
        title,
        subtitle: format!(
            "Share of suspects accused at a level of {:.0} %; copies of {}; {}; bands: 95 % interval over replicates",
            100.0 * LEVEL,
            counted(reading.last(), "query"),
            basis(reading)
        ),
        drawing: Drawing::Curves(Curves {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "Accused".to_owned(),
            scale: Scale::Even,
            series: copiers.chain([shared, (Kind::Innocent, None)]).map(series).collect(),
            references: vec![Reference {
                name: "level".to_owned(),
                label: "level of the test".to_owned(),
                value: LEVEL,
            }],
            threshold: None,
            callouts: Vec::new(),
        }),
    }
}
