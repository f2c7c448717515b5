//! The lessons in `examples/` do what their headers say: the command runs, the promised words are printed, the next
//! lesson is there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rayon::prelude::*;

/// A file of the folder.
struct Lesson {
    name: String,
    text: String,
}

impl Lesson {
    /// Its place, from the two digits before its name.
    fn number(&self) -> usize {
        self.name[..2].parse().unwrap_or_else(|_| panic!("{}: a lesson's name starts with its number", self.name))
    }

    /// What its header says behind a word: the text between the next two backticks.
    fn header(&self, word: &str) -> &str {
        let line = self.text.lines().find_map(|line| line.strip_prefix("//! - ")?.strip_prefix(word));
        line.and_then(|line| line.split('`').nth(1)).unwrap_or_else(|| panic!("{}: no {word}", self.name))
    }

    /// What is not header.
    fn code(&self) -> String {
        self.text.lines().filter(|line| !line.starts_with("//!")).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn ten_lessons_lead_from_one_to_the_next() {
    let lessons = lessons();
    assert_eq!(lessons.iter().map(Lesson::number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    let names = lessons.iter().map(|lesson| lesson.name.as_str());
    for (lesson, next) in lessons.iter().zip(names.skip(1).chain(["examples/README.md"])) {
        assert_eq!(lesson.header("Next:"), next, "{} points to what comes next", lesson.name);
        assert!(lesson.text.starts_with(&format!("//! Lesson {}: ", lesson.number())), "{}", lesson.name);
    }
}

#[test]
fn every_header_is_true_of_its_file() {
    let guide = fs::read_to_string(folder().join("README.md")).expect("the teacher's guide");
    for lesson in lessons() {
        let name = &lesson.name;
        assert_eq!(lesson.header("Run:"), format!("cargo run --release --example {name}"));
        let length = lesson.text.lines().count();
        assert!((50..=90).contains(&length), "{name} has {length} lines; a lesson is read in one go, from 50 to 90");
        assert_eq!(lesson.text.matches("// Change this line: ").count(), 1, "{name}: one line to change");
        assert!(lesson.text.contains("//! - Change the marked line"), "{name}: an invitation to change it");
        let opens: Vec<&str> = lesson.text.split('`').filter(|word| word.starts_with("src/")).collect();
        assert!(!opens.is_empty(), "{name} opens a module");
        for path in opens {
            assert!(folder().with_file_name(path).exists(), "{name} names {path}, which is not there");
        }
        assert!(guide.contains(name.as_str()), "the teacher's guide leaves {name} out");
    }
}

#[test]
fn every_lesson_prints_what_it_promises() {
    let lessons = lessons();
    for (lesson, output) in lessons.iter().zip(run_all(&lessons)) {
        let name = &lesson.name;
        let (told, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && complaints.is_empty(), "{name}: {}\n{complaints}", output.status);
        let promise = lesson.header("Promises:");
        assert!(told.contains(promise), "{name} promises {promise:?} and prints\n\n{told}");
        assert!(promise.contains(|sign: char| sign.is_ascii_digit()), "{name} promises a number");
        assert!(!lesson.code().contains(promise), "{name}: the promise is typed, not computed");
        let wide: Vec<&str> = told.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{name} prints more than 80 columns: {wide:?}");
    }
}

/// Runs all lessons, as this test was built: in the profile of a newcomer's `cargo test` they take seconds, where a
/// release build would take minutes.
fn run_all(lessons: &[Lesson]) -> Vec<Output> {
    // target/PROFILE/deps/this-test
    let this = env::current_exe().expect("the path of this test");
    let folder = this.ancestors().nth(2).expect("the folder of the profile");
    let profile = folder.file_name().expect("a profile").to_string_lossy();
    let profile = if profile == "debug" { "dev" } else { &profile };

    // `cargo test` has built the examples; `cargo test --test lessons` has not.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = folder.parent().expect("the target folder");
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--examples", "--profile", profile, "--target-dir"]).arg(target);
    let built = build.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let run = |lesson: &Lesson| {
        let program = folder.join("examples").join(&lesson.name).with_extension(env::consts::EXE_EXTENSION);
        Command::new(&program).output().unwrap_or_else(|error| panic!("{}: {error}", program.display()))
    };
    lessons.par_iter().map(run).collect()
}

/// Every program of the folder, in the order of their names.
fn lessons() -> Vec<Lesson> {
    let entries = fs::read_dir(folder()).expect("the lessons");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut programs: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    programs.sort();
    let read = |path: &PathBuf| Lesson {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        text: fs::read_to_string(path).expect("a text"),
    };
    programs.iter().map(read).collect()
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
}
