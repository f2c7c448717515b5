//! What was read in the first replicate, as pictures.

use super::PROMPTS;
use super::disguise::Disguise;
use super::spectrum::{CLEAR, Spectrum};
use crate::finding::{Decades, Drawing, Figure, Mark, Point, Series};
use crate::words::list;

/// The width that is shown under every disguise.
const SHOWN: usize = 32;

/// The first replicate: where the singular values drop, and what disguises do to the drop.
pub(super) fn of_first_replicate(spectra: &[Spectrum]) -> Vec<Figure> {
    let series = |spectrum: &Spectrum, actor: String, label: String| {
        let point = |(index, &value): (usize, &f64)| {
            // Eight digits are more than single precision keeps.
            let value = ((value / spectrum.values[0]).max(1e-8) * 1e10).round() / 1e10;
            Point { x: (index + 1) as f64, mean: value, low: value, high: value }
        };
        Series { actor, label, points: spectrum.values.iter().enumerate().map(point).collect() }
    };
    let by_width = spectra.iter().filter(|spectrum| spectrum.disguise == Disguise::Nothing);
    let by_width = by_width.map(|it| series(it, format!("width-{}", it.width), format!("{} hidden units", it.width)));
    let shown = spectra.iter().filter(|spectrum| spectrum.width == SHOWN);
    let by_disguise = shown.map(|it| series(it, it.disguise.name().to_owned(), it.disguise.name().to_owned()));
    let count = |read: Option<usize>| read.map_or("nothing".to_owned(), |units| units.to_string());
    let of = |disguise| {
        let found = spectra.iter().find(|it| (it.width, it.disguise) == (SHOWN, disguise));
        count(found.and_then(Spectrum::read))
    };
    let figure = |name: &str, title: String, series: Vec<Series>, levels: Vec<Mark>| Figure {
        name: name.to_owned(),
        title,
        subtitle: format!(
            "Singular values of {PROMPTS} prompts' log-probabilities, less their mean; first replicate; one more than \
             the units that fire can differ from zero, or from noise"
        ),
        drawing: Drawing::Decades(Decades {
            x_label: "Number of the singular value, from the largest".to_owned(),
            y_label: "Relative to the largest".to_owned(),
            series,
            levels,
        }),
    };
    let exact = spectra.iter().filter(|it| it.disguise == Disguise::Nothing);
    let read = exact.map(|it| format!("{} of {}", count(it.read()), it.width)).collect::<Vec<_>>();
    let noisy = spectra.iter().find(|it| (it.width, it.disguise) == (SHOWN, Disguise::Noise));
    let level = noisy.map(|it| Mark { value: CLEAR * it.edge / it.values[0], label: "noise".to_owned() });
    vec![
        figure(
            "spectrum",
            format!("Units that fire, counted from the answers of each teacher: {}", list(&read)),
            by_width.collect(),
            vec![],
        ),
        figure(
            "disguises",
            format!(
                "A teacher of {SHOWN} units: {} are counted from exact answers, {} from two decimals, {} with noise",
                of(Disguise::Nothing),
                of(Disguise::TwoDecimals),
                of(Disguise::Noise)
            ),
            by_disguise.collect(),
            level.into_iter().collect(),
        ),
    ]
}
