//! The model: its shape, its random start, its forward pass.

use ndarray::{Array2, ArrayView2, s};
use ndarray_rand::rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::Token;
use super::embedding::Cells;
use crate::nn::kernel::{Sheet, dense};
use crate::nn::{Mlp, Trainable};
use crate::packed::Floats;
use crate::seed::Stream;

/// Windows taken at a time where many are answered: enough to share most of the first layer, few enough for the cache.
const CHUNK: usize = 512;

/// The size of a language model, and the two tokens that it treats apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// How many tokens there are.
    pub vocabulary: usize,
    /// How many of the last tokens it sees.
    pub window: usize,
    /// Numbers per token.
    pub embedding: usize,
    /// Units of the hidden layer.
    pub hidden: usize,
    /// The token that fills a window to the left of a shorter text.
    pub padding: Token,
    /// The token that ends a reply.
    pub end: Token,
}

impl Shape {
    /// The last tokens of a text, padded on the left to the width of the window.
    pub(super) fn window_of<'a>(self, text: impl DoubleEndedIterator<Item = &'a Token>) -> Vec<Token> {
        let mut window = vec![self.padding; self.window];
        for (place, token) in window.iter_mut().rev().zip(text.rev()) {
            *place = *token;
        }
        window
    }
}

/// An embedding, and a perceptron with one hidden layer over the embedded window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Saved", into = "Saved")]
pub struct LanguageModel {
    shape: Shape,
    /// Vocabulary × embedding.
    embedding: Array2<f32>,
    net: Mlp,
}

/// A model as it is saved.
#[derive(Serialize, Deserialize)]
struct Saved {
    shape: Shape,
    embedding: Floats,
    net: Mlp,
}

impl From<LanguageModel> for Saved {
    fn from(model: LanguageModel) -> Self {
        Self { shape: model.shape, embedding: Floats(model.embedding.iter().copied().collect()), net: model.net }
    }
}

impl TryFrom<Saved> for LanguageModel {
    type Error = &'static str;

    fn try_from(Saved { shape, embedding: Floats(embedding), net }: Saved) -> Result<Self, Self::Error> {
        let inputs = shape.window.checked_mul(shape.embedding);
        let fits = inputs.is_some_and(|inputs| net.widths() == [inputs, shape.hidden, shape.vocabulary])
            && [shape.padding, shape.end].iter().all(|&token| usize::from(token) < shape.vocabulary);
        match Array2::from_shape_vec((shape.vocabulary, shape.embedding), embedding) {
            Ok(embedding) if fits => Ok(Self { shape, embedding, net }),
            _ => Err("not as many parameters as the shape says"),
        }
    }
}

impl LanguageModel {
    /// A model at its random start: embeddings from N(0, 1), because the layer above them starts as [`Mlp::new`] says,
    /// which keeps the scale of inputs of that size.
    ///
    /// # Panics
    /// If a size is zero, or the padding or the end is not in the vocabulary.
    pub fn new(shape: Shape, stream: &mut Stream) -> Self {
        let known = |token: Token| usize::from(token) < shape.vocabulary;
        assert!(known(shape.padding) && known(shape.end), "padding and end are tokens of the vocabulary");
        let numbers = StandardNormal.sample_iter(&mut *stream).take(shape.vocabulary * shape.embedding).collect();
        let embedding = Array2::from_shape_vec((shape.vocabulary, shape.embedding), numbers).expect("as many numbers");
        let net = Mlp::new(&[shape.window * shape.embedding, shape.hidden, shape.vocabulary], stream);
        Self { shape, embedding, net }
    }

    /// Its size and its special tokens.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Embeddings, weights and biases together.
    pub fn parameter_count(&self) -> usize {
        self.embedding.len() + self.net.parameter_count()
    }

    /// Logits of the next token (n × vocabulary) after windows (n × window).
    ///
    /// # Panics
    /// If the windows have another width, or hold a token that is not in the vocabulary.
    pub fn logits(&self, windows: ArrayView2<Token>) -> Array2<f32> {
        assert_eq!(windows.ncols(), self.shape.window, "windows of the model's width");
        let mut logits = Array2::zeros((windows.nrows(), self.shape.vocabulary));
        let chunk = windows.nrows().min(CHUNK);
        let mut pass = Pass::new(self, chunk);
        for start in (0..windows.nrows()).step_by(CHUNK) {
            let rows = start..(start + CHUNK).min(windows.nrows());
            if rows.len() < chunk {
                pass = Pass::new(self, rows.len());
            }
            pass.forward(self, windows.slice(s![rows.clone(), ..]));
            logits.slice_mut(s![rows, ..]).assign(&pass.logits.view().t());
        }
        logits
    }

    pub(super) fn embedding(&self) -> ArrayView2<'_, f32> {
        self.embedding.view()
    }

    pub(super) fn net(&self) -> &Mlp {
        &self.net
    }

    /// All parameters, for the optimiser: the embedding's and the perceptron's.
    pub(super) fn parameters_mut(&mut self) -> (&mut [f32], &mut [f32]) {
        (self.embedding.as_slice_mut().expect("row by row"), self.net.parameters_mut())
    }
}

