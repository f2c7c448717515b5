//! Lesson 1: a network. It is a list of numbers, and training turns them until its answers fit the examples.
//!
//! - Run: `cargo run --release --example 01_network`
//! - Promises: `82 parameters`
//! - Change the marked line and run again: what moves?
//! - Next: `02_teacher`. This lesson opens `src/nn/mlp.rs`, `src/nn/backprop.rs` and, for the training,
//!   `src/nn/train.rs`.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::data::{Dataset, Examples, Sizes, moons};
use distill_lab::nn::loss::{argmax, one_hot};
use distill_lab::nn::{Mlp, Recipe, train};
use distill_lab::seed::Seed;
use ndarray::array;

/// Units of the hidden layer.
const HIDDEN: usize = 16; // Change this line: 1, 2, 64.

fn main() -> Result<(), Box<dyn Error>> {
    // Every random number comes from a seed and the name of what it is for. A generator that everybody draws from in
    // turn would be shorter, but then one more example would give the network other weights too.
    let seed = Seed::new(0);

    // Two half moons that reach into each other. They overlap: no rule gets all of them right.
    let sizes = Sizes { training: 1_000, test: 1_000, ..Sizes::default() };
    let parts = moons().deal(sizes, seed.child("data"));

    // Two numbers in, one hidden layer, two classes out. A layer is a matrix and a bias, so the parameters can be
    // counted by hand: 2 · 16 + 16, and 16 · 2 + 2.
    let mut net = Mlp::new(&[2, HIDDEN, 2], &mut seed.child("start").stream());
    println!("A network of {} parameters and 1,000 examples of two half moons.\n", net.parameter_count());
    let (before, chance) = (map(&net), accuracy(&net, &parts.test));

    // A label is turned into a target: a row of probabilities with all the weight on one class. Training could compare
    // with the label itself; but from lesson 4 on it is a teacher's probabilities that stand there.
    let targets = one_hot(&parts.training.labels, 2);
    // 500 times: take 100 examples, see how the answers would improve, and turn every number a little that way.
    let recipe = Recipe { steps: 500, batch: 100, rate: 0.02, decay: 1e-4 };
    train(&mut net, parts.training.points.view(), targets.view(), &recipe, &mut seed.child("batches").stream())?;

    println!("{:38}  after", "before training");
    for (left, right) in before.iter().zip(map(&net)) {
        println!("{left}  {right}");
    }
    // New examples, not those it was trained on: these it could have learned by heart.
    println!("\nright on {chance:.2} of 1,000 new examples before, on {:.2} after", accuracy(&net, &parts.test));
    Ok(())
}

/// The share of examples that a network gets right. Its answer is the class with the largest output.
fn accuracy(net: &Mlp, examples: &Examples) -> f64 {
    let answers = argmax(net.logits(examples.points.view()).view());
    let right = answers.iter().zip(&examples.labels).filter(|(answer, label)| answer == label).count();
    right as f64 / answers.len() as f64
}

/// What a network answers across the plane, from −2.5 to 2.5 on both axes: a sign for each class.
fn map(net: &Mlp) -> Vec<String> {
    let answer = |x: f32, y: f32| ["·", "#"][argmax(net.logits(array![[x, y]].view()).view())[0]];
    let coordinate = |step: i32, steps: i32| 5.0 * (step as f32 + 0.5) / steps as f32 - 2.5;
    let row = |line: i32| (0..38).map(|column| answer(coordinate(column, 38), -coordinate(line, 16))).collect();
    (0..16).map(row).collect()
}
