//! The colours of the pictures, for a page that draws beside them.

use super::{ramp, theme};

/// A colour as red, green and blue.
pub type Colour = [u8; 3];

/// The ground of every picture.
pub const PAPER: Colour = [0xff; 3];
/// Titles and names.
pub const INK: Colour = theme::INK;
/// Text of less weight.
pub const GREY: Colour = theme::GREY_TEXT;
/// Axes and what a curve is compared with.
pub const REFERENCE: Colour = theme::REFERENCE;
/// Lines behind everything.
pub const GRID: Colour = theme::GRID;
/// A ground that sets something apart.
pub const PALE: Colour = theme::PALE;
/// The edge of a region or an image.
pub const BORDER: Colour = theme::BORDER;
/// Where two models answer differently, and what is wrong.
pub const DISAGREEMENT: Colour = theme::DISAGREEMENT;

/// The colours of the actors of one picture, in their order.
pub fn of_actors(actors: &[&str]) -> Vec<Colour> {
    theme::looks(actors).iter().map(|look| look.colour).collect()
}

/// Every colour that an actor can have.
pub fn all_actors() -> Vec<Colour> {
    theme::every_look().map(|look| look.colour).collect()
}

/// The steps of a grid on white and, in the same order, on a dark ground: there more is lighter.
pub fn steps() -> Vec<(Colour, Colour)> {
    (0..ramp::STEPS).map(|step| (ramp::step(step), ramp::step(ramp::STEPS - 1 - step))).collect()
}

/// The tint of a class on a map.
pub fn tint(class: u8) -> Colour {
    theme::tint(class)
}

/// Contrast of two colours, from 1 (none) to 21 (black on white), as WCAG 2.1 defines it.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (theme::luminance(one) + 0.05, theme::luminance(other) + 0.05);
    one.max(other) / one.min(other)
}
