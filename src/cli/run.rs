//! `distill run`: check the plan, open the folders, train, save, draw, tell.

use std::io;
use std::path::PathBuf;

use distill_lab::experiment::{self, EXPERIMENTS, Experiment, records};
use distill_lab::plan::{Plan, PlanError};
use distill_lab::seed::fingerprint;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::folder::Folder;
use super::{figures, flags, report};

/// Runs the experiments that were asked for.
pub(super) fn run(flags: &flags::Run) -> anyhow::Result<()> {
    let plan = Plan::check(&flags.request())?;
    let experiments = chosen(&flags.experiments, &plan)?;
    let folders = experiments.iter().map(|experiment| Folder::open(place(flags, &plan, experiment.name())));
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    if !flags.quiet {
        report::opening(&plan, &experiments);
    }

    let bar = progress_bar(flags.quiet, experiment::models_to_train(&experiments, &plan));
    let runs = experiment::run(&experiments, &plan, &|| bar.inc(1));
    bar.finish_and_clear();

    for (run, folder) in runs?.iter().zip(&folders) {
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
    Ok(())
}

/// The experiments of these names; `all` is every one that can be asked of the plan.
fn chosen(names: &[String], plan: &Plan) -> Result<Vec<&'static dyn Experiment>, PlanError> {
    if names.is_empty() {
        return Ok(vec![EXPERIMENTS[0]]);
    }
    if names.iter().any(|name| name == "all") {
        return Ok(EXPERIMENTS.iter().copied().filter(|experiment| experiment.check(plan).is_ok()).collect());
    }
    let mut chosen: Vec<&'static dyn Experiment> = Vec::new();
    for name in names {
        let known = EXPERIMENTS.iter().map(|experiment| experiment.name()).chain(["all"]);
        let experiment = experiment::experiment(name).ok_or_else(|| PlanError::unknown("EXPERIMENT", name, known))?;
        experiment.check(plan)?;
        if chosen.iter().all(|other| other.name() != experiment.name()) {
            chosen.push(experiment);
        }
    }
    Ok(chosen)
}

/// The default plan writes to `output`, any other plan to a folder of its own: a reader's experiment never overwrites
/// the reference.
fn place(flags: &flags::Run, plan: &Plan, experiment: &str) -> PathBuf {
    if let Some(out) = &flags.out {
        return out.join(experiment);
    }
    let output = PathBuf::from("output");
    match plan.flags() {
        none if none.is_empty() => output.join(experiment),
        flags => output.join("runs").join(format!("{experiment}-{:08x}", fingerprint(&flags) as u32)),
    }
}

fn progress_bar(quiet: bool, models: usize) -> ProgressBar {
    // Hidden by itself where stderr is not a terminal.
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} models trained, {eta} left");
    ProgressBar::with_draw_target(Some(models as u64), target).with_style(style.expect("a valid template"))
}