impl Trainable for LanguageModel {
    /// 2·in·out·batch for each of the products z, dW and da of both layers, as if every window were multiplied by
    /// itself; looking up an embedding costs nothing. The first layer's da is the gradient of the embeddings.
    fn step_flops(&self, batch: usize) -> u64 {
        let Shape { vocabulary, window, embedding, hidden, .. } = self.shape;
        (2 * batch * 3 * hidden * (window * embedding + vocabulary)) as u64
    }
}

/// The buffers of a forward pass.
pub(super) struct Pass {
    pub(super) cells: Cells,
    /// After ReLU: batch × hidden. One row per example, because the first layer adds up whole rows.
    pub(super) hidden: Sheet,
    /// The same, hidden × batch.
    pub(super) turned: Sheet,
    /// Vocabulary × batch, as a softmax along the batch wants it.
    pub(super) logits: Sheet,
}

impl Pass {
    /// Room for `batch` windows.
    pub(super) fn new(model: &LanguageModel, batch: usize) -> Self {
        let Shape { vocabulary, hidden, .. } = model.shape;
        Self {
            cells: Cells::new(model.shape, batch),
            hidden: Sheet::zeros(batch, hidden),
            turned: Sheet::zeros(hidden, batch),
            logits: Sheet::zeros(vocabulary, batch),
        }
    }

    /// Fills `hidden` and `logits` for windows (batch × window).
    pub(super) fn forward(&mut self, model: &LanguageModel, windows: ArrayView2<Token>) {
        let Self { cells, hidden, turned, logits } = self;
        let (weights, bias) = model.net.layer(0);
        cells.forward(windows, model.embedding(), weights, bias, hidden);
        hidden.turn_into(turned);
        let (weights, bias) = model.net.layer(1);
        dense::forward(weights, bias, turned, false, logits);
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Axis, concatenate};

    use super::*;
    use crate::seed::Seed;

    const SHAPE: Shape = Shape { vocabulary: 9, window: 4, embedding: 3, hidden: 5, padding: 0, end: 1 };

    fn model() -> LanguageModel {
        LanguageModel::new(SHAPE, &mut Seed::new(1).stream())
    }

    #[test]
    fn the_first_layer_is_the_perceptrons_over_embeddings_side_by_side() {
        let model = model();
        let windows = Array2::from_shape_fn((CHUNK + 5, 4), |(i, j)| ((7 * i + 3 * j + i / 9) % 9) as Token);
        let points: Vec<Array1<f32>> = windows
            .rows()
            .into_iter()
            .map(|window| {
                let vectors: Vec<_> = window.iter().map(|&token| model.embedding.row(usize::from(token))).collect();
                concatenate(Axis(0), &vectors).unwrap()
            })
            .collect();
        let points = Array2::from_shape_fn((windows.nrows(), 12), |(i, j)| points[i][j]);
        let expected = model.net.logits(points.view());
        let got = model.logits(windows.view());
        assert!((&got - &expected).iter().all(|d| d.abs() < 1e-5));
        assert_eq!(model.logits(windows.slice(s![0..0, ..])).dim(), (0, 9));
    }

    #[test]
    fn logits_do_not_depend_on_the_company() {
        let model = model();
        let windows = Array2::from_shape_fn((60, 4), |(i, j)| ((5 * i + 2 * j + i / 7) % 9) as Token);
        let together = model.logits(windows.view());
        for row in 0..60 {
            let alone = model.logits(windows.slice(s![row..row + 1, ..]));
            assert_eq!(alone.row(0), together.row(row), "to the last bit");
        }
    }

    #[test]
    fn a_window_holds_the_last_tokens_behind_padding() {
        assert_eq!(SHAPE.window_of([5, 6].iter()), [0, 0, 5, 6]);
        assert_eq!(SHAPE.window_of([2, 3, 4, 5, 6].iter()), [3, 4, 5, 6]);
        assert_eq!(SHAPE.window_of([].iter()), [0, 0, 0, 0]);
    }

    #[test]
    fn sizes_by_hand() {
        let model = model();
        // E 9·3; W₁ 5·12, b₁ 5; W₂ 9·5, b₂ 9.
        assert_eq!(model.parameter_count(), 27 + 60 + 5 + 45 + 9);
        // z, dW and da of a 12 × 5 and a 5 × 9 layer: 3·(60 + 45) multiply-adds per window.
        assert_eq!(model.step_flops(10), 2 * 10 * 3 * 105);
    }

    #[test]
    fn embeddings_start_with_the_stated_spread() {
        let shape = Shape { vocabulary: 200, embedding: 50, ..SHAPE };
        let model = LanguageModel::new(shape, &mut Seed::new(2).stream());
        let variance = model.embedding.iter().map(|x| x * x).sum::<f32>() / 10_000.0;
        // The standard error of a variance of 1 from 10,000 draws is √(2 / 10,000).
        assert!((variance - 1.0).abs() < 0.07, "{variance}");
    }
}
