//! Where a run is saved: the default plan in `output`, any other in a folder that says what differs.

use std::fs;
use std::path::{Path, PathBuf};

use distill_lab::experiment::{Group, Shard};
use distill_lab::seed::fingerprint;
use serde::Deserialize;

use super::folder::STATEMENTS;

/// Beside the reference, runs of a reader's own.
pub(super) const RUNS: &str = "output/runs";
/// A longer name is hard to read and to type, and a path with it would not fit the screen.
const LONGEST: usize = 50;

/// Where the records of the default plan are kept.
pub(super) fn reference(experiment: &str) -> PathBuf {
    Path::new("output").join(experiment)
}

/// Where an experiment writes: the default plan to `output`, so that a reader's experiment never overwrites the
/// reference, any other plan to a folder of its own beside, and each shard to one of its own.
pub(super) fn place(out: Option<&Path>, group: &Group, experiment: &str, shard: Shard) -> PathBuf {
    let (plan, flags) = (group.arguments(), group.flags());
    let part = if shard == Shard::WHOLE { String::new() } else { format!("-{}-of-{}", shard.number(), shard.of()) };
    if let Some(out) = out {
        return out.join(format!("{experiment}{part}"));
    }
    if plan.is_empty() {
        return if part.is_empty() {
            reference(experiment)
        } else {
            Path::new(RUNS).join(format!("{experiment}{part}"))
        };
    }
    let hash = format!("{:08x}", fingerprint(&flags) as u32);
    let told = format!("{experiment}-{}", what_differs(&plan));
    let name = if told.len() <= LONGEST { told } else { format!("{experiment}-{hash}") };
    let folder = Path::new(RUNS).join(format!("{name}{part}"));
    if is_of_another_plan(&folder, experiment, group) {
        Path::new(RUNS).join(format!("{name}-{hash}{part}"))
    } else {
        folder
    }
}

/// Flags as a part of a file's name: `student-4-4-seed-1`. A table goes by its name alone.
fn what_differs(plan: &[String]) -> String {
    let flag = |argument: &String| {
        let (flag, value) = argument.split_once('=').unwrap_or((argument, ""));
        let value = match flag {
            // Of an address, the model's name.
            "--teacher-url" => value.rsplit('/').next().unwrap_or_default().into(),
            "--data" => Path::new(value).file_stem().map_or(value.into(), |stem| stem.to_string_lossy()),
            _ => value.into(),
        };
        format!("{flag}-{value}")
    };
    let text = plan.iter().map(flag).collect::<Vec<_>>().join("-");
    let letters = text.chars().map(|letter| if letter.is_alphanumeric() || letter == '.' { letter } else { '-' });
    let text: String = letters.collect();
    text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether records in a folder say that they come from another plan.
fn is_of_another_plan(folder: &Path, experiment: &str, group: &Group) -> bool {
    /// What `finding.json` and `shard.json` say of their plan, each in its way.
    #[derive(Deserialize)]
    struct Statement {
        command: Option<String>,
        plan: Option<Vec<String>>,
    }
    let own = (format!("distill run {experiment}{}", group.flags()), group.arguments());
    STATEMENTS.iter().any(|name| {
        let said = fs::read(folder.join(name)).ok().and_then(|text| serde_json::from_slice(&text).ok());
        said.is_some_and(|Statement { command, plan }| {
            command.is_some_and(|command| command != own.0) || plan.is_some_and(|plan| plan != own.1)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_differs() {
        let name = |plan: &[&str]| what_differs(&plan.iter().map(|&flag| flag.to_owned()).collect::<Vec<_>>());
        assert_eq!(name(&["--student=4,4"]), "student-4-4");
        assert_eq!(name(&["--quick", "--rate=0.01", "--price-query=500"]), "quick-rate-0.01-price-query-500");
        assert_eq!(name(&["--data=../my data.csv", "--label=ki/nd"]), "data-my-data-label-ki-nd");
        assert_eq!(name(&["--teacher-url=http://h:8080/v2/models/digits"]), "teacher-url-digits");
        assert_eq!(name(&["--label=../.."]), "label-..-..");
    }
}
