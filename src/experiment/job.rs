//! What there is to train: a declaration, so that equal models of different experiments are trained once.

use super::telling::TRUTH;
use crate::plan::Plan;
use crate::student::Reading;

/// What a student is made from, apart from how many examples it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSpec {
    /// Where its targets come from.
    pub supervision: Supervision,
    /// Its hidden widths.
    pub hidden: Vec<usize>,
    /// What it starts from.
    pub start: Start,
    /// How many times the steps of the plan's student its own training takes.
    pub patience: usize,
}

/// What a student is before its own training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Random weights.
    Scratch,
    /// A model trained on public data for half of a student's steps; the other half is left for the student's own
    /// training.
    Base,
}

/// Where a student's targets come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supervision {
    /// From the teacher, by asking.
    Answers {
        /// The kind of answer, by name.
        surface: &'static str,
        /// The strategy that chooses the queries, by name.
        strategy: &'static str,
        /// What the student makes of the answers.
        reading: Reading,
    },
    /// True labels of the first points of the pool, without a teacher.
    Truth,
    /// True labels of public data and nothing of this replicate; a budget means nothing here and is 0. On a base, a
    /// second cycle of the learning rate on the data that the base learned from.
    Public,
}

/// One model to train in every replicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What the experiment calls it in its records.
    pub arm: String,
    /// What it is made from.
    pub spec: ModelSpec,
    /// How many answers, or true labels, it gets.
    pub budget: usize,
    /// The values of the experiment's own columns.
    pub extra: Vec<String>,
}

impl ModelSpec {
    /// The plan's student, learning from answers of a kind as they are shown.
    pub fn from_answers(plan: &Plan, surface: &'static str) -> Self {
        let (strategy, reading) = (plan.strategy().name(), Reading::AsShown);
        Self::of(plan, Supervision::Answers { surface, strategy, reading })
    }

    /// The plan's student, learning from true labels.
    pub fn from_truth(plan: &Plan) -> Self {
        Self::of(plan, Supervision::Truth)
    }

    /// The plan's student, learning from public data alone.
    pub fn from_public(plan: &Plan) -> Self {
        Self::of(plan, Supervision::Public)
    }

    /// The same, keeping only the first choice of each answer.
    pub fn first_choice_only(mut self) -> Self {
        if let Supervision::Answers { reading, .. } = &mut self.supervision {
            *reading = Reading::FirstChoice;
        }
        self
    }

    /// The same, choosing its queries by another strategy.
    pub fn asking_by(mut self, name: &'static str) -> Self {
        if let Supervision::Answers { strategy, .. } = &mut self.supervision {
            *strategy = name;
        }
        self
    }

    /// The same, starting from a model that was trained on public data.
    pub fn on_base(self) -> Self {
        Self { start: Start::Base, ..self }
    }

    /// The same, with this many times the steps.
    pub fn with_steps_times(self, patience: usize) -> Self {
        Self { patience, ..self }
    }

    fn of(plan: &Plan, supervision: Supervision) -> Self {
        Self { supervision, hidden: plan.student_hidden().to_vec(), start: Start::Scratch, patience: 1 }
    }

    /// Its name in a journal. The first word is an older name of this type; it stays, so that older journals can be
    /// read.
    pub(super) fn journal_key(&self) -> String {
        let Self { supervision, hidden, start, patience } = self;
        format!("Make {{ lesson: {supervision:?}, hidden: {hidden:?}, start: {start:?}, patience: {patience:?} }}")
    }

    /// The jobs of this spec at each budget.
    pub fn at(&self, arm: &str, budgets: &[usize]) -> Vec<Job> {
        let job = |&budget: &usize| Job { arm: arm.to_owned(), spec: self.clone(), budget, extra: Vec::new() };
        budgets.iter().map(job).collect()
    }
}

/// The sweep that compares answers with labels: the plan's student at every budget, from each kind of answer and, as
/// the control, from true labels.
pub(super) fn answers_and_truth(plan: &Plan) -> Vec<Job> {
    let answers = plan.answers().iter().map(|kind| (kind.name(), ModelSpec::from_answers(plan, kind.name())));
    let specs = answers.chain([(TRUTH, ModelSpec::from_truth(plan))]);
    specs.flat_map(|(arm, spec)| spec.at(arm, plan.budgets())).collect()
}
