//! All groups of a run: what they train, what they saw, what it says, and which flags none of them reads.

use super::contract::About;
use super::group::{Gathered, Group, Run};
use super::run::{Journal, RunError, Shard};
use super::unread::NoEffect;

/// How many models [`gather`] will train: what a progress bar counts to.
pub fn models_to_train(groups: &[Group], shard: Shard) -> usize {
    groups.iter().map(|group| group.models(shard)).sum()
}

/// Runs experiments, all replicates of them, and calls `done` after each model: what those of one group have in common
/// is trained once.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(groups: &[Group], done: &(dyn Fn() + Sync)) -> Result<Vec<Run>, RunError> {
    let done = |models: usize| (0..models).for_each(|_| done());
    let gathered = gather(groups, Shard::WHOLE, &Journal::new(&done, &|| false))?;
    Ok(read(groups, gathered))
}

/// Looks at the replicates of a shard, going on from what the journal holds: for each experiment of the groups, in
/// their order, what it saw.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn gather(groups: &[Group], shard: Shard, journal: &Journal) -> Result<Vec<Gathered>, RunError> {
    let mut gathered = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        gathered.extend(group.gather(shard, &journal.chapter(format!("group {number}")))?);
    }
    Ok(gathered)
}

/// Reads what was gathered in all replicates: trials by replicate.
pub fn read(groups: &[Group], gathered: Vec<Gathered>) -> Vec<Run> {
    let mut gathered = gathered.into_iter();
    groups.iter().flat_map(|group| group.read(&mut gathered)).collect()
}

/// What to tell about flags that none of the experiments of a run reads. With several experiments, a flag was meant for
/// those that read it.
pub fn unread(groups: &[Group]) -> Vec<String> {
    let of_experiment = |group: &Group, experiment: &'static About| -> Vec<NoEffect> {
        experiment.unread.iter().flat_map(|it| it.without_effect(experiment.name, |flag| group.said(flag))).collect()
    };
    let of_group =
        |group: &Group| group.experiments().into_iter().map(|it| of_experiment(group, it)).collect::<Vec<_>>();
    let all: Vec<Vec<NoEffect>> = groups.iter().flat_map(of_group).collect();
    let by_all = |it: &&NoEffect| all.iter().all(|others| others.iter().any(|other| other.flag == it.flag));
    all.iter().flatten().filter(by_all).map(|it| it.told.clone()).collect()
}
