//! Lesson 3: the door. To know what a teacher answers, one has to ask, and every query counts.
//!
//! - Run: `cargo run --release --example 03_door`
//! - Promises: `40 queries left`
//! - Change the marked line and run again: what moves?
//! - Next: `04_first_student`. This lesson opens `src/oracle/mod.rs`, and `src/oracle/account.rs` where they count.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::data::{Dataset, Sizes, moons};
use distill_lab::nn::Recipe;
use distill_lab::oracle::{self, Oracle, Teacher, Terms};
use distill_lab::seed::Seed;
use ndarray::{ArrayView2, s};

/// A program that tries to get around the door, and what the compiler says to it. Both are taken from the tests, which
/// hold the compiler to its words.
const CHEAT: &str = include_str!("../tests/door/account_hides_the_teacher.rs");
const REFUSED: &str = include_str!("../tests/door/account_hides_the_teacher.stderr");

/// Queries that the account may ask.
const QUOTA: usize = 100; // Change this line: 130.

fn main() -> Result<(), Box<dyn Error>> {
    let seed = Seed::new(0);
    let parts = moons().deal(Sizes { training: 1_000, pool: 200, ..Sizes::default() }, seed.child("data"));
    let recipe = Recipe { steps: 500, batch: 100, rate: 0.02, decay: 1e-4 };
    let (points, labels) = (parts.training.points.view(), &parts.training.labels);
    let teacher = Teacher::train(&[2, 16, 2], points, labels, &recipe, seed.child("teacher"))?;

    // `serve` takes the teacher away: it is moved, not lent, and cannot be copied. What comes back is an API, which
    // opens accounts, and the examiner, which we leave aside.
    let surface = oracle::surface("probabilities").expect("in the list");
    let (api, _examiner) = oracle::serve(teacher, Terms { surface, quota: QUOTA, noise: seed.child("noise") });
    let mut account = api.open();

    // One row is one query, whatever it was asked for.
    println!("An account for {QUOTA} queries.\n");
    println!("asked  3: {:.2?}", first_answers(&mut account, parts.pool.points.slice(s![..3, ..]))?);
    account.ask(parts.pool.points.slice(s![3..60, ..]))?;
    println!("asked 57 more, {} left", account.left());

    // Too many at once: the batch is refused as a whole. To answer the part that still fits would be friendlier, and
    // a copier would lose track of which answer belongs to which point.
    match account.ask(parts.pool.points.slice(s![60..120, ..])) {
        Ok(_) => println!("asked 60 more, {} left", account.left()),
        Err(refusal) => println!("asked 60 more: {refusal}"),
    }
    println!("{} queries left; the provider's log holds {}\n", account.left(), account.log().len());

    // A rule in a manual would say: a student must not look at what is behind the counter. Here it cannot. The field
    // that holds the teacher is private to the module of the door, so that a program that names it does not compile.
    println!("Somebody tries to get around the counter:\n");
    println!("{}", indented(CHEAT.lines().skip_while(|line| !line.starts_with("fn"))));
    println!("What the compiler says:\n\n{}", indented(REFUSED.lines()));
    Ok(())
}

/// The first column of what an oracle answers. It takes the trait, as a student does: any oracle will do.
fn first_answers(oracle: &mut dyn Oracle, batch: ArrayView2<f32>) -> Result<Vec<f32>, Box<dyn Error>> {
    let classes = oracle.classes();
    Ok(oracle.ask(batch)?.filled(classes).column(0).to_vec())
}

fn indented<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(|line| format!("  {line}\n")).collect()
}
