//! One replicate: everything drawn anew, with its teacher behind the door and its frozen exam. Where the teacher is
//! somebody else's, data, students and references are drawn anew, and the teacher stays.

use super::RunError;
use super::train::Student;
use crate::audit::{Exam, Grades};
use crate::data::{Examples, Parts, Sizes};
use crate::finding::Trial;
use crate::nn::Mlp;
use crate::oracle::{Account, Api, Oracle, Surface};
use crate::plan::Plan;
use crate::remote::{Kind, RemoteAccount};
use crate::replicate::{Drawn, seed_of};
use crate::seed::{Seed, Stream};

/// Everything that the arms of one replicate share.
pub(crate) struct Replicate {
    number: usize,
    seed: Seed,
    teacher: Whose,
}

/// Whose the teacher is.
enum Whose {
    /// The replicate's own.
    Own(Drawn),
    /// Somebody else's, behind an account that asked for the exam.
    Remote { account: RemoteAccount, exam: Exam, pool: Examples },
}

impl Replicate {
    /// Draws the replicate of this number and trains its teacher, or asks somebody else's about the exam.
    ///
    /// # Errors
    /// [`RunError`] where the teacher's training diverges, or it does not answer.
    pub(crate) fn build(plan: &Plan, number: usize) -> Result<Self, RunError> {
        let seed = Self::seed_of(plan, number);
        if plan.remote().is_some() {
            return Self::before_a_remote_teacher(plan, number, seed);
        }
        let drawn = Drawn::new(plan.data(), plan.sizes(), &plan.teacher_widths(), &plan.teacher_recipe(), seed)
            .map_err(|diverged| RunError::of_teacher_size(number, "teacher", diverged))?;
        Ok(Self { number, seed, teacher: Whose::Own(drawn) })
    }

    /// The name of all random numbers of the replicate of this number.
    pub(crate) fn seed_of(plan: &Plan, number: usize) -> Seed {
        seed_of(plan.seed(), plan.data().name(), number)
    }

    fn before_a_remote_teacher(plan: &Plan, number: usize, seed: Seed) -> Result<Self, RunError> {
        let teacher = plan.asked().ok_or(RunError::NoTeacher)?;
        let parts = plan.data().deal(Sizes { training: 0, independent: 0, ..plan.sizes() }, seed.child("data"));
        let account = RemoteAccount::of_examiner(teacher, plan.data().original(seed.child("data")));
        let answers = account.answers(parts.test.points.view())?;
        let exam = Exam::of_answers(parts.test, answers, plan.data().classes().len());
        Ok(Self { number, seed, teacher: Whose::Remote { account, exam, pool: parts.pool } })
    }

    /// Parts of this replicate of other sizes. A larger part begins with the smaller one.
    pub(crate) fn deal(&self, plan: &Plan, sizes: Sizes) -> Parts {
        plan.data().deal(sizes, self.seed.child("data"))
    }

    /// Which replicate this is, from 0.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// The frozen exam.
    pub(crate) fn exam(&self) -> &Exam {
        match &self.teacher {
            Whose::Own(drawn) => &drawn.exam,
            Whose::Remote { exam, .. } => exam,
        }
    }

    /// Points to ask about; their labels are only for those who have no teacher.
    pub(crate) fn pool(&self) -> &Examples {
        match &self.teacher {
            Whose::Own(drawn) => &drawn.pool,
            Whose::Remote { pool, .. } => pool,
        }
    }

    /// The name of all random numbers of this replicate.
    pub(crate) fn root(&self) -> Seed {
        self.seed
    }

    /// The name of this replicate's random numbers for one purpose.
    pub(crate) fn seed(&self, purpose: &str) -> Seed {
        self.seed.child(purpose)
    }

    /// Random numbers of this replicate for one purpose.
    pub(crate) fn stream(&self, purpose: &str) -> Stream {
        self.seed(purpose).stream()
    }

    /// An untrained student: every arm of one shape starts from the same weights, so that differences are paired.
    pub(crate) fn start(&self, plan: &Plan, hidden: &[usize]) -> Mlp {
        Mlp::new(&plan.data().around(hidden), &mut self.stream("student"))
    }

    /// The API of the replicate's own teacher under these terms.
    ///
    /// # Panics
    /// If the teacher is somebody else's: an experiment that sets terms refuses such a plan.
    pub(crate) fn api(&self, surface: &'static dyn Surface, quota: usize) -> Api {
        let Whose::Own(drawn) = &self.teacher else { panic!("terms are set for a teacher of one's own") };
        drawn.api(surface, quota)
    }

    /// An account with the replicate's own teacher.
    ///
    /// # Panics
    /// As for [`Replicate::api`].
    pub(crate) fn open(&self, surface: &'static dyn Surface, quota: usize) -> Account {
        self.api(surface, quota).open()
    }

    /// What a student asks: an account with whichever teacher there is.
    pub(crate) fn oracle(&self, surface: &'static dyn Surface, quota: usize) -> Box<dyn Oracle> {
        match &self.teacher {
            Whose::Own(_) => Box::new(self.open(surface, quota)),
            Whose::Remote { account, .. } => {
                let shown = if surface.name() == "label" { Kind::Labels } else { Kind::Probabilities };
                Box::new(account.of_student(shown, quota))
            }
        }
    }

    /// The row of records of a student.
    pub(crate) fn record(&self, plan: &Plan, student: &Student) -> Trial {
        let Student { model, points } = student;
        let asked = (points.nrows() > 0).then(|| self.exam().asked_agreement(&model.net, points.view())).flatten();
        Trial {
            budget: (points.nrows() > 0).then_some(points.nrows()),
            queries: model.queries,
            asked_agreement: asked,
            flops: Some(model.flops),
            ..self.row(plan, "", self.exam().grade(&model.net))
        }
    }

    /// A row of records with grades and nothing else.
    pub(crate) fn row(&self, plan: &Plan, arm: &str, grades: Grades) -> Trial {
        Trial {
            data: plan.data().name().to_owned(),
            replicate: self.number,
            arm: arm.to_owned(),
            agreement: Some(grades.agreement),
            off_agreement: grades.off_agreement,
            same_mistakes: grades.same_mistakes,
            accuracy: Some(grades.accuracy),
            divergence: grades.divergence,
            ..Trial::default()
        }
    }
}
