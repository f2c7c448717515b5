//! What the scripts need for the one thing that a reader does in a chapter, and the truth to hold it against.

use serde::Serialize;

use super::facts::{Facts, nearest, without_interval};
use super::glossary::plain;
use super::spine::{Claim, Does};
use crate::words::{dollars, percent, thousands};

/// A curve is guessed at no more places than this, unless round numbers offer themselves.
const HANDLES: usize = 5;
/// A fall by less than this, from one value to the next, is no cliff.
const FALL: f64 = 10.0;

/// What to do, as a script puts it.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Task<'a> {
    /// A curve to draw in the chapter's figure.
    Curve {
        prompt: &'a str,
        /// Which curve of the figure, from 0.
        line: usize,
        label: &'a str,
        unit: &'a str,
        handles: Vec<f64>,
        /// The heights at the handles.
        truth: Vec<f64>,
        threshold: Option<f64>,
        /// How many it took to reach the threshold, if the figure says so.
        reached: Option<&'a str>,
    },
    /// An amount of money; the ends of its scale are powers of ten.
    Amount { prompt: &'a str, prices: Option<&'a str>, low: f64, high: f64, truth: f64, text: String },
    /// Things to put in order.
    Order { prompt: &'a str, items: Vec<Item<'a>> },
    /// Yes or no.
    Above { prompt: &'a str, truth: bool, text: String },
    /// Rows to choose from.
    Choose { prompt: &'a str, rows: Vec<Choice<'a>> },
    /// A place to find in the chapter's figure.
    Cliff { prompt: &'a str, line: usize, last: f64, truth: f64 },
}

/// One of the things to put in order.
#[derive(Debug, Serialize)]
pub(super) struct Item<'a> {
    label: &'a str,
    plain: Option<&'static str>,
    truth: f64,
    text: String,
}

/// A row to choose, and what it says.
#[derive(Debug, Serialize)]
pub(super) struct Choice<'a> {
    name: &'a str,
    plain: Option<&'static str>,
    says: Vec<(&'a str, &'a str)>,
}

/// The task of a chapter; nothing where the finding does not hold what it asks for, or where it is a game.
pub(super) fn task<'a>(claim: &'static Claim, facts: Facts<'a>) -> Option<Task<'a>> {
    match &claim.does {
        Does::Draw { actor, unit, prompt } => curve(facts, claim.figure, actor, unit, prompt),
        Does::Amount { actor, prompt } => amount(facts, claim.figure, actor, prompt),
        Does::Order { figure, actors, at, prompt } => order(facts, figure, actors, *at, prompt),
        Does::Above { actor, line, at, prompt } => above(facts, claim.figure, (actor, *at), line, prompt),
        Does::Choose { prompt, rows, columns } => choose(facts, rows, columns, prompt),
        Does::Cliff { actor, prompt } => cliff(facts, claim.figure, actor, prompt),
        Does::Provider | Does::Expert | Does::Talk => None,
    }
}

fn curve<'a>(
    facts: Facts<'a>,
    figure: &str,
    actor: &str,
    unit: &'static str,
    prompt: &'static str,
) -> Option<Task<'a>> {
    let curves = facts.curves(figure)?;
    let line = curves.series.iter().position(|series| series.actor == actor)?;
    let series = &curves.series[line];
    let handles = handles(&series.points.iter().map(|point| point.x).collect::<Vec<_>>());
    let truth = handles.iter().filter_map(|x| Some(nearest(series, *x)?.mean)).collect();
    let (threshold, reached, label) = (curves.threshold, facts.reached(figure, actor), &series.label);
    (handles.len() > 1).then_some(Task::Curve { prompt, line, label, unit, handles, truth, threshold, reached })
}

