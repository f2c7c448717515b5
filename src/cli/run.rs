//! `distill run`: check the plan, open the folders, train, save, draw, tell.

use std::io;

use distill_lab::experiment::{self, EXPERIMENTS, Experiment, Order, Shard, records};
use distill_lab::plan::{PlanError, Request};

use super::folder::{Folder, place};
use super::page::Shelves;
use super::weights::Weights;
use super::{flags, report, saved, shards, train};

/// Runs the experiments that were asked for.
pub(super) fn run(flags: &flags::Run) -> anyhow::Result<()> {
    let orders = orders(&flags.experiments, &flags.request())?;
    let shard = flags.shard.unwrap_or(Shard::WHOLE);
    let weights = flags.weights.as_deref().map(|path| Weights::open(path, &orders)).transpose()?;
    let folders = orders.iter().flat_map(|order| {
        let place = |name: &str| place(flags.out.as_deref(), &order.flags(), name, shard);
        let of = |experiment: &'static dyn Experiment| Folder::open(place(experiment.name()));
        order.experiments().into_iter().map(of).collect::<Vec<_>>()
    });
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    if !flags.quiet {
        orders.iter().for_each(report::opening);
        report::unread(&orders);
    }

    let beside = folders[0].path().parent().expect("a folder has a place").to_owned();
    let trained = train::train(flags, &orders, shard, &beside);
    let (gathered, unfinished) = trained.inspect_err(|_| {
        folders.iter().for_each(Folder::close);
        weights.iter().for_each(Weights::close);
    })?;
    if shard != Shard::WHOLE {
        shards::write(&orders, shard, gathered, &folders, flags.quiet)?;
        unfinished.remove();
        return Ok(());
    }
    let runs = experiment::read(&orders, gathered);
    for (run, folder) in runs.iter().zip(&folders) {
        saved::write(run, folder)?;
        if !flags.quiet {
            report::finding(&run.finding, folder.path());
        }
    }
    if let (Some(weights), Some(run)) = (weights, runs.first()) {
        weights.save(&run.finding)?;
    }
    unfinished.remove();
    // The page is of the reference; a reader's own runs lie beside each other, on no shelf.
    let mut shelves = Shelves::default();
    for (run, folder) in runs.iter().zip(&folders).filter(|_| flags.out.is_none()) {
        shelves.put(folder.path(), run.finding.clone());
    }
    shelves.write_pages(flags.quiet)?;
    // Last, because whoever reads may have seen enough, and then there is nothing left undone.
    if flags.json {
        runs.iter().try_for_each(|run| records::write_finding(io::stdout().lock(), &run.finding))?;
    }
    Ok(())
}

/// The experiments of these names with their plans; `all` is every one that can be asked of what was requested.
fn orders(names: &[String], request: &Request) -> Result<Vec<Order>, PlanError> {
    if names.iter().any(|name| name == "all") {
        let refused = |experiment: &&'static dyn Experiment| Order::sort(&[*experiment], request).err();
        let reasons: Vec<Option<PlanError>> = EXPERIMENTS.iter().map(refused).collect();
        if reasons.iter().all(Option::is_some) {
            return Err(reasons.into_iter().flatten().next().expect("there are experiments"));
        }
        report::left_out(EXPERIMENTS.iter().zip(&reasons));
        let fit: Vec<_> = EXPERIMENTS.iter().zip(&reasons).filter(|(_, reason)| reason.is_none()).collect();
        return Order::sort(&fit.into_iter().map(|(experiment, _)| *experiment).collect::<Vec<_>>(), request);
    }
    let mut chosen: Vec<&'static dyn Experiment> = Vec::new();
    for name in names {
        let known = EXPERIMENTS.iter().map(|experiment| experiment.name()).chain(["all"]);
        let experiment = experiment::experiment(name).ok_or_else(|| PlanError::unknown("EXPERIMENT", name, known))?;
        if chosen.iter().all(|other| other.name() != experiment.name()) {
            chosen.push(experiment);
        }
    }
    if chosen.is_empty() {
        chosen.push(EXPERIMENTS[0]);
    }
    Order::sort(&chosen, request)
}
