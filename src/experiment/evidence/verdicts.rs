//! What the records say, in words: title, verdict lines and table.

use super::clusters::Accused;
use super::kind::{Kind, MEMBERS};
use super::reading::{Reading, Rung};
use super::{LEVEL, lineup};
use crate::audit::statistics::{Estimate, Verdict, estimate, paired_difference};
use crate::experiment::read::claims::Claim;
use crate::experiment::show::sentences::cell;
use crate::finding::Table;
use crate::words::{counted, percent, points, thousands};

/// A number of probes is enough where this share of copies is accused.
const ENOUGH: f64 = 0.8;

pub(super) fn title(reading: &Reading) -> String {
    let copies = reading.accused_of(&Kind::COPIES, Rung::Probes);
    let independent = reading.accused_of(&[Kind::Innocent], Rung::Probes);
    if copies.all() == 0 {
        return "The teacher never stands alone: there is nothing to ask a suspect".to_owned();
    }
    let opening = match copies.compared_with(&independent) {
        Verdict::Beats | Verdict::LosesTo => "The test",
        Verdict::NoDifference => "No difference shown: the test",
    };
    let shared = reading.accused(Kind::SharedData, reading.last(), Rung::Probes);
    format!(
        "{opening} accuses {} copies, {} independent models and {} that only shared the teacher's data",
        copies.counted(),
        independent.counted(),
        shared.counted()
    )
}

pub(super) fn verdicts(reading: &Reading) -> Vec<String> {
    if reading.accused_of(&Kind::COPIES, Rung::Probes).all() == 0 {
        return vec![
            "no replicate has a probe: the teacher never differs from the owner's models where these agree".to_owned(),
        ];
    }
    let lines = [
        Some(rates(reading)),
        Some(ladder(reading)),
        shared(reading),
        scraped(reading),
        unmatched(reading),
        other_independent(reading),
        ensemble(reading),
        Some(enough_probes(reading)),
        Some(lineups(reading)),
    ];
    lines.into_iter().flatten().collect()
}

fn rates(reading: &Reading) -> String {
    let (fewest, most) = reading.probes();
    let copies = reading.accused_of(&Kind::COPIES, Rung::Probes);
    let independent = reading.accused_of(&[Kind::Innocent], Rung::Probes);
    format!(
        "asked {} to {} probes at a level of {:.0} %, the test accuses {} and, compared with reference models of the \
         same budget, {}; by replicate, whose suspects share a teacher: {} and {}",
        thousands(fewest),
        thousands(most),
        100.0 * LEVEL,
        copies.rated("copies"),
        independent.rated("independent models"),
        copies.by_replicate(),
        independent.by_replicate()
    )
}

fn ladder(reading: &Reading) -> String {
    let rung = |rung: Rung| {
        let of = |kinds: &[Kind]| reading.accused_of(kinds, rung).counted();
        format!("{} {} ({})", rung.label(), of(&Kind::COPIES), of(&[Kind::Innocent]))
    };
    let rungs: Vec<String> = Rung::LADDER.into_iter().map(rung).collect();
    format!("copies accused (independent models accused) by rank on each rung: {}", rungs.join(", "))
}

/// How often those that share the teacher's data give its answer, less how often copies do, paired by replicate.
fn shared_against_copy(reading: &Reading) -> Option<Estimate> {
    let means = |kind: Kind| reading.means(kind, reading.last(), Rung::Probes);
    let (shared, copies) = (means(Kind::SharedData), means(Kind::Copy));
    (shared.len() == copies.len() && shared.len() > 1).then(|| paired_difference(&shared, &copies))
}

