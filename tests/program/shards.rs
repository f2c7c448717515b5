//! A run in parts: put together, they are byte for byte what one run writes; what does not belong together is refused.

use std::fs;
use std::path::PathBuf;

use crate::place::Place;

/// Two experiments in five replicates, small enough to be run a few times over.
const PLAN: &str =
    "run budget queries --quick --budgets 10,20 --replicates 5 --steps 20 --teacher 4 --student 4 --answers label,top2";
/// One of them alone.
const SMALL: &str = "run budget --quick --data moons --budgets 10,20 --replicates 3 --steps 20 --teacher 4 --student 4";

fn shards(place: &Place, plan: &str, of: usize, out: &str) {
    for number in 1..=of {
        place.succeeds(&format!("{plan} --shard {number}/{of} --out {out} --quiet"));
    }
}

#[test]
fn shards_put_together_are_one_run() {
    let place = Place::new();
    place.succeeds(&format!("{PLAN} --out whole --quiet"));
    shards(&place, &format!("{PLAN} --threads 1"), 2, "two");
    // More shards than replicates: two of them are empty.
    shards(&place, PLAN, 7, "seven");
    for parts in ["two", "seven"] {
        place.succeeds(&format!("draw {parts} --out drawn/{parts}"));
        assert!(place.files(&format!("drawn/{parts}")) == place.files("whole"), "{parts}");
    }
    // A shard has trials of its replicates, what makes it one, and nothing that claims to be a finding.
    let of_one: Vec<_> = place.files("two/budget-2-of-2").into_keys().collect();
    assert_eq!(of_one, ["shard.json", "trials.csv"].map(PathBuf::from));
    let trials = place.read("two/budget-2-of-2/trials.csv");
    let replicates = trials.lines().skip(1).map(|line| line.split(',').nth(2).expect("a replicate"));
    assert!(replicates.clone().all(|replicate| ["1", "3"].contains(&replicate)) && replicates.count() > 0);
    assert_eq!(place.read("seven/queries-6-of-7/trials.csv").lines().count(), 1, "a header alone");
}

#[test]
fn without_out_they_lie_and_end_where_their_plan_does() {
    let place = Place::new();
    place.succeeds(&format!("{SMALL} --quiet"));
    let whole = place.files("output/runs");
    let told = place.succeeds(&format!("{SMALL} --shard 1/2"));
    assert!(told.err.contains("Shard 1/2: replicates 0 and 2, counted from 0") && told.out.is_empty(), "{}", told.err);
    let told = place.succeeds(&format!("{SMALL} --shard 4/4"));
    assert!(told.err.contains("note: shard 4/4 is empty, the plan has only 3 replicates"), "{}", told.err);
    place.succeeds(&format!("{SMALL} --shard 2/2 --quiet"));
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(place.path("output/runs")).expect("runs") {
        names.push(entry.expect("an entry").file_name().into_string().expect("a name"));
    }
    names.sort();
    let run = names[0].clone();
    assert_eq!(names[1..], ["1-of-2", "2-of-2", "4-of-4"].map(|shard| format!("{run}-{shard}")));
    fs::remove_dir_all(place.path(&format!("output/runs/{run}"))).expect("it is ours");
    place.succeeds(&format!("draw output/runs/{run}-1-of-2 output/runs/{run}-2-of-2"));
    let mut merged = place.files("output/runs");
    merged.retain(|name, _| name.starts_with(&run));
    assert!(merged == whole);
}

