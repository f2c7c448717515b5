//! Lesson 2: a teacher. It learned from labels alone, yet it knows how sure it may be.
//!
//! - Run: `cargo run --release --example 02_teacher`
//! - Promises: `right on 0.8 of them`
//! - Change the marked line and run again: what moves?
//! - Next: `03_door`. This lesson opens `src/data/spirals.rs` and, for what a probability is worth, `src/nn/loss.rs`.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::data::{Dataset, Sizes, spirals};
use distill_lab::nn::Recipe;
use distill_lab::nn::loss::softmax;
use distill_lab::oracle::{self, Teacher, Terms};
use distill_lab::seed::Seed;

/// Labelled examples that the teacher is trained on.
const EXAMPLES: usize = 20_000; // Change this line: 200.

fn main() -> Result<(), Box<dyn Error>> {
    // Five spiral arms that run into each other. Where two overlap, the label of a point is the toss of a loaded coin:
    // the same point would get another label another day.
    let seed = Seed::new(0);
    let sizes = Sizes { training: EXAMPLES, test: 10_000, ..Sizes::default() };
    let parts = spirals().deal(sizes, seed.child("data"));

    // A teacher is the network of lesson 1, only larger and better fed. It could be an `Mlp` that we keep; here it is
    // a `Teacher`, which can be trained and served and nothing else. Lesson 3 tells why.
    let recipe = Recipe { steps: 3_000, batch: 128, rate: 0.01, decay: 1e-4 };
    let (points, labels) = (parts.training.points.view(), &parts.training.labels);
    let teacher = Teacher::train(&[2, 64, 64, 5], points, labels, &recipe, seed.child("teacher"))?;

    // Served, it is behind a door. The API answers nobody today. The examiner may look at everything.
    let terms = Terms { surface: oracle::surface("label").expect("in the list"), quota: 0, noise: seed.child("noise") };
    let (_api, examiner) = oracle::serve(teacher, terms);

    // For each new example: how sure is it of its first choice, and was that right?
    let probabilities = softmax(examiner.logits(parts.test.points.view()));
    let judged: Vec<(f64, bool)> = probabilities
        .rows()
        .into_iter()
        .zip(&parts.test.labels)
        .map(|(row, &label)| {
            let surest = row.fold(0f32, |a, &b| a.max(b));
            (f64::from(surest), row[label] == surest)
        })
        .collect();

    println!("A teacher of five spiral arms, trained on {EXAMPLES} noisy labels.");
    println!("Asked about 10,000 new points it is\n");
    println!("  this sure     points       right on");
    for (low, high) in [(0.2, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.1)] {
        let of_them: Vec<(f64, bool)> = judged.iter().copied().filter(|(sure, _)| (low..high).contains(sure)).collect();
        let (sure, right) = means(&of_them);
        println!("  {sure:.2}          {:>6}       {right:.2}  {}", of_them.len(), "#".repeat((30.0 * right) as usize));
    }
    // A label says "arm 3" and was wrong one time in five. The average over thousands of labels nearby says "arm 3 in
    // 80 of 100 cases": more than any single label that went into it. That is what a student will be after.
    let (sure, right) = means(&judged);
    println!("\nover all points: sure {sure:.1}, right on {right:.1} of them");
    Ok(())
}

/// The mean confidence, and the share of answers that were right.
fn means(judged: &[(f64, bool)]) -> (f64, f64) {
    let count = judged.len().max(1) as f64;
    let sure: f64 = judged.iter().map(|(sure, _)| sure).sum();
    (sure / count, judged.iter().filter(|(_, right)| *right).count() as f64 / count)
}
