//! What a reader guesses before looking, and the truth to hold it against.

use serde::Serialize;

use super::spine::{Ask, Claim};
use crate::finding::{Amounts, Curves, DiscRow, Discs, Drawing, Figure, Finding, Multiples, Point, Series};
use crate::plot::palette;
use crate::words::{dollars, percent, thousands};

use super::colours::variable;
use super::glossary::plain;

/// A fall by less than this, from one value to the next, is no drop.
const DROP: f64 = 10.0;
/// A curve is guessed at no more places than this, unless round numbers offer themselves.
const HANDLES: usize = 5;

/// A guess, as the script puts it.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Guess<'a> {
    /// A curve with a handle at some of its places.
    Curve {
        prompt: &'a str,
        x_label: &'a str,
        y_label: &'a str,
        line: Line<'a>,
        given: Option<Line<'a>>,
        /// What is counted from left to right.
        unit: &'a str,
        handles: Vec<f64>,
        threshold: Option<f64>,
        /// How many it took to reach the threshold, if the figure says so.
        reached: Option<&'a str>,
    },
    /// One amount for each of some actors.
    Amounts {
        prompt: &'a str,
        /// What the amounts are: decides how they read.
        unit: Unit,
        /// The ends of the scale; even steps for shares, even factors otherwise.
        low: f64,
        high: f64,
        rows: Vec<Row<'a>>,
    },
}

/// How an amount reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    Share,
    Dollars,
    Count,
}

/// A curve with its name and colour.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    label: &'a str,
    colour: String,
    points: &'a [Point],
}

/// An amount with its name and colour.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    label: &'a str,
    /// The same in plain words.
    plain: Option<&'static str>,
    colour: String,
    truth: f64,
    text: String,
}

/// The guess of a chapter; nothing where the finding does not hold what it asks for.
pub(super) fn guess<'a>(claim: &Claim, finding: &'a Finding) -> Option<Guess<'a>> {
    let prompt = claim.prompt;
    match claim.ask {
        Ask::Curve { figure, actor, given, unit } => curve(prompt, unit, curves(finding, figure)?, actor, given),
        Ask::Heights { figure, at, but } => match drawing(finding, figure)? {
            Drawing::Curves(curves) => heights(prompt, curves, at, but),
            Drawing::Multiples(multiples) => amounts_at(prompt, multiples, at, but),
            _ => None,
        },
        Ask::Replicates { figure } => match drawing(finding, figure)? {
            Drawing::Discs(discs) => rows_of_discs(prompt, discs),
            _ => None,
        },
        Ask::Amounts { figure } => amounts(prompt, finding, figure),
        Ask::Drops { figure } => drops(prompt, finding, figure),
    }
}

fn drawing<'a>(finding: &'a Finding, name: &str) -> Option<&'a Drawing> {
    finding.figures.iter().find(|figure: &&Figure| figure.name == name).map(|figure| &figure.drawing)
}

/// The curves of a figure of this name.
pub(super) fn curves<'a>(finding: &'a Finding, name: &str) -> Option<&'a Curves> {
    match drawing(finding, name)? {
        Drawing::Curves(curves) => Some(curves),
        _ => None,
    }
}

/// The colours of curves, as the figure has them.
fn lines(series: &[Series]) -> Vec<Line<'_>> {
    let actors: Vec<&str> = series.iter().map(|series| series.actor.as_str()).collect();
    let colours = palette::of_actors(&actors).into_iter().map(variable);
    let coloured = series.iter().zip(colours);
    coloured.map(|(series, colour)| Line { label: &series.label, colour, points: &series.points }).collect()
}

fn curve<'a>(
    prompt: &'static str,
    unit: &'static str,
    curves: &'a Curves,
    actor: &str,
    given: Option<&str>,
) -> Option<Guess<'a>> {
    let place = |actor: &str| curves.series.iter().position(|series| series.actor == actor);
    let mut found: Vec<Option<Line>> = lines(&curves.series).into_iter().map(Some).collect();
    let line = found[place(actor)?].take()?;
    let given = match given {
        Some(actor) => Some(found[place(actor)?].take()?),
        None => None,
    };
    let handles = handles(line.points);
    (handles.len() > 1).then_some(Guess::Curve {
        prompt,
        x_label: &curves.x_label,
        y_label: &curves.y_label,
        line,
        given,
        unit,
        handles,
        threshold: curves.threshold,
        reached: curves.callouts.iter().find(|callout| callout.actor == actor).map(|callout| callout.text.as_str()),
    })
}

/// Where a curve is guessed: everywhere if that is not often, else at the ends and the powers of ten between them, or
/// at places spread evenly.
fn handles(points: &[Point]) -> Vec<f64> {
    let places: Vec<f64> = points.iter().map(|point| point.x).filter(|x| *x > 0.0).collect();
    let last = places.len().saturating_sub(1);
    let end = |at: usize| at == 0 || at == last;
    let round = |x: f64| x.log10().fract() == 0.0;
    let chosen = |choose: &dyn Fn(usize) -> bool| -> Vec<f64> {
        places.iter().enumerate().filter(|(at, _)| choose(*at)).map(|(_, x)| *x).collect()
    };
    if places.len() <= HANDLES {
        return places;
    }
    let tens = chosen(&|at| end(at) || round(places[at]));
    if tens.len() >= HANDLES - 1 {
        return tens;
    }
    let even: Vec<usize> = (0..HANDLES).map(|step| step * last / (HANDLES - 1)).collect();
    chosen(&|at| even.contains(&at))
}

