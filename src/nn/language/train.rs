//! Training a language model in the one loop that trains everything.

use super::gradient::Gradient;
use super::passages::Pages;
use super::{LanguageModel, Passages};
use crate::nn::adamw::AdamW;
use crate::nn::train::{Session, descend};
use crate::nn::{Diverged, Recipe};
use crate::seed::Stream;

/// Trains `model` on passages. An example of the recipe's batch is one position of a reply.
///
/// # Errors
/// [`Diverged`] where the learning rate is too high for the loss to settle.
///
/// # Panics
/// If there are no passages, or they are for models of another window or vocabulary.
pub fn train(
    model: &mut LanguageModel,
    passages: &Passages,
    recipe: &Recipe,
    stream: &mut Stream,
) -> Result<(), Diverged> {
    let (own, theirs) = (model.shape(), passages.shape());
    assert_eq!((own.window, own.vocabulary), (theirs.window, theirs.vocabulary), "passages for such a model");
    let batch = recipe.batch_for(passages.len());
    let (embedding, net) = model.parameters_mut();
    let session = LanguageSession {
        embedding_optimiser: AdamW::new(embedding.len(), recipe.decay),
        net_optimiser: AdamW::new(net.len(), recipe.decay),
        pages: Pages::new(passages, batch, stream),
        gradient: Gradient::new(model, batch),
        model,
    };
    descend(session, own.vocabulary, recipe, stream)
}

struct LanguageSession<'a> {
    model: &'a mut LanguageModel,
    pages: Pages<'a>,
    gradient: Gradient,
    embedding_optimiser: AdamW,
    net_optimiser: AdamW,
}

impl Session for LanguageSession<'_> {
    fn differentiate(&mut self, stream: &mut Stream) {
        self.pages.deal(stream);
        self.gradient.compute(self.model, self.pages.windows(), self.pages.targets());
    }

    fn loss(&self) -> f64 {
        self.gradient.loss(self.pages.targets())
    }

    fn step(&mut self, rate: f32) {
        let (embedding, net) = self.model.parameters_mut();
        self.embedding_optimiser.step(embedding, self.gradient.embedding.as_slice().expect("row by row"), rate);
        self.net_optimiser.step(net, &self.gradient.net, rate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::{Shape, Token};
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 8, window: 4, embedding: 4, hidden: 16, padding: 0, end: 1 };
    const RECIPE: Recipe = Recipe { steps: 300, batch: 16, rate: 0.02, decay: 1e-4 };

    fn prompts() -> Vec<[Token; 2]> {
        (2..8).flat_map(|first| (2..8).map(move |second| [first, second])).collect()
    }

    fn learn(recipe: &Recipe, threads_apart: usize) -> Result<LanguageModel, Diverged> {
        let mut passages = Passages::new(SHAPE);
        for [first, second] in prompts() {
            passages.push(&[first, second], &[second, first, 1]);
        }
        let seed = Seed::new(0);
        std::thread::scope(|scope| {
            let work = || {
                let mut model = LanguageModel::new(SHAPE, &mut seed.child("start").stream());
                train(&mut model, &passages, recipe, &mut seed.stream()).map(|()| model)
            };
            let trained: Vec<_> = (0..threads_apart).map(|_| scope.spawn(work)).collect();
            let mut trained: Vec<_> = trained.into_iter().map(|thread| thread.join().expect("no panic")).collect();
            assert!(trained.windows(2).all(|pair| pair[0] == pair[1]), "the same bytes on every thread");
            trained.pop().expect("one at least")
        })
    }

    #[test]
    fn learns_to_say_two_words_in_reverse_on_any_thread() {
        let model = learn(&RECIPE, 2).unwrap();
        let expected: Vec<Vec<Token>> = prompts().iter().map(|[first, second]| vec![*second, *first, 1]).collect();
        assert_eq!(model.greedy(&prompts(), 10), expected);
    }

    #[test]
    fn an_absurd_rate_is_reported() {
        let diverged = learn(&Recipe { rate: 1e30, ..RECIPE }, 1).expect_err("cannot settle");
        // An even guess among eight tokens.
        assert!((diverged.guess - 8f64.ln()).abs() < 1e-12, "{diverged}");
    }

    #[test]
    fn soft_targets_are_learned_as_probabilities() {
        let mut passages = Passages::new(SHAPE);
        passages.push_soft(&[2, 3], &[4], &[vec![(4, 0.7), (5, 0.2), (6, 0.1)]]);
        let mut model = LanguageModel::new(SHAPE, &mut Seed::new(1).stream());
        train(&mut model, &passages, &RECIPE, &mut Seed::new(1).stream()).unwrap();
        let p = model.next_token_probabilities(&[2, 3]);
        for (token, expected) in [(4, 0.7), (5, 0.2), (6, 0.1), (7, 0.0)] {
            assert!((p[token] - expected).abs() < 0.01, "token {token}: {}", p[token]);
        }
    }
}
