//! P-values by rank, and what is left of them where several suspects are tried.
//!
//! ```text
//! p = (1 + reference models with at least the suspect's value) / (1 + reference models)
//! ```
//!
//! Null hypothesis: the suspect is one more independent model, made like the reference models. Then every rank is
//! equally likely, so P(p ≤ α) ≤ α whatever the values are distributed like ([Phipson and Smyth
//! 2010](https://arxiv.org/abs/1603.05766), who also say why the 1 must be there: p is never 0). Ties count against the
//! accuser. It is no probability of guilt.

/// How surprising a value is among those of reference models: the share of ranks as high or higher.
///
/// ```
/// use distill_lab::audit::ranks::p_value;
/// assert_eq!(p_value(0.9, &[0.1, 0.2, 0.3]), 0.25); // above all three
/// assert_eq!(p_value(0.2, &[0.1, 0.2, 0.3]), 0.75); // a tie counts against the accuser
/// assert_eq!(p_value(0.9, &[]), 1.0); // no reference models, no evidence
/// ```
pub fn p_value(suspect: f64, references: &[f64]) -> f64 {
    let as_high = references.iter().filter(|&&reference| reference >= suspect).count();
    (1 + as_high) as f64 / (1 + references.len()) as f64
}

/// P-values of several suspects, adjusted so that accusing all with `adjusted ≤ α` accuses no independent model at all
/// with probability 1 − α ([Holm 1979]). With p₍₁₎ ≤ p₍₂₎ ≤ …, the i-th adjusted value is the largest of (m−j+1) p₍ⱼ₎
/// for j ≤ i, and at most 1.
///
/// [Holm 1979]: https://www.jstor.org/stable/4615733
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let suspects = p_values.len();
    let mut order: Vec<usize> = (0..suspects).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; suspects];
    let mut highest = 0f64;
    for (place, suspect) in order.into_iter().enumerate() {
        highest = highest.max((suspects - place) as f64 * p_values[suspect]).min(1.0);
        adjusted[suspect] = highest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::seed::Seed;

    fn close(ours: &[f64], theirs: &[f64]) {
        assert_eq!(ours.len(), theirs.len());
        assert!(ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-12), "{ours:?} is not {theirs:?}");
    }

    #[test]
    fn ranks_by_hand() {
        let references = [0.30, 0.10, 0.20, 0.20];
        // Values as high or higher: 0, 1, 3, 4 of four.
        let p = [0.31, 0.30, 0.20, 0.05].map(|suspect| p_value(suspect, &references));
        close(&p, &[0.2, 0.4, 0.8, 1.0]);
    }

    #[test]
    fn holm_as_statsmodels_has_it() {
        // statsmodels 0.15: multipletests([…], method="holm")[1].
        close(&holm(&[0.01, 0.04, 0.03, 0.005]), &[0.03, 0.06, 0.06, 0.02]);
        close(&holm(&[0.0083, 0.0083, 0.3, 0.9, 0.0167, 0.05]), &[0.0498, 0.0498, 0.6, 0.9, 0.0668, 0.15]);
        close(&holm(&[0.5, 0.6]), &[1.0, 1.0]);
        close(&holm(&[]), &[]);
    }

    #[test]
    fn p_of_an_independent_model_is_even_over_the_ranks() {
        // 4,000 draws of a suspect and 19 reference models alike: each of the 20 ranks is expected 200 times. The
        // statistic Σ (seen − 200)² / 200 has 19 degrees of freedom; the 99.9 % point of χ² in printed tables is 43.82.
        let mut stream = Seed::new(0).stream();
        let mut seen = [0f64; 20];
        for _ in 0..4_000 {
            let draws: Vec<f64> = (0..20).map(|_| stream.random::<f64>().powi(3)).collect();
            seen[(20.0 * p_value(draws[0], &draws[1..])).round() as usize - 1] += 1.0;
        }
        let statistic: f64 = seen.iter().map(|seen| (seen - 200.0).powi(2) / 200.0).sum();
        assert!(statistic < 43.82, "{statistic}: {seen:?}");
    }

    #[test]
    fn ties_make_the_test_careful_and_never_bold() {
        // Values with only three levels: ties are common, and at most 5 % of independent models may have p ≤ 5 %.
        let mut stream = Seed::new(1).stream();
        let accused = (0..4_000).filter(|_| {
            let draws: Vec<f64> = (0..20).map(|_| f64::from(stream.random_range(0..3u32))).collect();
            p_value(draws[0], &draws[1..]) <= 0.05
        });
        // Only a suspect alone at the top level is accused: (1/3) (2/3)^19 = 0.00015 of draws.
        assert!(accused.count() <= 5);
    }
}
