//! The models of the first replicate, to be saved: its teacher, and every student of an experiment's sweep.
//!
//! A run keeps no model once it is examined. Here the first replicate is drawn again and its models are trained again:
//! they are the same to the last bit, because every random number has a name, and it takes no longer than one replicate
//! of the run. The teacher's weights are what its owner has; they come from the examiner and never reach a student.

mod inputs;
mod safetensors;

use ndarray::ArrayView2;
use rayon::prelude::*;

use super::contract::About;
use super::group::Group;
use super::run::replicate::Replicate;
use super::run::schedule::{Batch, batches};
use super::run::spec::{Job, Source};
use super::run::train::{Student, Trainer};
use super::run::{RunError, in_order};
use crate::plan::{Plan, PlanError};

pub use inputs::Inputs;
pub use safetensors::{Tensor, write_tensors};

const FLAG: &str = "--weights";

/// Models that can be saved.
pub struct Weights<'a> {
    plan: &'a Plan,
    sweep: Vec<Job>,
}

impl<'a> Weights<'a> {
    /// The models of the one experiment that is run.
    ///
    /// # Errors
    /// [`PlanError`] where there are several experiments, or where this one has no sweep of students.
    pub fn of(groups: &'a [Group]) -> Result<Self, PlanError> {
        let experiments: Vec<&About> = groups.iter().flat_map(Group::experiments).collect();
        if experiments.len() != 1 {
            let problem = format!("one file holds the models of one experiment, and these are {}", experiments.len());
            return Err(PlanError::new(FLAG, "", problem, "name one experiment, such as run budget"));
        }
        if let Some((plan, experiment)) = groups[0].single() {
            if plan.remote().is_some() {
                let problem = "the file holds the teacher's weights, and this teacher is somebody else's";
                return Err(PlanError::new(FLAG, "", problem, "leave it out"));
            }
            let sweep = experiment.sweep(plan);
            if !sweep.is_empty() {
                return Ok(Self { plan, sweep });
            }
        }
        let problem = format!("{} has no sweep of students to save", experiments[0].name);
        Err(PlanError::new(FLAG, "", problem, "leave it out, or run an experiment such as budget"))
    }

    /// Draws the first replicate and trains its models: a tensor for each weight matrix and each bias, named by arm,
    /// budget and layer, such as `teacher/fc1.weight` and `probabilities/100/fc1.bias`. With them, what somebody has to
    /// know who applies them to a point.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub fn train(&self) -> Result<(Vec<Tensor>, Inputs), RunError> {
        let replicate = Replicate::build(self.plan, 0)?;
        let (batches, trainer) = (batches(&self.sweep), Trainer::of(self.plan, &replicate));
        let train = |batch: &Batch| trainer.train(&batch.spec, &batch.budgets);
        let trained: Vec<Vec<Student>> = in_order(batches.par_iter().with_max_len(1).map(train).collect())?;

        let mut tensors = named("teacher", replicate.exam().examiner().layers());
        for job in &self.sweep {
            let student = batches.iter().zip(&trained).find_map(|(batch, students)| students.get(batch.place(job)?));
            let student = student.expect("every job is in a batch");
            tensors.extend(named(&name(job), student.model.net.layers()));
        }
        Ok((tensors, Inputs::of(self.plan.data(), replicate.seed("data"))))
    }
}

/// What a student is called: its arm and, where that means something, its budget.
fn name(job: &Job) -> String {
    match job.spec.source {
        Source::Public => job.arm.clone(),
        _ => format!("{}/{}", job.arm, job.budget),
    }
}

/// The layers of a network as tensors, counted from 1.
fn named<'n>(model: &str, layers: impl Iterator<Item = (ArrayView2<'n, f32>, &'n [f32])>) -> Vec<Tensor> {
    let of_layer = |(index, (weights, bias)): (usize, (ArrayView2<f32>, &[f32]))| {
        let tensor = |part: &str, shape: &[usize], values: Vec<f32>| Tensor {
            name: format!("{model}/fc{}.{part}", index + 1),
            shape: shape.to_vec(),
            values,
        };
        let weight = tensor("weight", weights.shape(), weights.iter().copied().collect());
        [weight, tensor("bias", &[bias.len()], bias.to_vec())]
    };
    layers.enumerate().flat_map(of_layer).collect()
}
