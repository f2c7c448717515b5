//! Honest customers at the door: what one of them asks, what all of them ask, and the logs that they leave.

use ndarray::{Array2, ArrayView2};

use crate::data::{Customer, Dataset, Glyphs};
use crate::oracle::{Api, Log, Oracle};
use crate::seed::Seed;

/// The log of an honest account over its whole life, or its first `most` queries.
pub(super) fn honest_log(api: &Api, most: usize, seed: Seed) -> Log {
    let mut stream = seed.stream();
    let customer = Customer::draw(&mut stream);
    let queries = customer.queries(customer.volume().min(most), &mut stream);
    asked(api, queries.view())
}

/// What one customer would ask if it went on and on (count × pixels).
pub(super) fn one_customer(count: usize, seed: Seed) -> Array2<f32> {
    let mut stream = seed.stream();
    Customer::draw(&mut stream).queries(count, &mut stream)
}

/// What customers ask, one query each: the traffic as a whole.
pub(super) fn traffic(count: usize, seed: Seed) -> Array2<f32> {
    let mut stream = seed.stream();
    let mut queries = Array2::zeros((count, Glyphs::default().dimension()));
    for mut query in queries.rows_mut() {
        let customer = Customer::draw(&mut stream);
        query.assign(&customer.queries(1, &mut stream).row(0));
    }
    queries
}

/// The log of an account that asks just this.
pub(super) fn asked(api: &Api, queries: ArrayView2<f32>) -> Log {
    let mut account = api.open();
    account.ask(queries).expect("an account for as many queries");
    account.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copier_who_asks_as_one_customer_asks_what_that_customer_asks() {
        use crate::nn::Recipe;
        use crate::oracle::{self, Teacher, Terms};
        let recipe = Recipe { steps: 1, batch: 2, rate: 0.01, decay: 0.0 };
        let points = Glyphs::default().digits(&[0, 1], &mut Seed::new(1).stream());
        let teacher = Teacher::train(&[144, 2, 2], points.view(), &[0, 1], &recipe, Seed::new(0)).unwrap();
        let surface = oracle::surface("label").unwrap();
        let (api, _) = oracle::serve(teacher, Terms { surface, quota: 2000, noise: Seed::new(0) });
        for number in 0..5 {
            let seed = Seed::new(4).child(number);
            let log = honest_log(&api, 2000, seed);
            assert_eq!(&one_customer(log.len(), seed), log.queries());
        }
    }
}
