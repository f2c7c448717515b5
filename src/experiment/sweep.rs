//! Trains, in one world of points, what several experiments ask for: each model once.
//!
//! Every model's random numbers come from its own name, so neither the number of threads nor their luck can change
//! a byte of the records.

use rayon::prelude::*;

use super::ensemble::{Ensemble, MEMBERS};
use super::reference::Reference;
use super::runner::{Records, in_order};
use super::{Chapter, Exhibits, Job, Lesson, Make, PointExperiment, RunError, Seen, Student, Study, World};
use crate::finding::Trial;
use crate::plan::Plan;
use crate::query::strategy;

/// How many models [`in_world`] and the studies will train, so many worlds together.
pub(super) fn models_to_train(experiments: &[&'static dyn PointExperiment], plan: &Plan, worlds: usize) -> usize {
    let students: usize = lots(&sweeps(experiments, plan)).iter().map(|lot| lot.budgets.len()).sum();
    let studies: usize = experiments.iter().map(|experiment| experiment.models_of_study(plan, worlds)).sum();
    let ensemble = if plan.data().exam_limit().is_none() { MEMBERS } else { 0 };
    worlds * (1 + Reference::ALL.len() + students) + ensemble + studies
}

/// Students to train in one go: of one make, at rising budgets.
pub(super) struct Lot {
    pub(super) make: Make,
    pub(super) budgets: Vec<usize>,
}

fn sweeps(experiments: &[&'static dyn PointExperiment], plan: &Plan) -> Vec<Vec<Job>> {
    experiments.iter().map(|experiment| experiment.sweep(plan)).collect()
}

/// Each model of all sweeps once. Students whose questions depend on earlier students go together: training one
/// trains the others on the way. All others are lots of their own, to be spread over threads.
pub(super) fn lots(sweeps: &[Vec<Job>]) -> Vec<Lot> {
    let mut lots: Vec<Lot> = Vec::new();
    for job in sweeps.iter().flatten() {
        let adapts = match job.make.lesson {
            Lesson::Answers { strategy: name, .. } => strategy(name).is_some_and(|strategy| strategy.adapts()),
            Lesson::Truth | Lesson::Public => false,
        };
        let fits = |lot: &&mut Lot| lot.make == job.make && (adapts || lot.budgets == [job.budget]);
        match lots.iter_mut().find(fits) {
            Some(lot) => lot.budgets.push(job.budget),
            None => lots.push(Lot { make: job.make.clone(), budgets: vec![job.budget] }),
        }
    }
    for lot in &mut lots {
        lot.budgets.sort_unstable();
        lot.budgets.dedup();
    }
    // Longest first: a long task at the end would leave threads idle.
    lots.sort_by_key(|lot| std::cmp::Reverse(lot.make.patience * lot.budgets.len()));
    lots
}

/// What is made once for all replicates.
pub(super) struct Prepared {
    /// Of each experiment, where it has one.
    pub(super) studies: Vec<Option<Box<dyn Study>>>,
    /// Where data can be drawn anew.
    pub(super) ensemble: Option<Ensemble>,
}

/// Draws a world and trains in it what the experiments want.
pub(super) fn in_world(
    experiments: &[&'static dyn PointExperiment],
    prepared: &Prepared,
    plan: &Plan,
    replicate: usize,
    journal: &Chapter,
) -> Result<Records, RunError> {
    let world = World::build(plan, replicate)?;
    let sweeps = sweeps(experiments, plan);
    let lots = lots(&sweeps);
    let tasks = lots.iter().map(Task::Students);
    let tasks: Vec<Task> = Reference::ALL.into_iter().map(Task::Reference).chain(tasks).collect();
    let train = |task: &Task| match task {
        Task::Reference(reference) => {
            journal.keep(reference.name(), 1, || reference.train(plan, &world, prepared.ensemble.as_ref()))
        }
        Task::Students(Lot { make, budgets }) => journal.keep(format!("{make:?} {budgets:?}"), budgets.len(), || {
            let students = world.students(plan, make, budgets)?;
            Ok(students.iter().map(|student: &Student| world.record(plan, make, student)).collect())
        }),
    };
    let mut trained = in_order(tasks.par_iter().with_max_len(1).map(train).collect())?;
    let students = trained.split_off(Reference::ALL.len());

    let find = |job: &Job| {
        let place = |lot: &Lot| lot.budgets.iter().position(|&at| lot.make == job.make && at == job.budget);
        let trained = lots.iter().zip(&students).find_map(|(lot, trials)| Some(&trials[place(lot)?]));
        trained.expect("every job is in a lot")
    };
    let mut records = Vec::new();
    for ((experiment, study), sweep) in experiments.iter().zip(&prepared.studies).zip(&sweeps) {
        let journal = journal.chapter(experiment.name());
        let name = |trial: &Trial, arm: &str, extra: &[String]| Trial {
            arm: arm.to_owned(),
            extra: extra.to_vec(),
            ..trial.clone()
        };
        let extras = journal.keep("own columns", 0, || Ok(experiment.annotate(&world, sweep)))?;
        let swept = sweep.iter().zip(&extras).map(|(job, extra)| name(find(job), &job.arm, extra));
        let (found, more) = match study {
            Some(study) => study.look(plan, &world, &journal)?,
            None => Seen::default(),
        };
        let references = trained.iter().flatten().map(|trial| name(trial, &trial.arm, &[]));
        let own = match world.replicate() {
            0 => journal.keep("exhibits", 0, || experiment.exhibit(plan, &world))?,
            _ => Exhibits::default(),
        };
        records.push((swept.chain(found).chain(references).collect(), own.and(more)));
    }
    Ok(records)
}

/// What a thread takes up at a time.
enum Task<'a> {
    Reference(Reference),
    Students(&'a Lot),
}
