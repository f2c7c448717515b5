//! The rules of taste that neither the compiler nor clippy keeps, each with its reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What lies at the top of the tree. A newcomer's first look should not have to sort.
const TOP: [&str; 22] = [
    ".cargo",
    ".ci",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches",
    "clippy.toml",
    "docs",
    "examples",
    "fuzz",
    "lab",
    "output",
    "rustfmt.toml",
    "src",
    "tests",
    ".gitattributes",
];

/// Words that promise work. Written in halves, so that this file keeps its own rule.
const PROMISES: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("dbg", "!(")];
/// Beginnings of paths that exist on one machine only.
const ELSEWHERE: [&str; 5] =
    [concat!("/ho", "me/"), concat!("/tm", "p/"), concat!("/Us", "ers/"), concat!("/ro", "ot/"), concat!("C:", "\\")];

/// A rule about one file: what it demands, why, and the first line that breaks it.
struct Rule {
    demand: &'static str,
    reason: &'static str,
    broken_at: fn(&str, &str) -> Option<usize>,
}

const RULES: [Rule; 7] = [
    Rule {
        demand: "a source file opens with a `//!` line",
        reason: "a reader who opens it should know at once what it is for",
        broken_at: |_, text| (!text.starts_with("//! ")).then_some(1),
    },
    Rule {
        demand: "a source file has at most 400 lines",
        reason: "one idea per file: past that there are two",
        broken_at: |_, text| text.lines().nth(400).map(|_| 401),
    },
    Rule {
        demand: "src/main.rs has fewer than 60 lines",
        reason: "it is the program's story, not its arithmetic",
        broken_at: |file, text| text.lines().nth(59).filter(|_| file == "src/main.rs").map(|_| 60),
    },
    Rule {
        demand: "a line has at most 120 characters",
        reason: "rustfmt leaves comments and texts alone, and two files should fit side by side",
        broken_at: |_, text| line_where(text, |line| line.chars().count() > 120),
    },
    Rule {
        demand: "no promises and no leftovers",
        reason: "a promise in a comment is forgotten; what is left to do is said where work is planned",
        broken_at: |_, text| line_where(text, |line| PROMISES.iter().any(|word| line.contains(word))),
    },
    Rule {
        demand: "no commented-out code",
        reason: "the history keeps what was deleted, and keeps it compiling",
        broken_at: |_, text| line_where(text, is_commented_out),
    },
    Rule {
        demand: "no path of one machine",
        reason: "it works nowhere else and tells who wrote it",
        broken_at: |_, text| line_where(text, |line| ELSEWHERE.iter().any(|path| line.contains(path))),
    },
];

#[test]
fn every_source_file_keeps_the_rules() {
    let sources: Vec<PathBuf> =
        ["src", "tests", "examples", "benches", "fuzz/fuzz_targets"].iter().flat_map(|name| files(name)).collect();
    let mut broken = Vec::new();
    for path in sources.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let file = path.strip_prefix(house()).expect("a file of the house").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).expect("a source file is text");
        for Rule { demand, reason, broken_at } in RULES {
            broken.extend(broken_at(&file, &text).map(|line| format!("{file}:{line}: {demand}, because {reason}")));
        }
    }
    assert!(sources.len() > 10, "the sources were not found");
    assert!(broken.is_empty(), "\n\n{}\n", broken.join("\n"));
}

#[test]
fn every_file_of_the_page_keeps_the_rules() {
    let mut broken = Vec::new();
    let sources = files("src/page");
    let sources = sources.iter().filter(|path| path.extension().is_some_and(|ending| ending != "rs"));
    for path in sources.clone() {
        let file = path.strip_prefix(house()).expect("a file of the house").display();
        let text = fs::read_to_string(path).expect("a text");
        let comment = ["// ", "/* ", "{# "].iter().any(|sign| text.starts_with(sign));
        broken.extend((!comment).then(|| format!("{file}:1: opens with a line that says what it is for")));
        for Rule { demand, reason, broken_at } in &RULES[1..] {
            broken.extend(broken_at("", &text).map(|line| format!("{file}:{line}: {demand}, because {reason}")));
        }
    }
    assert!(sources.count() > 10, "the files of the page were not found");
    assert!(broken.is_empty(), "\n\n{}\n", broken.join("\n"));
}

#[test]
fn the_top_of_the_tree_holds_what_is_expected() {
    // Only what git keeps: a reader's own table or notes beside the sources are none of our business.
    let Ok(kept) = Command::new("git").arg("ls-files").current_dir(house()).output() else { return };
    let kept = String::from_utf8_lossy(&kept.stdout).into_owned();
    let top = kept.lines().filter_map(|path| path.split('/').next());
    let strangers: Vec<&str> = top.filter(|name| !TOP.contains(name)).collect();
    assert!(
        strangers.is_empty(),
        "{strangers:?}: put it into a folder, or into the list at the top of tests/library/tidy.rs"
    );
}

#[test]
fn the_rules_notice_what_they_forbid() {
    let broken = |text: &str| -> Vec<&str> {
        let broken = |rule: &&Rule| (rule.broken_at)("src/main.rs", text).is_some();
        RULES.iter().filter(broken).map(|rule| rule.demand).collect()
    };
    assert_eq!(broken("//! A file.\n\n// Why, in words; and a `let x` in passing.\nfn f() {}\n"), [""; 0]);
    assert_eq!(broken("fn f() {}\n"), [RULES[0].demand]);
    assert_eq!(broken(&format!("//! A file.\n{}", "\n".repeat(400))), [RULES[1].demand, RULES[2].demand]);
    assert_eq!(broken(&format!("//! A file.\n// {}\n", "é".repeat(118))), [RULES[3].demand]);
    assert_eq!(broken(&format!("//! A file.\n// {}: later\n", PROMISES[0])), [RULES[4].demand]);
    for code in ["// let x = 3;", "    // fn old() {", "// old(x);", "// }", "// use crate::nn;"] {
        assert_eq!(broken(&format!("//! A file.\n{code}\n")), [RULES[5].demand], "{code}");
    }
    assert_eq!(broken(&format!("//! A file.\n// see {}x\n", ELSEWHERE[0])), [RULES[6].demand]);
}

/// A cheap guess: comments are sentences, and sentences neither start like a statement nor end like one.
fn is_commented_out(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("///") || line.starts_with("//!") {
        return false;
    }
    let Some(comment) = line.strip_prefix("//").map(str::trim) else { return false };
    let starts = ["let ", "fn ", "pub ", "use ", "impl ", "struct ", "enum ", "return ", "#["];
    starts.iter().any(|start| comment.starts_with(start)) || comment.ends_with([';', '{', '}'])
}

fn line_where(text: &str, breaks: impl Fn(&str) -> bool) -> Option<usize> {
    text.lines().position(breaks).map(|at| at + 1)
}

fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the house; none where there is no such folder yet.
fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(house().join(folder)) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            found.extend(files(&path.strip_prefix(house()).expect("a folder of the house").to_string_lossy()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
