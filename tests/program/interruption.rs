//! The program is really killed, interrupted and run out of room: no finished work is lost, and the same command ends
//! with the bytes of an undisturbed run.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Outcome, Place};
use distill_lab::seed::Seed;
use rand::Rng;

/// Sixty models in four replicates, of the kinds that are kept in different ways: references, students alone and one
/// after another, exhibits, own columns. It takes about a second.
const PLAN: &str = "run budget surface --quick --data moons --budgets 10,20,50 --answers probabilities,label,noisy \
                    --replicates 4 --steps 150 --teacher 8 --student 4 --strategy margin";
/// Reference models that all replicates share, and students that go on from others.
const REFERENCES_AND_TALK: [&str; 2] = [
    "run evidence --quick --data moons --budgets 30 --replicates 2 --steps 5 --teacher 4 --student 4",
    "run identity --quick --budgets 20 --replicates 2 --steps 5 --teacher 8 --student 4",
];
/// Copiers that play games, and teachers that are read; most of it is not training.
const GAMES: &str = "run guard hidden-width --quick --budgets 30 --replicates 1 --steps 5 --teacher 4 --student 4";

fn start(place: &Place, plan: &str) -> Child {
    let mut command = place.command(&format!("{plan} --out o"));
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// The one journal of a place, if there is one. Other files come and go while a run writes them, and are not touched.
fn journal_name(place: &Place) -> Option<String> {
    let entries = fs::read_dir(place.path("o")).ok()?;
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let journals: Vec<String> = names.filter(|name| name.starts_with(".unfinished-")).collect();
    assert!(journals.len() <= 1, "one journal for one plan");
    journals.into_iter().next()
}

/// Its lines; none where there is no journal, or no longer.
fn journal(place: &Place) -> Vec<String> {
    let bytes = journal_name(place).and_then(|name| fs::read(place.path("o").join(name)).ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}

/// Kills a run again and again, each time a little after it has taken up what is there, until `kills` kills have hit
/// it at work; then lets it end and compares.
fn killed(plan: &str, kills: usize, seed: &str) {
    let undisturbed = Place::new();
    let begun = Instant::now();
    undisturbed.succeeds(&format!("{plan} --out o --quiet"));
    let whole = begun.elapsed().as_secs_f64();
    let place = Place::new();
    let mut moments = Seed::new(0).child("kills").child(seed).stream();
    let (mut hits, mut runs, mut lines) = (0, 0, Vec::new());
    while hits < kills {
        let mut child = start(&place, plan);
        sleep(Duration::from_secs_f64(moments.random_range(0.0..whole)));
        child.kill().expect("a child can be killed");
        let ended = child.wait().expect("it ends");
        let now = journal(&place);
        if ended.success() {
            // Done before the blow fell: the next round begins with nothing.
            assert!(place.files("o") == undisturbed.files("o"), "after {hits} kills");
            fs::remove_dir_all(place.path("o")).expect("it is ours");
            (runs, lines) = (runs + 1, Vec::new());
            continue;
        }
        hits += 1;
        // What was finished before is there, whole lines of it as they were.
        assert!(now.starts_with(&whole_lines(&lines)), "kill {hits} lost something");
        lines = now;
    }
    place.succeeds(&format!("{plan} --out o --quiet"));
    assert!(place.files("o") == undisturbed.files("o"), "after {hits} kills and {runs} whole runs");
}

/// Without the last, which may have been cut off.
fn whole_lines(lines: &[String]) -> Vec<String> {
    lines[..lines.len().saturating_sub(1)].to_vec()
}

#[test]
fn a_run_that_is_killed_ten_times_ends_with_the_same_bytes() {
    killed(PLAN, 10, "ten");
}

#[test]
fn so_do_crowds_and_talkers_and_players() {
    REFERENCES_AND_TALK.iter().for_each(|plan| killed(plan, 3, "crowd and talk"));
    killed(GAMES, 1, "games");
}

#[test]
#[ignore = "takes a minute or two"]
fn fifty_kills_lose_nothing() {
    killed(PLAN, 50, "fifty");
}

#[test]
fn work_that_is_found_is_not_done_again() {
    let place = Place::new();
    place.succeeds(&format!("{PLAN} --out whole --quiet"));
    interrupt(&place, PLAN, 5);
    let (name, before) = (journal_name(&place), journal(&place));
    assert!(name.is_some(), "an interrupted run leaves its journal");
    interrupt(&place, PLAN, before.len() + 5);
    let after = journal(&place);
    assert_eq!(after[..before.len()], before, "what is there stays");
    let mut names: Vec<&str> = after.iter().map(|line| line.split("\"name\":").nth(1).expect("a name")).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "something was trained twice");
    // Another plan has a journal of its own; starting over forgets this one.
    assert!(place.succeeds(&format!("{PLAN} --seed 1 --out o --quiet")).err.is_empty());
    assert_eq!(journal_name(&place), name);
    let told = place.succeeds(&format!("{PLAN} --out o --fresh"));
    assert!(!told.err.contains("already there"), "{}", told.err);
    assert!(place.files("o") == place.files("whole"));
}

/// Interrupts a run as the keyboard does, once its journal has this many lines. One that is done before it is noticed
/// begins again from where it stood.
fn interrupt(place: &Place, plan: &str, lines: usize) -> Output {
    let stood = journal_name(place).map(|name| (format!("o/{name}"), journal(place).join("\n") + "\n"));
    for _ in 0..20 {
        let mut child = start(place, plan);
        let running = |child: &mut Child| child.try_wait().expect("a child").is_none();
        while running(&mut child) && journal(place).len() < lines {
            sleep(Duration::from_millis(2));
        }
        if running(&mut child) {
            signal("INT", &child);
        }
        let ended = child.wait_with_output().expect("it ends");
        if !ended.status.success() {
            return ended;
        }
        fs::remove_dir_all(place.path("o")).expect("it is ours");
        if let Some((name, text)) = &stood {
            place.write(name, text);
        }
    }
    panic!("{plan} cannot be caught at work")
}

fn signal(name: &str, child: &Child) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status();
    assert!(sent.expect("there is a kill").success());
}

