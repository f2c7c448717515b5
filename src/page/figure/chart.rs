//! Curves against counts: an SVG for wide screens and one for narrow ones, with one legend above both.
//!
//! The plot's box, the ends and the kinds of its axes stand on the SVG, so that a script can draw into it: handles to
//! guess with, a line to move.

use std::fmt::Write;

use super::{power_of_ten, text};
use crate::finding::{Callout, Curves, Decades, Mark, Point, Reference, Scale, Series};
use crate::page::colours::variable;
use crate::plot::{self, palette};
use crate::words::{percent, thousands};

/// A size of the drawing: the whole, and what is left free around the plot.
struct Size {
    class: &'static str,
    width: f64,
    height: f64,
}

const SIZES: [Size; 2] =
    [Size { class: "wide", width: 640.0, height: 330.0 }, Size { class: "narrow", width: 340.0, height: 270.0 }];
const LEFT: f64 = 50.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 46.0;
/// A dashed line is named where it lies so far below the line that was named last.
const LINE_ROOM: f64 = 15.0;
/// The width of a letter of its name, about.
const LETTER: f64 = 6.3;
/// Markers, so that colour never stands alone: paths around a point, for the first curve, the second, …
const MARKERS: [&str; 6] = [
    "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "m0-5l4.6 8.4h-9.2z",
    "m-3.6-3.6h7.2v7.2h-7.2z",
    "m0-5l4.6 5-4.6 5-4.6-5z",
    "m0 5l4.6-8.4h-9.2z",
    "m-1.4-4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3z",
];
/// Curves of more points than this have no markers.
const CROWD: usize = 20;

/// What is drawn, whatever the vertical axis.
struct Plot<'a> {
    series: &'a [Series],
    references: &'a [Reference],
    callouts: &'a [Callout],
    threshold: Option<f64>,
    x_label: &'a str,
    /// How places grow with numbers, and the ends of the axis in that unit.
    x: (Across, f64, f64),
    /// How heights grow with amounts, and the ends of the axis in that unit.
    y: (Up, f64, f64),
    /// Heights with their labels.
    ticks: Vec<(f64, String)>,
}

/// How places grow with numbers.
#[derive(Clone, Copy)]
pub(super) enum Across {
    /// With their logarithms.
    Logarithm,
    Even,
}

impl Across {
    fn of(self, number: f64) -> f64 {
        match self {
            Self::Logarithm => number.log10(),
            Self::Even => number,
        }
    }
}

/// How heights grow with amounts.
#[derive(Clone, Copy)]
enum Up {
    Share(Scale),
    Logarithm,
}

impl Up {
    fn of(self, amount: f64) -> f64 {
        match self {
            Self::Share(scale) => plot::height(scale, amount.clamp(0.0, 1.0)),
            Self::Logarithm => amount.max(1e-300).log10(),
        }
    }
}

/// Shares against counts.
pub(super) fn curves(curves: &Curves) -> String {
    let shares = plot::y_shares(curves);
    let up = Up::Share(curves.scale);
    let digits = |share: f64| usize::from((1e3 * share).round() % 10.0 != 0.0);
    let tick = |share: &f64| (*share, format!("{:.*} %", digits(*share), 100.0 * share));
    Plot {
        series: &curves.series,
        references: &curves.references,
        callouts: &curves.callouts,
        threshold: curves.threshold,
        x_label: &curves.x_label,
        x: across(Across::Logarithm, &curves.series),
        y: (up, up.of(shares[0]), up.of(shares[shares.len() - 1])),
        ticks: shares.iter().map(tick).collect(),
    }
    .html(&plot::y_name(curves))
}

