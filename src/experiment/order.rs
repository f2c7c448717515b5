//! Which experiments share their worlds: those whose plans are the same.

use super::Experiment;
use crate::plan::{Home, Plan, PlanError, Request};

/// A plan and the experiments to run on its worlds.
pub struct Order {
    /// What to do.
    pub plan: Plan,
    /// What to ask, at least one.
    pub experiments: Vec<&'static dyn Experiment>,
}

impl Order {
    /// Sorts experiments by where they are at home, in the order of their first.
    ///
    /// # Errors
    /// [`PlanError`] where the request is no plan, or where one of the experiments cannot be asked of it.
    pub fn sort(experiments: &[&'static dyn Experiment], request: &Request) -> Result<Vec<Self>, PlanError> {
        let mut homes: Vec<(Home, Self)> = Vec::new();
        for &experiment in experiments {
            let home = experiment.home();
            match homes.iter_mut().find(|(other, _)| *other == home) {
                Some((_, order)) => order.experiments.push(experiment),
                None => {
                    let plan = Plan::check_at(home, request)?;
                    homes.push((home, Self { plan, experiments: vec![experiment] }));
                }
            }
        }
        let orders: Vec<Self> = homes.into_iter().map(|(_, order)| order).collect();
        for order in &orders {
            order.experiments.iter().try_for_each(|experiment| experiment.check(&order.plan))?;
        }
        Ok(orders)
    }
}
