//! The finding of `guard` turns round with its records, and says how many accounts they hold.

use super::records::{played, watched};
use super::*;
use crate::audit::statistics::Verdict;
use crate::oracle::guard::DETECTORS;
use crate::plan::Request;

fn plan(change: impl FnOnce(&mut Request)) -> Result<Plan, PlanError> {
    let mut request = Request { data: Some("glyphs".to_owned()), ..Request::default() };
    change(&mut request);
    let plan = Plan::check_at(GuardExperiment.home(), &request)?;
    GuardExperiment.check(&plan).map(|()| plan)
}

/// Of 40 honest accounts a replicate that asked as many, these are closed.
const HONEST_CLOSED: [usize; 4] = [4, 2, 3, 3];

/// Records in which class-mix and all detectors together close these numbers of eight accounts of each copier in each
/// replicate, whatever the look and the rate, and the other detectors nobody's.
fn records(closed_of: impl Fn(&str) -> [usize; 4]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (replicate, honest_closed) in HONEST_CLOSED.into_iter().enumerate() {
        let mut say = |row: Trial| trials.push(Trial { replicate, ..row });
        for detector in DETECTORS.iter().map(|(name, _)| *name).chain([ALL]) {
            let works = usize::from(["class-mix", ALL].contains(&detector));
            for (rate, look) in RATES.into_iter().flat_map(|rate| LOOKS.map(|look| (rate, look))) {
                let place = (detector, rate, look);
                say(watched(HONEST, place, works * (20 + replicate), 500));
                say(watched(AS_MANY, place, works * honest_closed, 40));
                for copier in COPIERS {
                    say(watched(copier, place, works * closed_of(copier)[replicate], 8));
                }
            }
        }
        for (at, copier) in COPIERS.into_iter().enumerate() {
            for (rate, accounts) in GAME_RATES.into_iter().flat_map(|rate| ACCOUNTS.map(|accounts| (rate, accounts))) {
                let agreement = Some(0.3 + 0.01 * (at * accounts + replicate) as f64);
                let student = Trial { arm: copier.to_owned(), budget: Some(1778), agreement, ..Trial::default() };
                say(played(Trial { queries: 100, ..student }, rate, 0, accounts));
            }
        }
    }
    trials
}

/// The title and the verdict about the copier `margin`, of which these numbers are closed in each replicate; nobody
/// else's.
fn said(closed: [usize; 4]) -> (String, String) {
    let trials = records(|copier| if copier == "margin" { closed } else { [0; 4] });
    let Conclusion { title, verdicts, claims, .. } = GuardExperiment.conclude(&plan(|_| ()).unwrap(), &trials);
    let claim = claims.iter().find(|claim| claim.a == "margin").expect("a claim for every copier");
    assert_eq!(claim.verdict() == Verdict::LosesTo, closed == [0; 4], "{claim:?}");
    assert_eq!(claim.verdict() == Verdict::Beats, closed.iter().all(|&closed| closed >= 2), "{claim:?}");
    let margin = verdicts.into_iter().find(|verdict| verdict.starts_with("margin: ")).expect("a verdict");
    (title, margin)
}

#[test]
fn the_title_turns_with_the_records() {
    let (title, margin) = said([8, 8, 7, 8]);
    assert_eq!(title, "1 of 7 kinds of copier is detected within 400 queries");
    assert!(margin.starts_with("margin: detected; 31 of 32 accounts closed within 400 queries"), "{margin}");
    assert!(margin.contains("most by class-mix alone"), "{margin}");

    // Half of its accounts, but all of them in two replicates and none in the others: t₀.₉₇₅(3) = 3.18 standard errors
    // of 0.29 reach below what is closed of honest accounts.
    let (title, margin) = said([0, 8, 0, 8]);
    assert_eq!(title, "No kind of copier is shown to be detected within 400 queries");
    assert!(margin.starts_with("margin: no difference from honest accounts shown; 16 of 32"), "{margin}");

    // A quarter in every replicate is more than 7.5 % of honest accounts, and yet three of four get through.
    let (title, margin) = said([2; 4]);
    assert_eq!(title, "No kind of copier is shown to be detected within 400 queries");
    assert!(margin.starts_with("margin: closed more often than honest accounts"), "{margin}");

    let (_, margin) = said([0; 4]);
    assert!(margin.starts_with("margin: closed less often than honest accounts; 0 of 32"), "{margin}");

    let everybody = records(|_| [8; 4]);
    let title = GuardExperiment.conclude(&plan(|_| ()).unwrap(), &everybody).title;
    assert_eq!(title, "7 of 7 kinds of copier are detected within 400 queries");
}

