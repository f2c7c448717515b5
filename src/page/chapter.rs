//! One chapter as the template shows it: a claim with its finding, or with the command that makes one.

use serde::Serialize;

use super::PageError;
use super::does::{Task, task};
use super::facts::Facts;
use super::figure::{Picture, picture};
use super::glossary::plain;
use super::sentences::sentences;
use super::spine::{Claim, Does};
use crate::finding::{Drawing, Figure, Finding, Lineup, Table, Transcript, WatchedAccount};

/// A chapter.
#[derive(Debug, Serialize)]
pub(super) struct Chapter<'a> {
    number: usize,
    pub(super) experiment: &'a str,
    said: &'a str,
    claim: &'a str,
    question: &'a str,
    lead: &'a str,
    /// What was found; nothing where there is no finding.
    found: Option<Found<'a>>,
}

/// What a finding says.
#[derive(Debug, Serialize)]
struct Found<'a> {
    title: &'a str,
    sentences: Vec<String>,
    verdicts: &'a [String],
    caveats: &'a [String],
    command: &'a str,
    version: &'a str,
    seed: u64,
    next: &'a [String],
    settings: &'a [(String, String)],
    table: &'a Table,
    /// The figure that stands open.
    figure: Option<Picture<'a>>,
    others: Vec<Picture<'a>>,
    /// What was asked and replied, for who cannot ask.
    transcript: Option<TranscriptText<'a>>,
    suspects: Option<Vec<SuspectsText<'a>>>,
    accounts: Option<Vec<AccountText<'a>>>,
    #[serde(skip)]
    task: Option<Task<'a>>,
}

/// Replies as text.
#[derive(Debug, Serialize)]
struct TranscriptText<'a> {
    title: &'a str,
    subtitle: &'a str,
    #[serde(flatten)]
    transcript: &'a Transcript,
}

/// Suspects of one kind as text.
#[derive(Debug, PartialEq, Serialize)]
struct SuspectsText<'a> {
    made: &'a str,
    all: usize,
    accused: usize,
}

/// A watched account as text.
#[derive(Debug, Serialize)]
struct AccountText<'a> {
    actor: &'a str,
    plain: Option<&'static str>,
    copies: bool,
    closed: Option<usize>,
    asked: usize,
}

impl Chapter<'_> {
    /// What the reader does here.
    pub(super) fn task(&self) -> Option<&Task<'_>> {
        self.found.as_ref()?.task.as_ref()
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
        said: claim.said.words(),
        claim: claim.claim,
        question: claim.question,
        lead: claim.lead,
        found: finding.map(|finding| found(claim, finding)).transpose()?,
    })
}

fn found<'a>(claim: &'static Claim, finding: &'a Finding) -> Result<Found<'a>, PageError> {
    let transcript = finding.figures.iter().find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => {
            Some(TranscriptText { title: &figure.title, subtitle: &figure.subtitle, transcript })
        }
        _ => None,
    });
    let mut pictures = pictures(claim, finding)?.into_iter();
    Ok(Found {
        title: &finding.title,
        sentences: sentences(finding),
        verdicts: &finding.verdicts,
        caveats: &finding.caveats,
        command: &finding.command,
        version: &finding.version,
        seed: finding.seed,
        next: &finding.next,
        settings: &finding.settings,
        table: &finding.table,
        figure: pictures.next(),
        others: pictures.collect(),
        transcript: transcript.filter(|_| matches!(claim.does, Does::Talk)),
        suspects: finding.lineup.as_ref().filter(|_| matches!(claim.does, Does::Expert)).map(suspects),
        accounts: finding
            .watched
            .as_ref()
            .filter(|_| matches!(claim.does, Does::Provider))
            .map(|watched| watched.accounts.iter().map(account).collect()),
        task: task(claim, Facts(finding)),
    })
}

/// The figures, drawn: first the one that stands open.
fn pictures<'a>(claim: &Claim, finding: &'a Finding) -> Result<Vec<Picture<'a>>, PageError> {
    let mut figures: Vec<&Figure> =
        finding.figures.iter().filter(|figure| !matches!(figure.drawing, Drawing::Transcript(_))).collect();
    if let Some(first) = figures.iter().position(|figure| figure.name == claim.figure) {
        figures[..=first].rotate_right(1);
    }
    let failed = |error| PageError::Figure { experiment: finding.experiment.clone(), error };
    figures.into_iter().map(|figure| picture(figure).map_err(failed)).collect()
}
fn account(account: &WatchedAccount) -> AccountText<'_> {
    AccountText {
        actor: &account.actor,
        plain: plain(&account.actor),
        copies: account.copies,
        closed: account.closed,
        asked: account.readings.last().map_or(0, |reading| reading.asked),
    }
}

/// How many suspects of each kind there are, and how many the test accuses one by one.
fn suspects(lineup: &Lineup) -> Vec<SuspectsText<'_>> {
    let mut kinds: Vec<SuspectsText> = Vec::new();
    for (suspect, answer) in lineup.suspects.iter().zip(&lineup.answers) {
        let accused = usize::from(suspect.p_value <= lineup.level);
        match kinds.iter_mut().find(|kind| kind.made == answer.made) {
            Some(kind) => {
                kind.all += 1;
                kind.accused += accused;
            }
            None => kinds.push(SuspectsText { made: &answer.made, all: 1, accused }),
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.accused));
    kinds
}
