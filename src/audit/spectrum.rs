//! Singular values of a tall matrix, from the eigenvalues of its Gram matrix: σᵢ(A) = √λᵢ(AᵀA).
//!
//! Of differences between rows of logits, as many are not zero as the last hidden layer of a teacher has units, where
//! it has more outputs than that; of log-probabilities one more
//! ([Carlini et al. 2024](https://arxiv.org/abs/2403.06634)).

use ndarray::{Array2, ArrayView2};

/// Sweeps over all pairs; Jacobi's method needs about ten for any matrix.
const SWEEPS: usize = 60;

/// The singular values of `rows` (n × m), the largest first: m of them.
///
/// They are the roots of the eigenvalues of AᵀA (m × m), so that values below 1e-8 of the largest drown in rounding.
pub fn singular_values(rows: ArrayView2<f64>) -> Vec<f64> {
    let mut values: Vec<f64> =
        eigenvalues(rows.t().dot(&rows)).into_iter().map(|value| value.max(0.0).sqrt()).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// Eigenvalues of a symmetric matrix by cyclic rotations (Jacobi 1846; Golub, Van Loan 2013, section 8.5): each makes
/// one pair of off-diagonal entries zero.
fn eigenvalues(mut a: Array2<f64>) -> Vec<f64> {
    let size = a.nrows();
    let scale: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..SWEEPS {
        let off: f64 = a.indexed_iter().filter(|((p, q), _)| p != q).map(|(_, x)| x * x).sum();
        if off <= scale * 1e-32 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut a, p, q);
            }
        }
    }
    a.diag().to_vec()
}

fn rotate(a: &mut Array2<f64>, p: usize, q: usize) {
    if a[[p, q]] == 0.0 {
        return;
    }
    let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * a[[p, q]]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..a.nrows() {
        let (kp, kq) = (a[[k, p]], a[[k, q]]);
        (a[[k, p]], a[[k, q]]) = (c * kp - s * kq, s * kp + c * kq);
    }
    for k in 0..a.nrows() {
        let (pk, qk) = (a[[p, k]], a[[q, k]]);
        (a[[p, k]], a[[q, k]]) = (c * pk - s * qk, s * pk + c * qk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn agrees_with_numpy() {
        // numpy.linalg.svd(a, compute_uv=False)
        let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0], [0.0, -1.0, 2.0]];
        let expected = [17.4324729632, 2.13821301012, 0.732756105393];
        for (got, expected) in singular_values(a.view()).into_iter().zip(expected) {
            assert!((got - expected).abs() < 1e-9, "{got}, not {expected}");
        }
    }

    #[test]
    fn a_matrix_of_rank_two_has_two_singular_values() {
        let a = Array2::from_shape_fn((20, 5), |(i, j)| (i as f64).sin() * (j + 1) as f64 + (i as f64).cos());
        let values = singular_values(a.view());
        assert!(values[1] > 1.0 && values[2] < 1e-6 * values[0], "{values:?}");
    }
}
