//! `--weights`: what is saved is what was examined, read by somebody who does not know the program.

use std::collections::BTreeMap;
use std::fs;

use crate::place::Place;
use distill_lab::plan::{Plan, Request};
use distill_lab::seed::Seed;
use ndarray::ArrayView1;
use serde_json::Value;

const PLAN: &str = "--quick --data moons --budgets 10,20 --replicates 2 --steps 60 --teacher 8 --student 4,3 --seed 5";

/// Names, shapes and numbers of a file, and its metadata, by the book: eight bytes, JSON, numbers.
struct File {
    tensors: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
    metadata: Value,
}

fn load(bytes: &[u8]) -> File {
    let (length, rest) = bytes.split_at(8);
    let length = u64::from_le_bytes(length.try_into().expect("eight bytes")) as usize;
    let (header, numbers) = rest.split_at(length);
    assert_eq!((length % 8, header[0]), (0, b'{'));
    let mut header: BTreeMap<String, Value> = serde_json::from_slice(header).expect("JSON");
    let metadata = header.remove("__metadata__").expect("metadata");
    let mut ends = Vec::new();
    let tensor = |(name, entry): (String, Value)| {
        let whole = |value: &Value| value.as_u64().expect("a whole number") as usize;
        let shape: Vec<usize> = entry["shape"].as_array().expect("a list").iter().map(whole).collect();
        let (begin, end) = (whole(&entry["data_offsets"][0]), whole(&entry["data_offsets"][1]));
        assert_eq!(
            (entry["dtype"].as_str(), end - begin),
            (Some("F32"), 4 * shape.iter().product::<usize>()),
            "{name}"
        );
        ends.push((begin, end));
        let (quads, _) = numbers[begin..end].as_chunks::<4>();
        (name, (shape, quads.iter().map(|&quad| f32::from_le_bytes(quad)).collect()))
    };
    let tensors = header.into_iter().map(tensor).collect();
    // Without holes and without a rest.
    ends.sort_unstable();
    let last = ends.iter().fold(0, |last, &(begin, end)| {
        assert_eq!(begin, last);
        end
    });
    assert_eq!(last, numbers.len());
    File { tensors, metadata }
}

impl File {
    /// The class that a model gives a point: W·x + b and ReLU, one number after the other.
    fn class(&self, model: &str, point: ArrayView1<f32>) -> usize {
        let mut values: Vec<f64> = point.iter().map(|&x| f64::from(x)).collect();
        for layer in 1.. {
            let Some((shape, weights)) = self.tensors.get(&format!("{model}/fc{layer}.weight")) else { break };
            let (_, bias) = &self.tensors[&format!("{model}/fc{layer}.bias")];
            let inputs = if layer == 1 { values } else { values.iter().map(|x| x.max(0.0)).collect() };
            assert_eq!(shape[..], [bias.len(), inputs.len()]);
            let row = |unit: usize| &weights[unit * inputs.len()..][..inputs.len()];
            let unit = |unit: usize| {
                let products = row(unit).iter().zip(&inputs).map(|(&w, x)| f64::from(w) * x);
                products.sum::<f64>() + f64::from(bias[unit])
            };
            values = (0..bias.len()).map(unit).collect();
        }
        (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).expect("a class")
    }
}