/// Amounts on a logarithmic axis against numbers.
pub(super) fn decades(decades: &Decades, places: Across) -> String {
    let heights = decades.series.iter().flat_map(|series| &series.points).map(|point| point.mean);
    let heights: Vec<f64> = heights.filter(|height| *height > 0.0).map(f64::log10).collect();
    let low = heights.iter().copied().fold(0.0, f64::min).floor();
    let high = heights.iter().copied().fold(low + 1.0, f64::max).ceil();
    let (from, to) = (low as i32, high as i32);
    let step = if to - from > 6 { 2 } else { 1 };
    let tick = |power: i32| (10f64.powi(power), power_of_ten(power));
    let level = |mark: &Mark| Reference { name: mark.label.clone(), label: "level".to_owned(), value: mark.value };
    let levels: Vec<Reference> = decades.levels.iter().map(level).collect();
    Plot {
        series: &decades.series,
        references: &levels,
        callouts: &[],
        threshold: None,
        x_label: &decades.x_label,
        x: across(places, &decades.series),
        y: (Up::Logarithm, low, high),
        ticks: (from..=to).filter(|power| (to - power) % step == 0).map(tick).collect(),
    }
    .html(&decades.y_label)
}

/// The axis from the first number to the last.
fn across(places: Across, series: &[Series]) -> (Across, f64, f64) {
    let numbers =
        series.iter().flat_map(|series| &series.points).map(|point| point.x).filter(|x| places.of(*x).is_finite());
    let (low, high) = numbers.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
    if low < high { (places, places.of(low), places.of(high)) } else { (places, 0.0, 1.0) }
}

/// "Bayes rule 98.0 %".
fn named(line: &Reference) -> String {
    format!("{} {}", line.label, percent(line.value))
}

