//! One replicate: a world drawn anew, with its teacher behind the door and its frozen exam.

use ndarray::{ArrayView2, s};

use super::RunError;
use crate::audit::{Exam, Grades};
use crate::data::{Examples, Parts, Sizes};
use crate::finding::Trial;
use crate::nn::{Mlp, loss::one_hot, train};
use crate::oracle::{self, Account, Desk, Surface, Teacher, Terms};
use crate::plan::Plan;
use crate::query::{Scene, Strategy, Uniform};
use crate::seed::{Seed, Stream};
use crate::student::distill;

/// Everything that the arms of one replicate share.
pub struct World {
    replicate: usize,
    seed: Seed,
    pool: Examples,
    bounds: (f32, f32),
    desk: Desk,
    exam: Exam,
    /// The untrained student: every arm starts from the same weights, so that differences are paired.
    start: Mlp,
}

impl World {
    /// Draws the world of a replicate and trains its teacher.
    ///
    /// The random streams do not name an experiment: all experiments see the same worlds.
    ///
    /// # Errors
    /// [`RunError`] where the teacher's training diverges.
    pub(super) fn build(plan: &Plan, replicate: usize) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("world").child(plan.data().name()).child(replicate);
        let parts = plan.data().deal(plan.sizes(), seed.child("data"));
        let (points, labels) = (parts.training.points.view(), &parts.training.labels);
        let widths = plan.teacher_widths();
        let teacher = Teacher::train(&widths, points, labels, &plan.teacher_recipe(), seed.child("teacher"))
            .map_err(|diverged| RunError::of_teacher_size(replicate, "teacher", diverged))?;

        let bounds = plan.data().bounds();
        let scene = Scene { pool: parts.pool.points.view(), bounds };
        let off_points = Uniform.choose(&scene, plan.sizes().test, &mut seed.child("off-data").stream());
        let (desk, examiner) = oracle::serve(teacher, Terms { surface: plan.answers()[0], quota: 0 });
        Ok(Self {
            replicate,
            seed,
            bounds,
            desk,
            exam: Exam::new(examiner, parts.test, off_points),
            start: Mlp::new(&plan.student_widths(), &mut seed.child("student").stream()),
            pool: parts.pool,
        })
    }

    /// Parts of this world of other sizes. A larger part begins with the smaller one.
    pub(super) fn deal(&self, plan: &Plan, sizes: Sizes) -> Parts {
        plan.data().deal(sizes, self.seed.child("data"))
    }

    /// Which replicate this is, from 0.
    pub fn replicate(&self) -> usize {
        self.replicate
    }

    /// The frozen exam.
    pub fn exam(&self) -> &Exam {
        &self.exam
    }

    /// The untrained student.
    pub(super) fn start(&self) -> Mlp {
        self.start.clone()
    }

    /// The random numbers of one training run, named by what it is.
    pub(super) fn stream(&self, name: &str, budget: usize) -> Stream {
        self.seed.child(name).child(budget).stream()
    }

    /// An account with the teacher.
    pub(super) fn open(&self, surface: &'static dyn Surface, quota: usize) -> Account {
        self.desk.under(Terms { surface, quota }).open()
    }

    /// A student made only by asking, and its account afterwards.
    pub(super) fn distilled(
        &self,
        plan: &Plan,
        surface: &'static dyn Surface,
        strategy: &dyn Strategy,
        budget: usize,
    ) -> Result<(Mlp, Account), RunError> {
        let mut account = self.open(surface, budget);
        let scene = Scene { pool: self.pool.points.view(), bounds: self.bounds };
        // Arms of one budget share this stream, and with it the order in which they see their points.
        let mut stream = self.stream("batches", budget);
        let student = distill(self.start(), &mut account, strategy, &scene, &plan.student_recipe(), &mut stream)
            .map_err(|problem| RunError::of_student_size(self.replicate, at(surface.name(), budget), problem))?;
        Ok((student, account))
    }

    /// The same student on the same points with their true labels, and no teacher; and these points.
    pub(super) fn taught_the_truth(&self, plan: &Plan, budget: usize) -> Result<(Mlp, ArrayView2<'_, f32>), RunError> {
        let points = self.pool.points.slice(s![..budget, ..]);
        let targets = one_hot(&self.pool.labels[..budget], plan.data().classes().len());
        let mut student = self.start();
        let mut stream = self.stream("batches", budget);
        train(&mut student, points, targets.view(), &plan.student_recipe(), &mut stream)
            .map_err(|problem| RunError::of_student_size(self.replicate, at("truth", budget), problem))?;
        Ok((student, points))
    }

    /// A row of records; the runner adds the experiment's name.
    pub(super) fn trial(&self, plan: &Plan, arm: &str, grades: Grades) -> Trial {
        Trial {
            experiment: String::new(),
            data: plan.data().name().to_owned(),
            replicate: self.replicate,
            arm: arm.to_owned(),
            budget: None,
            queries: 0,
            agreement: Some(grades.agreement),
            off_agreement: Some(grades.off_agreement),
            same_mistakes: grades.same_mistakes,
            accuracy: Some(grades.accuracy),
            divergence: grades.divergence,
            asked_agreement: None,
            flops: None,
        }
    }
}

fn at(arm: &str, budget: usize) -> String {
    format!("{arm} with {budget} examples")
}
