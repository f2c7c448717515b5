//! What a language model learns from: each position of each reply, with the window before it and the tokens that
//! should follow.

use ndarray::{Array2, ArrayView2};

use super::{Shape, Token};
use crate::nn::batch::Deck;
use crate::nn::kernel::Sheet;
use crate::seed::Stream;

/// Positions of replies. A window is kept as token numbers, and of a target only what is not zero: 30,000 exchanges
/// take a few megabytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Passages {
    shape: Shape,
    /// Position by position.
    windows: Vec<Token>,
    /// The tokens that may follow, position after position, with their weights.
    targets: Vec<(Token, f32)>,
    /// Where each position's targets begin; one more at the end.
    starts: Vec<usize>,
}

impl Passages {
    /// None yet, for models of this shape.
    pub fn new(shape: Shape) -> Self {
        Self { shape, windows: Vec::new(), targets: Vec::new(), starts: vec![0] }
    }

    /// Adds every token of a reply as what should follow the prompt and the reply before it. A reply that should end
    /// holds the end.
    pub fn push(&mut self, prompt: &[Token], reply: &[Token]) {
        self.push_targets(prompt, reply, reply.iter().map(|&token| [(token, 1.0)]));
    }

    /// Adds every position of a reply with a distribution over what should follow there: tokens and their weights,
    /// which add up to 1; a token that is left out weighs nothing.
    ///
    /// # Panics
    /// If there are not as many distributions as tokens in the reply, or one of them does not add up to 1.
    pub fn push_soft(&mut self, prompt: &[Token], reply: &[Token], targets: &[Vec<(Token, f32)>]) {
        assert_eq!(reply.len(), targets.len(), "every position has its own distribution");
        for target in targets {
            let total: f32 = target.iter().map(|(_, weight)| weight).sum();
            assert!((total - 1.0).abs() < 1e-3, "weights that add up to 1, not to {total}");
        }
        self.push_targets(prompt, reply, targets.iter().map(|target| target.iter().copied()));
    }

    fn push_targets<T: IntoIterator<Item = (Token, f32)>>(
        &mut self,
        prompt: &[Token],
        reply: &[Token],
        targets: impl Iterator<Item = T>,
    ) {
        for (said, target) in targets.enumerate() {
            self.windows.extend(self.shape.window_of(prompt.iter().chain(&reply[..said])));
            self.targets.extend(target);
            self.starts.push(self.targets.len());
        }
    }

    /// How many positions there are: the examples of a training run.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The shape of the models that these are for.
    pub fn shape(&self) -> Shape {
        self.shape
    }
}

/// Deals batches of positions in shuffled order, each once before any twice.
pub(super) struct Pages<'a> {
    passages: &'a Passages,
    deck: Deck,
    /// Batch × window.
    windows: Array2<Token>,
    /// Vocabulary × batch.
    targets: Sheet,
}

impl<'a> Pages<'a> {
    pub(super) fn new(passages: &'a Passages, size: usize, stream: &mut Stream) -> Self {
        let Shape { vocabulary, window, .. } = passages.shape;
        Self {
            passages,
            deck: Deck::new(passages.len(), stream),
            windows: Array2::zeros((size, window)),
            targets: Sheet::zeros(vocabulary, size),
        }
    }

    /// Deals the next batch.
    pub(super) fn deal(&mut self, stream: &mut Stream) {
        let Passages { windows, targets, starts, shape } = self.passages;
        let (numbers, stride) = self.targets.parts_mut();
        numbers.fill(0.0);
        for (slot, mut window) in self.windows.rows_mut().into_iter().enumerate() {
            let position = self.deck.deal(stream);
            let dealt = &windows[position * shape.window..][..shape.window];
            window.as_slice_mut().expect("row by row").copy_from_slice(dealt);
            for &(token, weight) in &targets[starts[position]..starts[position + 1]] {
                numbers[usize::from(token) * stride + slot] = weight;
            }
        }
    }

    /// The windows last dealt: batch × window.
    pub(super) fn windows(&self) -> ArrayView2<'_, Token> {
        self.windows.view()
    }

    /// Their targets: vocabulary × batch.
    pub(super) fn targets(&self) -> &Sheet {
        &self.targets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 9, window: 3, embedding: 2, hidden: 2, padding: 0, end: 1 };

    #[test]
    fn a_reply_is_learned_token_by_token_behind_what_was_said() {
        let mut passages = Passages::new(SHAPE);
        passages.push(&[5, 6], &[7, 8, 1]);
        assert_eq!(passages.windows, [0, 5, 6, 5, 6, 7, 6, 7, 8]);
        assert_eq!(passages.targets, [(7, 1.0), (8, 1.0), (1, 1.0)]);
        assert_eq!(passages.len(), 3);
    }

    #[test]
    fn a_window_and_its_targets_stay_together() {
        let mut passages = Passages::new(SHAPE);
        for token in 2..9 {
            passages.push_soft(&[token], &[token], &[vec![(token, 0.75), (1, 0.25)]]);
        }
        let mut stream = Seed::new(0).stream();
        let mut pages = Pages::new(&passages, 4, &mut stream);
        for _ in 0..5 {
            pages.deal(&mut stream);
            for (window, targets) in pages.windows().rows().into_iter().zip(pages.targets().view().columns()) {
                let mut expected = vec![0.0; 9];
                (expected[usize::from(window[2])], expected[1]) = (0.75, 0.25);
                assert_eq!(targets.to_vec(), expected);
            }
        }
    }

    #[test]
    #[should_panic(expected = "add up to 1")]
    fn weights_that_are_no_distribution_are_refused() {
        Passages::new(SHAPE).push_soft(&[5], &[6], &[vec![(6, 0.5)]]);
    }
}
