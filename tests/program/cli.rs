//! The program from outside: what it prints, what it writes, what it ends with.

mod runs;
mod talk;

use std::fs;
use std::io::{Write, pipe};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Outcome, Place};

/// A plan that trains in a fraction of a second.
const TINY: &str = "--quick --data moons --budgets 10,20 --replicates 1 --steps 20 --teacher 4 --student 4";

/// A table of two classes, twenty rows each, with a change made to it.
fn table(change: impl FnOnce(&mut Vec<String>)) -> Place {
    let row = |i: usize| format!("{},{},{}", i * 7 % 11, i * 5 % 13, ["red", "blue"][i % 2]);
    let mut lines: Vec<String> = std::iter::once("x,y,kind".to_owned()).chain((0..40).map(row)).collect();
    change(&mut lines);
    Place::with("my.csv", lines.join("\n"))
}

const TABLE: &str = "run --data my.csv --label kind";

#[test]
fn help_names_every_flag_and_goes_to_stdout() {
    let place = Place::new();
    for help in ["--help", "-h", "run --help"] {
        let Outcome { out, err, .. } = place.succeeds(help);
        assert_eq!(err, "");
        let flags = "--data --label --drop-missing --budgets --answers --replicates --seed --teacher --student --steps \
                     --threads --out --quick --json --quiet --verbose --open --shard --fresh";
        for flag in flags.split(' ') {
            assert!(out.contains(flag), "{help} does not name {flag}");
        }
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{help} is wider than 100 columns");
    }
    let Outcome { out, .. } = place.succeeds("--help");
    assert!(
        ["run", "chat", "serve", "draw", "runs", "compare", "open", "check", "list", "completions"]
            .iter()
            .all(|verb| out.contains(&format!("\n  {verb} "))),
        "{out}"
    );
    assert_eq!(place.succeeds("--version").out, format!("distill {}\n", env!("CARGO_PKG_VERSION")));
    assert!(place.files("").is_empty(), "help writes nothing");
}

#[test]
fn list_names_what_there_is_to_choose_from() {
    let Outcome { out, err, .. } = Place::new().succeeds("list");
    let names = "budget spirals moons rings glyphs chat probabilities label text natural uniform";
    let listed = |name: &str| out.lines().any(|line| line.starts_with(&format!("  {name} ")));
    assert!(names.split(' ').all(listed), "{out}");
    assert_eq!(err, "");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn completions_know_the_flags() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(Place::new().succeeds(&format!("completions {shell}")).out.contains("budgets"), "{shell}");
    }
}

#[test]
fn bad_budgets_are_refused() {
    let place = Place::new();
    for (budgets, cure) in [
        ("0", "leave out the 0"),
        ("10,0,30", "leave out the 0"),
        ("-5", "10,30,100"),
        ("''", "10,30,100"),
        ("10,,30", "10,30,100"),
        ("ten", "10,30,100"),
        ("1e3", "10,30,100"),
        ("100..10", "10..100"),
        ("10..10", "10 alone"),
        ("10..100/1", "10..10000/13"),
        ("1000000", "100000"),
        ("99999999999999999999999", "100000"),
    ] {
        place.refuses(&format!("run --budgets {budgets}"), "--budgets", cure);
    }
}

#[test]
fn bad_settings_are_refused() {
    let place = Place::new();
    for (arguments, flag, cure) in [
        ("--replicates 0", "--replicates", "from 1 to"),
        ("--replicates -3", "--replicates", "whole number"),
        ("--replicates many", "--replicates", "whole number"),
        ("--replicates 1000000", "--replicates", "from 1 to"),
        ("--steps 0", "--steps", "from 1 to"),
        ("--steps 1.5", "--steps", "whole number"),
        ("--seed -1", "--seed", "whole number"),
        ("--rate 0", "--rate", "0.01"),
        ("--rate -1", "--rate", "0.01"),
        ("--rate nan", "--rate", "0.01"),
        ("--rate fast", "--rate", "0.01"),
        ("--teacher-rate inf", "--teacher-rate", "0.01"),
        ("--threads 0", "--threads", "1..="),
        ("--teacher 0", "--teacher", "64,64"),
        ("--student 16,0", "--student", "64,64"),
        ("--student 16,,16", "--student", "64,64"),
        ("--student wide", "--student", "64,64"),
        ("--student -4", "--student", "64,64"),
        ("--teacher -1", "--teacher", "64,64"),
        ("--teacher 100000", "--teacher", "4096"),
        ("--student 2,2,2,2,2,2,2,2,2", "--student", "at most 8"),
        ("--answers probabilties", "--answers", "did you mean probabilities?"),
        ("--answers ,", "--answers", "choose from probabilities, "),
        ("--strategy natrual", "--strategy", "did you mean natural?"),
        ("--data sprials", "--data", "did you mean spirals?"),
        ("--data chat", "--data chat", "run identity"),
        ("--data mnist", "--data", "spirals, moons, rings, glyphs"),
        ("--data moons --label kind", "--label", "leave out --label"),
        ("--data moons --drop-missing", "--drop-missing", "leave out --drop-missing"),
        ("--data https://example.org/my.csv --label kind", "--data", "download it first"),
        ("--data - --label kind", "--data", "to a file first"),
        ("budgte", "EXPERIMENT", "did you mean budget?"),
        ("--bugdets 10", "--bugdets", "--budgets"),
        ("--json --quick --frobnicate", "--frobnicate", "--help"),
    ] {
        place.refuses(&format!("run {arguments}"), flag, cure);
    }
    place.refuses("budgte", "EXPERIMENT", "did you mean budget?");
    place.refuses("lst", "EXPERIMENT", "did you mean distill list?");
    place.refuses("comprae a b", "EXPERIMENT", "did you mean distill compare?");
    place.refuses("completions klingon", "SHELL", "bash");
}

