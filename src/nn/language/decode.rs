//! How a language model answers: token by token until the end, the likeliest or one drawn from its probabilities.
//!
//! Prompts are answered together, one token each at a time, and an answer does not depend on the company it came in.

use ndarray::{Array1, Array2, ArrayView1};
use rand::Rng;

use super::{LanguageModel, Token};
use crate::nn::loss::{argmax, softmax};
use crate::seed::Stream;

impl LanguageModel {
    /// The reply to each prompt that takes the likeliest token each time. The end closes it, unless it is cut off at
    /// `most` tokens.
    pub fn greedy(&self, prompts: &[impl AsRef<[Token]>], most: usize) -> Vec<Vec<Token>> {
        self.decode(prompts, most, |_, _, logits| argmax(logits.insert_axis(ndarray::Axis(0)))[0])
    }

    /// A reply to each prompt, every token drawn from the model's probabilities. The end closes it, unless it is cut
    /// off at `most` tokens.
    ///
    /// Each prompt has `most` random numbers of its own, taken from the stream prompt by prompt, so that asking in two
    /// portions gets the same replies as asking at once.
    pub fn sampled(&self, prompts: &[impl AsRef<[Token]>], most: usize, stream: &mut Stream) -> Vec<Vec<Token>> {
        let numbers: Vec<f32> = (0..prompts.len() * most).map(|_| stream.random()).collect();
        self.decode(prompts, most, |prompt, said, logits| {
            let p = softmax(logits.to_owned().insert_axis(ndarray::Axis(0)));
            draw(p.row(0), numbers[prompt * most + said])
        })
    }

    /// Probabilities of the token that follows a text, such as a prompt and the beginning of a reply. Vocabulary long.
    pub fn next_token_probabilities(&self, text: &[Token]) -> Array1<f32> {
        softmax(self.logits_after([text.iter()].into_iter())).row(0).to_owned()
    }

    /// Logits of the next token at each position of each reply, the first right behind the prompt: as many rows as the
    /// replies have tokens, reply after reply, × vocabulary.
    ///
    /// # Panics
    /// If there are not as many replies as prompts.
    pub fn reply_logits(&self, prompts: &[impl AsRef<[Token]>], replies: &[impl AsRef<[Token]>]) -> Array2<f32> {
        assert_eq!(prompts.len(), replies.len(), "every prompt has its reply");
        let pairs = prompts.iter().zip(replies).map(|(prompt, reply)| (prompt.as_ref(), reply.as_ref()));
        self.logits_after(
            pairs.flat_map(|(prompt, reply)| (0..reply.len()).map(move |said| prompt.iter().chain(&reply[..said]))),
        )
    }

    /// `choose` takes the prompt's number, how much of the reply is said, and the logits of the next token.
    pub(super) fn decode(
        &self,
        prompts: &[impl AsRef<[Token]>],
        most: usize,
        mut choose: impl FnMut(usize, usize, ArrayView1<f32>) -> usize,
    ) -> Vec<Vec<Token>> {
        let mut replies = vec![Vec::new(); prompts.len()];
        let mut open: Vec<usize> = (0..prompts.len()).collect();
        for said in 0..most {
            let texts = open.iter().map(|&prompt| prompts[prompt].as_ref().iter().chain(&replies[prompt]));
            let logits = self.logits_after(texts);
            for (&prompt, logits) in open.iter().zip(logits.rows()) {
                replies[prompt].push(choose(prompt, said, logits) as Token);
            }
            open.retain(|&prompt| replies[prompt].last() != Some(&self.shape().end));
        }
        replies
    }

    /// Logits of the next token (n × vocabulary) after n texts.
    fn logits_after<'a>(&self, texts: impl Iterator<Item = impl DoubleEndedIterator<Item = &'a Token>>) -> Array2<f32> {
        let windows: Vec<Token> = texts.flat_map(|text| self.shape().window_of(text)).collect();
        let width = self.shape().window;
        self.logits(Array2::from_shape_vec((windows.len() / width, width), windows).expect("whole windows").view())
    }
}

