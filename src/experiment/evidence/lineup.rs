//! Line-ups: the suspects of a replicate that are tried at once, and all suspects of a run, for a reader to judge.

use rand::seq::SliceRandom;

use super::LEVEL;
use super::kind::Kind;
use super::reading::{Reading, Row, Rung, accuses, quantile};
use crate::audit::ranks::holm;
use crate::experiment::read::curves::rounded;
use crate::finding::{Clue, Lineup, Reveal, Suspect};
use crate::seed::Seed;

/// For each suspect of a replicate that is tried together with the others, its kind and whether it is accused; nobody
/// where there are no probes.
pub(super) fn verdicts(reading: &Reading, replicate: usize) -> Vec<(Kind, bool)> {
    let mut taken: Vec<&Row> = Vec::new();
    let mut found: Vec<(Kind, f64)> = Vec::new();
    for kind in Kind::LINEUP {
        let free =
            |row: &&Row| row.trial.replicate == replicate && !taken.iter().any(|other| std::ptr::eq(*other, *row));
        let Some(row) = reading.of(kind, reading.last()).into_iter().find(free) else { continue };
        let Some(p_value) = reading.p_among(row, reading.last(), Rung::Probes) else { continue };
        taken.push(row);
        found.push((kind, p_value));
    }
    let adjusted = holm(&found.iter().map(|(_, p_value)| *p_value).collect::<Vec<_>>());
    found.iter().zip(adjusted).map(|((kind, _), adjusted)| (*kind, accuses(adjusted))).collect()
}

/// Every suspect of the run without its name, in an order of chance, and the answers apart.
pub(super) fn everybody(reading: &Reading) -> Option<Lineup> {
    let each = Kind::ALL.into_iter().flat_map(|kind| {
        let at = kind.budgets(&reading.budgets).into_iter();
        at.flat_map(move |budget| reading.of(kind, budget)).map(move |row| (kind, row))
    });
    let mut all: Vec<(Kind, &Row)> = each.filter(|(_, row)| row.own.probes > 0).collect();
    all.shuffle(&mut Seed::new(reading.plan.seed()).child("line-up").stream());
    let anonymous = |(place, (_, row)): (usize, &(Kind, &Row))| {
        let evidence = Rung::LADDER.into_iter().filter_map(|rung| clue(reading, row, rung)).collect();
        let p_value = reading.p_among(row, row.own.against, Rung::Probes)?;
        Some(Suspect {
            name: (place + 1).to_string(),
            replicate: row.trial.replicate,
            examples: row.trial.budget?,
            probes: row.own.probes,
            references: reading.references(row.trial.replicate, row.own.against, Rung::Probes).len(),
            evidence,
            p_value: rounded(p_value),
        })
    };
    let reveal = |(place, (kind, row)): (usize, &(Kind, &Row))| Reveal {
        name: (place + 1).to_string(),
        arm: kind.arm().to_owned(),
        made: kind.made(reading.plan),
        questions: row.trial.queries,
    };
    (!all.is_empty()).then_some(Lineup {
        question: "Which of these learned from the teacher's answers?".to_owned(),
        level: LEVEL,
        suspects: all.iter().enumerate().map(anonymous).collect::<Option<_>>()?,
        answers: all.iter().enumerate().map(reveal).collect(),
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
