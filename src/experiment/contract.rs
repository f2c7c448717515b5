//! What an experiment declares: what is said about it, what it trains, and what it reads from the records.
//!
//! An [`Experiment`] is about one [`Subject`]: teachers that classify points, or teachers that talk. It lists the
//! models of its sweep, which are trained for it in every replicate, and may look at a replicate by itself. Of all
//! replicates it sees the records alone: [`Experiment::conclude`] turns them into a title, verdicts and figures.

use serde::{Deserialize, Serialize};

use super::read::claims::Claim;
use super::read::curves::Curves;
use super::read::standing::Standing;
use super::run::chat::ChatReplicate;
use super::run::ensemble::Ensemble;
use super::run::replicate::Replicate;
use super::run::schedule::{self, Trained};
use super::run::spec::Job;
use super::run::{Chapter, RunError};
use super::unread::Unread;
use crate::finding::{Figure, Lineup, Own, Table, Talk, Trial, Watched};
use crate::oracle::{Chat, Points};
use crate::plan::{ChatPlan, Common, Home, Plan, PlanError, Request};
use crate::words::thousands;

/// What is said about an experiment, whatever its records say.
pub struct About {
    /// Its name on the command line and in the output folder.
    pub name: &'static str,
    /// What it asks, in one line.
    pub question: &'static str,
    /// What a reader might predict before looking.
    pub prediction: &'static str,
    /// What it does not show.
    pub caveats: &'static [&'static str],
    /// How long the default plan takes on two cores, in seconds.
    pub seconds: u32,
    /// Names of the columns that only this experiment has.
    pub columns: &'static [&'static str],
    /// Flags that it does not read.
    pub unread: &'static [Unread],
}

/// A question that can be put to the toy.
pub(crate) trait Experiment<S: Subject = Points>: Sync {
    /// What is said about it.
    fn about(&self) -> &'static About;
    /// The plan it has where the request says nothing.
    fn home(&self) -> Home {
        Home::default()
    }
    /// Whether it can be asked of this plan.
    ///
    /// # Errors
    /// [`PlanError`] that says what is missing.
    fn check(&self, _plan: &S::Plan) -> Result<(), PlanError> {
        Ok(())
    }
    /// Whether it can be asked of a teacher that is somebody else's: it opens accounts under no terms of its own, and
    /// neither looks at the teacher nor trains it again.
    fn asks_others(&self) -> bool {
        false
    }
    /// The budgets that it uses of a plan, rising; none where it asks as much as it needs.
    fn budgets(&self, plan: &S::Plan) -> Vec<usize> {
        S::common(plan).budgets().to_vec()
    }
    /// The models to train in each replicate, besides the references. Models that talk come from a study instead.
    fn sweep(&self, _plan: &S::Plan) -> Vec<Job> {
        Vec::new()
    }
    /// Its own columns in a replicate, a row for each job of the sweep: for an experiment that measures more than its
    /// students.
    fn annotate(&self, _replicate: &S::Replicate, sweep: &[Job]) -> Vec<Own> {
        sweep.iter().map(|job| job.own.clone()).collect()
    }
    /// For an experiment that does more in a replicate than train its sweep: prepares what serves all replicates, and
    /// returns what looks at one of them.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn study<'a>(&'a self, _plan: &'a S::Plan, _journal: &Chapter) -> Result<Option<Study<'a, S>>, RunError> {
        Ok(None)
    }
    /// How many models its study trains for this number of replicates.
    fn models_of_study(&self, _plan: &S::Plan, _replicates: usize) -> usize {
        0
    }
    /// What it shows of the first replicate.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn exhibit(&self, _plan: &S::Plan, _replicate: &S::Replicate) -> Result<Exhibits, RunError> {
        Ok(Exhibits::default())
    }
    /// Reads the finding from the records of all replicates.
    fn conclude(&self, plan: &S::Plan, trials: &[Trial]) -> Conclusion;
    /// Suspects to judge, for an experiment that has some.
    fn lineup(&self, _plan: &S::Plan, _trials: &[Trial]) -> Option<Lineup> {
        None
    }
}

