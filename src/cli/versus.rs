//! `distill compare A B`: two saved runs against each other, on stdout.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use distill_lab::experiment::{self, ArmComparison, Comparison, Run, records};
use distill_lab::words::{hundredths, percent, points, printable, thousands};

use super::place::{RUNS, reference};
use super::screen::{columns_of_stdout, wrap};
use super::{Exit, Obstacle, flags};

/// Compares them.
pub(super) fn compare(flags: &flags::Compare) -> anyhow::Result<()> {
    let [one, other] = [read(&flags.one)?, read(&flags.other)?];
    let comparison = Comparison::of(&one, &other);
    let mut lines = vec![format!("A  {}", one.finding.command), format!("B  {}", other.finding.command), String::new()];
    for (name, [a, b]) in &comparison.differences {
        lines.extend(wrap(&format!("{a} in A, {b} in B"), columns_of_stdout(), &format!("{name}: "), "  "));
    }
    if comparison.differences.is_empty() {
        lines.push("the same plan".to_owned());
    }
    for arm in &comparison.arms {
        lines.extend(told(arm, comparison.paired));
    }
    if comparison.arms.is_empty() {
        lines.push(String::new());
        lines.push("no arm has a budget that both runs have: there is nothing to compare".to_owned());
    }
    let text: String = lines.iter().map(|line| printable(line) + "\n").collect();
    Ok(io::stdout().write_all(text.as_bytes())?)
}

/// The lines of one arm.
fn told(arm: &ArmComparison, paired: bool) -> Vec<String> {
    let kind = if paired { "paired by replicate" } else { "unpaired" };
    let mut lines =
        vec![String::new(), format!("{}: agreement in A and B, and B − A with its 95 % interval, {kind}", arm.arm)];
    for at in &arm.budgets {
        let [a, b] = at.means.map(percent);
        let difference = match at.difference {
            Some(it) => points(it.mean, it.low, it.high),
            None => format!("{} points, of one replicate", hundredths(at.means[1] - at.means[0])),
        };
        lines.push(format!("  {:>9}  {a:>7}  {b:>7}  {difference}", thousands(at.budget)));
    }
    if let Some([a, b]) = &arm.queries {
        let ratio = arm.ratio.as_ref().map_or(String::new(), |ratio| format!("; B / A: {ratio}"));
        lines.extend(wrap(&format!("{a} in A, {b} in B{ratio}"), columns_of_stdout(), "  queries to 95 %: ", "    "));
    }
    lines
}

/// The records of a run that is named by its folder, its name or its experiment.
fn read(name: &Path) -> anyhow::Result<Run> {
    let shown = name.display();
    let places = [name.to_owned(), Path::new(RUNS).join(name), reference(&name.to_string_lossy())];
    let is_run = |folder: &&PathBuf| folder.join("finding.json").is_file();
    let folder = places.iter().find(is_run).ok_or_else(|| Obstacle {
        exit: Exit::Usage,
        problem: format!("there is no run {shown}: no finding.json in it"),
        hint: "name the folder of a run, or one that distill runs lists".to_owned(),
    })?;
    let damaged = |file: &str, why: &dyn std::fmt::Display| Obstacle {
        exit: Exit::Usage,
        problem: format!("{}: {why}", folder.join(file).display()),
        hint: "the records are damaged or of another version: run the experiment again".to_owned(),
    };
    let finding = fs::read_to_string(folder.join("finding.json")).map_err(|error| damaged("finding.json", &error))?;
    let finding = records::read_finding(&finding).map_err(|error| damaged("finding.json", &error))?;
    let experiment = experiment::experiment(&finding.experiment)
        .ok_or_else(|| damaged("finding.json", &format!("there is no experiment {:?}", finding.experiment)))?;
    let trials = fs::read(folder.join("trials.csv")).map_err(|error| damaged("trials.csv", &error))?;
    let columns = experiment.about().columns;
    let trials = records::read_trials(&*trials, columns).map_err(|error| damaged("trials.csv", &error))?;
    Ok(Run { trials, finding, columns })
}
