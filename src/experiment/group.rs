//! Experiments whose plans are the same share replicates: what they have in common is drawn and trained once.

mod remote;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::contract::{About, Conclusion, Data, Exhibits, Experiment, Subject};
use super::read::claims::Claim;
use super::read::curves::rounded;
use super::read::records;
use super::registry::{Kind, Listed};
use super::run::{Bought, Chapter, RunError, Shard, in_order};
use super::show::sentences::bought;
use crate::audit::statistics::{Estimate, Verdict};
use crate::finding::{self, Finding, Trial};
use crate::oracle::{Chat, Points};
use crate::plan::{Common, Home, Plan, PlanError, Request};

/// The records of one experiment and what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// One row per model: by replicate, then as the experiment lists them, the references last.
    pub trials: Vec<Trial>,
    /// What they say.
    pub finding: Finding,
    /// Names of the columns that only this experiment has.
    pub columns: &'static [&'static str],
}

/// What one experiment saw in some replicates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// As in a [`Run`], of these replicates only.
    pub trials: Vec<Trial>,
    /// Of the first replicate, if it is among them.
    pub exhibits: Exhibits,
}

/// A plan and the experiments to run on its replicates, at least one.
pub struct Group {
    request: Request,
    members: Members,
}

enum Members {
    Points(GroupOf<Points>),
    Chat(GroupOf<Chat>),
}

/// The experiments of a group, all of one subject.
struct GroupOf<S: Subject> {
    plan: S::Plan,
    experiments: Vec<&'static dyn Experiment<S>>,
    /// What was bought of a teacher that is somebody else's.
    bought: Option<Bought>,
}

impl Group {
    /// Groups experiments that share defaults, in the order of the first of each group.
    ///
    /// # Errors
    /// [`PlanError`] where the request is no plan, or where one of the experiments cannot be asked of it.
    pub fn sort(experiments: &[Listed], request: &Request) -> Result<Vec<Self>, PlanError> {
        let mut groups: Vec<(Home, Self)> = Vec::new();
        for experiment in experiments {
            match experiment.0 {
                Kind::Points(own) => add(&mut groups, own, request, Members::Points, |members| match members {
                    Members::Points(group) => Some(group),
                    Members::Chat(_) => None,
                })?,
                Kind::Chat(own) => add(&mut groups, own, request, Members::Chat, |members| match members {
                    Members::Chat(group) => Some(group),
                    Members::Points(_) => None,
                })?,
            }
        }
        let groups: Vec<Self> = groups.into_iter().map(|(_, group)| group).collect();
        groups.iter().try_for_each(|group| group.members().check())?;
        Ok(groups)
    }

    fn members(&self) -> &dyn AnyGroup {
        match &self.members {
            Members::Points(group) => group,
            Members::Chat(group) => group,
        }
    }

    /// What was asked for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The experiments, in their order.
    pub fn experiments(&self) -> Vec<&'static About> {
        self.members().experiments()
    }

    /// The flags that make its plan.
    pub fn flags(&self) -> String {
        self.members().common().flags()
    }

    /// The same one by one, as a program takes them.
    pub fn arguments(&self) -> Vec<String> {
        self.members().common().arguments()
    }

    /// Replicates to draw.
    pub fn replicates(&self) -> usize {
        self.members().common().replicates()
    }

    /// The value given for a flag, even if it is the default.
    pub(crate) fn said(&self, flag: &str) -> Option<&str> {
        self.members().common().said(flag)
    }

    /// A fingerprint of the data that its flags name and do not make.
    pub fn contents(&self) -> u64 {
        self.members().data().contents
    }

    /// Things to know about how the data were read.
    pub fn remarks(&self) -> &[String] {
        self.members().data().remarks
    }

    /// The settings of its plan, as (name, value) pairs.
    pub fn settings(&self) -> Vec<(String, String)> {
        self.members().settings()
    }

    /// Its replicates in one line.
    pub fn in_short(&self) -> String {
        let (Data { name, lessons, .. }, settings) = (self.members().data(), self.settings());
        let of = |name: &str| settings.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str());
        format!(
            "{name} · teacher {}{} · student {} · replicates: {}",
            of("teacher"),
            lessons.map_or(String::new(), |lessons| format!(" on {lessons}")),
            of("student"),
            of("replicates")
        )
    }

    /// The plan and the first experiment, where it is about points and the only one: for what saves its models.
    pub(super) fn single(&self) -> Option<(&Plan, &'static dyn Experiment)> {
        match &self.members {
            Members::Points(GroupOf { plan, experiments, .. }) if experiments.len() == 1 => {
                Some((plan, experiments[0]))
            }
            _ => None,
        }
    }

    /// How many models are trained in a shard of it.
    pub(super) fn models(&self, shard: Shard) -> usize {
        match shard.replicates(self.replicates()).len() {
            0 => 0,
            replicates => self.members().models(replicates),
        }
    }

    /// What each of its experiments sees in the replicates of a shard.
    pub(super) fn gather(&self, shard: Shard, journal: &Chapter) -> Result<Vec<Gathered>, RunError> {
        self.members().gather(shard, journal)
    }

    /// What each of its experiments reads from all replicates.
    pub(super) fn read(&self, gathered: &mut dyn Iterator<Item = Gathered>) -> Vec<Run> {
        self.members().read(gathered)
    }
}