#[test]
fn ctrl_c_ends_with_130_and_says_how_to_go_on() {
    let place = Place::new();
    let ended = interrupt(&place, PLAN, 3);
    let err = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{err}");
    let word = err.lines().last().unwrap_or_default();
    assert!(word.starts_with("interrupted: ") && word.contains(" models kept; the same command goes on"), "{err}");
    let kept = word.split_whitespace().nth(1).expect("a count").to_owned();
    let Outcome { err, .. } = place.succeeds(&format!("{PLAN} --out o"));
    assert!(err.contains(&format!("{kept} of ")) && err.contains(" models already there"), "{kept}: {err}");
    assert!(journal(&place).is_empty(), "a finished run leaves no journal");
}

#[test]
fn a_second_ctrl_c_ends_a_long_training_at_once() {
    let place = Place::new();
    let mut child = start(&place, &PLAN.replace("--steps 150", "--steps 1000000 --threads 2"));
    let begun = Instant::now();
    // Models of the teacher's size are soon trained; students take minutes, and then nothing more is written.
    let (mut lines, mut since) = (0, Instant::now());
    while lines < 2 || since.elapsed() < Duration::from_secs(3) {
        assert!(begun.elapsed() < Duration::from_secs(120), "it does not begin");
        sleep(Duration::from_millis(50));
        let now = journal(&place).len();
        if now != lines {
            (lines, since) = (now, Instant::now());
        }
    }
    signal("TERM", &child);
    sleep(Duration::from_secs(1));
    assert!(child.try_wait().expect("a child").is_none(), "the first one lets it finish what it is at");
    signal("INT", &child);
    let begun = Instant::now();
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(5));
    let err = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(err.ends_with("stopping once the models in training are done; Ctrl-C again ends at once\n"), "{err}");
}