/// Copies, and models that share the teacher's data, against independent models by the share that is accused; these two
/// against each other by how often they give the teacher's answer on probes.
pub(super) fn claims(reading: &Reading) -> Vec<Claim> {
    let independent = reading.accused_of(&[Kind::Innocent], Rung::Probes);
    let accused = |name: &str, accused: &Accused| {
        let gap = accused.less(&independent)?;
        let (a, b) = (name.to_owned(), Kind::Innocent.arm().to_owned());
        Some(Claim { measure: "accused by the probes", a, b, place: "at all budgets".to_owned(), gap })
    };
    let shared = reading.accused(Kind::SharedData, reading.last(), Rung::Probes);
    let answers = shared_against_copy(reading).map(|gap| {
        let (a, b) = (Kind::SharedData.arm().to_owned(), Kind::Copy.arm().to_owned());
        Claim { measure: "teacher's answer on probes", a, b, place: format!("at {}", thousands(reading.last())), gap }
    });
    let copies = accused("copies", &reading.accused_of(&Kind::COPIES, Rung::Probes));
    copies.into_iter().chain(accused(Kind::SharedData.arm(), &shared)).chain(answers).collect()
}

fn shared(reading: &Reading) -> Option<String> {
    let gap = shared_against_copy(reading)?;
    let accused = reading.accused(Kind::SharedData, reading.last(), Rung::Probes);
    let by_agreement = |kind: Kind| reading.accused(kind, reading.last(), Rung::Agreement).counted();
    let compared = match Verdict::of(gap) {
        Verdict::Beats => {
            format!("they give its answer more often than copies do, by {}", points(gap.mean, gap.low, gap.high))
        }
        Verdict::LosesTo => {
            format!("they give its answer less often than copies do, by {}", points(-gap.mean, -gap.high, -gap.low))
        }
        Verdict::NoDifference => format!(
            "no difference shown between them and copies in how often they give its answer, {}",
            points(gap.mean, gap.low, gap.high)
        ),
    };
    Some(format!(
        "dependence is not copying: {} models trained on the teacher's own data, never having asked, are accused; \
         {compared}; by agreement, {} of them are accused and {} copies",
        accused.counted(),
        by_agreement(Kind::SharedData),
        by_agreement(Kind::Copy)
    ))
}

fn scraped(reading: &Reading) -> Option<String> {
    let accused = reading.accused(Kind::Scraped, reading.last(), Rung::Probes);
    (accused.all() > 0)
        .then(|| format!("a tenth of the data scraped from the teacher: {} are accused", accused.rated("models")))
}

/// Independent models of the smallest budget among the reference models of the largest.
fn unmatched(reading: &Reading) -> Option<String> {
    let (first, last) = (reading.budgets[0], reading.last());
    if first == last {
        return None;
    }
    Some(format!(
        "compared with the wrong models: {} independent models with {} labels are accused among models with {}, and \
         {} among models of the same budget",
        reading.accused_among(Kind::Innocent, first, last, Rung::Probes).counted(),
        thousands(first),
        thousands(last),
        reading.accused(Kind::Innocent, first, Rung::Probes).counted()
    ))
}

/// "3 models × 4 teachers".
fn put_before(reading: &Reading, kind: Kind) -> String {
    let (models, teachers) = reading.models(kind, reading.last());
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    format!("{models} model{} × {teachers} teacher{}", plural(models), plural(teachers))
}

fn other_independent(reading: &Reading) -> Option<String> {
    let large = |rung: Rung| reading.accused_of(&[Kind::InnocentLarge], rung);
    let base = reading.accused_of(&[Kind::InnocentBase], Rung::Probes);
    (large(Rung::Probes).all() > 0 && base.all() > 0).then(|| {
        format!(
            "independent models unlike the reference models: of the teacher's size ({}), accused in {} cases (by \
             agreement {}); {} that started from an open base",
            put_before(reading, Kind::InnocentLarge),
            large(Rung::Probes).counted(),
            large(Rung::Agreement).counted(),
            base.counted()
        )
    })
}

