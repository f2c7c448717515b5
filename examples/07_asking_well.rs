//! Lesson 7: asking well. Sixty queries spread out teach more than sixty that come along; entropy alone misleads.
//!
//! - Run: `cargo run --release --example 07_asking_well`
//! - Promises: `k-center is ahead of natural in 6 of 6`
//! - Change the marked line and run again: what moves?
//! - Next: `08_getting_caught`. This lesson opens `src/query/mod.rs`, and `src/query/k_center_margin.rs` for a
//!   strategy that does both.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::Exam;
use distill_lab::audit::statistics::{estimate, paired_difference};
use distill_lab::data::{Dataset, Sizes, spirals};
use distill_lab::nn::{Mlp, Recipe};
use distill_lab::oracle::{self, Teacher, Terms};
use distill_lab::query::{evenly, strategy};
use distill_lab::seed::Seed;
use distill_lab::student::Pupil;
use ndarray::ArrayView2;

const REPLICATES: usize = 6;
/// As they come; far from all queries so far; where the student is least sure.
const STRATEGIES: [&str; 3] = ["natural", "k-center", "entropy"];
const QUERIES: usize = 60; // Change this line: 20, 300.

fn main() -> Result<(), Box<dyn Error>> {
    let mut maps: Vec<Vec<String>> = Vec::new();
    let mut agreements: [Vec<f64>; STRATEGIES.len()] = Default::default();
    for number in 0..REPLICATES {
        let (seed, data) = (Seed::new(0).child("world").child(number), spirals());
        let parts =
            data.deal(Sizes { training: 10_000, pool: 5_000, test: 5_000, ..Sizes::default() }, seed.child("data"));
        let recipe = Recipe { steps: 1_500, batch: 128, rate: 0.01, decay: 1e-4 };
        let (points, labels) = (parts.training.points.view(), &parts.training.labels);
        let teacher = Teacher::train(&[2, 64, 64, 5], points, labels, &recipe, seed.child("teacher"))?;
        let surface = oracle::surface("probabilities").expect("in the list");
        let (api, examiner) = oracle::serve(teacher, Terms { surface, quota: QUERIES, noise: seed.child("noise") });
        let exam = Exam::new(examiner, parts.test, evenly(data.bounds(), (100, 2), &mut seed.child("off").stream()));

        let start = Mlp::new(&[2, 16, 16, 5], &mut seed.child("start").stream());
        for (name, agreements) in STRATEGIES.iter().zip(&mut agreements) {
            // A strategy proposes points out of the pool; the account counts. One that looks at the student so far asks
            // in rounds, after 10, 18, 32, 56, … queries. After every single one would cost sixty trainings.
            let strategy = strategy(name).expect("in the list");
            let pupil = Pupil::new(&start, parts.pool.points.view(), data.bounds(), recipe, seed.child("student"));
            let mut account = api.open();
            let student = Pupil { strategy, ..pupil }.distill(&mut account)?;
            if number == 0 {
                maps.push(map(account.log().queries().view()));
            }
            agreements.push(exam.grade(&student).agreement);
        }
    }

    println!("Where {QUERIES} queries go (a digit counts those in one place):\n");
    println!("{:24}  {:24}  {}", STRATEGIES[0], STRATEGIES[1], STRATEGIES[2]);
    for ((first, second), third) in maps[0].iter().zip(&maps[1]).zip(&maps[2]) {
        println!("{first}  {second}  {third}");
    }
    println!("\nagreement, the mean of {REPLICATES} replicates\n");
    for (name, agreements) in STRATEGIES.iter().zip(&agreements) {
        let mean = estimate(agreements).mean;
        println!("{name:15} {:50} {mean:.2}", "#".repeat((50.0 * mean) as usize));
    }
    println!();
    for (name, other) in STRATEGIES.iter().zip(&agreements).skip(1) {
        let ahead = agreements[0].iter().zip(other).filter(|(natural, own)| own > natural).count();
        let gap = paired_difference(other, &agreements[0]);
        println!(
            "{name} is ahead of natural in {ahead} of {REPLICATES}: {:.2} [{:.2}, {:.2}]",
            gap.mean, gap.low, gap.high
        );
    }
    Ok(())
}

/// How many points (n × 2) fall into each place of the plane, from −2.5 to 2.5 on both axes.
fn map(points: ArrayView2<f32>) -> Vec<String> {
    let mut counts = [[0usize; 24]; 12];
    for point in points.rows() {
        let place = |coordinate: f32, places: usize| {
            let share = (coordinate + 2.5) / 5.0;
            ((share * places as f32) as usize).min(places - 1)
        };
        counts[place(-point[1], 12)][place(point[0], 24)] += 1;
    }
    let sign = |&count: &usize| if count == 0 { "·".to_owned() } else { count.min(9).to_string() };
    counts.iter().map(|row| row.iter().map(sign).collect()).collect()
}
