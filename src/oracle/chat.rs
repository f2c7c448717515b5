//! The medium of talk: a query is a prompt, an answer is text, with or without what else might have been said.
//!
//! A model that talks draws each word of a reply from its probabilities. The text alone is a sample; with the
//! log-probabilities of the likeliest words it is most of the distribution.

use ndarray::ArrayView1;

use super::Refusal;
use super::medium::Answering;
use crate::nn::language::{LanguageModel, Manner, Token};
use crate::seed::{Seed, Stream};

/// The longest reply, in tokens.
pub const LONGEST_REPLY: usize = 14;

/// Prompts in, replies out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chat;

/// What the customer gets for a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What was said, with the end.
    pub text: Vec<Token>,
    /// For each token of the text the likeliest tokens in its place, with their log-probabilities in nats, the
    /// likeliest first; empty where the text is all there is.
    pub likely: Vec<Vec<(Token, f32)>>,
}

/// A kind of reply: what it shows of the model's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatSurface {
    /// Its name on the command line and in records.
    pub name: &'static str,
    /// One line for the list.
    pub about: &'static str,
    /// How many of the likeliest tokens are shown with each token of a reply.
    pub top: usize,
}

/// All kinds of reply, the one that shows least first.
pub static CHAT_SURFACES: &[ChatSurface] = &[
    ChatSurface { name: "text", about: "the words of the reply and nothing else", top: 0 },
    ChatSurface { name: "log-probabilities", about: "the words, and for each the five likeliest in its place", top: 5 },
    ChatSurface { name: "all-log-probabilities", about: "the words, and for each how likely any other was", top: 256 },
];

/// The kind of reply of this name.
pub fn chat_surface(name: &str) -> Option<&'static ChatSurface> {
    CHAT_SURFACES.iter().find(|surface| surface.name == name)
}

impl Answering for Chat {
    type Model = LanguageModel;
    type Batch<'a> = &'a [Vec<Token>];
    type Queries = Vec<Vec<Token>>;
    /// The reply as it was said.
    type Note = Vec<Token>;
    type Answers = Vec<Reply>;
    type Surface = ChatSurface;

    fn count(batch: &[Vec<Token>]) -> usize {
        batch.len()
    }

    fn understood(model: &LanguageModel, batch: &[Vec<Token>]) -> Result<(), Refusal> {
        let known = model.shape().vocabulary;
        match batch.iter().flatten().find(|&&token| usize::from(token) >= known) {
            Some(&token) => Err(Refusal::UnknownToken { token, known }),
            None => Ok(()),
        }
    }

    fn answer(
        model: &LanguageModel,
        batch: &[Vec<Token>],
        surface: &ChatSurface,
        noise: &mut Stream,
    ) -> (Vec<Reply>, Vec<Vec<Token>>) {
        let texts = model.sampled(batch, LONGEST_REPLY, noise);
        let mut likely = vec![Vec::new(); texts.len()];
        if surface.top > 0 {
            let shown = likeliest(model, batch, &texts, surface.top);
            let mut rest = shown.into_iter();
            likely = texts.iter().map(|text| rest.by_ref().take(text.len()).collect()).collect();
        }
        let replies = texts.iter().cloned().zip(likely).map(|(text, likely)| Reply { text, likely }).collect();
        (replies, texts)
    }

    fn no_queries(_model: &LanguageModel) -> Vec<Vec<Token>> {
        Vec::new()
    }

    fn keep(queries: &mut Vec<Vec<Token>>, batch: &[Vec<Token>]) {
        queries.extend_from_slice(batch);
    }

    fn classes(model: &LanguageModel) -> usize {
        model.shape().vocabulary
    }
}

/// Replies in a manner, what else might have been said with them in the same pass.
pub(super) fn spoken(
    model: &LanguageModel,
    prompts: &[Vec<Token>],
    (manner, seed): (&Manner, Option<Seed>),
    surface: &ChatSurface,
    noise: &mut Stream,
) -> (Vec<Reply>, Vec<Vec<Token>>) {
    let mut likely = vec![Vec::new(); prompts.len()];
    let see = |prompt: usize, logits: ArrayView1<f32>| {
        if surface.top > 0 {
            likely[prompt].push(ranked(logits, surface.top));
        }
    };
    let mut stream = seed.map_or_else(|| noise.clone(), Seed::stream);
    // As many numbers as any other answer to as many prompts takes, of 32 bits each.
    noise.set_word_pos(noise.get_word_pos() + (prompts.len() * LONGEST_REPLY) as u128);
    let texts = model.spoken(prompts, manner, LONGEST_REPLY, &mut stream, see);
    let replies = texts.iter().cloned().zip(likely).map(|(text, likely)| Reply { text, likely }).collect();
    (replies, texts)
}

/// The likeliest tokens at each position of each reply, reply after reply.
fn likeliest(
    model: &LanguageModel,
    prompts: &[Vec<Token>],
    texts: &[Vec<Token>],
    top: usize,
) -> Vec<Vec<(Token, f32)>> {
    model.reply_logits(prompts, texts).rows().into_iter().map(|row| ranked(row, top)).collect()
}

