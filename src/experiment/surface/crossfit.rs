//! A choice that is not judged by what it was made on.
//!
//! The better of two equally good readings, picked by their means and reported by the same means, looks better than
//! both: the maximum of two noisy numbers is biased upwards. So the choice for each replicate is made on the others and
//! reported on this one (leave one out, as in cross-validation).

/// For each replicate, which of some options has the largest mean over the other replicates; the first of equals, and
/// the first where there is no other replicate. An option holds one value for each replicate.
pub(super) fn picks(options: &[Vec<f64>]) -> Vec<usize> {
    let replicates = options.first().map_or(0, Vec::len);
    let others = |option: &[f64], held_out: usize| {
        option.iter().enumerate().filter(|&(place, _)| place != held_out).map(|(_, value)| value).sum::<f64>()
    };
    let best = |held_out: usize| {
        let sums = options.iter().map(|option| others(option, held_out)).enumerate();
        sums.fold((0, f64::NEG_INFINITY), |best, (place, sum)| if sum > best.1 { (place, sum) } else { best }).0
    };
    (0..replicates).map(best).collect()
}

/// What each replicate has of the option that was picked for it.
pub(super) fn held_out(options: &[Vec<f64>]) -> Vec<f64> {
    picks(options).into_iter().enumerate().map(|(replicate, pick)| options[pick][replicate]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::statistics::{Verdict, estimate, paired_difference};

    /// Two readings that are worth 0.5 in the mean of many replicates and differ by chance. In each of these the one is
    /// above the other by as much as it is below in the next: whichever the others recommend is the wrong one here.
    #[test]
    fn chance_is_no_gain() {
        let base = [0.50, 0.52, 0.48, 0.51];
        let shown: Vec<f64> = base.iter().zip([0.03, -0.03, 0.03, -0.03]).map(|(base, off)| base + off).collect();
        let first: Vec<f64> = base.iter().zip([-0.02, 0.03, -0.03, 0.04]).map(|(base, off)| base + off).collect();
        let naive: Vec<f64> = shown.iter().zip(&first).map(|(a, b)| a.max(*b)).collect();
        // By hand: the better in each replicate is 3, 3, 3 and 4 points above the base.
        assert!((paired_difference(&naive, &base).mean - 0.0325).abs() < 1e-12);
        assert_eq!(Verdict::of(paired_difference(&naive, &base)), Verdict::Beats);
        // Without the first replicate the offsets sum to −3 (shown) against 4 points: the first choice, −2 here.
        // Without the second: 3 against −1: shown, −3. Without the third: −3 against 5: −3. Without the fourth: 3
        // against −2: shown, −3.
        assert_eq!(picks(&[shown.clone(), first.clone()]), [1, 0, 1, 0]);
        let honest = paired_difference(&held_out(&[shown, first]), &base);
        assert!((honest.mean - (-0.02 - 0.03 - 0.03 - 0.03) / 4.0).abs() < 1e-12, "{honest:?}");
    }

    #[test]
    fn a_real_difference_is_found_and_reported_as_it_is() {
        let (worse, better) = (vec![0.80, 0.82, 0.81], vec![0.90, 0.91, 0.92]);
        assert_eq!(held_out(&[worse.clone(), better.clone()]), better);
        assert_eq!(held_out(&[better.clone(), worse]), better);
        assert!((estimate(&better).mean - 0.91).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_choose_by_takes_the_first() {
        assert_eq!(picks(&[vec![0.1], vec![0.9]]), [0], "a single replicate must not choose for itself");
        assert_eq!(picks(&[vec![0.5, 0.5], vec![0.5, 0.5]]), [0, 0]);
        assert_eq!(picks(&[]), Vec::<usize>::new());
    }
}
