//! Draws the worlds, trains what each experiment asks for, in parallel, and collects the records in a fixed order.
//!
//! Every model's random numbers come from its own name, so neither the number of threads nor their luck can change
//! a byte of the records.

use rayon::prelude::*;

use super::reference::Reference;
use super::{Done, Experiment, Job, Lesson, Make, Order, RunError, Student, Study, World};
use crate::finding::{Figure, Finding, Trial};
use crate::plan::Plan;
use crate::query::strategy;

/// The records of one experiment and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// One row per model: by replicate, then as the experiment lists them, then what its study found, then the
    /// references.
    pub trials: Vec<Trial>,
    /// What they say.
    pub finding: Finding,
    /// Names of the columns that only this experiment has.
    pub own_columns: &'static [&'static str],
}

/// How many models [`run`] will train: what a progress bar counts to.
pub fn models_to_train(orders: &[Order]) -> usize {
    let of_order = |Order { plan, experiments }: &Order| {
        let students: usize = lots(&sweeps(experiments, plan)).iter().map(|lot| lot.budgets.len()).sum();
        let studies: usize = experiments.iter().map(|experiment| experiment.models_of_study(plan)).sum();
        plan.replicates() * (1 + Reference::ALL.len() + students) + studies
    };
    orders.iter().map(of_order).sum()
}

/// Runs experiments: teachers and references are trained once for all experiments of an order.
///
/// # Errors
/// The first [`RunError`] in the order of replicates.
pub fn run(orders: &[Order], done: Done) -> Result<Vec<Run>, RunError> {
    let runs: Vec<Vec<Run>> = orders.iter().map(|order| run_order(order, done)).collect::<Result<_, _>>()?;
    Ok(runs.into_iter().flatten().collect())
}

fn run_order(Order { plan, experiments }: &Order, done: Done) -> Result<Vec<Run>, RunError> {
    let studies = experiments.iter().map(|experiment| experiment.study(plan, done));
    let studies: Vec<Option<Box<dyn Study>>> = studies.collect::<Result<_, _>>()?;
    // Whole worlds run side by side, and so do the models within each: a thread that is out of worlds helps with the
    // models of another, and a world's data are dropped as soon as it is finished.
    let worlds = (0..plan.replicates()).into_par_iter().with_max_len(1).map(|replicate| {
        let world = World::build(plan, replicate)?;
        done();
        records_of(experiments, &studies, plan, &world, done)
    });
    let worlds = in_order(worlds.collect())?;

    let run = |(index, experiment): (usize, &&'static dyn Experiment)| {
        let own = || worlds.iter().map(|world: &Records| &world[index]);
        let trials: Vec<Trial> = own().flat_map(|(trials, _)| trials.iter().cloned()).collect();
        let exhibits = own().flat_map(|(_, exhibits)| exhibits.iter().cloned()).collect();
        let finding = finding(*experiment, plan, &trials, exhibits);
        Run { trials, finding, own_columns: experiment.own_columns() }
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
        lineup: experiment.lineup(plan, trials),
    }
}

/// The trials and exhibits of every experiment in one world.
type Records = Vec<(Vec<Trial>, Vec<Figure>)>;

/// Students to train in one go: of one make, at rising budgets.
struct Lot {
    make: Make,
    budgets: Vec<usize>,
}

fn sweeps(experiments: &[&'static dyn Experiment], plan: &Plan) -> Vec<Vec<Job>> {
    experiments.iter().map(|experiment| experiment.sweep(plan)).collect()
}

/// Each model of all sweeps once. Students whose questions depend on earlier students go together: training one
/// trains the others on the way. All others are lots of their own, to be spread over threads.
fn lots(sweeps: &[Vec<Job>]) -> Vec<Lot> {
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
    lots.sort_by_key(|lot| std::cmp::Reverse(lot.budgets.len()));
    lots
}

fn records_of(
    experiments: &[&'static dyn Experiment],
    studies: &[Option<Box<dyn Study>>],
    plan: &Plan,
    world: &World,
    done: Done,
) -> Result<Records, RunError> {
    let sweeps = sweeps(experiments, plan);
    let lots = lots(&sweeps);
    let tasks = lots.iter().map(Task::Students);
    let tasks: Vec<Task> = Reference::ALL.into_iter().map(Task::Reference).chain(tasks).collect();
    let train = |task: &Task| match task {
        Task::Reference(reference) => {
            let trial = reference.train(plan, world)?;
            done();
            Ok(vec![trial])
        }
        Task::Students(lot) => {
            let students = world.students(plan, &lot.make, &lot.budgets)?;
            let record = |student: &Student| {
                done();
                world.record(plan, &lot.make, student)
            };
            Ok(students.iter().map(record).collect())
        }
    };
    let mut trained = in_order(tasks.par_iter().with_max_len(1).map(train).collect())?;
    let students = trained.split_off(Reference::ALL.len());

    let find = |job: &Job| {
        let place = |lot: &Lot| lot.budgets.iter().position(|&at| lot.make == job.make && at == job.budget);
        let trained = lots.iter().zip(&students).find_map(|(lot, trials)| Some(&trials[place(lot)?]));
        trained.expect("every job is in a lot")
    };
    let mut records = Vec::new();
    for ((experiment, study), sweep) in experiments.iter().zip(studies).zip(&sweeps) {
        let name = |trial: &Trial, arm: &str, extra: &[String]| Trial {
            experiment: experiment.name().to_owned(),
            arm: arm.to_owned(),
            extra: extra.to_vec(),
            ..trial.clone()
        };
        let extras = experiment.annotate(world, sweep);
        let swept = sweep.iter().zip(&extras).map(|(job, extra)| name(find(job), &job.arm, extra));
        let found = study.as_ref().map_or(Ok(Vec::new()), |study| study.look(plan, world, done))?;
        let found = found.iter().map(|trial| name(trial, &trial.arm, &trial.extra));
        let references = trained.iter().flatten().map(|trial| name(trial, &trial.arm, &[]));
        let exhibits = if world.replicate() == 0 { experiment.exhibit(plan, world)? } else { Vec::new() };
        records.push((swept.chain(found).chain(references).collect(), exhibits));
    }
    Ok(records)
}

/// What a thread takes up at a time.
enum Task<'a> {
    Reference(Reference),
    Students(&'a Lot),
}

/// All values, or the first error in order: rayon's own collecting would give whichever came first in time.
fn in_order<T>(results: Vec<Result<T, RunError>>) -> Result<Vec<T>, RunError> {
    results.into_iter().collect()
}
