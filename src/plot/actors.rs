//! The look of every actor that the experiments show: one colour and one marker each, the same in every picture.
//!
//! There are more actors than hues that a colour-blind reader tells apart, so actors that never stand in one picture
//! may share one. What is closest in kind shares it: a student's size and a teacher's, controls of any experiment.

use super::theme::{Look, Marker, Rgb};

const BLUE: Rgb = [0x00, 0x5f, 0xa8];
const ORANGE: Rgb = [0xc6, 0x51, 0x00];
const TEAL: Rgb = [0x00, 0x7d, 0x62];
const PURPLE: Rgb = [0x8a, 0x46, 0x94];
const OCHRE: Rgb = [0x8f, 0x6a, 0x00];
const CYAN: Rgb = [0x1f, 0x84, 0xb0];
const GREY: Rgb = [0x5c, 0x66, 0x70];
const BROWN: Rgb = [0x7d, 0x45, 0x25];
const PINK: Rgb = [0xb0, 0x4a, 0x80];
const GREEN: Rgb = [0x4f, 0x78, 0x1c];
const INDIGO: Rgb = [0x45, 0x4c, 0xa8];

const fn look(colour: Rgb, marker: Marker) -> Look {
    Look { colour, marker }
}

pub(super) const NAMED: [(&str, Look); 48] = [
    // What an answer shows, and the control without a teacher.
    ("probabilities", look(BLUE, Marker::Circle)),
    ("label", look(ORANGE, Marker::Triangle)),
    ("truth", look(TEAL, Marker::Square)),
    ("temperature2", look(PINK, Marker::Square)),
    ("temperature4", look(GREY, Marker::Plus)),
    ("top2", look(CYAN, Marker::Pentagon)),
    ("rounded1", look(OCHRE, Marker::Down)),
    ("top-probability", look(GREEN, Marker::Circle)),
    ("noisy", look(INDIGO, Marker::Triangle)),
    ("sampled", look(BROWN, Marker::Star)),
    ("flipped20", look(PURPLE, Marker::Diamond)),
    // Who stands on a map or a sheet.
    ("teacher", look(super::theme::INK, Marker::Star)),
    ("student", look(PURPLE, Marker::Diamond)),
    ("disagreement", look(super::theme::DISAGREEMENT, Marker::Plus)),
    // How queries are chosen; whose accounts ask.
    ("natural", look(GREEN, Marker::Circle)),
    ("uniform", look(GREY, Marker::Plus)),
    ("k-center", look(BROWN, Marker::Star)),
    ("margin", look(PINK, Marker::Square)),
    ("entropy", look(CYAN, Marker::Pentagon)),
    ("k-center-margin", look(INDIGO, Marker::Triangle)),
    ("jacobian", look(PURPLE, Marker::Diamond)),
    ("letters", look(OCHRE, Marker::Down)),
    ("as-customers", look(CYAN, Marker::Pentagon)),
    ("as-one-customer", look(INDIGO, Marker::Triangle)),
    ("honest", look(TEAL, Marker::Square)),
    // Teachers that talk: what is closest to a kind of answer above has its colour.
    ("log-probabilities", look(BLUE, Marker::Circle)),
    ("text", look(ORANGE, Marker::Triangle)),
    ("own-data", look(TEAL, Marker::Square)),
    ("never-asked", look(OCHRE, Marker::Down)),
    ("renamed", look(INDIGO, Marker::Pentagon)),
    ("web", look(PURPLE, Marker::Diamond)),
    // Suspects.
    ("innocent-base", look(GREY, Marker::Plus)),
    ("innocent-large", look(OCHRE, Marker::Down)),
    ("ensemble", look(CYAN, Marker::Pentagon)),
    ("copy-base", look(GREEN, Marker::Circle)),
    ("scraped", look(BROWN, Marker::Star)),
    ("shared-data", look(PINK, Marker::Down)),
    ("base-teacher", look(PURPLE, Marker::Diamond)),
    // Sizes, along the rainbow.
    ("student-2", look(BROWN, Marker::Star)),
    ("student-4", look(OCHRE, Marker::Down)),
    ("student-8", look(GREEN, Marker::Circle)),
    ("student-16", look(CYAN, Marker::Pentagon)),
    ("student-32", look(INDIGO, Marker::Triangle)),
    ("student-64", look(PURPLE, Marker::Diamond)),
    ("teacher-16", look(OCHRE, Marker::Down)),
    ("teacher-32", look(GREEN, Marker::Circle)),
    ("teacher-48", look(CYAN, Marker::Pentagon)),
    ("teacher-128", look(INDIGO, Marker::Triangle)),
];
