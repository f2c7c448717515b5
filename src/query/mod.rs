//! Which points to ask next. One file per strategy, one line in the registry.
//!
//! A strategy only proposes: the student asks, and its account counts. A strategy sees what a copier would have:
//! unlabelled points and the box they live in. It never sees a true label.
//!
//! | strategy | asks next | after |
//! |---|---|---|
//! | `natural` | the next point of the pool | |
//! | `uniform` | a random point of the box | [Tramèr et al. 2016] |
//! | `k-center` | argmax min over the queries of \|x − q\| | Gonzalez 1985; [Sener, Savarese 2018] |
//! | `margin` | argmin p₁ − p₂, the student's two likeliest classes | Scheffer, Decomain, Wrobel 2001 |
//! | `entropy` | argmax −Σ p ln p | Lewis, Gale 1994 |
//! | `k-center-margin` | argmax distance · (1 − (p₁ − p₂) + 0.2) | |
//! | `jacobian` | an earlier query, moved along sign(∂ ln p_c / ∂x) | [Papernot et al. 2017] |
//! | `letters` | a drawn letter, never a digit | compare [Orekondy et al. 2019] |
//!
//! [Tramèr et al. 2016]: https://arxiv.org/abs/1609.02943
//! [Sener, Savarese 2018]: https://arxiv.org/abs/1708.00489
//! [Papernot et al. 2017]: https://arxiv.org/abs/1602.02697
//! [Orekondy et al. 2019]: https://arxiv.org/abs/1812.02766

mod cover;
mod entropy;
mod jacobian;
mod k_center;
mod k_center_margin;
mod letters;
mod margin;
mod natural;
mod uniform;

use std::collections::HashMap;

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

use crate::data::Dataset;
use crate::nn::Mlp;
use crate::nn::loss::softmax;
use crate::seed::Stream;

pub(crate) use natural::Natural;
pub use uniform::evenly;

/// What a strategy can work with.
pub struct Scene<'a> {
    /// Unlabelled points of the data (n × dimension), in random order.
    pub pool: ArrayView2<'a, f32>,
    /// The box, equal on every axis, that inputs live in.
    pub bounds: (f32, f32),
    /// The queries asked so far (n × dimension), first asked first.
    pub asked: ArrayView2<'a, f32>,
    /// The student trained on their answers, for a strategy that [adapts](Strategy::adapts), from its second round on.
    pub student: Option<&'a Mlp>,
}

impl Scene<'_> {
    /// Rows of the pool that were not asked yet, in its order.
    ///
    /// Each query takes away one row equal to it: a table with equal rows can still be asked to its end.
    pub fn unasked(&self) -> Vec<usize> {
        let bits = |row: ArrayView1<f32>, into: &mut Vec<u32>| {
            into.clear();
            into.extend(row.iter().map(|x| x.to_bits()));
        };
        let mut key = Vec::new();
        let mut asked: HashMap<Vec<u32>, usize> = HashMap::new();
        for row in self.asked.rows() {
            bits(row, &mut key);
            *asked.entry(key.clone()).or_default() += 1;
        }
        let is_new = |&row: &usize| {
            bits(self.pool.row(row), &mut key);
            match asked.get_mut(key.as_slice()) {
                Some(times) if *times > 0 => {
                    *times -= 1;
                    false
                }
                _ => true,
            }
        };
        (0..self.pool.nrows()).filter(is_new).collect()
    }

    /// The unasked points of the pool of which the student is least sure, by a measure of its probabilities there;
    /// the first ones while there is no student.
    fn least_sure(&self, count: usize, doubt: impl Fn(ArrayView1<f32>) -> f32) -> Array2<f32> {
        let mut rows = self.unasked();
        if let Some(student) = self.student {
            let probabilities = softmax(student.logits(self.pool));
            let doubts: Vec<f32> = probabilities.rows().into_iter().map(doubt).collect();
            rows.sort_by(|&a, &b| doubts[b].total_cmp(&doubts[a]));
        }
        self.pool.select(Axis(0), &rows[..count])
    }
}

