//! The colours of the page: those of the figures on white, and what becomes of them on a dark ground.

use std::fmt::Write;

use crate::plot::palette::{self, Colour};

/// The grounds of the dark page and of its figures.
const DARK_PAPER: Colour = [0x16, 0x19, 0x1d];
/// The ground of what one can play with, on the dark page.
const DARK_PALE: Colour = [0x24, 0x29, 0x2f];

/// What is neither ink nor an actor, on white and on dark.
const PLAIN: [(&str, Colour, Colour); 8] = [
    ("paper", palette::PAPER, DARK_PAPER),
    ("ink", palette::INK, [0xe8, 0xeb, 0xee]),
    ("grey", palette::GREY, [0xa6, 0xaf, 0xb9]),
    ("reference", palette::REFERENCE, [0x7d, 0x87, 0x92]),
    ("grid", palette::GRID, [0x2d, 0x33, 0x3a]),
    ("pale", palette::PALE, DARK_PALE),
    ("border", palette::BORDER, [0x83, 0x8d, 0x98]),
    ("disagreement", palette::DISAGREEMENT, [0xf0, 0x6a, 0xb0]),
];

/// Contrast that WCAG 2.1 AA asks of text.
const READABLE: f64 = 4.5;

/// The variable that holds an actor's colour, as CSS writes its use.
pub(super) fn variable(colour: Colour) -> String {
    format!("var(--c-{})", digits(colour))
}

/// The colour as CSS writes it.
pub(super) fn hex(colour: Colour) -> String {
    format!("#{}", digits(colour))
}

fn digits([red, green, blue]: Colour) -> String {
    format!("{red:02x}{green:02x}{blue:02x}")
}

/// Rules that define every colour for a light and a dark screen, and give drawn figures the dark ones.
pub(super) fn rules() -> String {
    let mut actors: Vec<(String, Colour)> =
        palette::all_actors().into_iter().map(|colour| (format!("c-{}", digits(colour)), colour)).collect();
    actors.sort();
    actors.dedup();
    let (mut light, mut dark, mut figures) = (String::new(), String::new(), String::new());
    // Writing to a string cannot fail.
    for (name, on_white, on_dark) in PLAIN {
        let _ = write!(light, "--{name}:{};", hex(on_white));
        let _ = write!(dark, "--{name}:{};", hex(on_dark));
        figures += &recoloured(on_white, name);
    }
    let mut tints: Vec<Colour> = (0..u8::MAX).map(palette::tint).collect();
    tints.sort();
    tints.dedup();
    for tint in tints {
        let _ = write!(light, "--t-{}:{};", digits(tint), hex(tint));
        let _ = write!(dark, "--t-{}:{};", digits(tint), hex(dimmed(tint)));
    }
    // A light page keeps the drawn steps: only the dark rules use these.
    for (step, (on_white, on_dark)) in palette::steps().into_iter().enumerate() {
        let name = format!("step-{step}");
        let _ = write!(dark, "--{name}:{};", hex(on_dark));
        figures += &recoloured(on_white, &name);
    }
    for (name, colour) in &actors {
        let _ = write!(light, "--{name}:{};", hex(readable_on(palette::PALE, *colour)));
        let _ = write!(dark, "--{name}:{};", hex(readable_on(DARK_PALE, *colour)));
        // The teacher's colour is that of ink.
        if *colour != palette::INK {
            figures += &recoloured(*colour, name);
        }
    }
    format!(":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{\n:root{{{dark}}}\n{figures}}}\n")
}

/// Gives a figure's strokes and areas of one colour another one.
fn recoloured(colour: Colour, name: &str) -> String {
    let attribute = hex(colour);
    let rule = |what: &str| format!(".drawn svg [{what}=\"{attribute}\" i]{{{what}:var(--{name})}}\n");
    rule("fill") + &rule("stroke")
}

/// The tint of a class for a dark screen: the same hue, half as bright.
fn dimmed(tint: Colour) -> Colour {
    tint.map(|level| (f64::from(level) * 0.5) as u8)
}

/// The colour, mixed with black or white until text in it reads well.
fn readable_on(ground: Colour, colour: Colour) -> Colour {
    let towards = if palette::contrast(ground, [0; 3]) > palette::contrast(ground, [0xff; 3]) { 0.0 } else { 255.0 };
    let mixed = |share: f64| colour.map(|level| (f64::from(level) * (1.0 - share) + towards * share).round() as u8);
    let steps = (0..=20).map(|step| mixed(f64::from(step) / 20.0));
    let readable = steps.into_iter().find(|colour| palette::contrast(ground, *colour) >= READABLE);
    readable.unwrap_or(mixed(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_of_text_reads_on_both_grounds() {
        for (_, light, dark) in PLAIN.iter().filter(|(name, ..)| ["ink", "grey", "disagreement"].contains(name)) {
            assert!(palette::contrast(*light, palette::PAPER) >= READABLE, "{}", hex(*light));
            assert!(palette::contrast(*dark, DARK_PAPER) >= READABLE, "{}", hex(*dark));
        }
        for colour in palette::all_actors() {
            for (pale, paper) in [(palette::PALE, palette::PAPER), (DARK_PALE, DARK_PAPER)] {
                let seen = readable_on(pale, colour);
                for ground in [pale, paper] {
                    assert!(palette::contrast(seen, ground) >= READABLE, "{} on {}", hex(colour), hex(ground));
                }
            }
        }
    }
}
