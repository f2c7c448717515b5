//! Whose accounts are closed, and at what cost to honest customers?
//!
//! In each replicate a population of honest customers, no two alike, teaches the provider's detectors what is usual;
//! other honest accounts calibrate them, and fresh ones are what false alarms are counted on. Copiers of several kinds
//! open accounts among them. Then the game: an alarm closes an account at once, and the copier deals its queries over
//! 1, 4 or 16 accounts.
//!
//! A copier is compared with honest accounts that asked at least as many queries, replicate by replicate: half of all
//! honest accounts end before the hundredth query, and an account that has ended is not closed any more.
//!
//! PRADA needs inputs of many dimensions: distances between points of a plane are far from normal for anybody, and it
//! would close honest accounts or nobody's. So this is asked of `glyphs` only.
//!
//! Volume closes accounts that ask more than nearly all customers, and in the end every account of the copier who asks
//! as one customer.
//! What a first sketch of this experiment found: `docs/validation.md`.

mod copiers;
mod figures;
mod game;
mod population;
mod reading;
mod records;
#[cfg(test)]
mod tests;
mod watch;
mod watched;

use super::contract::{About, Conclusion, Exhibits, Experiment, Study};
use super::run::replicate::Replicate;
use super::run::{Chapter, RunError};
use super::unread::Unread;
use crate::finding::Trial;
use crate::oracle::Points;
use crate::oracle::guard::LOOKS;
use crate::plan::{Home, Plan, PlanError};
use crate::words::thousands;

use copiers::{COPIERS, Copier};
use reading::Reading;
use watch::Watch;

/// The arm of honest accounts.
const HONEST: &str = "honest";
/// The arm of those among them that asked as many queries as the look is late.
const AS_MANY: &str = "honest-as-many";
/// The name of all detectors together.
const ALL: &str = "all";
/// The share of honest accounts that a provider is ready to close by mistake.
const RATE: f64 = 0.05;
/// Shares for the trade-off between closing copiers' accounts and honest ones, and those that the game is played at.
const RATES: [f64; 7] = [0.01, 0.02, RATE, 0.1, 0.2, 0.35, 0.5];
const GAME_RATES: [f64; 5] = [0.01, 0.02, RATE, 0.1, 0.2];
/// After how many queries a copier is compared with honest accounts: few of these ask more.
const LATEST: usize = 400;
/// How many accounts a copier opens.
const ACCOUNTS: [usize; 3] = [1, 4, 16];
/// Queries that a copier asks at a time: it loses no more than these when an account is closed.
const BATCH: usize = 10;
/// The most queries a copier wants answered: nobody looks at what comes later.
const MOST: usize = LOOKS[LOOKS.len() - 1];

/// The experiment about being detected.
pub(super) struct GuardExperiment;

const ABOUT: About = About {
    name: "guard",
    question: "Whose accounts are closed, and at what cost to honest customers?",
    prediction: "A provider watches how much an account asks, how sure the answers are and how even over the classes, \
                 how unusual the queries are, how much they vary and how they follow one another. It may close 5 % of \
                 honest accounts. Which copiers does it detect?",
    caveats: &[
        "Not detected is not innocent. A detector that sees queries alone cannot tell a copier from a customer if the \
         copier asks what one customer would ask, and no more. Such a copier learns what that customer would learn. \
         There are proofs of wider limits (Karchmer 2023).",
        "Detected is not guilty: some honest customers look as strange as a copier.",
        "These honest customers were made up: each cares about some classes more than others and has one handwriting. \
         Real ones vary in other ways, and detectors calibrated on the wrong ones close the wrong accounts.",
        "No copier knows the detectors; the one who asks as one customer knows only what customers ask. One who \
         knows the detectors was not tried, and would ask differently.",
        "Accounts are judged one by one. A provider may also compare accounts, payments and addresses.",
    ],
    seconds: 24,
    columns: records::COLUMNS,
    unread: &[
        Unread::PRICES,
        Unread::flags(&["--strategy"], "its copiers have strategies of their own"),
        Unread::but_largest(&["--budgets"], "its copiers ask until their accounts are closed"),
        Unread::but_first(&["--answers"], "it compares copiers"),
    ],
};

impl Experiment for GuardExperiment {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn home(&self) -> Home {
        Home { data: "glyphs", replicates: 4 }
    }

    fn check(&self, plan: &Plan) -> Result<(), PlanError> {
        if plan.data().name() != "glyphs" {
            let problem = "guard needs honest customers of many kinds, and only glyphs can draw them";
            return Err(PlanError::new(
                "--data",
                plan.data().name(),
                problem,
                "leave out --data, or write --data glyphs",
            ));
        }
        if aim(plan) > MOST {
            let problem = format!("guard looks at accounts up to their query {}", thousands(MOST));
            return Err(PlanError::new(
                "--budgets",
                &aim(plan).to_string(),
                problem,
                format!("stay at or below {MOST}"),
            ));
        }
        Ok(())
    }

    fn budgets(&self, plan: &Plan) -> Vec<usize> {
        vec![aim(plan)]
    }

    fn study<'a>(&'a self, plan: &'a Plan, _journal: &Chapter) -> Result<Option<Study<'a, Points>>, RunError> {
        Ok(Some(Box::new(|replicate, journal| examine(plan, replicate, journal))))
    }

    fn models_of_study(&self, _plan: &Plan, replicates: usize) -> usize {
        replicates * game::games(COPIERS.len())
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading::new(plan, trials);
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            claims: reading.claims(),
            next: vec!["run guard --answers label".to_owned(), "run guard --seed 1".to_owned()],
            table: reading.table(),
            figures: figures::all(&reading),
        }
    }
}

/// How many queries a copier wants answered.
fn aim(plan: &Plan) -> usize {
    let budgets = plan.budgets_to(MOST);
    budgets[budgets.len() - 1]
}

/// After how many queries a copier is compared with honest accounts: no later than it asks. The first look where it
/// ends before that, so that nobody is closed.
fn look(plan: &Plan) -> usize {
    let reached = LOOKS.into_iter().rfind(|&look| look <= aim(plan).min(LATEST));
    reached.unwrap_or(LOOKS[0])
}

/// A population and its copiers in one replicate: which accounts are closed, and the games.
fn examine(plan: &Plan, replicate: &Replicate, journal: &Chapter) -> Result<(Vec<Trial>, Exhibits), RunError> {
    let surface = plan.answers()[0];
    let api = replicate.api(surface, MOST);
    let watch = Watch::new(replicate, &replicate.api(surface, usize::MAX));
    let mut copiers = Copier::all(plan, replicate, surface, aim(plan))?;
    let mut rows = watch.rows(&api, &copiers, look(plan));
    copiers.iter_mut().for_each(Copier::keep_players);
    rows.extend(game::play(plan, replicate, &api, &watch, &copiers, journal)?);
    for row in &mut rows {
        plan.data().name().clone_into(&mut row.data);
        row.replicate = replicate.number();
    }
    let first = replicate.number() == 0;
    let watched = if first { watched::watched(plan, replicate, &api, &watch, &copiers) } else { None };
    Ok((rows, Exhibits { watched, ..Exhibits::default() }))
}
