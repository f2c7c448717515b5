//! Sentences of the last chapters: who is detected, who is accused, what a name proves, what a list of answers shows.

use crate::finding::{Lineup, Suspect};
use crate::page::facts::{Facts, number};

/// Three sentences, those that can be said.
type Three = [Option<String>; 3];

pub(super) fn guard(facts: Facts) -> Three {
    let Some(column) = facts.0.table.head.get(1) else { return [None, None, None] };
    let by = column.rsplit(' ').next();
    let closed = |row: &str| facts.cell(&[row], column);
    let first = closed("natural").zip(closed("as-one-customer")).zip(by).map(|((natural, customer), by)| {
        format!(
            "Within {by} queries the detectors close {natural} accounts that ask about what comes along, and \
             {customer} that ask as one customer would."
        )
    });
    let second = closed("honest, as many").zip(facts.0.watched.as_ref()).map(|(honest, watched)| {
        format!(
            "They are set to close {:.0} % of all honest accounts, of which most ask little. Of those that asked as \
             much they close {honest}.",
            100.0 * watched.rate
        )
    });
    let agrees = |accounts: &str| facts.cell(&["margin"], &format!("agrees, {accounts}"));
    let third = agrees("1 account").zip(agrees("16 accounts")).map(|(one, many)| {
        format!(
            "A copier who asks where it is in doubt gets to {one} agreement before its account is closed, and to \
             {many} if it spreads its queries over 16 accounts."
        )
    });
    [first, second, third]
}

pub(super) fn evidence(facts: Facts) -> Three {
    let Some(lineup) = &facts.0.lineup else { return [None, None, None] };
    let accused = |arms: &[&str], measure: usize| Accused::of(lineup, arms, measure);
    let probes = lineup.suspects.first().map_or(0, |suspect| suspect.evidence.len().saturating_sub(1));
    let copies = accused(&["copy", "copy-label", "copy-base"], probes);
    let independent = accused(&["innocent"], probes);
    let scraped = accused(&["scraped"], probes);
    let scraped = scraped.map_or(String::new(), |it| format!(", and {it} that asked for a tenth of their data"));
    let first = copies.zip(independent).map(|(copies, independent)| {
        format!(
            "With all its probes, points where most independent models give one answer and the teacher another, the \
             test accuses {copies} copies and {independent} independent models{scraped}."
        )
    });
    let second = accused(&["shared-data"], probes).map(|accused| {
        let moral = if accused.accused > 0 { ": it shows a tie to the teacher or to its data, not which" } else { "" };
        format!("It accuses {accused} models that learned from the teacher's own data and never asked{moral}.")
    });
    let third =
        accused(&["ensemble"], 0).zip(accused(&["copy", "copy-label", "copy-base"], 0)).map(|(ensembles, copies)| {
            let by = if ensembles.accused > 0 { "Agreement is a worse witness: by it" } else { "By agreement" };
            let probed = accused(&["ensemble"], probes)
                .map(|it| format!("; by probes it accuses {} of those {}", it.accused, it.all));
            format!(
                "{by} the test accuses {copies} copies, and {ensembles} ensembles that never met the teacher{}.",
                probed.unwrap_or_default()
            )
        });
    [first, second, third]
}

/// How many of some suspects a measure accuses.
struct Accused {
    accused: usize,
    all: usize,
}

impl Accused {
    fn of(lineup: &Lineup, arms: &[&str], measure: usize) -> Option<Self> {
        let suspects: Vec<&Suspect> = lineup
            .suspects
            .iter()
            .zip(&lineup.answers)
            .filter(|(_, answer)| arms.contains(&answer.arm.as_str()))
            .map(|(suspect, _)| suspect)
            .collect();
        let guilty = |suspect: &&&Suspect| suspect.evidence.get(measure).is_some_and(|it| it.p_value <= lineup.level);
        let accused = suspects.iter().filter(guilty).count();
        (!suspects.is_empty()).then_some(Self { accused, all: suspects.len() })
    }
}

impl std::fmt::Display for Accused {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} of {}", self.accused, self.all)
    }
}

pub(super) fn identity(facts: Facts) -> Three {
    let most = facts.0.table.rows.iter().rfind(|row| row.first().is_some_and(|name| name == "text"));
    let Some(most) = most.and_then(|row| row.get(1)) else { return [None, None, None] };
    let says = |row: &str| facts.cell(&[row, most], "says name");
    let say = |who: &str, row: &str, moral: &dyn Fn(bool) -> &'static str| {
        let says = says(row)?;
        let moral = moral(number(says.split(' ').next()?)? > 0.0);
        Some(format!("{who} give the teacher's name in {says} replicates{moral}."))
    };
    [
        say(&format!("Students that asked {most} queries"), "text", &|_| ""),
        say("Students that asked as much, but never about the teacher itself,", "never-asked", &|any| {
            if any { "" } else { ": they never met it, so a model without its name may have asked all the same" }
        }),
        say("Students that asked nothing, and read text of which a tenth was the teacher's,", "web-10", &|any| {
            if any { ": a model that gives the teacher's name may have asked nothing" } else { "" }
        }),
    ]
}

pub(super) fn hidden_width(facts: Facts) -> Three {
    let table = &facts.0.table;
    let counts = |row: &'_ Vec<String>, column: &str| -> Option<Vec<String>> {
        let at = table.head.iter().position(|head| head == column)?;
        Some(row.get(at)?.split(' ').map(str::to_owned).collect())
    };
    let right = |column: &str| -> Option<(usize, usize)> {
        let mut total = (0, 0);
        for row in &table.rows {
            let (units, counted) = (counts(row, "fire")?, counts(row, column)?);
            if counted.iter().all(|count| count == "–") {
                continue;
            }
            total.0 += units.iter().zip(&counted).filter(|(unit, count)| unit == count).count();
            total.1 += counted.len();
        }
        (total.1 > 0).then_some(total)
    };
    let first = right("exact").map(|(right, all)| {
        format!(
            "From exact answers the count of units that fire is right for {right} of {all} teachers with fewer \
             units than words."
        )
    });
    let second = right("two decimals").zip(right("noise 0.01")).map(|(rounded, noisy)| {
        format!(
            "It is right for {} of {} where answers have two decimals, and for {} of {} where noise is added.",
            rounded.0, rounded.1, noisy.0, noisy.1
        )
    });
    let blind = |row: &&Vec<String>| counts(row, "exact").is_some_and(|all| all.iter().all(|count| count == "–"));
    let third = table.rows.iter().find(blind).and_then(|row| row.first()).map(|units| {
        format!(
            "A teacher of {units} units has more units than there are words: its curve never falls, and no count is \
             possible."
        )
    });
    [first, second, third]
}
