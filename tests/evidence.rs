//! The test for copies, put to two hundred people who copied nothing. Small models, so that it takes seconds.

use distill_lab::audit::statistics::share_of;
use distill_lab::experiment::{Order, Run, experiment, run};
use distill_lab::finding::Trial;
use distill_lab::plan::Request;

/// Fourteen worlds of glyphs with five innocents at each of three budgets.
fn trial() -> Run {
    let request = Request {
        quick: true,
        replicates: Some(14),
        budgets: Some("300,1000,3000".to_owned()),
        teacher: Some("32".to_owned()),
        student: Some("8".to_owned()),
        steps: Some(300),
        ..Request::default()
    };
    let orders = Order::sort(&[experiment("evidence").expect("it is in the list")], &request).expect("a sound plan");
    run(&orders, &|| ()).expect("training settles").remove(0)
}

#[test]
fn innocents_are_accused_as_rarely_as_promised_and_copies_are_noticed() {
    let run = trial();
    let column = run.own_columns.iter().position(|column| *column == "p_value").expect("a column of p-values");
    let p_values = |arm: &str, budget: Option<usize>| -> Vec<f64> {
        let own = |trial: &&Trial| trial.arm == arm && (budget.is_none() || trial.budget == budget);
        run.trials.iter().filter(own).filter_map(|trial| trial.extra[column].parse().ok()).collect()
    };
    let accused = |p_values: &[f64]| p_values.iter().filter(|p| **p <= 0.05).count();

    let innocents = p_values("innocent", None);
    assert_eq!(innocents.len(), 14 * 5 * 3);
    let false_accusations = share_of(accused(&innocents), innocents.len());
    println!("innocents accused: {false_accusations:?}");
    // Promised are 5 %. The luck of 210 draws is 1.5 points, that of three crowds of 59 and more another 1.5.
    assert!((0.01..0.10).contains(&false_accusations.mean), "{false_accusations:?}");
    // P-values that are even between 0 and 1 have a mean of one half; the same two kinds of luck are 2 and 4 points.
    let mean = innocents.iter().sum::<f64>() / innocents.len() as f64;
    assert!((mean - 0.5).abs() < 0.11, "the mean p-value of innocents is {mean}");

    let copies = p_values("copy", Some(3000));
    println!("copies accused: {} of {}", accused(&copies), copies.len());
    assert_eq!(copies.len(), 14 * 3);
    assert!(2 * accused(&copies) > copies.len(), "{} of {} copies are noticed", accused(&copies), copies.len());
}
