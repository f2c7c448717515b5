//! Runs experiments replicate by replicate, in parallel, and collects the records in a fixed order.

use rayon::prelude::*;

use super::ensemble::Ensemble;
use super::sweep::Prepared;
use super::{Chapter, Conclusion, Exhibits, Experiment, Journal, Order, RunError, Seen, Shard, chat, records, sweep};
use crate::finding::{Finding, Trial};

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

/// What one experiment saw in some replicates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// As in a [`Run`], of these replicates only.
    pub trials: Vec<Trial>,
    /// Of the first replicate, if it is among them.
    pub exhibits: Exhibits,
}

/// The trials and exhibits of every experiment of an order in one replicate.
pub(super) type Records = Vec<Seen>;

/// How many models [`gather`] will train: what a progress bar counts to.
pub fn models_to_train(orders: &[Order], shard: Shard) -> usize {
    let of_order = |order: &Order| match (order, shard.replicates(order.replicates()).len()) {
        (_, 0) => 0,
        (Order::Points(plan, experiments), replicates) => sweep::models_to_train(experiments, plan, replicates),
        (Order::Chat(plan, experiments), replicates) => chat::models_to_train(experiments, plan, replicates),
    };
    orders.iter().map(of_order).sum()
}

/// Runs experiments, all replicates of them, and calls `done` after each model: what those of one order have in common
/// is trained once.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(orders: &[Order], done: &(dyn Fn() + Sync)) -> Result<Vec<Run>, RunError> {
    let done = |models: usize| (0..models).for_each(|_| done());
    let gathered = gather(orders, Shard::WHOLE, &Journal::new(&done, &|| false))?;
    Ok(read(orders, gathered))
}

/// Looks at the replicates of a shard, going on from what the journal holds: for each experiment of the orders, in
/// their order, what it saw.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn gather(orders: &[Order], shard: Shard, journal: &Journal) -> Result<Vec<Gathered>, RunError> {
    let mut gathered = Vec::new();
    for (number, order) in orders.iter().enumerate() {
        gathered.extend(of_order(order, shard, &journal.chapter(format!("order {number}")))?);
    }
    Ok(gathered)
}

/// Reads what was gathered in all replicates: trials by replicate.
pub fn read(orders: &[Order], gathered: Vec<Gathered>) -> Vec<Run> {
    let places = orders.iter().flat_map(|order| order.experiments().into_iter().enumerate().map(move |at| (order, at)));
    let run =
        |((order, (index, experiment)), Gathered { trials, exhibits }): ((&Order, (usize, &dyn Experiment)), _)| {
            let lineup = order.lineup(index, &trials);
            let finding = Finding { lineup, ..finding(experiment, order, order.conclude(index, &trials), exhibits) };
            Run { trials, finding, own_columns: experiment.own_columns() }
        };
    places.zip(gathered).map(run).collect()
}

fn of_order(order: &Order, shard: Shard, journal: &Chapter) -> Result<Vec<Gathered>, RunError> {
    let replicates = shard.replicates(order.replicates());
    let experiments = order.experiments();
    let mut gathered = vec![Gathered::default(); experiments.len()];
    if replicates.is_empty() {
        return Ok(gathered);
    }
    let replicates = match order {
        Order::Points(plan, experiments) => {
            let studies = experiments.iter().map(|it| it.study(plan, &journal.chapter(it.name())));
            let studies = studies.collect::<Result<_, _>>()?;
            let prepared = Prepared { studies, ensemble: Ensemble::of_plan(plan, journal)? };
            all_replicates(replicates, journal, |number, own| {
                sweep::in_replicate(experiments, &prepared, plan, number, own)
            })?
        }
        Order::Chat(plan, experiments) => {
            all_replicates(replicates, journal, |number, own| chat::in_replicate(experiments, plan, number, own))?
        }
    };
    for replicate in replicates {
        for ((all, experiment), (trials, exhibits)) in gathered.iter_mut().zip(&experiments).zip(replicate) {
            all.trials.extend(trials.into_iter().map(|trial| records::as_kept(trial, *experiment)));
            all.exhibits = std::mem::take(&mut all.exhibits).and(exhibits);
        }
    }
    Ok(gathered)
}

/// Whole replicates run side by side, and so do the models within each: a thread that is out of replicates helps with
/// the models of another, and a replicate's data are dropped as soon as it is finished. The replicate as a whole stands
/// for its teacher, who cannot be remembered apart: nothing but the replicate may hold one.
fn all_replicates(
    replicates: Vec<usize>,
    journal: &Chapter,
    in_replicate: impl Fn(usize, &Chapter) -> Result<Records, RunError> + Send + Sync,
) -> Result<Vec<Records>, RunError> {
    let one = |number: usize| {
        let name = format!("world {number}");
        journal.keep(&name, 1, || in_replicate(number, &journal.chapter(&name)))
    };
    in_order(replicates.into_par_iter().with_max_len(1).map(one).collect())
}

/// What the records say, with everything that a reader of the file has to know about the run.
fn finding(experiment: &dyn Experiment, order: &Order, conclusion: Conclusion, exhibits: Exhibits) -> Finding {
    // The main curve first, then what it looks like in one replicate, then the rest.
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
        settings: experiment.settings(order),
        lineup: None,
        watched: exhibits.watched,
        table: conclusion.table,
        figures,
    }
}

/// All values, or the first error in order: rayon's own collecting would give whichever came first in time.
pub(super) fn in_order<T>(results: Vec<Result<T, RunError>>) -> Result<Vec<T>, RunError> {
    results.into_iter().collect()
}
