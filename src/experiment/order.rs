//! Which experiments share their replicates: those whose plans are the same.

use super::curves::Curves;
use super::standing::Standing;
use super::{ChatExperiment, Conclusion, Experiment, Kind, PointExperiment};
use crate::finding::{Lineup, Trial};
use crate::plan::{ChatPlan, Home, Plan, PlanError, Request};
use crate::words::thousands;

/// A plan and the experiments to run on its replicates, at least one.
pub enum Order {
    /// About teachers that classify points.
    Points(Plan, Vec<&'static dyn PointExperiment>),
    /// About teachers that talk.
    Chat(ChatPlan, Vec<&'static dyn ChatExperiment>),
}

impl Order {
    /// Groups experiments that share defaults, in the order of the first of each group.
    ///
    /// # Errors
    /// [`PlanError`] where the request is no plan, or where one of the experiments cannot be asked of it.
    pub fn sort(experiments: &[&'static dyn Experiment], request: &Request) -> Result<Vec<Self>, PlanError> {
        let mut orders: Vec<(Option<Home>, Self)> = Vec::new();
        for experiment in experiments {
            let home = match experiment.kind() {
                Kind::Points(experiment) => Some(experiment.home()),
                Kind::Chat(_) => None,
            };
            match (orders.iter_mut().find(|(other, _)| *other == home), experiment.kind()) {
                (Some((_, Self::Points(_, others))), Kind::Points(experiment)) => others.push(experiment),
                (Some((_, Self::Chat(_, others))), Kind::Chat(experiment)) => others.push(experiment),
                (_, Kind::Points(experiment)) => {
                    let plan = Plan::check_at(experiment.home(), request)?;
                    orders.push((home, Self::Points(plan, vec![experiment])));
                }
                (_, Kind::Chat(experiment)) => {
                    orders.push((home, Self::Chat(ChatPlan::check(request)?, vec![experiment])));
                }
            }
        }
        let orders: Vec<Self> = orders.into_iter().map(|(_, order)| order).collect();
        for order in &orders {
            if let Self::Points(plan, experiments) = order {
                experiments.iter().try_for_each(|experiment| experiment.check(plan))?;
            }
        }
        Ok(orders)
    }

    /// The experiments, in their order.
    pub fn experiments(&self) -> Vec<&'static dyn Experiment> {
        match self {
            Self::Points(_, experiments) => experiments.iter().map(|&it| it as &dyn Experiment).collect(),
            Self::Chat(_, experiments) => experiments.iter().map(|&it| it as &dyn Experiment).collect(),
        }
    }

    /// The flags that make its plan.
    pub fn flags(&self) -> String {
        match self {
            Self::Points(plan, _) => plan.flags(),
            Self::Chat(plan, _) => plan.flags(),
        }
    }

    /// The same one by one, as a program takes them.
    pub fn arguments(&self) -> Vec<String> {
        match self {
            Self::Points(plan, _) => plan.arguments(),
            Self::Chat(plan, _) => plan.arguments(),
        }
    }

    /// Replicates to draw.
    pub fn replicates(&self) -> usize {
        match self {
            Self::Points(plan, _) => plan.replicates(),
            Self::Chat(plan, _) => plan.replicates(),
        }
    }

    /// A fingerprint of the data that its flags name and do not make.
    pub fn contents(&self) -> u64 {
        match self {
            Self::Points(plan, _) => plan.data().contents(),
            Self::Chat(..) => 0,
        }
    }

    /// What was said of a flag, where it makes the plan another one.
    pub(super) fn said(&self, flag: &str) -> Option<&str> {
        match self {
            Self::Points(plan, _) => plan.said(flag),
            Self::Chat(plan, _) => plan.said(flag),
        }
    }

    /// Its replicates in one line.
    pub fn in_short(&self) -> String {
        let settings = self.settings();
        let of = |name: &str| settings.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str());
        let learned_from = match self {
            Self::Points(plan, _) => format!("{} labels", thousands(plan.sizes().training)),
            Self::Chat(plan, _) => format!("{} exchanges", thousands(plan.corpus())),
        };
        format!(
            "{} · teacher {} on {learned_from} · student {} · replicates: {}",
            self.data(),
            of("teacher"),
            of("student"),
            of("replicates")
        )
    }

    /// The settings of its plan, as (name, value) pairs.
    pub fn settings(&self) -> Vec<(String, String)> {
        match self {
            Self::Points(plan, _) => plan.settings(),
            Self::Chat(plan, _) => plan.settings(),
        }
    }

    /// Things to know about how the data were read.
    pub fn remarks(&self) -> &[String] {
        match self {
            Self::Points(plan, _) => plan.data().remarks(),
            Self::Chat(..) => &[],
        }
    }

    /// The name of the data.
    pub(super) fn data(&self) -> &str {
        match self {
            Self::Points(plan, _) => plan.data().name(),
            Self::Chat(..) => ChatPlan::DATA,
        }
    }

    pub(super) fn seed(&self) -> u64 {
        match self {
            Self::Points(plan, _) => plan.seed(),
            Self::Chat(plan, _) => plan.seed(),
        }
    }

    /// Reads the finding of one of its experiments from the records of all replicates.
    pub(super) fn conclude(&self, index: usize, trials: &[Trial]) -> Conclusion {
        match self {
            Self::Points(plan, experiments) => {
                let conclusion = experiments[index].conclude(plan, trials);
                match Standing::of(&Curves::new(trials, plan.budgets(), plan.exam_rows())) {
                    Some(standing) => conclusion.after(&standing),
                    None => conclusion,
                }
            }
            Self::Chat(plan, experiments) => experiments[index].conclude(plan, trials),
        }
    }

    /// The suspects of one of its experiments.
    pub(super) fn lineup(&self, index: usize, trials: &[Trial]) -> Option<Lineup> {
        match self {
            Self::Points(plan, experiments) => experiments[index].lineup(plan, trials),
            Self::Chat(..) => None,
        }
    }
}