/// Looks at a replicate: rows of records that come after those of the sweep and before the references, and exhibits
/// that come after the others.
pub(crate) type Study<'a, S> =
    Box<dyn Fn(&<S as Subject>::Replicate, &Chapter) -> Result<(Vec<Trial>, Exhibits), RunError> + Sync + 'a>;

/// What the records say, in words and figures.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Conclusion {
    /// The finding in one sentence.
    pub(crate) title: String,
    /// Verdict lines.
    pub(crate) verdicts: Vec<String>,
    /// What they claim, as data.
    pub(crate) claims: Vec<Claim>,
    /// Commands to try next, without the program's name: `run budget --seed 1`.
    pub(crate) next: Vec<String>,
    /// The compact table.
    pub(crate) table: Table,
    /// The pictures that show all replicates.
    pub(crate) figures: Vec<Figure>,
}

/// What is shown of the first replicate: pictures of single models, and things that a page lets a reader try.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exhibits {
    /// In reading order.
    pub figures: Vec<Figure>,
    /// Accounts seen from both sides of the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "wall")]
    pub watched: Option<Watched>,
    /// Models to talk to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk: Option<Talk>,
}

impl Conclusion {
    /// The same with what the teachers know: as a verdict, and first of all in titles where that is nothing.
    pub(super) fn after(mut self, standing: &Standing) -> Self {
        for figure in self.figures.iter_mut().filter(|figure| figure.title == self.title) {
            figure.title = standing.warn(std::mem::take(&mut figure.title));
        }
        self.title = standing.warn(self.title);
        self.verdicts.push(standing.verdict());
        self
    }
}

impl Exhibits {
    /// Figures alone.
    pub(crate) fn of(figures: Vec<Figure>) -> Self {
        Self { figures, ..Self::default() }
    }

    /// These, then others.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.figures.extend(others.figures);
        Self { figures: self.figures, watched: self.watched.or(others.watched), talk: self.talk.or(others.talk) }
    }
}

/// Where the examples of a plan come from.
pub(crate) struct Data<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// A fingerprint of what the flags of the plan name and do not make.
    pub(crate) contents: u64,
    /// Things to know about how it was read.
    pub(crate) remarks: &'a [String],
    /// What the teacher learns from: "10,000 labels"; `None` where it is somebody else's.
    pub(crate) lessons: Option<String>,
}

/// What experiments are about, and how it is run.
pub(crate) trait Subject: Sized + 'static {
    /// The checked settings of a run.
    type Plan: Sync;
    /// Everything drawn anew, with its teacher.
    type Replicate: Sync;
    /// What is made once for all replicates.
    type Shared: Sync;

    /// Checks a request, filling in what suits an experiment's home.
    ///
    /// # Errors
    /// [`PlanError`] where the request is no plan.
    fn plan(home: Home, request: &Request) -> Result<Self::Plan, PlanError>;
    /// Whether the teacher of a plan is somebody else's.
    fn is_remote(plan: &Self::Plan) -> bool;
    /// What every plan has.
    fn common(plan: &Self::Plan) -> &Common;
    /// The settings of a plan, as (name, value) pairs in reading order.
    fn settings(plan: &Self::Plan) -> Vec<(String, String)>;
    /// Where its examples come from.
    fn data(plan: &Self::Plan) -> Data<'_>;
    /// Makes what serves all replicates.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn prepare(plan: &Self::Plan, journal: &Chapter) -> Result<Self::Shared, RunError>;
    /// Draws a replicate and trains its teacher.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn draw(plan: &Self::Plan, number: usize) -> Result<Self::Replicate, RunError>;
    /// Trains the sweeps of several experiments, and the references, in a replicate.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    fn train(
        plan: &Self::Plan,
        replicate: &Self::Replicate,
        shared: &Self::Shared,
        sweeps: &[Vec<Job>],
        journal: &Chapter,
    ) -> Result<Trained, RunError>;
    /// How many models are trained for these sweeps in this number of replicates, with teachers and references.
    fn models(plan: &Self::Plan, sweeps: &[Vec<Job>], replicates: usize) -> usize;
    /// What the teachers know, where that has to be said beside a conclusion.
    fn standing(plan: &Self::Plan, trials: &[Trial]) -> Option<Standing>;
}

