//! What an agreement is held against: a curve without these lines means nothing.

use super::{RunError, World};
use crate::data::{Examples, Sizes};
use crate::finding::Trial;
use crate::nn::{Mlp, Recipe, loss::one_hot, train};
use crate::plan::Plan;
use crate::query::strategy;
use crate::student::Reading;

/// The ceiling asks this many times the pool of questions, as far as the data go, …
const CEILING_QUESTIONS: usize = 4;
/// … and takes this many times a student's steps.
const CEILING_STEPS: usize = 4;

/// A model that every experiment is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// The teacher's own data, another random start.
    Retrained,
    /// A teacher-sized model on fresh data of its own: agreement without any contact.
    Independent,
    /// The student with questions and steps to spare: what its size allows.
    Ceiling,
    /// The independent model with a student's size and steps.
    IndependentSmall,
    /// A guesser with the teacher's class frequencies.
    Chance,
    /// The teacher against itself; its accuracy is what the task's noise allows.
    Teacher,
}

impl Reference {
    /// The slowest first, which is also the order of the records.
    pub(super) const ALL: [Self; 6] =
        [Self::Retrained, Self::Independent, Self::Ceiling, Self::IndependentSmall, Self::Chance, Self::Teacher];

    /// Those that a figure shows as lines, from the top.
    pub(super) const LINES: [Self; 5] =
        [Self::Ceiling, Self::Retrained, Self::Independent, Self::IndependentSmall, Self::Chance];

    /// Its name in the records.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Retrained => "retrained",
            Self::Independent => "independent",
            Self::Ceiling => "ceiling",
            Self::IndependentSmall => "independent-small",
            Self::Chance => "chance",
            Self::Teacher => "teacher",
        }
    }

    /// The words beside its line in a figure.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Retrained => "retrained teacher",
            Self::Independent => "independent",
            Self::Ceiling => "student's ceiling",
            Self::IndependentSmall => "independent, small",
            Self::Chance => "chance",
            Self::Teacher => "teacher",
        }
    }

    /// Trains and grades it in a world.
    pub(super) fn train(self, plan: &Plan, world: &World) -> Result<Trial, RunError> {
        let Sizes { training, independent, .. } = plan.sizes();
        let teachers = || world.deal(plan, Sizes { training, ..Sizes::default() }).training;
        let own = || world.deal(plan, Sizes { independent, ..Sizes::default() }).independent;
        let (large, small) = (plan.teacher_widths(), plan.student_widths());
        match self {
            Self::Retrained => self.on_true_labels(plan, world, &teachers(), &large, plan.teacher_recipe()),
            Self::Independent => self.on_true_labels(plan, world, &own(), &large, plan.teacher_recipe()),
            Self::IndependentSmall => self.on_true_labels(plan, world, &own(), &small, plan.student_recipe()),
            Self::Ceiling => self.with_questions_to_spare(plan, world),
            Self::Chance => Ok(world.row(plan, self.name(), world.exam().grade_chance())),
            Self::Teacher => Ok(Trial {
                flops: Some(world.exam().examiner().training_flops()),
                ..world.row(plan, self.name(), world.exam().grade_teacher())
            }),
        }
    }

    fn on_true_labels(
        self,
        plan: &Plan,
        world: &World,
        own: &Examples,
        widths: &[usize],
        recipe: Recipe,
    ) -> Result<Trial, RunError> {
        let mut stream = world.stream(self.name());
        let mut net = Mlp::new(widths, &mut stream);
        let targets = one_hot(&own.labels, plan.data().classes().len());
        train(&mut net, own.points.view(), targets.view(), &recipe, &mut stream).map_err(|problem| match self {
            Self::IndependentSmall => RunError::of_student_size(world.replicate(), self.name().to_owned(), problem),
            _ => RunError::of_teacher_size(world.replicate(), self.name(), problem),
        })?;
        let flops = Some(recipe.flops(&net, own.labels.len()));
        Ok(Trial { flops, ..world.row(plan, self.name(), world.exam().grade(&net)) })
    }

    fn with_questions_to_spare(self, plan: &Plan, world: &World) -> Result<Trial, RunError> {
        let wanted = CEILING_QUESTIONS * plan.sizes().pool;
        let pool = world.deal(plan, Sizes { pool: wanted, ..Sizes::default() }).pool.points;
        let student = plan.student_recipe();
        let recipe = Recipe { steps: CEILING_STEPS * student.steps, ..student };
        let start = world.start(plan, plan.student_hidden());
        let natural = strategy("natural").expect("a strategy of the registry");
        let pupil = world.pupil(&start, pool.view(), natural, Reading::AsShown, recipe);
        let mut account = world.open(plan.answers()[0], pool.nrows());
        let net = pupil
            .distill(&mut account)
            .map_err(|problem| RunError::of_student_size(world.replicate(), self.name().to_owned(), problem))?;
        let questions = account.log().questions();
        Ok(Trial {
            queries: questions.nrows(),
            asked_agreement: Some(world.exam().asked_agreement(&net, questions.view())),
            flops: Some(recipe.flops(&net, questions.nrows())),
            ..world.row(plan, self.name(), world.exam().grade(&net))
        })
    }
}
