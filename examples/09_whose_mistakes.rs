//! Lesson 9: whose mistakes. Who gives an answer that only the teacher gives depends on it, by asking or otherwise.
//!
//! - Run: `cargo run --release --example 09_whose_mistakes`
//! - Promises: `the copy: p = 0.05`
//! - Change the marked line and run again: what moves?
//! - Next: `10_who_are_you`. This lesson opens `src/audit/probes.rs` and `src/audit/ranks.rs`.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::ranks::p_value;
use distill_lab::audit::{Exam, Probes};
use distill_lab::data::{Dataset, Examples, Glyphs, Sizes};
use distill_lab::nn::loss::one_hot;
use distill_lab::nn::{Diverged, Mlp, Recipe, train};
use distill_lab::oracle::{self, Teacher, Terms};
use distill_lab::query::evenly;
use distill_lab::seed::Seed;
use distill_lab::student::Pupil;

/// Independent models that a suspect is compared with: they never met the teacher.
const REFERENCES: u32 = 19; // Change this line: 4, 39.
/// Examples that each of them is trained on, and queries of the copy.
const EXAMPLES: usize = 3_000;
const RECIPE: Recipe = Recipe { steps: 800, batch: 128, rate: 5e-3, decay: 1e-4 };

fn main() -> Result<(), Box<dyn Error>> {
    let (seed, data) = (Seed::new(0), Glyphs::default());
    let parts =
        data.deal(Sizes { training: EXAMPLES, pool: EXAMPLES, test: 20_000, ..Sizes::default() }, seed.child("data"));
    let teachers = &parts.training;
    let recipe = Recipe { steps: 1_500, ..RECIPE };
    let widths = [144, 64, 10];
    let teacher = Teacher::train(&widths, teachers.points.view(), &teachers.labels, &recipe, seed.child("teacher"))?;
    let surface = oracle::surface("probabilities").expect("in the list");
    let (api, examiner) = oracle::serve(teacher, Terms { surface, quota: EXAMPLES, noise: seed.child("noise") });
    let off_the_data = evenly(data.bounds(), (100, 144), &mut seed.child("off").stream());
    let (held_out, points) = (parts.test.points.clone(), parts.test.points.nrows());
    let exam = Exam::new(examiner, parts.test, off_the_data);

    // Probes: new points where four models of the owner's own all give one answer and the teacher gives another. Plain
    // agreement would not do. On most points all who have learned to read digits give the same answer.
    let own_model = |name: &str, number: u32| learned(seed.child(name).child(number), None);
    let references: Vec<Mlp> = (0..4).map(|number| own_model("reference", number)).collect::<Result<_, _>>()?;
    let probes = Probes::among([held_out], &exam, &references);
    println!("On {} of {points} points the teacher stands alone. Who gives its answer?\n", probes.len());

    // How often does a model do that without having met it? No formula knows. Independent models of its size do.
    let agrees = |model: &Mlp| {
        let like_the_teacher = probes.agrees(model).iter().filter(|&&agrees| agrees).count();
        like_the_teacher as f64 / probes.len() as f64
    };
    let references: Vec<f64> =
        (0..REFERENCES).map(|number| Ok(agrees(&own_model("crowd", number)?))).collect::<Result<_, Diverged>>()?;
    let (low, high) = references.iter().fold((1f64, 0f64), |(low, high), &share| (low.min(share), high.max(share)));
    println!("{REFERENCES} independent models: from {low:.2} to {high:.2} of the time\n");

    let start = Mlp::new(&[144, 32, 10], &mut seed.child("start").stream());
    let pupil = Pupil::new(&start, parts.pool.points.view(), data.bounds(), RECIPE, seed.child("copy"));
    let suspects = [
        ("an independent model", own_model("stranger", 0)?),
        ("the copy", pupil.distill(&mut api.open())?),
        // It never asked a question: it was trained on the teacher's own training set.
        ("the teacher's data", learned(seed.child("classmate"), Some(teachers))?),
    ];
    for (name, model) in &suspects {
        // The share of ranks as high or higher: with 19 reference models never below 1 in 20.
        let share = agrees(model);
        println!("{name}: p = {:.2}, the teacher's answer {share:.2} of the time", p_value(share, &references));
    }
    println!("\nA small p says that something is shared. It does not say what.");
    Ok(())
}

/// A model of the student's size, trained on true labels: examples of its own, or these.
fn learned(seed: Seed, examples: Option<&Examples>) -> Result<Mlp, Diverged> {
    let sizes = Sizes { training: EXAMPLES, ..Sizes::default() };
    let own = Glyphs::default().deal(sizes, seed.child("data")).training;
    let Examples { points, labels } = examples.unwrap_or(&own);
    let mut net = Mlp::new(&[144, 32, 10], &mut seed.child("start").stream());
    train(&mut net, points.view(), one_hot(labels, 10).view(), &RECIPE, &mut seed.child("batches").stream())?;
    Ok(net)
}
