//! The checked settings of a run. A [`Request`] is what somebody asked for; a [`Plan`] is what can be run.
//!
//! The fields of a plan are private and [`Plan::check`] is the only way to make one: past that line there is no budget
//! of zero, no empty layer, no query that the pool cannot supply. Two plans are the same where their
//! [`Plan::flags`] are, and the flags make the plan again.
//!
//! ```
//! use distill_lab::plan::{Plan, Request};
//!
//! let request = Request { budgets: Some("100,10, 30".into()), student: Some("8".into()), ..Request::default() };
//! let plan = Plan::check(&request)?;
//! assert_eq!(plan.budgets(), [10, 30, 100]);
//! assert_eq!(plan.student_widths(), [2, 8, 5]);
//! assert_eq!(plan.flags(), " --budgets 10,30,100 --student 8");
//! # Ok::<(), distill_lab::plan::PlanError>(())
//! ```

mod budgets;
mod chat;
mod common;
mod defaults;
mod error;
mod home;
mod prices;
mod remote;
mod request;
mod spelling;
#[cfg(test)]
mod tests;
mod widths;

use std::sync::Arc;

use crate::data::{self, Dataset, Sizes, TableOptions};
use crate::nn::Recipe;
use crate::oracle::{SURFACES, Surface, surface};
use crate::query::{STRATEGIES, Strategy, strategy};
use crate::remote::RemoteTeacher;

use defaults::Defaults;
use spelling::{Flag, dash, join, recipe, spelled, text};

pub use chat::ChatPlan;
pub use common::Common;
pub use error::PlanError;
pub use home::Home;
pub use prices::Prices;
pub use remote::Remote;
pub use request::Request;

/// What the answers are where nobody says otherwise.
const ANSWERS: [&str; 2] = ["probabilities", "label"];
const STRATEGY: &str = "natural";
/// Settings that can be run.
#[derive(Clone)]
pub struct Plan {
    common: Common,
    data: Arc<dyn Dataset>,
    answers: Vec<&'static dyn Surface>,
    strategy: &'static dyn Strategy,
    prices: Prices,
    remote: Option<Remote>,
    /// Whom the students ask, where that is not the replicate's own teacher.
    asked: Option<Arc<RemoteTeacher>>,
}

impl Plan {
    /// Checks a request, filling in what suits the dataset.
    ///
    /// # Errors
    /// [`PlanError`], which names the flag, says what is wrong with it and what to write instead.
    pub fn check(request: &Request) -> Result<Self, PlanError> {
        Self::check_at(Home::default(), request)
    }

    /// The same for an experiment with defaults of its own.
    ///
    /// # Errors
    /// As for [`Plan::check`].
    pub fn check_at(home: Home, request: &Request) -> Result<Self, PlanError> {
        if request.data.as_deref() == Some(ChatPlan::DATA) {
            let cure = "ask it of teachers that talk: run identity";
            return Err(PlanError::new("--data", ChatPlan::DATA, "a language has no points to classify", cure));
        }
        let options = TableOptions { label: request.label.as_deref(), drop_missing: request.drop_missing };
        let data = data::open(request.data.as_deref().unwrap_or(home.data), options)?;
        let defaults = Defaults::of(&*data, home, request.quick);
        let answers = match &request.answers {
            None => ANSWERS.iter().filter_map(|name| surface(name)).collect(),
            Some(names) => answers(names, SURFACES, |kind| kind.name())?,
        };
        let strategy_name = request.strategy.as_deref().unwrap_or(STRATEGY);
        let known = STRATEGIES.iter().map(|strategy| strategy.name());
        let strategy = strategy(strategy_name).ok_or_else(|| PlanError::unknown("--strategy", strategy_name, known))?;
        if let Some(reason) = strategy.refusal(&*data) {
            let suited = STRATEGIES.iter().filter(|other| other.refusal(&*data).is_none()).map(|other| other.name());
            let cure = format!("choose from {}", suited.collect::<Vec<_>>().join(", "));
            return Err(PlanError::new("--strategy", strategy_name, reason, cure));
        }
        let remote = Remote::check(request, &answers)?;
        let common = Common::check(request, &defaults)?;
        if let (Some(limit), Some(&largest)) = (data.pool_limit(), common.budgets.last())
            && largest > limit
        {
            return Err(PlanError::budget_past_pool(largest, limit, data.name()));
        }
        let prices = Prices::check(request)?;
        let mut plan = Self { common, data, answers, strategy, prices, remote, asked: None };
        plan.common.flags = plan.all_flags(home, request, &defaults);
        Ok(plan)
    }

