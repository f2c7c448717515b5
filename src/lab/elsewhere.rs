//! A student whose teacher stands elsewhere: its answers are brought here, and the student learns from them.

use ndarray::ArrayView2;

use super::{LabError, SEED};
use crate::data::{Dataset, spirals};
use crate::nn::{Mlp, Recipe};
use crate::replicate::seed_of;
use crate::student::Pupil;

/// The student that learned what a teacher elsewhere answered (n × classes, each a distribution) about points
/// (n × dimension), first asked first. It has the size and the training of a student of the plane, two hidden layers of
/// 16 units, and the random numbers of replicate 0 of `data`.
///
/// # Errors
/// [`LabError::Unknown`] where nothing was asked or there are not as many answers; [`LabError::Diverged`] where
/// training runs away.
pub fn learn(data: &str, points: ArrayView2<f32>, answers: ArrayView2<f32>) -> Result<Mlp, LabError> {
    let asked = points.nrows();
    if asked == 0 || answers.nrows() != asked {
        return Err(LabError::Unknown(format!("{asked} points have {} answers", answers.nrows())));
    }
    let plane = spirals();
    let suits = plane.defaults();
    let seed = seed_of(SEED, data, 0);
    let widths = [&[points.ncols()], &suits.student[..], &[answers.ncols()]].concat();
    let start = Mlp::new(&widths, &mut seed.child("student").stream());
    let recipe = Recipe::usual(suits.student_steps, suits.student_rate);
    Ok(Pupil::new(&start, points, plane.bounds(), recipe, seed).learn(points, answers)?)
}