#[test]
fn bad_tables_are_refused() {
    Place::new().refuses(TABLE, "--data: my.csv", "check the path");
    Place::with("my.csv", "").refuses(TABLE, "--data: my.csv", "empty");
    Place::with("my.csv", "x,y,kind\n").refuses(TABLE, "--data: my.csv", "row");
    Place::with("my.csv", b"x,y,kind\n1,\xff\xfe\x00,red\n").refuses(TABLE, "--data: my.csv", "text");
    table(|_| ()).refuses("run --data my.csv", "--data: my.csv", "--label COLUMN");
    table(|_| ()).refuses("run --data my.csv --label knid", "--label", "did you mean kind?");
    type Change = fn(&mut Vec<String>);
    let cases: [(&str, Change); 8] = [
        ("line 4 has 2 cells", |lines| lines[3] = "1,red".to_owned()),
        ("line 4, column \"y\": \"two\" is not a number", |lines| lines[3] = "1,two,red".to_owned()),
        ("line 4, column \"y\": \"NaN\" is a missing value", |lines| lines[3] = "1,NaN,red".to_owned()),
        ("line 4, column \"y\": \"-inf\" is not a finite", |lines| lines[3] = "1,-inf,red".to_owned()),
        ("line 4, column \"y\": the cell is empty", |lines| lines[3] = "1,,red".to_owned()),
        ("at least two classes", |lines| lines[1..].iter_mut().for_each(|line| *line = line.replace("blue", "red"))),
        ("add rows, or merge or remove the class", |lines| lines.push("1,2,green".to_owned())),
        ("commas", |lines| lines.iter_mut().for_each(|line| *line = line.replace(',', ":"))),
    ];
    for (problem, change) in cases {
        table(change).refuses(TABLE, "--data: my.csv", problem);
    }
}

#[test]
fn a_constant_column_is_kept_out_and_said() {
    let place = table(|lines| {
        lines
            .iter_mut()
            .enumerate()
            .for_each(|(i, line)| *line = format!("{},{line}", if i == 0 { "unit" } else { "3" }));
    });
    let Outcome { err, out, .. } = place.succeeds(&format!("{TABLE} --replicates 1 --steps 20 --budgets 4,8 --out o"));
    assert!(err.contains("note: ") && err.contains("\"unit\" is kept out"), "{err}");
    assert_eq!(out, "");
    assert!(place.read("o/budget/trials.csv").contains("\nbudget,my,0,probabilities,8,8,"));
}

#[test]
fn a_column_may_begin_with_a_hyphen() {
    let place = table(|lines| lines[0] = "x,y,-1".to_owned());
    place.succeeds("run --data my.csv --label -1 --replicates 1 --steps 5 --budgets 4,8 --out o --quiet");
    place.refuses("run --data -my.csv --label -1", "--data: -my.csv", "check the path");
}

#[test]
fn a_name_from_outside_does_not_steer_the_terminal() {
    let name = "\u{1b}[31mred\u{7}.csv";
    let place = table(|_| ());
    fs::rename(place.path("my.csv"), place.path(name)).expect("a name");
    let told = place.succeeds(&format!("run --data {name} --label kind --replicates 1 --steps 5 --budgets 4 --out o"));
    assert!(!told.err.contains(['\u{1b}', '\u{7}']) && told.err.contains("\\u{1b}[31mred"), "{}", told.err);
    for arguments in [format!("run --data {name}x --label kind"), format!("draw {name}"), format!("run --{name}")] {
        let refused = place.distill(&arguments);
        assert_eq!(refused.code, 2, "{arguments}");
        assert!(!refused.err.contains(['\u{1b}', '\u{7}']), "{arguments}: {}", refused.err);
    }
    let listed = place.succeeds("runs o");
    assert!(!listed.out.contains('\u{1b}') && listed.out.contains("\\u{1b}"), "{}", listed.out);
}

