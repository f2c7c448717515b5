//! Trains, in one replicate of points, what several experiments ask for: each model once.
//!
//! Every model's random numbers come from its own name, so neither the number of threads nor their luck can change
//! a byte of the records.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::ensemble::{Ensemble, MEMBERS};
use super::references::Reference;
use super::replicate::Replicate;
use super::spec::{Job, ModelSpec};
use super::train::Trainer;
use super::{Chapter, RunError, in_order};
use crate::finding::Trial;
use crate::plan::Plan;

/// Students to train in one go: of one spec, at rising budgets.
pub(crate) struct Batch {
    pub(crate) spec: ModelSpec,
    pub(crate) budgets: Vec<usize>,
}

impl Batch {
    /// Where a job is among these students.
    pub(crate) fn place(&self, job: &Job) -> Option<usize> {
        self.budgets.iter().position(|&budget| self.spec == job.spec && budget == job.budget)
    }
}

/// Each model of some sweeps once. Students whose queries depend on earlier students go together: training one trains
/// the others on the way. Each of the others is a batch of its own, to be spread over threads.
pub(crate) fn batches<'a>(jobs: impl IntoIterator<Item = &'a Job>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for job in jobs {
        let fits = |batch: &&mut Batch| (job.spec.adapts() || batch.budgets == [job.budget]) && batch.spec == job.spec;
        match batches.iter_mut().find(fits) {
            Some(batch) => batch.budgets.push(job.budget),
            None => batches.push(Batch { spec: job.spec.clone(), budgets: vec![job.budget] }),
        }
    }
    for batch in &mut batches {
        batch.budgets.sort_unstable();
        batch.budgets.dedup();
    }
    // Longest first: a long task at the end would leave threads idle.
    batches.sort_by_key(|batch| Reverse(batch.spec.patience * batch.budgets.len()));
    batches
}

/// How many models are trained in this number of replicates: their teachers, the references, and these sweeps.
pub(crate) fn models(plan: &Plan, sweeps: &[Vec<Job>], replicates: usize) -> usize {
    let students: usize = batches(sweeps.iter().flatten()).iter().map(|batch| batch.budgets.len()).sum();
    let shared = Ensemble::serves_all(plan);
    let references: usize = Reference::of(plan).map(|reference| reference.models(shared)).sum();
    replicates * (1 + references + students) + if shared { MEMBERS } else { 0 }
}

/// What was trained in a replicate.
pub(crate) struct Trained {
    /// The rows of each sweep, in the order of its jobs.
    pub(crate) sweeps: Vec<Vec<Trial>>,
    /// The rows of the references.
    pub(crate) references: Vec<Trial>,
}

/// Trains the sweeps and the references in a replicate. `ensemble`: the one of all replicates, where there is one.
///
/// # Errors
/// The first [`RunError`] in the order of models.
pub(crate) fn train(
    plan: &Plan,
    replicate: &Replicate,
    ensemble: Option<&Ensemble>,
    sweeps: &[Vec<Job>],
    journal: &Chapter,
) -> Result<Trained, RunError> {
    /// What a thread takes up at a time.
    enum Task<'a> {
        Reference(Reference),
        Students(&'a Batch),
    }
    let batches = batches(sweeps.iter().flatten());
    let references = Reference::of(plan).map(Task::Reference);
    let tasks: Vec<Task> = references.chain(batches.iter().map(Task::Students)).collect();
    let train = |task: &Task| match task {
        Task::Reference(reference) => {
            let models = reference.models(ensemble.is_some());
            journal.keep(reference.name(), models, || {
                Ok(reference.train(plan, replicate, ensemble)?.into_iter().collect::<Vec<Trial>>())
            })
        }
        Task::Students(Batch { spec, budgets }) => journal.keep(format!("{spec:?} {budgets:?}"), budgets.len(), || {
            let students = Trainer::of(plan, replicate).train(spec, budgets)?;
            Ok(students.iter().map(|student| replicate.record(plan, student)).collect())
        }),
    };
    let mut trained = in_order(tasks.par_iter().with_max_len(1).map(train).collect())?;
    let students: Vec<Vec<Trial>> = trained.split_off(Reference::of(plan).count());
    let row = |job: &Job| {
        let found = batches.iter().zip(&students).find_map(|(batch, trials)| Some(&trials[batch.place(job)?]));
        Trial { arm: job.arm.clone(), ..found.expect("every job is in a batch").clone() }
    };
    let sweeps = sweeps.iter().map(|sweep| sweep.iter().map(row).collect()).collect();
    Ok(Trained { sweeps, references: trained.concat() })
}