fn as_data(claim: &Claim) -> finding::Claim {
    let Estimate { mean, low, high } = claim.gap;
    finding::Claim {
        measure: claim.measure.to_owned(),
        a: claim.a.clone(),
        b: claim.b.clone(),
        place: claim.place.clone(),
        mean: rounded(mean),
        interval: low.is_finite().then(|| (rounded(low), rounded(high))),
        verdict: match claim.verdict() {
            Verdict::Beats => "more",
            Verdict::NoDifference => "no difference shown",
            Verdict::LosesTo => "less",
        }
        .to_owned(),
    }
}

/// Puts an experiment with those that share its plan, or into a group of its own.
fn add<S: Subject>(
    groups: &mut Vec<(Home, Group)>,
    own: &'static dyn Experiment<S>,
    request: &Request,
    of: fn(GroupOf<S>) -> Members,
    of_subject: fn(&mut Members) -> Option<&mut GroupOf<S>>,
) -> Result<(), PlanError> {
    let home = own.home();
    let mut same = groups.iter_mut().filter(|(other, _)| *other == home);
    match same.find_map(|(_, group)| of_subject(&mut group.members)) {
        Some(group) => group.experiments.push(own),
        None => {
            let members = of(GroupOf { plan: S::plan(home, request)?, experiments: vec![own], bought: None });
            groups.push((home, Group { request: request.clone(), members }));
        }
    }
    Ok(())
}

/// What a group does, whatever its experiments are about.
trait AnyGroup {
    fn check(&self) -> Result<(), PlanError>;
    fn experiments(&self) -> Vec<&'static About>;
    fn common(&self) -> &Common;
    fn data(&self) -> Data<'_>;
    fn settings(&self) -> Vec<(String, String)>;
    fn models(&self, replicates: usize) -> usize;
    fn gather(&self, shard: Shard, journal: &Chapter) -> Result<Vec<Gathered>, RunError>;
    fn read(&self, gathered: &mut dyn Iterator<Item = Gathered>) -> Vec<Run>;
}

impl<S: Subject> AnyGroup for GroupOf<S> {
    fn check(&self) -> Result<(), PlanError> {
        let others = |it: &&&dyn Experiment<S>| S::is_remote(&self.plan) && !it.asks_others();
        if let Some(experiment) = self.experiments.iter().find(others) {
            return Err(remote::refused(experiment.about().name));
        }
        self.experiments.iter().try_for_each(|experiment| experiment.check(&self.plan))
    }

