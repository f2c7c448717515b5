//! The distillation loop of a student that talks: ask, read the replies, train on them.

use crate::nn::Recipe;
use crate::nn::language::{LanguageModel, Passages, Token, train};
use crate::oracle::{Chat, Oracle, Reply};
use crate::seed::Stream;

use super::DistillError;

/// Everything a student that talks has but its teacher.
pub struct ChatPupil<'a> {
    /// The model that training starts from.
    pub start: &'a LanguageModel,
    /// How it is trained.
    pub recipe: Recipe,
    /// Random numbers for the order of examples.
    pub batches: Stream,
}

impl ChatPupil<'_> {
    /// Asks all prompts and returns the student that learned from the replies.
    ///
    /// # Errors
    /// [`DistillError::Refused`] if the oracle refuses, [`DistillError::Diverged`] if training runs away.
    pub fn distill(
        &self,
        oracle: &mut dyn Oracle<Chat>,
        prompts: &[Vec<Token>],
    ) -> Result<LanguageModel, DistillError> {
        let replies = oracle.ask(prompts)?;
        let mut passages = Passages::new(self.start.shape());
        prompts.iter().zip(&replies).for_each(|(prompt, reply)| read(&mut passages, prompt, reply));
        self.learn(&passages)
    }

    /// The student that learned from text alone.
    ///
    /// # Errors
    /// [`DistillError::Diverged`] if training runs away.
    pub fn learn(&self, passages: &Passages) -> Result<LanguageModel, DistillError> {
        let mut student = self.start.clone();
        train(&mut student, passages, &self.recipe, &mut self.batches.clone())?;
        Ok(student)
    }
}

/// Text is learned word by word. Where log-probabilities were shown, the whole distribution is the lesson: the weight
/// of words that were not shown goes to those that were, in proportion.
fn read(passages: &mut Passages, prompt: &[Token], reply: &Reply) {
    if reply.likely.is_empty() {
        return passages.push(prompt, &reply.text);
    }
    let weigh = |shown: &Vec<(Token, f32)>| {
        let total: f32 = shown.iter().map(|(_, log)| log.exp()).sum();
        shown.iter().map(|&(token, log)| (token, log.exp() / total)).collect()
    };
    let targets: Vec<Vec<(Token, f32)>> = reply.likely.iter().map(weigh).collect();
    passages.push_soft(prompt, &reply.text, &targets);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::Shape;
    use crate::oracle::Refusal;
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 6, window: 3, embedding: 4, hidden: 12, padding: 0, end: 1 };

    /// An oracle without a model: it says 4, or shows that it might as well have said 5.
    struct Parrot {
        shows: bool,
        left: usize,
    }

    impl Oracle<Chat> for Parrot {
        fn ask(&mut self, prompts: &[Vec<Token>]) -> Result<Vec<Reply>, Refusal> {
            self.left -= prompts.len();
            let likely = vec![vec![(4, 0.45f32.ln()), (5, 0.15f32.ln())], vec![(1, 0.0)]];
            let reply = Reply { text: vec![4, 1], likely: if self.shows { likely } else { Vec::new() } };
            Ok(vec![reply; prompts.len()])
        }

        fn classes(&self) -> usize {
            SHAPE.vocabulary
        }

        fn left(&self) -> usize {
            self.left
        }
    }

    #[test]
    fn learns_what_it_is_shown_and_no_more() {
        for (shows, expected) in [(false, [1.0, 0.0]), (true, [0.75, 0.25])] {
            let start = LanguageModel::new(SHAPE, &mut Seed::new(0).stream());
            let recipe = Recipe { steps: 200, batch: 8, rate: 0.03, decay: 0.0 };
            let pupil = ChatPupil { start: &start, recipe, batches: Seed::new(1).stream() };
            let mut parrot = Parrot { shows, left: 4 };
            let student = pupil.distill(&mut parrot, &[vec![2], vec![3], vec![2, 3], vec![3, 2]]).unwrap();
            let p = student.next_token_probabilities(&[2, 3]);
            assert!((p[4] - expected[0]).abs() < 0.02 && (p[5] - expected[1]).abs() < 0.02, "{shows}: {p}");
            assert_eq!((parrot.left, student.greedy(&[[2]], 5)), (0, vec![vec![4, 1]]));
        }
    }
}