/// A way to choose queries.
pub trait Strategy: Sync {
    /// Its name on the command line and in records.
    fn name(&self) -> &'static str;
    /// One line for the list.
    fn about(&self) -> &'static str;
    /// Whether it looks at the student so far, and so asks in [`rounds`].
    fn adapts(&self) -> bool {
        false
    }
    /// Why it has nothing to ask about these data; `None` where it has.
    fn refusal(&self, _data: &dyn Dataset) -> Option<String> {
        None
    }
    /// The next `count` points to ask (count × dimension).
    ///
    /// Asking for 30 points must give the same as asking for 10 and then, with those asked, for 20: queries are
    /// ranked, and a budget is a cut through the ranking.
    ///
    /// # Panics
    /// If a strategy that draws on the pool is asked for more than it holds.
    fn choose(&self, scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32>;
}

/// All strategies.
pub static STRATEGIES: &[&dyn Strategy] = &[
    &natural::Natural,
    &uniform::Uniform,
    &k_center::KCenter,
    &margin::Margin,
    &entropy::Entropy,
    &k_center_margin::KCenterMargin,
    &jacobian::Jacobian,
    &letters::Letters,
];

/// The strategy of this name.
pub fn strategy(name: &str) -> Option<&'static dyn Strategy> {
    STRATEGIES.iter().copied().find(|strategy| strategy.name() == name)
}

/// After how many queries an adapting strategy looks at a new student: four times in a decade, before `last`.
///
/// ```
/// // 10 · 10^(i/4), rounded: 10, 17.8, 31.6, 56.2, 100, …
/// assert_eq!(distill_lab::query::rounds(100), [10, 18, 32, 56]);
/// ```
pub fn rounds(last: usize) -> Vec<usize> {
    let quarter_decade = |i: u32| 10f64.powf(1.0 + f64::from(i) / 4.0).round() as usize;
    (0..).map(quarter_decade).take_while(|&round| round < last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Recipe, train};
    use crate::seed::Seed;
    use ndarray::{array, s};

    #[test]
    fn doubt_is_measured_as_each_strategy_says() {
        // One input per point, so that a linear student can say exactly what it was told.
        let (pool, told) =
            (Array2::eye(4), array![[0.98, 0.01, 0.01], [0.495, 0.495, 0.01], [0.4, 0.3, 0.3], [0.8, 0.1, 0.1]]);
        let mut student = Mlp::new(&[4, 3], &mut Seed::new(0).stream());
        let recipe = Recipe { steps: 2000, batch: 4, rate: 0.1, decay: 0.0 };
        train(&mut student, pool.view(), told.view(), &recipe, &mut Seed::new(0).stream()).unwrap();
        let choose = |name: &str, count: usize, student: Option<&Mlp>| {
            let scene = Scene { pool: pool.view(), bounds: (0.0, 1.0), asked: pool.slice(s![..1, ..]), student };
            let chosen = strategy(name).unwrap().choose(&scene, count, &mut Seed::new(0).stream());
            crate::nn::loss::argmax(chosen.view())
        };
        // Gaps 0, 0.1, 0.7; entropies 0.74, 1.09, 0.64 nats. Point 0 was asked.
        assert_eq!(choose("margin", 3, Some(&student)), [1, 2, 3]);
        assert_eq!(choose("entropy", 3, Some(&student)), [2, 1, 3]);
        assert_eq!(choose("margin", 2, None), [1, 2]);
    }

    #[test]
    fn strategies_are_told_apart_and_those_that_look_at_a_student_say_so() {
        let names: Vec<&str> = STRATEGIES.iter().map(|strategy| strategy.name()).collect();
        let listed = ["natural", "uniform", "k-center", "margin", "entropy", "k-center-margin", "jacobian", "letters"];
        assert_eq!(names, listed);
        let adapting: Vec<&str> =
            STRATEGIES.iter().filter(|strategy| strategy.adapts()).map(|strategy| strategy.name()).collect();
        assert_eq!(adapting, ["margin", "entropy", "k-center-margin", "jacobian"]);
        let mut lines: Vec<&str> = STRATEGIES.iter().map(|strategy| strategy.about()).collect();
        assert!(lines.iter().all(|line| line.split(' ').count() > 2), "{lines:?}");
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), STRATEGIES.len());
    }

    #[test]
    fn letters_are_for_images_of_their_own_side() {
        let letters = strategy("letters").unwrap();
        assert_eq!(letters.refusal(&crate::data::Glyphs::default()), None);
        let why = letters.refusal(&crate::data::spirals()).unwrap();
        assert!(why.contains("glyphs") && why.contains("spirals"), "{why}");
    }

    #[test]
    fn every_query_takes_one_equal_row_from_the_pool() {
        let pool = array![[1.0], [2.0], [1.0], [3.0]];
        let asked = array![[1.0], [7.0], [3.0]];
        let scene = Scene { pool: pool.view(), bounds: (0.0, 9.0), asked: asked.view(), student: None };
        assert_eq!(scene.unasked(), [1, 2]);
    }
}
