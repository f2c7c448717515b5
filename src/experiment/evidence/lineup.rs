//! The line-up of a replicate: suspects at the largest budget, tried at once, in an order of chance.

use rand::seq::SliceRandom;

use super::LEVEL;
use super::kind::Kind;
use super::reading::{Reading, Row, Rung, accuses, quantile};
use crate::audit::ranks::holm;
use crate::experiment::read::curves::rounded;
use crate::finding::{Clue, Lineup, Reveal, Suspect};
use crate::seed::Seed;

/// A suspect before it loses its name.
struct Named<'a> {
    kind: Kind,
    row: &'a Row<'a>,
    p_value: f64,
    adjusted: f64,
}

/// Those who stand in the line-up of a replicate, with their p-values; nobody where there are no probes.
fn named<'a>(reading: &'a Reading<'a>, replicate: usize) -> Vec<Named<'a>> {
    let mut taken: Vec<&Row> = Vec::new();
    let mut found: Vec<Named> = Vec::new();
    for kind in Kind::LINEUP {
        let free =
            |row: &&Row| row.trial.replicate == replicate && !taken.iter().any(|other| std::ptr::eq(*other, *row));
        let Some(row) = reading.of(kind, reading.last()).into_iter().find(free) else { continue };
        let Some(p_value) = reading.p_among(row, reading.last(), Rung::Probes) else { continue };
        taken.push(row);
        found.push(Named { kind, row, p_value, adjusted: 1.0 });
    }
    let adjusted = holm(&found.iter().map(|suspect| suspect.p_value).collect::<Vec<_>>());
    found.iter_mut().zip(adjusted).for_each(|(suspect, adjusted)| suspect.adjusted = adjusted);
    found
}

/// For each suspect of a replicate's line-up, its kind and whether it is accused.
pub(super) fn verdicts(reading: &Reading, replicate: usize) -> Vec<(Kind, bool)> {
    named(reading, replicate).iter().map(|suspect| (suspect.kind, accuses(suspect.adjusted))).collect()
}

/// The line-up of a replicate, without names and with the answers apart.
pub(super) fn of_replicate(reading: &Reading, replicate: usize) -> Option<Lineup> {
    let mut suspects = named(reading, replicate);
    let probes = suspects.first()?.row.own.probes;
    suspects.shuffle(&mut Seed::new(reading.plan.seed()).child("line-up").child(replicate).stream());
    let letter = |place: usize| char::from(b'A' + place as u8).to_string();
    let anonymous = |(place, suspect): (usize, &Named)| Suspect {
        name: letter(place),
        evidence: Rung::LADDER.into_iter().filter_map(|rung| clue(reading, suspect.row, rung)).collect(),
        p_value: rounded(suspect.p_value),
        adjusted: rounded(suspect.adjusted),
    };
    let reveal = |(place, suspect): (usize, &Named)| Reveal {
        name: letter(place),
        arm: suspect.kind.arm().to_owned(),
        made: suspect.kind.made(reading.plan),
        questions: suspect.row.trial.queries,
        accused: accuses(suspect.adjusted),
    };
    Some(Lineup {
        question: "Which of these learned from the teacher's answers?".to_owned(),
        replicate,
        examples: reading.last(),
        probes,
        references: reading.references(replicate, reading.last(), Rung::Probes).len(),
        level: LEVEL,
        suspects: suspects.iter().enumerate().map(anonymous).collect(),
        answers: suspects.iter().enumerate().map(reveal).collect(),
    })
}

fn clue(reading: &Reading, row: &Row, rung: Rung) -> Option<Clue> {
    let references = reading.references(row.trial.replicate, row.own.against, rung);
    let at = |share: f64| rounded(quantile(&references, share));
    Some(Clue {
        measure: rung.label().to_owned(),
        value: rounded(row.value(rung)?),
        low: at(0.05),
        middle: at(0.5),
        high: at(0.95),
        p_value: rounded(reading.p_among(row, row.own.against, rung)?),
    })
}
