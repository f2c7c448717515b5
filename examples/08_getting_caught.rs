//! Lesson 8: getting detected. A provider sees queries, not intentions: a copier who asks what one customer asks is
//! hard to detect, until it asks more than any customer.
//!
//! - Run: `cargo run --release --example 08_getting_caught`
//! - Promises: `natural is closed after 50 queries`
//! - Change the marked line and run again: what moves?
//! - Next: `09_whose_mistakes`. This lesson opens `src/oracle/guard/mod.rs`.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;
use std::sync::Arc;

use distill_lab::data::{Dataset, Glyphs, Sizes};
use distill_lab::nn::Recipe;
use distill_lab::oracle::guard::{Guard, Scores, Watch, detectors};
use distill_lab::oracle::{self, Api, Log, Oracle, Split, Teacher, Terms};
use distill_lab::query::evenly;
use distill_lab::seed::Seed;
use ndarray::{Array2, Axis, concatenate};
use rand::Rng;

/// Accounts that each copier deals its queries to.
const ACCOUNTS: usize = 1; // Change this line: 4.

fn main() -> Result<(), Box<dyn Error>> {
    let (seed, data) = (Seed::new(0), Glyphs::default());
    let parts = data.deal(Sizes { training: 5_000, pool: 1_000, ..Sizes::default() }, seed.child("data"));
    let recipe = Recipe { steps: 1_000, batch: 128, rate: 5e-3, decay: 1e-4 };
    let (points, labels) = (parts.training.points.view(), &parts.training.labels);
    let teacher = Teacher::train(&[144, 64, 10], points, labels, &recipe, seed.child("teacher"))?;
    let surface = oracle::surface("probabilities").expect("in the list");
    let (api, _examiner) = oracle::serve(teacher, Terms { surface, quota: 20_000, noise: seed.child("noise") });

    // The detectors learn from honest traffic what is usual: how much one account asks, how sure the answers are and
    // how even over the digits, how far queries are from others'. What counts as strange could be a number set by hand.
    // Here it is whatever so few honest accounts reach that one in twenty is closed over its whole life.
    let one = |number: usize| customer(seed.child("traffic").child(number), None);
    let traffic: Vec<Array2<f32>> = (0..30).map(one).collect();
    let traffic: Vec<_> = traffic.iter().map(|queries| queries.view()).collect();
    let detectors = detectors(&asked(&api, concatenate(Axis(0), &traffic)?)?);
    let honest = |group: &str, count: usize| -> Result<Vec<Scores>, Box<dyn Error>> {
        let log = |number| asked(&api, customer(seed.child(group).child(number), None));
        (0..count).map(|number| Ok(Scores::of(&detectors, &log(number)?))).collect()
    };
    let guard = Guard::calibrate(detectors.clone(), &honest("calibration", 1_000)?, 0.05);
    let closed = honest("fresh", 200)?.iter().filter(|scores| guard.closes(scores).is_some()).count();
    println!("Of 200 honest accounts that it has not seen the guard closes {closed}.\n");

    // Now it watches every account that is opened: one asks noise, one all digits evenly, and one what a customer would
    // ask who never has enough.
    let watched = api.watched_by(Watch::new(Arc::new(guard)));
    let noise = evenly(data.bounds(), (1_000, 144), &mut seed.child("copier").stream());
    let one = customer(seed.child("copier"), Some(1_000));
    for (name, queries) in [("noise", noise), ("natural", parts.pool.points), ("one customer", one)] {
        let mut accounts = Split::new((0..ACCOUNTS).map(|_| watched.open()).collect());
        // In batches of ten, until none is left or all accounts are closed.
        let refused = queries.axis_chunks_iter(Axis(0), 10).any(|batch| accounts.ask(batch).is_err());
        let verdict = if refused { "is closed after" } else { "gets through with" };
        println!("{name} {verdict} {} queries", accounts.answered());
    }
    Ok(())
}

/// The log of an account that asks these.
fn asked(api: &Api, queries: Array2<f32>) -> Result<Log, Box<dyn Error>> {
    let mut account = api.open();
    account.ask(queries.view())?;
    Ok(account.close())
}

/// What one honest customer asks: 10 to 300 drawings, or as many as said, of a few digits it happens to care about, in
/// its own hand. They differ among themselves, and that is why there are false alarms.
fn customer(seed: Seed, count: Option<usize>) -> Array2<f32> {
    let mut stream = seed.stream();
    let hand = Glyphs { noise: stream.random_range(0.2..0.4), warp: stream.random_range(0.7..1.2) };
    let favourites: Vec<usize> = (0..stream.random_range(2..10u32)).map(|_| stream.random_range(0..10)).collect();
    let volume = 10f64.powf(stream.random_range(1.0..2.5)) as usize;
    let digits: Vec<usize> =
        (0..count.unwrap_or(volume)).map(|_| favourites[stream.random_range(0..favourites.len())]).collect();
    hand.digits(&digits, &mut stream)
}
