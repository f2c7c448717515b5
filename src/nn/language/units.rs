//! Which hidden units do anything: a unit that ReLU silences on every text of some set says nothing there.

use ndarray::Array2;

use super::model::Pass;
use super::{LanguageModel, Token};

impl LanguageModel {
    /// How many hidden units fire at least once while these replies to these prompts are said.
    ///
    /// # Panics
    /// If there are not as many replies as prompts.
    pub fn units_that_fire(&self, prompts: &[impl AsRef<[Token]>], replies: &[impl AsRef<[Token]>]) -> usize {
        assert_eq!(prompts.len(), replies.len(), "every prompt has its reply");
        let mut fired = vec![false; self.shape().hidden];
        for (prompt, reply) in prompts.iter().zip(replies) {
            let (prompt, reply) = (prompt.as_ref(), reply.as_ref());
            let texts = (0..reply.len()).map(|said| prompt.iter().chain(&reply[..said]));
            let windows: Vec<Token> = texts.flat_map(|text| self.shape().window_of(text)).collect();
            let windows = Array2::from_shape_vec((reply.len(), self.shape().window), windows).expect("whole windows");
            let mut pass = Pass::new(self, reply.len());
            pass.forward(self, windows.view());
            for (fired, unit) in fired.iter_mut().zip(pass.hidden.view().columns()) {
                *fired |= unit.iter().any(|&active| active > 0.0);
            }
        }
        fired.into_iter().filter(|&fired| fired).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::language::Shape;
    use crate::seed::Seed;

    #[test]
    fn a_silenced_unit_is_not_counted() {
        let shape = Shape { vocabulary: 9, window: 4, embedding: 3, hidden: 5, padding: 0, end: 1 };
        let mut model = LanguageModel::new(shape, &mut Seed::new(1).stream());
        let (prompts, replies) = ([[2, 3], [4, 5]], [vec![6, 7, 1], vec![8, 2, 1]]);
        // The biases of the hidden layer stand behind its 12 × 5 weights.
        for silenced in 0..=5 {
            let biases = &mut model.parameters_mut().1[60..65];
            biases.fill(1e6);
            biases[..silenced].fill(-1e6);
            assert_eq!(model.units_that_fire(&prompts, &replies), 5 - silenced);
        }
    }
}
