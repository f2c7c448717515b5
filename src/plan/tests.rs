//! What a plan makes of a request: what is heard, what is refused, and in which spelling it comes back.

use super::*;

fn plan(change: impl FnOnce(&mut Request)) -> Result<Plan, PlanError> {
    let mut request = Request::default();
    change(&mut request);
    Plan::check(&request)
}

#[test]
fn a_default_that_is_said_is_heard_and_changes_the_plan_only_where_silence_means_something_else() {
    let silent = plan(|_| ()).unwrap();
    let said = plan(|r| {
        r.data = Some("spirals".into());
        r.teacher = Some("64, 64".into());
        r.price_query = Some(5.0);
        r.steps = Some(1500);
    });
    let said = said.unwrap();
    assert_eq!([silent.flags(), said.flags()], ["", ""]);
    let heard = ["--teacher", "--steps", "--price-query"].map(|flag| said.said(flag));
    assert_eq!(heard, [Some("64,64"), Some("1500"), Some("5")]);
    assert_eq!(["--teacher", "--budgets"].map(|flag| silent.said(flag)), [None; 2]);

    // In silence an experiment with a sweep of its own takes some of the default budgets; said, it takes them all.
    let budgets = plan(|r| r.budgets = Some("10..10000/13".into())).unwrap();
    assert_eq!([silent.few_budgets().len(), budgets.few_budgets().len()], [7, 13]);
    assert_eq!([silent.budgets_to(100).len(), budgets.budgets_to(100).len()], [5, 13]);
    let answers = plan(|r| r.answers = Some(vec!["probabilities".into(), "label".into()])).unwrap();
    assert_eq!([silent.answer_kinds().len(), answers.answer_kinds().len()], [SURFACES.len(), 2]);
    assert_eq!(answers.flags(), " --answers probabilities,label");
}

#[test]
fn flags_name_what_differs_in_one_spelling() {
    let tweaked = plan(|r| {
        r.budgets = Some("100,10, 30,30".into());
        r.student = Some("8".into());
        r.seed = Some(7);
        r.price_query = Some(0.5);
        r.price_label = Some(0.05);
        r.quick = true;
    });
    let flags = " --quick --budgets 10,30,100 --seed 7 --student 8 --price-query 0.5";
    assert_eq!(tweaked.unwrap().flags(), flags);
}

#[test]
fn networks_fit_the_data() {
    let plan = plan(|r| r.student = Some("7,9".into())).unwrap();
    assert_eq!(plan.student_widths(), [2, 7, 9, 5]);
    assert_eq!(plan.teacher_widths(), [2, 64, 64, 5]);
    assert_eq!(plan.sizes().pool, 10_000);
}

#[test]
fn every_refusal_names_its_flag_and_a_cure() {
    type Change = fn(&mut Request);
    let cases: [(&str, Change); 14] = [
        ("--replicates", |r| r.replicates = Some(0)),
        ("--replicates", |r| r.replicates = Some(1_000_000)),
        ("--steps", |r| r.steps = Some(0)),
        ("--rate", |r| r.rate = Some(f32::NAN)),
        ("--teacher-rate", |r| r.teacher_rate = Some(-1.0)),
        ("--student", |r| r.student = Some("16,0".into())),
        ("--teacher", |r| r.teacher = Some("100000".into())),
        ("--answers", |r| r.answers = Some(vec![])),
        ("--answers", |r| r.answers = Some(vec!["probabilties".into()])),
        ("--strategy", |r| r.strategy = Some("natrual".into())),
        ("--data", |r| r.data = Some("spiral".into())),
        ("--price-label", |r| r.price_label = Some(-0.01)),
        ("--price-query", |r| r.price_query = Some(f64::NAN)),
        ("--price-pflop", |r| r.price_pflop = Some(f64::INFINITY)),
    ];
    for (flag, change) in cases {
        let error = plan(change).err().expect(flag);
        assert!(error.to_string().starts_with(flag), "{error}");
        assert!(!error.hint().is_empty(), "{error} has no cure");
    }
    let typo = plan(|r| r.answers = Some(vec!["probabilties".into()])).err().unwrap();
    assert!(typo.hint().contains("did you mean probabilities?"), "{typo:?}");
}

#[test]
fn a_strategy_without_a_query_about_the_data_is_refused() {
    let refused = plan(|r| r.strategy = Some("letters".into())).err().unwrap();
    assert_eq!(refused.to_string(), "--strategy letters: letters are images as those of glyphs, and spirals has none");
    assert!(refused.hint().contains("natural") && !refused.hint().contains("letters"));
    let accepted = plan(|r| {
        r.strategy = Some("letters".into());
        r.data = Some("glyphs".into());
    });
    assert_eq!(accepted.unwrap().strategy().name(), "letters");
}

#[test]
fn a_smaller_sweep_leaves_chosen_budgets_alone() {
    assert_eq!(plan(|_| ()).unwrap().budgets_to(100), [10, 18, 32, 56, 100]);
    assert_eq!(plan(|r| r.budgets = Some("50,5000".into())).unwrap().budgets_to(100), [50, 5000]);
}