    /// The flags that make this plan, in a fixed order and spelling, without those that say what is so anyway.
    pub fn flags(&self) -> String {
        self.common.flags()
    }

    /// What every plan has.
    pub fn common(&self) -> &Common {
        &self.common
    }

    fn all_flags(&self, home: Home, request: &Request, defaults: &Defaults) -> Vec<Flag> {
        let names: Vec<&str> = self.answers.iter().map(|surface| surface.name()).collect();
        let flag = |name, said, differs, value| Flag { name, said, differs, value };
        let (data, answers) = (request.data.as_deref(), request.answers.is_some());
        let mut flags = vec![
            flag("--quick", request.quick, request.quick, String::new()),
            flag("--data", data.is_some(), data.is_some_and(|data| data != home.data), text(&request.data)),
            flag("--label", request.label.is_some(), request.label.is_some(), text(&request.label)),
            flag("--drop-missing", request.drop_missing, request.drop_missing, String::new()),
            flag("--teacher-url", self.remote.is_some(), self.remote.is_some(), text(&self.teacher_url())),
            flag("--output", request.output.is_some(), request.output.is_some(), text(&request.output)),
            // Who says the answers wants these, also where an experiment would compare all there are.
            flag("--answers", answers, answers, names.join(",")),
            flag(
                "--strategy",
                request.strategy.is_some(),
                self.strategy.name() != STRATEGY,
                self.strategy.name().to_owned(),
            ),
        ];
        flags.extend(self.common.own_flags(request, defaults));
        flags.extend(self.prices.flags(request));
        flags
    }

    /// The value given for a flag, even if it is the default.
    pub fn said(&self, flag: &str) -> Option<&str> {
        self.common.said(flag)
    }

    /// The flags that name the data, and a teacher that is somebody else's.
    pub fn data_flags(&self) -> String {
        let names = ["--data", "--label", "--drop-missing", "--teacher-url", "--output"];
        spelled(self.common.flags.iter().filter(|flag| names.contains(&flag.name)))
    }

    /// The teacher that is somebody else's, where that is so.
    pub fn remote(&self) -> Option<&Remote> {
        self.remote.as_ref()
    }

    /// Whom the students ask, where that is not the replicate's own teacher: [`Plan::asking`].
    pub fn asked(&self) -> Option<&Arc<RemoteTeacher>> {
        self.asked.as_ref()
    }

    /// The same plan with the teacher that [`Plan::remote`] names.
    #[must_use]
    pub fn asking(&self, teacher: Arc<RemoteTeacher>) -> Self {
        Self { asked: Some(teacher), ..self.clone() }
    }

    /// What is left of the plan where not all can be had: as many replicates, the first so many budgets, and so many
    /// points of the exam. Its flags stay those of the whole.
    ///
    /// # Panics
    /// If nothing of one of them is left.
    #[must_use]
    pub fn cut(&self, replicates: usize, budgets: usize, test: usize) -> Self {
        assert!(replicates > 0 && budgets > 0 && test > 0, "something is left");
        let mut plan = self.clone();
        plan.common.replicates = replicates.min(plan.common.replicates);
        plan.common.budgets.truncate(budgets);
        plan.common.sizes.test = test.min(plan.common.sizes.test);
        plan
    }

    fn teacher_url(&self) -> Option<String> {
        self.remote.as_ref().map(|remote| remote.address().to_string())
    }

    /// Where examples come from.
    pub fn data(&self) -> &dyn Dataset {
        &*self.data
    }

    /// Query budgets, rising, at least one, none zero.
    pub fn budgets(&self) -> &[usize] {
        &self.common.budgets
    }

    /// The largest budget.
    pub fn most(&self) -> usize {
        self.common.budgets[self.common.budgets.len() - 1]
    }

    /// For an experiment with a sweep of its own besides the budgets: every other budget, counted from the largest.
    /// All of them where they were given, or where they are few.
    pub fn few_budgets(&self) -> Vec<usize> {
        const FEW: usize = 6;
        let every = if self.said("--budgets").is_some() || self.common.budgets.len() <= FEW { 1 } else { 2 };
        let mut few: Vec<usize> = self.common.budgets.iter().rev().step_by(every).copied().collect();
        few.reverse();
        few
    }

    /// The budgets up to `most`, or all of them where they were given or where none is as small.
    pub fn budgets_to(&self, most: usize) -> Vec<usize> {
        let small: Vec<usize> = self.common.budgets.iter().copied().filter(|&budget| budget <= most).collect();
        if self.said("--budgets").is_some() || small.is_empty() { self.common.budgets.clone() } else { small }
    }

