//! The test for copies, put to hundreds of models that copied nothing, and to some that did. Small models, so that it
//! takes seconds.

use distill_lab::experiment::{Group, Run, experiment, run};
use distill_lab::plan::Request;

/// A run with small networks that train for 300 steps.
fn trial(data: &str, seed: u64, replicates: usize, budgets: &str) -> Run {
    let request = Request {
        quick: true,
        data: Some(data.to_owned()),
        seed: Some(seed),
        replicates: Some(replicates),
        budgets: Some(budgets.to_owned()),
        teacher: Some("32".to_owned()),
        student: Some("8".to_owned()),
        steps: Some(300),
        ..Request::default()
    };
    let groups = Group::sort(&[experiment("evidence").expect("it is in the list")], &request).expect("a sound plan");
    run(&groups, &|| ()).expect("training settles").remove(0)
}

/// The p-values of an arm.
fn p_values(run: &Run, arm: &str) -> Vec<f64> {
    let column = run.columns.iter().position(|column| *column == "p_value").expect("a column of p-values");
    run.trials
        .iter()
        .filter(|trial| trial.arm == arm)
        .filter_map(|trial| trial.own.cells().get(column)?.parse().ok())
        .collect()
}

fn accused(p_values: &[f64]) -> usize {
    p_values.iter().filter(|p| **p <= 0.05).count()
}

#[test]
fn of_hundreds_of_independent_models_the_test_accuses_one_in_twenty() {
    // Five independent models at each of three budgets in three replicates, and all of it eight times over: each seed
    // has reference models of its own at each budget, so that one odd group cannot spoil the rate. It takes about 20
    // seconds in a debug build.
    let of_seed = |seed| p_values(&trial("spirals", seed, 3, "100,300,1000"), "innocent");
    let independent: Vec<f64> = (0..8).flat_map(of_seed).collect();
    assert_eq!(independent.len(), 8 * 3 * 3 * 5);
    // Promised are 5 %. The luck of 360 draws is 1.1 points, that of 24 groups of reference models half a point.
    let rate = accused(&independent) as f64 / independent.len() as f64;
    assert!((0.02..=0.08).contains(&rate), "{rate}");
    // P-values that are even between 0 and 1 have a mean of one half, with 1.5 and 1 point of two kinds of luck; ties
    // among a hundred probes count against the accuser and lift it by some points.
    let mean = independent.iter().sum::<f64>() / independent.len() as f64;
    assert!((mean - 0.5).abs() < 0.07, "the mean p-value of independent models is {mean}");
}

#[test]
fn copies_are_accused_and_so_are_models_that_share_the_data() {
    let run = trial("glyphs", 0, 8, "3000");
    for arm in ["copy", "copy-label", "shared-data"] {
        let p_values = p_values(&run, arm);
        assert_eq!(p_values.len(), 8 * 3);
        // Of independent models 1.2 of 24 are expected. Of such small copies about three in four are accused, the three
        // of a replicate mostly alike: they share its teacher and its probes.
        assert!(accused(&p_values) > 8, "{} of 24 of {arm} are accused: {p_values:?}", accused(&p_values));
    }
    let independent = p_values(&run, "innocent");
    assert_eq!(independent.len(), 8 * 5);
    assert!(accused(&independent) <= 6, "{independent:?}");
}

#[test]
fn a_lineup_gives_nothing_away_and_keeps_the_answers_apart() {
    let lineup = trial("glyphs", 0, 1, "300").finding.lineup.expect("there are probes");
    let names: Vec<&str> = lineup.suspects.iter().map(|suspect| suspect.name.as_str()).collect();
    let answers: Vec<&str> = lineup.answers.iter().map(|answer| answer.name.as_str()).collect();
    assert_eq!(names, (1..=names.len()).map(|name| name.to_string()).collect::<Vec<_>>());
    assert_eq!(names, answers);
    // Whatever can be suspected stands in it: five independent models, three of the other kinds, one ensemble.
    let arms = |arm: &str| lineup.answers.iter().filter(|answer| answer.arm == arm).count();
    assert_eq!(["innocent", "copy", "copy-base", "shared-data", "ensemble"].map(arms), [5, 3, 3, 3, 1]);
    let shown = format!("{:?}", lineup.suspects);
    for answer in &lineup.answers {
        assert!(!shown.contains(&answer.arm) && !shown.contains(&answer.made), "{shown}");
    }
    let kinds: Vec<bool> = lineup.answers.windows(2).map(|pair| pair[0].arm != pair[1].arm).collect();
    assert!(kinds.iter().filter(|differs| **differs).count() > 12, "suspects of a kind stand together");
    for (suspect, answer) in lineup.suspects.iter().zip(&lineup.answers) {
        let tested = suspect.evidence.last().expect("a measure");
        assert_eq!(tested.p_value, suspect.p_value, "{suspect:?}");
        assert_eq!(answer.questions > 0, answer.arm.starts_with("copy") || answer.arm == "scraped");
    }
}
