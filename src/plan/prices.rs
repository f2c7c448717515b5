//! What a label, a query and an operation cost, in dollars.
//!
//! The defaults are made up but plausible orders of magnitude, to be changed: a few cents for a person to label an
//! example; half a cent for an answer of some hundred words from a large language model's API; rented accelerators at
//! about two dollars an hour that get 3·10¹⁴ operations a second done. The toy's own operations would be cheaper still.

use std::fmt;

use super::spelling::Flag;
use super::{PlanError, Request};

/// Dollars per unit; each finite and not negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prices {
    /// Per true label.
    pub label: f64,
    /// Per thousand queries to the teacher.
    pub query: f64,
    /// Per 10¹⁵ floating-point operations of training.
    pub pflop: f64,
}

impl Default for Prices {
    fn default() -> Self {
        Self { label: 0.05, query: 5.0, pflop: 0.002 }
    }
}

/// Beyond a million dollars a piece, sums no longer read well.
const MOST: f64 = 1e6;

impl Prices {
    pub(super) fn check(request: &Request) -> Result<Self, PlanError> {
        let usual = Self::default();
        let price = |flag: &'static str, asked: Option<f64>, usual: f64| match asked.unwrap_or(usual) {
            // A price of −0 would print its sign.
            price if (0.0..=MOST).contains(&price) => Ok(price + 0.0),
            price => {
                let cure = format!("write dollars; the default is {usual}");
                let problem = format!("a price is a number from 0 to {MOST}");
                Err(PlanError::new(flag, &price.to_string(), problem, cure))
            }
        };
        Ok(Self {
            label: price("--price-label", request.price_label, usual.label)?,
            query: price("--price-query", request.price_query, usual.query)?,
            pflop: price("--price-pflop", request.price_pflop, usual.pflop)?,
        })
    }

    /// Their flags.
    pub(super) fn flags(self, request: &Request) -> impl Iterator<Item = Flag> {
        let usual = Self::default();
        let all = [
            ("--price-label", request.price_label, self.label, usual.label),
            ("--price-query", request.price_query, self.query, usual.query),
            ("--price-pflop", request.price_pflop, self.pflop, usual.pflop),
        ];
        all.into_iter().map(|(name, asked, price, usual)| Flag {
            name,
            said: asked.is_some(),
            differs: price != usual,
            value: price.to_string(),
        })
    }

    /// What some labels, some queries and a training cost together.
    pub fn total(self, labels: f64, queries: f64, flops: f64) -> f64 {
        self.label * labels + self.query * queries / 1e3 + self.pflop * flops / 1e15
    }
}

impl fmt::Display for Prices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${} per label, ${} per 1,000 queries, ${} per PFLOP", self.label, self.query, self.pflop)
    }
}
