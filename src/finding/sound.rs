//! Whether a finding that was read from a file holds together: lists as long as they promise, names that are file
//! names, pictures that fit on paper.
//!
//! Checked once, where a finding is read: what draws it or shows it on a page may rely on it. Numbers are not
//! judged: a point without a place on the axes is left out where it is drawn.

use std::collections::HashSet;

use super::{DiscGroup, Drawing, Figure, Finding, Lineup, Raster, Table, Watched};

/// The most things that stand beside or below each other in one picture; past that it is longer than a wall is high.
const MOST: usize = 200;

/// The most discs in a row that are one thing to look at.
const DISCS: usize = 20;

/// What does not hold together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Unsound {
    place: String,
    problem: String,
}

type Checked = Result<(), Unsound>;

impl Finding {
    /// Looks whether everything is there that something else promises.
    ///
    /// # Errors
    /// The first thing that is not, by its place.
    pub fn check(&self) -> Checked {
        plain("the experiment", &self.experiment)?;
        table(&self.table)?;
        let mut names = HashSet::new();
        for figure in &self.figures {
            plain("a figure", &figure.name)?;
            if !names.insert(&figure.name) {
                return Err(unsound("the figures", format!("two are called {:?}", figure.name)));
            }
            drawing(figure)?;
        }
        self.lineup.as_ref().map_or(Ok(()), lineup)?;
        self.watched.as_ref().map_or(Ok(()), watched)
    }
}

fn unsound(place: impl Into<String>, problem: impl Into<String>) -> Unsound {
    Unsound { place: place.into(), problem: problem.into() }
}

/// Refuses a count that is not what was promised.
fn promised(place: impl Into<String>, found: usize, things: &str, expected: usize) -> Checked {
    if found == expected {
        return Ok(());
    }
    Err(unsound(place, format!("the number of {things} is {found}, not {expected}")))
}

/// A name becomes the name of a file or a folder, and must not lead out of its own.
fn plain(what: &str, name: &str) -> Checked {
    let fits = (1..=100).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits {
        return Ok(());
    }
    let short: String = name.chars().take(60).collect();
    Err(unsound(what, format!("{short:?} is not a plain name of up to 100 letters, digits and hyphens")))
}

fn table(table: &Table) -> Checked {
    let mut rows = table.rows.iter().enumerate();
    rows.try_for_each(|(at, row)| {
        promised(format!("row {} of the table", at + 1), row.len(), "cells", table.head.len())
    })
}

fn drawing(figure: &Figure) -> Checked {
    let of = |part: &str| format!("{part} of figure {}", figure.name);
    let things = match &figure.drawing {
        Drawing::Curves(it) => it.series.len() + it.references.len() + it.callouts.len(),
        Drawing::Decades(it) => it.series.len() + it.levels.len(),
        Drawing::Scatter(it) => it.dots.len(),
        Drawing::Multiples(it) => it.rows.len() + it.marks.len(),
        Drawing::Discs(it) => {
            let group = |group: &DiscGroup| 1 + group.rows.iter().map(|row| 1 + row.cells.len() / DISCS).sum::<usize>();
            it.groups.iter().map(group).sum()
        }
        Drawing::Amounts(it) => it.marks.len() + it.groups.iter().map(|group| 1 + group.rows.len()).sum::<usize>(),
        Drawing::Maps(it) => {
            map(of("the teacher's map"), &it.teacher)?;
            it.panels.iter().try_for_each(|panel| map(of(&format!("the map {:?}", panel.label)), &panel.map))?;
            it.panels.len()
        }
        Drawing::Places(it) => {
            map(of("the teacher's map"), &it.teacher)?;
            it.panels.len()
        }
        Drawing::Sheet(it) => {
            let images = it.items.iter().map(|item| item.pixels.len());
            images_of(of("an image"), images, it.side)?;
            it.items.len()
        }
        Drawing::Gallery(it) => {
            let images = it.rows.iter().flat_map(|row| row.images.iter().map(Vec::len));
            images_of(of("an image"), images, it.side)?;
            it.rows.len()
        }
        Drawing::Heat(it) => {
            for row in &it.rows {
                promised(of(&format!("row {:?}", row.label)), row.cells.len(), "cells", it.columns.len())?;
            }
            if it.controls > it.columns.len() {
                let problem = format!("{} controls among {} columns", it.controls, it.columns.len());
                return Err(unsound(of("the head"), problem));
            }
            it.rows.len() + it.columns.len()
        }
        Drawing::Transcript(it) => {
            for speaker in &it.speakers {
                let place = of(&format!("what {:?} says", speaker.label));
                promised(place, speaker.replies.len(), "replies", it.questions.len())?;
            }
            it.speakers.len() + it.questions.len()
        }
    };
    if things > MOST {
        let problem = format!("{things} things to show, and a picture has room for {MOST}");
        return Err(unsound(format!("figure {}", figure.name), problem));
    }
    Ok(())
}

fn map(place: String, map: &Raster) -> Checked {
    if map.side == 0 {
        return Err(unsound(place, "it has no cells"));
    }
    // The product of a saved side with itself may be more than a number holds.
    promised(place, map.cells.len(), "cells", map.side.saturating_mul(map.side))
}

fn images_of(place: String, mut pixels: impl Iterator<Item = usize>, side: usize) -> Checked {
    if side == 0 {
        return Err(unsound(place, "it has no pixels"));
    }
    pixels.try_for_each(|found| promised(place.as_str(), found, "pixels", side.saturating_mul(side)))
}

fn lineup(lineup: &Lineup) -> Checked {
    promised("the answers of the line-up", lineup.answers.len(), "answers", lineup.suspects.len())?;
    let clues = lineup.suspects.first().map_or(0, |suspect| suspect.evidence.len());
    for (suspect, answer) in lineup.suspects.iter().zip(&lineup.answers) {
        promised(format!("suspect {:?} of the line-up", suspect.name), suspect.evidence.len(), "clues", clues)?;
        if suspect.name != answer.name {
            let problem = format!("the answer of suspect {:?} is about {:?}", suspect.name, answer.name);
            return Err(unsound("the answers of the line-up", problem));
        }
    }
    Ok(())
}

fn watched(watched: &Watched) -> Checked {
    if watched.side == 0 || watched.classes.is_empty() {
        return Err(unsound("the watched accounts", "they have no pixels or no classes"));
    }
    for account in &watched.accounts {
        let place = format!("watched account {:?}", account.actor);
        let answered = account.answers.0.len() / watched.classes.len();
        promised(
            place.as_str(),
            account.answers.0.len(),
            "probabilities",
            answered.saturating_mul(watched.classes.len()),
        )?;
        let pixels = watched.side.saturating_mul(watched.side).saturating_mul(answered);
        promised(place.as_str(), account.questions.0.len(), "pixels", pixels)?;
        for reading in &account.readings {
            promised(place.as_str(), reading.needles.len(), "needles", watched.detectors.len())?;
        }
    }
    Ok(())
}
