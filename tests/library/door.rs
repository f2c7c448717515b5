//! The door: a student is trained only by asking, and the compiler vouches for it.
//!
//! Each file in `tests/door/` opens with what it tries and must not get: the compiler must refuse it with the message
//! that stands beside it. Messages are of the kinds that have kept their wording for years (private field,
//! private method, no such method, use after move). Each file has a twin in `door/twins.rs` that compiles and runs.

mod twins;

use std::fs;
use std::path::Path;

use distill_lab::nn::{Mlp, Recipe};
use distill_lab::oracle::{self, Answers, Oracle, Teacher, Terms};
use distill_lab::seed::Seed;
use ndarray::array;

/// A small teacher that tells the sign of a number.
fn teacher() -> Teacher {
    let recipe = Recipe { steps: 200, batch: 4, rate: 0.05, decay: 0.0 };
    let points = array![[-1.0], [-2.0], [1.0], [2.0]];
    Teacher::train(&[1, 8, 2], points.view(), &[0, 0, 1, 1], &recipe, Seed::new(0)).expect("four points settle")
}

fn terms() -> Terms {
    Terms { surface: oracle::surface("label").expect("a listed surface"), quota: 3, noise: Seed::new(1) }
}

#[test]
fn every_file_is_refused() {
    let refused = trybuild::TestCases::new();
    for file in files_in_the_folder() {
        refused.compile_fail(format!("tests/door/{file}.rs"));
    }
}

#[test]
fn every_file_has_a_twin() {
    let twins = include_str!("door/twins.rs");
    let lonely = |file: &String| !twins.contains(&format!("fn {file}"));
    let lonely: Vec<String> = files_in_the_folder().into_iter().filter(lonely).collect();
    assert!(lonely.is_empty(), "{lonely:?} have no twin in tests/library/door/twins.rs: add what is allowed instead");
}

#[test]
fn the_twins_do_what_is_allowed() {
    let points = array![[-3.0], [3.0]];
    let answer = Ok(Answers::Labels(vec![0, 1]));

    let net = Mlp::new(&[1, 8, 2], &mut Seed::new(0).stream());
    assert_eq!(twins::teacher_is_not_clone(&net), net);
    assert_eq!(twins::teacher_is_not_serialize("plain data"), "\"plain data\"");

    let (api, _) = twins::serve_takes_the_teacher_away(teacher(), terms());
    let [mut ours, mut theirs] = twins::account_is_not_clone(&api);
    assert_eq!(twins::teacher_answers_nobody_directly(&mut ours, points.view()), answer);
    assert_eq!(twins::account_keeps_its_log(&ours).queries(), points);
    assert_eq!(twins::account_hides_the_teacher(&ours), 2);
    assert_eq!(twins::student_gets_no_logits(&mut theirs, points.view()), answer);
    assert_eq!(twins::student_opens_no_account(&mut theirs), 1);
    assert_eq!(twins::student_finds_no_log(&mut theirs, points.view()), points);
    assert_eq!(theirs.left(), 1, "a refusal counts nothing");
    assert_eq!(twins::account_keeps_its_quota(&api, 7), 7);
    assert_eq!(twins::account_keeps_its_noise(&api, Seed::new(3)).open().left(), 1);

    let examiner = twins::examiner_cannot_be_made(teacher(), terms());
    let lent = twins::examiner_is_not_clone(&examiner);
    let logits = twins::examiner_hides_the_teacher(lent, points.view());
    assert_eq!(Ok(twins::api_hides_the_teacher(terms().surface, logits, &mut Seed::new(2).stream())), answer);
}

#[test]
fn a_teacher_shows_its_shape_and_nothing_else() {
    assert_eq!(twins::teacher_hides_its_network(&teacher()), "Teacher { widths: [1, 8, 2], .. }");
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/door"))
}

/// The names of all files in the folder.
fn files_in_the_folder() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let sources = paths.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let mut names: Vec<String> =
        sources.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
