//! The rate limit: how many queries an account gets answered in a minute.
//!
//! A minute begins with the first query after the last one ended, on a clock that no one can set back.

use std::time::{Duration, Instant};

use axum::http::{HeaderName, HeaderValue};

use super::error::Problem;
use crate::oracle::Meter;

const MINUTE: Duration = Duration::from_secs(60);

/// An account's queries of this minute.
#[derive(Debug, Default)]
pub(super) struct Pace {
    begun: Option<Instant>,
    asked: usize,
}

impl Pace {
    /// Whether so many more queries fit into the minute of `now`.
    pub(super) fn admits(&mut self, asked: usize, limit: Option<usize>, now: Instant) -> Result<(), Problem> {
        let Some(limit) = limit else { return Ok(()) };
        if self.begun.is_none_or(|begun| now.duration_since(begun) >= MINUTE) {
            *self = Self { begun: Some(now), asked: 0 };
        }
        let left = limit - self.asked;
        if asked <= left {
            return Ok(());
        }
        let seconds = self.rest(now).as_secs() + 1;
        let message = if asked > limit {
            format!("{asked} queries at once, and {limit} a minute are answered: ask in smaller batches")
        } else {
            format!("{asked} queries asked, {left} left of {limit} a minute: ask again in {seconds} seconds")
        };
        Err(Problem::too_fast(message, seconds))
    }

    /// Counts queries that were admitted.
    pub(super) fn count(&mut self, asked: usize) {
        self.asked += asked;
    }

    /// What is left at once, in OpenAI's headers. Without a limit a minute it is the quota, which no minute renews.
    pub(super) fn headers(&self, limit: Option<usize>, meter: &Meter, now: Instant) -> Vec<(HeaderName, HeaderValue)> {
        let left = limit.map_or(usize::MAX, |limit| limit.saturating_sub(self.asked)).min(meter.left());
        let name = HeaderName::from_static;
        let mut headers = vec![
            (name("x-ratelimit-limit-requests"), HeaderValue::from(limit.unwrap_or(meter.quota()))),
            (name("x-ratelimit-remaining-requests"), HeaderValue::from(left)),
        ];
        if limit.is_some() {
            let reset = HeaderValue::from_str(&format!("{}s", self.rest(now).as_secs() + 1));
            headers.push((name("x-ratelimit-reset-requests"), reset.expect("digits")));
        }
        headers
    }

    /// How much of the minute is left.
    fn rest(&self, now: Instant) -> Duration {
        self.begun.map_or(Duration::ZERO, |begun| MINUTE.saturating_sub(now.duration_since(begun)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_its_limit_and_then_the_next_begins() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let mut ask = |asked: usize, seconds: u64| {
            let admitted = pace.admits(asked, Some(10), at(seconds)).is_ok();
            if admitted {
                pace.count(asked);
            }
            admitted
        };
        assert!(ask(6, 0) && ask(4, 30) && !ask(1, 59));
        assert!(!ask(11, 60), "more than a minute's");
        assert!(ask(10, 61) && !ask(1, 119) && ask(1, 121));
        assert!(Pace::default().admits(usize::MAX, None, start).is_ok());
    }
}
