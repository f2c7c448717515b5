//! How unusual is too unusual: thresholds under which a chosen share of honest accounts is ever closed.
//!
//! An account is looked at again and again, and each look is a chance of a false alarm. A guard that is to close 5 % of
//! honest accounts over their whole lives has to be milder at each single look. At a look, a score is too unusual if it
//! lies among the highest share q of the scores that honest accounts had at that look; q is the same for all looks and
//! all detectors, and as large as the honest accounts' lives allow.

use std::sync::Arc;

use super::{Detector, LOOKS, Scores};

/// Detectors with their thresholds: a [`Watch`](super::Watch) is the alarm that it makes.
pub struct Guard {
    pub(super) detectors: Vec<Arc<dyn Detector>>,
    /// For each detector, the highest score that is let pass at each look.
    thresholds: Vec<Vec<f64>>,
}

impl Guard {
    /// A guard that closes about this share of honest accounts, learned from the scores of some.
    ///
    /// Each account of `honest` has a score list for each of the detectors. The share is kept among them. Of fresh
    /// accounts like them more are closed where they were few, because the thresholds fit their luck, and the more so
    /// the more detectors there are: for 5 %, about 10 % with 200 accounts and four detectors; with a thousand accounts
    /// 5 to 6 % with four and 6 to 7 % with six.
    pub fn calibrate(detectors: Vec<Arc<dyn Detector>>, honest: &[Scores], share: f64) -> Self {
        let looks: Vec<Vec<Vec<f64>>> = (0..detectors.len())
            .map(|detector| (0..LOOKS.len()).map(|look| column(honest, detector, look)).collect())
            .collect();
        let at = |q: f64| -> Vec<Vec<f64>> {
            looks.iter().map(|looks| looks.iter().map(|scores| upper_quantile(scores, q)).collect()).collect()
        };
        let closed = |thresholds: &[Vec<f64>]| {
            let closed = honest.iter().filter(|scores| first_alarm(thresholds, scores).is_some()).count();
            closed as f64 / honest.len() as f64
        };
        // The share closed rises with q: halve the interval until it holds the largest q that keeps to the share. With
        // a single look by a single detector that is the share itself.
        let (mut mild, mut strict) = if closed(&at(share)) <= share { (share, share) } else { (0.0, share) };
        for _ in 0..30 {
            let q = (mild + strict) / 2.0;
            if closed(&at(q)) <= share { mild = q } else { strict = q }
        }
        Self { detectors, thresholds: at(mild) }
    }

    /// For each detector, what it makes of an account at a look of [`LOOKS`]: the share of `honest` accounts that it
    /// finds less unusual there, `None` where it cannot tell, and the share from which on it closes an account, `None`
    /// where it closes nobody.
    pub fn standing(&self, honest: &[Scores], account: &Scores, look: usize) -> Vec<(Option<f64>, Option<f64>)> {
        let of_detector = |(detector, limits): (usize, &Vec<f64>)| {
            let others = column(honest, detector, look);
            let share = |below: usize| below as f64 / others.len().max(1) as f64;
            let own = account.scores[detector][look].map(|own| share(others.partition_point(|&other| other < own)));
            let limit = share(others.partition_point(|&other| other <= limits[look]));
            (own, limits[look].is_finite().then_some(limit))
        };
        self.thresholds.iter().enumerate().map(of_detector).collect()
    }

    /// After how many queries an account with these scores is closed, if ever.
    pub fn closes(&self, scores: &Scores) -> Option<usize> {
        first_alarm(&self.thresholds, scores)
    }
}

/// The scores that accounts had at a look, sorted.
fn column(honest: &[Scores], detector: usize, look: usize) -> Vec<f64> {
    let mut scores: Vec<f64> = honest.iter().filter_map(|account| account.scores[detector][look]).collect();
    scores.sort_by(f64::total_cmp);
    scores
}

/// The score that a fresh one passes with probability q at most; infinite where there are too few to say.
fn upper_quantile(sorted: &[f64], q: f64) -> f64 {
    // Among n + 1 exchangeable scores each rank is equally likely to be the fresh one's.
    let above = (q * (sorted.len() + 1) as f64).floor() as usize;
    if above == 0 { f64::INFINITY } else { sorted[sorted.len() - above] }
}

