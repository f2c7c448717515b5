//! The registry: one line for each experiment.

use super::contract::{About, Experiment};
use super::{budget, capacity, cost, evidence, guard, hidden_width, identity, open_base, queries, surface};
use crate::oracle::Chat;

/// An experiment of the registry.
#[derive(Clone, Copy)]
pub struct Listed(pub(super) Kind);

/// What it is about.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Points(&'static dyn Experiment),
    Chat(&'static dyn Experiment<Chat>),
}

const fn points(experiment: &'static dyn Experiment) -> Listed {
    Listed(Kind::Points(experiment))
}

const fn chat(experiment: &'static dyn Experiment<Chat>) -> Listed {
    Listed(Kind::Chat(experiment))
}

/// All experiments, in reading order.
pub static EXPERIMENTS: &[Listed] = &[
    points(&budget::Budget),
    points(&cost::Cost),
    points(&capacity::Capacity),
    points(&queries::Queries),
    points(&surface::Surface),
    points(&open_base::OpenBase),
    points(&guard::GuardExperiment),
    points(&evidence::Evidence),
    chat(&identity::Identity),
    chat(&hidden_width::HiddenWidth),
];

/// The experiment of this name.
pub fn experiment(name: &str) -> Option<Listed> {
    EXPERIMENTS.iter().copied().find(|experiment| experiment.about().name == name)
}

impl Listed {
    /// What is said about it.
    pub fn about(self) -> &'static About {
        match self.0 {
            Kind::Points(experiment) => experiment.about(),
            Kind::Chat(experiment) => experiment.about(),
        }
    }
}
