//! Pictures of single models from the first replicate: decision maps of the plane, or images answered differently.

use ndarray::{Array2, ArrayView1};

use crate::data::Dataset;
use crate::experiment::run::RunError;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::spec::ModelSpec;
use crate::experiment::run::train::{Student, Trainer};
use crate::finding::{Drawing, Figure, Maps, Panel, Raster, Sheet, SheetItem};
use crate::nn::loss::argmax;
use crate::plan::Plan;
use crate::words::{counted, does, percent, thousands};

/// Cells per side of a decision map.
const SIDE: usize = 200;
/// Most students in the film strip.
const PANELS: usize = 5;
/// No student of the strip asks more: a map with more dots than this is all dots.
const MOST_DOTS: usize = 1_000;
/// Most images on a sheet.
const IMAGES: usize = 24;

/// The film strip where points lie in a plane, the sheet where they are images, nothing otherwise.
pub(crate) fn exhibits(plan: &Plan, replicate: &Replicate) -> Result<Vec<Figure>, RunError> {
    if plan.data().dimension() == 2 {
        return Ok(vec![film_strip(plan, replicate)?]);
    }
    match plan.data().image_side() {
        Some(side) => Ok(vec![sheet(plan, replicate, side)?]),
        None => Ok(Vec::new()),
    }
}

fn film_strip(plan: &Plan, replicate: &Replicate) -> Result<Figure, RunError> {
    let (surface, grid) = (plan.answers()[0], grid(plan.data()));
    let agreement = |student: &Student| percent(replicate.exam().grade(&student.model.net).agreement);
    let panel = |(student, agreement): (&Student, &String)| Panel {
        label: counted(student.points.nrows(), "query"),
        detail: format!("{agreement} agreement"),
        map: raster(argmax(student.model.net.logits(grid.view()).view())),
        asked: places(&student.points),
    };
    let students =
        Trainer::of(plan, replicate).train(&ModelSpec::from_answers(plan, surface), &shown(plan.budgets()))?;
    let agreements: Vec<String> = students.iter().map(agreement).collect();
    let panels: Vec<Panel> = students.iter().zip(&agreements).map(panel).collect();
    let last = panels.len() - 1;
    let bring = does(&thousands(students[0].points.nrows()), "bring");
    let mut title = format!("{} {bring} {}", panels[0].label, panels[0].detail);
    if last > 0 {
        title += &format!(", {} {}", panels[last].label, agreements[last]);
    }
    let (low, high) = plan.data().bounds();
    Ok(Figure {
        name: "decision-maps".to_owned(),
        title,
        subtitle: format!(
            "What teacher and students answer across the plane, in one replicate of {}; answers: {}; dots: queries",
            plan.replicates(),
            surface.name(),
        ),
        drawing: Drawing::Maps(Maps {
            low: f64::from(low),
            high: f64::from(high),
            actor: surface.name().to_owned(),
            teacher: raster(replicate.exam().teacher_answers(grid.view())),
            panels,
        }),
    })
}

fn sheet(plan: &Plan, replicate: &Replicate, side: usize) -> Result<Figure, RunError> {
    let surface = plan.answers()[0];
    let budget = plan.most();
    let student = Trainer::of(plan, replicate).train_one(&ModelSpec::from_answers(plan, surface), budget)?;
    let (test, classes) = (replicate.exam().test(), plan.data().classes());
    let teacher = replicate.exam().teacher_answers(test.points.view());
    let student = argmax(student.model.net.logits(test.points.view()).view());
    let differ: Vec<usize> = (0..teacher.len()).filter(|&row| teacher[row] != student[row]).collect();
    let item = |&row: &usize| SheetItem {
        pixels: greys(test.points.row(row)),
        truth: classes[test.labels[row]].clone(),
        teacher: classes[teacher[row]].clone(),
        student: classes[student[row]].clone(),
    };
    let items: Vec<SheetItem> = differ.iter().take(IMAGES).map(item).collect();
    Ok(Figure {
        name: "disagreements".to_owned(),
        title: format!(
            "After {} queries teacher and student differ on {} of {} images",
            thousands(budget),
            thousands(differ.len()),
            thousands(teacher.len())
        ),
        subtitle: format!(
            "The first {} of them, in one replicate of {}; answers: {}",
            items.len(),
            plan.replicates(),
            surface.name()
        ),
        drawing: Drawing::Sheet(Sheet { side, items }),
    })
}

/// Up to five budgets, spread over those that leave a map readable.
fn shown(budgets: &[usize]) -> Vec<usize> {
    let readable = budgets.iter().filter(|&&budget| budget <= MOST_DOTS).count().max(1);
    let panels = readable.min(PANELS);
    (0..panels).map(|panel| budgets[panel * (readable - 1) / (panels - 1).max(1)]).collect()
}

/// Centres of the cells of a map, row by row from the top.
pub(crate) fn grid(data: &dyn Dataset) -> Array2<f32> {
    let (low, high) = data.bounds();
    let centre = |cell: usize| low + (high - low) * (cell as f32 + 0.5) / SIDE as f32;
    Array2::from_shape_fn((SIDE * SIDE, 2), |(cell, axis)| {
        if axis == 0 { centre(cell % SIDE) } else { centre(SIDE - 1 - cell / SIDE) }
    })
}

/// Class numbers of such a grid as a map.
pub(crate) fn raster(answers: Vec<usize>) -> Raster {
    // No dataset has more than 100 classes, so a class number fits.
    Raster { side: SIDE, cells: answers.into_iter().map(|class| class as u8).collect() }
}

/// An image as grey values, ink from 0 (paper) to 255.
pub(crate) fn greys(image: ArrayView1<f32>) -> Vec<u8> {
    image.iter().map(|&ink| (255.0 * ink.clamp(0.0, 1.0)).round() as u8).collect()
}

/// Points of the plane (n × 2) that were asked about, with three decimals: finer than a map's cells.
pub(crate) fn places(asked: &Array2<f32>) -> Vec<(f64, f64)> {
    let decimal = |x: f32| (f64::from(x) * 1e3).round() / 1e3;
    asked.rows().into_iter().map(|p| (decimal(p[0]), decimal(p[1]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_shows_the_half_decades_of_the_default_budgets() {
        let budgets = [10, 18, 32, 56, 100, 178, 316, 562, 1000, 1778, 3162, 5623, 10000];
        assert_eq!(shown(&budgets), [10, 32, 100, 316, 1000]);
        assert_eq!(shown(&[50, 200]), [50, 200]);
        assert_eq!(shown(&[50]), [50]);
        assert_eq!(shown(&[5000, 6000]), [5000]);
    }
}
