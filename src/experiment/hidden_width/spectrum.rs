//! A matrix of answers, taken apart into singular values, and how many of them are more than noise.

use ndarray::{ArrayView2, Axis};

use serde::{Deserialize, Serialize};

use super::disguise::Disguise;
use crate::audit::spectrum::singular_values;

/// A singular value this many times above the edge of the noise is more than noise.
pub(super) const CLEAR: f64 = 1.1;

/// One matrix of answers, taken apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Spectrum {
    /// Units of the teacher that gave the answers.
    pub(super) width: usize,
    /// How many of them fire while it does.
    pub(super) fires: usize,
    /// What was done to the answers.
    pub(super) disguise: Disguise,
    /// Singular values, the largest first.
    pub(super) values: Vec<f64>,
    /// What noise alone reaches.
    pub(super) edge: f64,
}

impl Spectrum {
    /// Takes answers (n × words) apart that were shown under a disguise.
    pub(super) fn of(answers: ArrayView2<f64>, disguise: Disguise, (width, fires): (usize, usize)) -> Self {
        // Differences to the mean answer: what all answers share says nothing about the hidden units.
        let differences = &answers - &answers.mean_axis(Axis(0)).expect("there are answers");
        let (n, m) = (differences.nrows() as f64, differences.ncols() as f64);
        let edge = disguise.deviation() * (n.sqrt() + m.sqrt());
        Self { width, fires, disguise, values: singular_values(differences.view()), edge }
    }

    /// Units that fire: one less than the singular values that stand out of the noise. `None` where all of them do, for
    /// then there may be more units than words.
    pub(super) fn read(&self) -> Option<usize> {
        let clear = self.values.iter().take_while(|&&value| value > CLEAR * self.edge).count();
        (clear < self.values.len()).then(|| clear.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::Rng;

    use super::*;
    use crate::seed::Seed;

    #[test]
    fn what_stands_out_of_the_noise_is_counted_and_nothing_where_all_does() {
        let spectrum = |values: &[f64]| Spectrum {
            width: 3,
            fires: 3,
            disguise: Disguise::Nothing,
            values: values.to_vec(),
            edge: 0.09,
        };
        // Three units and the normaliser stand out; 0.095 is above the edge, and not clearly.
        assert_eq!(spectrum(&[9.0, 0.5, 0.3, 0.1, 0.095, 0.05, 0.04]).read(), Some(3));
        assert_eq!(spectrum(&[9.0, 0.5, 0.3, 0.2]).read(), None);
        assert_eq!(spectrum(&[0.05, 0.04]).read(), Some(0));
    }

    #[test]
    fn noise_alone_stays_below_its_edge_and_ten_directions_stand_out_of_it() {
        let mut stream = Seed::new(1).stream();
        for disguise in [Disguise::TwoDecimals, Disguise::Noise] {
            // Even over many steps, so that rounding is even over one.
            let mut even = |rank: usize| {
                let mut part =
                    |rows, columns| Array2::from_shape_fn((rows, columns), |_| stream.random_range(-1.0..1.0));
                let (a, b): (Array2<f64>, Array2<f64>) = (part(900, rank), part(rank, 40));
                a.dot(&b)
            };
            let edge = disguise.deviation() * (30.0 + 40f64.sqrt());
            let exact = even(10);
            let shown = disguise.of(&exact, &mut Seed::new(2).stream());
            let noise = singular_values((&shown - &exact).view());
            assert!(noise[0] < CLEAR * edge && noise[0] > 0.8 * edge, "{disguise:?}: {} at {edge}", noise[0]);
            let found = singular_values(shown.view()).iter().filter(|&&value| value > CLEAR * edge).count();
            assert_eq!(found, 10, "{disguise:?}");
        }
    }
}
