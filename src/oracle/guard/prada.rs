//! An account whose queries follow one another is unusual: queries made from earlier queries keep unnaturally even
//! distances (PRADA; Juuti, Szyller, Marchal, Asokan 2019).
//!
//! For every query the distance to the nearest earlier query of the same class is noted. Distances between
//! natural inputs of many dimensions are close to normal, those of synthetic series are not, and Shapiro and Wilk's W
//! tells. As in the paper, distances three deviations off the mean are left out first. Two liberties: the paper fixes a
//! threshold for W and compares only with queries that were far from those before, here the threshold is calibrated
//! on honest accounts and every earlier query counts.

use ndarray::s;

use super::nearest::squared_lengths;
use super::{Detector, confidence::sorted, shapiro_wilk};
use crate::oracle::Log;

/// Fewer distances say nothing about their distribution.
const FEWEST: usize = 10;
/// Further off the mean, in standard deviations, a distance is an outlier.
const OUTLIER: f64 = 3.0;
/// Queries that are multiplied together: enough for a fast product.
const TOGETHER: usize = 128;

/// 1 − W of the distances between an account's queries.
pub(super) struct Prada;

impl Detector for Prada {
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>> {
        let (queries, notes) = (log.queries(), log.notes());
        let lengths = squared_lengths(queries.view());
        let mut values = Vec::with_capacity(notes.len() - first);
        // Some queries at a time against those up to them: half of all products, and never all of them at once.
        for start in (first..notes.len()).step_by(TOGETHER) {
            let end = (start + TOGETHER).min(notes.len());
            let products = queries.slice(s![start..end, ..]).dot(&queries.slice(s![..end, ..]).t());
            let nearest_before = |i: usize| {
                let same = (0..i).filter(|&j| notes[j].class == notes[i].class);
                let squares = same.map(|j| (lengths[i] + lengths[j] - 2.0 * products[[i - start, j]]).max(0.0));
                squares.fold(None, |least: Option<f32>, d| Some(least.map_or(d, |least| least.min(d))))
            };
            values.extend((start..end).map(|i| nearest_before(i).map(|square| f64::from(square).sqrt())));
        }
        values
    }

    fn score(&self, values: &[Option<f64>]) -> Option<f64> {
        let all = sorted(values);
        if all.len() < FEWEST {
            return None;
        }
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let deviation = (all.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / all.len() as f64).sqrt();
        let inliers: Vec<f64> = all.into_iter().filter(|d| (d - mean).abs() <= OUTLIER * deviation).collect();
        // Distances that are all the same are as far from normal as can be.
        Some(1.0 - shapiro_wilk::statistic(&inliers).unwrap_or(0.0))
    }
}