impl Subject for Points {
    type Plan = Plan;
    type Replicate = Replicate;
    type Shared = Option<Ensemble>;

    fn plan(home: Home, request: &Request) -> Result<Plan, PlanError> {
        Plan::check_at(home, request)
    }

    fn is_remote(plan: &Plan) -> bool {
        plan.remote().is_some()
    }

    fn common(plan: &Plan) -> &Common {
        plan.common()
    }

    fn settings(plan: &Plan) -> Vec<(String, String)> {
        plan.settings()
    }

    fn data(plan: &Plan) -> Data<'_> {
        let own = plan.remote().is_none();
        let (data, lessons) = (plan.data(), own.then(|| format!("{} labels", thousands(plan.sizes().training))));
        Data { name: data.name(), contents: data.contents(), remarks: data.remarks(), lessons }
    }

    fn prepare(plan: &Plan, journal: &Chapter) -> Result<Option<Ensemble>, RunError> {
        Ensemble::of_plan(plan, journal)
    }

    fn draw(plan: &Plan, number: usize) -> Result<Replicate, RunError> {
        Replicate::build(plan, number)
    }

    fn train(
        plan: &Plan,
        replicate: &Replicate,
        ensemble: &Option<Ensemble>,
        sweeps: &[Vec<Job>],
        journal: &Chapter,
    ) -> Result<Trained, RunError> {
        schedule::train(plan, replicate, ensemble.as_ref(), sweeps, journal)
    }

    fn models(plan: &Plan, sweeps: &[Vec<Job>], replicates: usize) -> usize {
        schedule::models(plan, sweeps, replicates)
    }

    fn standing(plan: &Plan, trials: &[Trial]) -> Option<Standing> {
        Standing::of(&Curves::of(plan, trials))
    }
}

/// Teachers that talk have no references in common: each experiment trains what it compares with.
impl Subject for Chat {
    type Plan = ChatPlan;
    type Replicate = ChatReplicate;
    type Shared = ();

    fn plan(_home: Home, request: &Request) -> Result<ChatPlan, PlanError> {
        ChatPlan::check(request)
    }

    fn is_remote(_plan: &ChatPlan) -> bool {
        false
    }

    fn common(plan: &ChatPlan) -> &Common {
        plan.common()
    }

    fn settings(plan: &ChatPlan) -> Vec<(String, String)> {
        plan.settings()
    }

    fn data(plan: &ChatPlan) -> Data<'_> {
        let lessons = Some(format!("{} exchanges", thousands(plan.corpus())));
        Data { name: ChatPlan::DATA, contents: 0, remarks: &[], lessons }
    }

    fn prepare(_plan: &ChatPlan, _journal: &Chapter) -> Result<(), RunError> {
        Ok(())
    }

    fn draw(plan: &ChatPlan, number: usize) -> Result<ChatReplicate, RunError> {
        ChatReplicate::build(plan, number)
    }

    fn train(
        _plan: &ChatPlan,
        _replicate: &ChatReplicate,
        _shared: &(),
        sweeps: &[Vec<Job>],
        _journal: &Chapter,
    ) -> Result<Trained, RunError> {
        assert!(sweeps.iter().all(Vec::is_empty), "a job makes a model of points: models that talk come from a study");
        Ok(Trained { sweeps: sweeps.iter().map(|_| Vec::new()).collect(), references: Vec::new() })
    }

    fn models(_plan: &ChatPlan, _sweeps: &[Vec<Job>], replicates: usize) -> usize {
        replicates
    }

    fn standing(_plan: &ChatPlan, _trials: &[Trial]) -> Option<Standing> {
        None
    }
}
