//! The figures: the ladder of evidence, p-values and power against the number of probes.

use super::kind::Kind;
use super::reading::{Accused, Reading, Rung, quantile};
use super::{LEVEL, PROBE_COUNTS, verdicts};
use crate::audit::statistics::{deviation, share_of};
use crate::experiment::curves::rounded;
use crate::finding::{Curves, Decades, Drawing, Figure, Mark, Point, Reference, Rungs, Series, Strip, StripRow};
use crate::words::{counted, thousands};

/// Kinds on the ladder, from the top.
const SHOWN: [Kind; 7] =
    [Kind::Innocent, Kind::InnocentBase, Kind::Scraped, Kind::BaseCopy, Kind::LabelCopy, Kind::Copy, Kind::SharedData];

/// For each measure, where suspects lie among the innocents of their budget.
pub(super) fn ladder(reading: &Reading) -> Figure {
    let rate = |kinds: &[Kind], rung: Rung| {
        let Accused { hits, all } = reading.accused_of(kinds, rung);
        format!("{hits} of {all}")
    };
    let strip = |rung: Rung| Strip {
        name: rung.label().to_owned(),
        note: format!("accused: {} copies, {} innocents", rate(&Kind::COPIES, rung), rate(&[Kind::Innocent], rung)),
        band: band(reading, rung),
        rows: SHOWN.into_iter().map(|kind| strip_row(reading, kind, rung)).collect(),
    };
    Figure {
        name: "ladder".to_owned(),
        title: verdicts::title(reading),
        subtitle: format!(
            "Suspects of {} worlds of {}: distance from the mean of the innocent crowd of their budget, in standard \
             deviations of that crowd; grey: 90 % of the crowd with {} labels",
            reading.plan.replicates(),
            reading.plan.data().name(),
            thousands(reading.last())
        ),
        drawing: Drawing::Rungs(Rungs {
            x_label: "Standard deviations of the crowd above its mean".to_owned(),
            strips: Rung::LADDER.into_iter().map(strip).collect(),
        }),
    }
}

/// Mean and standard deviation of a crowd; `None` where it does not vary.
fn spread(values: &[f64]) -> Option<(f64, f64)> {
    let (mean, deviation) = (values.iter().sum::<f64>() / values.len() as f64, deviation(values));
    (deviation > 0.0).then_some((mean, deviation))
}

/// Where the middle 90 % of the crowd at the largest budget lie, in its own deviations, averaged over worlds.
fn band(reading: &Reading, rung: Rung) -> (f64, f64) {
    let of_world = |world: usize| {
        let crowd = reading.crowd(world, reading.last(), rung);
        let (mean, deviation) = spread(&crowd)?;
        Some([0.05, 0.95].map(|share| (quantile(&crowd, share) - mean) / deviation))
    };
    let ends: Vec<[f64; 2]> = (0..reading.plan.replicates()).filter_map(of_world).collect();
    let mean = |end: usize| ends.iter().map(|ends| ends[end]).sum::<f64>() / ends.len().max(1) as f64;
    (rounded(mean(0)), rounded(mean(1)))
}

fn strip_row(reading: &Reading, kind: Kind, rung: Rung) -> StripRow {
    let budget = kind.budgets(&reading.budgets).pop().unwrap_or(reading.last());
    let place = |row: &&super::reading::Row| {
        let (mean, deviation) = spread(&reading.crowd(row.trial.replicate, budget, rung))?;
        Some(rounded((row.value(rung)? - mean) / deviation))
    };
    let Accused { hits, all } = reading.accused(kind, budget, rung);
    StripRow {
        actor: kind.actor(reading.plan).to_owned(),
        label: kind.label(reading.plan),
        values: reading.of(kind, budget).iter().filter_map(place).collect(),
        text: format!("{hits} of {all}"),
    }
}

/// Kinds whose lines are drawn against the number of probes, with their budgets.
fn lines(reading: &Reading) -> Vec<(Kind, usize, String)> {
    let last = reading.last();
    let mut lines: Vec<(Kind, usize, String)> = Vec::new();
    for kind in [Kind::SharedData, Kind::Copy, Kind::LabelCopy, Kind::BaseCopy, Kind::Scraped, Kind::Innocent] {
        let budget = kind.budgets(&reading.budgets).pop().unwrap_or(last);
        lines.push((kind, budget, kind.label(reading.plan)));
    }
    lines
}