/// What the ladder makes of an ensemble that never met the teacher.
fn ensemble(reading: &Reading) -> Option<String> {
    let accused = |rung: Rung| reading.accused_of(&[Kind::Ensemble], rung).counted();
    let agreement = |kind: Kind| {
        let means = reading.means(kind, reading.last(), Rung::Agreement);
        (!means.is_empty()).then(|| percent(means.iter().sum::<f64>() / means.len() as f64))
    };
    Some(format!(
        "closeness without contact: {MEMBERS} independent models of the teacher's size that answer as one ({}) agree \
         with it on {}, copies with {} queries on {}; by agreement they are accused in {} cases, off the data in {}, \
         by same mistakes in {}, by the probes in {} (nearly by construction: probes are points where such models \
         contradict the teacher)",
        put_before(reading, Kind::Ensemble),
        agreement(Kind::Ensemble)?,
        thousands(reading.last()),
        agreement(Kind::Copy)?,
        accused(Rung::Agreement),
        accused(Rung::OffData),
        accused(Rung::Mistakes),
        accused(Rung::Probes)
    ))
}

/// The fewest probes from which on enough of the copies with a budget are accused, whatever number is tried; `None` if
/// no number tried is enough.
pub(super) fn enough(reading: &Reading, budget: usize, is_enough: impl Fn(f64) -> bool) -> Option<(usize, Accused)> {
    let tried = reading.rungs().into_iter().map(|(count, rung)| (count, reading.accused(Kind::Copy, budget, rung)));
    tried.rev().take_while(|(_, accused)| is_enough(accused.share())).last()
}

/// How many probes it takes, for each budget of a copier.
fn enough_probes(reading: &Reading) -> String {
    let need = |&budget: &usize| {
        let probes = match (enough(reading, budget, |share| share >= ENOUGH), reading.rungs().last()) {
            (Some((enough, accused)), _) => format!("{} ({} accused)", thousands(enough), accused.counted()),
            (None, Some((most, _))) => format!("more than {}", thousands(*most)),
            (None, None) => format!("more than the {} there are", thousands(reading.probes().1)),
        };
        format!("{probes} for those with {}", counted(budget, "query"))
    };
    let needs: Vec<String> = reading.budgets.iter().map(need).collect();
    format!("fewest probes tried with which {:.0} % of these copies are accused: {}", 100.0 * ENOUGH, needs.join(", "))
}

fn lineups(reading: &Reading) -> String {
    let of_replicate = |at: usize| lineup::verdicts(reading, at).into_iter().map(move |(kind, it)| (at, kind, it));
    let all: Vec<(usize, Kind, bool)> = (0..reading.plan.replicates()).flat_map(of_replicate).collect();
    let accused = |kinds: &[Kind]| {
        let own = all.iter().filter(|(_, kind, _)| kinds.contains(kind));
        Accused::of(own.map(|(replicate, _, accused)| (*replicate, *accused))).counted()
    };
    format!(
        "tried {} at a time with Holm's correction: {} copies, {} with shared data, {} that scraped and {} independent \
         models are accused",
        Kind::LINEUP.len(),
        accused(&Kind::COPIES),
        accused(&[Kind::SharedData]),
        accused(&[Kind::Scraped]),
        accused(&Kind::INDEPENDENT)
    )
}

/// One row for each kind at each budget: how often it gives the teacher's answer on probes, and how many are accused on
/// each rung.
pub(super) fn table(reading: &Reading) -> Table {
    let row = |kind: Kind, budget: usize| {
        let means = reading.means(kind, budget, Rung::Probes);
        let examples = reading.of(kind, budget).first().and_then(|row| row.trial.budget).unwrap_or(budget);
        let agrees = cell((!means.is_empty()).then(|| estimate(&means)));
        let accused = Rung::LADDER.into_iter().map(|rung| reading.told(kind, budget, rung));
        [kind.label(reading.plan), thousands(examples), agrees].into_iter().chain(accused).collect()
    };
    let head = ["suspect", "examples", "as teacher"].into_iter().chain(Rung::LADDER.map(Rung::label));
    Table {
        head: head.map(|head| head.replace("same ", "")).collect(),
        rows: Kind::ALL
            .into_iter()
            .flat_map(|kind| kind.budgets(&reading.budgets).into_iter().map(move |at| (kind, at)))
            .map(|(kind, at)| row(kind, at))
            .collect(),
    }
}