#[test]
fn one_run_at_a_time_in_a_folder_whatever_its_plan() {
    let place = Place::new();
    let mut first = start(&place, &PLAN.replace("--steps 150", "--steps 1000000"));
    while journal(&place).is_empty() {
        sleep(Duration::from_millis(5));
    }
    for plan in [PLAN.replace("--steps 150", "--steps 1000000"), TINY.to_owned()] {
        let second = place.distill(&format!("{plan} --out o"));
        assert_eq!(second.code, 1, "{}", second.err);
        assert!(second.err.contains("o/budget is in use") && second.err.contains("hint: wait"), "{}", second.err);
    }
    first.kill().expect("a child can be killed");
    first.wait().expect("it ends");
    // The lock has died with its process, and the next run takes its file away.
    assert!(place.path("o/budget/.distill-lock").exists());
    place.succeeds(&format!("{TINY} --out o --quiet"));
    assert!(!place.path("o/budget/.distill-lock").exists());
}

/// Another plan for the same folder, done in a moment.
const TINY: &str = "run budget --quick --data moons --budgets 10,20 --replicates 1 --steps 20 --teacher 4 --student 4";

/// Two plans at the same moment into one folder: what lies there in the end is all of one run.
fn two_at_a_time(times: usize) {
    let plans = [TINY.to_owned(), format!("{TINY} --seed 1")];
    let whole = Place::new();
    let alone = ["a", "b"].map(|folder| {
        let plan = &plans[usize::from(folder == "b")];
        whole.succeeds(&format!("{plan} --out {folder} --quiet"));
        whole.files(folder)
    });
    for time in 0..times {
        let place = Place::new();
        let mut both = [0, 1].map(|n| start(&place, &format!("{} --quiet", plans[(n + time) % 2])));
        let ended = both.each_mut().map(|child| child.wait().expect("it ends").code());
        assert!(ended.contains(&Some(0)) && ended.iter().all(|code| [Some(0), Some(1)].contains(code)), "{ended:?}");
        let files = place.files("o");
        assert!(alone.contains(&files), "round {time}: {ended:?}, {:?}", files.keys());
    }
}

#[test]
fn two_plans_into_one_folder_leave_the_records_of_one() {
    two_at_a_time(20);
}

#[test]
#[ignore = "takes some minutes"]
fn two_hundred_times_too() {
    two_at_a_time(200);
}

#[test]
fn a_folder_that_is_removed_during_the_run_is_made_anew() {
    let undisturbed = Place::new();
    undisturbed.succeeds(&format!("{PLAN} --out o --quiet"));
    let remove = |place: &Place| {
        while journal(place).len() < 5 {
            sleep(Duration::from_millis(2));
        }
        // A file that appears in between is in the way once.
        while fs::remove_dir_all(place.path("o")).is_err() && place.path("o").exists() {}
    };
    let place = Place::new();
    let child = start(&place, PLAN);
    remove(&place);
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(place.files("o") == undisturbed.files("o"));

    // One that is interrupted keeps what it says it keeps.
    let place = Place::new();
    let child = start(&place, &PLAN.replace("--steps 150", "--steps 3000"));
    remove(&place);
    signal("INT", &child);
    let ended = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{err}");
    let kept: usize = err.lines().last().and_then(|it| it.split_whitespace().nth(1)?.parse().ok()).expect("a count");
    // Whole replicates are kept beside their models, and have lines of their own.
    assert!(kept > 0 && journal(&place).len() > kept.min(4), "{kept}: {err}");
}

#[test]
fn a_program_that_may_not_be_read_runs_and_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let program = place.path("distill");
    fs::copy(env!("CARGO_BIN_EXE_distill"), &program).expect("room");
    let mode = |path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    mode(program.clone(), 0o711);
    mode(place.path(""), 0o777);
    let run = |plan: &str| {
        let mut command = Command::new(&program);
        command.args(plan.split_whitespace()).current_dir(place.path(""));
        // Its owner may read it unless nobody may, root whatever is said: then it is run as nobody.
        match fs::read("/root").is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied) {
            true => mode(program.clone(), 0o111),
            false => drop(command.uid(65534).gid(65534)),
        }
        command.output().expect("the program starts")
    };
    let ended = run(&format!("{TINY} --out o"));
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

