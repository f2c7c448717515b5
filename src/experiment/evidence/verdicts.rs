//! What the records say, in words: title, verdict lines and table.

use super::kind::Kind;
use super::reading::{Accused, Reading, Rung};
use super::{LEVEL, PROBE_COUNTS, lineup};
use crate::audit::statistics::{Estimate, Verdict, estimate, paired_difference, share_of};
use crate::experiment::telling::cell;
use crate::finding::Table;
use crate::words::{percent, points, thousands};

/// A number of probes is enough where this share of copies is accused.
const ENOUGH: f64 = 0.8;

pub(super) fn title(reading: &Reading) -> String {
    let copies = reading.accused_of(&Kind::COPIES, Rung::Probes);
    let innocents = reading.accused_of(&[Kind::Innocent], Rung::Probes);
    if copies.all == 0 {
        return "The teacher never stands alone: there is nothing to ask a suspect".to_owned();
    }
    let opening = format!("The test accuses {} copies, {} innocents", of(copies), of(innocents));
    let shared = reading.accused(Kind::SharedData, reading.last(), Rung::Probes);
    let ending = match shared_against_copy(reading) {
        Some(gap) if Verdict::of(gap) == Verdict::Beats => {
            ", and whoever only shared the teacher's data sides with it more often still".to_owned()
        }
        _ => format!(", and {} that shared the teacher's data and never asked", of(shared)),
    };
    opening + &ending
}

pub(super) fn verdicts(reading: &Reading) -> Vec<String> {
    if reading.accused_of(&Kind::COPIES, Rung::Probes).all == 0 {
        return vec!["no world has a probe: teacher and references never differ where the references agree".to_owned()];
    }
    let lines = [
        Some(rates(reading)),
        Some(ladder(reading)),
        shared(reading),
        scraped(reading),
        unmatched(reading),
        other_innocents(reading),
        Some(enough_probes(reading)),
        Some(lineups(reading)),
    ];
    lines.into_iter().flatten().collect()
}

/// "3 of 60".
fn of(Accused { hits, all }: Accused) -> String {
    format!("{hits} of {all}")
}

/// "5.0 % [1.7, 13.7]".
fn rate(Accused { hits, all }: Accused) -> String {
    let Estimate { mean, low, high } = share_of(hits, all);
    format!("{} [{:.1}, {:.1}]", percent(mean), 100.0 * low, 100.0 * high)
}

fn rates(reading: &Reading) -> String {
    let (fewest, most) = reading.probes();
    let copies = reading.accused_of(&Kind::COPIES, Rung::Probes);
    let innocents = reading.accused_of(&[Kind::Innocent], Rung::Probes);
    format!(
        "asked {} to {} probes at a level of {:.0} %, the test accuses {} copies, {}, and {} innocents held against \
         their like, {}",
        thousands(fewest),
        thousands(most),
        100.0 * LEVEL,
        of(copies),
        rate(copies),
        of(innocents),
        rate(innocents)
    )
}

fn ladder(reading: &Reading) -> String {
    let rung = |rung: Rung| {
        let (copies, innocents) =
            (reading.accused_of(&Kind::COPIES, rung), reading.accused_of(&[Kind::Innocent], rung));
        let share = |Accused { hits, all }: Accused| 100.0 * hits as f64 / all.max(1) as f64;
        format!("{} {:.0} % ({:.0} %)", rung.label(), share(copies), share(innocents))
    };
    let rungs: Vec<String> = Rung::LADDER.into_iter().map(rung).collect();
    format!("copies accused (innocents accused) by rank on each rung: {}", rungs.join(", "))
}

/// Siding of those that share the teacher's data less that of copies, paired by world.
fn shared_against_copy(reading: &Reading) -> Option<Estimate> {
    let means = |kind: Kind| reading.means(kind, reading.last(), Rung::Probes);
    let (shared, copies) = (means(Kind::SharedData), means(Kind::Copy));
    (shared.len() == copies.len() && shared.len() > 1).then(|| paired_difference(&shared, &copies))
}

fn shared(reading: &Reading) -> Option<String> {
    let gap = shared_against_copy(reading)?;
    let accused = reading.accused(Kind::SharedData, reading.last(), Rung::Probes);
    let by_agreement = |kind: Kind| reading.accused(kind, reading.last(), Rung::Agreement);
    let compared = match Verdict::of(gap) {
        Verdict::Beats => "more often than copies do, by",
        Verdict::LosesTo => "less often than copies do:",
        Verdict::NoDifference => "about as often as copies do:",
    };
    let gap = points(gap.mean, gap.low, gap.high);
    Some(format!(
        "dependence is not copying: models trained on the teacher's own data, never having asked, are accused in {}; \
         they side with it {compared} {gap}; by agreement, {} of them are accused and {} copies",
        of(accused),
        of(by_agreement(Kind::SharedData)),
        of(by_agreement(Kind::Copy))
    ))
}

