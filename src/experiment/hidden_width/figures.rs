//! What was read in the first replicate, as pictures.

use super::PROMPTS;
use super::disguise::Disguise;
use super::spectrum::{CLEAR, Spectrum};
use crate::finding::{Drawing, Figure, Multiples, MultiplesRow, Spacing};
use crate::words::list;

/// The width that is shown under every disguise.
const SHOWN: usize = 32;

/// The first replicate: where the singular values drop, and what disguises do to the drop.
pub(super) fn of_first_replicate(spectra: &[Spectrum]) -> Vec<Figure> {
    let exact = || spectra.iter().filter(|it| it.disguise == Disguise::Nothing);
    let by_width = exact().map(|it| row(it, format!("teacher-{}", it.width), format!("{} units", it.width)));
    let shown = spectra.iter().filter(|spectrum| spectrum.width == SHOWN);
    let by_disguise = shown.map(|it| row(it, it.disguise.name().to_owned(), it.disguise.name().to_owned()));
    let figure = |name: &str, title: String, rows: Vec<MultiplesRow>| Figure {
        name: name.to_owned(),
        title,
        subtitle: format!(
            "Patterns (singular values) of the answers to {PROMPTS} prompts, in the first replicate, numbered from 0: \
             the last one above the noise has the number of units that fire"
        ),
        drawing: Drawing::Multiples(Multiples {
            x_label: "Number of the pattern, the strongest being 0".to_owned(),
            y_label: "Strength of the pattern (singular value, logarithmic)".to_owned(),
            spacing: Spacing::AmountsOverNumbers,
            marks: Vec::new(),
            texts: String::new(),
            rows,
            key: "dashed: that last one, and the noise".to_owned(),
        }),
    };
    let countable = || exact().filter(|it| it.read().is_some());
    let told =
        |number: &dyn Fn(&Spectrum) -> usize| list(&countable().map(|it| number(it).to_string()).collect::<Vec<_>>());
    let (counted, fire) = (told(&|it| it.read().unwrap_or_default()), told(&|it| it.fires));
    let of = |disguise: Disguise| {
        let found = spectra.iter().find(|it| (it.width, it.disguise) == (SHOWN, disguise));
        found.and_then(Spectrum::read).map_or("no".to_owned(), |units| units.to_string())
    };
    vec![
        figure(
            "spectrum",
            match &counted[..] {
                "" => "The answers give away no number of units".to_owned(),
                _ if counted == fire => {
                    let (some, all) = (countable().count(), exact().count());
                    format!("{some} of {all} teachers give away how many units fire: {fire}")
                }
                _ => format!("The answers give away {counted} units; {fire} fire"),
            },
            by_width.collect(),
        ),
        figure(
            "disguises",
            match (of(Disguise::Nothing), of(Disguise::Noise)) {
                (exact, noisy) if exact == noisy => format!("Exact or noisy, the answers give away {exact} units"),
                (exact, noisy) => format!("Exact answers give away {exact} units, noisy ones {noisy}"),
            },
            by_disguise.collect(),
        ),
    ]
}

/// The singular values, the last of them that is more than noise, and what noise reaches.
fn row(spectrum: &Spectrum, actor: String, label: String) -> MultiplesRow {
    // Eight digits are more than single precision keeps.
    let relative = |value: f64| ((value / spectrum.values[0]).max(1e-8) * 1e10).round() / 1e10;
    let read = spectrum.read();
    MultiplesRow {
        actor,
        label,
        text: read.map_or("no drop".to_owned(), |units| format!("{} fire, {units} found", spectrum.fires)),
        mark: read.map(|units| units as f64),
        level: Some(relative(CLEAR * spectrum.edge)),
        points: spectrum.values.iter().enumerate().map(|(at, &value)| (at as f64, relative(value))).collect(),
    }
}