/// The likeliest tokens after a text with their log-probabilities in nats, from the logits of all.
fn ranked(row: ArrayView1<f32>, top: usize) -> Vec<(Token, f32)> {
    // ln softmax(z) = z − max − ln Σ exp(z − max), without a detour over probabilities that round to nothing.
    let largest = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    let total: f32 = row.iter().map(|z| (z - largest).exp()).sum();
    let log = |(token, &z): (usize, &f32)| (token as Token, z - largest - total.ln());
    let mut tokens: Vec<(Token, f32)> = row.iter().enumerate().map(log).collect();
    tokens.sort_by(|a, b| b.1.total_cmp(&a.1));
    tokens.truncate(top);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::Shape;
    use crate::oracle::{Oracle, Teacher, Terms, serve};
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 9, window: 4, embedding: 3, hidden: 6, padding: 0, end: 1 };

    fn terms(name: &str, quota: usize) -> Terms<Chat> {
        Terms { surface: chat_surface(name).unwrap(), quota, noise: Seed::new(5) }
    }

    fn untrained() -> Teacher<Chat> {
        Teacher::untrained(SHAPE, Seed::new(2))
    }

    #[test]
    fn every_prompt_is_a_query_and_a_refused_batch_costs_nothing() {
        let (api, _) = serve(untrained(), terms("text", 3));
        let mut account = api.open();
        assert!(account.log().is_empty() && account.classes() == 9);
        assert_eq!(account.ask(&[vec![2, 3], vec![4]]).unwrap().len(), 2);
        assert_eq!(account.ask(&[vec![2], vec![3]]), Err(Refusal::OverQuota { asked: 2, left: 1, quota: 3 }));
        assert_eq!(account.ask(&[vec![9]]), Err(Refusal::UnknownToken { token: 9, known: 9 }));
        assert_eq!((account.left(), account.log().queries().clone()), (1, vec![vec![2, 3], vec![4]]));
        assert!(!account.log().is_empty());
    }

    #[test]
    fn a_manner_changes_what_is_said_and_neither_the_meter_nor_the_noise() {
        let (api, _) = serve(untrained(), terms("log-probabilities", 9));
        let prompts: Vec<Vec<Token>> = (2..5).map(|token| vec![token]).collect();
        let plain = Manner { temperature: 1.0, top_p: 1.0, most: LONGEST_REPLY };
        let (mut asked, mut in_a_manner) = (api.open(), api.open());
        assert_eq!(asked.ask(&prompts).unwrap(), in_a_manner.ask_in(&plain, None, &prompts).unwrap());
        let cold = Manner { temperature: 0.0, most: 2, ..plain };
        let seeded = in_a_manner.ask_in(&cold, Some(Seed::new(1)), &prompts).unwrap();
        assert!(seeded.iter().all(|reply| reply.text.len() <= 2 && reply.likely[0][0].0 == reply.text[0]));
        asked.ask(&prompts).unwrap();
        assert_eq!(asked.ask(&prompts).unwrap(), in_a_manner.ask_in(&plain, None, &prompts).unwrap());
        assert_eq!(in_a_manner.ask_in(&plain, None, &prompts), asked.ask(&prompts));
        let text = |account: &mut crate::oracle::Account<Chat>| account.ask_in(&plain, None, &prompts).unwrap();
        assert!(text(&mut api.under(terms("text", 9)).open()).iter().all(|reply| reply.likely.is_empty()));
        let twice = |account: &mut crate::oracle::Account<Chat>| account.ask_in(&plain, Some(Seed::new(3)), &prompts);
        assert_eq!(twice(&mut api.open()), twice(&mut api.open_for("somebody else")));
    }

    #[test]
    fn accounts_with_two_teachers_share_a_meter() {
        let (api, _) = serve(untrained(), terms("text", 1));
        let (other, _) = serve(untrained(), terms("text", 1));
        let meter = std::sync::Arc::new(crate::oracle::Meter::new(3));
        let (mut one, mut two) = (api.open_on(&meter, "a"), other.open_on(&meter, "a"));
        one.ask(&[vec![2], vec![3]]).unwrap();
        assert_eq!(two.ask(&[vec![2], vec![3]]), Err(Refusal::OverQuota { asked: 2, left: 1, quota: 3 }));
        two.ask(&[vec![2]]).unwrap();
        assert_eq!((one.left(), two.left(), meter.used(), two.log().len()), (0, 0, 3, 1));
    }

    #[test]
    fn what_was_said_does_not_depend_on_what_is_shown_or_on_the_batch() {
        let (api, _) = serve(untrained(), terms("text", 9));
        let prompts: Vec<Vec<Token>> = (2..9).map(|token| vec![token]).collect();
        let plain = api.open().ask(&prompts).unwrap();
        let mut piecewise = api.open();
        let pieces: Vec<Reply> = prompts.chunks(3).flat_map(|chunk| piecewise.ask(chunk).unwrap()).collect();
        assert_eq!(plain, pieces);
        let shown = api.under(terms("log-probabilities", 9)).open().ask(&prompts).unwrap();
        for (plain, shown) in plain.iter().zip(&shown) {
            assert_eq!((&plain.text, plain.likely.len()), (&shown.text, 0));
            assert_eq!(shown.likely.len(), shown.text.len());
            for likely in &shown.likely {
                assert_eq!(likely.len(), 5);
                assert!(likely.windows(2).all(|pair| pair[0].1 >= pair[1].1), "the likeliest first");
            }
        }
        for reply in api.under(terms("all-log-probabilities", 9)).open().ask(&prompts).unwrap() {
            for likely in reply.likely {
                let total: f32 = likely.iter().map(|(_, log)| log.exp()).sum();
                assert!((total - 1.0).abs() < 1e-5 && likely.len() == 9, "{total}");
            }
        }
    }
}
