//! Runs of one's own: where they lie, what stays beside them, and what they are compared with.

use super::*;

#[test]
fn a_plan_of_ones_own_never_overwrites_the_reference() {
    let place = Place::with("output/budget/trials.csv", "the reference");
    place.succeeds(&format!("run {TINY} --quiet"));
    place.succeeds(&format!("{TINY} --seed 1 --quiet"));
    let files = place.files("output");
    assert_eq!(files[Path::new("budget/trials.csv")], b"the reference");
    let runs = fs::read_dir(place.path("output/runs")).expect("a folder for other plans");
    let runs: Vec<String> = runs.map(|run| run.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    // Told in full it would be a name of seventy letters.
    let named = |run: &String| run.strip_prefix("budget-").is_some_and(|hash| hash.len() == 8);
    assert!(runs.len() == 2 && runs.iter().all(named), "{runs:?}");
    // The same plan in other words goes to the same place.
    place.succeeds(&format!("run budget {} --quiet", TINY.replace("10,20", "20,10,10")));
    assert_eq!(place.files("output").len(), files.len());
}

/// A plan whose name can be told.
const SHORT: &str = "run --quick --replicates 1 --steps 5 --budgets 10,20";
const NAMED: &str = "output/runs/budget-quick-budgets-10-20-replicates-1-steps-5";

#[test]
fn a_plan_is_named_after_what_differs_and_never_takes_the_place_of_another() {
    let place = Place::new();
    place.succeeds(&format!("{SHORT} --quiet"));
    let own = place.read(&format!("{NAMED}/finding.json"));
    // The same again goes there again; so does a folder without records, no matter who made it.
    place.succeeds(&format!("{SHORT} --quiet"));
    let runs = || fs::read_dir(place.path("output/runs")).expect("runs").count();
    assert_eq!(runs(), 1);
    let another = own.replace("--steps 5\"", "--steps 6\"");
    assert_ne!(another, own);
    place.write(&format!("{NAMED}/finding.json"), &another);
    place.succeeds(&format!("{SHORT} --quiet"));
    assert_eq!(place.read(&format!("{NAMED}/finding.json")), another, "it was another plan's");
    assert_eq!(runs(), 2);
    place.succeeds(&format!("{SHORT} --quiet"));
    assert_eq!(runs(), 2, "the same plan goes to the same place");
}

#[test]
fn figures_of_an_earlier_plan_go_and_what_is_not_ours_stays() {
    let place =
        Place::with("o/budget/finding.json", r#"{"version":"0.0.1","figures":[{"name":"old"},{"name":"../x"}]}"#);
    for file in ["o/budget/old.svg", "o/budget/old.png", "o/budget/mine.svg", "o/budget/notes.txt", "o/x.svg"] {
        place.write(file, "here before");
    }
    place.succeeds(&format!("run {TINY} --out o --quiet"));
    place.succeeds(&format!("run {TINY} --out fresh --quiet"));
    let mut files = place.files("o");
    for mine in ["budget/mine.svg", "budget/notes.txt", "x.svg"] {
        assert_eq!(files.remove(Path::new(mine)).as_deref(), Some(&b"here before"[..]), "{mine}");
    }
    assert!(files == place.files("fresh"), "{:?}", files.keys());
}

#[test]
fn runs_are_listed_with_what_differs_and_held_against_each_other() {
    let place = Place::new();
    assert!(place.succeeds("runs").err.contains("no runs in output/runs yet"));
    place.succeeds(&format!("{SHORT} --quiet"));
    place.succeeds(&format!("{SHORT} --seed 1 --quiet"));
    place.write("output/runs/broken/finding.json", "[]");
    fs::create_dir(place.path("output/runs/empty")).expect("a folder");
    let Outcome { out, .. } = place.succeeds("runs");
    let heads: Vec<&str> = out.lines().filter(|line| !line.starts_with(' ')).collect();
    let name = NAMED.strip_prefix("output/runs/").expect("a name");
    let seeded = heads.iter().find(|head| **head != "broken" && **head != name).expect("another run");
    assert!(heads.len() == 3 && out.contains("broken\n  cannot be read"), "{out}");
    assert!(out.contains(&format!("{name}\n  --quick --budgets 10,20 --replicates 1 --steps 5\n")), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");

    let same = place.succeeds(&format!("compare {name} {NAMED}")).out;
    assert!(same.contains("the same plan") && same.contains("paired by replicate"), "{same}");
    assert!(same.contains("0.0 points, of one replicate") && same.contains("queries to 95 %: more than 20"), "{same}");
    let other = place.succeeds(&format!("compare {name} {seeded}")).out;
    assert!(other.contains("seed: 0 in A, 1 in B") && other.contains("unpaired"), "{other}");
    place.refuses("compare nobody nowhere", "nobody", "distill runs");
}

#[test]
fn a_run_of_ones_own_has_a_page_of_its_own() {
    let place = Place::new();
    place.succeeds(&format!("{SHORT} --quiet"));
    let page = place.read(&format!("{NAMED}/index.html"));
    assert!(page.contains("data-chapter=\"budget\"") && !page.contains("data-chapter=\"cost\""), "one chapter");
    assert!(page.contains("--budgets 10,20") && !page.contains("id=\"lab\""), "its command, and no lab");
    fs::remove_file(place.path(&format!("{NAMED}/index.html"))).expect("a page");
    assert!(place.succeeds(&format!("draw {NAMED}")).err.contains("a page with 1 chapter"));
    assert!(place.read(&format!("{NAMED}/index.html")) == page, "drawn from the records alone");
}

#[test]
fn another_plan_is_held_against_the_default_one() {
    let place = Place::new();
    assert!(!place.succeeds(SHORT).err.contains("the default plan"), "there is none yet");
    let trials = place.read(&format!("{NAMED}/trials.csv"));
    let row = trials.lines().find(|line| line.contains(",probabilities,20,")).expect("a row");
    let mut cells: Vec<&str> = row.split(',').collect();
    let own: f64 = cells[6].parse().expect("an agreement");
    cells[6] = "0.987000";
    place.write("output/budget/trials.csv", trials.replace(row, &cells.join(",")));
    let said = format!("probabilities: {:.1} % at 20 queries; the default plan 98.7 %", 100.0 * own);
    let told = place.succeeds(SHORT).err.replace('\u{a0}', " ");
    assert!(told.contains(&said), "{said}: {told}");
}

/// With a program that pretends to be the desktop's.
#[cfg(target_os = "linux")]
#[test]
fn what_is_to_be_opened_is_given_to_the_browser_or_said() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with("bin/xdg-open", "#!/bin/sh\necho \"$1\" >> \"$OPENED\"\nexit $ENDS\n");
    fs::set_permissions(place.path("bin/xdg-open"), fs::Permissions::from_mode(0o755)).expect("it is ours");
    let distill = |arguments: &str, path: &str, ends: &str| {
        let mut command = place.command(arguments);
        command.env("PATH", path).env("OPENED", place.path("opened")).env("ENDS", ends).output().expect("it starts")
    };
    let bin = format!("{}:/bin:/usr/bin", place.path("bin").display());
    assert!(distill(&format!("run {TINY} --out o --quiet --open"), &bin, "0").status.success());
    assert!(distill("open o/budget", &bin, "0").status.success());
    place.succeeds("draw o");
    assert!(distill("open o", &bin, "0").status.success());
    let real = fs::canonicalize(place.path("")).expect("a place");
    let opened = place.read("opened").replace(&format!("{}/", place.path("").display()), "");
    let opened = opened.replace(&format!("{}/", real.display()), "");
    assert_eq!(opened, "o/budget/agreement.svg\no/budget/agreement.svg\no/index.html\n");
    for (path, ends, word) in [(bin.as_str(), "3", "found no browser"), ("/nowhere", "0", "there is no xdg-open")] {
        let output = distill("open o", path, ends);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && err.contains(word) && err.contains("file:///"), "{err}");
    }
    place.refuses("open bin", "nothing to show in bin", "distill draw");
}

#[test]
fn the_default_plan_opens_its_folder_before_it_trains() {
    let place = Place::new();
    let mut child = place.command("--quiet").spawn().expect("the program starts");
    let begun = Instant::now();
    while !place.path("output/budget").is_dir() && begun.elapsed() < Duration::from_secs(30) {
        sleep(Duration::from_millis(5));
    }
    child.kill().expect("it is still training");
    child.wait().expect("it ends");
    assert!(place.path("output/budget").is_dir(), "the default plan writes to output/budget");
    let written: Vec<String> = place.files("").keys().map(|path| path.to_string_lossy().into_owned()).collect();
    let is_kept_work = |path: &String| path.replace('\\', "/").starts_with("output/.unfinished-");
    let is_lock = |path: &String| path.ends_with(".distill-lock");
    assert!(
        written.iter().all(|path| is_kept_work(path) || is_lock(path)),
        "written before there is something to say: {written:?}"
    );
}

#[test]
fn what_a_budget_shows_does_not_depend_on_the_other_budgets() {
    let place = Place::new();
    let rows = |budgets: &str| -> Vec<String> {
        place.succeeds(&format!("run {} --out {budgets} --quiet", TINY.replace("10,20", budgets)));
        let trials = place.read(&format!("{budgets}/budget/trials.csv"));
        let at_twenty = |row: &&str| row.split(',').nth(4) == Some("20");
        trials.lines().filter(at_twenty).map(str::to_owned).collect()
    };
    let alone = rows("20");
    assert_eq!(alone.len(), 3, "probabilities, label, truth");
    assert_eq!(rows("5,20,300"), alone);
}