/// The class at which the running total of probabilities passes a number from [0, 1).
pub(super) fn draw(p: ArrayView1<f32>, number: f32) -> usize {
    let mut total = 0.0;
    let passed = p.iter().position(|p| {
        total += p;
        number < total
    });
    // Rounding can leave the total a little below 1.
    passed.unwrap_or_else(|| argmax(p.insert_axis(ndarray::Axis(0)))[0])
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::nn::language::Shape;
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 12, window: 5, embedding: 4, hidden: 8, padding: 0, end: 1 };

    /// An untrained model speaks nonsense, but always the same.
    fn model() -> LanguageModel {
        LanguageModel::new(SHAPE, &mut Seed::new(4).stream())
    }

    fn prompts() -> Vec<Vec<Token>> {
        (0..40).map(|i| (0..1 + i % 6).map(|j| ((3 * i + 5 * j) % 10 + 2) as Token).collect()).collect()
    }

    #[test]
    fn an_answer_does_not_depend_on_its_company() {
        let (model, prompts) = (model(), prompts());
        let (greedy, mut stream) = (model.greedy(&prompts, 9), Seed::new(0).stream());
        let sampled = model.sampled(&prompts, 9, &mut stream.clone());
        assert_ne!(greedy, sampled);
        for (i, prompt) in prompts.iter().enumerate() {
            assert_eq!(model.greedy(&[prompt], 9), greedy[i..=i]);
            assert_eq!(model.sampled(&[prompt], 9, &mut stream), sampled[i..=i]);
        }
    }

    #[test]
    fn a_reply_stops_at_its_end_or_at_the_most() {
        let replies = model().sampled(&prompts(), 6, &mut Seed::new(1).stream());
        for reply in &replies {
            let end = reply.iter().position(|&token| token == SHAPE.end);
            assert!(end.map_or(reply.len() == 6, |end| end + 1 == reply.len()), "{reply:?}");
        }
        assert!(replies.iter().any(|reply| reply.len() < 6) && replies.iter().any(|reply| reply.len() == 6));
    }

    #[test]
    fn greedy_replies_are_the_likeliest_tokens_of_their_own_logits() {
        let (model, prompts) = (model(), prompts());
        let replies = model.greedy(&prompts, 7);
        let said: Vec<usize> = replies.iter().flatten().map(|&token| usize::from(token)).collect();
        assert_eq!(argmax(model.reply_logits(&prompts, &replies).view()), said);
    }

    #[test]
    fn logits_behind_a_beginning_are_those_of_the_reply() {
        let model = model();
        let rows = softmax(model.reply_logits(&[[2, 3]], &[[4, 5, 6]]));
        for (said, text) in [&[2, 3][..], &[2, 3, 4], &[2, 3, 4, 5]].into_iter().enumerate() {
            assert_eq!(model.next_token_probabilities(text), rows.row(said));
        }
    }

    #[test]
    fn tokens_are_drawn_as_often_as_they_are_likely() {
        let model = model();
        let p = model.next_token_probabilities(&[7, 8]);
        let replies = model.sampled(&vec![[7, 8]; 4000], 1, &mut Seed::new(2).stream());
        for token in 0..12 {
            let count = replies.iter().filter(|reply| usize::from(reply[0]) == token).count() as f32;
            // Five standard errors of a share in 4,000 draws.
            let slack = 5.0 * (4000.0 * p[token] * (1.0 - p[token])).sqrt() + 1.0;
            assert!((count - 4000.0 * p[token]).abs() < slack, "token {token}: {count}, not {}", 4000.0 * p[token]);
        }
    }

    #[test]
    fn a_draw_at_the_borders() {
        let p = array![0.25, 0.5, 0.0, 0.25];
        let drawn = [0.0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map(|number| draw(p.view(), number));
        assert_eq!(drawn, [0, 0, 1, 1, 3, 3]);
        // A total that rounding left below the number.
        assert_eq!(draw(array![0.3, 0.6].view(), 0.95), 1);
    }
}
