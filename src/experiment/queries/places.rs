//! What each strategy asked first, in the first replicate: points in the plane on the teacher's map, or images.

use super::{NATURAL, Queries, spec, suited};
use crate::experiment::contract::Experiment;
use crate::experiment::run::RunError;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::train::{Student, Trainer};
use crate::experiment::show::pictures::{greys, grid, places, raster};
use crate::finding::{Drawing, Figure, Gallery, GalleryRow, Place, Places};
use crate::plan::Plan;
use crate::query::Strategy;
use crate::words::percent;

/// Points of the plane that can still be seen one by one.
const DOTS: usize = 100;
/// Images to a row.
const IMAGES: usize = 10;

/// A strategy after its first queries.
struct Shown {
    name: &'static str,
    student: Student,
    agreement: f64,
}

/// The maps where points lie in a plane, the gallery where they are images, nothing otherwise.
pub(super) fn exhibits(plan: &Plan, replicate: &Replicate) -> Result<Vec<Figure>, RunError> {
    let image_side = plan.data().image_side();
    if plan.data().dimension() != 2 && image_side.is_none() {
        return Ok(Vec::new());
    }
    let budgets = Queries.budgets(plan);
    let first = budgets.iter().copied().rfind(|&budget| budget <= DOTS).unwrap_or(budgets[0]);
    let show = |strategy: &&'static dyn Strategy| {
        let student = Trainer::of(plan, replicate).train_one(&spec(plan, *strategy, plan.answers()[0]), first)?;
        let agreement = replicate.exam().grade(&student.model.net).agreement;
        Ok(Shown { name: strategy.name(), student, agreement })
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
    Ok(vec![Figure { name: name.to_owned(), title: title(&shown, first), subtitle, drawing }])
}

fn maps(plan: &Plan, replicate: &Replicate, shown: &[Shown]) -> Drawing {
    let grid = grid(plan.data());
    let (low, high) = plan.data().bounds();
    let panel = |shown: &Shown| Place {
        actor: shown.name.to_owned(),
        label: shown.name.to_owned(),
        detail: format!("{} agreement", percent(shown.agreement)),
        asked: places(&shown.student),
    };
    Drawing::Places(Places {
        low: f64::from(low),
        high: f64::from(high),
        teacher: raster(replicate.exam().teacher_answers(grid.view())),
        panels: shown.iter().map(panel).collect(),
    })
}

/// Ten images of each, spread over all it asked: an adapting strategy starts with natural ones.
fn gallery(shown: &[Shown], side: usize, first: usize) -> Drawing {
    let row = |shown: &Shown| {
        let some = (0..IMAGES.min(first)).map(|image| (image + 1) * first / IMAGES.min(first) - 1);
        GalleryRow {
            actor: shown.name.to_owned(),
            label: shown.name.to_owned(),
            detail: format!("{} agreement", percent(shown.agreement)),
            images: some.map(|row| greys(shown.student.points.row(row))).collect(),
        }
    };
    Drawing::Gallery(Gallery { side, rows: shown.iter().map(row).collect() })
}

/// What the best queries of this replicate bought, beside natural ones. One replicate has no interval: the sentence
/// says "here", and the caption in which replicate that is.
fn title(shown: &[Shown], first: usize) -> String {
    let best = shown.iter().max_by(|a, b| a.agreement.total_cmp(&b.agreement));
    let natural = shown.iter().find(|shown| shown.name == NATURAL).map_or(f64::NAN, |shown| shown.agreement);
    match best {
        Some(Shown { name, agreement, .. }) if *agreement > natural => {
            let (best, natural) = (percent(*agreement), percent(natural));
            format!("Here {first} queries by {name} bring {best} agreement, {NATURAL} ones {natural}")
        }
        _ => {
            format!("Here no {first} queries do better than {NATURAL} ones: {} agreement", percent(natural))
        }
    }
}
