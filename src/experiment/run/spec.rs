//! What a model of points is made from, as data: its size, start, examples and supervision, and whose random numbers.
//!
//! Two specs that are equal make the same model, however many experiments want it: see [`schedule`](super::schedule).
//! [`train`](super::train) makes it.

use std::fmt;

use crate::finding::Own;
use crate::oracle::Surface;
use crate::plan::Plan;
use crate::query::Strategy;
use crate::seed::Seed;
use crate::student::Targets;

/// The arm that has no teacher: true labels of the points that a natural student asks about.
pub(crate) const TRUTH: &str = "truth";

/// What a model is made from, apart from how many examples it gets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelSpec {
    /// How large it is, and so how it is trained.
    pub(crate) size: Size,
    /// What it is before its own training.
    pub(crate) start: Start,
    /// Where its examples come from.
    pub(crate) source: Source,
    /// What it learns about them.
    pub(crate) supervision: Supervision,
    /// How many times the steps of its size its own training takes.
    pub(crate) patience: usize,
    /// Whose random numbers it takes.
    pub(crate) seeds: Seeds,
}

/// The size of a model; its learning rate and steps are those of the plan for this size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// The teacher's.
    Teacher,
    /// A student's, with these hidden widths.
    Student(Vec<usize>),
}

/// What a model is before its own training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// Random weights.
    Scratch,
    /// A model trained on public data for half of the steps; the other half is left for its own training.
    Base,
}

/// Where examples come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The replicate's points to ask about, the same for every student.
    Pool,
    /// As many points of the same kind, drawn for this model alone.
    OwnPool,
    /// The teacher's own training examples, the first of them.
    Teachers,
    /// The replicate's examples for models that never met the teacher.
    Independent,
    /// As many of the same kind, drawn for this model alone.
    OwnIndependent,
    /// The public dataset, always as many: a budget means nothing here and is 0.
    Public,
}

/// What a model learns about its examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Supervision {
    /// The teacher's answers.
    Answers(Asking),
    /// The teacher's label for one example in so many, true labels for the others.
    Scraped(usize),
    /// True labels, without a teacher.
    Labels,
}

/// How a model asks its teacher.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    /// The kind of answer.
    pub(crate) surface: &'static dyn Surface,
    /// What chooses the queries.
    pub(crate) strategy: &'static dyn Strategy,
    /// What the student makes of the answers.
    pub(crate) targets: Targets,
}

impl Asking {
    /// Kinds of answer and strategies are told apart by their names.
    fn names(&self) -> (&str, &str, Targets) {
        (self.surface.name(), self.strategy.name(), self.targets)
    }
}

impl PartialEq for Asking {
    fn eq(&self, other: &Self) -> bool {
        self.names() == other.names()
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names().fmt(f)
    }
}

/// Whose random numbers a model takes for its first weights and for the order of its examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Seeds {
    /// Those of all students of the replicate: differences between them are paired.
    Replicate,
    /// Its own: children `start`, `batches`, `choosing`, `data` and `public` of this seed.
    Own(Seed),
    /// One stream of its own, first for the weights and then for the order.
    InTurn(Seed),
}

/// One model to train in every replicate.
#[derive(Clone)]
pub(crate) struct Job {
    /// What the experiment calls it in its records.
    pub(crate) arm: String,
    /// What it is made from.
    pub(crate) spec: ModelSpec,
    /// How many answers, or true labels, it gets.
    pub(crate) budget: usize,
    /// The experiment's own columns.
    pub(crate) own: Own,
}

impl ModelSpec {
    /// The plan's student, learning from answers of a kind as they are shown.
    pub(crate) fn from_answers(plan: &Plan, surface: &'static dyn Surface) -> Self {
        let (strategy, targets) = (plan.strategy(), Targets::AsShown);
        Self::student(plan, Supervision::Answers(Asking { surface, strategy, targets }))
    }

    /// The plan's student, learning from true labels of the points that a natural student asks about.
    pub(crate) fn from_truth(plan: &Plan) -> Self {
        Self::student(plan, Supervision::Labels)
    }