    /// The few budgets from `least` on, the largest in any case; all budgets where they were given.
    pub fn few_budgets_from(&self, least: usize) -> Vec<usize> {
        let few = self.few_budgets();
        let small = few.iter().take_while(|&&budget| budget < least).count().min(few.len() - 1);
        few[if self.said("--budgets").is_some() { 0 } else { small }..].to_vec()
    }

    /// Kinds of answer to compare, at least one.
    pub fn answers(&self) -> &[&'static dyn Surface] {
        &self.answers
    }

    /// For an experiment about kinds of answer: all there are, or those that were given.
    pub fn answer_kinds(&self) -> Vec<&'static dyn Surface> {
        if self.said("--answers").is_some() { self.answers.clone() } else { SURFACES.to_vec() }
    }

    /// How queries are chosen.
    pub fn strategy(&self) -> &'static dyn Strategy {
        self.strategy
    }

    /// Replicates to draw, at least one.
    pub fn replicates(&self) -> usize {
        self.common.replicates
    }

    /// The master seed.
    pub fn seed(&self) -> u64 {
        self.common.seed
    }

    /// Rows of the exam, different ones, in all replicates together: what shares of it are shares of.
    pub fn exam_rows(&self) -> usize {
        let drawn = self.common.sizes.test.saturating_mul(self.common.replicates);
        self.data.exam_limit().map_or(drawn, |limit| limit.min(drawn)).max(1)
    }

    /// Examples per part of a replicate.
    pub fn sizes(&self) -> Sizes {
        self.common.sizes
    }

    /// Widths of the teacher, input first and classes last.
    pub fn teacher_widths(&self) -> Vec<usize> {
        self.data.around(&self.common.teacher)
    }

    /// Widths of a student, input first and classes last.
    pub fn student_widths(&self) -> Vec<usize> {
        self.data.around(&self.common.student)
    }

    /// How the teacher, and every model of its size, is trained.
    pub fn teacher_recipe(&self) -> Recipe {
        self.common.teacher_recipe
    }

    /// How a student is trained.
    pub fn student_recipe(&self) -> Recipe {
        self.common.student_recipe
    }

    /// What labels, queries and operations cost.
    pub fn prices(&self) -> Prices {
        self.prices
    }

    /// The settings a reader may want to know, as (name, value) in reading order.
    pub fn settings(&self) -> Vec<(String, String)> {
        let names: Vec<&str> = self.answers.iter().map(|surface| surface.name()).collect();
        // Nobody here knows the size of a teacher that is somebody else's: independent models have the one of the plan.
        let [sized, trained] = match self.remote {
            None => ["teacher", "teacher training"],
            Some(_) => ["independent model", "its training"],
        };
        let pairs = [
            ("data", self.data.name().to_owned()),
            ("classes", self.data.classes().len().to_string()),
            ("training examples", self.common.sizes.training.to_string()),
            ("test points", self.common.sizes.test.to_string()),
            (sized, dash(&self.teacher_widths())),
            (trained, recipe(&self.common.teacher_recipe)),
            ("student", dash(&self.student_widths())),
            ("student training", recipe(&self.common.student_recipe)),
            ("weight decay", self.common.student_recipe.decay.to_string()),
            ("answers", names.join(", ")),
            ("strategy", self.strategy.name().to_owned()),
            ("budgets", join(&self.common.budgets)),
            ("replicates", self.common.replicates.to_string()),
            ("prices", self.prices.to_string()),
        ];
        let remote = self.teacher_url().map(|url| ("teacher", url));
        remote.into_iter().chain(pairs).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Hidden widths of a student.
    pub fn student_hidden(&self) -> &[usize] {
        &self.common.student
    }
}

/// The kinds of answer of these names, each once.
fn answers<T: Copy>(
    names: &[String],
    registry: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Result<Vec<T>, PlanError> {
    let mut chosen: Vec<T> = Vec::new();
    for name in names {
        let kind = registry.iter().copied().find(|&kind| name_of(kind) == name.trim());
        let known = registry.iter().map(|&kind| name_of(kind));
        let kind = kind.ok_or_else(|| PlanError::unknown("--answers", name, known))?;
        if chosen.iter().all(|&other| name_of(other) != name_of(kind)) {
            chosen.push(kind);
        }
    }
    match registry.first() {
        Some(&first) if chosen.is_empty() => {
            let cure = format!("name one, such as {}", name_of(first));
            Err(PlanError::new("--answers", "", "no kind of answer is named", cure))
        }
        _ => Ok(chosen),
    }
}
