//! What the scripts need of the findings, embedded in the page as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chapter::Chapter;
use super::colours::variable;
use super::glossary::plain;
use super::guess::Guess;
use super::lab::{Lab, lab};
use crate::finding::{Drawing, Finding, Lineup, Transcript, Watched};
use crate::plot::palette;

/// Everything that is embedded.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    /// By experiment.
    guesses: BTreeMap<&'a str, &'a Guess<'a>>,
    lab: Lab<'a>,
    wall: Option<Watching<'a>>,
    lineup: Option<&'a Lineup>,
    transcript: Option<Talking<'a>>,
}

#[derive(Debug, Serialize)]
struct Watching<'a> {
    #[serde(flatten)]
    wall: &'a Watched,
    /// What each account's name means.
    plain: Vec<Option<&'static str>>,
}

#[derive(Debug, Serialize)]
struct Talking<'a> {
    #[serde(flatten)]
    transcript: &'a Transcript,
    colours: Vec<String>,
}

/// What the scripts need.
pub(super) fn data<'a>(findings: &'a [Finding], chapters: &'a [Chapter<'a>]) -> Data<'a> {
    let talking = findings.iter().flat_map(|finding| &finding.figures).find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    Data {
        guesses: chapters.iter().filter_map(|chapter| Some((chapter.experiment, chapter.guess()?))).collect(),
        lab: lab(findings),
        wall: findings
            .iter()
            .find_map(|finding| finding.watched.as_ref())
            .map(|wall| Watching { wall, plain: wall.accounts.iter().map(|account| plain(&account.actor)).collect() }),
        lineup: findings.iter().find_map(|finding| finding.lineup.as_ref()),
        transcript: talking.map(|transcript| Talking {
            transcript,
            colours: colours(transcript.speakers.iter().map(|speaker| speaker.actor.as_str())),
        }),
    }
}

fn colours<'a>(actors: impl Iterator<Item = &'a str>) -> Vec<String> {
    palette::of_actors(&actors.collect::<Vec<_>>()).into_iter().map(variable).collect()
}
