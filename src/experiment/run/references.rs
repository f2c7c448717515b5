//! What an agreement is compared with: a curve without these lines means nothing.

use super::RunError;
use super::ensemble::{Ensemble, MEMBERS};
use super::replicate::Replicate;
use super::spec::{ModelSpec, Seeds, Size, Source};
use super::train::{Student, Trainer};
use crate::finding::Trial;
use crate::nn;
use crate::plan::Plan;
use crate::query::Natural;

/// The ceiling asks this many times the pool of queries, as far as the data go, …
const CEILING_QUERIES: usize = 4;
/// … and takes this many times a student's steps.
const CEILING_STEPS: usize = 4;

/// A model that every experiment is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
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
    pub(crate) const ALL: [Self; 9] = [
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

    /// Those of a plan: a teacher that is somebody else's cannot be trained again, nor asked without end.
    pub(crate) fn of(plan: &Plan) -> impl Iterator<Item = Self> {
        let remote = plan.remote().is_some();
        Self::ALL.into_iter().filter(move |reference| !(remote && matches!(reference, Self::Retrained | Self::Ceiling)))
    }

    /// Those that a figure shows as lines, from the top.
    pub(crate) const LINES: [Self; 7] = [
        Self::Ceiling,
        Self::Retrained,
        Self::Ensemble,
        Self::Bayes,
        Self::Independent,
        Self::IndependentSmall,
        Self::Chance,
    ];

    /// How many models it trains in each replicate; an ensemble that serves all replicates is trained before them.
    pub(crate) fn models(self, shared_ensemble: bool) -> usize {
        match self {
            Self::Retrained | Self::Independent | Self::Ceiling | Self::IndependentSmall => 1,
            Self::Ensemble if !shared_ensemble => MEMBERS,
            Self::Ensemble | Self::Chance | Self::Teacher | Self::Bayes | Self::Constant => 0,
        }
    }

    /// Its name in the records.
    pub(crate) fn name(self) -> &'static str {
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
    pub(crate) fn label(self) -> &'static str {
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
    pub(crate) fn train(
        self,
        plan: &Plan,
        replicate: &Replicate,
        shared: Option<&Ensemble>,
    ) -> Result<Option<Trial>, RunError> {
        let (exam, sizes) = (replicate.exam(), plan.sizes());
        let row = |grades| replicate.row(plan, self.name(), grades);
        let trained = |spec: &ModelSpec, examples: usize| -> Result<Trial, RunError> {
            let student: Student = Trainer::of(plan, replicate).train_one(spec, examples)?;
            Ok(Trial { arm: self.name().to_owned(), budget: None, ..replicate.record(plan, &student) })
        };
        let independent = |size: Size, source: Source| {
            ModelSpec::independent(size, source, Seeds::InTurn(replicate.seed(self.name())))
        };
        let small = || Size::Student(plan.student_hidden().to_vec());
        Ok(Some(match self {
            Self::Retrained => trained(&independent(Size::Teacher, Source::Teachers), sizes.training)?,
            Self::Independent => trained(&independent(Size::Teacher, Source::Independent), sizes.independent)?,
            Self::IndependentSmall => trained(&independent(small(), Source::Independent), sizes.independent)?,
            Self::Ceiling => {
                let spec = ModelSpec::from_answers(plan, plan.answers()[0]).asking_by(&Natural);
                let wanted = CEILING_QUERIES * sizes.pool;
                let queries = plan.data().pool_limit().map_or(wanted, |limit| limit.min(wanted));
                trained(&spec.with_steps_times(CEILING_STEPS), queries)?
            }
            Self::Ensemble => {
                let own = if shared.is_none() { Some(Ensemble::of_replicate(plan, replicate)?) } else { None };
                let ensemble = shared.or(own.as_ref()).expect("one of the two");
                Trial { flops: Some(ensemble.flops()), ..row(exam.grade(&nn::Ensemble(&ensemble.members()))) }
            }
            Self::Bayes => match plan.data().posterior() {
                Some(posterior) => row(exam.grade_rule(posterior)),
                None => return Ok(None),
            },
            Self::Chance => row(exam.grade_chance()),
            Self::Constant => row(exam.grade_constant()),
            Self::Teacher => {
                let own = plan.remote().is_none();
                Trial { flops: own.then(|| exam.examiner().training_flops()), ..row(exam.grade_teacher()) }
            }
        }))
    }
}