#[test]
fn one_replicate_shows_no_difference() {
    let mut trials = records(|_| [8; 4]);
    trials.retain(|trial| trial.replicate == 0);
    let title = GuardExperiment.conclude(&plan(|request| request.replicates = Some(1)).unwrap(), &trials).title;
    assert_eq!(title, "No kind of copier is shown to be detected within 400 queries");
}

#[test]
fn intervals_are_of_replicates_and_stay_within_all_and_nothing() {
    let trials = records(|_| [8, 8, 7, 8]);
    let share = |arm: &str| records::Records::of(&trials).share(arm, (ALL, RATE, 400)).unwrap();
    // Shares 1, 1, 7/8, 1: mean 31/32, s = 1/16, t₀.₉₇₅(3) = 3.18245: 31/32 − 3.18245 / 32, and no more than all.
    assert!((share("natural").low - (31.0 - 3.182_45) / 32.0).abs() < 1e-5);
    assert_eq!(share("natural").high, 1.0);
    // 20, 21, 22, 23 of 500: mean 0.043, s = √(5/3) / 500.
    assert!((share(HONEST).high - (0.043 + 3.182_45 * (5.0f64 / 3.0).sqrt() / 1000.0)).abs() < 1e-6);
    let none = [Trial { replicate: 0, ..watched(AS_MANY, (ALL, RATE, 400), 0, 0) }];
    assert_eq!(records::Records::of(&none).share(AS_MANY, (ALL, RATE, 400)), None, "nobody was there");
}

#[test]
fn the_price_of_asking_as_one_customer_is_paired_by_replicate() {
    let trials = records(|_| [8; 4]);
    let verdicts = GuardExperiment.conclude(&plan(|_| ()).unwrap(), &trials).verdicts;
    // Its students agree on 6 hundredths less than those of jacobian, the last in the list, in every replicate; with 16
    // accounts on 96 less.
    for (accounts, points) in [("1 account", "−6.0"), ("16 accounts", "−96.0")] {
        let expected = format!(
            "with {accounts}, as-one-customer against jacobian, the best of the others: loses to, {points} points \
             [{points}, {points}] of agreement"
        );
        assert!(verdicts.contains(&expected), "{expected:?} is not in {verdicts:#?}");
    }
}

#[test]
fn a_budget_that_nobody_looks_at_is_refused_and_the_largest_of_others_is_used() {
    let budgets = |text: &str| plan(|request| request.budgets = Some(text.to_owned()));
    let problem = budgets("5000,10000").map(|_| ()).expect_err("past the last look");
    assert_eq!(problem.to_string(), "--budgets 10000: guard looks at accounts up to their query 2,000");
    assert!(budgets("1000,2001").is_err());

    assert_eq!(GuardExperiment.budgets(&budgets("300,2000").unwrap()), [2000]);
    let silent = plan(|_| ()).unwrap();
    assert_eq!(GuardExperiment.budgets(&silent), [1778], "the largest default that is not past the last look");

    let looks = ["50", "20,120", "2000", "7"].map(|text| look(&budgets(text).unwrap()));
    assert_eq!(looks, [50, 100, 400, 20], "no later than copiers ask");
}

#[test]
fn every_detector_of_the_registry_is_shown() {
    let Conclusion { figures, verdicts, .. } = GuardExperiment.conclude(&plan(|_| ()).unwrap(), &records(|_| [8; 4]));
    let figure = figures.into_iter().find(|figure| figure.name == "detectors").expect("a figure");
    let crate::finding::Drawing::Heat(heat) = figure.drawing else { panic!("a table of shares") };
    let names: Vec<&str> = DETECTORS.iter().map(|(name, _)| *name).chain([ALL]).collect();
    assert_eq!(heat.columns, names);
    assert!(names[..DETECTORS.len()].iter().all(|name| verdicts[0].contains(&format!("{name} "))), "{}", verdicts[0]);
}
