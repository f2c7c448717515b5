//! What an agreement is compared with: a curve without these lines means nothing.

use super::ensemble::Ensemble;
use super::{Replicate, RunError};
use crate::data::{Examples, Sizes};
use crate::finding::Trial;
use crate::nn::{self, Mlp, Recipe, loss::one_hot, train};
use crate::plan::Plan;
use crate::query::strategy;
use crate::student::Reading;

/// The ceiling asks this many times the pool of queries, as far as the data go, …
const CEILING_QUERIES: usize = 4;
/// … and takes this many times a student's steps.
const CEILING_STEPS: usize = 4;

/// A model that every experiment is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// The teacher's own data, another random start.
    Retrained,
    /// A teacher-sized model on fresh data of its own: agreement without any contact.
    Independent,
    /// The student with queries and steps to spare: what its size allows.
    Ceiling,
    /// The independent model with a student's size and steps.
    IndependentSmall,
    /// A guesser with the teacher's class frequencies.
    Chance,
    /// The teacher against itself.
    Teacher,
    /// Independent models that answer together: closer than one, without any contact.
    Ensemble,
    /// The best answer that the data allow, computed from their density, without any model.
    Bayes,
    /// The teacher's most frequent answer, whatever is asked.
    Constant,
}

impl Reference {
    /// The slowest first, which is also the order of the records.
    pub(super) const ALL: [Self; 9] = [
        Self::Retrained,
        Self::Independent,
        Self::Ceiling,
        Self::IndependentSmall,
        Self::Chance,
        Self::Teacher,
        Self::Ensemble,
        Self::Bayes,
        Self::Constant,
    ];

    /// Those that a figure shows as lines, from the top.
    pub(super) const LINES: [Self; 7] = [
        Self::Ceiling,
        Self::Retrained,
        Self::Ensemble,
        Self::Bayes,
        Self::Independent,
        Self::IndependentSmall,
        Self::Chance,
    ];

    /// Its name in the records.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Retrained => "retrained",
            Self::Independent => "independent",
            Self::Ceiling => "ceiling",
            Self::IndependentSmall => "independent-small",
            Self::Chance => "chance",
            Self::Teacher => "teacher",
            Self::Ensemble => "ensemble",
            Self::Bayes => "bayes",
            Self::Constant => "constant",
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
            Self::Ensemble => "eight independent",
            Self::Bayes => "Bayes rule",
            Self::Constant => "most frequent answer",
        }
    }

    /// Trains and grades it in a replicate; nothing where it means nothing, as the Bayes rule of data without a
    /// density. `shared`: the ensemble of all replicates, where there is one.
    pub(super) fn train(
        self,
        plan: &Plan,
        replicate: &Replicate,
        shared: Option<&Ensemble>,
    ) -> Result<Vec<Trial>, RunError> {
        let exam = replicate.exam();
        let row = |grades| replicate.row(plan, self.name(), grades);
        Ok(vec![match self {
            Self::Chance => row(exam.grade_chance()),
            Self::Constant => row(exam.grade_constant()),
            Self::Teacher => Trial { flops: Some(exam.examiner().training_flops()), ..row(exam.grade_teacher()) },
            Self::Ensemble => {
                let own = if shared.is_none() { Some(Ensemble::of_replicate(plan, replicate)?) } else { None };
                let ensemble = shared.or(own.as_ref()).expect("one of the two");
                Trial { flops: Some(ensemble.flops()), ..row(exam.grade(&nn::Ensemble(&ensemble.members()))) }
            }
            Self::Bayes => match plan.data().posterior() {
                Some(posterior) => row(exam.grade_rule(posterior)),
                None => return Ok(Vec::new()),
            },
            Self::Retrained | Self::Independent | Self::Ceiling | Self::IndependentSmall => {
                self.train_model(plan, replicate)?
            }
        }])
    }

    fn train_model(self, plan: &Plan, replicate: &Replicate) -> Result<Trial, RunError> {
        let Sizes { training, independent, .. } = plan.sizes();
        let teachers = || replicate.deal(plan, Sizes { training, ..Sizes::default() }).training;
        let own = || replicate.deal(plan, Sizes { independent, ..Sizes::default() }).independent;
        let (large, small) = (plan.teacher_widths(), plan.student_widths());
        match self {
            Self::Retrained => self.on_true_labels(plan, replicate, &teachers(), &large, plan.teacher_recipe()),
            Self::Independent => self.on_true_labels(plan, replicate, &own(), &large, plan.teacher_recipe()),
            Self::IndependentSmall => self.on_true_labels(plan, replicate, &own(), &small, plan.student_recipe()),
            _ => self.with_queries_to_spare(plan, replicate),
        }
    }

    fn on_true_labels(
        self,
        plan: &Plan,
        replicate: &Replicate,
        own: &Examples,
        widths: &[usize],
        recipe: Recipe,
    ) -> Result<Trial, RunError> {
        let mut stream = replicate.stream(self.name());
        let mut net = Mlp::new(widths, &mut stream);
        let targets = one_hot(&own.labels, plan.data().classes().len());
        train(&mut net, own.points.view(), targets.view(), &recipe, &mut stream).map_err(|problem| match self {
            Self::IndependentSmall => RunError::of_student_size(replicate.number(), self.name().to_owned(), problem),
            _ => RunError::of_teacher_size(replicate.number(), self.name(), problem),
        })?;
        let flops = Some(recipe.flops(&net, own.labels.len()));
        Ok(Trial { flops, ..replicate.row(plan, self.name(), replicate.exam().grade(&net)) })
    }

    fn with_queries_to_spare(self, plan: &Plan, replicate: &Replicate) -> Result<Trial, RunError> {
        let wanted = CEILING_QUERIES * plan.sizes().pool;
        let pool = replicate.deal(plan, Sizes { pool: wanted, ..Sizes::default() }).pool.points;
        let student = plan.student_recipe();
        let recipe = Recipe { steps: CEILING_STEPS * student.steps, ..student };
        let start = replicate.start(plan, plan.student_hidden());
        let natural = strategy("natural").expect("a strategy of the registry");
        let pupil = replicate.pupil(&start, pool.view(), natural, Reading::AsShown, recipe);
        let mut account = replicate.open(plan.answers()[0], pool.nrows());
        let net = pupil
            .distill(&mut account)
            .map_err(|problem| RunError::of_student_size(replicate.number(), self.name().to_owned(), problem))?;
        let queries = account.log().queries();
        Ok(Trial {
            queries: queries.nrows(),
            asked_agreement: Some(replicate.exam().asked_agreement(&net, queries.view())),
            flops: Some(recipe.flops(&net, queries.nrows())),
            ..replicate.row(plan, self.name(), replicate.exam().grade(&net))
        })
    }
}
