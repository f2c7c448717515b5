//! One chapter as the template shows it: a claim with its finding, or with the command that makes one.

use serde::Serialize;

use super::PageError;
use super::colours::variable;
use super::guess::{Guess, guess};
use super::picture::{Picture, picture};
use super::spine::Claim;
use crate::finding::{Clue, Drawing, Figure, Finding, Lineup, Manner, Table, Transcript, WatchedAccount};
use crate::plot::palette;
use crate::words::{percent, thousands};

/// A chapter.
#[derive(Debug, Serialize)]
pub(super) struct Chapter<'a> {
    number: usize,
    pub(super) experiment: &'a str,
    claim: &'a str,
    lead: &'a str,
    /// What was found; nothing where there is no finding.
    found: Option<Found<'a>>,
}

/// What a finding says.
#[derive(Debug, Serialize)]
struct Found<'a> {
    question: &'a str,
    prediction: &'a str,
    title: &'a str,
    verdicts: &'a [String],
    caveats: &'a [String],
    command: &'a str,
    version: &'a str,
    seed: u64,
    next: &'a [String],
    settings: &'a [(String, String)],
    table: &'a Table,
    pictures: Vec<Picture<'a>>,
    transcript: Option<TranscriptTable<'a>>,
    lineup: Option<LineupText<'a>>,
    wall: Option<Vec<AccountText<'a>>>,
    #[serde(skip)]
    guess: Option<Guess<'a>>,
}

/// Replies as a table.
#[derive(Debug, Serialize)]
struct TranscriptTable<'a> {
    title: &'a str,
    subtitle: &'a str,
    questions: &'a [String],
    rows: Vec<SpeakerRow<'a>>,
    wrong: &'a str,
    borrowed: &'a str,
}

#[derive(Debug, Serialize)]
struct SpeakerRow<'a> {
    label: &'a str,
    detail: &'a str,
    colour: String,
    /// The words, and what is marked in them.
    replies: Vec<(&'a str, Manner)>,
}

/// Suspects as text.
#[derive(Debug, Serialize)]
struct LineupText<'a> {
    question: &'a str,
    examples: String,
    probes: String,
    references: usize,
    level: String,
    measures: Vec<&'a str>,
    suspects: Vec<SuspectText<'a>>,
}

#[derive(Debug, Serialize)]
struct SuspectText<'a> {
    name: &'a str,
    /// For each measure the suspect's share, and the band of reference models.
    clues: Vec<(String, String)>,
    made: &'a str,
    accused: bool,
}

/// A watched account as text.
#[derive(Debug, Serialize)]
struct AccountText<'a> {
    actor: &'a str,
    copies: bool,
    closed: Option<usize>,
    asked: usize,
}

impl Chapter<'_> {
    /// What the reader guesses here.
    pub(super) fn guess(&self) -> Option<&Guess<'_>> {
        self.found.as_ref()?.guess.as_ref()
    }
}

/// The chapter of a claim.
pub(super) fn chapter<'a>(
    number: usize,
    claim: &'static Claim,
    finding: Option<&'a Finding>,
) -> Result<Chapter<'a>, PageError> {
    Ok(Chapter {
        number,
        experiment: claim.experiment,
        claim: claim.claim,
        lead: claim.lead,
        found: finding.map(|finding| found(claim, finding)).transpose()?,
    })
}

fn found<'a>(claim: &'static Claim, finding: &'a Finding) -> Result<Found<'a>, PageError> {
    let spoken = finding.figures.iter().find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => Some(spoken(&figure.title, &figure.subtitle, transcript)),
        _ => None,
    });
    let account = |account: &'a WatchedAccount| AccountText {
        actor: &account.actor,
        copies: account.copies,
        closed: account.closed,
        asked: account.readings.last().map_or(0, |reading| reading.asked),
    };
    Ok(Found {
        question: &finding.question,
        prediction: &finding.prediction,
        title: &finding.title,
        verdicts: &finding.verdicts,
        caveats: &finding.caveats,
        command: &finding.command,
        version: &finding.version,
        seed: finding.seed,
        next: &finding.next,
        settings: &finding.settings,
        table: &finding.table,
        pictures: pictures(claim, finding)?,
        transcript: spoken,
        lineup: finding.lineup.as_ref().map(lineup),
        wall: finding.watched.as_ref().map(|watched| watched.accounts.iter().map(account).collect()),
        guess: guess(claim, finding),
    })
}

/// The figures, drawn: first the one that shows the finding's title or, where none does, the one that was guessed.
fn pictures<'a>(claim: &Claim, finding: &'a Finding) -> Result<Vec<Picture<'a>>, PageError> {
    let mut figures: Vec<&Figure> =
        finding.figures.iter().filter(|figure| !matches!(figure.drawing, Drawing::Transcript(_))).collect();
    let titled = figures.iter().position(|figure| figure.title == finding.title);
    let first = titled.or_else(|| figures.iter().position(|figure| figure.name == claim.ask.figure()));
    if let Some(first) = first {
        figures[..=first].rotate_right(1);
    }
    let failed = |error| PageError::Figure { experiment: finding.experiment.clone(), error };
    figures.into_iter().map(|figure| picture(figure).map_err(failed)).collect()
}

fn spoken<'a>(title: &'a str, subtitle: &'a str, transcript: &'a Transcript) -> TranscriptTable<'a> {
    let actors: Vec<&str> = transcript.speakers.iter().map(|speaker| speaker.actor.as_str()).collect();
    let colours = palette::of_actors(&actors);
    let rows = transcript.speakers.iter().zip(colours).map(|(speaker, colour)| SpeakerRow {
        label: &speaker.label,
        detail: &speaker.detail,
        colour: variable(colour),
        replies: speaker.replies.iter().map(|said| (said.text.as_str(), said.manner)).collect(),
    });
    TranscriptTable {
        title,
        subtitle,
        questions: &transcript.questions,
        rows: rows.collect(),
        wrong: &transcript.wrong,
        borrowed: &transcript.borrowed,
    }
}

fn lineup(lineup: &Lineup) -> LineupText<'_> {
    let suspects = lineup.suspects.iter().zip(&lineup.answers).map(|(suspect, answer)| {
        let clue = |clue: &Clue| (percent(clue.value), format!("{} to {}", percent(clue.low), percent(clue.high)));
        SuspectText {
            name: &suspect.name,
            clues: suspect.evidence.iter().map(clue).collect(),
            made: &answer.made,
            accused: answer.accused,
        }
    });
    let measures = lineup.suspects.first().map(|suspect| &suspect.evidence);
    LineupText {
        question: &lineup.question,
        examples: thousands(lineup.examples),
        probes: thousands(lineup.probes),
        references: lineup.references,
        level: format!("{:.0} %", 100.0 * lineup.level),
        measures: measures.into_iter().flatten().map(|clue| clue.measure.as_str()).collect(),
        suspects: suspects.collect(),
    }
}
