//! Which facts are kept for the test: a tenth of the pairs, and a tenth of the comparisons.
//!
//! A comparison is held out in both its orders, because the answer to one is the answer to the other.

use rand::seq::SliceRandom;

use super::question::Question;
use super::{ADJECTIVES, NOUNS};
use crate::seed::{Seed, Stream};

/// One fact in this many is held out.
const ONE_IN: usize = 10;

/// The held-out facts of a world, one flag per fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeldOut {
    /// Noun by noun, one flag per adjective.
    pairs: Vec<bool>,
    /// Adjective by adjective, one flag for every two nouns, the earlier first.
    comparisons: Vec<bool>,
}

impl HeldOut {
    pub(super) fn new(seed: Seed) -> Self {
        let couples = NOUNS.len() * (NOUNS.len() - 1) / 2;
        Self {
            pairs: flags(NOUNS.len() * ADJECTIVES.len(), &mut seed.child("pairs").stream()),
            comparisons: flags(ADJECTIVES.len() * couples, &mut seed.child("comparisons").stream()),
        }
    }

    pub(super) fn contains(&self, question: Question) -> bool {
        match question {
            Question::Is { noun, adjective } => self.pairs[noun * ADJECTIVES.len() + adjective],
            Question::More { adjective, nouns } => {
                let (low, high) = (nouns[0].min(nouns[1]), nouns[0].max(nouns[1]));
                // Before the couples of `high` come those of 1, 2, … high − 1, which are 1, 2, … high − 1 many.
                let couples = NOUNS.len() * (NOUNS.len() - 1) / 2;
                self.comparisons[adjective * couples + high * (high - 1) / 2 + low]
            }
            Question::Identity(_) => false,
        }
    }

    /// All held-out questions in random order.
    pub(super) fn shuffled(&self, stream: &mut Stream) -> Vec<Question> {
        let mut held: Vec<Question> = every_fact().filter(|question| self.contains(*question)).collect();
        held.shuffle(stream);
        held
    }
}

/// Every question about the facts of a world.
fn every_fact() -> impl Iterator<Item = Question> {
    (0..ADJECTIVES.len()).flat_map(|adjective| {
        let pairs = (0..NOUNS.len()).map(move |noun| Question::Is { noun, adjective });
        let couples = (0..NOUNS.len()).flat_map(|first| (0..NOUNS.len()).map(move |second| [first, second]));
        let comparisons = couples.filter(|[first, second]| first != second);
        pairs.chain(comparisons.map(move |nouns| Question::More { adjective, nouns }))
    })
}

/// One in ten of `count` flags set, which ones at random.
fn flags(count: usize, stream: &mut Stream) -> Vec<bool> {
    let mut flags: Vec<bool> = (0..count).map(|place| place < count / ONE_IN).collect();
    flags.shuffle(stream);
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_couple_has_a_flag_of_its_own() {
        // Flags set one after another: each must be seen by exactly one couple, in both its orders.
        let held = HeldOut::new(Seed::new(0));
        for place in 0..496 {
            let mut comparisons = vec![false; held.comparisons.len()];
            comparisons[place] = true;
            let one = HeldOut { comparisons, pairs: vec![false; held.pairs.len()] };
            let seen: Vec<Question> = every_fact().filter(|question| one.contains(*question)).collect();
            let [Question::More { nouns: [a, b], .. }, Question::More { nouns: [c, d], .. }] = seen[..] else {
                panic!("{place}: {seen:?}")
            };
            assert_eq!((a, b), (d, c), "{place}");
        }
    }

    #[test]
    fn there_are_as_many_facts_as_the_language_can_tell() {
        assert_eq!(every_fact().count(), 32 * 16 + 16 * 32 * 31);
    }

    #[test]
    fn worlds_hold_out_different_facts() {
        assert_ne!(HeldOut::new(Seed::new(0)), HeldOut::new(Seed::new(1)));
    }
}
