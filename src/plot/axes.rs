//! Which part of the plane is shown, and where the ticks are.

use crate::finding::Curves;

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

/// The vertical range: from a round number below all means, references and the threshold, up to 1; and its step.
pub(super) fn y_range(curves: &Curves) -> (f64, f64) {
    let means = curves.series.iter().flat_map(|series| &series.points).map(|point| point.mean);
    let lines = curves.references.iter().map(|reference| reference.value).chain(curves.threshold);
    let lowest = means.chain(lines).filter(|y| y.is_finite()).min_by(f64::total_cmp).unwrap_or(0.0).clamp(0.0, 1.0);
    let step = match 1.0 - lowest {
        span if span > 0.5 => 0.1,
        span if span > 0.25 => 0.05,
        span if span > 0.1 => 0.02,
        _ => 0.01,
    };
    // A line that lies on the axis is not seen: leave some air below the lowest.
    let low = ((lowest / step - 0.3).floor() * step).clamp(0.0, 1.0 - 4.0 * step);
    (low, step)
}

/// Ticks of the vertical axis from `low` to 1.
pub(super) fn y_ticks(low: f64, step: f64) -> Vec<Tick> {
    let count = ((1.0 - low) / step).round() as usize;
    let ticks = (0..=count).map(|index| 1.0 - (count - index) as f64 * step);
    ticks.map(|at| Tick { at, text: percent(at, 0) }).collect()
}

/// A share in percent, the number and the sign kept together.
pub(super) fn percent(share: f64, digits: usize) -> String {
    format!("{:.digits$}\u{A0}%", share * 100.0)
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

/// Unlabelled ticks at 2 to 9 times each power of ten.
pub(super) fn minor_ticks((low, high): (f64, f64)) -> Vec<f64> {
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let all = decades.flat_map(|power| (2..=9).map(move |digit| f64::from(digit) * 10f64.powi(power)));
    all.filter(|at| *at > low && *at < high).collect()
}

/// A range around all values, zero among them, with some air at both ends; and ticks at round numbers in it.
pub(super) fn even_axis(values: impl Iterator<Item = f64>) -> ((f64, f64), Vec<Tick>) {
    let finite = values.filter(|value| value.abs() < 1e9);
    let (low, high) = finite.fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high - low < 1e-9 { 1.0 } else { high - low };
    let range = (low - 0.08 * span, high.max(low + span) + 0.08 * span);
    // The widest of 1, 2, 5 times a power of ten that gives five steps or more.
    let power = 10f64.powi((span / 5.0).log10().floor() as i32);
    let step = [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|step| span / step >= 5.0).unwrap_or(power);
    let digits = (-step.log10().floor()).max(0.0) as usize;
    let text = |at: f64| format!("{at:.digits$}").replace('-', "−");
    let steps = (range.0 / step).ceil() as i64..=(range.1 / step).floor() as i64;
    (range, steps.map(|index| index as f64 * step).map(|at| Tick { at, text: text(at) }).collect())
}

/// A count with its thousands apart: 10,000. Below ten, what digits it has.
fn count(value: f64) -> String {
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
    fn an_even_axis_has_round_ticks_and_shows_zero() {
        let (range, ticks) = even_axis([0.12, 0.61, f64::NAN].into_iter());
        assert_eq!(
            ticks.iter().map(|tick| tick.text.as_str()).collect::<Vec<_>>(),
            ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]
        );
        assert!(range.0 < 0.0 && 0.61 < range.1);
        let texts =
            |values: &[f64]| even_axis(values.iter().copied()).1.into_iter().map(|tick| tick.text).collect::<Vec<_>>();
        assert_eq!(texts(&[-4.0, 27.0]), ["−5", "0", "5", "10", "15", "20", "25"]);
        assert!(texts(&[]).len() > 4 && texts(&[1e-3]).len() > 4);
    }

    #[test]
    fn the_lowest_line_has_air_below_it() {
        let reference = crate::finding::Reference { name: "chance".into(), label: "Chance".into(), value: 0.2 };
        let mut curves = Curves {
            x_label: String::new(),
            y_label: String::new(),
            series: Vec::new(),
            references: vec![reference],
            threshold: Some(0.95),
            callouts: Vec::new(),
        };
        assert_eq!(y_range(&curves), (0.1, 0.1));
        assert_eq!(y_ticks(0.1, 0.1).len(), 10);
        curves.references[0].value = f64::NAN;
        assert!((y_range(&curves).0 - 0.94).abs() < 1e-9, "{:?}", y_range(&curves));
    }
}
