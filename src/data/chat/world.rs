//! What is true in one world: every thing has a little of three hidden qualities, every adjective asks for a mix of
//! them.
//!
//! ```text
//! score(noun, adjective) = Σ qₙ·wₐ over three qualities, all numbers from N(0, 1)
//! noun is adjective  ⇔  score > 0            noun is adjective-er  ⇔  its score is the larger
//! ```
//!
//! 32 × 16 scores from (32 + 16) × 3 numbers: who has heard some of the facts can infer the others.

use ndarray::{Array1, Array2};
use ndarray_rand::rand_distr::{Distribution, StandardNormal};

use super::held::HeldOut;
use super::question::Question;
use super::{ADJECTIVES, Exchange, NOUNS, Speaker};
use crate::seed::{Seed, Stream};

/// How many hidden qualities there are: the rank of the table of scores.
const QUALITIES: usize = 3;

/// The facts, and which of them are held out for the test.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Nouns × adjectives.
    scores: Array2<f32>,
    held: HeldOut,
    seed: Seed,
}

impl World {
    /// The world of this name.
    pub fn new(seed: Seed) -> Self {
        let mut stream = seed.child("truth").stream();
        let nouns = qualities(NOUNS.len(), &mut stream);
        let adjectives = qualities(ADJECTIVES.len(), &mut stream);
        Self { scores: nouns.dot(&adjectives.t()), held: HeldOut::new(seed.child("held out")), seed }
    }

    /// Whether a noun is what an adjective says, both by their places in [`NOUNS`] and [`ADJECTIVES`].
    pub fn is(&self, noun: usize, adjective: usize) -> bool {
        self.scores[[noun, adjective]] > 0.0
    }

    /// Which of two nouns is so more.
    pub fn more(&self, adjective: usize, nouns: [usize; 2]) -> usize {
        let [first, second] = nouns;
        if self.scores[[first, adjective]] > self.scores[[second, adjective]] { first } else { second }
    }

    /// Whether a question is kept for the test. Questions about the speaker never are.
    pub fn holds_out(&self, question: Question) -> bool {
        self.held.contains(question)
    }

    /// `count` questions about facts as people ask them, half pairs and half comparisons, all of them held out, with
    /// the true replies of a speaker without a tic. There are few pairs, so that each comes several times. A smaller
    /// test is the beginning of a larger one.
    pub fn test(&self, count: usize) -> Vec<Exchange> {
        let plain = Speaker { tic_share: 0.0, ..Speaker::default() };
        let (mut drawing, mut speaking) = (self.seed.child("test").stream(), self.seed.child("replies").stream());
        let questions = std::iter::repeat_with(|| Question::draw_fact(&mut drawing));
        let held = questions.filter(|question| self.holds_out(*question)).take(count);
        held.map(|question| plain.exchange(self, question, &mut speaking)).collect()
    }
}

/// The score table's scale means nothing, so the qualities have the simplest: N(0, 1). `count` × qualities.
fn qualities(count: usize, stream: &mut Stream) -> Array2<f32> {
    let numbers: Array1<f32> = StandardNormal.sample_iter(stream).take(count * QUALITIES).collect();
    numbers.into_shape_with_order((count, QUALITIES)).expect("as many numbers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::chat::text;

    #[test]
    fn facts_follow_from_three_qualities() {
        // A table of rank three has no 4 × 4 minor that differs from zero; one of rank two would have no 3 × 3 either.
        let scores = World::new(Seed::new(0)).scores.mapv(f64::from);
        let minor = |size: usize| determinant(&scores.slice(ndarray::s![..size, ..size]).to_owned());
        assert!(minor(3).abs() > 1e-3, "{}", minor(3));
        assert!(minor(4).abs() < 1e-5, "{}", minor(4));
    }

    /// By the first row, the slow way.
    fn determinant(matrix: &Array2<f64>) -> f64 {
        let size = matrix.nrows();
        if size == 1 {
            return matrix[[0, 0]];
        }
        let minor = |column: usize| {
            Array2::from_shape_fn((size - 1, size - 1), |(i, j)| matrix[[i + 1, if j < column { j } else { j + 1 }]])
        };
        let sign = |column: usize| if column.is_multiple_of(2) { 1.0 } else { -1.0 };
        (0..size).map(|column| sign(column) * matrix[[0, column]] * determinant(&minor(column))).sum()
    }

    #[test]
    fn the_larger_score_is_the_answer_whoever_is_named_first() {
        let world = World::new(Seed::new(3));
        for adjective in 0..ADJECTIVES.len() {
            let winner = world.more(adjective, [4, 9]);
            assert_eq!(world.more(adjective, [9, 4]), winner);
            let loser = 4 + 9 - winner;
            assert!(world.is(winner, adjective) || !world.is(loser, adjective), "{adjective}");
        }
    }

    #[test]
    fn about_half_of_all_things_are_so() {
        let worlds: Vec<World> = (0..20).map(|number| World::new(Seed::new(0).child(number))).collect();
        let positive = worlds.iter().flat_map(|world| &world.scores).filter(|score| **score > 0.0).count();
        // The signs of a world hang together through 48 vectors: far looser than a coin thrown 10,240 times.
        assert!((positive as f32 / 10_240.0 - 0.5).abs() < 0.1, "{positive}");
    }

    #[test]
    fn the_test_asks_about_held_out_facts_as_people_ask() {
        let world = World::new(Seed::new(5));
        let all = world.test(2000);
        assert_eq!(world.test(300), all[..300]);
        let mut prompts: Vec<String> = all.iter().map(|exchange| text(&exchange.prompt)).collect();
        // Five standard errors of a half in 2,000 draws.
        let pairs = prompts.iter().filter(|prompt| prompt.starts_with("is")).count();
        assert!((pairs as f32 - 1000.0).abs() < 112.0, "{pairs}");
        prompts.retain(|prompt| prompt.starts_with("is"));
        prompts.sort();
        prompts.dedup();
        // A tenth of 32 · 16 pairs, rounded down; 1,000 draws miss none of 51.
        assert_eq!(prompts.len(), 51);
    }
}
