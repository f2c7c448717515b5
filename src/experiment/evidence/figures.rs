//! The figures: the ladder of evidence, p-values and power against the number of probes.

use super::clusters::Accused;
use super::kind::Kind;
use super::reading::{Reading, Row, Rung, quantile};
use super::{LEVEL, verdicts};
use crate::audit::statistics::deviation;
use crate::experiment::read::curves::rounded;
use crate::finding::{Curves, Decades, Drawing, Figure, Mark, Point, Reference, Rungs, Scale, Series, Strip, StripRow};
use crate::words::{counted, thousands};

/// Kinds on the ladder, from the top, each at the largest of its budgets.
const SHOWN: [Kind; 9] = [
    Kind::Innocent,
    Kind::InnocentBase,
    Kind::InnocentLarge,
    Kind::Ensemble,
    Kind::Scraped,
    Kind::BaseCopy,
    Kind::LabelCopy,
    Kind::Copy,
    Kind::SharedData,
];
/// Independent models among them of the reference models' size.
const SMALL_INDEPENDENT: [Kind; 2] = [Kind::Innocent, Kind::InnocentBase];

/// For each measure, where suspects lie among the independent models of their budget. Only who is drawn is counted.
pub(super) fn ladder(reading: &Reading) -> Figure {
    let drawn = |kinds: &[Kind], rung: Rung| {
        let rows = kinds.iter().map(|&kind| reading.accused(kind, largest(reading, kind), rung));
        rows.fold(Accused::default(), Accused::and).counted()
    };
    let rates = |rung: Rung| (drawn(&Kind::COPIES, rung), drawn(&SMALL_INDEPENDENT, rung));
    let strip = |rung: Rung| {
        let (copies, independent) = rates(rung);
        Strip {
            name: rung.label().to_owned(),
            note: format!("accused: {copies} copies, {independent} independent"),
            band: band(reading, rung),
            rows: SHOWN.into_iter().map(|kind| strip_row(reading, kind, rung)).collect(),
        }
    };
    let ((agreeing, _), (copies, _)) = (rates(Rung::Agreement), rates(Rung::Probes));
    let base = largest(reading, Kind::BaseCopy);
    Figure {
        name: "ladder".to_owned(),
        title: format!("The probes accuse {copies} copies, agreement {agreeing}"),
        subtitle: format!(
            "Suspects of {}, among independent models of a student's size and the same budget; accused are counted \
             among these; grey: nine of ten of them with {} labels; with an open base, suspects have {}; a×b: a \
             models, b teachers",
            basis(reading),
            thousands(reading.last()),
            thousands(base)
        ),
        drawing: Drawing::Rungs(Rungs {
            x_label: "Standard deviations above the mean of independent models".to_owned(),
            strips: Rung::LADDER.into_iter().map(strip).collect(),
        }),
    }
}

/// The largest budget of a kind.
fn largest(reading: &Reading, kind: Kind) -> usize {
    kind.budgets(&reading.budgets).pop().unwrap_or(reading.last())
}

/// "4 replicates of glyphs".
fn basis(reading: &Reading) -> String {
    format!("{} of {}", counted(reading.plan.replicates(), "replicate"), reading.plan.data().name())
}

/// Mean and standard deviation of reference models; `None` where it does not vary.
fn spread(values: &[f64]) -> Option<(f64, f64)> {
    let (mean, deviation) = (values.iter().sum::<f64>() / values.len() as f64, deviation(values));
    (deviation > 0.0).then_some((mean, deviation))
}

/// Where the middle 90 % of the reference models at the largest budget lie, in their own deviations, averaged over
/// replicates.
fn band(reading: &Reading, rung: Rung) -> (f64, f64) {
    let of_replicate = |replicate: usize| {
        let references = reading.references(replicate, reading.last(), rung);
        let (mean, deviation) = spread(&references)?;
        Some([0.05, 0.95].map(|share| (quantile(&references, share) - mean) / deviation))
    };
    let ends: Vec<[f64; 2]> = (0..reading.plan.replicates()).filter_map(of_replicate).collect();
    let mean = |end: usize| ends.iter().map(|ends| ends[end]).sum::<f64>() / ends.len().max(1) as f64;
    (rounded(mean(0)), rounded(mean(1)))
}

