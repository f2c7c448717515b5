//! Replies that are drawn warmer or cooler than the model's probabilities, and from the likeliest words alone.
//!
//! ```text
//! q = softmax(z / T)        kept: the fewest likeliest tokens with Σ q ≥ top_p (Holtzman et al. 2019)
//! ```
//!
//! At temperature 0 the likeliest token is said each time.

use ndarray::{Array1, ArrayView1, Axis};
use rand::Rng;

use super::decode::draw;
use super::{LanguageModel, Token};
use crate::nn::loss::{argmax, softmax};
use crate::seed::Stream;

/// How a reply is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// What logits are divided by, 0 or more: 1 is as the model learned, 0 the likeliest token each time.
    pub temperature: f32,
    /// The share of probability that is drawn from, the likeliest tokens first: above 0, at most 1.
    pub top_p: f32,
    /// The longest reply, in tokens; one at least.
    pub most: usize,
}

impl LanguageModel {
    /// A reply to each prompt in this manner; `seen` is shown each prompt's number and the logits of each token of its
    /// reply.
    ///
    /// Each prompt has `numbers` random numbers of its own, whatever the manner: what a stream gives the next prompt
    /// does not depend on how this one was answered.
    ///
    /// # Panics
    /// If there are fewer `numbers` than the longest reply has tokens.
    pub fn spoken(
        &self,
        prompts: &[impl AsRef<[Token]>],
        manner: &Manner,
        numbers: usize,
        stream: &mut Stream,
        mut seen: impl FnMut(usize, ArrayView1<f32>),
    ) -> Vec<Vec<Token>> {
        assert!(manner.most <= numbers, "a number for each token");
        let drawn: Vec<f32> = (0..prompts.len() * numbers).map(|_| stream.random()).collect();
        self.decode(prompts, manner.most, |prompt, said, logits| {
            seen(prompt, logits);
            if manner.temperature == 0.0 {
                return argmax(logits.insert_axis(Axis(0)))[0];
            }
            draw(manner.probabilities(logits).view(), drawn[prompt * numbers + said])
        })
    }
}

impl Manner {
    /// What a token is drawn from where these are its logits.
    fn probabilities(&self, logits: ArrayView1<f32>) -> Array1<f32> {
        let q = softmax((&logits / self.temperature).insert_axis(Axis(0))).remove_axis(Axis(0));
        if self.top_p >= 1.0 {
            return q;
        }
        let mut ranked: Vec<usize> = (0..q.len()).collect();
        // Stable: the first of equals stays first.
        ranked.sort_by(|&a, &b| q[b].total_cmp(&q[a]));
        let mut kept = Array1::zeros(q.len());
        let mut total = 0.0;
        for token in ranked {
            if total >= self.top_p {
                break;
            }
            kept[token] = q[token];
            total += q[token];
        }
        kept / total
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::nn::language::Shape;
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 12, window: 5, embedding: 4, hidden: 8, padding: 0, end: 1 };
    const PLAIN: Manner = Manner { temperature: 1.0, top_p: 1.0, most: 9 };

    #[test]
    fn the_plain_manner_is_sampling_and_the_coldest_is_greedy() {
        let model = LanguageModel::new(SHAPE, &mut Seed::new(4).stream());
        let prompts: Vec<Vec<Token>> = (2..12).map(|token| vec![token, 3]).collect();
        let spoken = |manner: Manner| model.spoken(&prompts, &manner, 9, &mut Seed::new(0).stream(), |_, _| {});
        assert_eq!(spoken(PLAIN), model.sampled(&prompts, 9, &mut Seed::new(0).stream()));
        assert_eq!(spoken(Manner { temperature: 0.0, ..PLAIN }), model.greedy(&prompts, 9));
        assert_eq!(spoken(Manner { top_p: 1e-6, ..PLAIN }), model.greedy(&prompts, 9));
    }

    #[test]
    fn a_shorter_reply_takes_as_many_numbers() {
        let model = LanguageModel::new(SHAPE, &mut Seed::new(4).stream());
        let mut stream = Seed::new(0).stream();
        model.spoken(&[[2, 3]], &Manner { most: 1, ..PLAIN }, 9, &mut stream, |_, _| {});
        let next = model.spoken(&[[4, 5]], &PLAIN, 9, &mut stream, |_, _| {});
        let both = model.sampled(&[[2, 3], [4, 5]], 9, &mut Seed::new(0).stream());
        assert_eq!(next[0], both[1]);
    }

    #[test]
    fn temperature_and_nucleus_by_hand() {
        // Logits ln 1, ln 2, ln 5: at T = 1 an eighth of each; at T = 1/2 their squares, of 30.
        let logits = array![1f32.ln(), 2f32.ln(), 5f32.ln()];
        let close = |manner: Manner, expected: [f32; 3]| {
            let p = manner.probabilities(logits.view());
            assert!(p.iter().zip(expected).all(|(p, e)| (p - e).abs() < 1e-6), "{p}");
        };
        close(PLAIN, [0.125, 0.25, 0.625]);
        close(Manner { temperature: 0.5, ..PLAIN }, [1.0 / 30.0, 4.0 / 30.0, 25.0 / 30.0]);
        // Five eighths alone are less than 0.7, with two more they are enough.
        close(Manner { top_p: 0.7, ..PLAIN }, [0.0, 2.0 / 7.0, 5.0 / 7.0]);
        close(Manner { top_p: 0.625, ..PLAIN }, [0.0, 0.0, 1.0]);
    }
}
