//! Trains, in one replicate of points, what several experiments ask for: each model once.
//!
//! Every model's random numbers come from its own name, so neither the number of threads nor their luck can change
//! a byte of the records.

use rayon::prelude::*;

use super::ensemble::{Ensemble, MEMBERS};
use super::reference::Reference;
use super::runner::{Records, in_order};
use super::{
    Chapter, Exhibits, Job, ModelSpec, PointExperiment, Replicate, RunError, Seen, Student, Study, Supervision,
};
use crate::finding::Trial;
use crate::plan::Plan;
use crate::query::strategy;

/// How many models [`in_replicate`] and the studies will train in this number of replicates.
pub(super) fn models_to_train(experiments: &[&'static dyn PointExperiment], plan: &Plan, replicates: usize) -> usize {
    let students: usize = batches(&sweeps(experiments, plan)).iter().map(|batch| batch.budgets.len()).sum();
    let studies: usize = experiments.iter().map(|experiment| experiment.models_of_study(plan, replicates)).sum();
    let ensemble = if plan.data().exam_limit().is_none() { MEMBERS } else { 0 };
    replicates * (1 + Reference::ALL.len() + students) + ensemble + studies
}

/// Students to train in one go: of one model spec, at rising budgets.
pub(super) struct Batch {
    pub(super) spec: ModelSpec,
    pub(super) budgets: Vec<usize>,
}

fn sweeps(experiments: &[&'static dyn PointExperiment], plan: &Plan) -> Vec<Vec<Job>> {
    experiments.iter().map(|experiment| experiment.sweep(plan)).collect()
}

/// Each model of all sweeps once. Students whose queries depend on earlier students go together: training one
/// trains the others on the way. Each of the others is a batch of its own, to be spread over threads.
pub(super) fn batches(sweeps: &[Vec<Job>]) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for job in sweeps.iter().flatten() {
        let adapts = match job.spec.supervision {
            Supervision::Answers { strategy: name, .. } => strategy(name).is_some_and(|strategy| strategy.adapts()),
            Supervision::Truth | Supervision::Public => false,
        };
        let fits = |batch: &&mut Batch| batch.spec == job.spec && (adapts || batch.budgets == [job.budget]);
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
    batches.sort_by_key(|batch| std::cmp::Reverse(batch.spec.patience * batch.budgets.len()));
    batches
}

/// What is made once for all replicates.
pub(super) struct Prepared {
    /// Of each experiment, where it has one.
    pub(super) studies: Vec<Option<Box<dyn Study>>>,
    /// Where data can be drawn anew.
    pub(super) ensemble: Option<Ensemble>,
}

/// Draws a replicate and trains in it what the experiments want.
pub(super) fn in_replicate(
    experiments: &[&'static dyn PointExperiment],
    prepared: &Prepared,
    plan: &Plan,
    number: usize,
    journal: &Chapter,
) -> Result<Records, RunError> {
    let replicate = Replicate::build(plan, number)?;
    let sweeps = sweeps(experiments, plan);
    let batches = batches(&sweeps);
    let tasks = batches.iter().map(Task::Students);
    let tasks: Vec<Task> = Reference::ALL.into_iter().map(Task::Reference).chain(tasks).collect();
    let train = |task: &Task| match task {
        Task::Reference(reference) => {
            journal.keep(reference.name(), 1, || reference.train(plan, &replicate, prepared.ensemble.as_ref()))
        }
        Task::Students(Batch { spec, budgets }) => {
            journal.keep(format!("{} {budgets:?}", spec.journal_key()), budgets.len(), || {
                let students = replicate.students(plan, spec, budgets)?;
                Ok(students.iter().map(|student: &Student| replicate.record(plan, spec, student)).collect())
            })
        }
    };
    let mut trained = in_order(tasks.par_iter().with_max_len(1).map(train).collect())?;
    let students = trained.split_off(Reference::ALL.len());

    let find = |job: &Job| {
        let place = |batch: &Batch| batch.budgets.iter().position(|&at| batch.spec == job.spec && at == job.budget);
        let trained = batches.iter().zip(&students).find_map(|(batch, trials)| Some(&trials[place(batch)?]));
        trained.expect("every job is in a batch")
    };
    let mut records = Vec::new();
    for ((experiment, study), sweep) in experiments.iter().zip(&prepared.studies).zip(&sweeps) {
        let journal = journal.chapter(experiment.name());
        let name = |trial: &Trial, arm: &str, extra: &[String]| Trial {
            arm: arm.to_owned(),
            extra: extra.to_vec(),
            ..trial.clone()
        };
        let extras = journal.keep("own columns", 0, || Ok(experiment.annotate(&replicate, sweep)))?;
        let swept = sweep.iter().zip(&extras).map(|(job, extra)| name(find(job), &job.arm, extra));
        let (found, more) = match study {
            Some(study) => study.look(plan, &replicate, &journal)?,
            None => Seen::default(),
        };
        let references = trained.iter().flatten().map(|trial| name(trial, &trial.arm, &[]));
        let own = match replicate.number() {
            0 => journal.keep("exhibits", 0, || experiment.exhibit(plan, &replicate))?,
            _ => Exhibits::default(),
        };
        records.push((swept.chain(found).chain(references).collect(), own.and(more)));
    }
    Ok(records)
}

/// What a thread takes up at a time.
enum Task<'a> {
    Reference(Reference),
    Students(&'a Batch),
}
