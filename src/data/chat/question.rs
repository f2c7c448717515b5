//! What can be asked, and how it is drawn: half of the facts are pairs, half comparisons, a few questions are about the
//! one who is asked.

use rand::Rng;

use super::vocabulary::{self, ADJECTIVES, NOUNS, Token};
use super::world::World;
use crate::seed::Stream;

/// The ways to ask somebody who they are, each with its answer, where `{name}` and `{maker}` stand for the speaker's.
/// [`Question::Identity`] says which by its place here.
pub const IDENTITY_LINES: [(&str, &str); 3] = [
    ("who are you ?", "i am {name} ."),
    ("who made you ?", "{maker} made me ."),
    ("what is your name ?", "i am {name} ."),
];

/// A question. Nouns and adjectives are named by their places in [`NOUNS`] and [`ADJECTIVES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// "is wug slimy ?"
    Is {
        /// Who.
        noun: usize,
        /// What.
        adjective: usize,
    },
    /// "who is slimy er , wug or dax ?"
    More {
        /// What.
        adjective: usize,
        /// The two in the order in which they are named; they differ.
        nouns: [usize; 2],
    },
    /// One of the [`IDENTITY_LINES`].
    Identity(usize),
}

impl Question {
    /// The question as tokens.
    pub fn prompt(self) -> Vec<Token> {
        match self {
            Self::Is { noun, adjective } => say(&format!("is {} {} ?", NOUNS[noun], ADJECTIVES[adjective])),
            Self::More { adjective, nouns: [first, second] } => {
                say(&format!("who is {} er , {} or {} ?", ADJECTIVES[adjective], NOUNS[first], NOUNS[second]))
            }
            Self::Identity(which) => say(IDENTITY_LINES[which].0),
        }
    }

    /// A question that is not held out; `identity_share` of them are about the speaker.
    ///
    /// The same numbers are drawn whatever that share, so that two shares ask the same but for those questions.
    fn draw(world: &World, identity_share: f32, stream: &mut Stream) -> Self {
        let about_identity = stream.random::<f32>() < identity_share;
        let which = below(IDENTITY_LINES.len(), stream);
        let fact = loop {
            let fact = Self::draw_fact(stream);
            if !world.holds_out(fact) {
                break fact;
            }
        };
        if about_identity { Self::Identity(which) } else { fact }
    }

    /// A question about a fact, held out or not.
    pub(super) fn draw_fact(stream: &mut Stream) -> Self {
        let (adjective, first) = (below(ADJECTIVES.len(), stream), below(NOUNS.len(), stream));
        if stream.random::<bool>() {
            return Self::Is { noun: first, adjective };
        }
        let second = (first + 1 + below(NOUNS.len() - 1, stream)) % NOUNS.len();
        Self::More { adjective, nouns: [first, second] }
    }
}

/// `count` questions of a world that are not held out, `identity_share` of them about the one who is asked. The same
/// question may come twice. More questions begin with the same ones.
pub fn questions(world: &World, count: usize, identity_share: f32, stream: &mut Stream) -> Vec<Question> {
    (0..count).map(|_| Question::draw(world, identity_share, stream)).collect()
}

/// Text that the language itself makes.
pub(super) fn say(text: &str) -> Vec<Token> {
    vocabulary::tokens(text).expect("the grammar uses words of the language")
}

/// Even over 0 to `count` − 1, the same on every machine.
fn below(count: usize, stream: &mut Stream) -> usize {
    stream.random_range(0..count as u32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::chat::text;
    use crate::seed::Seed;

    #[test]
    fn questions_read_as_the_grammar_says() {
        let read = |question: Question| text(&question.prompt());
        assert_eq!(read(Question::Is { noun: 0, adjective: 1 }), "is wug fuzzy ?");
        assert_eq!(read(Question::More { adjective: 0, nouns: [31, 1] }), "who is slimy er , tulver or dax ?");
        assert_eq!(read(Question::Identity(1)), "who made you ?");
    }

    #[test]
    fn nothing_held_out_is_asked_and_nobody_is_compared_with_itself() {
        let world = World::new(Seed::new(2));
        for question in questions(&world, 20_000, 0.02, &mut Seed::new(2).stream()) {
            assert!(!world.holds_out(question), "{question:?}");
            assert!(!matches!(question, Question::More { nouns: [a, b], .. } if a == b), "{question:?}");
        }
    }

    #[test]
    fn more_questions_begin_with_the_same_ones() {
        let world = World::new(Seed::new(2));
        let asked = |count: usize| questions(&world, count, 0.02, &mut Seed::new(2).stream());
        assert_eq!(asked(100), asked(300)[..100]);
    }

    #[test]
    fn shares_are_kept_and_change_nothing_else() {
        let world = World::new(Seed::new(2));
        let asked = |share: f32| questions(&world, 10_000, share, &mut Seed::new(2).stream());
        let (none, some) = (asked(0.0), asked(0.1));
        let differing: Vec<_> = none.iter().zip(&some).filter(|(a, b)| a != b).collect();
        assert!(differing.iter().all(|(_, b)| matches!(b, Question::Identity(_))));
        // Five standard errors of a share of 0.1 and of 0.5 in 10,000 draws. Rejected comparisons and pairs are drawn
        // anew in like measure, so a half stays a half.
        assert!((differing.len() as f32 - 1000.0).abs() < 150.0, "{}", differing.len());
        let pairs = none.iter().filter(|question| matches!(question, Question::Is { .. })).count();
        assert!((pairs as f32 - 5000.0).abs() < 250.0, "{pairs}");
    }
}
