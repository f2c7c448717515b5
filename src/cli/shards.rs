//! Shards: what some replicates gave, saved apart, and several of them put together into what one run would have
//! written.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use distill_lab::experiment::{self, Exhibits, Gathered, Group, Run, Shard, records};
use distill_lab::finding::Trial;
use distill_lab::plan::{PlanError, Request};
use distill_lab::words::{counted, list};
use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::place::place;
use super::{Exit, Obstacle, processor, saved, screen};

const FILE: &str = "shard.json";
/// The most missing shards that are named.
const MOST_NAMED: usize = 20;

/// What `shard.json` says about the trials beside it.
#[derive(Serialize, Deserialize)]
struct About {
    version: String,
    experiment: String,
    /// The flags of its plan, one by one: what two shards of one run have alike, however they were typed.
    plan: Vec<String>,
    /// What makes this plan again.
    request: Request,
    /// The fingerprint of the table that the plan names.
    contents: String,
    shard: Shard,
    /// The kind of processor that it comes from.
    processor: String,
    /// Of the first replicate, where it is in this shard.
    exhibits: Exhibits,
}

/// A shard and where it lies.
struct Saved {
    folder: PathBuf,
    about: About,
}

/// Whether a folder holds a shard.
pub(super) fn is_shard(folder: &Path) -> bool {
    folder.join(FILE).is_file()
}

/// Writes what the experiments of the orders saw in the replicates of a shard, each to its folder.
pub(super) fn write(
    groups: &[Group],
    shard: Shard,
    gathered: Vec<Gathered>,
    folders: &[Folder],
    quiet: bool,
) -> anyhow::Result<()> {
    let experiments = groups.iter().flat_map(|group| group.experiments().into_iter().map(move |it| (group, it)));
    for (((group, experiment), Gathered { trials, exhibits }), folder) in experiments.zip(gathered).zip(folders) {
        let about = About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            experiment: experiment.name.to_owned(),
            plan: group.arguments(),
            request: group.request().clone(),
            contents: contents(group),
            shard,
            processor: processor::kind(),
            exhibits,
        };
        let mut rows = Vec::new();
        records::write_trials(&mut rows, experiment.columns, &trials)?;
        folder.replace(&[("trials.csv".to_owned(), rows), (FILE.to_owned(), serde_json::to_vec(&about)?)])?;
        if !quiet {
            report(group, shard, folder);
        }
    }
    Ok(())
}

fn report(group: &Group, shard: Shard, folder: &Folder) {
    let replicates: Vec<String> = shard.replicates(group.replicates()).iter().map(usize::to_string).collect();
    match replicates.as_slice() {
        [] => {
            let all = counted(group.replicates(), "replicate");
            screen::say(format!("note: shard {shard} is empty, the plan has only {all}"));
        }
        [replicate] => screen::say(format!("Shard {shard}: replicate {replicate}, counted from 0")),
        replicates => screen::say(format!("Shard {shard}: replicates {}, counted from 0", list(replicates))),
    }
    let records = screen::Line::plain("Records: ").and_file(folder.path());
    screen::show(&records.and(screen::PLAIN, "; once all shards are there, distill draw puts them together"));
}

/// Puts shards together, those of each experiment for themselves, and writes what one run would have written.
pub(super) fn merge(folders: &[PathBuf], out: Option<&Path>) -> anyhow::Result<()> {
    let mut shards = folders.iter().map(|folder| Saved::read(folder)).collect::<Result<Vec<_>, _>>()?;
    // All is read and checked before anything is written.
    let mut merged = Vec::new();
    while let Some(first) = shards.first() {
        let name = first.about.experiment.clone();
        let (own, others) = shards.into_iter().partition(|it: &Saved| it.about.experiment == name);
        shards = others;
        merged.push(merged_one(own, out)?);
    }
    for (run, place, processors) in merged {
        if processors.len() > 1 {
            let kinds = list(&processors.iter().cloned().collect::<Vec<_>>());
            screen::say(format!(
                "note: shards of different processors, so that no one of these gives the same bytes: {kinds}"
            ));
        }
        let folder = Folder::open(place)?;
        saved::write_as_of(&processors.into_iter().collect::<Vec<_>>().join(" and "), &run, &folder)?;
        if out.is_none() {
            super::page::write_own(&folder, &run.finding)?;
        }
        let figures = counted(run.finding.figures.len(), "figure");
        screen::show(&screen::Line::plain(format!("records and {figures} in ")).and_file(folder.path()));
    }
    Ok(())
}

/// What one run would have found, where it belongs, and the kinds of processors that its shards come from.
fn merged_one(mut own: Vec<Saved>, out: Option<&Path>) -> anyhow::Result<(Run, PathBuf, BTreeSet<String>)> {
    own.sort_by_key(|saved| saved.about.shard);
    let group = own[0].group()?;
    check(&own, &group)?;
    let place = place(out, &group, &own[0].about.experiment, Shard::WHOLE);
    let processors = own.iter().map(|saved| saved.about.processor.clone()).collect();
    let first = own[0].folder.join(FILE);
    let mut gathered = Gathered::default();
    for saved in own {
        gathered.trials.extend(saved.trials(&group)?);
        if saved.about.shard.number() == 1 {
            gathered.exhibits = saved.about.exhibits;
        }
    }
    gathered.trials.sort_by_key(|trial| trial.replicate);
    let run = experiment::read(&[group], vec![gathered]).remove(0);
    // What is not computed from trials comes from the file of the first shard.
    run.finding.check().map_err(|error| damaged(&first, &error))?;
    Ok((run, place, processors))
}