impl Plot<'_> {
    fn html(&self, y_label: &str) -> String {
        let actors: Vec<&str> = self.series.iter().map(|series| series.actor.as_str()).collect();
        let own = palette::of_actors(&actors).into_iter().zip(self.series);
        let colours: Vec<String> =
            own.map(|(own, series)| if series.quiet { "var(--grey)".to_owned() } else { variable(own) }).collect();
        let mut html = self.legend(y_label, &colours);
        for size in &SIZES {
            html += &self.svg(size, &colours);
        }
        let named: Vec<String> = self.lines().map(|line| text(&named(line))).collect();
        if !named.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(html, "<p class=\"legend lines\">Dashed, from the top: {}</p>", named.join(", "));
        }
        html
    }

    fn legend(&self, y_label: &str, colours: &[String]) -> String {
        let mut html = format!("<ul class=\"legend\"><li class=\"axis-name\">{}</li>", text(y_label));
        for (at, (series, colour)) in self.series.iter().zip(colours).enumerate() {
            let marker = MARKERS[at % MARKERS.len()];
            // Writing to a string cannot fail.
            let _ = write!(
                html,
                "<li class=\"line-{at}\" style=\"--actor:{colour}\"><svg width=\"26\" height=\"14\" viewBox=\"0 0 26 \
                 14\" aria-hidden=\"true\"><path class=\"curve\" d=\"M0 7h26\"/><path class=\"dot\" d=\"M13 \
                 7{marker}\"/></svg>{}</li>",
                text(&series.label)
            );
        }
        html + "</ul>"
    }

    /// Places close together along all curves: numbers and amounts.
    fn along(&self) -> impl Iterator<Item = (f64, f64)> {
        const STEPS: usize = 24;
        self.series.iter().flat_map(|series| series.points.windows(2)).flat_map(|pair| {
            (0..=STEPS).map(|step| {
                let part = step as f64 / STEPS as f64;
                let between = |from: f64, to: f64| from + part * (to - from);
                // Geometric, so that steps are even on a logarithmic axis too.
                let number = pair[0].x * (pair[1].x / pair[0].x).powf(part);
                (number, between(pair[0].mean, pair[1].mean))
            })
        })
    }

    /// The dashed lines, from the top.
    fn lines(&self) -> impl Iterator<Item = &Reference> {
        let mut lines: Vec<&Reference> = self.references.iter().collect();
        lines.sort_by(|a, b| b.value.total_cmp(&a.value));
        lines.into_iter()
    }

    fn svg(&self, size: &Size, colours: &[String]) -> String {
        let (right, bottom) = (size.width - RIGHT, size.height - BOTTOM);
        let ((places, first, last), (up, low, high)) = (self.x, self.y);
        let x = |number: f64| LEFT + (right - LEFT) * (places.of(number) - first) / (last - first);
        let y = |amount: f64| bottom - (bottom - TOP) * ((up.of(amount) - low) / (high - low)).clamp(0.0, 1.0);
        let kinds = [
            if matches!(places, Across::Logarithm) { "logarithm" } else { "even" },
            if matches!(up, Up::Share(Scale::Opening)) { "opening" } else { "even" },
        ];
        let mut svg = format!(
            "<svg class=\"chart {}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" data-plot=\"{LEFT} {right} \
             {TOP} {bottom} {first} {last} {low} {high}\" data-scales=\"{}\">",
            size.class,
            size.width,
            size.height,
            text(self.x_label),
            kinds.join(" ")
        );
        for (height, label) in &self.ticks {
            let at = y(*height);
            let _ = write!(
                svg,
                "<path class=\"rule\" d=\"M{LEFT} {at:.1}H{right}\"/><text x=\"{}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{label}</text>",
                LEFT - 7.0,
                at + 4.5
            );
        }
        for (count, anchor) in self.count_ticks(size.width) {
            let label = thousands(count.round() as usize);
            let (at, below) = (x(count), bottom + 20.0);
            let _ = write!(
                svg,
                "<path class=\"axis\" d=\"M{at:.1} {bottom}v5\"/><text x=\"{at:.1}\" y=\"{below}\" \
                 text-anchor=\"{anchor}\">{label}</text>"
            );
        }
        let middle = f64::midpoint(LEFT, right);
        let _ = write!(
            svg,
            "<path class=\"axis\" d=\"M{LEFT} {bottom}H{right}\"/><text class=\"name\" x=\"{middle}\" y=\"{}\" \
             text-anchor=\"middle\">{}</text>",
            size.height - 6.0,
            text(axis_name(self.x_label, size.width))
        );
        if let Some(level) = self.threshold {
            let _ = write!(svg, "<path class=\"axis\" d=\"M{LEFT} {:.1}H{right}\"/>", y(level));
        }
        let curves: Vec<(f64, f64)> = self.along().map(|(number, amount)| (x(number), y(amount))).collect();
        // A count stands right of its line, which ends below the threshold.
        let counts = |at: f64| self.callouts.iter().filter(move |_| self.threshold.is_some_and(|level| at > y(level)));
        let mut last = f64::NEG_INFINITY;
        for line in self.lines() {
            let (at, name) = (y(line.value), named(line));
            let _ = write!(svg, "<path class=\"dashed\" d=\"M{LEFT} {at:.1}H{right}\"/>");
            // Named where there is room below the line above and nothing passes; the legend names all.
            let wide = LETTER * name.chars().count() as f64;
            let free = |left: f64| {
                let across = (left - 4.0)..(left + wide + 4.0);
                let passes = |(x, y): &(f64, f64)| across.contains(x) && (at - LINE_ROOM - 2.0..at + 3.0).contains(y);
                !curves.iter().any(passes) && !counts(at).any(|it| (left - 45.0..across.end).contains(&x(it.x)))
            };
            let ends = [(LEFT + 5.0, LEFT + 5.0, "start"), (right - 2.0, right - 2.0 - wide, "end")];
            let end = ends.into_iter().filter(|_| at - last > LINE_ROOM).find(|(_, left, _)| free(*left));
            if let Some((end, _, anchor)) = end {
                let (above, name) = (at - 4.0, text(&name));
                let _ = write!(
                    svg,
                    "<text class=\"line-name\" x=\"{end}\" y=\"{above:.1}\" text-anchor=\"{anchor}\">{name}</text>"
                );
                last = at;
            }
        }
        // The first lies on top, what is not told of below all others.
        let mut order: Vec<usize> = (0..self.series.len()).rev().collect();
        order.sort_by_key(|at| !self.series[*at].quiet);
        for at in order {
            let (series, colour) = (&self.series[at], &colours[at]);
            let quiet = if series.quiet { " quiet" } else { "" };
            let _ = write!(svg, "<g class=\"line-{at}{quiet}\" style=\"--actor:{colour}\">");
            svg += &curve(series, MARKERS[at % MARKERS.len()], &x, &y);
            let own = self.callouts.iter().filter(|callout| callout.actor == series.actor);
            for callout in own.filter(|_| self.threshold.is_some()) {
                let (from, at) = (y(self.threshold.unwrap_or_default()), x(callout.x));
                let _ = write!(
                    svg,
                    "<path class=\"drop\" d=\"M{at:.1} {from:.1}V{bottom}\"/><text class=\"callout\" x=\"{:.1}\" \
                     y=\"{}\">{}</text>",
                    at + 5.0,
                    bottom - 8.0,
                    text(&callout.text)
                );
            }
            svg += "</g>";
        }
        svg + "</svg>\n"
    }

    /// Both ends, and between them round numbers: powers of ten, or twos and fives as well where there is room.
    fn count_ticks(&self, width: f64) -> Vec<(f64, &'static str)> {
        let (places, low, high) = self.x;
        let steps: &[f64] = if width / (high - low) < 250.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let (ends, round): ([f64; 2], Vec<f64>) = match places {
            Across::Even => {
                let step = 10f64.powf((high - low).log10().floor());
                ([low, high], (0..=10).map(|at| ((low / step).ceil() + f64::from(at)) * step).collect())
            }
            Across::Logarithm => {
                let powers = low.floor() as i32..=high.ceil() as i32;
                let of_power = |power: i32| steps.iter().map(move |step| step * 10f64.powi(power));
                ([low, high].map(|end| 10f64.powf(end)), powers.flat_map(of_power).collect())
            }
        };
        // The numbers at the ends have their room: the last ends where the axis does.
        let unit = (high - low) / (width - LEFT - RIGHT);
        let inside = low + 35.0 * unit..=high - 66.0 * unit;
        let between = round.into_iter().filter(|tick| inside.contains(&places.of(*tick)));
        [(ends[0], "middle"), (ends[1], "end")].into_iter().chain(between.map(|tick| (tick, "middle"))).collect()
    }
}

