//! The floors of the house: a module imports only modules of lower floors, and two of one floor do not meet.
//!
//! Read from the source as it stands: every path that starts at the crate, `crate::…`, `distill_lab::…` or enough
//! `super::`, in code and in its unit tests alike. A test that needs a higher floor belongs in `tests/`. Comments,
//! documentation and texts import nothing and are left out.

use std::fs;
use std::path::Path;

use crate::imports::{Import, imports, path, tokens};

/// From the ground up. To add a module, put it on the lowest floor from which it sees all it needs.
const FLOORS: [&[&str]; 9] = [
    &["seed", "words", "packed", "simd", "browser"],
    &["data", "nn", "finding", "checked"],
    &["oracle", "plot"],
    &["query", "remote"],
    &["student", "plan"],
    &["audit"],
    &["replicate"],
    &["experiment", "page", "serve", "lab"],
    &["cli", "lib", "main"],
];

/// The floors inside `src/experiment`: what runs, what reads, what shows, what an experiment declares, the experiments
/// themselves, which never use each other, and what is done with all of them. Whatever else lies there is an
/// experiment.
const EXPERIMENT: [&[&str]; 8] = [
    &["run", "unread"],
    &["read"],
    &["show"],
    &["contract"],
    &[],
    &["registry"],
    &["group"],
    &["runs", "comparison", "weights"],
];

/// The floor of the experiments.
const EXPERIMENTS: usize = 4;

/// The examiner sees the teacher unmetered, so only those who examine may even name it.
const EXAMINERS: [&str; 3] = ["oracle", "audit", "experiment"];

#[test]
fn every_module_imports_only_what_lies_below_it() {
    let mut broken = Vec::new();
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src");
    for (file, text) in &sources {
        broken.extend(check(file, text));
    }
    assert!(sources.len() > 10, "the sources were not found");
    assert!(broken.is_empty(), "\n\n{}\n", broken.join("\n\n"));
}

#[test]
fn every_module_of_experiment_uses_only_what_lies_below_it() {
    let mut broken = Vec::new();
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/experiment"), "src/experiment");
    for (file, text) in sources.iter().filter(|(file, _)| file != "src/experiment/mod.rs") {
        broken.extend(check_inside(file, text));
    }
    assert!(sources.len() > 10, "the sources were not found");
    assert!(broken.is_empty(), "\n\n{}\n", broken.join("\n\n"));
}

#[test]
fn inside_experiment_the_way_up_is_named_however_it_is_written() {
    for (file, text) in [
        ("src/experiment/run/train.rs", "use crate::experiment::read::curves::Curves;"),
        ("src/experiment/run/train.rs", "use super::super::show::sentences;"),
        ("src/experiment/read/curves.rs", "mod tests { use super::super::super::contract::About; }"),
        ("src/experiment/budget.rs", "use super::cost::Cost;"),
        ("src/experiment/guard/game.rs", "use crate::experiment::evidence::Evidence;"),
        ("src/experiment/contract.rs", "use super::{run::Journal, group::Group};"),
        ("src/experiment/budget.rs", "use super::Unheard;"),
    ] {
        assert_eq!(check_inside(file, text).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("src/experiment/run/train.rs", "use super::spec::ModelSpec; use crate::nn::Mlp;"),
        ("src/experiment/guard/game.rs", "use super::copiers::Copier; use crate::experiment::run::Chapter;"),
        ("src/experiment/guard/tests.rs", "use super::*;"),
        ("src/experiment/budget.rs", "mod tests { use super::*; }"),
    ] {
        assert_eq!(check_inside(file, text), [""; 0], "{file}: {text}");
    }
}

#[test]
fn the_front_pages_draw_the_same_floors() {
    let shows = |page: &str, floors: &[&[&str]], but: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("a text");
        for (number, floor) in floors.iter().enumerate() {
            let line = text.lines().find(|line| line.starts_with(&format!("//! {number}  "))).unwrap_or_default();
            for module in floor.iter().filter(|module| **module != but) {
                assert!(line.contains(module), "{page} does not show {module} on floor {number}: {line:?}");
            }
        }
    };
    shows("src/lib.rs", &FLOORS, "lib");
    let ends = EXPERIMENT.map(|floor| if floor.len() > 2 { &floor[..1] } else { floor });
    shows("src/experiment/mod.rs", &ends, "");
}