    /// The plan's student, learning from public data alone.
    pub(crate) fn from_public(plan: &Plan) -> Self {
        Self { source: Source::Public, ..Self::student(plan, Supervision::Labels) }
    }

    fn student(plan: &Plan, supervision: Supervision) -> Self {
        Self {
            size: Size::Student(plan.student_hidden().to_vec()),
            start: Start::Scratch,
            source: Source::Pool,
            supervision,
            patience: 1,
            seeds: Seeds::Replicate,
        }
    }

    /// A model that never met the teacher, on true labels.
    pub(crate) fn independent(size: Size, source: Source, seeds: Seeds) -> Self {
        Self { size, start: Start::Scratch, source, supervision: Supervision::Labels, patience: 1, seeds }
    }

    /// The same, keeping only the first choice of each answer.
    ///
    /// # Panics
    /// If it does not ask.
    pub(crate) fn first_choice_only(mut self) -> Self {
        self.asking().targets = Targets::FirstChoice;
        self
    }

    /// The same, choosing its queries by another strategy.
    ///
    /// # Panics
    /// If it does not ask.
    pub(crate) fn asking_by(mut self, strategy: &'static dyn Strategy) -> Self {
        self.asking().strategy = strategy;
        self
    }

    fn asking(&mut self) -> &mut Asking {
        match &mut self.supervision {
            Supervision::Answers(asking) => asking,
            other => panic!("a model that learns from {other:?} asks nobody"),
        }
    }

    /// The same, starting from a model that was trained on public data.
    pub(crate) fn on_base(self) -> Self {
        Self { start: Start::Base, ..self }
    }

    /// The same, with this many times the steps.
    pub(crate) fn with_steps_times(self, patience: usize) -> Self {
        Self { patience, ..self }
    }

    /// The jobs of this spec at each budget.
    pub(crate) fn at(&self, arm: &str, budgets: &[usize]) -> Vec<Job> {
        let job = |&budget: &usize| Job { arm: arm.to_owned(), spec: self.clone(), budget, own: Own::default() };
        budgets.iter().map(job).collect()
    }

    /// Whether a student that gets more queries trains those that get fewer on its way.
    pub(crate) fn adapts(&self) -> bool {
        matches!(self.supervision, Supervision::Answers(asking) if asking.strategy.adapts())
    }

    /// What it is made from in one line, for errors.
    pub(crate) fn describe(&self) -> String {
        let Self { size, start, source, supervision, patience, seeds } = self;
        let size = match size {
            Size::Teacher => "teacher's size".to_owned(),
            Size::Student(hidden) => format!("hidden {hidden:?}"),
        };
        let told = match supervision {
            Supervision::Answers(Asking { surface, strategy, targets }) => {
                let first = if *targets == Targets::FirstChoice { "first choice of " } else { "" };
                format!("{first}{} by {}", surface.name(), strategy.name())
            }
            Supervision::Scraped(part) => format!("labels, one in {part} scraped"),
            Supervision::Labels => "true labels".to_owned(),
        };
        let source = match source {
            Source::Pool | Source::OwnPool => "",
            Source::Teachers => " of the teacher's examples",
            Source::Independent | Source::OwnIndependent => " of independent examples",
            Source::Public => " of public examples",
        };
        let start = if *start == Start::Base { ", on a public base" } else { "" };
        let steps = if *patience == 1 { String::new() } else { format!(", {patience} times the steps") };
        let own = if *seeds == Seeds::Replicate { "" } else { ", by itself" };
        format!("{told}{source}, {size}{start}{steps}{own}")
    }
}

/// The sweep that compares answers with labels: the plan's student at every budget, from each kind of answer and, as
/// the control, from true labels.
pub(crate) fn answers_and_truth(plan: &Plan) -> Vec<Job> {
    let answers = plan.answers().iter().map(|&kind| (kind.name(), ModelSpec::from_answers(plan, kind)));
    let specs = answers.chain([(TRUTH, ModelSpec::from_truth(plan))]);
    specs.flat_map(|(arm, spec)| spec.at(arm, plan.budgets())).collect()
}
