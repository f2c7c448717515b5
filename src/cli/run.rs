//! `distill run`: check the plan, open the folders, train, draw and save, tell.

use std::{fs, io};

use clap::CommandFactory;
use distill_lab::experiment::{self, About, EXPERIMENTS, Group, Listed, Run, Shard, records};
use distill_lab::plan::{PlanError, Request};
use distill_lab::words::did_you_mean;

use super::folder::Folder;
use super::page::{Shelves, write_own};
use super::place::{place, reference};
use super::report::Told;
use super::weights::Weights;
use super::{Cli, Obstacle, flags, open, remote, report, saved, shards, suggestion, train};

/// Runs the experiments that were asked for.
pub(super) fn run(flags: &flags::Run) -> anyhow::Result<()> {
    let groups = groups(&flags.experiments, &flags.request())?;
    let interrupted = train::interrupted()?;
    let (mut groups, remote) = remote::meet(flags, groups, &interrupted)?;
    let shard = flags.shard.unwrap_or(Shard::WHOLE);
    if let Some(remote) = &remote {
        // Nothing is paid for that could not be written.
        let _held = folders(flags, &groups, shard)?;
        opening(flags, &groups);
        remote.buy(&mut groups, flags.quiet)?;
    }
    let weights = flags.weights.as_deref().map(|path| Weights::open(path, &groups)).transpose()?;
    let experiments: Vec<(&Group, &About)> = with_groups(&groups).collect();
    let folders = folders(flags, &groups, shard)?;
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    if remote.is_none() {
        opening(flags, &groups);
    }

    let beside = folders[0].path().parent().expect("a folder has a place").to_owned();
    let (gathered, unfinished) = train::train(flags, &groups, shard, &beside, interrupted)?;
    if shard != Shard::WHOLE {
        let written = shards::write(&groups, shard, gathered, &folders, flags.quiet);
        written.map_err(|error| unfinished.keeps(error))?;
        unfinished.remove();
        return Ok(());
    }
    let runs = experiment::read(&groups, gathered);
    let save = || -> anyhow::Result<()> {
        runs.iter().zip(&folders).try_for_each(|(run, folder)| saved::write(run, folder))?;
        match (&weights, runs.first()) {
            (Some(weights), Some(run)) => weights.save(&run.finding),
            _ => Ok(()),
        }
    };
    save().map_err(|error| unfinished.keeps(error))?;
    unfinished.remove();
    // The page is of the reference; a reader's own runs lie beside each other, each with a page of its own.
    let mut shelves = Shelves::default();
    for (run, folder) in runs.iter().zip(&folders).filter(|_| flags.out.is_none()) {
        shelves.put(folder.path(), run.finding.clone());
    }
    let mut pages = shelves.write_pages(flags.quiet).map_err(without_page)?;
    for (run, folder) in runs.iter().zip(&folders).filter(|_| flags.out.is_none()) {
        pages.extend(write_own(folder, &run.finding).map_err(without_page)?);
    }
    if !flags.quiet {
        let told = runs.iter().zip(&experiments).zip(&folders).map(|((run, (group, it)), folder)| Told {
            finding: &run.finding,
            folder: folder.path(),
            // A page of its own lies where the records do, and the line is full without it.
            page: pages.first().map(|page| page.file.as_path()).filter(|page| !page.starts_with(folder.path())),
            beside: beside_the_default(run, group),
            next: suggestion::next(it.name, group, &run.finding.next),
        });
        report::findings(&told.collect::<Vec<_>>(), flags.verbose);
    }
    if flags.open {
        let figure = || open::first_figure(folders[0].path(), &runs[0].finding);
        let shown = pages.first().map_or_else(figure, |page| page.file.clone());
        open::show(&shown)?;
    }
    // Last, because the reader may have seen enough, and then there is nothing left undone.
    if flags.json {
        runs.iter().try_for_each(|run| records::write_finding(io::stdout().lock(), &run.finding))?;
    }
    Ok(())
}

/// Says of whom it is asked, and which flags have no effect.
fn opening(flags: &flags::Run, groups: &[Group]) {
    if !flags.quiet {
        groups.iter().for_each(|group| report::opening(group, flags.verbose));
        report::unread(groups);
    }
}

/// Every experiment with its group.
fn with_groups(groups: &[Group]) -> impl Iterator<Item = (&Group, &'static About)> {
    groups.iter().flat_map(|group| group.experiments().into_iter().map(move |it| (group, it)))
}

/// The folders of all experiments, held.
fn folders(flags: &flags::Run, groups: &[Group], shard: Shard) -> anyhow::Result<Vec<Folder>> {
    with_groups(groups).map(|(group, it)| Folder::open(place(flags.out.as_deref(), group, it.name, shard))).collect()
}

/// What to say where the page alone cannot be written.
fn without_page(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Obstacle>() {
        Ok(obstacle) => obstacle.and("the records are saved, and distill draw makes the page").into(),
        Err(error) => error,
    }
}

/// How a run of another plan compares with the default one, where that is kept.
fn beside_the_default(run: &Run, group: &Group) -> Option<String> {
    if group.arguments().is_empty() {
        return None;
    }
    let trials = fs::read(reference(&run.finding.experiment).join("trials.csv")).ok()?;
    experiment::in_one_line(&run.trials, &records::read_trials(&*trials, run.columns).ok()?)
}

/// The experiments of these names with their plans; `all` is every one that can be asked of what was requested.
fn groups(names: &[String], request: &Request) -> Result<Vec<Group>, PlanError> {
    if names.iter().any(|name| name == "all") {
        let refused = |experiment: &Listed| Group::sort(&[*experiment], request).err();
        let reasons: Vec<Option<PlanError>> = EXPERIMENTS.iter().map(refused).collect();
        if reasons.iter().all(Option::is_some) {
            return Err(reasons.into_iter().flatten().next().expect("there are experiments"));
        }
        report::left_out(EXPERIMENTS.iter().zip(&reasons));
        let fit: Vec<_> = EXPERIMENTS.iter().zip(&reasons).filter(|(_, reason)| reason.is_none()).collect();
        return Group::sort(&fit.into_iter().map(|(experiment, _)| *experiment).collect::<Vec<_>>(), request);
    }
    let mut chosen: Vec<Listed> = Vec::new();
    for name in names {
        let experiment = experiment::experiment(name).ok_or_else(|| unknown(name))?;
        if chosen.iter().all(|other| other.about().name != experiment.about().name) {
            chosen.push(experiment);
        }
    }
    if chosen.is_empty() {
        chosen.push(EXPERIMENTS[0]);
    }
    Group::sort(&chosen, request)
}

/// What `distill run` takes for a name.
fn names() -> impl Iterator<Item = &'static str> {
    EXPERIMENTS.iter().map(|experiment| experiment.about().name).chain(["all"])
}

/// A name that is none, whether of an experiment or, where `run` was left out, of a verb.
fn unknown(name: &str) -> PlanError {
    let program = Cli::command();
    let is_verb = |near: &&str| program.find_subcommand(near).is_some();
    let verbs = program.get_subcommands().map(clap::Command::get_name);
    let known: Vec<&str> = names().collect();
    match did_you_mean(name, verbs.chain(known)).filter(is_verb) {
        Some(verb) => {
            let cure = format!("did you mean distill {verb}? distill list shows the experiments");
            PlanError::new("EXPERIMENT", "", format!("there is no {name:?}"), cure)
        }
        None => PlanError::unknown("EXPERIMENT", name, names()),
    }
}
