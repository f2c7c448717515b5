//! Which part of the plane is shown, and where the ticks are.

use crate::finding::{Curves, Scale};

/// A point on an axis with its number as text; minor ticks have none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) text: String,
}

/// Whether a logarithmic axis can show a count: not zero, and nothing that would need hundreds of decades.
pub(super) fn has_place(count: f64) -> bool {
    (1e-15..=1e18).contains(&count)
}

/// The horizontal range: that of the data, or a decade around a single value.
pub(super) fn x_range(counts: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) =
        counts.filter(|x| has_place(*x)).fold((f64::MAX, 0.0f64), |(low, high), x| (low.min(x), high.max(x)));
    match low {
        _ if high == 0.0 => (1.0, 10.0),
        _ if high / low < 1.01 => (low / 10f64.sqrt(), high * 10f64.sqrt()),
        _ => (low, high),
    }
}

/// Nearer to the whole than this, shares have one height: so the whole has a place on an axis that opens towards it.
const NEAREST: f64 = 1e-3;

/// The height of a share; the higher the share, the higher.
pub fn height(scale: Scale, share: f64) -> f64 {
    match scale {
        Scale::Even => share,
        Scale::Opening => -(1.0 + NEAREST - share.min(1.0)).log10(),
    }
}

/// The name of the vertical axis, and that it is no even one.
pub fn y_name(curves: &Curves) -> String {
    let stretched = if curves.scale == Scale::Opening { " (scale stretched towards 100 %)" } else { "" };
    format!("{}{stretched}", curves.y_label)
}

/// Shares at the ends of the vertical axis and between them: around all means, references and the threshold, and above
/// the bands that are drawn; in even steps, below these as well.
pub fn y_shares(curves: &Curves) -> Vec<f64> {
    let means = curves.series.iter().flat_map(|series| &series.points).map(|point| point.mean);
    let lines = curves.references.iter().map(|reference| reference.value).chain(curves.threshold);
    let (lowest, highest) = ends(means.chain(lines));
    let banded = curves.series.iter().filter(|series| !series.quiet).flat_map(|series| &series.points);
    let (deepest, tallest) = ends(banded.flat_map(|point| [point.low, point.high]));
    let highest = highest.max(tallest);
    match curves.scale {
        Scale::Even => even_shares(lowest, deepest.min(lowest), highest),
        Scale::Opening => {
            const ROUND: [f64; 12] = [0.0, 0.5, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1.0];
            // A line that lies on the axis is not seen: leave some air below the lowest.
            let first = ROUND.iter().rposition(|share| *share < lowest - 0.03 * (1.0 - lowest)).unwrap_or(0);
            let last = ROUND.iter().position(|share| *share >= highest).unwrap_or(ROUND.len() - 1);
            let mut shares = ROUND[first..=last.max(first + 2).min(ROUND.len() - 1)].to_vec();
            // An end of an axis, but too near to the half to stand above it.
            shares.retain(|share| *share != 0.6 || ROUND[first] == 0.6);
            shares
        }
    }
}

/// The lowest and the highest of shares.
fn ends(shares: impl Iterator<Item = f64>) -> (f64, f64) {
    let sound = shares.filter(|share| share.is_finite()).map(|share| share.clamp(0.0, 1.0));
    sound.fold((1.0, 0.0), |(low, high), share| (low.min(share), high.max(share)))
}

/// Round shares in even steps, from the deepest band, and some air below the lowest line, to the highest or above it.
fn even_shares(lowest: f64, deepest: f64, highest: f64) -> Vec<f64> {
    let step = match 1.0 - lowest {
        span if span > 0.5 => 0.2,
        span if span > 0.25 => 0.1,
        span if span > 0.1 => 0.05,
        _ => 0.02,
    };
    let most = (1.0f64 / step).round() as i64;
    let last = ((highest / step - 1e-9).ceil() as i64).min(most);
    let first = (lowest / step - 0.1).min(deepest / step + 1e-9).floor() as i64;
    let first = first.clamp(0, (last - 3).max(0));
    (first..=last.max(first + 3)).map(|index| index as f64 * step).collect()
}

/// A share in percent, the number and the sign kept together.
pub(super) fn percent(share: f64, digits: usize) -> String {
    format!("{:.digits$}\u{A0}%", share * 100.0)
}

/// A round share, with a decimal only where it has one.
pub(super) fn round_percent(share: f64) -> String {
    percent(share, usize::from((share * 100.0 - (share * 100.0).round()).abs() > 1e-6))
}

