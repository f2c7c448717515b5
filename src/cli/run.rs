//! `distill run`: check the plan, open the folders, train, save, draw, tell.

use std::io;
use std::path::PathBuf;

use distill_lab::experiment::{self, EXPERIMENTS, Experiment, Order, records};
use distill_lab::plan::{PlanError, Request};
use distill_lab::seed::fingerprint;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::folder::Folder;
use super::page::Shelves;
use super::{figures, flags, report};

/// Where the default plan writes, and the page of all experiments stands.
const REFERENCE: &str = "output";

/// Runs the experiments that were asked for.
pub(super) fn run(flags: &flags::Run) -> anyhow::Result<()> {
    let orders = orders(&flags.experiments, &flags.request())?;
    let folders = orders.iter().flat_map(|order| {
        let of = |experiment: &'static dyn Experiment| Folder::open(place(flags, &order.flags(), experiment.name()));
        order.experiments().into_iter().map(of).collect::<Vec<_>>()
    });
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    if !flags.quiet {
        orders.iter().for_each(report::opening);
    }

    let bar = progress_bar(flags.quiet, experiment::models_to_train(&orders));
    let runs = experiment::run(&orders, &|| bar.inc(1));
    bar.finish_and_clear();

    let runs = runs.inspect_err(|_| folders.iter().for_each(Folder::close))?;
    for (run, folder) in runs.iter().zip(&folders) {
        folder.write("trials.csv", |out| records::write_trials(out, run.own_columns, &run.trials))?;
        folder.write("finding.json", |out| records::write_finding(out, &run.finding))?;
        figures::write(&run.finding, &figures::draw(&run.finding)?, folder)?;
        if !flags.quiet {
            report::finding(&run.finding, folder.path());
        }
        if flags.json {
            records::write_finding(io::stdout().lock(), &run.finding)?;
        }
    }
    let mut shelves = Shelves::default();
    for (run, folder) in runs.into_iter().zip(&folders).filter(|(_, folder)| folder.path().starts_with(REFERENCE)) {
        shelves.put(folder.path(), run.finding);
    }
    shelves.write_pages(flags.quiet)
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

/// The default plan writes to `output`, any other plan to a folder of its own: a reader's experiment never overwrites
/// the reference.
fn place(flags: &flags::Run, plan: &str, experiment: &str) -> PathBuf {
    if let Some(out) = &flags.out {
        return out.join(experiment);
    }
    let output = PathBuf::from(REFERENCE);
    match plan {
        "" => output.join(experiment),
        flags => output.join("runs").join(format!("{experiment}-{:08x}", fingerprint(flags) as u32)),
    }
}

fn progress_bar(quiet: bool, models: usize) -> ProgressBar {
    // Hidden by itself where stderr is not a terminal.
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} models trained, {eta} left");
    ProgressBar::with_draw_target(Some(models as u64), target).with_style(style.expect("a valid template"))
}
