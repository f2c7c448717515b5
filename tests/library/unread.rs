//! Flags that have no effect on an experiment are named, and no others.

use distill_lab::experiment::{EXPERIMENTS, Group, experiment, unread};
use distill_lab::plan::Request;

fn told(names: &[&str], change: impl FnOnce(&mut Request)) -> Vec<String> {
    let mut request = Request::default();
    change(&mut request);
    let experiments: Vec<_> = names.iter().map(|name| experiment(name).unwrap()).collect();
    unread(&Group::sort(&experiments, &request).unwrap())
}

#[test]
fn a_flag_without_effect_is_named_and_one_that_is_read_is_not() {
    let price = |request: &mut Request| request.price_query = Some(500.0);
    assert_eq!(told(&["budget"], price), ["budget does not read --price-query: prices are for cost"]);
    assert_eq!(told(&["cost"], price), [""; 0]);
    assert_eq!(told(&["budget", "cost"], price), [""; 0], "meant for cost");
    assert_eq!(told(&["budget", "capacity"], price).len(), 2);
    let second = |request: &mut Request| request.answers = Some(vec!["label".into(), "noisy".into()]);
    assert!(told(&["open-base"], second)[0].starts_with("open-base reads only the first of --answers"));
    assert_eq!(told(&["open-base"], |request| request.answers = Some(vec!["label".into()])), [""; 0]);
    let several = |text: &'static str| move |request: &mut Request| request.budgets = Some(text.into());
    assert!(told(&["guard"], several("20,50"))[0].starts_with("guard reads only the largest of --budgets"));
    assert_eq!(told(&["guard"], several("50")), [""; 0]);
    let wider = |request: &mut Request| request.student = Some("32,32".into());
    assert!(told(&["capacity"], wider)[0].starts_with("capacity reads only the number of layers of --student"));
}

#[test]
fn a_plan_that_says_nothing_is_told_nothing() {
    let names: Vec<&str> = EXPERIMENTS.iter().map(|experiment| experiment.about().name).collect();
    for name in names {
        assert_eq!(told(&[name], |request| request.quick = true), [""; 0], "{name}");
    }
}
