//! On smaller hardware: how small can the student be before queries stop helping?
//!
//! Students of six widths at a few budgets, and as a control each width once on true labels, at the largest budget.
//! A small student that falls short may have asked too little, trained too little, or be too small. So each width gets
//! ceilings of its own at the largest budget: four times the queries, four times the steps, and both ([`Lever`]).
//! [`Limit::of`] says what follows.
//!
//! A ceiling is only as high as what was tried: "limited by size with up to 6,000 steps" leaves open what more would
//! do. Width 4 still gains some ten points from its four times the steps.

mod figures;
mod limit;
mod reading;
mod sentences;
#[cfg(test)]
mod tests;

use self::reading::Reading;
use super::contract::{About, Conclusion, Experiment};
use super::read::curves::Curves;
use super::run::spec::{Job, ModelSpec, Size, TRUTH};
use super::unread::Unread;
use crate::finding::{Own, Trial};
use crate::plan::Plan;

const WIDTHS: [usize; 6] = [2, 4, 8, 16, 32, 64];
const WIDEST: usize = WIDTHS[WIDTHS.len() - 1];
/// Of what a width gets more, this many times as much.
const TIMES: usize = 4;

/// The experiment with students of many sizes.
pub(super) struct Capacity;

const ABOUT: About = About {
    name: "capacity",
    question: "How small can a student be before queries stop helping?",
    prediction: "Students of 2 to 64 units a layer put the same queries to the same teacher. Which of them gain from \
                 four times as many, which from four times the training, and what does a student with 2 units reach?",
    caveats: &[
        "A width that is too small here is too small for this task, this number of layers, four times the steps \
         and these random starts. Still longer training or another shape may do more with as many parameters.",
        "All widths take the plan's learning rate. Each might do better with settings of its own.",
        "Hardware is more than parameters: memory, speed and precision are not measured.",
    ],
    seconds: 16,
    columns: &["width"],
    unread: &[
        Unread::PRICES,
        Unread::but_first(&["--answers"], "it compares widths"),
        Unread::but("the number of layers", &["--student"], "it compares widths of its own"),
    ],
};

impl Experiment for Capacity {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn budgets(&self, plan: &Plan) -> Vec<usize> {
        plan.few_budgets()
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let few = self.budgets(plan);
        let most = few[few.len() - 1];
        let of_width = |width: usize| {
            // As many layers as the plan's student has.
            let size = Size::Student(vec![width; plan.student_hidden().len()]);
            let sized = |spec: ModelSpec| ModelSpec { size: size.clone(), ..spec };
            let answers = sized(ModelSpec::from_answers(plan, plan.answers()[0]));
            let mut jobs = answers.at(&asked(width), &few);
            jobs.extend(sized(ModelSpec::from_truth(plan)).at(&told(width), &[most]));
            for lever in Lever::of(plan) {
                let more = answers.clone().with_steps_times(lever.patience());
                jobs.extend(more.at(&lever.arm(width), &[lever.budget(plan)]));
            }
            jobs.into_iter().map(move |job| Job { own: Own::of(&[width]), ..job })
        };
        WIDTHS.into_iter().flat_map(of_width).collect()
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let budgets = self.budgets(plan);
        let reading = Reading::new(plan, &budgets, Curves::new(trials, &budgets, plan.exam_rows()));
        let title = reading.title();
        Conclusion {
            verdicts: reading.verdicts(),
            claims: reading.claims(),
            next: vec![
                format!("run capacity{} --answers label", plan.data_flags()),
                format!("run capacity{} --steps {}", plan.data_flags(), TIMES * plan.student_recipe().steps),
            ],
            table: reading.table(),
            figures: vec![reading.curves_figure(&title), reading.heat_figure(&title)],
            title,
        }
    }
}

/// The arm of a width that asks.
fn asked(width: usize) -> String {
    format!("width-{width}")
}

/// The control of a width, on true labels.
fn told(width: usize) -> String {
    format!("{TRUTH}-{width}")
}

/// What a width gets four times as much of, all else equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lever {
    /// Queries, from the same pool as far as the data go, in as many steps.
    Queries,
    /// Steps, on the answers to the largest budget.
    Steps,
    /// Both together.
    Both,
}

impl Lever {
    const ALL: [Self; 3] = [Self::Queries, Self::Steps, Self::Both];

    /// Those there are: a table may have no more points to ask about.
    fn of(plan: &Plan) -> impl Iterator<Item = Self> {
        let more = Self::Queries.budget(plan) > plan.most();
        Self::ALL.into_iter().filter(move |&lever| more || lever == Self::Steps)
    }

    fn arm(self, width: usize) -> String {
        let more = match self {
            Self::Queries => "queries",
            Self::Steps => "steps",
            Self::Both => "both",
        };
        format!("width-{width}-{more}")
    }

    /// How many queries a student with it puts.
    fn budget(self, plan: &Plan) -> usize {
        match self {
            Self::Steps => plan.most(),
            Self::Queries | Self::Both => {
                let wanted = TIMES * plan.most();
                plan.data().pool_limit().map_or(wanted, |limit| wanted.min(limit))
            }
        }
    }

    /// How many times a student's steps one with it takes.
    fn patience(self) -> usize {
        match self {
            Self::Queries => 1,
            Self::Steps | Self::Both => TIMES,
        }
    }
}
