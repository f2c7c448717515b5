//! Lesson 5: the budget curve. The first hundred queries bring nine tenths of the gain from ten to a thousand.
//!
//! - Run: `cargo run --release --example 05_budget_curve`
//! - Promises: `After 100 queries, 9 tenths of the gain from 10 to 1000 are there`
//! - Change the marked line and run again: what moves?
//! - Next: `06_soft_and_hard`. This lesson opens `src/experiment/budget.rs`, and `src/experiment/run/references.rs`
//!   for the model that never asked.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::Exam;
use distill_lab::audit::statistics::estimate;
use distill_lab::data::{Dataset, Sizes, spirals};
use distill_lab::nn::{Mlp, Recipe, loss::one_hot, train};
use distill_lab::oracle::{self, Teacher, Terms};
use distill_lab::query::evenly;
use distill_lab::seed::Seed;
use distill_lab::student::Pupil;

const BUDGETS: [usize; 5] = [10, 30, 100, 300, 1_000];
/// Hidden units per layer of a student.
const WIDTH: usize = 16; // Change this line: 4, 64.

fn main() -> Result<(), Box<dyn Error>> {
    // One replicate may be a lucky one. In each of three, data, teacher and students are drawn anew.
    let replicates: Vec<Vec<f64>> =
        (0..3).map(|number| agreements(Seed::new(0).child("world").child(number))).collect::<Result<_, _>>()?;

    println!("    queries agreement, the mean of three replicates\n");
    let mean_at = |place: usize| estimate(&replicates.iter().map(|curve| curve[place]).collect::<Vec<_>>()).mean;
    for (place, budget) in BUDGETS.iter().enumerate() {
        let gain = if place == 0 { String::new() } else { format!(" {:+.2}", mean_at(place) - mean_at(place - 1)) };
        println!("{budget:>11} {:50} {:.2}{gain}", "#".repeat((50.0 * mean_at(place)) as usize), mean_at(place));
    }
    let independent = mean_at(BUDGETS.len());
    println!("never asked {:50} {independent:.2}", "-".repeat((50.0 * independent) as usize));

    // What is brought from the first budget to the last, and how much of it by the one in the middle.
    let (first, middle, last) = (0, BUDGETS.len() / 2, BUDGETS.len() - 1);
    let tenths = (10.0 * (mean_at(middle) - mean_at(first)) / (mean_at(last) - mean_at(first))).floor();
    let [from, at, to] = [BUDGETS[first], BUDGETS[middle], BUDGETS[last]];
    println!("\nAfter {at} queries, {tenths} tenths of the gain from {from} to {to} are there.");
    let as_often = (0..=last).find(|&place| mean_at(place) >= independent);
    let as_often = as_often.map_or("no number of".to_owned(), |place| BUDGETS[place].to_string());
    println!("In the mean, it agrees as often as one that never asked from {as_often} queries on.");
    Ok(())
}

/// Agreement at each budget in one replicate, and at the end that of a model of the teacher's size that never met it.
fn agreements(seed: Seed) -> Result<Vec<f64>, Box<dyn Error>> {
    let data = spirals();
    let parts =
        data.deal(Sizes { training: 10_000, pool: 1_000, test: 5_000, independent: 10_000 }, seed.child("data"));
    let recipe = Recipe { steps: 1_500, batch: 128, rate: 0.01, decay: 1e-4 };
    let (points, labels) = (parts.training.points.view(), &parts.training.labels);
    let teacher = Teacher::train(&[2, 64, 64, 5], points, labels, &recipe, seed.child("teacher"))?;
    let surface = oracle::surface("probabilities").expect("in the list");
    let (api, examiner) = oracle::serve(teacher, Terms { surface, quota: 1_000, noise: seed.child("noise") });
    let off_the_data = evenly(data.bounds(), (100, 2), &mut seed.child("off").stream());
    let exam = Exam::new(examiner, parts.test, off_the_data);

    // A student for each budget, every one from the same start and for the same number of steps, so that they differ
    // in what they were told and in nothing else. To go on training one student would be cheaper, but then the last
    // would have had five times the steps.
    let start = Mlp::new(&[2, WIDTH, WIDTH, 5], &mut seed.child("start").stream());
    let pupil = Pupil::new(&start, parts.pool.points.view(), data.bounds(), recipe, seed.child("student"));
    let students = pupil.distill_along(&mut api.open(), &BUDGETS)?.students;

    // Without this line a curve says little: two models that learned one task agree because of the task.
    let mut independent = Mlp::new(&[2, 64, 64, 5], &mut seed.child("stranger").stream());
    let (points, targets) = (parts.independent.points.view(), one_hot(&parts.independent.labels, 5));
    train(&mut independent, points, targets.view(), &recipe, &mut seed.child("batches").stream())?;
    Ok(students.iter().chain([&independent]).map(|model| exam.grade(model).agreement).collect())
}