fn heights<'a>(prompt: &'static str, curves: &'a Curves, at: f64, but: &[&str]) -> Option<Guess<'a>> {
    let wanted = |series: &&Series| !but.contains(&series.actor.as_str());
    // Places that all of them have; on a logarithmic axis the nearest is the one with the smallest ratio.
    let first = curves.series.iter().find(wanted)?;
    let shared = |x: f64| curves.series.iter().filter(wanted).all(|series| series.points.iter().any(|p| p.x == x));
    let distance = |x: f64| if at.is_finite() { (x / at).ln().abs() } else { -x };
    let places = first.points.iter().map(|point| point.x).filter(|x| shared(*x));
    let place = places.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
    let lines = lines(&curves.series).into_iter().zip(&curves.series).filter(|(_, series)| wanted(series));
    let rows = lines.filter_map(|(line, series)| {
        let truth = line.points.iter().find(|point| point.x == place)?.mean;
        let (plain, text) = (plain(&series.actor), percent(truth));
        Some(Row { label: line.label, plain, colour: line.colour, truth, text })
    });
    Some(Guess::Amounts { prompt, unit: Unit::Share, low: 0.0, high: 1.0, rows: rows.collect() })
}

/// For each row of discs, how many of them are likelier full than empty.
fn rows_of_discs<'a>(prompt: &'static str, discs: &'a Discs) -> Option<Guess<'a>> {
    let row = |row: &'a DiscRow| {
        let known: Vec<f64> = row.cells.iter().flatten().copied().collect();
        let likely = known.iter().filter(|p| **p > 0.5).count();
        let (truth, text) = (likely as f64 / known.len() as f64, format!("{likely} of {}", known.len()));
        let colour = variable(palette::INK);
        (!known.is_empty()).then_some(Row { label: &row.label, plain: None, colour, truth, text })
    };
    let rows: Vec<Row> = discs.groups.iter().flat_map(|group| &group.rows).filter_map(row).collect();
    (!rows.is_empty()).then_some(Guess::Amounts { prompt, unit: Unit::Share, low: 0.0, high: 1.0, rows })
}

/// The shares of small charts at the place that is nearest.
fn amounts_at<'a>(prompt: &'static str, multiples: &'a Multiples, at: f64, but: &[&str]) -> Option<Guess<'a>> {
    let actors: Vec<&str> = multiples.rows.iter().map(|row| row.actor.as_str()).collect();
    let colours = palette::of_actors(&actors).into_iter().map(variable);
    let wanted = multiples.rows.iter().zip(colours).filter(|(row, _)| !but.contains(&row.label.as_str()));
    let distance = |x: f64| (x / at).ln().abs();
    let rows = wanted.filter_map(|(row, colour)| {
        let truth = row.points.iter().min_by(|a, b| distance(a.0).total_cmp(&distance(b.0)))?.1;
        Some(Row { label: &row.label, plain: plain(&row.label), colour, truth, text: percent(truth) })
    });
    Some(Guess::Amounts { prompt, unit: Unit::Share, low: 0.0, high: 1.0, rows: rows.collect() })
}

fn amounts<'a>(prompt: &'static str, finding: &'a Finding, figure: &str) -> Option<Guess<'a>> {
    let Drawing::Amounts(Amounts { groups, marks, .. }) = drawing(finding, figure)? else { return None };
    let group = groups.iter().find(|group| finding.title.starts_with(&group.name))?;
    let actors: Vec<&str> = group.rows.iter().map(|row| row.actor.as_str()).collect();
    let colours = palette::of_actors(&actors).into_iter().map(variable);
    let rows = group.rows.iter().zip(colours).map(|(row, colour)| {
        let more = if row.open { "more than " } else { "" };
        Row { label: &row.label, plain: None, colour, truth: row.value, text: format!("{more}{}", dollars(row.value)) }
    });
    let all = || groups.iter().flat_map(|group| &group.rows).map(|row| row.value).chain(marks.iter().map(|m| m.value));
    let (least, most) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    // Whole powers of ten around all amounts of the figure: the ends give nothing away.
    let (low, high) = (10f64.powf(least.log10().floor() - 1.0), 10f64.powf(most.log10().ceil()));
    let sound = low > 0.0 && high.is_finite();
    sound.then(|| Guess::Amounts { prompt, unit: Unit::Dollars, low, high, rows: rows.collect() })
}

fn drops<'a>(prompt: &'static str, finding: &'a Finding, figure: &str) -> Option<Guess<'a>> {
    let Drawing::Multiples(Multiples { rows, .. }) = drawing(finding, figure)? else { return None };
    let high = rows.iter().flat_map(|row| &row.points).map(|point| point.0).fold(1.0, f64::max);
    let actors: Vec<&str> = rows.iter().map(|row| row.actor.as_str()).collect();
    let colours = palette::of_actors(&actors).into_iter().map(variable);
    let drop = rows.iter().zip(colours).filter_map(|(row, colour)| {
        let falls = row.points.windows(2).map(|pair| (pair[0].1 / pair[1].1, pair[0].0));
        let (fall, truth) = falls.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let text = thousands(truth as usize);
        (fall >= DROP).then_some(Row { label: &row.label, plain: None, colour, truth, text })
    });
    let rows: Vec<Row> = drop.collect();
    (!rows.is_empty()).then_some(Guess::Amounts { prompt, unit: Unit::Count, low: 1.0, high, rows })
}
