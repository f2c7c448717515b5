//! The conclusion on made-up records, against sums done by hand.

use super::*;
use crate::plan::Request;

fn plan(change: impl FnOnce(&mut Request)) -> Plan {
    let mut request = Request { budgets: Some("10,100,1000".into()), replicates: Some(2), ..Request::default() };
    change(&mut request);
    Plan::check(&request).unwrap()
}

fn trial(replicate: usize, arm: &str, budget: usize, agreement: f64) -> Trial {
    Trial {
        experiment: "cost".into(),
        data: "spirals".into(),
        replicate,
        arm: arm.into(),
        budget: Some(budget),
        agreement: Some(agreement),
        ..Trial::default()
    }
}

/// Two replicates in which 95 % takes exactly 100 queries with probabilities and 1,000 with labels, and as many
/// labels as the truth's curves say.
fn trials(truth: [[f64; 3]; 2]) -> Vec<Trial> {
    let curve = |replicate: usize, arm: &str, shares: [f64; 3]| {
        let points = [10, 100, 1_000].into_iter().zip(shares);
        points.map(|(budget, share)| trial(replicate, arm, budget, share)).collect::<Vec<_>>()
    };
    let rows = |replicate: usize| {
        [
            curve(replicate, "probabilities", [0.80, 0.95, 0.96]),
            curve(replicate, "label", [0.70, 0.89, 0.95]),
            curve(replicate, TRUTH, truth[replicate]),
        ]
        .concat()
    };
    [rows(0), rows(1)].concat()
}

const REACHED: [f64; 3] = [0.50, 0.85, 0.95];
const SHORT: [f64; 3] = [0.50, 0.85, 0.94];

#[test]
fn dollars_and_break_even_are_counts_times_prices() {
    let conclusion = Cost.conclude(&plan(|_| ()), &trials([REACHED; 2]));
    // 100 queries at $5 a thousand; 1,000 labels and 20,000 labels at $0.05. Training costs next to nothing.
    assert_eq!(
        conclusion.title,
        "95 % agreement costs $0.50 with queries, $50 with true labels; the teacher cost $1,000"
    );
    let claim = &conclusion.claims[0];
    // 1,000 labels for 100 queries, in both replicates.
    assert!((claim.gap.low - 10f64.ln()).abs() < 1e-9 && claim.verdict() == Verdict::Beats, "{claim:?}");
    let verdicts = conclusion.verdicts.join("\n");
    for line in [
        "the teacher took 200 [200, 200] times as many examples",
        // 2 · 12.6 · 128/100: see the test in `spent` for both counts.
        "32 [32, 32] times as many operations, and 11.5 times as many parameters",
        "asking beats labelling at these prices, with probabilities at 95 %: labelling costs 100 [100, 100] times",
        "probabilities is worth 10 [10, 10] labels, a query with labels only is worth 1 [1, 1] labels",
        "its price is 0.1",
        // 1,000 / (50 − 0.50) = 20.2 students.
        "without a teacher $50; a teacher made only to be asked pays from student 21 (21 to 21 in 2 replicates) on",
        "97 % agreement: not reached by 1,000 examples",
    ] {
        assert!(verdicts.contains(line), "{line:?} is not in\n{verdicts}");
    }
}

/// The student without a teacher is there with 100 labels, the distilled one with 1,000 queries.
#[test]
fn labels_that_teach_more_turn_the_claim() {
    let mut turned = trials([REACHED; 2]);
    for trial in &mut turned {
        let other = match trial.arm.as_str() {
            TRUTH => "probabilities",
            "probabilities" => TRUTH,
            other => other,
        };
        trial.arm = other.to_owned();
    }
    let conclusion = Cost.conclude(&plan(|_| ()), &turned);
    assert_eq!(conclusion.claims[0].verdict(), Verdict::LosesTo, "{:?}", conclusion.claims);
    assert!(conclusion.title.starts_with("95 % agreement costs $5.00 with queries, $5.00 with true labels"));
}

/// Everything is there from the first budget on: a price is a bound, and nothing is compared.
#[test]
fn a_level_that_is_reached_at_once_has_no_price_and_no_ratio() {
    let mut early = trials([REACHED; 2]);
    early.iter_mut().for_each(|trial| trial.agreement = Some(0.98));
    let conclusion = Cost.conclude(&plan(|_| ()), &early);
    let title = "95 % agreement costs $0.050 or less with queries, $0.50 or less with true labels";
    assert!(conclusion.title.starts_with(title), "{}", conclusion.title);
    assert_eq!(conclusion.claims, []);
}

#[test]
fn dear_queries_turn_the_verdict() {
    // A query at 20 labels, twice the break-even.
    let conclusion = Cost.conclude(&plan(|r| r.price_query = Some(1_000.0)), &trials([REACHED; 2]));
    let verdicts = conclusion.verdicts.join("\n");
    assert!(verdicts.contains("asking loses to labelling at these prices"), "{verdicts}");
    assert!(verdicts.contains("a teacher made only to be asked never pays"), "{verdicts}");
    assert!(conclusion.title.contains("costs $100 with queries, $50 with true labels"), "{}", conclusion.title);
}

#[test]
fn a_level_that_is_not_reached_is_a_bound_and_never_a_number() {
    let conclusion = Cost.conclude(&plan(|_| ()), &trials([REACHED, SHORT]));
    assert!(conclusion.title.contains("more than $50 with true labels"), "{}", conclusion.title);
    let verdicts = conclusion.verdicts.join("\n");
    assert!(verdicts.contains("1,000 true labels without a teacher (reached in 1 of 2 replicates)"), "{verdicts}");
    assert!(verdicts.contains("is worth at least 10 labels"), "{verdicts}");

    let mut short = trials([SHORT; 2]);
    short.iter_mut().for_each(|trial| trial.agreement = Some(0.5));
    let nothing = Cost.conclude(&plan(|_| ()), &short);
    assert_eq!(nothing.title, "1,000 queries with probabilities ($5.00) do not reach 90 % agreement");
    assert_eq!(nothing.figures.len(), 1, "there is no break-even to draw");
    assert_eq!(nothing.verdicts.len(), LEVELS.len());
}