/// On a terminal, where there is a bar to leave behind.
#[cfg(target_os = "linux")]
#[test]
fn what_is_said_after_a_resume_leaves_no_dead_bar_behind() {
    let place = Place::new();
    interrupt(&place, PLAN, 8);
    let distill = place.command(&format!("{PLAN} --out o"));
    let arguments: Vec<String> = distill.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
    let line = format!("stty rows 24 cols 80; {} {}", distill.get_program().display(), arguments.join(" "));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(place.path("")).env_remove("CARGO");
    let Ok(output) = script.env("TERM", "xterm").stdin(Stdio::null()).output() else {
        return;
    };
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    let (before, after) = shown.split_once("already there").unwrap_or_else(|| panic!("{shown}"));
    assert!(!before.contains("models trained") && after.contains("models trained"), "{shown}");
    // Links lead to the folders, where the terminal knows how.
    assert!(after.contains("\u{1b}]8;;file:///"), "{shown}");
}

#[test]
fn a_file_that_may_not_grow_is_an_error_with_a_cure_and_loses_nothing() {
    let undisturbed = Place::new();
    undisturbed.succeeds(&format!("{PLAN} --out o --quiet"));
    let place = Place::with("o/budget/trials.csv", "good records of another day");
    let distill = place.command(&format!("{PLAN} --out o"));
    // Blocks of 512 bytes: room for some models first, then for the whole journal and not for the largest figure.
    for blocks in [16, 200] {
        let mut shell = Command::new("sh");
        let arguments = distill.get_args().map(|argument| argument.to_string_lossy().into_owned());
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh");
        shell.arg(distill.get_program()).args(arguments).current_dir(place.path(""));
        let ended = shell.arg0("sh").output().expect("there is a shell");
        let err = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(1), "{blocks}: {err}");
        let told = err.lines().find(|line| line.starts_with("error: cannot write o/")).unwrap_or_default();
        assert!(told.contains("File too large") && err.contains("\nhint: make room"), "{blocks}: {err}");
        assert!(journal(&place).len() > 1, "{blocks}: what was finished is kept");
        let parts = place.files("o").into_keys().filter(|name| name.to_string_lossy().contains(".part")).count();
        assert_eq!(parts, 0, "{blocks}: half a file is left");
        let whole = undisturbed.read("o/budget/trials.csv");
        let trials = place.read("o/budget/trials.csv");
        assert!(trials == "good records of another day" || trials == whole, "{blocks}: half a file in its place");
    }
    place.succeeds(&format!("{PLAN} --out o --quiet"));
    assert!(place.files("o") == undisturbed.files("o"));
}

#[test]
fn a_damaged_journal_is_dropped_with_a_word() {
    let place = Place::new();
    place.succeeds(&format!("{PLAN} --out whole --quiet"));
    interrupt(&place, PLAN, 12);
    let (name, sound) = (journal_name(&place).expect("a journal"), journal(&place).join("\n") + "\n");
    let at = |needle: &str| sound.find(needle).unwrap_or_else(|| panic!("no {needle}"));
    let second_line = at("\n") + 1;
    let cases = [
        // A torn tail is what a kill leaves: not worth more than a word.
        (sound[..sound.len() - 7].to_owned(), "1 damaged line of"),
        (sound.replacen("\"agreement\":0.", "\"agreement\":1.", 1), "1 damaged line of"),
        (sound.replacen("\"agreement\":0.", "\"agreement\":NaN,\"x\":0.", 1), "1 damaged line of"),
        (format!("{sound}{{}}\n[]\n\u{0}\n\n"), "4 damaged lines"),
        (sound.replacen("distill 0.", "distill 99.", 1), "is not used"),
        (sound[second_line..].to_owned(), "is not used"),
        ("\u{fffd}".repeat(99), "is not used"),
    ];
    for (number, (text, word)) in cases.into_iter().enumerate() {
        assert_ne!(text, sound, "damage {number} is none");
        place.write(&format!("o/{name}"), text);
        let Outcome { err, .. } = place.succeeds(&format!("{PLAN} --out o"));
        assert!(err.contains("note: ") && err.contains(word), "damage {number}: {err}");
        assert!(place.files("o") == place.files("whole"), "damage {number}");
    }
}
