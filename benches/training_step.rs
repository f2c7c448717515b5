//! How fast a training step is, as GFLOP/s and as a share of what one large matrix product reaches here.
//!
//! `cargo bench --bench training_step` measures the four networks of the default plans, batch 128, one thread, and
//! a 1024 × 1024 × 1024 product in the same process. The share says how much of the machine a step uses; unlike
//! the time, it can be compared between machines.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::{fs, path::PathBuf};

use criterion::{Criterion, Throughput};
use distill_lab::nn::{Mlp, Recipe, Trainable, loss::softmax, train};
use distill_lab::seed::Seed;
use ndarray::Array2;

const SHAPES: [&[usize]; 4] = [&[2, 16, 16, 5], &[2, 64, 64, 5], &[144, 32, 10], &[144, 128, 64, 10]];
/// Steps per measured run: the one-off cost of a run, its buffers and first shuffle, is spread over them.
const STEPS: usize = 200;
const EXAMPLES: usize = 10_000;
const SIDE: usize = 1024;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);

    let square = Array2::from_shape_fn((SIDE, SIDE), |(i, j)| ((i * 7 + j) % 13) as f32);
    let mut group = criterion.benchmark_group("product");
    group.throughput(Throughput::Elements(2 * (SIDE as u64).pow(3)));
    group.bench_function("1024", |bench| bench.iter(|| square.dot(&square)));
    group.finish();

    let mut group = criterion.benchmark_group("training");
    for widths in SHAPES {
        let mut stream = Seed::new(0).stream();
        let start = Mlp::new(widths, &mut stream);
        let points = Array2::from_shape_fn((EXAMPLES, widths[0]), |(i, j)| ((i * 31 + j * 17) as f32).sin());
        let classes = widths[widths.len() - 1];
        let targets = softmax(Array2::from_shape_fn((EXAMPLES, classes), |(i, j)| ((i + 3 * j) as f32).cos()));
        let recipe = Recipe { steps: STEPS, batch: 128, rate: 0.01, decay: 1e-4 };
        group.throughput(Throughput::Elements(STEPS as u64 * start.step_flops(128)));
        group.bench_function(name(widths), |bench| {
            bench.iter(|| {
                let mut net = start.clone();
                train(&mut net, points.view(), targets.view(), &recipe, &mut stream).expect("a mild rate");
                net
            });
        });
    }
    group.finish();
    criterion.final_summary();
    report();
}

fn name(widths: &[usize]) -> String {
    widths.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

/// The table, from the estimates that criterion saved.
fn report() {
    let product = 2.0 * (SIDE as f64).powi(3);
    let Some(peak) = nanoseconds("product", "1024").map(|time| product / time) else { return };
    println!("one large product: {peak:.1} GFLOP/s\n");
    println!("{:<16} {:>10} {:>10} {:>8}", "network", "µs / step", "GFLOP/s", "share");
    for widths in SHAPES {
        let Some(time) = nanoseconds("training", &name(widths)) else { continue };
        let step = time / STEPS as f64;
        let speed = Mlp::new(widths, &mut Seed::new(0).stream()).step_flops(128) as f64 / step;
        println!("{:<16} {:>10.1} {:>10.1} {:>7.0}%", name(widths), step / 1000.0, speed, 100.0 * speed / peak);
    }
}

/// The median time that criterion measured.
fn nanoseconds(group: &str, function: &str) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let saved = target.join("criterion").join(group).join(function).join("new/estimates.json");
    let estimates: serde_json::Value = serde_json::from_str(&fs::read_to_string(saved).ok()?).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
