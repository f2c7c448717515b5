//! The two-sample Kolmogorov–Smirnov distance: how far apart two distribution functions are at most.

/// sup |F(x) − G(x)| of two samples, both sorted (Smirnov 1939). From 0 to 1.
///
/// # Panics
/// If a sample is empty.
pub(super) fn distance(a: &[f64], b: &[f64]) -> f64 {
    assert!(!a.is_empty() && !b.is_empty(), "a distribution needs a value");
    let (mut i, mut j, mut widest) = (0, 0, 0.0f64);
    while i < a.len() && j < b.len() {
        // Equal values are stepped over in both samples before the two are compared.
        let x = a[i].min(b[j]);
        i += a[i..].iter().take_while(|&&value| value <= x).count();
        j += b[j..].iter().take_while(|&&value| value <= x).count();
        widest = widest.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.ks_2samp(a, b).statistic, SciPy 1.
        let a = [0.61, 0.75, 0.9, 0.93, 0.99, 0.99, 1.0];
        let b = [0.2, 0.5, 0.75, 0.8, 0.97];
        assert!((distance(&a, &b) - 0.514_285_714_285_714_2).abs() < 1e-12);
        // ks_2samp([i*i % 37 for i in range(40)], [i*i % 41 + 3 for i in range(60)]): many ties.
        let squares = |count: u32, modulus: u32, shift: u32| {
            let mut values: Vec<f64> = (0..count).map(|i| f64::from(i * i % modulus + shift)).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        let d = distance(&squares(40, 37, 0), &squares(60, 41, 3));
        assert!((d - 0.233_333_333_333_333_34).abs() < 1e-12, "{d}");
    }

    #[test]
    fn equal_samples_are_no_distance_apart_and_disjoint_ones_are_all() {
        assert_eq!(distance(&[1.0, 1.0, 2.0], &[1.0, 1.0, 2.0]), 0.0);
        assert_eq!(distance(&[1.0, 2.0], &[3.0, 4.0, 5.0]), 1.0);
    }
}
