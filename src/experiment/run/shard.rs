//! A part of the replicates of a run. Models of one replicate share its teacher and its points, so a replicate is what
//! can stand alone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Every n-th replicate, as the k-th of n shards: replicate r belongs to shard r mod n + 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    number: usize,
    of: usize,
}

impl Shard {
    /// All replicates.
    pub const WHOLE: Self = Self { number: 1, of: 1 };
    /// The first replicate alone.
    pub const FIRST_REPLICATE: Self = Self { number: 1, of: usize::MAX };

    /// Which shard it is, from 1.
    pub fn number(self) -> usize {
        self.number
    }

    /// How many shards there are.
    pub fn of(self) -> usize {
        self.of
    }

    /// All that belong together with it.
    pub fn all(self) -> impl Iterator<Item = Self> {
        (1..=self.of).map(move |number| Self { number, ..self })
    }

    /// Its replicates, of all that the run has.
    pub fn replicates(self, all: usize) -> Vec<usize> {
        (0..all).filter(|replicate| replicate % self.of == self.number - 1).collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("write K/N, the K-th of N shards counted from 1, such as 3/16"),
        }
    }
}

impl TryFrom<String> for Shard {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replicate_is_in_one_shard() {
        let shard = |text: &str| text.parse::<Shard>().unwrap();
        assert_eq!(shard("1/3").replicates(10), [0, 3, 6, 9]);
        assert_eq!(shard("3/3").replicates(10), [2, 5, 8]);
        assert_eq!(shard("12/16").replicates(10), [0; 0]);
        assert_eq!(Shard::WHOLE.replicates(3), [0, 1, 2]);
        assert_eq!(Shard::FIRST_REPLICATE.replicates(1_000), [0]);
    }

    #[test]
    fn what_is_no_shard_is_refused() {
        for text in ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "one/three", "1 / 3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
