//! What each strategy asked first, in the first replicate: points in the plane on the teacher's map, or images.

use ndarray::Array2;

use super::{Queries, spec, suited};
use crate::experiment::contract::Experiment;
use crate::experiment::run::RunError;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::train::Trainer;
use crate::experiment::show::pictures::{greys, grid, places, raster};
use crate::finding::{Drawing, Figure, Gallery, GalleryRow, Place, Places};
use crate::plan::Plan;
use crate::query::Strategy;
use crate::words::counted;

/// Points of the plane that can still be seen one by one.
const DOTS: usize = 100;
/// Images to a row.
const IMAGES: usize = 10;

/// A strategy, and its first queries (n × dimension).
type Shown = (&'static str, Array2<f32>);

/// The maps where points lie in a plane, the gallery where they are images, nothing otherwise.
pub(super) fn exhibits(plan: &Plan, replicate: &Replicate) -> Result<Vec<Figure>, RunError> {
    let image_side = plan.data().image_side();
    if plan.data().dimension() != 2 && image_side.is_none() {
        return Ok(Vec::new());
    }
    let budgets = Queries.budgets(plan);
    let first = budgets.iter().copied().rfind(|&budget| budget <= DOTS).unwrap_or(budgets[0]);
    let show = |strategy: &&'static dyn Strategy| {
        Ok((strategy.name(), Trainer::of(plan, replicate).ask(&spec(plan, *strategy, plan.answers()[0]), first)?))
    };
    let shown = suited(plan).iter().map(show).collect::<Result<Vec<Shown>, RunError>>()?;
    let place = format!("in one replicate of {}; answers: {}", plan.replicates(), plan.answers()[0].name());
    let (name, subtitle, drawing) = match image_side {
        Some(side) => {
            let some = format!("{} of the first {first} queries of each strategy", IMAGES.min(first));
            ("first-questions", format!("{some}, {place}"), gallery(&shown, side, first))
        }
        None => {
            let tints = "tints: what the teacher answers there";
            (
                "places",
                format!("Dots: the first {first} queries of each strategy, {place}; {tints}"),
                maps(plan, replicate, &shown),
            )
        }
    };
    // What these queries are worth has an interval over replicates, and stands in the other figures.
    let whose = format!("The first {} of {}", counted(first, "query"), counted(shown.len(), "strategy"));
    let title = if shown.len() > 1 { format!("{whose} lie in different places") } else { whose };
    Ok(vec![Figure { name: name.to_owned(), title, subtitle, drawing }])
}

fn maps(plan: &Plan, replicate: &Replicate, shown: &[Shown]) -> Drawing {
    let grid = grid(plan.data());
    let (low, high) = plan.data().bounds();
    let panel =
        |(name, asked): &Shown| Place { actor: (*name).to_owned(), label: (*name).to_owned(), asked: places(asked) };
    Drawing::Places(Places {
        low: f64::from(low),
        high: f64::from(high),
        teacher: raster(replicate.exam().teacher_answers(grid.view())),
        panels: shown.iter().map(panel).collect(),
    })
}

/// Ten images of each, spread over all it asked: an adapting strategy starts with natural ones.
fn gallery(shown: &[Shown], side: usize, first: usize) -> Drawing {
    let row = |(name, asked): &Shown| {
        let some = (0..IMAGES.min(first)).map(|image| (image + 1) * first / IMAGES.min(first) - 1);
        GalleryRow {
            actor: (*name).to_owned(),
            label: (*name).to_owned(),
            images: some.map(|row| greys(asked.row(row))).collect(),
        }
    };
    Drawing::Gallery(Gallery { side, rows: shown.iter().map(row).collect() })
}