    fn experiments(&self) -> Vec<&'static About> {
        self.experiments.iter().map(|experiment| experiment.about()).collect()
    }

    fn common(&self) -> &Common {
        S::common(&self.plan)
    }

    fn data(&self) -> Data<'_> {
        S::data(&self.plan)
    }

    fn settings(&self) -> Vec<(String, String)> {
        S::settings(&self.plan)
    }

    fn models(&self, replicates: usize) -> usize {
        let sweeps: Vec<_> = self.experiments.iter().map(|it| it.sweep(&self.plan)).collect();
        let studies = self.experiments.iter().map(|it| it.models_of_study(&self.plan, replicates));
        S::models(&self.plan, &sweeps, replicates) + studies.sum::<usize>()
    }

    fn gather(&self, shard: Shard, journal: &Chapter) -> Result<Vec<Gathered>, RunError> {
        let (plan, experiments) = (&self.plan, &self.experiments);
        let mut gathered = vec![Gathered::default(); experiments.len()];
        let replicates = shard.replicates(self.common().replicates());
        if replicates.is_empty() {
            return Ok(gathered);
        }
        let part = self.bought.as_ref().and_then(|bought| remote::part(bought, journal));
        let journal = part.as_ref().unwrap_or(journal);
        let studies = experiments.iter().map(|it| it.study(plan, &journal.chapter(it.about().name)));
        let studies = studies.collect::<Result<Vec<_>, _>>()?;
        let shared = S::prepare(plan, journal)?;
        let sweeps: Vec<_> = experiments.iter().map(|it| it.sweep(plan)).collect();

        let in_replicate = |number: usize, journal: &Chapter| -> Result<Vec<Gathered>, RunError> {
            let replicate = S::draw(plan, number)?;
            let trained = S::train(plan, &replicate, &shared, &sweeps, journal)?;
            let mut seen = Vec::new();
            for (((experiment, study), sweep), rows) in
                experiments.iter().zip(&studies).zip(&sweeps).zip(trained.sweeps)
            {
                let journal = journal.chapter(experiment.about().name);
                let own = journal.keep("own columns", 0, || Ok(experiment.annotate(&replicate, sweep)))?;
                assert_eq!(own.len(), sweep.len(), "own columns for every job");
                let mut trials: Vec<Trial> = rows.into_iter().zip(own).map(|(row, own)| Trial { own, ..row }).collect();
                let (found, more) =
                    study.as_ref().map(|look| look(&replicate, &journal)).transpose()?.unwrap_or_default();
                trials.extend(found);
                trials.extend(trained.references.iter().cloned());
                let exhibits = match number {
                    0 => journal.keep("exhibits", 0, || experiment.exhibit(plan, &replicate))?,
                    _ => Exhibits::default(),
                };
                seen.push(Gathered { trials, exhibits: exhibits.and(more) });
            }
            Ok(seen)
        };
        // Whole replicates run side by side, and so do the models within each: a thread that is out of replicates helps
        // with the models of another, and a replicate's data are dropped as soon as it is finished. The replicate as a
        // whole stands for its teacher, who cannot be remembered apart: nothing but the replicate may hold one.
        let one = |number: usize| {
            let name = format!("world {number}");
            journal.keep(&name, 1, || in_replicate(number, &journal.chapter(&name)))
        };
        for replicate in in_order(replicates.into_par_iter().with_max_len(1).map(one).collect())? {
            for ((all, experiment), own) in gathered.iter_mut().zip(experiments).zip(replicate) {
                all.trials.extend(own.trials.into_iter().map(|trial| records::as_kept(trial, experiment.about().name)));
                all.exhibits = std::mem::take(&mut all.exhibits).and(own.exhibits);
            }
        }
        Ok(gathered)
    }

    fn read(&self, gathered: &mut dyn Iterator<Item = Gathered>) -> Vec<Run> {
        let run = |(experiment, Gathered { trials, exhibits }): (&&'static dyn Experiment<S>, Gathered)| {
            let mut conclusion = experiment.conclude(&self.plan, &trials);
            if let Some(standing) = S::standing(&self.plan, &trials) {
                conclusion = conclusion.after(&standing);
            }
            conclusion.verdicts.extend(self.bought.iter().flat_map(bought));
            let lineup = experiment.lineup(&self.plan, &trials);
            let finding = Finding { lineup, ..self.finding(*experiment, conclusion, exhibits) };
            Run { trials, finding, columns: experiment.about().columns }
        };
        self.experiments.iter().zip(gathered).map(run).collect()
    }
}

impl<S: Subject> GroupOf<S> {
    /// The settings of the plan, with the budgets that an experiment uses.
    fn settings_of(&self, experiment: &dyn Experiment<S>) -> Vec<(String, String)> {
        let used: Vec<String> = experiment.budgets(&self.plan).iter().map(usize::to_string).collect();
        let mut settings = S::settings(&self.plan);
        settings.retain(|(name, _)| name != "budgets" || !used.is_empty());
        for (_, value) in settings.iter_mut().filter(|(name, _)| name == "budgets") {
            *value = used.join(",");
        }
        settings
    }

    /// What the records say, with everything that a reader of the file has to know about the run.
    fn finding(&self, experiment: &dyn Experiment<S>, conclusion: Conclusion, exhibits: Exhibits) -> Finding {
        let (about, common) = (experiment.about(), self.common());
        // The main curve first, then what it looks like in one replicate, then the rest.
        let mut figures = conclusion.figures;
        let second = figures.len().min(1);
        figures.splice(second..second, exhibits.figures);
        Finding {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            experiment: about.name.to_owned(),
            data: self.data().name.to_owned(),
            command: format!("distill run {}{}", about.name, common.flags()),
            seed: common.seed(),
            question: about.question.to_owned(),
            prediction: about.prediction.to_owned(),
            title: conclusion.title,
            verdicts: conclusion.verdicts,
            claims: conclusion.claims.iter().map(as_data).collect(),
            caveats: about.caveats.iter().map(|&caveat| caveat.to_owned()).collect(),
            next: conclusion.next.iter().map(|next| format!("distill {next}")).collect(),
            settings: self.settings_of(experiment),
            lineup: None,
            watched: exhibits.watched,
            talk: exhibits.talk,
            table: conclusion.table,
            figures,
        }
    }
}
