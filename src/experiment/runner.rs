//! Runs experiments world by world, in parallel, and collects the records in a fixed order.

use rayon::prelude::*;

use super::{Conclusion, Exhibits, Experiment, Order, RunError, Seen, Study, chat, sweep};
use crate::finding::{Finding, Trial};

/// Called after each model that was trained, from any thread.
pub type Done<'a> = &'a (dyn Fn() + Sync);

/// The records of one experiment and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// One row per model: by replicate, then as the experiment lists them, the references last.
    pub trials: Vec<Trial>,
    /// What they say.
    pub finding: Finding,
    /// Names of the columns that only this experiment has.
    pub own_columns: &'static [&'static str],
}

/// The trials and exhibits of every experiment of an order in one world.
pub(super) type Records = Vec<Seen>;

/// How many models [`run`] will train: what a progress bar counts to.
pub fn models_to_train(orders: &[Order]) -> usize {
    let of_order = |order: &Order| match order {
        Order::Points(plan, experiments) => sweep::models_to_train(experiments, plan),
        Order::Chat(plan, experiments) => chat::models_to_train(experiments, plan),
    };
    orders.iter().map(of_order).sum()
}

/// Runs experiments: what those of one order have in common is trained once.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(orders: &[Order], done: Done) -> Result<Vec<Run>, RunError> {
    let runs: Vec<Vec<Run>> = orders.iter().map(|order| run_order(order, done)).collect::<Result<_, _>>()?;
    Ok(runs.into_iter().flatten().collect())
}

fn run_order(order: &Order, done: Done) -> Result<Vec<Run>, RunError> {
    let worlds = match order {
        Order::Points(plan, experiments) => {
            let studies = experiments.iter().map(|experiment| experiment.study(plan, done));
            let studies: Vec<Option<Box<dyn Study>>> = studies.collect::<Result<_, _>>()?;
            all_worlds(plan.replicates(), |replicate| sweep::in_world(experiments, &studies, plan, replicate, done))?
        }
        Order::Chat(plan, experiments) => {
            all_worlds(plan.replicates(), |replicate| chat::in_world(experiments, plan, replicate, done))?
        }
    };
    let run = |(index, experiment): (usize, &'static dyn Experiment)| {
        let own = || worlds.iter().map(|world: &Records| &world[index]);
        let trials: Vec<Trial> = own().flat_map(|(trials, _)| trials.iter().cloned()).collect();
        let exhibits = own().next().map(|(_, exhibits)| exhibits.clone()).unwrap_or_default();
        let lineup = order.lineup(index, &trials);
        let finding = Finding { lineup, ..finding(experiment, order, order.conclude(index, &trials), exhibits) };
        Run { trials, finding, own_columns: experiment.own_columns() }
    };
    Ok(order.experiments().into_iter().enumerate().map(run).collect())
}

/// Whole worlds run side by side, and so do the models within each: a thread that is out of worlds helps with the
/// models of another, and a world's data are dropped as soon as it is finished.
fn all_worlds(
    replicates: usize,
    in_world: impl Fn(usize) -> Result<Records, RunError> + Send + Sync,
) -> Result<Vec<Records>, RunError> {
    in_order((0..replicates).into_par_iter().with_max_len(1).map(in_world).collect())
}

/// What the records say, with everything that a reader of the file has to know about the run.
fn finding(experiment: &dyn Experiment, order: &Order, conclusion: Conclusion, exhibits: Exhibits) -> Finding {
    // The main curve first, then what it looks like in one world, then the rest.
    let mut figures = conclusion.figures;
    let second = figures.len().min(1);
    figures.splice(second..second, exhibits.figures);
    Finding {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        experiment: experiment.name().to_owned(),
        data: order.data().to_owned(),
        command: format!("distill run {}{}", experiment.name(), order.flags()),
        seed: order.seed(),
        question: experiment.question().to_owned(),
        prediction: experiment.prediction().to_owned(),
        title: conclusion.title,
        verdicts: conclusion.verdicts,
        caveats: experiment.caveats().iter().map(|&caveat| caveat.to_owned()).collect(),
        next: conclusion.next.iter().map(|next| format!("distill {next}")).collect(),
        settings: order.settings(),
        lineup: None,
        explorer: exhibits.explorer,
        wall: exhibits.wall,
        table: conclusion.table,
        figures,
    }
}

/// All values, or the first error in order: rayon's own collecting would give whichever came first in time.
pub(super) fn in_order<T>(results: Vec<Result<T, RunError>>) -> Result<Vec<T>, RunError> {
    results.into_iter().collect()
}