#[test]
fn what_does_not_belong_together_is_refused_by_name() {
    let place = Place::new();
    shards(&place, SMALL, 2, "a");
    shards(&place, &format!("{SMALL} --seed 1"), 2, "b");
    place.succeeds(&format!("{SMALL} --shard 2/3 --out c --quiet"));
    let [a1, a2, b2, c2] = ["a/budget-1-of-2", "a/budget-2-of-2", "b/budget-2-of-2", "c/budget-2-of-3"];
    place.refuses(&format!("draw {a1} {b2} --out o"), "different plans", "one plan only");
    place.refuses(&format!("draw {a1} {c2} --out o"), "are shards 1/2 and 2/3", "one number of parts");
    place.refuses(&format!("draw {a1} {a2} {a1} --out o"), "both shard 1/2", "leave one of them out");
    place.refuses(&format!("draw {a2} --out o"), "of budget, shards are missing: 1/2", "--shard 1/2");
    // Not all of them are named, nor counted one by one.
    place.succeeds(&format!("{SMALL} --shard 1/99999999999 --out d --quiet"));
    place.refuses("draw d/budget-1-of-99999999999 --out o", "21/99999999999 and 99,999,999,978 others", "--shard 2/");

    let about = place.read(&format!("{a1}/shard.json"));
    let trials = place.read(&format!("{a1}/trials.csv"));
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let spoilt = [
        ("shard.json", about.replace(&version, "\"version\":\"99.0.0\""), "of version 99.0.0"),
        ("shard.json", about[..about.len() / 2].to_owned(), "shard.json"),
        ("shard.json", about.replace("\"1/2\"", "\"0/0\""), "shard.json"),
        ("shard.json", about.replace("decision-maps", "../../maps"), "shard.json"),
        ("shard.json", about.replace("decision-maps", "agreement"), "two are called \"agreement\""),
        ("trials.csv", trials.replacen("budget,moons,0,", "budget,moons,1,", 1), "not the trials of its replicates"),
        ("trials.csv", trials.replacen(",label,10,10,", ",label,10,10,NaN", 1), "is no such number"),
        ("trials.csv", trials.replacen(",arm,", ",arms,", 1), "other columns"),
        ("trials.csv", trials[..trials.len() - 40].to_owned(), "trials.csv"),
        ("trials.csv", String::new(), "trials.csv"),
    ];
    for (file, text, word) in spoilt {
        let sound = place.read(&format!("{a1}/{file}"));
        assert_ne!(text, sound, "{word}");
        place.write(&format!("{a1}/{file}"), text);
        place.refuses("draw a --out o", word, "again");
        place.write(&format!("{a1}/{file}"), sound);
    }
    place.write(&format!("{a1}/shard.json"), about.replace("--quick", "--frobnicate"));
    place.refuses("draw a --out o", "different plans", "one plan only");
    place.write(&format!("{a1}/shard.json"), about);
    place.succeeds("draw a --out o");
}

#[test]
fn a_table_that_changed_in_between_is_noticed() {
    let row = |i: usize| format!("{},{},{}\n", i * 7 % 11, i * 5 % 13, ["red", "blue"][i % 2]);
    let table = |first: &str| format!("x,y,kind\n{first}\n{}", (0..40).map(row).collect::<String>());
    let place = Place::with("my.csv", table("1,2,red"));
    let plan = "run --data my.csv --label kind --budgets 4,8 --replicates 2 --steps 20";
    shards(&place, plan, 2, "a");
    place.succeeds("draw a --out o");
    place.write("my.csv", table("1,3,red"));
    place.refuses("draw a --out p", "the table has changed", "put the table back");
    place.succeeds(&format!("{plan} --shard 2/2 --out a --quiet"));
    place.refuses("draw a --out p", "different contents of the table", "from one table");
    // From a folder where the table is not: the plan of the shard names it, nobody typed a flag.
    let elsewhere = Place::with("table.txt", "");
    let refused = elsewhere.distill(&format!("draw {}", place.path("a").display()));
    let first = refused.err.lines().next().unwrap_or_default();
    assert!(refused.code == 2 && first.contains("shard.json: the plan of this shard cannot be made here"), "{first}");
    assert!(refused.err.contains("draw in the folder that the shard was run in"), "{}", refused.err);
}

#[test]
fn what_is_no_shard_is_refused() {
    let place = Place::new();
    for shard in ["0/3", "4/3", "1", "one/3", "1/0", "-1/3"] {
        place.refuses(&format!("run --shard {shard}"), "--shard", "K-th of N");
    }
    place.refuses("run --shard 1/2 --json", "--json", "--help");
}
