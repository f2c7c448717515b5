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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Mlp;
    use crate::oracle::Noted;
    use crate::seed::Seed;
    use ndarray::Array2;

    fn log(queries: &[(f32, usize)]) -> Log {
        let mut log = Log::new(&Mlp::new(&[1, 2], &mut Seed::new(0).stream()));
        let points = Array2::from_shape_fn((queries.len(), 1), |(row, _)| queries[row].0);
        log.record(points.view(), queries.iter().map(|&(_, class)| Noted { class, confidence: 1.0 }).collect());
        log
    }

    #[test]
    fn a_distance_is_to_the_nearest_earlier_query_of_its_class() {
        let few = log(&[(0.0, 0), (5.0, 1), (3.0, 0), (4.0, 1), (2.0, 0)]);
        assert_eq!(Prada.values(&few, 0), [None, None, Some(3.0), Some(1.0), Some(1.0)]);
        // More than are multiplied together at a time: whole numbers, so that every product is exact.
        let queries: Vec<(f32, usize)> = (0..3 * TOGETHER).map(|i| ((i * i % 997) as f32, i % 3 % 2)).collect();
        let nearest = |(i, &(x, class)): (usize, &(f32, usize))| {
            let same = queries[..i].iter().filter(|earlier| earlier.1 == class);
            same.map(|earlier| f64::from((earlier.0 - x).abs())).min_by(f64::total_cmp)
        };
        let expected: Vec<Option<f64>> = queries.iter().enumerate().map(nearest).collect();
        for first in [0, 100, TOGETHER, 300] {
            assert_eq!(Prada.values(&log(&queries), first), expected[first..], "from {first}");
        }
    }

    #[test]
    fn the_score_is_what_is_left_of_w_without_outliers() {
        // scipy.stats.shapiro: the weights of Shapiro and Wilk's paper.
        let men = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236].map(|weight| Some(f64::from(weight)));
        let close = |values: &[Option<f64>]| {
            let score = Prada.score(values).unwrap();
            assert!((score - (1.0 - 0.788_814_694_863_171_6)).abs() < 1e-6, "{score}");
        };
        close(&men);
        // Of twelve values one that is far off the others lies 11/√12 = 3.2 deviations off their mean.
        close(&[&men[..], &[Some(1e6), None]].concat());
        assert_eq!(Prada.score(&[Some(2.0); 10]), Some(1.0));
        assert_eq!(Prada.score(&[Some(2.0); 9]), None);
    }
}
