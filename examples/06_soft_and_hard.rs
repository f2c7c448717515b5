//! Lesson 6: soft and hard answers. Probabilities teach more than labels: they also tell which class is second.
//!
//! - Run: `cargo run --release --example 06_soft_and_hard`
//! - Promises: `probabilities are 0.1 ahead of labels`
//! - Change the marked line and run again: what moves?
//! - Next: `07_asking_well`. This lesson opens `src/oracle/surface/`, a file for each kind of answer.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::Exam;
use distill_lab::audit::statistics::{estimate, paired_difference};
use distill_lab::data::{Dataset, Sizes, spirals};
use distill_lab::nn::{Mlp, Recipe};
use distill_lab::oracle::{self, Oracle, Teacher, Terms};
use distill_lab::query::evenly;
use distill_lab::seed::Seed;
use distill_lab::student::Pupil;
use ndarray::array;

/// What an answer shows, the most telling first.
const KINDS: [&str; 4] = ["probabilities", "top-probability", "label", "flipped20"];
/// Queries that each student asks.
const QUERIES: usize = 100; // Change this line: 1_000.

fn main() -> Result<(), Box<dyn Error>> {
    let mut agreements: [Vec<f64>; KINDS.len()] = Default::default();
    for number in 0..4 {
        let (seed, data) = (Seed::new(0).child("world").child(number), spirals());
        let parts =
            data.deal(Sizes { training: 10_000, pool: 1_000, test: 5_000, ..Sizes::default() }, seed.child("data"));
        let recipe = Recipe { steps: 1_500, batch: 128, rate: 0.01, decay: 1e-4 };
        let (points, labels) = (parts.training.points.view(), &parts.training.labels);
        let teacher = Teacher::train(&[2, 64, 64, 5], points, labels, &recipe, seed.child("teacher"))?;

        // The surface is what stands between the teacher and its customer. It belongs to the terms, not to the
        // student: every customer gets the answers that the API shows.
        let terms = |name: &str| {
            let surface = oracle::surface(name).expect("in the list");
            Terms { surface, quota: QUERIES, noise: seed.child("noise") }
        };
        let (api, examiner) = oracle::serve(teacher, terms(KINDS[0]));
        let exam = Exam::new(examiner, parts.test, evenly(data.bounds(), (100, 2), &mut seed.child("off").stream()));

        let start = Mlp::new(&[2, 16, 16, 5], &mut seed.child("start").stream());
        let pupil = Pupil::new(&start, parts.pool.points.view(), data.bounds(), recipe, seed.child("student"));
        if number == 0 {
            println!("One query, about the centre where all arms meet, answered in four ways:\n");
        }
        for (kind, agreements) in KINDS.iter().zip(&mut agreements) {
            if number == 0 {
                let answer = api.under(terms(kind)).open().ask(array![[0., 0.]].view())?;
                println!("  {kind:16} {:.2?}", answer.filled(5).row(0).to_vec());
            }
            // The same start, the same points, the same order of examples: only the answers differ.
            let student = pupil.distill(&mut api.under(terms(kind)).open())?;
            agreements.push(exam.grade(&student).agreement);
        }
    }

    println!("\nagreement after {QUERIES} queries, the mean of four replicates\n");
    for (kind, agreements) in KINDS.iter().zip(&agreements) {
        let mean = estimate(agreements).mean;
        println!("  {kind:16} {:50} {mean:.2}", "#".repeat((50.0 * mean) as usize));
    }
    // Replicates differ more than kinds of answer do. The difference is taken within each replicate, where both
    // students met the same teacher, and only then averaged; two means side by side would carry the replicates' luck.
    let ahead = paired_difference(&agreements[0], &agreements[2]);
    println!("\nprobabilities are {:.1} ahead of labels, between {:.2} and {:.2}", ahead.mean, ahead.low, ahead.high);
    Ok(())
}
