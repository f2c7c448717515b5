//! What every plan has, whatever passes through the door: budgets, replicates, networks and how they are trained.

use super::defaults::Defaults;
use super::spelling::{Flag, arguments, join, said, spelled};
use super::{PlanError, Request, budgets, error, widths};
use crate::data::Sizes;
use crate::nn::Recipe;

/// Bounds that keep a slip of the finger from filling the memory or running for a week.
const MOST_REPLICATES: usize = 1_000;
const MOST_STEPS: usize = 1_000_000;

/// The settings that all plans share, checked.
#[derive(Clone)]
pub struct Common {
    pub(super) flags: Vec<Flag>,
    pub(super) budgets: Vec<usize>,
    pub(super) replicates: usize,
    pub(super) seed: u64,
    pub(super) teacher: Vec<usize>,
    pub(super) student: Vec<usize>,
    pub(super) teacher_recipe: Recipe,
    pub(super) student_recipe: Recipe,
    pub(super) sizes: Sizes,
}

impl Common {
    pub(super) fn check(request: &Request, defaults: &Defaults) -> Result<Self, PlanError> {
        let budgets = match &request.budgets {
            None => defaults.budgets.clone(),
            Some(text) => budgets::parse(text)?,
        };
        let replicates = request.replicates.unwrap_or(defaults.replicates);
        error::within(
            "--replicates",
            replicates,
            MOST_REPLICATES,
            "data, teacher and students are drawn anew for each",
        )?;
        let steps = request.steps.unwrap_or(defaults.student_recipe.steps);
        error::within("--steps", steps, MOST_STEPS, "every student takes that many optimiser steps")?;
        let rate = request.rate.unwrap_or(defaults.student_recipe.rate);
        let teacher_rate = request.teacher_rate.unwrap_or(defaults.teacher_recipe.rate);
        error::positive("--rate", rate)?;
        error::positive("--teacher-rate", teacher_rate)?;
        Ok(Self {
            // The pool is not cut to the largest budget: what a strategy picks from must not depend on it.
            sizes: Sizes { pool: defaults.sizes.pool.max(budgets[budgets.len() - 1]), ..defaults.sizes },
            teacher: widths::parse("--teacher", request.teacher.as_deref(), &defaults.teacher)?,
            student: widths::parse("--student", request.student.as_deref(), &defaults.student)?,
            teacher_recipe: Recipe { rate: teacher_rate, ..defaults.teacher_recipe },
            student_recipe: Recipe { rate, steps, ..defaults.student_recipe },
            seed: request.seed.unwrap_or(0),
            budgets,
            replicates,
            flags: Vec::new(),
        })
    }

    /// The flags that make the plan, in a fixed order and spelling, without those that say what is so anyway.
    pub fn flags(&self) -> String {
        spelled(self.flags.iter())
    }

    /// The same one by one, as a program takes them.
    pub fn arguments(&self) -> Vec<String> {
        arguments(&self.flags)
    }

    /// The value given for a flag, even if it is the default.
    pub fn said(&self, flag: &str) -> Option<&str> {
        said(&self.flags, flag)
    }

    /// Query budgets, rising, at least one, none zero.
    pub fn budgets(&self) -> &[usize] {
        &self.budgets
    }

    /// Replicates to draw, at least one.
    pub fn replicates(&self) -> usize {
        self.replicates
    }

    /// The master seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Its flags, each with its value, whether it was given, and whether it makes the plan another one.
    pub(super) fn own_flags(&self, request: &Request, defaults: &Defaults) -> Vec<Flag> {
        let (student, usual) = (self.student_recipe, defaults.student_recipe);
        let (teacher, usual_teacher) = (self.teacher_recipe, defaults.teacher_recipe);
        let flag = |name, said, differs, value| Flag { name, said, differs, value };
        let budgets = request.budgets.is_some();
        vec![
            // Who says the budgets wants these, also where an experiment would take fewer of the default ones.
            flag("--budgets", budgets, budgets, join(&self.budgets)),
            flag(
                "--replicates",
                request.replicates.is_some(),
                self.replicates != defaults.replicates,
                self.replicates.to_string(),
            ),
            flag("--seed", request.seed.is_some(), self.seed != 0, self.seed.to_string()),
            flag("--teacher", request.teacher.is_some(), self.teacher != defaults.teacher, join(&self.teacher)),
            flag("--student", request.student.is_some(), self.student != defaults.student, join(&self.student)),
            flag("--steps", request.steps.is_some(), student.steps != usual.steps, student.steps.to_string()),
            flag("--rate", request.rate.is_some(), student.rate != usual.rate, student.rate.to_string()),
            flag(
                "--teacher-rate",
                request.teacher_rate.is_some(),
                teacher.rate != usual_teacher.rate,
                teacher.rate.to_string(),
            ),
        ]
    }
}