#[test]
fn an_upward_import_is_named_with_its_line_and_reason() {
    let broken = check("src/nn/mlp.rs", "//! Docs.\n\nuse crate::seed::Seed;\nuse crate::student::distill;\n");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].starts_with("src/nn/mlp.rs:4: nn (floor 1) imports student (floor 4)"), "{}", broken[0]);
    assert!(broken[0].contains("because"), "{}", broken[0]);
}

#[test]
fn a_sideways_import_is_named() {
    let broken = check("src/plot/mod.rs", "fn f() {\n    crate::oracle::serve(name);\n}\n");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].starts_with("src/plot/mod.rs:2: plot (floor 2) imports oracle (floor 2)"), "{}", broken[0]);
}

#[test]
fn a_group_is_looked_into() {
    let text = "use crate::{\n    seed::{self, Seed},\n    oracle::{Answers, Oracle},\n    experiment,\n};\n";
    let broken = check("src/query/mod.rs", text);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].starts_with("src/query/mod.rs:4: query (floor 3) imports experiment"), "{}", broken[0]);
}

#[test]
fn the_way_over_super_is_no_way_round() {
    for (file, text) in [
        ("src/seed.rs", "use super::nn::Mlp;"),
        ("src/nn/mod.rs", "use super::{seed::Seed, cli};"),
        ("src/nn/mlp.rs", "use super::super::oracle::Teacher;"),
        ("src/seed.rs", "mod tests { use super::super::nn::Mlp; }"),
        ("src/seed.rs", "mod tests { } use super::nn::Mlp;"),
    ] {
        assert_eq!(check(file, text).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("src/nn/mlp.rs", "use super::dense; use super::super::seed::Seed;"),
        ("src/seed.rs", "mod tests { use super::*; }"),
        ("src/nn/mod.rs", "use self::mlp::Mlp; use super::words::about;"),
    ] {
        assert_eq!(check(file, text), [""; 0], "{file}: {text}");
    }
}

#[test]
fn the_whole_crate_under_another_name_is_refused() {
    for text in ["use crate as house;", "use crate::{self as house};", "use distill_lab::*;", "use super::*;"] {
        assert_eq!(check("src/nn.rs", text).len(), 1, "{text}");
    }
    assert_eq!(check("src/nn.rs", "pub(crate) fn f() {}"), [""; 0]);
}

#[test]
fn a_module_without_a_floor_is_refused_wherever_it_turns_up() {
    let broken = check("src/cellar.rs", "");
    assert!(broken.len() == 1 && broken[0].contains("cellar has no floor"), "{broken:?}");
    let broken = check("src/cli/run.rs", "use distill_lab::cellar::Wine;");
    assert!(broken.len() == 1 && broken[0].contains("cellar has no floor"), "{broken:?}");
}

#[test]
fn the_examiner_is_named_only_by_those_who_examine() {
    let text = "fn cheat(examiner: &Examiner) {}";
    let broken = check("src/student.rs", text);
    assert!(broken.len() == 1 && broken[0].starts_with("src/student.rs:1: student names Examiner"), "{broken:?}");
    assert_eq!(check("src/audit/exam.rs", text), [""; 0]);
}

#[test]
fn comments_and_texts_import_nothing() {
    let text = concat!(
        "//! [`crate::cli`]\n/* crate::cli /* Examiner */ crate::cli */\n/// use crate::cli;\n",
        "fn f<'a>(x: &'a str) -> char {\n",
        "g(\"crate::cli \\\" Examiner\", r#\"crate::cli \" \"#, b\"Examiner\"); '\"' }\n",
        "use crate::cli;\n",
    );
    let broken = check("src/seed.rs", text);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].starts_with("src/seed.rs:6:"), "{}", broken[0]);
}

