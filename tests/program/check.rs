//! `distill check`: what it compares with, what it says, what it ends with.

use std::path::Path;

use crate::place::{Outcome, Place};
use distill_lab::experiment::{Group, Journal, Shard, experiment, gather, records};
use distill_lab::plan::Request;

/// The rows of the first replicate of the default plan, as a run writes them.
fn first_replicate() -> String {
    let groups = Group::sort(&[experiment("budget").expect("a name")], &Request::default()).expect("a sound plan");
    let gathered =
        gather(&groups, Shard::FIRST_REPLICATE, &Journal::new(&|_| (), &|| false)).expect("training settles");
    let mut text = Vec::new();
    records::write_trials(&mut text, &[], &gathered[0].trials).expect("memory can be written");
    String::from_utf8(text).expect("CSV is text")
}

#[test]
fn records_are_repeated_or_the_first_difference_is_named() {
    let trials = first_replicate();
    let place = Place::with("output/budget/trials.csv", &trials);
    let before = place.files("");
    // The same bytes are the same, whatever processor they come from.
    let Outcome { code, out, err } = place.distill("check budget --quick");
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("budget: the same rows of the first replicate"), "{err}");
    assert!(place.files("") == before, "a check writes nothing");
    // Where they differ in the last digit, it matters that nothing says so.
    let row = trials.lines().nth(5).expect("a row");
    let cell = row.split(',').nth(6).expect("an agreement");
    let last: f64 = cell.parse().expect("a number");
    let near = row.replacen(cell, &format!("{:.6}", if last < 0.9 { last + 1e-6 } else { last - 1e-6 }), 1);
    place.write("output/budget/trials.csv", trials.replacen(row, &near, 1));
    let told = place.succeeds("check budget --quick").err;
    assert!(told.contains("budget: means within tolerance; nothing says what made the records"), "{told}");
    place.write("output/budget/trials.csv", &trials);

    let processor = own_processor();
    place.write("output/budget/processor.txt", &processor);
    assert!(place.succeeds("check budget --quick").err.contains("the same rows of the first replicate"));
    let (line, row) = trials.lines().enumerate().nth(5).expect("a row");
    let cell = row.split(',').nth(6).expect("an agreement");
    place.write("output/budget/trials.csv", trials.replacen(row, &row.replacen(cell, "0.123456", 1), 1));
    let Outcome { code, err, .. } = place.distill("check budget --quick");
    let difference = format!(
        "{}, line {}, column agreement: \"0.123456\" in the records, \"{cell}\" here",
        Path::new("output/budget/trials.csv").display(),
        line + 1
    );
    assert_eq!(code, 1, "{err}");
    assert!(err.contains(&difference) && err.contains("hint: "), "{err}");

    // On another kind of processor that is too far from the only replicate that is kept.
    place.write("output/budget/processor.txt", "z80 cp-m\n");
    let Outcome { code, err, .. } = place.distill("check budget --quick");
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("column agreement: 0.123456 in the records") && err.contains("allowed 0.002000"), "{err}");
}

/// What the program calls the processor it runs on, from where it says so by itself.
fn own_processor() -> String {
    let place = Place::new();
    let plan = "run --quick --data moons --budgets 10 --replicates 1 --steps 5 --teacher 4 --student 4";
    place.succeeds(&format!("{plan} --shard 1/1000000 --quiet"));
    let shard = place.files("").into_iter().find(|(name, _)| name.ends_with("shard.json")).expect("a shard").1;
    let about: serde_json::Value = serde_json::from_slice(&shard).expect("JSON");
    about["processor"].as_str().expect("a text").to_owned()
}

#[test]
fn the_kind_of_processor_names_what_decides_the_last_bits() {
    let own = own_processor();
    assert!(own.ends_with(", fused multiply-add") || own.ends_with(", separate multiply and add"), "{own}");
    // Linux says which instructions there are; the width of vectors is no part of the name.
    if let Ok(about) = std::fs::read_to_string("/proc/cpuinfo")
        && cfg!(target_arch = "x86_64")
    {
        let fused = ["fma", "avx2"].iter().all(|word| about.split_whitespace().any(|flag| flag == *word));
        assert_eq!(own.contains("fused"), fused, "{own}");
    }
    assert!(!own.contains("avx"), "{own}");
}

#[test]
fn what_cannot_be_compared_is_said_before_training() {
    let place = Place::new();
    place.refuses("check", "output/budget/trials.csv", "distill run budget");
    place.refuses("check budgte", "EXPERIMENT", "did you mean budget?");
    place.refuses("check --data moons", "--data", "--help");
}
