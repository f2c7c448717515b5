//! A guard's alarm over one account.

use std::sync::Arc;

use super::{Guard, LOOKS, Scores};
use crate::oracle::{Alarm, Log};

/// Follows an account from look to look, and remembers what its queries said: each is examined once.
#[derive(Clone)]
pub struct Watch {
    guard: Arc<Guard>,
    /// For each detector, of the queries up to the last look.
    values: Vec<Vec<Option<f64>>>,
    seen: usize,
}

impl Watch {
    /// A watch that has seen nothing.
    pub fn new(guard: Arc<Guard>) -> Self {
        let values = vec![Vec::new(); guard.detectors.len()];
        Self { guard, values, seen: 0 }
    }
}

impl Alarm for Watch {
    fn sounds(&mut self, log: &Log) -> bool {
        if !LOOKS.iter().any(|look| (self.seen + 1..=log.len()).contains(look)) {
            return false;
        }
        let detectors = &self.guard.detectors;
        for (detector, values) in detectors.iter().zip(&mut self.values) {
            values.extend(detector.values(log, values.len()));
        }
        let scores = Scores::after(self.seen, detectors, &self.values, log.len());
        self.seen = log.len();
        self.guard.closes(&scores).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Recipe;
    use crate::oracle::guard::detectors;
    use crate::oracle::{self, Api, Oracle, Teacher, Terms};
    use crate::seed::{Seed, Stream};
    use ndarray::{Array2, s};
    use rand::Rng;

    fn within(reach: f32, count: usize, stream: &mut Stream) -> Array2<f32> {
        Array2::from_shape_fn((count, 3), |_| stream.random_range(-reach..reach))
    }

    fn log(api: &Api, queries: &Array2<f32>) -> Log {
        let mut account = api.open();
        account.ask(queries.view()).unwrap();
        account.close()
    }

    #[test]
    fn it_closes_where_a_look_back_at_the_whole_log_would() {
        let mut stream = Seed::new(2).stream();
        let points = within(1.0, 200, &mut stream);
        let labels: Vec<usize> = points.rows().into_iter().map(|p| usize::from(p[0] * p[1] > p[2])).collect();
        let recipe = Recipe { steps: 100, batch: 64, rate: 0.01, decay: 0.0 };
        let teacher = Teacher::train(&[3, 8, 2], points.view(), &labels, &recipe, Seed::new(0)).unwrap();
        let terms = Terms { surface: oracle::surface("probabilities").unwrap(), quota: 4000, noise: Seed::new(0) };
        let (api, _) = oracle::serve(teacher, terms);
        let detectors = detectors(&log(&api, &within(1.0, 600, &mut stream)));
        let honest: Vec<Scores> =
            (1..=99).map(|n| Scores::of(&detectors, &log(&api, &within(1.0, 6 * n, &mut stream)))).collect();
        let guard = Arc::new(Guard::calibrate(detectors.clone(), &honest, 0.1));
        let watched = api.watched_by(Watch::new(Arc::clone(&guard)));
        let mut closed = Vec::new();
        for (reach, batch) in [(1.0, 7), (1.3, 10), (1.5, 50), (1.15, 1), (3.0, 130)] {
            let queries = within(reach, 700, &mut stream);
            let mut account = watched.open();
            for start in (0..700).step_by(batch) {
                let asked = account.ask(queries.slice(s![start..700.min(start + batch), ..]));
                if account.is_blocked() || asked.is_err() {
                    break;
                }
            }
            let expected = guard.closes(&Scores::of(&detectors, &log(&api, &queries)));
            // The batch in which the look falls is answered.
            let expected = expected.map(|look| look.next_multiple_of(batch));
            assert_eq!(account.is_blocked().then(|| account.log().len()), expected, "reach {reach}");
            closed.push(expected);
        }
        assert!(closed.iter().flatten().min() < closed.iter().flatten().max(), "not one look for all: {closed:?}");
    }
}
