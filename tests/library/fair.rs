//! What makes a comparison fair: the exam is held out, arms differ in nothing but what they are told, seeds matter.

use std::fmt::Write;
use std::fs;

use distill_lab::experiment::{EXPERIMENTS, Group, experiment, run};
use distill_lab::finding::Trial;
use distill_lab::plan::Request;
use distill_lab::seed::Seed;
use rand::Rng;

/// The rows of a run on a table of 240 rows: a random point of a square, and a coin. `law` makes of its height and the
/// coin where the point is shifted to and which class it is.
fn trials_on(law: fn(f64, bool) -> (f64, bool), change: fn(&mut Request)) -> Vec<Trial> {
    let mut stream = Seed::new(1).stream();
    let mut table = "x,y,class\n".to_owned();
    for _ in 0..240 {
        let (x, y) = (stream.random_range(-1.0..1.0), stream.random_range(-1.0..1.0));
        let (shift, class) = law(y, stream.random());
        writeln!(table, "{x},{},{}", y + shift, u8::from(class)).expect("memory can be written");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("made.csv");
    fs::write(&file, table).expect("a file can be written");
    let mut request = Request {
        data: Some(file.to_string_lossy().into_owned()),
        label: Some("class".to_owned()),
        budgets: Some("10,40".to_owned()),
        replicates: Some(1),
        ..Request::default()
    };
    change(&mut request);
    let groups = Group::sort(&EXPERIMENTS[..1], &request).expect("a sound plan");
    run(&groups, &|| ()).expect("training settles").remove(0).trials
}

fn find<'a>(trials: &'a [Trial], arm: &str, budget: Option<usize>) -> &'a Trial {
    trials.iter().find(|trial| trial.arm == arm && trial.budget == budget).expect("a row of that name")
}

#[test]
fn nobody_is_examined_on_what_the_teacher_was_trained_on() {
    // The class is a coin. A wide teacher learns its training set by heart, and still guesses on new points: about
    // half of 48, with a standard deviation of 7 %.
    let heart = |request: &mut Request| request.teacher = Some("256,256".to_owned());
    let trials = trials_on(|_, coin| (0.0, coin), heart);
    let accuracy = find(&trials, "teacher", None).accuracy.expect("an accuracy");
    assert!((accuracy - 0.5).abs() < 0.25, "the teacher is right on {accuracy} of the points of an exam about nothing");
}

#[test]
fn a_teacher_is_as_good_whatever_constant_is_added_to_a_column() {
    let accuracy = |law| find(&trials_on(law, |_| ()), "teacher", None).accuracy.expect("an accuracy");
    // A northing in metres: single precision would leave steps of half a metre of a square that is two wide.
    let there = accuracy(|y, _| (5_412_344.829, y > 0.3));
    assert_eq!(there, accuracy(|y, _| (0.0, y > 0.3)));
    assert!(there > 0.9, "{there}");
}

#[test]
fn a_label_from_a_teacher_who_is_right_is_worth_a_true_label_to_the_last_digit() {
    // Two halves of a plane, far apart: the teacher is never wrong. An arm told by the teacher and one told the truth
    // then hear the same about the same points, and as they start from the same weights and see the examples in the
    // same order, they become the same student.
    let trials = trials_on(|_, coin| (if coin { 5.0 } else { -5.0 }, coin), |_| ());
    assert_eq!(find(&trials, "teacher", None).accuracy, Some(1.0), "the premise");
    for budget in [Some(10), Some(40)] {
        let told = find(&trials, "label", budget);
        let taught = Trial { arm: told.arm.clone(), queries: told.queries, ..find(&trials, "truth", budget).clone() };
        assert_eq!(*told, taught);
    }
}

#[test]
fn another_seed_is_another_replicate() {
    let halves = |y: f64, _: bool| (0.0, y > 0.0);
    let seed = |request: &mut Request| request.seed = Some(1);
    assert_ne!(trials_on(halves, |_| ()), trials_on(halves, seed));
    assert_eq!(trials_on(halves, seed), trials_on(halves, seed));
}

#[test]
fn accounts_that_are_shown_other_answers_make_another_student() {
    let request = Request {
        answers: Some(vec!["noisy".to_owned()]),
        budgets: Some("50".to_owned()),
        replicates: Some(1),
        steps: Some(20),
        teacher: Some("8".to_owned()),
        student: Some("8".to_owned()),
        quick: true,
        ..Request::default()
    };
    let guard = experiment("guard").expect("an experiment of the registry");
    let groups = Group::sort(&[guard], &request).expect("a sound plan");
    let trials = run(&groups, &|| ()).expect("training settles").remove(0).trials;
    // The first look is after 20 queries. Four accounts come to it with the last batch and sixteen never: all of them
    // get 50 answers, each account its own noise.
    let several =
        |trial: &&Trial| trial.own.cells().last().is_some_and(|accounts| ["4", "16"].contains(&accounts.as_str()));
    let games = trials.iter().filter(|trial| trial.arm == "natural" && trial.budget.is_some()).filter(several);
    assert!(games.clone().all(|trial| trial.queries == 50));
    let mut divergences: Vec<_> = games.map(|trial| trial.divergence.expect("it is graded").to_bits()).collect();
    divergences.sort_unstable();
    divergences.dedup();
    // Five guards and two numbers of accounts: what the guard is changes nothing.
    assert_eq!(divergences.len(), 2, "{divergences:?}");
}