#[test]
fn a_budget_beyond_a_table_is_refused_with_the_size_of_its_pool() {
    // 20 rows of each class: 4 for the test, 8 for training, 8 to ask about.
    table(|_| ()).refuses(&format!("{TABLE} --budgets 10,17"), "--budgets 17", "at or below 16");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_found_before_training() {
    let place = Place::with("file", "in the way");
    // The whole default plan, which would take a while.
    let begun = Instant::now();
    place.refuses("run --out file/below", "file/below", "--out DIR");
    assert!(begun.elapsed() < Duration::from_secs(5), "it trained first");
}

#[test]
fn a_rate_that_is_too_high_is_a_failure_that_names_the_rate() {
    for flag in ["--rate", "--teacher-rate"] {
        let place = Place::new();
        let Outcome { code, err, out } = place.distill(&format!("run {TINY} {flag} 1e6 --out o --quiet"));
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.starts_with("error: ") && err.contains("diverged"), "{err}");
        assert!(err.contains(&format!("hint: lower {flag} (it was 1000000)")), "{err}");
        assert!(place.files("").is_empty(), "a curve that means nothing was written");
    }
}

#[test]
fn data_go_to_stdout_and_everything_else_to_stderr() {
    let place = Place::new();
    let told = place.succeeds(&format!("run {TINY} --out told"));
    assert_eq!(told.out, "");
    assert!(told.err.contains("told/budget") && told.err.contains("probabilities"), "{}", told.err);
    assert!(!told.err.contains('\u{1b}'), "colours in a file");

    let json = place.succeeds(&format!("run {TINY} --out json --json"));
    let finding: serde_json::Value = serde_json::from_str(&json.out).expect("stdout is JSON and nothing else");
    assert_eq!(finding["experiment"], "budget");
    assert_eq!(json.out, place.read("json/budget/finding.json"), "what is printed is what is saved");

    let quiet = place.succeeds(&format!("run {TINY} --out quiet --quiet"));
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    assert_eq!(place.files("quiet"), place.files("told"), "telling changes nothing");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let place = Place::new();
    for arguments in ["list", "completions bash", "--help", &format!("run {TINY} --json --quiet --out o")] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let output = place.command(arguments).stdout(writer).output().expect("the program starts");
        assert!(output.status.success(), "{arguments}: {}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
    // The same where only the messages have nobody to read them: the work is done all the same.
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let status = place.command(&format!("run {TINY} --out unheard")).stderr(writer).status();
    assert!(status.expect("the program starts").success());
    assert_eq!(place.files("unheard"), place.files("o"));
}

/// A screen that takes nothing: every write to it fails.
#[cfg(target_os = "linux")]
#[test]
fn a_full_screen_stops_no_work() {
    let place = Place::new();
    place.succeeds(&format!("run {TINY} --out heard --quiet"));
    let full = || fs::File::options().write(true).open("/dev/full").expect("a device");
    let status = |arguments: &str| place.command(arguments).stderr(full()).status().expect("it starts").code();
    assert_eq!(status(&format!("run {TINY} --out unheard")), Some(0));
    assert_eq!(place.files("unheard"), place.files("heard"));
    assert_eq!(status("draw unheard"), Some(0));
    assert_eq!(status("run --budgets 0"), Some(2));
    assert_eq!(status("--frobnicate"), Some(2));
    assert_eq!(status("chat --quick"), Some(0));
}

#[test]
fn the_headline_fits_a_terminal_with_the_finding_first_and_last() {
    let place = Place::new();
    let read = |more: &str| -> Vec<String> {
        let told = place.succeeds(&format!("--quick --replicates 1 --steps 40 {more}")).err;
        let lines: Vec<String> = told.lines().map(str::to_owned).collect();
        // A row is left for the prompt.
        assert!(lines.len() < 24 && lines.iter().all(|line| line.chars().count() <= 80), "{told}");
        let title = lines[1..].iter().position(|line| line.starts_with("  budget ")).expect("a table");
        assert_eq!(lines[1..=title], lines[lines.len() - title..], "{told}");
        assert!(told.contains("┄ independent ") && told.contains("\ntry next: distill run "), "{told}");
        assert!(told.contains("\nin output/runs/budget-quick"), "{told}");
        lines
    };
    let (before, after) = (read(""), read("--student 2"));
    let row =
        |lines: &[String]| lines.iter().find(|line| line.starts_with("   1,000 ")).cloned().expect("the last row");
    assert_ne!(row(&before), row(&after), "another student, and the same numbers");
    let line = |lines: &[String]| lines.iter().find(|line| line.contains("┄ independent ")).cloned().expect("a key");
    assert_eq!(line(&before), line(&after), "the reference has not changed");
    assert!(
        after.contains(&"try next: distill run budget --quick --replicates 1 --steps 40 --student 64,64".to_owned())
    );
    let all = place.succeeds("--quick --replicates 1 --steps 40 --verbose").err;
    assert!(all.contains("What this does not show") && all.contains("toy shows a mechanism"), "{all}");
}

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    let place = Place::new();
    let plan = TINY.replace("--replicates 1", "--replicates 3");
    for threads in [1, 2] {
        place.succeeds(&format!("run {plan} --threads {threads} --out by{threads} --quiet"));
    }
    let (one, two) = (place.files("by1"), place.files("by2"));
    let names: Vec<String> = one.keys().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
    let figures = ["agreement", "decision-maps", "same-mistakes"].map(|name| format!("budget/{name}"));
    let mut expected: Vec<String> = figures.iter().flat_map(|f| [format!("{f}.png"), format!("{f}.svg")]).collect();
    expected.extend(["budget/finding.json".to_owned(), "budget/trials.csv".to_owned()]);
    expected.sort();
    assert_eq!(names, expected);
    let differ: Vec<&PathBuf> =
        one.iter().filter(|(name, bytes)| two[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?} differ");
}

#[test]
fn draw_makes_the_same_figures_from_the_records_alone() {
    let place = Place::new();
    place.succeeds(&format!("run {TINY} --out made --quiet"));
    place.write("saved/budget/finding.json", place.read("made/budget/finding.json"));
    let told = place.succeeds("draw saved --out drawn");
    assert_eq!(told.out, "");
    let mut figures = place.files("made");
    figures.retain(|name, _| name.extension().is_some_and(|ending| ending == "svg" || ending == "png"));
    let mut drawn = place.files("drawn");
    let page = drawn.remove(Path::new("index.html")).expect("a page beside the experiments' folders");
    assert!(figures.len() == 6 && drawn == figures, "drawn elsewhere");
    // Beside the records, from the folder that holds them.
    place.succeeds("draw saved/budget");
    figures.insert("budget/finding.json".into(), place.read("made/budget/finding.json").into());
    figures.insert("index.html".into(), page);
    assert!(place.files("saved") == figures, "drawn beside the records");
}

#[test]
fn the_page_takes_up_what_is_saved_beside_and_leaves_out_what_cannot_be_read() {
    let place = Place::new();
    place.succeeds(&format!("run {TINY} --out made --quiet"));
    let page = |place: &Place, shelf: &str| place.read(&format!("{shelf}/index.html"));
    let budget = place.read("made/budget/finding.json");
    let capacity = budget.replace("\"experiment\": \"budget\"", "\"experiment\": \"capacity\"");
    place.write("both/budget/finding.json", &budget);
    place.write("both/capacity/finding.json", capacity);
    place.write("both/cost/finding.json", "damaged");
    // A plan of a reader's own, in a folder of another name, is no chapter.
    place.write("both/budget-0123abcd/finding.json", &budget);
    let told = place.succeeds("draw both/budget");
    assert!(told.err.contains("both/cost/finding.json") && told.err.contains("2 chapters"), "{}", told.err);
    assert_eq!(page(&place, "both").matches("Not run yet").count(), 2 * 8);
    place.succeeds("draw both/budget-0123abcd --out own");
    place.refuses("draw both --out mixed", "would both be drawn in mixed/budget", "one by one");
    assert_eq!(page(&place, "own").matches("Not run yet").count(), 2 * 9);
}

#[test]
fn damaged_records_are_refused() {
    let place = Place::new();
    place.refuses("draw", "output", "distill run");
    place.refuses("draw nowhere", "nowhere", "distill run");
    place.succeeds(&format!("run {TINY} --out made --quiet"));
    let sound = place.read("made/budget/finding.json");
    let map = sound.find("\"teacher\": [").expect("a decision map");
    let damaged = [
        sound[..sound.len() / 2].to_owned(),
        String::new(),
        "[]".to_owned(),
        sound.replace("\"agreement\"", "\"../../agreement\""),
        sound.replacen("200x", "900x", 1),
        format!("{}\"teacher\": [],\"was\": [{}", &sound[..map], &sound[map + 12..]),
    ];
    for (number, text) in damaged.into_iter().enumerate() {
        assert_ne!(text, sound, "damage {number} is none");
        let place = Place::with("saved/finding.json", text);
        place.refuses("draw saved --out drawn", "saved/finding.json", "run the experiment again");
    }
}
