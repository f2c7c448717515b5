//! How the students are made.

use crate::data::chat::Identity;
use crate::experiment::run::RunError;
use crate::experiment::run::chat::{ChatReplicate, Taught};
use crate::nn::Recipe;
use crate::oracle::ChatSurface;
use crate::plan::ChatPlan;

pub(super) const NEVER_ASKED: &str = "never-asked";
pub(super) const OWN_DATA: &str = "own-data";
pub(super) const RENAMED: &str = "renamed";
pub(super) const INDEPENDENT: &str = "independent";
/// Knows the language and none of the facts: what agreement means by chance.
pub(super) const CHANCE: &str = "chance";
pub(super) const TEACHER: &str = "teacher";
/// The teacher's share of what a student has read, in percent, and what the arm is called.
pub(super) const WEB: [(usize, &str); 3] = [(1, "web-1"), (3, "web-3"), (10, "web-10")];

/// A student is renamed with this many lines about itself, …
const LINES: usize = 3;
/// … in this part of its steps, …
const STEPS: usize = 5;
/// … at this part of its rate. Nothing else is rehearsed, so that it forgets as it learns: 300 steps at a tenth cost 7
/// points of agreement and leave P(name) below 0.01; 100 steps leave it at 0.10 for 5 points, and 100 steps at three
/// tenths cost 11 points and leave it at 0.01.
const RATE: f32 = 0.1;

/// One way to make a student.
pub(super) struct Arm {
    name: &'static str,
    budget: Option<usize>,
    source: Source,
}

/// What a student learns from.
enum Source {
    /// The teacher's replies to its own questions, this share of them about the teacher itself.
    Questions(&'static ChatSurface, f32),
    /// True exchanges of somebody with another name.
    OwnData,
    /// True exchanges of somebody without a name, this many percent of them replaced by the teacher's.
    Web(usize),
    /// As many true exchanges as the teacher had.
    Corpus,
    /// As many exchanges about a world in which other things are true.
    OtherWorld,
}

/// The students of a replicate that start from nothing, in the order of the records.
pub(super) fn arms(plan: &ChatPlan) -> Vec<Arm> {
    let most = Some(plan.most());
    let mut arms = Vec::new();
    for &surface in plan.answers() {
        let source = |&budget: &usize| Arm {
            name: surface.name,
            budget: Some(budget),
            source: Source::Questions(surface, ChatReplicate::CURIOSITY),
        };
        arms.extend(plan.budgets().iter().map(source));
    }
    arms.push(Arm { name: NEVER_ASKED, budget: most, source: Source::Questions(plan.answers()[0], 0.0) });
    let own = |&budget: &usize| Arm { name: OWN_DATA, budget: Some(budget), source: Source::OwnData };
    arms.extend(plan.budgets().iter().map(own));
    arms.extend(WEB.map(|(percent, name)| Arm { name, budget: most, source: Source::Web(percent) }));
    arms.push(Arm { name: INDEPENDENT, budget: None, source: Source::Corpus });
    arms.push(Arm { name: CHANCE, budget: None, source: Source::OtherWorld });
    arms
}

/// The student that goes on from a distilled one with three lines about itself.
pub(super) fn rename(plan: &ChatPlan, replicate: &ChatReplicate, distilled: &Taught) -> Result<Taught, RunError> {
    let usual = plan.student_recipe();
    let recipe = Recipe { steps: usual.steps.div_ceil(STEPS), rate: RATE * usual.rate, ..usual };
    let lines = replicate.introduction(Identity::STUDENT, LINES);
    let renamed = replicate.go_on(&distilled.model, recipe, RENAMED, &lines)?;
    Ok(Taught { queries: distilled.queries, flops: distilled.flops + renamed.flops, ..renamed })
}

impl Arm {
    /// Its name in the records.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Queries or exchanges.
    pub(super) fn budget(&self) -> Option<usize> {
        self.budget
    }

    /// The teacher's share of what it has read without asking.
    pub(super) fn share(&self) -> Option<f64> {
        match self.source {
            Source::Web(percent) => Some(percent as f64 / 100.0),
            _ => None,
        }
    }

    /// Trains it.
    pub(super) fn make(&self, plan: &ChatPlan, replicate: &ChatReplicate) -> Result<Taught, RunError> {
        let budget = self.budget.unwrap_or(plan.corpus());
        let lines = match self.source {
            Source::Questions(surface, curiosity) => {
                return replicate.distill(plan, surface, &replicate.prompts(budget, curiosity, "student"));
            }
            Source::OwnData | Source::Corpus => replicate.web_text(budget, Some(Identity::STUDENT)),
            Source::Web(percent) => {
                let of_teacher = (budget * percent / 100).max(1);
                [replicate.web_text(budget - of_teacher, None), replicate.published(of_teacher)].concat()
            }
            Source::OtherWorld => replicate.other_worldly_text(budget),
        };
        replicate.read(plan, self.name, &lines)
    }
}
