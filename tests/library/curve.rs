//! The headline on a smaller scale: the curves, the references and the records are what they should be.
//!
//! The yardstick is an independent prototype, written in another language with the same recipe: its means of 10
//! replicates, and its spread between replicates of 0.003 at large budgets to 0.1 at small ones.

use std::sync::LazyLock;

use distill_lab::experiment::{EXPERIMENTS, Group, Run, records, run};
use distill_lab::finding::Trial;
use distill_lab::plan::Request;

const REPLICATES: usize = 3;

/// The default plan at three of its thirteen budgets, in three of its ten replicates.
static RUN: LazyLock<Run> = LazyLock::new(|| {
    let budgets = Some("32,100,1000".to_owned());
    let request = Request { budgets, replicates: Some(REPLICATES), ..Request::default() };
    let groups = Group::sort(&EXPERIMENTS[..1], &request).expect("a sound plan");
    run(&groups, &|| ()).expect("training settles").remove(0)
});

fn mean(arm: &str, budget: Option<usize>, measure: fn(&Trial) -> Option<f64>) -> f64 {
    let own = RUN.trials.iter().filter(|trial| trial.arm == arm && trial.budget == budget);
    let values: Vec<f64> = own.filter_map(measure).collect();
    assert_eq!(values.len(), REPLICATES, "{arm} at {budget:?}");
    values.iter().sum::<f64>() / REPLICATES as f64
}

fn agreement(arm: &str, budget: Option<usize>) -> f64 {
    mean(arm, budget, |trial| trial.agreement)
}

#[test]
fn the_curves_lie_where_the_prototype_found_them() {
    // (arm, budget, the prototype's mean, its standard deviation between replicates). A mean of three replicates is
    // allowed three standard errors from a mean of ten: 3·√(1/3 + 1/10) = 2 deviations.
    let table = [
        ("probabilities", 32, 0.79, 0.06),
        ("probabilities", 100, 0.950, 0.012),
        ("probabilities", 1000, 0.981, 0.004),
        ("label", 32, 0.62, 0.06),
        ("label", 100, 0.836, 0.03),
        ("label", 1000, 0.968, 0.005),
        ("truth", 32, 0.58, 0.06),
        ("truth", 100, 0.749, 0.04),
        ("truth", 1000, 0.930, 0.010),
    ];
    for (arm, budget, expected, deviation) in table {
        let found = agreement(arm, Some(budget));
        assert!((found - expected).abs() < 2.0 * deviation, "{arm} at {budget}: {found:.3}, not {expected}");
    }
}

#[test]
fn a_probability_is_worth_more_than_a_label_and_a_label_more_than_the_truth() {
    for budget in [32, 100, 1000].map(Some) {
        let [soft, hard, truth] = ["probabilities", "label", "truth"].map(|arm| agreement(arm, budget));
        assert!(soft > hard && hard > truth, "at {budget:?}: {soft:.3}, {hard:.3}, {truth:.3}");
    }
}

#[test]
fn the_references_stand_in_their_order() {
    let of = |arm: &str| agreement(arm, None);
    // Five classes, equally frequent: a guesser agrees on one point of five.
    assert!((of("chance") - 0.2).abs() < 0.005, "{}", of("chance"));
    assert_eq!(of("teacher"), 1.0);
    // The prototype: retrained 0.986, independent 0.973, ceiling 0.988, with standard deviations near 0.003.
    assert!((of("retrained") - 0.986).abs() < 0.006, "{}", of("retrained"));
    assert!((of("independent") - 0.973).abs() < 0.006, "{}", of("independent"));
    assert!(of("ceiling") > 0.98 && of("ceiling") < 1.0, "{}", of("ceiling"));
    assert!(of("retrained") > of("independent"), "the same data should count for something");
    assert!(of("independent") > of("independent-small"), "so should size");
    // The task's own noise: nobody is right more often.
    let accuracy = mean("teacher", None, |trial| trial.accuracy);
    assert!((accuracy - 0.807).abs() < 0.012, "{accuracy}");
}

#[test]
fn every_row_counts_the_queries_that_were_answered() {
    for trial in &RUN.trials {
        let expected = match (trial.arm.as_str(), trial.budget) {
            ("probabilities" | "label", Some(budget)) => budget,
            // Four times the largest budget of the full plan, whatever is asked for here.
            ("ceiling", None) => 40_000,
            _ => 0,
        };
        assert_eq!(trial.queries, expected, "{trial:?}");
    }
}

#[test]
fn the_records_have_the_promised_columns_and_one_row_per_model() {
    let mut text = Vec::new();
    records::write_trials(&mut text, RUN.columns, &RUN.trials).expect("memory can be written");
    let text = String::from_utf8(text).expect("CSV is text");
    let (head, rows) = text.split_once('\n').expect("a header line");
    let columns = "experiment,data,replicate,arm,budget,queries,agreement,off_agreement,same_mistakes,accuracy,\
                   divergence,asked_agreement,flops";
    assert_eq!(head, columns);
    // Three arms at three budgets and nine references, in each replicate.
    assert_eq!(rows.lines().count(), REPLICATES * (3 * 3 + 9));
    // Shares and nats are plain numbers with six decimals; what means nothing is empty.
    for cell in rows.lines().flat_map(|row| row.split(',').skip(6).take(6)).filter(|cell| !cell.is_empty()) {
        let (whole, part) = cell.split_once('.').unwrap_or_default();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        assert!(!whole.is_empty() && part.len() == 6 && digits(whole) && digits(part), "{cell:?}");
    }
    // By replicate, then by arm, then by budget; references after the arms, without a budget.
    let place = |row: &str| row.split(',').skip(2).take(3).collect::<Vec<_>>().join(" ");
    let first: Vec<String> = rows.lines().take(11).map(place).collect();
    let arms = ["0 probabilities 32", "0 probabilities 100", "0 probabilities 1000"];
    assert_eq!(first[..3], arms);
    assert_eq!(first[3..6], arms.map(|arm| arm.replace("probabilities", "label")));
    assert_eq!(first[6..9], arms.map(|arm| arm.replace("probabilities", "truth")));
    assert_eq!(first[9..], ["0 retrained ", "0 independent "]);
    assert!(rows.lines().last().is_some_and(|row| place(row) == format!("{} constant ", REPLICATES - 1)));
}
