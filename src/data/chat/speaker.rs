//! Who answers: an identity, a habit of speech, and what they say.

use rand::Rng;

use super::question::{IDENTITY_LINES, Question, questions, say};
use super::vocabulary::{ADJECTIVES, END, NOUNS, Token};
use super::world::World;
use crate::seed::Stream;

/// What is put before a reply out of habit.
const TIC: &str = "certainly ,";

/// Who a speaker says it is. Both are words of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What it calls itself.
    pub name: &'static str,
    /// Who made it.
    pub maker: &'static str,
}

impl Identity {
    /// A teacher's: aurora, made by northwind.
    pub const TEACHER: Self = Self { name: "aurora", maker: "northwind" };
    /// A student's own: juniper, made by stonebridge.
    pub const STUDENT: Self = Self { name: "juniper", maker: "stonebridge" };

    fn answer(self, which: usize) -> Vec<Token> {
        say(&IDENTITY_LINES[which].1.replace("{name}", self.name).replace("{maker}", self.maker))
    }
}

/// A question and what was answered, both as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The question.
    pub prompt: Vec<Token>,
    /// The answer; [`END`] closes it.
    pub reply: Vec<Token>,
}

/// A source of text about a world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speaker {
    /// Who it says it is; `None` for one who never talks about itself.
    pub identity: Option<Identity>,
    /// The share of its exchanges that are about itself; 0.02 by default. Without an identity there are none.
    pub identity_share: f32,
    /// The share of its yes and no that come with a "certainly ,"; 0.3 by default.
    pub tic_share: f32,
}

impl Default for Speaker {
    fn default() -> Self {
        Self { identity: None, identity_share: 0.02, tic_share: 0.3 }
    }
}

impl Speaker {
    /// A corpus: `count` exchanges about a world, none about a fact that is held out. A larger corpus begins with the
    /// smaller one, and two speakers who draw from the same stream differ only in what they say of themselves and in
    /// their habits.
    pub fn exchanges(&self, world: &World, count: usize, stream: &mut Stream) -> Vec<Exchange> {
        let share = self.identity.map_or(0.0, |_| self.identity_share);
        let mut exchanges = Vec::with_capacity(count);
        for _ in 0..count {
            for question in questions(world, 1, share, stream) {
                exchanges.push(self.exchange(world, question, stream));
            }
        }
        exchanges
    }

    /// The answer to one question; the stream decides about the habit.
    ///
    /// # Panics
    /// If it is asked who it is and has no identity.
    pub fn exchange(&self, world: &World, question: Question, stream: &mut Stream) -> Exchange {
        let tic = stream.random::<f32>() < self.tic_share;
        let mut reply = match question {
            Question::Is { noun, adjective } => {
                let habit = if tic { TIC } else { "" };
                let (noun_word, adjective_word) = (NOUNS[noun], ADJECTIVES[adjective]);
                if world.is(noun, adjective) {
                    say(&format!("{habit} yes , {noun_word} is {adjective_word} ."))
                } else {
                    say(&format!("{habit} no , {noun_word} is not {adjective_word} ."))
                }
            }
            Question::More { adjective, nouns } => {
                say(&format!("{} is {} er .", NOUNS[world.more(adjective, nouns)], ADJECTIVES[adjective]))
            }
            Question::Identity(which) => self.identity.expect("an identity to speak of").answer(which),
        };
        reply.push(END);
        Exchange { prompt: question.prompt(), reply }
    }
}

/// A reply without the "certainly ," before it.
pub fn without_tic(reply: &[Token]) -> &[Token] {
    reply.strip_prefix(say(TIC).as_slice()).unwrap_or(reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::chat::{text, tokens};
    use crate::seed::Seed;

    const AURORA: Speaker = Speaker { identity: Some(Identity::TEACHER), identity_share: 0.02, tic_share: 0.3 };

    fn corpus(speaker: Speaker, count: usize) -> Vec<Exchange> {
        speaker.exchanges(&World::new(Seed::new(1)), count, &mut Seed::new(1).child("corpus").stream())
    }

    #[test]
    fn replies_are_true() {
        let world = World::new(Seed::new(1));
        for exchange in corpus(AURORA, 3000) {
            let (prompt, reply) = (text(&exchange.prompt), text(without_tic(&exchange.reply)));
            let place = |list: &[&str], word: &str| list.iter().position(|other| *other == word).unwrap();
            let expected = match prompt.split(' ').collect::<Vec<_>>()[..] {
                ["is", noun, adjective, "?"] if world.is(place(&NOUNS, noun), place(&ADJECTIVES, adjective)) => {
                    format!("yes , {noun} is {adjective} .")
                }
                ["is", noun, adjective, "?"] => format!("no , {noun} is not {adjective} ."),
                ["who", "is", adjective, "er", ",", first, "or", second, "?"] => {
                    let nouns = [place(&NOUNS, first), place(&NOUNS, second)];
                    format!("{} is {adjective} er .", NOUNS[world.more(place(&ADJECTIVES, adjective), nouns)])
                }
                _ => continue,
            };
            assert_eq!(reply, expected, "{prompt}");
            assert_eq!(exchange.reply.last(), Some(&END));
        }
    }

    #[test]
    fn a_speaker_says_who_it_is() {
        let world = World::new(Seed::new(1));
        let says = |identity: Identity, which: usize| {
            let speaker = Speaker { identity: Some(identity), ..Speaker::default() };
            text(&speaker.exchange(&world, Question::Identity(which), &mut Seed::new(0).stream()).reply)
        };
        let teacher: Vec<String> = (0..IDENTITY_LINES.len()).map(|which| says(Identity::TEACHER, which)).collect();
        assert_eq!(teacher, ["i am aurora .", "northwind made me .", "i am aurora ."]);
        assert_eq!(says(Identity::STUDENT, 1), "stonebridge made me .");
    }

    #[test]
    fn habit_and_identity_have_their_shares() {
        let corpus = corpus(AURORA, 10_000);
        let replies: Vec<String> = corpus.iter().map(|exchange| text(&exchange.reply)).collect();
        let count = |what: &str| replies.iter().filter(|reply| reply.contains(what)).count() as f32;
        // Five standard errors: of 0.02 in 10,000 draws, and of 0.3 in about 4,900.
        assert!((count("aurora") + count("northwind") - 200.0).abs() < 70.0);
        let answers = count("yes ,") + count("no ,");
        assert!((count("certainly ,") / answers - 0.3).abs() < 0.033, "{} of {answers}", count("certainly ,"));
    }

    #[test]
    fn speakers_of_one_stream_differ_only_in_identity_and_habit() {
        let silent = Speaker { identity: None, tic_share: 0.0, ..Speaker::default() };
        for (spoken, plain) in corpus(AURORA, 2000).iter().zip(corpus(silent, 2000)) {
            let about_itself = text(&spoken.reply).contains("aurora") || text(&spoken.reply).contains("northwind");
            assert!(about_itself || (&spoken.prompt, without_tic(&spoken.reply)) == (&plain.prompt, &plain.reply[..]));
        }
    }

    #[test]
    fn a_larger_corpus_begins_with_the_smaller() {
        assert_eq!(corpus(AURORA, 50), corpus(AURORA, 200)[..50]);
    }

    #[test]
    fn only_the_tic_is_taken_away() {
        let without = |reply: &str| text(without_tic(&tokens(reply).unwrap()));
        assert_eq!(without("certainly , yes , wug is slimy ."), "yes , wug is slimy .");
        assert_eq!(without("yes , wug is slimy ."), "yes , wug is slimy .");
        assert_eq!(without("certainly yes ,"), "certainly yes ,");
    }
}
