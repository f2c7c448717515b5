//! Who looks how: one colour and one marker per actor in every picture, and the tints of the classes.
//!
//! The hues follow Okabe and Ito's palette for colour-blind readers, darkened until coloured text reads well on
//! white. Colour never stands alone: every actor has a marker and its name beside the line.

use std::hash::Hasher;

use fnv::FnvHasher;

use super::actors::NAMED;

/// A colour as red, green and blue.
pub(super) type Rgb = [u8; 3];

pub(super) const INK: Rgb = [0x1b, 0x1f, 0x24];
pub(super) const GREY_TEXT: Rgb = [0x57, 0x60, 0x6a];
pub(super) const REFERENCE: Rgb = [0x8c, 0x95, 0x9f];
pub(super) const AXIS: Rgb = [0x8c, 0x95, 0x9f];
pub(super) const GRID: Rgb = [0xe4, 0xe7, 0xeb];
pub(super) const PALE: Rgb = [0xee, 0xf0, 0xf3];
pub(super) const BORDER: Rgb = [0x75, 0x7f, 0x8a];
pub(super) const DISAGREEMENT: Rgb = [0xb8, 0x1f, 0x74];

/// Type sizes, in units of the picture.
pub(super) const TITLE_SIZES: [f64; 3] = [23.0, 21.0, 19.0];
pub(super) const SUBTITLE_SIZES: [f64; 2] = [14.5, 13.0];
pub(super) const LABEL: f64 = 16.0;
pub(super) const SMALL: f64 = 14.0;
pub(super) const STAMP: f64 = 10.5;

/// The shape of a curve's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
    Down,
    Plus,
    Pentagon,
    Star,
}

/// The look of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) colour: Rgb,
    pub(super) marker: Marker,
}

/// For actors without a place of their own.
const SPARE: [Look; 8] = [
    Look { colour: [0x8a, 0x46, 0x94], marker: Marker::Diamond },
    Look { colour: [0x8f, 0x6a, 0x00], marker: Marker::Down },
    Look { colour: [0x1f, 0x84, 0xb0], marker: Marker::Pentagon },
    Look { colour: [0x5c, 0x66, 0x70], marker: Marker::Plus },
    Look { colour: [0x7d, 0x45, 0x25], marker: Marker::Star },
    Look { colour: [0xb0, 0x4a, 0x80], marker: Marker::Square },
    Look { colour: [0x4f, 0x78, 0x1c], marker: Marker::Circle },
    Look { colour: [0x45, 0x4c, 0xa8], marker: Marker::Triangle },
];

const MARKERS: [Marker; 8] = [
    Marker::Circle,
    Marker::Triangle,
    Marker::Square,
    Marker::Diamond,
    Marker::Down,
    Marker::Pentagon,
    Marker::Plus,
    Marker::Star,
];

/// The look of an actor with a fixed place, or of any other by its name.
pub(super) fn look(actor: &str) -> Look {
    looks(&[actor])[0]
}

/// The looks of the actors of one picture, in their order.
///
/// An actor without a fixed place gets a spare look by its name, or the next free one where another actor of the
/// picture has it already. The same actor again keeps its colour and gets another marker.
pub(super) fn looks(actors: &[&str]) -> Vec<Look> {
    let mut spare_owners: [Option<&str>; SPARE.len()] = [None; SPARE.len()];
    let mut found: Vec<Look> = Vec::with_capacity(actors.len());
    for (index, &actor) in actors.iter().enumerate() {
        let named = NAMED.iter().find(|(name, _)| *name == actor).map(|(_, look)| *look);
        let mut look = named.unwrap_or_else(|| {
            let mut hasher = FnvHasher::default();
            hasher.write(actor.as_bytes());
            let home = (hasher.finish() % SPARE.len() as u64) as usize;
            let slots = (0..SPARE.len()).map(|step| (home + step) % SPARE.len());
            let slot = slots.clone().find(|&slot| spare_owners[slot].is_none_or(|owner| owner == actor));
            let slot = slot.unwrap_or(home);
            spare_owners[slot] = Some(actor);
            SPARE[slot]
        });
        let before = actors[..index].iter().filter(|&&other| other == actor).count();
        if before > 0 {
            let first = MARKERS.iter().position(|&marker| marker == look.marker).unwrap_or(0);
            look.marker = MARKERS[(first + before) % MARKERS.len()];
        }
        found.push(look);
    }
    found
}

/// Every look that an actor can have.
pub(super) fn every_look() -> impl Iterator<Item = &'static Look> {
    NAMED.iter().map(|(_, look)| look).chain(&SPARE)
}

/// The tint of a class on a map; after ten classes they come round again.
pub(super) fn tint(class: u8) -> Rgb {
    const TINTS: [Rgb; 10] = [
        [0xbf, 0xd7, 0xf0],
        [0xfd, 0xd9, 0xb8],
        [0xcb, 0xe9, 0xd6],
        [0xd9, 0xc6, 0xe4],
        [0xfb, 0xf1, 0xb4],
        [0xd3, 0xd7, 0xdc],
        [0xf7, 0xc9, 0xd3],
        [0xa9, 0xdd, 0xe0],
        [0xdb, 0xc3, 0xa8],
        [0xe4, 0xee, 0xa8],
    ];
    TINTS[usize::from(class) % TINTS.len()]
}

/// Relative luminance, from 0 (black) to 1 (white), as WCAG 2.1 defines it.
pub(super) fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The colour as SVG writes it.
pub(super) fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn up_to_eight_strangers_never_share_a_colour() {
        let names: Vec<String> = (0..8).map(|n| format!("arm-{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let colours: HashSet<Rgb> = looks(&names).iter().map(|look| look.colour).collect();
        assert_eq!(colours.len(), 8);
    }

    #[test]
    fn the_same_actor_again_keeps_its_colour_and_changes_its_marker() {
        let [first, second] = looks(&["label", "label"])[..] else { panic!("two looks") };
        assert_eq!(first.colour, second.colour);
        assert_ne!(first.marker, second.marker);
    }

    #[test]
    fn coloured_text_reads_on_white() {
        // WCAG 2.1 asks for a contrast of 3 to 1 of large or bold text.
        for look in every_look() {
            let contrast = 1.05 / (luminance(look.colour) + 0.05);
            assert!(contrast > 4.0, "{} has contrast {contrast:.2}", hex(look.colour));
        }
    }
}