fn scraped(reading: &Reading) -> Option<String> {
    let accused = reading.accused(Kind::Scraped, reading.last(), Rung::Probes);
    (accused.all > 0)
        .then(|| format!("a tenth of the data scraped from the teacher: {} accused, {}", of(accused), rate(accused)))
}

/// Innocents of the smallest budget among the crowd of the largest.
fn unmatched(reading: &Reading) -> Option<String> {
    let (first, last) = (reading.budgets[0], reading.last());
    if first == last {
        return None;
    }
    let rows = reading.of(Kind::Innocent, first);
    let wrong: Vec<f64> = rows.iter().filter_map(|row| reading.p_among(row, last, Rung::Probes)).collect();
    let wrong = Accused::of(&wrong);
    let right = reading.accused(Kind::Innocent, first, Rung::Probes);
    Some(format!(
        "the wrong crowd: innocents with {} labels are accused in {} among innocents with {}, and in {} among their \
         like",
        thousands(first),
        of(wrong),
        thousands(last),
        of(right)
    ))
}

fn other_innocents(reading: &Reading) -> Option<String> {
    let large = reading.accused_of(&[Kind::InnocentLarge], Rung::Probes);
    let agreeing = reading.accused_of(&[Kind::InnocentLarge], Rung::Agreement);
    let base = reading.accused_of(&[Kind::InnocentBase], Rung::Probes);
    (large.all > 0 && base.all > 0).then(|| {
        format!(
            "innocents made unlike the crowd: {} of the teacher's size are accused (by agreement {}), and {} that \
             started from an open base",
            of(large),
            of(agreeing),
            of(base)
        )
    })
}

/// How many probes it takes, for each budget of a copier.
fn enough_probes(reading: &Reading) -> String {
    let need = |&budget: &usize| {
        // Not every world has as many probes as are looked for.
        let share = |(place, &count): (usize, &usize)| {
            let Accused { hits, all } = reading.accused(Kind::Copy, budget, Rung::First(place));
            (all > 0).then_some((count, hits as f64 / all as f64))
        };
        let tried: Vec<(usize, f64)> = PROBE_COUNTS.iter().enumerate().filter_map(share).collect();
        let probes = match (tried.iter().find(|(_, share)| *share >= ENOUGH), tried.last()) {
            (Some((enough, _)), _) => thousands(*enough),
            (None, Some((most, _))) => format!("more than {}", thousands(*most)),
            (None, None) => format!("more than the {} there are", thousands(reading.probes().1)),
        };
        format!("{probes} for one with {} questions", thousands(budget))
    };
    let needs: Vec<String> = reading.budgets.iter().map(need).collect();
    format!("probes to accuse {:.0} % of copiers: {}", 100.0 * ENOUGH, needs.join(", "))
}

fn lineups(reading: &Reading) -> String {
    let all: Vec<(Kind, bool)> = (0..reading.plan.replicates()).flat_map(|at| lineup::verdicts(reading, at)).collect();
    let accused = |kinds: &[Kind]| {
        let own = || all.iter().filter(|(kind, _)| kinds.contains(kind));
        of(Accused { hits: own().filter(|(_, accused)| *accused).count(), all: own().count() })
    };
    format!(
        "tried {} at a time with Holm's correction: {} copies, {} with shared data, {} that scraped and {} innocents \
         are accused",
        Kind::LINEUP.len(),
        accused(&Kind::COPIES),
        accused(&[Kind::SharedData]),
        accused(&[Kind::Scraped]),
        accused(&Kind::INNOCENT)
    )
}

/// One row for each kind at each budget: siding, and how many are accused on each rung.
pub(super) fn table(reading: &Reading) -> Table {
    let row = |kind: Kind, budget: usize| {
        let means = reading.means(kind, budget, Rung::Probes);
        let examples = reading.of(kind, budget).first().and_then(|row| row.trial.budget).unwrap_or(budget);
        let siding = cell((!means.is_empty()).then(|| estimate(&means)));
        let accused = Rung::LADDER.into_iter().map(|rung| of(reading.accused(kind, budget, rung)));
        [kind.label(reading.plan), thousands(examples), siding].into_iter().chain(accused).collect()
    };
    let head = ["suspect", "examples", "sides"].into_iter().chain(Rung::LADDER.map(Rung::label));
    Table {
        head: head.map(|head| head.replace("same ", "")).collect(),
        rows: Kind::ALL
            .into_iter()
            .flat_map(|kind| kind.budgets(&reading.budgets).into_iter().map(move |at| (kind, at)))
            .map(|(kind, at)| row(kind, at))
            .collect(),
    }
}
