//! What the scripts need of the findings, embedded in the page as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::chapter::Chapter;
use super::colours::variable;
use super::does::Task;
use super::glossary::{detector, plain};
use super::lab::{Lab, lab};
use crate::data::chat::{ADJECTIVES, Identity, NOUNS};
use crate::finding::{Drawing, Finding, Lineup, Talk, Watched};
use crate::plot::palette;

/// Everything that is embedded.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    /// By experiment.
    tasks: BTreeMap<&'a str, &'a Task<'a>>,
    lab: Lab<'a>,
    provider: Option<Watching<'a>>,
    expert: Option<&'a Lineup>,
    talk: Option<Talking<'a>>,
}

#[derive(Debug, Serialize)]
struct Watching<'a> {
    #[serde(flatten)]
    watched: &'a Watched,
    /// What each account's name means.
    plain: Vec<Option<&'static str>>,
    /// What each detector looks at.
    detects: Vec<Option<&'static str>>,
}

#[derive(Debug, Serialize)]
struct Talking<'a> {
    speakers: Vec<Speaking<'a>>,
    /// Questions to begin with.
    questions: &'a [String],
    things: &'static [&'static str],
    qualities: &'static [&'static str],
    /// What only the teacher calls itself and its maker.
    names: [&'static str; 2],
}

#[derive(Debug, Serialize)]
struct Speaking<'a> {
    label: &'a str,
    colour: String,
    model: &'a Value,
}

/// What the scripts need.
pub(super) fn data<'a>(findings: &'a [Finding], chapters: &'a [Chapter<'a>]) -> Data<'a> {
    let watching = |watched: &'a Watched| Watching {
        watched,
        plain: watched.accounts.iter().map(|account| plain(&account.actor)).collect(),
        detects: watched.detectors.iter().map(|name| detector(name)).collect(),
    };
    Data {
        tasks: chapters.iter().filter_map(|chapter| Some((chapter.experiment, chapter.task()?))).collect(),
        lab: lab(findings),
        provider: findings.iter().find_map(|finding| finding.watched.as_ref()).map(watching),
        expert: findings.iter().find_map(|finding| finding.lineup.as_ref()),
        talk: findings.iter().find_map(|finding| Some(talking(finding, finding.talk.as_ref()?))),
    }
}

/// Models to talk to, with the questions that were put to them when they were recorded.
fn talking<'a>(finding: &'a Finding, talk: &'a Talk) -> Talking<'a> {
    let actors: Vec<&str> = talk.speakers.iter().map(|speaker| speaker.actor.as_str()).collect();
    let speakers = talk.speakers.iter().zip(palette::of_actors(&actors));
    let transcript = finding.figures.iter().find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    Talking {
        speakers: speakers
            .map(|(speaker, colour)| Speaking {
                label: &speaker.label,
                colour: variable(colour),
                model: &speaker.model,
            })
            .collect(),
        questions: transcript.map_or(&[], |transcript| &transcript.questions),
        things: &NOUNS,
        qualities: &ADJECTIVES,
        names: [Identity::TEACHER.name, Identity::TEACHER.maker],
    }
}