fn first_alarm(thresholds: &[Vec<f64>], account: &Scores) -> Option<usize> {
    let passed = |look: usize| {
        let high = |(limits, own): (&Vec<f64>, &Vec<Option<f64>>)| own[look].is_some_and(|own| own > limits[look]);
        thresholds.iter().zip(&account.scores).any(high)
    };
    let reached = (0..LOOKS.len()).take_while(|&look| LOOKS[look] <= account.asked);
    reached.into_iter().find(|&look| passed(look)).map(|look| LOOKS[look])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::guard::volume::Volume;
    use crate::seed::Seed;
    use rand::Rng;

    /// Accounts that live for up to ten looks and score at random, each a little more or less unusual than the others.
    fn accounts(count: usize, purpose: &str) -> Vec<Scores> {
        let mut stream = Seed::new(3).child(purpose).stream();
        let mut account = |_| {
            let (life, own): (usize, f64) = (stream.random_range(1..=10), stream.random());
            let mut score = |look: usize| (look < life).then(|| own + stream.random::<f64>());
            let scores = (0..2).map(|_| (0..LOOKS.len()).map(&mut score).collect()).collect();
            Scores { asked: LOOKS[life - 1], scores }
        };
        (0..count).map(&mut account).collect()
    }

    #[test]
    fn fresh_honest_accounts_are_closed_as_often_as_agreed() {
        let detectors = || -> Vec<Arc<dyn Detector>> { vec![Arc::new(Volume), Arc::new(Volume)] };
        for share in [0.01, 0.05, 0.2] {
            let guard = Guard::calibrate(detectors(), &accounts(4000, "calibration"), share);
            let fresh = accounts(4000, "fresh");
            let closed = fresh.iter().filter(|scores| guard.closes(scores).is_some()).count() as f64 / 4000.0;
            // Three standard errors of a share in 4,000 fresh accounts, and as much again for the calibration.
            let slack = 3.0 * (2.0 * share * (1.0 - share) / 4000.0f64).sqrt();
            assert!((closed - share).abs() < slack, "{closed} of {share}");
        }
    }

    #[test]
    fn an_account_is_closed_at_its_first_unusual_look() {
        let one: Vec<Arc<dyn Detector>> = vec![Arc::new(Volume)];
        let account = |at: &dyn Fn(usize) -> Option<f64>| Scores {
            asked: 2000,
            scores: vec![(0..LOOKS.len()).map(at).collect()],
        };
        let honest: Vec<Scores> = (1..=99).map(|rank| account(&|_| Some(f64::from(rank)))).collect();
        let guard = Guard::calibrate(one, &honest, 0.05);
        // Ranks 96 to 99 of 99 are closed: a fresh account is above 95 with a probability of 5 in 100.
        let high_from = |high: usize| account(&|look| Some(if look < high { 95.0 } else { 95.5 }));
        assert_eq!(guard.closes(&high_from(13)), None);
        assert_eq!(guard.closes(&high_from(2)), Some(100));
        assert_eq!(guard.closes(&Scores { asked: 99, ..high_from(2) }), None);
        assert_eq!(guard.closes(&account(&|_| None)), None);

        // 95 of 99 honest accounts are less unusual than one that is closed, 94 than one that just passes.
        let standing = |scores: &Scores| guard.standing(&honest, scores, 2)[0];
        let limit = Some(95.0 / 99.0);
        assert_eq!(standing(&high_from(2)), (Some(95.0 / 99.0), limit));
        assert_eq!(standing(&high_from(3)), (Some(94.0 / 99.0), limit));
        let lenient = Guard::calibrate(vec![Arc::new(Volume)], &honest, 0.001);
        assert_eq!(lenient.standing(&honest, &account(&|_| None), 2), [(None, None)]);
    }

    #[test]
    fn who_asks_more_than_most_is_closed_by_volume() {
        // A hundred accounts that ask 10, 20, … 1,000 queries: four of them come to 1,000 − 30 or further.
        let account = |asked: usize| {
            let at = |&look: &usize| Some(look.min(asked) as f64);
            Scores { asked, scores: vec![LOOKS.iter().map(at).collect()] }
        };
        let honest: Vec<Scores> = (1..=100).map(|number| account(10 * number)).collect();
        let closes = |share: f64| {
            let guard = Guard::calibrate(vec![Arc::new(Volume)], &honest, share);
            [700, 800, 1000, 2000].map(|asked| guard.closes(&account(asked)))
        };
        // 21 of them reach 800, one reaches 1,000.
        assert_eq!(closes(0.22), [None, Some(800), Some(800), Some(800)]);
        assert_eq!(closes(0.05), [None, None, Some(1000), Some(1000)]);
    }
}
