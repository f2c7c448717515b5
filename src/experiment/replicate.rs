//! One replicate: everything drawn anew, with its teacher behind the door and its frozen exam.

use ndarray::{Array2, ArrayView2, s};

use super::{ModelSpec, RunError, Start, Supervision, public};
use crate::audit::{Exam, Grades};
use crate::data::{Examples, Parts, Sizes};
use crate::finding::Trial;
use crate::nn::{Mlp, Recipe, loss::one_hot, train};
use crate::oracle::{self, Account, Api, Surface, Teacher, Terms, surface};
use crate::plan::Plan;
use crate::query::{Strategy, evenly, strategy};
use crate::seed::{Seed, Stream};
use crate::student::{DistillError, Pupil, Reading};

/// A trained student and what it was trained on.
pub struct Student {
    /// The network.
    pub net: Mlp,
    /// The points of this replicate that it learned from (n × dimension), first asked first.
    pub points: Array2<f32>,
    /// Floating-point operations of all its training.
    pub flops: u64,
}

/// Everything that the arms of one replicate share.
pub struct Replicate {
    number: usize,
    seed: Seed,
    pool: Examples,
    bounds: (f32, f32),
    api: Api,
    exam: Exam,
}

impl Replicate {
    /// Draws the replicate of this number and trains its teacher.
    ///
    /// The random streams do not name an experiment: all experiments see the same replicates.
    ///
    /// # Errors
    /// [`RunError`] where the teacher's training diverges.
    pub(super) fn build(plan: &Plan, number: usize) -> Result<Self, RunError> {
        let seed = Seed::new(plan.seed()).child("world").child(plan.data().name()).child(number);
        let parts = plan.data().deal(Sizes { independent: 0, ..plan.sizes() }, seed.child("data"));
        let (points, labels) = (parts.training.points.view(), &parts.training.labels);
        let widths = plan.teacher_widths();
        let teacher = Teacher::train(&widths, points, labels, &plan.teacher_recipe(), seed.child("teacher"))
            .map_err(|diverged| RunError::of_teacher_size(number, "teacher", diverged))?;

        let bounds = plan.data().bounds();
        let off_shape = (plan.sizes().test, plan.data().dimension());
        let off_points = evenly(bounds, off_shape, &mut seed.child("off-data").stream());
        let closed = Terms { surface: plan.answers()[0], quota: 0, noise: seed.child("noise") };
        let (api, examiner) = oracle::serve(teacher, closed);
        let exam = Exam::new(examiner, parts.test, off_points);
        Ok(Self { number, seed, bounds, api, exam, pool: parts.pool })
    }

    /// Parts of this replicate of other sizes. A larger part begins with the smaller one.
    pub(super) fn deal(&self, plan: &Plan, sizes: Sizes) -> Parts {
        plan.data().deal(sizes, self.seed.child("data"))
    }

    /// Which replicate this is, from 0.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The frozen exam.
    pub fn exam(&self) -> &Exam {
        &self.exam
    }

    /// Points to ask about; their labels are only for those who have no teacher.
    pub(super) fn pool(&self) -> &Examples {
        &self.pool
    }

    /// The name of this replicate's random numbers for one purpose.
    pub(super) fn seed(&self, purpose: &str) -> Seed {
        self.seed.child(purpose)
    }

    /// Random numbers of this replicate for one purpose.
    pub(super) fn stream(&self, purpose: &str) -> Stream {
        self.seed(purpose).stream()
    }

    /// An untrained student: every arm of one shape starts from the same weights, so that differences are paired.
    pub(super) fn start(&self, plan: &Plan, hidden: &[usize]) -> Mlp {
        Mlp::new(&plan.around(hidden), &mut self.stream("student"))
    }

    /// The teacher's API under these terms.
    pub(super) fn api(&self, surface: &'static dyn Surface, quota: usize) -> Api {
        self.api.under(Terms { surface, quota, noise: self.seed("noise") })
    }

    /// An account with the teacher.
    pub(super) fn open(&self, surface: &'static dyn Surface, quota: usize) -> Account {
        self.api(surface, quota).open()
    }

