//! What a provider keeps of an account: its questions, in the order they came.

use ndarray::{Array2, ArrayView2, Axis};

/// The questions of one account.
#[derive(Debug)]
pub struct Log {
    questions: Array2<f32>,
}

impl Log {
    pub(super) fn new(dimension: usize) -> Self {
        Self { questions: Array2::zeros((0, dimension)) }
    }

    pub(super) fn record(&mut self, points: ArrayView2<f32>) {
        self.questions.append(Axis(0), points).expect("the account checked the dimension");
    }

    /// Questions answered so far (n × dimension), first asked first.
    pub fn questions(&self) -> ArrayView2<'_, f32> {
        self.questions.view()
    }
}
