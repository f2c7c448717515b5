//! What the scripts need of the findings, embedded in the page as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chapter::Chapter;
use super::colours::{hex, variable};
use super::glossary::plain;
use super::guess::{Guess, curves};
use crate::finding::{Drawing, Explorer, ExplorerArm, Finding, Lineup, Point, Transcript, Watched};
use crate::plot::palette;

/// Everything that is embedded.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    /// By experiment.
    guesses: BTreeMap<&'a str, &'a Guess<'a>>,
    explorer: Option<Exploring<'a>>,
    wall: Option<Watching<'a>>,
    lineup: Option<&'a Lineup>,
    transcript: Option<Talking<'a>>,
}

/// The explorer, with the agreement over all replicates beside that of the one replicate it shows.
#[derive(Debug, Serialize)]
struct Exploring<'a> {
    #[serde(flatten)]
    explorer: &'a Explorer,
    /// One for each arm, empty where no figure has it: agreement with its interval at each budget.
    curves: Vec<&'a [Point]>,
    /// The colour of each arm's queries.
    colours: Vec<String>,
    /// What each arm's strategy means.
    plain: Vec<Option<&'static str>>,
    tints: Vec<String>,
    border: String,
    disagreement: String,
    paper: String,
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
    let exploring = findings.iter().find_map(|finding| Some(exploring(finding, finding.explorer.as_ref()?)));
    let talking = findings.iter().flat_map(|finding| &finding.figures).find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    Data {
        guesses: chapters.iter().filter_map(|chapter| Some((chapter.experiment, chapter.guess()?))).collect(),
        explorer: exploring,
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

fn exploring<'a>(finding: &'a Finding, explorer: &'a Explorer) -> Exploring<'a> {
    let shown = |arm: &ExplorerArm| {
        let chart = curves(finding, &format!("agreement-{}", arm.answers))?;
        let at = chart.series.iter().position(|series| series.actor == arm.strategy)?;
        let actors: Vec<&str> = chart.series.iter().map(|series| series.actor.as_str()).collect();
        Some((chart.series[at].points.as_slice(), hex(palette::of_actors(&actors)[at])))
    };
    let shown: Vec<_> = explorer.arms.iter().map(|arm| shown(arm).unwrap_or((&[], hex(palette::INK)))).collect();
    let classes = explorer.widths.last().map_or(0, |classes| *classes as u8);
    Exploring {
        explorer,
        curves: shown.iter().map(|(points, _)| *points).collect(),
        plain: explorer.arms.iter().map(|arm| plain(&arm.strategy)).collect(),
        colours: shown.into_iter().map(|(_, colour)| colour).collect(),
        tints: (0..classes).map(|class| hex(palette::tint(class))).collect(),
        border: hex(palette::BORDER),
        disagreement: hex(palette::DISAGREEMENT),
        paper: hex(palette::PALE),
    }
}