/// What stands under the axis: on a narrow screen without what is in brackets or behind a colon.
fn axis_name(label: &str, width: f64) -> &str {
    if width > 400.0 {
        return label;
    }
    label.split([':', '(', ';']).next().unwrap_or(label).trim_end()
}

/// A band, a line, and markers where there are few points.
fn curve(series: &Series, marker: &str, x: &impl Fn(f64) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let points: Vec<&Point> = series.points.iter().filter(|point| x(point.x).is_finite()).collect();
    let corner = |height: fn(&Point) -> f64| move |point: &&Point| format!("{:.1} {:.1}", x(point.x), y(height(point)));
    let line: Vec<String> = points.iter().map(corner(|point| point.mean)).collect();
    let mut svg = String::new();
    if points.iter().any(|point| point.low < point.high) {
        let above = points.iter().map(corner(|point| point.high));
        let edge: Vec<String> = above.chain(points.iter().rev().map(corner(|point| point.low))).collect();
        let _ = write!(svg, "<path class=\"band\" d=\"M{}z\"/>", edge.join("L"));
    }
    if !line.is_empty() {
        let _ = write!(svg, "<path class=\"curve\" d=\"M{}\"/>", line.join("L"));
    }
    if points.len() <= CROWD {
        let dots: Vec<String> = line.iter().map(|at| format!("M{at}{marker}")).collect();
        let _ = write!(svg, "<path class=\"dot\" d=\"{}\"/>", dots.concat());
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Scale;

    #[test]
    fn both_sizes_end_where_the_records_do() {
        let point = |x: f64, mean: f64| Point { x, mean, low: mean, high: mean };
        let series = [Series {
            actor: "label".into(),
            label: "a < b".into(),
            quiet: false,
            points: vec![point(0.0, 0.3), point(10.0, 0.0), point(1000.0, 1.0)],
        }];
        let drawn = curves(&Curves {
            x_label: "Queries (all)".into(),
            y_label: "Agreement".into(),
            scale: Scale::Even,
            series: series.to_vec(),
            references: vec![],
            threshold: None,
            callouts: vec![],
        });
        // From the left end at the bottom to the right end at the top; a count of zero has no place.
        assert!(drawn.contains("d=\"M50.0 284.0L624.0 10.0\""), "{drawn}");
        assert!(drawn.contains("d=\"M50.0 224.0L324.0 10.0\""), "{drawn}");
        assert!(drawn.contains("a &lt; b") && drawn.contains(">Queries</text>"), "{drawn}");
    }
}