#[test]
fn a_forward_pass_by_hand_gives_the_agreement_of_the_records() {
    let place = Place::new();
    place.succeeds(&format!("run {PLAN} --out o --quiet --weights models/w.safetensors"));
    let file = load(&fs::read(place.path("models/w.safetensors")).expect("a file"));
    assert_eq!(file.tensors.len(), 2 * 2 + 6 * 2 * 3, "a teacher of two layers, six students of three");
    assert_eq!(file.metadata["seed"], "5");
    assert_eq!(file.metadata["version"], env!("CARGO_PKG_VERSION"));
    assert!(file.metadata["command"].as_str().is_some_and(|command| command.starts_with("distill run budget --quick")));

    assert_eq!(file.metadata["inputs"], r#"["x","y"]"#);
    assert!(file.metadata["about"].as_str().is_some_and(|about| about.contains("coordinates")), "{}", file.metadata);
    let classes: Vec<String> = serde_json::from_str(file.metadata["classes"].as_str().expect("a text")).expect("JSON");

    let request = Request { data: Some("moons".into()), quick: true, ..Request::default() };
    let plan = Plan::check(&request).expect("a plan");
    assert_eq!(classes, plan.data().classes());
    let replicate = Seed::new(5).child("world").child("moons").child(0);
    let exam = plan.data().deal(plan.sizes(), replicate.child("data")).test.points;
    let trials = place.read("o/budget/trials.csv");
    let mut compared = 0;
    for row in trials.lines().map(|line| line.split(',').collect::<Vec<_>>()) {
        let [_, _, "0", arm @ ("probabilities" | "label" | "truth"), budget, _, agreement, ..] = row[..] else {
            continue;
        };
        let same =
            |point: &ArrayView1<f32>| file.class(&format!("{arm}/{budget}"), *point) == file.class("teacher", *point);
        let share = exam.rows().into_iter().filter(same).count() as f64 / exam.nrows() as f64;
        // Written with six decimals; sums in another order may move a point that lies on a border.
        let recorded: f64 = agreement.parse().expect("a share");
        assert!((share - recorded).abs() < 1.5 / exam.nrows() as f64, "{arm} {budget}: {share} against {recorded}");
        compared += 1;
    }
    assert_eq!(compared, 6);
}

#[test]
fn the_same_run_saves_the_same_bytes_on_any_number_of_threads() {
    let (place, plan) = (Place::new(), PLAN.replace("--replicates 2", "--replicates 1"));
    // Adaptive queries, noise and public data, each with its own random numbers.
    for (run, threads) in [("a", 1), ("b", 2)] {
        for arguments in ["queries --answers label", "surface --answers noisy", "open-base"] {
            let (name, _) = arguments.split_once(' ').unwrap_or((arguments, ""));
            let weights = format!("--weights {run}/{name}.safetensors --threads {threads} --out o --quiet");
            place.succeeds(&format!("run {arguments} {plan} {weights}"));
        }
    }
    let (a, b) = (place.files("a"), place.files("b"));
    assert!(a.len() == 3 && a == b);
    let base = load(&a[std::path::Path::new("open-base.safetensors")]);
    assert!(base.tensors.contains_key("base/fc1.weight"), "{:?}", base.tensors.keys());
}

#[test]
fn the_scale_of_a_table_leads_back_to_its_rows() {
    let row = |i: usize| (100.0 + (i * 7 % 23) as f64, 1e6 + 250.0 * (i * 5 % 29) as f64);
    let line = |i: usize| format!("{},{},{}\n", row(i).0, ["red", "blue"][i % 2], row(i).1);
    let place = Place::with("my.csv", format!("low,kind,high\n{}", (0..60).map(line).collect::<String>()));
    let plan = "run --data my.csv --label kind --budgets 4,8 --replicates 1 --steps 20";
    place.succeeds(&format!("{plan} --out o --quiet --weights w.safetensors"));
    let file = load(&fs::read(place.path("w.safetensors")).expect("a file"));
    let list = |name: &str| file.metadata[name].as_str().unwrap_or_else(|| panic!("no {name}")).to_owned();
    assert_eq!((list("inputs").as_str(), list("classes").as_str()), (r#"["low","high"]"#, r#"["blue","red"]"#));
    let numbers = |name: &str| serde_json::from_str::<Vec<f64>>(&list(name)).expect("numbers");
    let (mean, deviation) = (numbers("mean"), numbers("deviation"));

    let data = place.path("my.csv").to_string_lossy().into_owned();
    let request = Request { data: Some(data), label: Some("kind".into()), ..Request::default() };
    let plan = Plan::check(&request).expect("a plan");
    let replicate = Seed::new(0).child("world").child("my").child(0);
    let exam = plan.data().deal(plan.sizes(), replicate.child("data")).test.points;
    assert!(exam.nrows() > 5);
    for point in exam.rows() {
        let back = |column: usize| f64::from(point[column]) * deviation[column] + mean[column];
        let is_row = |i: usize| (back(0) - row(i).0).abs() < 1e-3 && (back(1) - row(i).1).abs() < 0.5;
        assert!((0..60).any(is_row), "{} and {} are in no row", back(0), back(1));
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through() {
    use std::os::unix::fs::symlink;
    let place = Place::with("deep/kept.safetensors", "old");
    symlink("deep/kept.safetensors", place.path("link.safetensors")).expect("a link");
    symlink("deep/made.safetensors", place.path("dangling.safetensors")).expect("a link");
    for (link, target) in [("link", "deep/kept"), ("dangling", "deep/made")] {
        let plan = PLAN.replace("--replicates 2", "--replicates 1");
        place.succeeds(&format!("run {plan} --out o --quiet --weights {link}.safetensors"));
        assert!(place.path(&format!("{link}.safetensors")).is_symlink(), "{link} was replaced");
        let saved = fs::read(place.path(&format!("{target}.safetensors"))).expect("a file");
        assert!(load(&saved).tensors.contains_key("teacher/fc1.weight"), "{link}");
    }
    assert_eq!(fs::read_dir(place.path("deep")).expect("a folder").count(), 2, "something is left over");
}

#[test]
fn what_cannot_be_saved_is_refused_before_training() {
    let place = Place::with("my.csv", "x,k\n");
    fs::create_dir(place.path("folder.safetensors")).expect("a folder");
    for (arguments, flag, cure) in [
        ("--weights my.csv", "--weights my.csv", "FILE.safetensors"),
        ("--weights .safetensors", "--weights .safetensors", "FILE.safetensors"),
        ("--weights folder.safetensors", "this is a folder", "DIR/FILE.safetensors"),
        ("--weights my.csv/w.safetensors", "my.csv/w.safetensors", "a folder that can be written"),
        ("budget cost --weights w.safetensors", "--weights", "name one experiment"),
        ("guard --weights w.safetensors", "guard has no sweep", "such as budget"),
        ("identity --weights w.safetensors", "identity has no sweep", "such as budget"),
    ] {
        place.refuses(&format!("run {arguments}"), flag, cure);
    }
}
