//! Honest customers of a teacher of glyphs: each asks about digits of a kind of its own. Their variety is what makes
//! false alarms.

use ndarray::Array2;
use ndarray_rand::rand_distr::{Distribution, Exp1, LogNormal};
use rand::Rng;

use super::Glyphs;
use crate::seed::Stream;

/// Half of all customers ask less than this in all; the logarithm of the number has a standard deviation of 1.
const MEDIAN_VOLUME: f64 = 100.0;
/// Nobody opens an account for less.
const LEAST_VOLUME: f64 = 10.0;
/// Classes of the digits.
const DIGITS: usize = 10;

/// What one customer asks about.
pub struct Customer {
    glyphs: Glyphs,
    /// Running totals of the shares of the digits.
    mix: [f64; DIGITS],
    volume: usize,
}

impl Customer {
    /// Draws a customer: a mix of digits from Dirichlet(1, …, 1), noise even over 0.2 to 0.4, warp over 0.7 to 1.2.
    pub fn draw(stream: &mut Stream) -> Self {
        // Exponential numbers divided by their sum are Dirichlet.
        let parts: [f64; DIGITS] = std::array::from_fn(|_| Exp1.sample(stream));
        let total: f64 = parts.iter().sum();
        let mut sum = 0.0;
        let mix = parts.map(|part| {
            sum += part / total;
            sum
        });
        let glyphs = Glyphs { noise: stream.random_range(0.2..=0.4), warp: stream.random_range(0.7..=1.2) };
        let volume = LogNormal::new(MEDIAN_VOLUME.ln(), 1.0).expect("a positive deviation").sample(stream);
        Self { glyphs, mix, volume: volume.max(LEAST_VOLUME) as usize }
    }

    /// How many queries it asks in all.
    pub fn volume(&self) -> usize {
        self.volume
    }

    /// The first queries (count × pixels) of this customer.
    pub fn queries(&self, count: usize, stream: &mut Stream) -> Array2<f32> {
        let digits: Vec<usize> = (0..count).map(|_| self.digit(stream)).collect();
        self.glyphs.digits(&digits, stream)
    }

    fn digit(&self, stream: &mut Stream) -> usize {
        let at: f64 = stream.random();
        self.mix.iter().position(|&total| at < total).unwrap_or(DIGITS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn customers_vary_as_stated() {
        let mut stream = Seed::new(0).stream();
        let customers: Vec<Customer> = (0..4000).map(|_| Customer::draw(&mut stream)).collect();
        let share = |is: &dyn Fn(&Customer) -> bool| customers.iter().filter(|it| is(it)).count() as f64 / 4000.0;
        // Half ask less than the median; one in twenty more than exp(ln 100 + 1.645) = 518. Five standard errors.
        assert!((share(&|it| it.volume < 100) - 0.5).abs() < 0.04);
        assert!((share(&|it| it.volume > 518) - 0.05).abs() < 0.018);
        // The share of one digit is Beta(1, 9): above a half with probability 0.5⁹.
        assert!((share(&|it| it.mix[0] > 0.1) - 0.9f64.powi(9)).abs() < 0.04);
        assert!(customers.iter().all(|it| (it.mix[DIGITS - 1] - 1.0).abs() < 1e-9 && it.volume >= 10));
    }
}
