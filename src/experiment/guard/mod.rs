//! Who is noticed at the door, and at what cost to honest customers?
//!
//! In each world a population of honest customers, no two alike, teaches the provider's detectors what is usual; other
//! honest accounts calibrate them, and fresh ones are what false alarms are counted on. Copiers of several kinds open
//! accounts among them. Then the game: an alarm closes an account at once, and the copier deals its questions over 1, 4
//! or 16 accounts.
//!
//! PRADA needs inputs of many dimensions: distances between points of a plane are far from normal for anybody, and it
//! would close honest accounts or nobody's. So this is asked of `glyphs` only.
//!
//! Against a first sketch of this experiment: `letters` and `uniform` are noticed by their confidence there as here,
//! 97 % or more after 50 questions; `margin` and `natural` by nothing. `jacobian` is noticed by PRADA within 50
//! questions, where the sketch needed 200: only its first ten questions are natural here, a quarter of all there.
//! Volume closes whoever asks more than nearly all customers; with all detectors at work that is at 1,500 questions.

mod copiers;
mod figures;
mod game;
mod population;
mod reading;
mod records;
mod wall;
mod watch;

use super::{
    Chapter, Conclusion, Exhibits, Experiment, Job, Kind, PointExperiment, RunError, Seen, Study, Unread, World,
};
use crate::finding::Trial;
use crate::plan::{Home, Plan, PlanError};

use copiers::{COPIERS, Copier};
use reading::Reading;
use watch::Watch;

/// The arm of honest accounts.
const HONEST: &str = "honest";
/// The name of all detectors together.
const ALL: &str = "all";
/// The detectors, as the records name them.
const DETECTORS: [&str; 5] = ["volume", "confidence", "distance", "prada", ALL];
/// The share of honest accounts that a provider is ready to close by mistake.
const RATE: f64 = 0.05;
/// Shares for the trade-off between noticing copiers and closing honest accounts, and those that the game is played at.
const RATES: [f64; 7] = [0.01, 0.02, RATE, 0.1, 0.2, 0.35, 0.5];
const GAME_RATES: [f64; 5] = [0.01, 0.02, RATE, 0.1, 0.2];
/// After how many questions the trade-off is looked at, and an early look beside it.
const ROC_LOOK: usize = 400;
const EARLY_LOOK: usize = 100;
/// How many accounts a copier opens.
const ACCOUNTS: [usize; 3] = [1, 4, 16];
/// Questions that a copier asks at a time: it loses no more than these when an account is closed.
const BATCH: usize = 10;
/// The most questions a copier wants answered.
const AIM: usize = 2_000;

/// The experiment about being noticed.
pub(super) struct GuardExperiment;

impl Experiment for GuardExperiment {
    fn name(&self) -> &'static str {
        "guard"
    }

    fn question(&self) -> &'static str {
        "Who is noticed at the door, and at what cost to honest customers?"
    }

    fn prediction(&self) -> &'static str {
        "A provider watches four things: how much an account asks, how sure the answers are, how unusual the questions \
         are, how they follow one another. It may close 5 % of honest accounts. Which copiers does it catch?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "Unnoticed is not innocent: a copier who asks what customers ask cannot be told from a customer, by these \
             detectors or by any that sees questions alone (Karchmer 2023).",
            "Noticed is not guilty: at every threshold some honest customers look as strange as a copier.",
            "These honest customers were made up. Real ones vary in other ways, and detectors calibrated on the wrong \
             ones close the wrong accounts.",
            "The copiers do not know the detectors. One who knows them asks differently.",
            "Accounts are judged one by one. A provider may also compare accounts, payments and addresses.",
        ]
    }

    fn seconds(&self) -> u32 {
        21
    }

    fn own_columns(&self) -> &'static [&'static str] {
        &records::COLUMNS
    }

    fn unread(&self) -> &'static [Unread] {
        const {
            &[
                Unread::PRICES,
                Unread::flags(&["--strategy"], "its copiers have strategies of their own"),
                Unread::but_first(&["--answers"], "it compares copiers"),
            ]
        }
    }

    fn kind(&'static self) -> Kind {
        Kind::Points(self)
    }
}

impl PointExperiment for GuardExperiment {
    fn home(&self) -> Home {
        Home { data: "glyphs", replicates: 4 }
    }

    fn check(&self, plan: &Plan) -> Result<(), PlanError> {
        if plan.data().name() == "glyphs" {
            return Ok(());
        }
        let problem = "guard needs honest customers of many kinds, and only glyphs can draw them";
        Err(PlanError::new("--data", plan.data().name(), problem, "leave out --data, or write --data glyphs"))
    }

    fn sweep(&self, _plan: &Plan) -> Vec<Job> {
        Vec::new()
    }

    fn study(&self, _plan: &Plan, _journal: &Chapter) -> Result<Option<Box<dyn Study>>, RunError> {
        Ok(Some(Box::new(AtTheDoor)))
    }

    fn models_of_study(&self, _plan: &Plan, worlds: usize) -> usize {
        worlds * game::games(COPIERS.len())
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading::new(plan, trials);
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            next: vec!["run guard --answers label".to_owned(), "run guard --seed 1".to_owned()],
            table: reading.table(),
            figures: figures::all(&reading),
        }
    }
}

/// How many questions a copier wants answered.
fn aim(plan: &Plan) -> usize {
    plan.budgets_to(AIM).last().copied().unwrap_or(AIM).min(AIM)
}

/// Nothing is prepared: every world has a population of its own.
struct AtTheDoor;

impl Study for AtTheDoor {
    fn look(&self, plan: &Plan, world: &World, journal: &Chapter) -> Result<Seen, RunError> {
        let surface = plan.answers()[0];
        let desk = world.desk(surface, AIM);
        let watch = Watch::new(world, &world.desk(surface, usize::MAX));
        let mut copiers = Copier::all(plan, world, surface, aim(plan))?;
        let mut rows = watch.rows(&desk, &copiers);
        // From here on it is about the first of each kind; what the others asked is tens of megabytes.
        copiers.iter_mut().for_each(|copier| copier.runs.truncate(1));
        rows.extend(game::play(plan, world, &desk, &watch, &copiers, journal)?);
        for row in &mut rows {
            plan.data().name().clone_into(&mut row.data);
            row.replicate = world.replicate();
        }
        let first = world.replicate() == 0;
        let wall = if first { wall::wall(plan, world, &desk, &watch, &copiers) } else { None };
        Ok((rows, Exhibits { wall, ..Exhibits::default() }))
    }
}
