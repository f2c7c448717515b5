//! How fast a training step is, as GFLOP/s and as a share of what this core can do at all.
//!
//! `cargo bench --bench training_step` measures the four networks of the default plans, batch 128, one thread, and
//! in the same process the core's peak: multiply-adds of the widest vectors that never leave the registers. The share
//! says how much of the core a step uses; unlike the time, it can be compared between machines.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::{fs, path::PathBuf};

use criterion::{Criterion, Throughput};
use distill_lab::nn::{Mlp, Recipe, Trainable, loss::softmax, train};
use distill_lab::seed::Seed;
use ndarray::Array2;
use pulp::{Arch, Simd, WithSimd};

const SHAPES: [&[usize]; 4] = [&[2, 16, 16, 5], &[2, 64, 64, 5], &[144, 32, 10], &[144, 128, 64, 10]];
/// Steps per measured run: the one-off cost of a run, its buffers and first shuffle, is spread over them.
const STEPS: usize = 200;
const EXAMPLES: usize = 10_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);

    let mut group = criterion.benchmark_group("core");
    group.throughput(Throughput::Elements(Arch::new().dispatch(Peak { rounds: 0 }).0));
    group.bench_function("peak", |bench| bench.iter(|| Arch::new().dispatch(Peak { rounds: ROUNDS })));
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

/// Multiply-adds of each sum that the peak is measured with.
const ROUNDS: u64 = 1_000_000;
/// Sums side by side: more than a core has begun at any moment, and few enough for sixteen registers.
const SUMS: usize = 12;

/// `rounds` multiply-adds of each of `SUMS` vectors, all in registers. Says how many operations `ROUNDS` of them are,
/// and what came out, so that the work has to be done.
struct Peak {
    rounds: u64,
}

impl WithSimd for Peak {
    type Output = (u64, f32);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> (u64, f32) {
        // s ← ½ s + 1 goes to 2, and no number on the way is slow to compute with.
        let (half, one) = (simd.splat_f32s(0.5), simd.splat_f32s(1.0));
        let mut sums = [one; SUMS];
        for _ in 0..self.rounds {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f32s(*sum, half, one);
            }
        }
        let total = sums.iter().fold(one, |total, &sum| simd.add_f32s(total, sum));
        (2 * ROUNDS * (SUMS * S::F32_LANES) as u64, simd.reduce_sum_f32s(total))
    }
}

fn name(widths: &[usize]) -> String {
    widths.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

/// The table, from the estimates that criterion saved.
fn report() {
    let operations = Arch::new().dispatch(Peak { rounds: 0 }).0 as f64;
    let Some(peak) = nanoseconds("core", "peak").map(|time| operations / time) else { return };
    println!("peak of the core: {peak:.1} GFLOP/s\n");
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
