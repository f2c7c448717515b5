//! Every kind of answer against logits whose answers are known beforehand.

use ndarray::{Array2, Axis, array};

use super::{Answers, FirstChoice, SURFACES, surface};
use crate::nn::loss::argmax;
use crate::seed::Seed;

/// Logits of probabilities 0.53, 0.26, 0.17, 0.04 (any constant may be added to logits).
fn logits(rows: usize) -> Array2<f32> {
    Array2::from_shape_fn((rows, 4), |(_, class)| [0.26f32, 0.53, 0.04, 0.17][class].ln() + 3.0)
}

fn shown(name: &str, logits: Array2<f32>) -> Answers {
    surface(name).unwrap().show(logits, &mut Seed::new(5).stream())
}

fn rows_of(answers: Answers) -> Array2<f32> {
    let Answers::Probabilities(rows) = answers else { panic!("probabilities, not {answers:?}") };
    rows
}

fn labels_of(answers: Answers) -> Vec<usize> {
    let Answers::Labels(labels) = answers else { panic!("labels, not {answers:?}") };
    labels
}

fn close(rows: &Array2<f32>, expected: &Array2<f32>) {
    assert!((rows - expected).iter().all(|d| d.abs() < 1e-5), "{rows} is not {expected}");
}

#[test]
fn rounding_keeps_tenths_and_a_reader_makes_them_whole() {
    let answers = shown("rounded1", logits(1));
    close(&rows_of(answers.clone()), &array![[0.3, 0.5, 0.0, 0.2]]);
    // Of 0.35, 0.35, 0.3 a tenth too much remains.
    let answers = shown("rounded1", array![[0.352f32.ln(), 0.352f32.ln(), 0.296f32.ln()]]);
    close(&answers.filled(3), &array![[4.0 / 11.0, 4.0 / 11.0, 3.0 / 11.0]]);
    // Thirty classes, each less than half a tenth: nothing was said, and nothing is read.
    close(&shown("rounded1", Array2::zeros((1, 30))).filled(30), &Array2::from_elem((1, 30), 1.0 / 30.0));
}

#[test]
fn top_answers_show_the_first_choices_and_their_mass() {
    let Answers::Top(two) = shown("top2", logits(1)) else { panic!("top") };
    let classes: Vec<usize> = two[0].iter().map(|(class, _)| *class).collect();
    assert_eq!(classes, [1, 0]);
    close(&Answers::Top(two).filled(4), &array![[0.26, 0.53, 0.105, 0.105]]);
    close(&shown("top-probability", logits(1)).filled(4), &array![[0.47 / 3.0, 0.53, 0.47 / 3.0, 0.47 / 3.0]]);
    // Two choices of two classes are everything.
    close(&shown("top2", array![[0.0, 3f32.ln()]]).filled(2), &array![[0.25, 0.75]]);
}

#[test]
fn a_temperature_takes_the_root_of_the_odds_and_can_be_undone() {
    for (name, t) in [("temperature2", 2.0f32), ("temperature4", 4.0)] {
        let roots = [0.26f32, 0.53, 0.04, 0.17].map(|p| p.powf(1.0 / t));
        let tempered = rows_of(shown(name, logits(1)));
        close(&tempered, &(array![roots] / roots.iter().sum::<f32>()));
        let undone = tempered.mapv(|p| p.powf(t));
        close(&(&undone / undone.sum()), &array![[0.26, 0.53, 0.04, 0.17]]);
    }
}

#[test]
fn one_answer_of_five_is_flipped_and_never_to_itself() {
    let labels = labels_of(shown("flipped20", logits(10_000)));
    let count = |class: usize| labels.iter().filter(|&&label| label == class).count() as f64;
    // Binomial(10,000, 0.2) has deviation 40, and each of the three other classes gets a third (deviation 25).
    assert!((count(1) - 8_000.0).abs() < 4.0 * 40.0, "{}", count(1));
    for other in [0, 2, 3] {
        assert!((count(other) - 2_000.0 / 3.0).abs() < 4.0 * 25.0, "{}", count(other));
    }
}

#[test]
fn a_sample_has_the_frequencies_of_the_probabilities() {
    let labels = labels_of(shown("sampled", logits(10_000)));
    for (class, p) in [0.26, 0.53, 0.04, 0.17].into_iter().enumerate() {
        let count = labels.iter().filter(|&&label| label == class).count() as f64;
        assert!((count - 10_000.0 * p).abs() < 4.0 * (10_000.0 * p * (1.0 - p)).sqrt(), "{class}: {count}");
    }
}

#[test]
fn noise_moves_each_logit_by_a_standard_normal() {
    let rows = rows_of(shown("noisy", logits(5_000)));
    // ln p₀ − ln p₁ moves by the difference of two normals: mean 0, variance 2, fourth moment 12.
    let moved = rows.map_axis(Axis(1), |row| f64::from((row[0] / row[1]).ln() - (0.26f32 / 0.53).ln()));
    let mean = moved.mean().unwrap();
    let variance = moved.mapv(|x| x * x).mean().unwrap();
    assert!(mean.abs() < 4.0 * (2.0f64 / 5_000.0).sqrt(), "{mean}");
    assert!((variance - 2.0).abs() < 4.0 * (8.0f64 / 5_000.0).sqrt(), "{variance}");
}

#[test]
fn the_same_query_twice_gets_two_draws_and_batches_do_not_matter() {
    for kind in SURFACES {
        let together = kind.show(logits(40), &mut Seed::new(1).stream()).filled(4);
        assert_eq!(together, kind.show(logits(40), &mut Seed::new(1).stream()).filled(4), "{}", kind.name());
        let mut noise = Seed::new(1).stream();
        let parts: Vec<_> = [7, 33].map(|rows| kind.show(logits(rows), &mut noise).filled(4)).into();
        let parts = ndarray::concatenate![Axis(0), parts[0], parts[1]];
        assert_eq!(together, parts, "{}", kind.name());
        let draws = ["noisy", "sampled", "flipped20"].contains(&kind.name());
        let varies = together.rows().into_iter().any(|row| row != together.row(0));
        assert_eq!(varies, draws, "{}", kind.name());
    }
}

#[test]
fn a_whole_row_is_left_to_its_bits() {
    // 1 + 6e-5: scaled, it would be another number.
    let row = array![[0.5f32, 0.500_06]];
    assert_eq!(Answers::Probabilities(row.clone()).filled(2), row);
    // Ten times as far from 1 it is scaled, above as below.
    close(&Answers::Probabilities(array![[0.5, 0.499]]).filled(2), &array![[0.500_500_5, 0.499_499_5]]);
}

#[test]
fn kinds_are_told_apart() {
    let mut lines: Vec<&str> = SURFACES.iter().map(|kind| kind.about()).collect();
    assert!(lines.iter().all(|line| line.split(' ').count() > 2), "{lines:?}");
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), SURFACES.len());
}

#[test]
fn every_kind_says_what_is_left_of_its_first_choice() {
    let logits = Array2::from_shape_fn((500, 5), |(row, class)| ((row * 5 + class) as f32 * 1.7).sin() * 2.0);
    for kind in SURFACES {
        let answers = kind.show(logits.clone(), &mut Seed::new(2).stream());
        let found = match &answers {
            Answers::Labels(_) => FirstChoice::Whole,
            _ if argmax(answers.clone().filled(5).view()) == argmax(logits.view()) => FirstChoice::Teachers,
            _ => FirstChoice::Blurred,
        };
        assert_eq!(found, kind.first_choice(), "{}", kind.name());
    }
}
