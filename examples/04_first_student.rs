//! Lesson 4: a first student. A small network that sees nothing but answers learns to answer like its teacher.
//!
//! - Run: `cargo run --release --example 04_first_student`
//! - Promises: `at least 9 of 10 new points`
//! - Change the marked line and run again: what moves?
//! - Next: `05_budget_curve`. This lesson opens `src/student.rs`, and `src/audit/exam.rs` for the exam.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::Exam;
use distill_lab::data::{Dataset, Sizes, spirals};
use distill_lab::nn::{Mlp, Recipe, loss::argmax};
use distill_lab::oracle::{self, Teacher, Terms};
use distill_lab::query::evenly;
use distill_lab::seed::Seed;
use distill_lab::student::Pupil;
use ndarray::Array2;

/// Queries that the student may ask.
const QUERIES: usize = 200; // Change this line: 10, 50, 1_000.

fn main() -> Result<(), Box<dyn Error>> {
    // A teacher behind its door, as in the two lessons before.
    let (seed, data) = (Seed::new(0), spirals());
    let parts =
        data.deal(Sizes { training: 20_000, pool: 1_000, test: 10_000, ..Sizes::default() }, seed.child("data"));
    let recipe = Recipe { steps: 3_000, batch: 128, rate: 0.01, decay: 1e-4 };
    let (points, labels) = (parts.training.points.view(), &parts.training.labels);
    let teacher = Teacher::train(&[2, 64, 64, 5], points, labels, &recipe, seed.child("teacher"))?;
    let surface = oracle::surface("probabilities").expect("in the list");
    let (api, examiner) = oracle::serve(teacher, Terms { surface, quota: QUERIES, noise: seed.child("noise") });

    // The exam: the share of 10,000 new points on which a model says what the teacher says, right or wrong. Accuracy
    // would ask another question, whether it is right, and there the teacher itself has only 0.8.
    let off_the_data = evenly(data.bounds(), (10_000, 2), &mut seed.child("off").stream());
    let exam = Exam::new(examiner, parts.test, off_the_data);

    // All that the student is: an untrained network, a tenth of the teacher's size, unlabelled points to ask about, the
    // box they live in, how to train, and random numbers of its own. It could be given the labels of these points too.
    // It is not: whatever it knows in the end, it knows from answers.
    let start = Mlp::new(&[2, 16, 16, 5], &mut seed.child("start").stream());
    let recipe = Recipe { steps: 1_500, ..recipe };
    let pupil = Pupil::new(&start, parts.pool.points.view(), data.bounds(), recipe, seed.child("student"));
    let mut account = api.open();
    let student = pupil.distill(&mut account)?;

    println!("A student of {} parameters asked {} queries.\n", student.parameter_count(), account.log().len());
    let (taught, untaught) = (exam.grade(&student), exam.grade(&start));
    println!("agreement before   {:.2}", untaught.agreement);
    println!("by guessing        {:.2}", exam.grade_chance().agreement);
    println!("after              {:.2}", taught.agreement);
    println!("It agrees on at least {:.0} of 10 new points.\n", (10.0 * taught.agreement).floor());

    // Where the two differ: along the borders, and where there are no data.
    let grid = Array2::from_shape_fn((18 * 36, 2), |(cell, axis)| match axis {
        0 => 5.0 * ((cell % 36) as f32 + 0.5) / 36.0 - 2.5,
        _ => 2.5 - 5.0 * ((cell / 36) as f32 + 0.5) / 18.0,
    });
    let (theirs, ours) = (exam.teacher_answers(grid.view()), argmax(student.logits(grid.view()).view()));
    println!("{:38}  where the student differs", "what the teacher answers");
    for row in 0..18 {
        let cells = 36 * row..36 * (row + 1);
        let map: String = theirs[cells.clone()].iter().map(|&class| ['.', 'o', '+', 'x', '='][class]).collect();
        let differences = cells.map(|cell| if theirs[cell] == ours[cell] { '·' } else { '#' });
        println!("{map:38}  {}", differences.collect::<String>());
    }
    Ok(())
}