fn strip_row(reading: &Reading, kind: Kind, rung: Rung) -> StripRow {
    let budget = largest(reading, kind);
    let place = |row: &&Row| {
        let (mean, deviation) = spread(&reading.references(row.trial.replicate, budget, rung))?;
        Some(rounded((row.value(rung)? - mean) / deviation))
    };
    StripRow {
        actor: kind.actor(reading.plan).to_owned(),
        label: kind.label(reading.plan),
        values: reading.of(kind, budget).iter().filter_map(place).collect(),
        text: reading.told(kind, budget, rung),
    }
}

/// Kinds whose lines are drawn against the number of probes, each at the largest of its budgets.
const LINES: [Kind; 6] = [Kind::SharedData, Kind::Copy, Kind::LabelCopy, Kind::BaseCopy, Kind::Scraped, Kind::Innocent];

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
    let queries = counted(reading.last(), "query");
    let title = match verdicts::enough(reading, reading.last(), |share| share > 0.5) {
        Some((count, accused)) => {
            format!("{} probes accuse {} copies with {queries}", thousands(count), accused.counted())
        }
        None => format!("No number of probes tried accuses most copies with {queries}"),
    };
    Figure {
        name: "p-values".to_owned(),
        title,
        subtitle: format!(
            "Median suspect, with the middle half as a band; {}; p-values by rank among N independent models of the \
             same budget: none is below 1 / (N + 1)",
            basis(reading)
        ),
        drawing: Drawing::Decades(Decades {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "p-value (logarithmic)".to_owned(),
            series: LINES.into_iter().map(series).collect(),
            levels: vec![Mark { value: LEVEL, label: format!("{:.0} %", 100.0 * LEVEL) }],
        }),
    }
}

/// The share accused against the number of probes, for copiers of each budget and for independent models.
pub(super) fn power(reading: &Reading) -> Figure {
    let copiers = reading.budgets.iter().rev().map(|&at| (Kind::Copy, Some(at)));
    let accused = |kind: Kind, at: Option<usize>, rung: Rung| match at {
        Some(at) => reading.accused(kind, at, rung),
        None => reading.accused_of(&[kind], rung),
    };
    let series = |(kind, at): (Kind, Option<usize>)| {
        let point = |(count, rung): (usize, Rung)| {
            let accused = accused(kind, at, rung);
            let (low, high) = accused.interval().unwrap_or((accused.share(), accused.share()));
            let [mean, low, high] = [accused.share(), low, high].map(rounded);
            (accused.all() > 0).then_some(Point { x: count as f64, mean, low, high })
        };
        let points = reading.rungs().into_iter().filter_map(point).collect();
        let label = match at {
            Some(at) => counted(at, "query"),
            None => "independent, all budgets".to_owned(),
        };
        Series { actor: kind.actor(reading.plan).to_owned(), label, quiet: false, points }
    };
    let title = match reading.rungs().last() {
        Some(&(probes, rung)) => {
            let accused = reading.accused(Kind::Copy, reading.last(), rung).counted();
            format!("{} probes accuse {accused} copies with {}", thousands(probes), counted(reading.last(), "query"))
        }
        None => "There are too few probes to look at".to_owned(),
    };
    Figure {
        name: "power".to_owned(),
        title,
        subtitle: format!(
            "Share of suspects accused at a level of {:.0} %; {}; bands: 95 % t-interval over replicates, none where \
             all are alike",
            100.0 * LEVEL,
            basis(reading)
        ),
        drawing: Drawing::Curves(Curves {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "Accused".to_owned(),
            scale: Scale::Even,
            series: copiers.chain([(Kind::Innocent, None)]).map(series).collect(),
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
