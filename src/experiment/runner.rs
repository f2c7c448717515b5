//! Draws the worlds, trains what each experiment asks for, in parallel, and collects the records in a fixed order.
//!
//! Every model's random numbers come from its own name, so neither the number of threads nor their luck can change
//! a byte of the records.

use rayon::prelude::*;

use super::reference::Reference;
use super::{Experiment, Job, RunError, World};
use crate::finding::{Figure, Finding, Trial};
use crate::plan::Plan;

/// The records of one experiment and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// One row per model, sorted.
    pub trials: Vec<Trial>,
    /// What they say.
    pub finding: Finding,
}

/// How many models [`run`] will train: what a progress bar counts to.
pub fn models_to_train(experiments: &[&'static dyn Experiment], plan: &Plan) -> usize {
    let swept: usize = experiments.iter().map(|experiment| experiment.sweep(plan).len()).sum();
    plan.replicates() * (1 + Reference::ALL.len() + swept)
}

/// Runs experiments on the same worlds: teachers and references are trained once for all of them.
///
/// `done` is called after each model, from any thread.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(
    experiments: &[&'static dyn Experiment],
    plan: &Plan,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<Run>, RunError> {
    // Whole worlds run side by side, and so do the models within each: a thread that is out of worlds helps with the
    // models of another, and a world's data are dropped as soon as it is finished.
    let worlds = (0..plan.replicates()).into_par_iter().with_max_len(1).map(|replicate| {
        let world = World::build(plan, replicate)?;
        done();
        records_of(experiments, plan, &world, done)
    });
    let worlds = in_order(worlds.collect())?;

    let run = |(index, experiment): (usize, &&'static dyn Experiment)| {
        let own = || worlds.iter().map(|world: &Records| &world[index]);
        let mut trials: Vec<Trial> = own().flat_map(|(trials, _)| trials.iter().cloned()).collect();
        let exhibits = own().flat_map(|(_, exhibits)| exhibits.iter().cloned()).collect();
        sort(&mut trials, &experiment.sweep(plan));
        let finding = finding(*experiment, plan, &trials, exhibits);
        Run { trials, finding }
    };
    Ok(experiments.iter().enumerate().map(run).collect())
}

/// Reads the finding from records.
fn finding(experiment: &dyn Experiment, plan: &Plan, trials: &[Trial], exhibits: Vec<Figure>) -> Finding {
    let conclusion = experiment.conclude(plan, trials);
    // The main curve first, then what it looks like in one world, then the rest.
    let mut figures = conclusion.figures;
    let second = figures.len().min(1);
    figures.splice(second..second, exhibits);
    Finding {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        experiment: experiment.name().to_owned(),
        data: plan.data().name().to_owned(),
        command: format!("distill run {}{}", experiment.name(), plan.flags()),
        seed: plan.seed(),
        question: experiment.question().to_owned(),
        prediction: experiment.prediction().to_owned(),
        title: conclusion.title,
        verdicts: conclusion.verdicts,
        caveats: experiment.caveats().iter().map(|&caveat| caveat.to_owned()).collect(),
        next: conclusion.next.iter().map(|next| format!("distill {next}")).collect(),
        settings: plan.settings(),
        table: conclusion.table,
        figures,
    }
}

/// The trials and exhibits of every experiment in one world.
type Records = Vec<(Vec<Trial>, Vec<Figure>)>;

/// One model to train in a world.
enum Task<'a> {
    Reference(Reference),
    /// A job of the experiment of this index.
    Job(usize, &'a Job),
}

fn records_of(
    experiments: &[&'static dyn Experiment],
    plan: &Plan,
    world: &World,
    done: &(dyn Fn() + Sync),
) -> Result<Records, RunError> {
    let sweeps: Vec<Vec<Job>> = experiments.iter().map(|experiment| experiment.sweep(plan)).collect();
    let jobs = sweeps.iter().enumerate().flat_map(|(index, jobs)| jobs.iter().map(move |job| Task::Job(index, job)));
    // References come first: they take longest, and a long task at the end would leave threads idle.
    let tasks: Vec<Task> = Reference::ALL.into_iter().map(Task::Reference).chain(jobs).collect();
    let trained = tasks.par_iter().with_max_len(1).map(|task| {
        let trial = match task {
            Task::Reference(reference) => (None, reference.train(plan, world)?),
            Task::Job(index, job) => (Some(*index), experiments[*index].train(job, plan, world)?),
        };
        done();
        Ok(trial)
    });
    let trained = in_order(trained.collect())?;

    let of_experiment = |(index, experiment): (usize, &&'static dyn Experiment)| {
        let own = trained.iter().filter(|(owner, _)| owner.is_none_or(|owner| owner == index));
        let named = own.map(|(_, trial)| Trial { experiment: experiment.name().to_owned(), ..trial.clone() });
        let exhibits = if world.replicate() == 0 { experiment.exhibit(plan, world)? } else { Vec::new() };
        Ok((named.collect(), exhibits))
    };
    experiments.iter().enumerate().map(of_experiment).collect()
}

/// All values, or the first error in order: rayon's own collecting would give whichever came first in time.
fn in_order<T>(results: Vec<Result<T, RunError>>) -> Result<Vec<T>, RunError> {
    results.into_iter().collect()
}

/// The order of `trials.csv`: replicates, then arms as the experiment lists them, references after, then budgets.
fn sort(trials: &mut [Trial], sweep: &[Job]) {
    let reference = |trial: &Trial| Reference::ALL.iter().position(|reference| reference.name() == trial.arm);
    let arm = |trial: &Trial| sweep.iter().position(|job| job.arm == trial.arm).unwrap_or(sweep.len());
    trials.sort_by_key(|trial| (trial.replicate, arm(trial), reference(trial), trial.budget));
}