/// Refuses what does not make one run: shards, in their order, that differ in anything but their number, or are not
/// each there once.
fn check(own: &[Saved], group: &Group) -> Result<(), Obstacle> {
    let first = &own[0];
    let name = |saved: &Saved| saved.folder.display().to_string();
    for saved in own {
        let both = format!("{} and {}", name(first), name(saved));
        if saved.about.version != env!("CARGO_PKG_VERSION") {
            let (its, own) = (&saved.about.version, env!("CARGO_PKG_VERSION"));
            let problem = format!("{} is of version {its}, and this program of version {own}", name(saved));
            return Err(refusal(problem, "run its shard again with this version"));
        }
        if saved.about.plan != first.about.plan {
            let flags = |saved: &Saved| format!("[{}]", saved.about.plan.join(" "));
            let problem = format!("{both} are of different plans: {} and {}", flags(first), flags(saved));
            return Err(refusal(problem, "put together the shards of one plan only"));
        }
        if saved.about.contents != first.about.contents {
            let problem = format!("{both} were made from different contents of the table");
            return Err(refusal(problem, "run all shards again from one table"));
        }
        if saved.about.shard.of() != first.about.shard.of() {
            let problem = format!("{both} are shards {} and {}", first.about.shard, saved.about.shard);
            return Err(refusal(problem, "put together shards of one number of parts only"));
        }
    }
    if first.about.contents != contents(group) {
        let problem = format!("{}: the table has changed since its shard was made", name(first));
        return Err(refusal(problem, "put the table back as it was, or run all shards again"));
    }
    if let Some([a, b]) = own.windows(2).find(|pair| pair[0].about.shard == pair[1].about.shard) {
        let problem = format!("{} and {} are both shard {}", name(a), name(b), a.about.shard);
        return Err(refusal(problem, "leave one of them out"));
    }
    let is_there = |shard: &Shard| own.iter().any(|saved| saved.about.shard == *shard);
    let missing = || first.about.shard.all().filter(|shard| !is_there(shard));
    let Some(one) = missing().next() else { return Ok(()) };
    let experiment = &first.about.experiment;
    let mut named: Vec<String> = missing().take(MOST_NAMED).map(|shard| shard.to_string()).collect();
    let others = first.about.shard.of() - own.len() - named.len();
    if others > 0 {
        named.push(counted(others, "other"));
    }
    let hint = format!("make the first with: distill run {experiment}{} --shard {one}", group.flags());
    Err(refusal(format!("of {experiment}, shards are missing: {}", list(&named)), &hint))
}

impl Saved {
    fn read(folder: &Path) -> Result<Self, Obstacle> {
        let file = folder.join(FILE);
        let text = fs::read(&file).map_err(|error| damaged(&file, &error))?;
        let about: About = serde_json::from_slice(&text).map_err(|error| damaged(&file, &error))?;
        Ok(Self { folder: folder.to_owned(), about })
    }

    /// The plan that it was made by.
    fn group(&self) -> anyhow::Result<Group> {
        let (file, About { experiment: name, request, .. }) = (self.folder.join(FILE), &self.about);
        let unknown = || damaged(&file, &format!("there is no experiment {name}"));
        let experiment = experiment::experiment(name).ok_or_else(unknown)?;
        // Nobody asked for this plan just now: say where it comes from.
        let no_plan = |error: PlanError| Obstacle {
            exit: Exit::Usage,
            problem: format!("{}: the plan of this shard cannot be made here: {error}", file.display()),
            hint: format!("draw in the folder that the shard was run in, or else: {}", error.hint()),
        };
        Ok(Group::sort(&[experiment], request).map_err(no_plan)?.remove(0))
    }

    /// Its trials: those of its replicates, and of each of them.
    fn trials(&self, group: &Group) -> anyhow::Result<Vec<Trial>> {
        let file = self.folder.join("trials.csv");
        let text = File::open(&file).map_err(|error| damaged(&file, &error))?;
        let own_columns = group.experiments()[0].columns;
        let trials = records::read_trials(text, own_columns).map_err(|error| damaged(&file, &error))?;
        let own: BTreeSet<usize> = trials.iter().map(|trial| trial.replicate).collect();
        let all: BTreeSet<usize> = self.about.shard.replicates(group.replicates()).into_iter().collect();
        if own != all || trials.iter().any(|trial| trial.experiment != self.about.experiment) {
            return Err(damaged(&file, &"these are not the trials of its replicates").into());
        }
        Ok(trials)
    }
}

fn contents(group: &Group) -> String {
    format!("{:016x}", group.contents())
}

fn refusal(problem: String, hint: &str) -> Obstacle {
    Obstacle { exit: Exit::Usage, problem, hint: hint.to_owned() }
}

fn damaged(file: &Path, why: &dyn Display) -> Obstacle {
    let hint = "the shard is damaged or of another version: run it again".to_owned();
    Obstacle { exit: Exit::Usage, problem: format!("{}: {why}", file.display()), hint }
}