/// The core runs in a browser, where there is neither a thread nor a clock: calls to them are built there, and fail
/// when they run.
#[test]
fn the_core_knows_no_thread_and_no_clock() {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let front = fs::read_to_string(crate_root.join("src/lib.rs")).expect("a text");
    let lines: Vec<&str> = front.lines().collect();
    let of_program = |module: &str| {
        let at = lines.iter().position(|line| *line == format!("pub mod {module};"));
        at.is_none_or(|at| [r#"#[cfg(feature = "program")]"#, r#"#[cfg(feature = "serve")]"#].contains(&lines[at - 1]))
    };
    assert!(!of_program("nn") && !of_program("student") && of_program("experiment") && of_program("cli"));
    for (file, text) in sources(&crate_root.join("src"), "src") {
        let (home, code) = (module_path(&file), text.split("#[cfg(test)]").next().unwrap_or_default());
        if of_program(home.first().unwrap_or(&root(&file))) {
            continue;
        }
        let tokens = tokens(code);
        let foreign = tokens.iter().find(|it| ["rayon", "thread", "Instant", "SystemTime"].contains(&it.text));
        assert!(foreign.is_none(), "{file}: the core has no {foreign:?}");
    }
}

/// Every `.rs` file below a folder, as (path from the crate, text).
fn sources(folder: &Path, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = format!("{name}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            found.extend(sources(&path, &name));
        } else if name.ends_with(".rs") {
            found.push((name, fs::read_to_string(&path).expect("a text")));
        }
    }
    found.sort();
    found
}

/// The broken rules of one file, each with its place and its reason.
fn check(file: &str, text: &str) -> Vec<String> {
    let home = module_path(file);
    let module = *home.first().unwrap_or(&root(file));
    let Some(own) = floor(module) else { return vec![no_floor(file, 1, module)] };
    let mut broken = Vec::new();
    for Import { line, name } in imports(&tokens(text), home.len()) {
        if name == module {
            continue;
        }
        broken.extend(match floor(&name) {
            _ if name == "*" => Some(format!(
                "{file}:{line}: imports the whole crate. Name the modules instead, because this test \
                 cannot see what is reached through another name."
            )),
            None => Some(no_floor(file, line, &name)),
            Some(other) if other < own => None,
            Some(other) => Some(format!(
                "{file}:{line}: {module} (floor {own}) imports {name} (floor {other}). A module imports only modules \
                 of lower floors, because a reader or a test of it must need nothing but what lies below: move the \
                 shared part down, or the caller up."
            )),
        });
    }
    if !EXAMINERS.contains(&module)
        && let Some(token) = tokens(text).iter().find(|token| token.text == "Examiner")
    {
        broken.push(format!(
            "{file}:{}: {module} names Examiner. Only {} may, because it sees the teacher unmetered: a student that \
             could hold one would not be trained by queries alone.",
            token.line,
            EXAMINERS.join(", ")
        ));
    }
    broken
}

/// The same inside of `src/experiment`.
fn check_inside(file: &str, text: &str) -> Vec<String> {
    let home = module_path(file);
    let module = home[1];
    let is_module = |name: &str| name.starts_with(char::is_lowercase);
    let named = |module: &str| EXPERIMENT.iter().position(|floor| floor.contains(&module));
    let place = |module: &str| named(module).or(is_module(module).then_some(EXPERIMENTS));
    let Some(own) = place(module) else { return vec![no_floor(file, 1, module)] };
    let tokens = tokens(text);
    let mut found = imports(&tokens, home.len() - 1);
    // A path from the crate's root leads out of the house, or back into it.
    found.retain(|import| import.name != "experiment" && floor(&import.name).is_none());
    let way = ["experiment", "::", "crate"];
    for at in (2..tokens.len()).filter(|&at| (0..3).all(|back| tokens[at - back].text == way[back])) {
        path(&tokens, at + 1, 0, &mut found);
    }
    let broken = found.iter().filter(|it| it.name != module).filter_map(|Import { name, line }| match place(name) {
        Some(other) if other < own => None,
        Some(other) => Some(format!(
            "{file}:{line}: experiment::{module} (floor {own}) uses experiment::{name} (floor {other}). What runs \
             does not know what reads, what reads does not know what shows, and no experiment knows another."
        )),
        None => Some(no_floor(file, *line, name)),
    });
    broken.collect()
}

fn no_floor(file: &str, line: usize, module: &str) -> String {
    format!(
        "{file}:{line}: {module} has no floor. Give it one in tests/library/floors.rs, because a module that may \
         import anything soon does."
    )
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// `src/nn/mlp.rs` is `nn::mlp`, `src/nn/mod.rs` is `nn`, `src/lib.rs` is the root.
fn module_path(file: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = file.trim_end_matches(".rs").split('/').skip(1).collect();
    if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
        parts.pop();
    }
    parts
}

fn root(file: &str) -> &str {
    file.trim_start_matches("src/").trim_end_matches(".rs")
}
