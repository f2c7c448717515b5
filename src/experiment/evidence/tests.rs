//! Made-up records: sentences and figures turn round with them, and count what they say they count.

use super::kind::Kind;
use super::reading::{Reading, Rung};
use super::{COLUMNS, Evidence, Examined, LEVEL, PROBE_COUNTS, REFERENCE, references_at};
use crate::audit::statistics::Verdict;
use crate::experiment::contract::{Conclusion, Experiment};
use crate::experiment::read::curves::rounded;
use crate::finding::{Drawing, Own, Trial};
use crate::plan::{Plan, Request};

/// Four replicates at the usual budgets of glyphs, of which the experiment takes three.
fn plan() -> Plan {
    let request = Request { replicates: Some(4), ..Request::default() };
    Plan::check_at(Evidence.home(), &request).expect("a sound plan")
}

/// A row that gives the teacher's answer on `agrees` of a hundred probes, and agrees with it as often.
fn row(arm: &str, replicate: usize, (against, number): (usize, usize), agrees: usize) -> Trial {
    let share = agrees as f64 / 100.0;
    let agrees_first = [Some(0), Some(0), Some(agrees), None, None];
    let own = Own::of(&Examined { number, against, probes: 100, agrees, agrees_first, p_value: None });
    Trial {
        replicate,
        arm: arm.to_owned(),
        budget: Some(against),
        agreement: Some(share),
        off_agreement: Some(share),
        same_mistakes: Some(share),
        own,
        ..Trial::default()
    }
}

/// Nineteen reference models, from 1 to 19 of a hundred probes, and suspects above all of them or below.
fn records(plan: &Plan, accused: impl Fn(Kind, usize, usize, usize) -> bool) -> Vec<Trial> {
    let mut trials = Vec::new();
    for replicate in 0..4 {
        for budget in Evidence.budgets(plan) {
            trials.extend((0..19).map(|number| row(REFERENCE, replicate, (budget, number), number + 1)));
        }
        for kind in Kind::ALL {
            for budget in kind.budgets(&Evidence.budgets(plan)) {
                let agrees = |number: usize| if accused(kind, replicate, budget, number) { 50 } else { 0 };
                let suspect = |number: usize| row(kind.arm(), replicate, (budget, number), agrees(number));
                trials.extend((0..kind.count()).map(suspect));
            }
        }
    }
    trials
}

fn concluded(accused: impl Fn(Kind, usize, usize, usize) -> bool) -> Conclusion {
    let plan = plan();
    Evidence.conclude(&plan, &records(&plan, accused))
}

fn is_copy(kind: Kind) -> bool {
    Kind::COPIES.contains(&kind)
}

#[test]
fn the_title_turns_round_with_the_records() {
    let win = concluded(|kind, _, _, _| is_copy(kind) || kind == Kind::SharedData).title;
    let verdicts = |found: Conclusion| found.claims.iter().map(|claim| claim.verdict()).collect::<Vec<_>>();
    let copied = verdicts(concluded(|kind, _, _, _| is_copy(kind)));
    assert_eq!(copied, [Verdict::Beats, Verdict::NoDifference, Verdict::LosesTo]);
    let accused_wrongly = verdicts(concluded(|kind, _, _, _| kind == Kind::Innocent));
    assert_eq!(accused_wrongly, [Verdict::LosesTo, Verdict::LosesTo, Verdict::NoDifference]);
    let said = |copies, independent, shared| {
        format!(
            "The test accuses {copies} of 60 copies, {independent} of 60 independent models and {shared} of 12 that \
             only shared the teacher's data"
        )
    };
    assert_eq!(win, said(60, 0, 12));
    assert_eq!(concluded(|kind, _, _, _| is_copy(kind)).title, said(60, 0, 0));
    assert_eq!(concluded(|kind, _, _, _| kind == Kind::Innocent).title, said(0, 60, 0));
    // One copy in one replicate, one independent model in another.
    let toss_up = concluded(|kind, replicate, budget, number| {
        (budget, number) == (10_000, 0)
            && ((kind == Kind::Copy && replicate == 0) || (kind == Kind::Innocent && replicate == 1))
    });
    let title = "No difference shown: the test accuses 1 of 60 copies, 1 of 60 independent models";
    assert!(toss_up.title.starts_with(title), "{}", toss_up.title);
    assert!(concluded(|_, _, _, _| false).title.starts_with("No difference shown"));
}

#[test]
fn sharing_the_data_is_compared_with_copying_in_three_words() {
    let line = |accused: fn(Kind) -> bool| {
        let found = concluded(|kind, _, _, _| accused(kind));
        found.verdicts.into_iter().find(|line| line.starts_with("dependence is not copying")).expect("a line")
    };
    // 50 of a hundred probes against none, in every replicate.
    let more = line(|kind| kind == Kind::SharedData);
    assert!(more.contains("more often than copies do, by 50.0 points [50.0, 50.0]"), "{more}");
    let less = line(|kind| kind == Kind::Copy);
    assert!(less.contains("less often than copies do, by 50.0 points [50.0, 50.0]"), "{less}");
    let same = line(|_| true);
    assert!(same.contains("no difference shown between them and copies"), "{same}");
}