/// Labelled ticks of the logarithmic axis: powers of ten, or finer where that gives fewer than three.
pub(super) fn x_ticks((low, high): (f64, f64)) -> Vec<Tick> {
    let shown = |at: &f64| *at >= low * (1.0 - 1e-9) && *at <= high * (1.0 + 1e-9);
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let mut ticks: Vec<f64> = Vec::new();
    for digits in [&[1.0][..], &[1.0, 2.0, 5.0]] {
        ticks = decades
            .clone()
            .flat_map(|power| digits.iter().map(move |digit| digit * 10f64.powi(power)))
            .filter(shown)
            .collect();
        if ticks.len() >= 3 {
            break;
        }
    }
    // Less than half a decade or so: even steps, the widest that give three ticks.
    let mut power = (high - low).log10().floor() as i32 + 1;
    while ticks.len() < 3 {
        power -= 1;
        for digit in [5.0, 2.0, 1.0] {
            let step = digit * 10f64.powi(power);
            ticks = (0..=20).map(|index| ((low / step).ceil() + f64::from(index)) * step).filter(shown).collect();
            if ticks.len() >= 3 {
                break;
            }
        }
    }
    ticks.into_iter().map(|at| Tick { at, text: count(at) }).collect()
}

/// The same with both ends of the axis, these first: what stands between them gives way to them.
pub(super) fn x_ticks_and_ends(range: (f64, f64)) -> Vec<Tick> {
    // Two digits of an end below ten are enough: it is where the data end, and no round number. A tie goes to the even
    // digit, as in a title that says the same number.
    let rounded = |at: f64| if (1.0..10.0).contains(&at) { (at * 10.0).round_ties_even() / 10.0 } else { at };
    let ends = [range.0, range.1].map(|at| Tick { at, text: count(rounded(at)) });
    let between = x_ticks(range).into_iter().filter(|tick| {
        let inside = tick.at > range.0 * 1.001 && tick.at < range.1 * 0.999;
        inside && ends.iter().all(|end| end.text != tick.text)
    });
    ends.iter().cloned().chain(between).collect()
}

/// Ticks of an axis at each of these counts, where they are few; else round ones and both ends.
pub(super) fn x_ticks_at(counts: impl Iterator<Item = f64>, range: (f64, f64)) -> Vec<Tick> {
    const FEW: usize = 5;
    let mut all: Vec<f64> = counts.filter(|count| has_place(*count)).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    match all.len() {
        2..=FEW => all.into_iter().map(|at| Tick { at, text: count(at) }).collect(),
        _ => x_ticks_and_ends(range),
    }
}

/// The range, with ends at 1, 2 or 5 times a power of ten.
pub(super) fn round_range((low, high): (f64, f64)) -> (f64, f64) {
    let round = |at: f64| {
        let power = 10f64.powf(at.log10().floor());
        [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power)
    };
    let below = round(low).into_iter().rfind(|end| *end <= low * (1.0 + 1e-9)).unwrap_or(low);
    let above = round(high).into_iter().find(|end| *end >= high * (1.0 - 1e-9)).unwrap_or(high);
    (below, above)
}

/// Unlabelled ticks at 2 to 9 times each power of ten.
pub(super) fn minor_ticks((low, high): (f64, f64)) -> Vec<f64> {
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let all = decades.flat_map(|power| (2..=9).map(move |digit| f64::from(digit) * 10f64.powi(power)));
    all.filter(|at| *at > low && *at < high).collect()
}

/// A range around all values, zero among them, with round ends; and ticks at round numbers from end to end.
pub(super) fn even_axis(values: impl Iterator<Item = f64>) -> ((f64, f64), Vec<Tick>) {
    let finite = values.filter(|value| value.abs() < 1e9);
    let (low, high) = finite.fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high - low < 1e-9 { 1.0 } else { high - low };
    // The widest of 1, 2, 5 times a power of ten that gives four steps or more.
    let power = 10f64.powi((span / 4.0).log10().floor() as i32);
    let step = [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|step| span / step >= 4.0).unwrap_or(power);
    let digits = (-step.log10().floor()).max(0.0) as usize;
    let text = |at: f64| format!("{at:.digits$}").replace('-', "−");
    let ends = ((low / step + 1e-9).floor() as i64, ((low + span).max(high) / step - 1e-9).ceil() as i64);
    let ticks = (ends.0..=ends.1).map(|index| index as f64 * step).map(|at| Tick { at, text: text(at) });
    ((ends.0 as f64 * step, ends.1 as f64 * step), ticks.collect())
}

