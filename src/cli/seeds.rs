//! `distill check --seeds N`: which titles hold where everything is drawn anew under another seed.
//!
//! The experiments share the replicates of a seed, and with them its luck: one title that another seed turns round says
//! more than ten that agree on the same replicates. A title holds where only its numbers differ.

use std::io::{self, Write};

use distill_lab::experiment::{self, Group, Journal, Listed, Shard, records};
use distill_lab::plan::Request;

use super::place::reference;
use super::{Exit, Obstacle, screen, train};

/// Runs the default plans under the seeds 1 to `seeds` and prints a table in Markdown.
pub(super) fn check(experiments: &[Listed], seeds: u64) -> anyhow::Result<()> {
    let kept = experiments.iter().map(|it| kept_title(it.about().name)).collect::<Result<Vec<_>, _>>()?;
    let mut found: Vec<Vec<String>> = kept.into_iter().map(|title| vec![title]).collect();
    for seed in 1..=seeds {
        screen::say(format!("seed {seed} of {seeds}"));
        let groups = Group::sort(experiments, &Request { seed: Some(seed), ..Request::default() })?;
        let bar = train::progress_bar(experiment::models_to_train(&groups, Shard::WHOLE));
        train::show(&bar, String::new());
        let gathered =
            experiment::gather(&groups, Shard::WHOLE, &Journal::new(&|models| bar.inc(models as u64), &|| false));
        bar.finish_and_clear();
        for run in experiment::read(&groups, gathered?) {
            let place = experiments.iter().position(|it| it.about().name == run.finding.experiment);
            found[place.expect("an experiment that was asked for")].push(run.finding.title);
        }
    }
    let names: Vec<&str> = experiments.iter().map(|it| it.about().name).collect();
    Ok(io::stdout().write_all(table(&names, &found).as_bytes())?)
}

fn kept_title(experiment: &str) -> Result<String, Obstacle> {
    let file = reference(experiment).join("finding.json");
    let misuse = |problem: String| Obstacle {
        exit: Exit::Usage,
        problem: format!("no title to compare with: {}: {problem}", file.display()),
        hint: format!("write it with: distill run {experiment}"),
    };
    let text = std::fs::read_to_string(&file).map_err(|error| misuse(error.to_string()))?;
    Ok(records::read_finding(&text).map_err(|error| misuse(error.to_string()))?.title)
}

/// One row a title: the kept one first, then the seeds from 1.
fn table(names: &[&str], found: &[Vec<String>]) -> String {
    let mut text = "| experiment | seed | title | holds |\n|---|---|---|---|\n".to_owned();
    for (name, titles) in names.iter().zip(found) {
        for (seed, title) in titles.iter().enumerate() {
            let holds = match seed {
                0 => "",
                _ if claim(title) == claim(&titles[0]) => "yes",
                _ => "no",
            };
            text += &format!("| {name} | {seed} | {} | {holds} |\n", title.replace('|', "\\|"));
        }
    }
    text
}

/// A title without its numbers.
fn claim(title: &str) -> String {
    let mut claim = String::new();
    let mut characters = title.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_ascii_digit() {
            claim.push(character);
            continue;
        }
        claim.push('#');
        // Commas and points belong to a number where a digit follows.
        while let Some(&next) = characters.peek() {
            let inside = next.is_ascii_digit() || {
                let mut ahead = characters.clone();
                ahead.next();
                ",.".contains(next) && ahead.peek().is_some_and(char::is_ascii_digit)
            };
            if !inside {
                break;
            }
            characters.next();
        }
    }
    claim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_holds_where_only_its_numbers_differ() {
        assert_eq!(claim("About 1,200 queries reach 95.5 %, or 80."), "About # queries reach # %, or #.");
        let titles = ["120 reach 95 %", "1,020 reach 95 %", "No difference shown: 120 reach 95 %"].map(str::to_owned);
        let text = table(&["budget"], &[titles.to_vec()]);
        let holds: Vec<&str> = text.lines().skip(2).map(|row| row.rsplit(" | ").next().unwrap_or_default()).collect();
        assert_eq!(holds, [" |", "yes |", "no |"]);
    }
}
