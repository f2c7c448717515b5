//! The medium of points: a query is a point, an answer says something about its class.

use ndarray::{Array2, ArrayView2, Axis};

use super::medium::Answering;
use super::{Answers, Refusal, Surface};
use crate::nn::Mlp;
use crate::nn::loss::softmax;
use crate::seed::Stream;

/// Points in, classes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points;

/// What a provider knows of an answer it gave about a point, whatever the customer was shown of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noted {
    /// The class that the teacher put first.
    pub class: usize,
    /// The probability it gave that class.
    pub confidence: f32,
}

impl Answering for Points {
    type Model = Mlp;
    type Batch<'a> = ArrayView2<'a, f32>;
    type Queries = Array2<f32>;
    type Note = Noted;
    type Answers = Answers;
    type Surface = dyn Surface;

    fn count(batch: ArrayView2<f32>) -> usize {
        batch.nrows()
    }

    fn understood(model: &Mlp, batch: ArrayView2<f32>) -> Result<(), Refusal> {
        let (given, expected) = (batch.ncols(), model.widths()[0]);
        if given == expected { Ok(()) } else { Err(Refusal::WrongDimension { given, expected }) }
    }

    fn answer(model: &Mlp, batch: ArrayView2<f32>, surface: &dyn Surface, noise: &mut Stream) -> (Answers, Vec<Noted>) {
        let logits = model.logits(batch);
        let note = |row: ndarray::ArrayView1<f32>| {
            let first = |best: Noted, (class, &p): (usize, &f32)| {
                if p > best.confidence { Noted { class, confidence: p } } else { best }
            };
            row.iter().enumerate().fold(Noted { class: 0, confidence: f32::NEG_INFINITY }, first)
        };
        let notes = softmax(logits.clone()).rows().into_iter().map(note).collect();
        (surface.show(logits, noise), notes)
    }

    fn no_queries(model: &Mlp) -> Array2<f32> {
        Array2::zeros((0, model.widths()[0]))
    }

    fn keep(queries: &mut Array2<f32>, batch: ArrayView2<f32>) {
        queries.append(Axis(0), batch).expect("points of one dimension");
    }

    fn classes(model: &Mlp) -> usize {
        model.widths()[model.widths().len() - 1]
    }
}