/// A count with its thousands apart: 10,000. Below ten, what digits it has.
pub(super) fn count(value: f64) -> String {
    if value < 1e-4 {
        let text = format!("{value:.5e}");
        let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'));
    }
    if value < 10.0 {
        return format!("{}", (value * 1e6).round() / 1e6);
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(range: (f64, f64)) -> Vec<String> {
        x_ticks(range).into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn every_range_has_three_labelled_ticks() {
        assert_eq!(texts((10.0, 10_000.0)), ["10", "100", "1,000", "10,000"]);
        assert_eq!(texts((100.0, 700.0)), ["100", "200", "500"]);
        assert_eq!(texts((100.0, 150.0)), ["100", "120", "140"]);
        assert_eq!(texts((31.6, 316.0)), ["50", "100", "200"]);
        assert_eq!(texts((1.0, 10.0)), ["1", "2", "5", "10"]);
        assert_eq!(texts((5.5e-9, 1.1e-8)), ["6e-9", "8e-9", "1e-8"]);
        assert!(texts((0.9999, 1.02)).len() >= 3);
    }

    #[test]
    fn both_ends_of_an_axis_of_counts_have_their_numbers() {
        let texts = |range| x_ticks_and_ends(range).into_iter().map(|tick| tick.text).collect::<Vec<_>>();
        assert_eq!(texts((10.0, 10_000.0)), ["10", "10,000", "100", "1,000"]);
        assert_eq!(texts((10.0, 3_162.0)), ["10", "3,162", "100", "1,000"]);
        assert_eq!(round_range((0.3, 1_100.0)), (0.2, 2_000.0));
        assert_eq!(round_range((0.01, 1.0)), (0.01, 1.0));
    }

    #[test]
    fn an_even_axis_has_round_ticks_from_end_to_end_and_shows_zero() {
        let (range, ticks) = even_axis([0.12, 0.61, f64::NAN].into_iter());
        assert_eq!(
            ticks.iter().map(|tick| tick.text.as_str()).collect::<Vec<_>>(),
            ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]
        );
        assert!((range.0, range.1 - 0.7).0 == 0.0 && (range.1 - 0.7).abs() < 1e-9);
        let texts =
            |values: &[f64]| even_axis(values.iter().copied()).1.into_iter().map(|tick| tick.text).collect::<Vec<_>>();
        assert_eq!(texts(&[-4.0, 27.0]), ["−5", "0", "5", "10", "15", "20", "25", "30"]);
        assert!(texts(&[]).len() > 4 && texts(&[1e-3]).len() > 4);
    }

    /// Heights of 0, 90, 99 and 99.9 % on an axis that opens: what is missing falls by a factor of ten each time, so
    /// steps are alike; the last falls short by what keeps the whole on the axis.
    #[test]
    fn an_opening_axis_gives_each_tenth_of_what_is_missing_as_much_room() {
        let heights = [0.0, 0.9, 0.99, 0.999, 1.0].map(|share| height(Scale::Opening, share));
        assert!(heights.is_sorted_by(|a, b| a < b), "{heights:?}");
        for pair in heights[..3].windows(2) {
            assert!((pair[1] - pair[0] - 1.0).abs() < 0.05, "{heights:?}");
        }
        assert!((heights[4] - 3.0).abs() < 1e-9, "{heights:?}");
    }

    #[test]
    fn the_lowest_line_has_air_below_it_and_the_highest_has_a_place() {
        let reference = crate::finding::Reference { name: "chance".into(), label: "Chance".into(), value: 0.2 };
        let mut curves = Curves {
            x_label: String::new(),
            y_label: String::new(),
            scale: Scale::Even,
            series: Vec::new(),
            references: vec![reference],
            threshold: Some(0.95),
            callouts: Vec::new(),
        };
        let texts = |curves: &Curves| y_shares(curves).into_iter().map(round_percent).collect::<Vec<_>>().join(" ");
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "0% 20% 40% 60% 80% 100%");
        curves.scale = Scale::Opening;
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "0% 50% 80% 90% 95%");
        curves.references[0].value = 0.992;
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "90% 95% 98% 99% 99.5%");
        curves.references[0].value = f64::NAN;
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "90% 95% 98%");
        curves.scale = Scale::Even;
        curves.threshold = Some(0.72);
        curves.references[0].value = 0.25;
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "20% 40% 60% 80%");
        // No band is cut off: one that reaches from 15 to 81 % around a mean of 30 %.
        let point = crate::finding::Point { x: 1.0, mean: 0.3, low: 0.15, high: 0.81 };
        let series =
            |quiet| crate::finding::Series { actor: "a".into(), label: "a".into(), quiet, points: vec![point] };
        curves.series = vec![series(true)];
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "20% 40% 60% 80%");
        curves.series = vec![series(false)];
        assert_eq!(texts(&curves).replace('\u{A0}', ""), "0% 20% 40% 60% 80% 100%");
    }
}