/// Where a curve is guessed: everywhere if that is not often, else at the ends and the powers of ten between them, or
/// at places spread evenly.
fn handles(places: &[f64]) -> Vec<f64> {
    let places: Vec<f64> = places.iter().copied().filter(|x| *x > 0.0).collect();
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

fn amount<'a>(facts: Facts<'a>, figure: &str, actor: &str, prompt: &'static str) -> Option<Task<'a>> {
    let amounts = facts.amounts(figure)?;
    let group = amounts.groups.iter().find(|group| facts.0.title.starts_with(&group.name))?;
    let row = group.rows.iter().find(|row| row.actor == actor && !row.open)?;
    let rows = amounts.groups.iter().flat_map(|group| &group.rows).map(|row| row.value);
    let all: Vec<f64> = rows.chain(amounts.marks.iter().map(|mark| mark.value)).collect();
    let (least, most) = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(f64::MIN, f64::max));
    // Whole powers of ten around all amounts of the figure: the ends give nothing away.
    let (low, high) = (10f64.powf(least.log10().floor() - 1.0), 10f64.powf(most.log10().ceil()));
    let sound = low > 0.0 && high.is_finite();
    let prices = facts.setting("prices");
    sound.then(|| Task::Amount { prompt, prices, low, high, truth: row.value, text: dollars(row.value) })
}

fn order<'a>(facts: Facts<'a>, figure: &str, actors: &[&str], at: f64, prompt: &'static str) -> Option<Task<'a>> {
    let item = |actor: &&str| {
        let series = facts.series(figure, actor)?;
        let truth = nearest(series, at)?.mean;
        Some(Item { label: &series.label, plain: plain(&series.actor), truth, text: percent(truth) })
    };
    let items: Vec<Item> = actors.iter().filter_map(item).collect();
    (items.len() > 2).then_some(Task::Order { prompt, items })
}

fn above<'a>(
    facts: Facts<'a>,
    figure: &str,
    (actor, at): (&str, f64),
    line: &str,
    prompt: &'static str,
) -> Option<Task<'a>> {
    let (point, height) = (facts.near(figure, actor, at)?, facts.reference(figure, line)?);
    let queries = thousands(point.x as usize);
    let text = format!("{} before, {} after {queries} answers", percent(height), percent(point.mean));
    // A question about 18 answers is none where there were others.
    (point.x == at).then_some(Task::Above { prompt, truth: point.mean > height, text })
}

fn choose<'a>(
    facts: Facts<'a>,
    wanted: &[&str],
    columns: &'static [(&'static str, &'static str)],
    prompt: &'static str,
) -> Option<Task<'a>> {
    let table = &facts.0.table;
    let places: Vec<(usize, &str)> = columns
        .iter()
        .filter_map(|(head, says)| Some((table.head.iter().position(|own| own == head)?, *says)))
        .collect();
    let row = |cells: &'a Vec<String>| {
        let known = |&(at, says): &(usize, &'static str)| {
            let cell = without_interval(cells.get(at)?);
            (cell != "–").then_some((says, cell))
        };
        let says: Vec<(&str, &str)> = places.iter().filter_map(known).collect();
        let name = cells.first()?;
        (says.len() + 1 >= places.len()).then(|| Choice { name, plain: plain(name), says })
    };
    let wanted = |cells: &&Vec<String>| wanted.is_empty() || cells.first().is_some_and(|it| wanted.contains(&&**it));
    let rows: Vec<Choice> = table.rows.iter().filter(wanted).filter_map(row).collect();
    (places.len() > 1 && rows.len() > 1).then_some(Task::Choose { prompt, rows })
}

fn cliff<'a>(facts: Facts<'a>, figure: &str, actor: &str, prompt: &'static str) -> Option<Task<'a>> {
    let (line, points) = facts.small_chart(figure, actor)?;
    let falls = points.windows(2).map(|pair| (pair[0].1 / pair[1].1, pair[0].0));
    let (fall, truth) = falls.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (fall >= FALL).then(|| Task::Cliff { prompt, line, last: points[points.len() - 1].0, truth })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_guessed_at_round_numbers_or_at_even_steps() {
        let tens = [10.0, 18.0, 32.0, 56.0, 100.0, 316.0, 1000.0, 3162.0, 10_000.0];
        assert_eq!(handles(&tens), [10.0, 100.0, 1000.0, 10_000.0]);
        let even = [10.0, 18.0, 32.0, 56.0, 100.0, 316.0, 1000.0];
        assert_eq!(handles(&even), [10.0, 18.0, 56.0, 100.0, 1000.0]);
        assert_eq!(handles(&[0.0, 5.0, 6.0]), [5.0, 6.0]);
    }
}