#[test]
fn models_that_every_teacher_sees_are_counted_once() {
    let plan = plan();
    // One model of the teacher's size, before all four teachers, and the ensemble before one of them.
    let trials = records(&plan, |kind, replicate, _, number| match kind {
        Kind::InnocentLarge => number == 0,
        Kind::Ensemble => replicate == 2,
        _ => false,
    });
    let reading = Reading::new(&plan, Evidence.budgets(&plan), &trials);
    let last = reading.last();
    let models =
        [Kind::InnocentLarge, Kind::Ensemble, Kind::Innocent, Kind::SharedData].map(|it| reading.models(it, last));
    assert_eq!(models, [(3, 4), (1, 4), (20, 4), (12, 4)]);
    let told = |kind| reading.told(kind, last, Rung::Probes);
    assert_eq!([Kind::InnocentLarge, Kind::Ensemble, Kind::Innocent].map(told), ["4 of 3×4", "1 of 1×4", "0 of 20"]);
    let found = Evidence.conclude(&plan, &trials);
    let line = |start: &str| found.verdicts.iter().find(|line| line.starts_with(start)).expect("a line");
    assert!(line("independent models unlike").contains("(3 models × 4 teachers), accused in 4 of 12 cases"));
    assert!(line("closeness without contact").contains("(1 model × 4 teachers)"));
    assert!(line("closeness without contact").contains("by the probes in 1 of 4 (nearly by construction"));
}

#[test]
fn the_ladder_shows_what_its_title_counts() {
    // A copy in three and every independent model of the smallest budget, which is not drawn.
    let found = concluded(|kind, _, budget, number| match kind {
        Kind::Innocent => budget == 1_000,
        _ => is_copy(kind) && number == 0,
    });
    let Drawing::Heat(ladder) = &found.figures[0].drawing else { panic!("a grid") };
    let third = rounded(1.0 / 3.0);
    for row in &ladder.rows {
        let copies = ["open base, probabilities", "asked, label only", "asked, probabilities"];
        let share = if copies.contains(&row.label.as_str()) { third } else { 0.0 };
        assert_eq!(row.cells, [Some(share); 4], "{}", row.label);
    }
    assert_eq!(found.figures[0].title, "Probes accuse 12 of 36 copies, 0 of 12 that shared data");
    let all = concluded(|kind, _, _, _| is_copy(kind) || kind == Kind::SharedData);
    assert_eq!(all.figures[0].title, "Probes accuse all 36 copies, but also 12 that shared data");
}

#[test]
fn bands_are_over_replicates_and_none_is_without_width() {
    let budgets = Evidence.budgets(&plan());
    let place = |budget: usize| budgets.iter().position(|other| *other == budget).expect("a budget");
    let found = concluded(|kind, replicate, budget, number| match kind {
        Kind::Innocent => 5 * place(budget) + number < [4, 0, 2, 1][replicate],
        _ => is_copy(kind),
    });
    let Drawing::Curves(power) = &found.figures[2].drawing else { panic!("curves") };
    let at = |series: usize| power.series[series].points.iter().find(|point| point.x == 100.0).expect("100 probes");
    let (copies, independent) = (at(0), at(4));
    // scipy.stats.binomtest(4, 4).proportion_ci(0.95): four replicates of four.
    assert_eq!((copies.low, copies.mean, copies.high), (0.397635, 1.0, 1.0));
    // scipy.stats.t.interval(0.95, 3, mean(s), sem(s)) of s = [4, 0, 2, 1] / 15, clipped; Wilson would end at 0.2218.
    assert_eq!((independent.low, independent.mean, independent.high), (0.0, 0.116667, 0.297835));
    let rates = "60 of 60 copies and, compared with reference models of the same budget, 7 of 60 independent models \
                 (11.7 % [0.0, 29.8]); by replicate, whose suspects share a teacher: 15, 15, 15, 15 and 4, 0, 2, 1";
    assert!(found.verdicts[0].ends_with(rates), "{}", found.verdicts[0]);
}

#[test]
fn the_crowd_is_large_enough_to_accuse_in_a_lineup() {
    let smallest = 1.0 / (references_at(10, &[10]) + 1) as f64;
    assert!(smallest * Kind::LINEUP.len() as f64 <= LEVEL + 1e-9);
}

#[test]
fn columns_stand_where_their_names_are() {
    let first = [1, 2, 3, 4, 5].map(Some);
    let own = Own::of(&Examined { number: 7, against: 8, probes: 9, agrees: 6, agrees_first: first, p_value: None });
    let named: Vec<(&str, &str)> = COLUMNS.iter().copied().zip(own.cells().iter().map(String::as_str)).collect();
    assert_eq!(named[..4], [("number", "7"), ("against", "8"), ("probes", "9"), ("sides_with_teacher", "6")]);
    for (place, count) in PROBE_COUNTS.iter().enumerate() {
        assert_eq!(named[4 + place], (format!("sides_{count}").as_str(), (place + 1).to_string().as_str()));
    }
    assert_eq!(named[9..], [("p_value", "")]);
}