/// The first so many probes, as far as every world has them.
fn rungs(reading: &Reading) -> Vec<(f64, Rung)> {
    let counts = PROBE_COUNTS.iter().enumerate().map(|(place, &count)| (count as f64, Rung::First(place)));
    let (fewest, _) = reading.probes();
    counts.filter(|(count, _)| *count <= fewest as f64).collect()
}

/// The median suspect's p-value against the number of probes.
pub(super) fn p_values(reading: &Reading) -> Figure {
    let series = |(kind, budget, label): (Kind, usize, String)| {
        let point = |(x, rung): (f64, Rung)| {
            let mut p_values = reading.p_values(kind, budget, rung);
            p_values.sort_by(f64::total_cmp);
            let at = |share: f64| rounded(quantile(&p_values, share));
            (!p_values.is_empty()).then(|| Point { x, mean: at(0.5), low: at(0.25), high: at(0.75) })
        };
        let points = rungs(reading).into_iter().filter_map(point).collect();
        Series { actor: kind.actor(reading.plan).to_owned(), label, points }
    };
    let enough = rungs(reading).into_iter().find(|(_, rung)| {
        let Accused { hits, all } = reading.accused(Kind::Copy, reading.last(), *rung);
        all > 0 && 2 * hits > all
    });
    let title = match enough {
        Some((count, _)) => format!(
            "{} probes are enough to accuse most copies with {} questions",
            thousands(count as usize),
            thousands(reading.last())
        ),
        None => format!(
            "No number of probes tried is enough to accuse most copies with {} questions",
            thousands(reading.last())
        ),
    };
    Figure {
        name: "p-values".to_owned(),
        title,
        subtitle: format!(
            "Median suspect, with the middle half as a band; {}, {} worlds; p-values by rank among innocents of the \
             same budget: with N of them, a line ends at 1 / (N + 1)",
            reading.plan.data().name(),
            reading.plan.replicates()
        ),
        drawing: Drawing::Decades(Decades {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "p-value (logarithmic)".to_owned(),
            series: lines(reading).into_iter().map(series).collect(),
            levels: vec![Mark { value: LEVEL, label: format!("{:.0} %", 100.0 * LEVEL) }],
        }),
    }
}

/// The share accused against the number of probes, for copiers of each budget and for innocents.
pub(super) fn power(reading: &Reading) -> Figure {
    let copiers = reading.budgets.iter().rev().map(|&at| (Kind::Copy, Some(at)));
    let label = |kind: Kind, at: Option<usize>| match at {
        Some(at) => counted(at, "question"),
        None => kind.label(reading.plan),
    };
    let accused = |kind: Kind, at: Option<usize>, rung: Rung| match at {
        Some(at) => reading.accused(kind, at, rung),
        None => reading.accused_of(&[kind], rung),
    };
    let series = |(kind, at): (Kind, Option<usize>)| {
        let point = |(x, rung): (f64, Rung)| {
            let Accused { hits, all } = accused(kind, at, rung);
            let share = share_of(hits, all);
            let (mean, low, high) = (rounded(share.mean), rounded(share.low), rounded(share.high));
            (all > 0).then_some(Point { x, mean, low, high })
        };
        let points = rungs(reading).into_iter().filter_map(point).collect();
        Series { actor: kind.actor(reading.plan).to_owned(), label: label(kind, at), points }
    };
    let all: Vec<Series> = copiers.chain([(Kind::Innocent, None)]).map(series).collect();
    let last = |series: &Series| series.points.last().map_or(0.0, |point| point.mean);
    let copiers = &all[..all.len() - 1];
    let title = match (copiers, rungs(reading).last()) {
        ([most, .., least], Some((probes, _))) => format!(
            "With {} probes, the test notices {:.0} % of copiers with {} and {:.0} % of those with {}",
            thousands(*probes as usize),
            100.0 * last(most),
            most.label,
            100.0 * last(least),
            least.label
        ),
        ([only], Some((probes, _))) => format!(
            "With {} probes, the test notices {:.0} % of copiers with {}",
            thousands(*probes as usize),
            100.0 * last(only),
            only.label
        ),
        _ => "There are too few probes to look at".to_owned(),
    };
    Figure {
        name: "power".to_owned(),
        title,
        subtitle: format!(
            "Share of suspects accused at a level of {:.0} %, with its 95 % interval (Wilson); {}, {} worlds",
            100.0 * LEVEL,
            reading.plan.data().name(),
            reading.plan.replicates()
        ),
        drawing: Drawing::Curves(Curves {
            x_label: "Probes asked of the suspect (logarithmic)".to_owned(),
            y_label: "Accused".to_owned(),
            series: all,
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
