//! The honest customer: somebody who asks for answers and acts on them. How good are they?
//!
//! [`Service`] compares a kind of answer with true labels. *Accuracy* is how often the class that an answer puts first
//! is the right one. *Log loss* is the mean surprise at the truth, −ln q(truth) in nats, for a customer who takes
//! the answer for the probabilities it claims, with a grain of doubt, the same for all answers:
//!
//! ```text
//! q = (1 − ε) p + ε / K        log loss = min over ε in [0, 1] of  mean −ln q(truth)
//! ```
//!
//! p is [`Answers::filled`](crate::oracle::Answers::filled), K the number of classes. Without doubt a single wrong
//! label, or a probability rounded to nothing, would cost infinitely much. For a label with accuracy a the best doubt
//! is in closed form: it believes the label with confidence a, and the loss is −a ln a − (1−a) ln((1−a)/(K−1)). For
//! honest probabilities ε is next to nothing. It is estimated on the same n points that it is judged on, which
//! flatters by about 1/(2n) nats.
//!
//! The doubt cannot sharpen: a customer who knew that answers are tempered, and how, would lose nothing by it.

use ndarray::Array2;

use super::Exam;
use crate::nn::loss::argmax;
use crate::oracle::Surface;
use crate::seed::Stream;

/// Halvings of [0, 1] in the search for the doubt: to 1e-9.
const HALVINGS: usize = 30;

/// What a kind of answer is worth to an honest customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// P(the first choice of an answer is the true label).
    pub accuracy: f64,
    /// Mean surprise at the true label, in nats.
    pub log_loss: f64,
}

impl Service {
    /// What customers get who ask the held-out points of an exam, which have the distribution of the data.
    pub fn of(exam: &Exam, surface: &dyn Surface, noise: &mut Stream) -> Self {
        let test = exam.test();
        let logits = exam.examiner().logits(test.points.view());
        let classes = logits.ncols();
        Self::from_answers(surface.show(logits, noise).filled(classes), &test.labels)
    }

    /// Distributions (n × classes) against n true labels.
    fn from_answers(answers: Array2<f32>, truth: &[usize]) -> Self {
        let n = truth.len() as f64;
        let right = argmax(answers.view()).iter().zip(truth).filter(|(first, truth)| first == truth).count();
        let even = 1.0 / answers.ncols() as f64;
        let given: Vec<f64> = truth.iter().enumerate().map(|(row, &class)| f64::from(answers[[row, class]])).collect();
        let doubt = doubt(&given, even);
        let surprise = |p: &f64| -((1.0 - doubt) * p + doubt * even).ln();
        // + 0 turns the −0 of perfect answers into a plain zero.
        Self { accuracy: right as f64 / n, log_loss: given.iter().map(surprise).sum::<f64>() / n + 0.0 }
    }
}

/// The ε that minimises Σ −ln((1−ε) p + ε/K) over the probabilities `p` given to the truth: the sum is convex, so its
/// slope changes its sign once.
fn doubt(given: &[f64], even: f64) -> f64 {
    let rises_at =
        |doubt: f64| given.iter().map(|p| (p - even) / ((1.0 - doubt) * p + doubt * even)).sum::<f64>() >= 0.0;
    if rises_at(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if rises_at(middle) { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Answers;
    use ndarray::array;

    fn close(service: Service, accuracy: f64, log_loss: f64) {
        let Service { accuracy: a, log_loss: l } = service;
        assert!((a - accuracy).abs() < 1e-12 && (l - log_loss).abs() < 1e-6, "{a} and {l}, not {accuracy}, {log_loss}");
    }

    #[test]
    fn a_label_is_believed_as_often_as_it_is_right() {
        // Right three times of four, three classes: −¾ ln ¾ − ¼ ln(¼ / 2).
        let labels = Answers::Labels(vec![0, 1, 2, 2]).filled(3);
        let loss = -0.75 * 0.75f64.ln() - 0.25 * 0.125f64.ln();
        close(Service::from_answers(labels.clone(), &[0, 1, 2, 0]), 0.75, loss);
        let perfect = Service::from_answers(labels.clone(), &[0, 1, 2, 2]);
        close(perfect, 1.0, 0.0);
        assert!(perfect.log_loss.is_sign_positive(), "a zero that is written without a sign");
        // Right less often than a guess: not believed at all.
        close(Service::from_answers(labels, &[1, 2, 0, 0]), 0.0, 3f64.ln());
    }

    #[test]
    fn honest_probabilities_are_taken_at_their_word() {
        // Two queries of each kind; 0.75 comes true three times of four.
        let rows = array![[0.75, 0.25], [0.75, 0.25], [0.25, 0.75], [0.25, 0.75]];
        close(Service::from_answers(rows, &[0, 0, 1, 0]), 0.75, -0.75 * 0.75f64.ln() - 0.25 * 0.25f64.ln());
    }

    #[test]
    fn what_was_rounded_to_nothing_and_came_true_costs_a_finite_price() {
        // q(truth) is 0.9 − 0.4 ε twice and ε/2 once: the slope vanishes where 0.8 ε = 0.9 − 0.4 ε, at ε = ¾.
        let rows = array![[0.9, 0.1], [0.9, 0.1], [1.0, 0.0]];
        close(Service::from_answers(rows, &[0, 0, 1]), 2.0 / 3.0, -(2.0 * 0.6f64.ln() + 0.375f64.ln()) / 3.0);
    }
}