    /// A pupil of this replicate with these points to ask about.
    pub(super) fn pupil<'a>(
        &self,
        start: &'a Mlp,
        pool: ArrayView2<'a, f32>,
        strategy: &'a dyn Strategy,
        reading: Reading,
        recipe: Recipe,
    ) -> Pupil<'a> {
        // All arms share these streams, and with them what they ask and the order in which they see it.
        Pupil { strategy, reading, ..Pupil::new(start, pool, self.bounds, recipe, self.seed) }
    }

    /// Students of one model spec at rising budgets, each with the points it learned from: answered by the teacher, or
    /// with their true labels.
    pub(super) fn students(&self, plan: &Plan, spec: &ModelSpec, budgets: &[usize]) -> Result<Vec<Student>, RunError> {
        let (start, recipe) = match spec.start {
            Start::Scratch => (self.untrained(plan, &spec.hidden), plan.student_recipe()),
            Start::Base => (self.base(plan, &spec.hidden)?, public::fine_tuning(plan.student_recipe())),
        };
        let recipe = Recipe { steps: spec.patience * recipe.steps, ..recipe };
        match spec.supervision {
            Supervision::Answers { surface: kind, strategy: name, reading } => {
                let chosen = strategy(name).expect("a strategy of the registry");
                let most = budgets.last().copied().unwrap_or(0);
                let mut account = self.open(surface(kind).expect("a kind of answer of the registry"), most);
                // Who asks more than the pool holds has a larger one, which begins with it.
                let more = (most > self.pool.labels.len())
                    .then(|| self.deal(plan, Sizes { pool: most, ..Sizes::default() }).pool);
                let pool = more.as_ref().unwrap_or(&self.pool).points.view();
                let pupil = self.pupil(&start.net, pool, chosen, reading, recipe);
                let nets = pupil.distill_along(&mut account, budgets).map_err(|problem| {
                    self.failed(format!("{kind} by {name}, hidden {:?}, up to {most} queries", spec.hidden), problem)
                })?;
                let asked = account.log().queries();
                let student = |(net, &budget): (Mlp, &usize)| Student {
                    flops: start.flops + recipe.flops(&net, budget),
                    points: asked.slice(s![..budget, ..]).to_owned(),
                    net,
                };
                Ok(nets.into_iter().zip(budgets).map(student).collect())
            }
            Supervision::Truth => {
                let taught = |&budget: &usize| self.taught_the_truth(plan, &start, &recipe, budget);
                budgets.iter().map(taught).collect()
            }
            Supervision::Public => {
                // On a base, the order of examples is that of every arm's second half.
                let batches = if spec.start == Start::Base { "batches" } else { "public-batches" };
                Ok(vec![self.taught_in_public(plan, start, &recipe, batches)?])
            }
        }
    }

    fn taught_the_truth(
        &self,
        plan: &Plan,
        start: &Student,
        recipe: &Recipe,
        budget: usize,
    ) -> Result<Student, RunError> {
        let points = self.pool.points.slice(s![..budget, ..]).to_owned();
        let mut net = start.net.clone();
        let targets = one_hot(&self.pool.labels[..budget], plan.data().classes().len());
        train(&mut net, points.view(), targets.view(), recipe, &mut self.stream("batches"))
            .map_err(|problem| self.failed(format!("truth with {budget} labels"), problem))?;
        Ok(Student { flops: start.flops + recipe.flops(&net, budget), net, points })
    }

    /// The model that somebody published: trained on public data for half of a student's steps.
    fn base(&self, plan: &Plan, hidden: &[usize]) -> Result<Student, RunError> {
        let recipe = public::pretraining(plan.student_recipe());
        self.taught_in_public(plan, self.untrained(plan, hidden), &recipe, "public-batches")
    }

    fn taught_in_public(
        &self,
        plan: &Plan,
        mut student: Student,
        recipe: &Recipe,
        batches: &str,
    ) -> Result<Student, RunError> {
        let public = public::examples(plan, self.seed.child("public"));
        let targets = one_hot(&public.labels, plan.data().classes().len());
        train(&mut student.net, public.points.view(), targets.view(), recipe, &mut self.stream(batches))
            .map_err(|problem| self.failed("base".to_owned(), problem))?;
        student.flops += recipe.flops(&student.net, public.labels.len());
        Ok(student)
    }

    fn untrained(&self, plan: &Plan, hidden: &[usize]) -> Student {
        let points = Array2::zeros((0, plan.data().dimension()));
        Student { net: self.start(plan, hidden), points, flops: 0 }
    }

    fn failed(&self, model: String, problem: impl Into<DistillError>) -> RunError {
        RunError::of_student_size(self.number, model, problem)
    }

    /// The row of records of a student.
    pub(super) fn record(&self, plan: &Plan, spec: &ModelSpec, student: &Student) -> Trial {
        let grades = self.exam.grade(&student.net);
        let trial = Trial { flops: Some(student.flops), ..self.row(plan, "", grades) };
        let examples = student.points.nrows();
        let queries = if matches!(spec.supervision, Supervision::Answers { .. }) { examples } else { 0 };
        let asked = (examples > 0).then(|| self.exam.asked_agreement(&student.net, student.points.view()));
        Trial { budget: (examples > 0).then_some(examples), queries, asked_agreement: asked, ..trial }
    }

    /// A row of records with grades and nothing else.
    pub(super) fn row(&self, plan: &Plan, arm: &str, grades: Grades) -> Trial {
        Trial {
            data: plan.data().name().to_owned(),
            replicate: self.number,
            arm: arm.to_owned(),
            agreement: Some(grades.agreement),
            off_agreement: Some(grades.off_agreement),
            same_mistakes: grades.same_mistakes,
            accuracy: Some(grades.accuracy),
            divergence: grades.divergence,
            ..Trial::default()
        }
    }
}
