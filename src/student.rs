//! The distillation loop: ask, read the answers, train on them. There is no other source of knowledge here.
//!
//! ```text
//! queries ← strategy        answers ← oracle(queries)        minimise Σ H(answer, student(query))
//! ```
//!
//! What a student is given: an untrained network, an [`Oracle`], unlabelled points, and random streams of its own. True
//! labels, the teacher and the examiner are out of reach.
//!
//! With a teacher's probabilities for targets this is the distillation of
//! [Hinton, Vinyals, Dean 2015](https://arxiv.org/abs/1503.02531); through somebody else's API it is the model
//! extraction of [Tramèr et al. 2016](https://arxiv.org/abs/1609.02943).
//!
//! ```
//! use distill_lab::nn::{Mlp, Recipe, loss::argmax};
//! use distill_lab::oracle::{Answers, Oracle, Refusal};
//! use distill_lab::seed::Seed;
//! use distill_lab::student::Pupil;
//! use ndarray::{ArrayView2, array};
//!
//! /// Anything that answers will do for a teacher: this one says which side of 0 a number is on, four times.
//! struct Side(usize);
//!
//! impl Oracle for Side {
//!     fn ask(&mut self, batch: ArrayView2<f32>) -> Result<Answers, Refusal> {
//!         self.0 -= batch.nrows();
//!         Ok(Answers::Labels(batch.iter().map(|&x| usize::from(x > 0.0)).collect()))
//!     }
//!
//!     fn classes(&self) -> usize {
//!         2
//!     }
//!
//!     fn left(&self) -> usize {
//!         self.0
//!     }
//! }
//!
//! let (start, pool) = (Mlp::new(&[1, 8, 2], &mut Seed::new(0).stream()), array![[-2.0], [1.0], [-1.0], [2.0]]);
//! let recipe = Recipe { steps: 200, batch: 4, rate: 0.05, decay: 0.0 };
//! let pupil = Pupil::new(&start, pool.view(), (-2.0, 2.0), recipe, Seed::new(1));
//! let student = pupil.distill(&mut Side(4))?;
//! assert_eq!(argmax(student.logits(array![[-1.5], [1.5]].view()).view()), [0, 1]);
//! # Ok::<(), distill_lab::student::DistillError>(())
//! ```
//!
//! A strategy that looks at the student so far asks in rounds; after each, a fresh student is trained on everything
//! answered so far. No weights are carried over, only queries and answers.

mod chat;

use ndarray::{Array2, ArrayView2, Axis};

use crate::nn::{Diverged, Mlp, Recipe, loss::argmax, loss::one_hot, train};
use crate::oracle::{Answers, Oracle, Refusal};
use crate::query::{Natural, Scene, Strategy, rounds};
use crate::seed::{Seed, Stream};

pub use chat::ChatPupil;

/// Why there is no student.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DistillError {
    /// The teacher's side refused a query.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Training on the answers ran away.
    #[error(transparent)]
    Diverged(#[from] Diverged),
}

/// What a student makes of its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Targets {
    /// Learn what was shown, probabilities as probabilities.
    AsShown,
    /// Keep the first choice and throw the rest away: the way round probabilities that were tampered with.
    FirstChoice,
}

/// Students of one account at rising numbers of queries.
pub struct Distilled {
    /// The students, one for each number.
    pub students: Vec<Mlp>,
    /// What was asked (n × dimension), first asked first: a student of fewer queries learned from the first of these.
    pub queries: Array2<f32>,
    /// What there was to learn from each answer (n × classes): a distribution, or all on one class.
    pub targets: Array2<f32>,
}

/// Everything a student has but its teacher.
pub struct Pupil<'a> {
    /// The network that every training starts from.
    pub start: &'a Mlp,
    /// Unlabelled points of the data (n × dimension), in random order.
    pub pool: ArrayView2<'a, f32>,
    /// The box, equal on every axis, that inputs live in.
    pub bounds: (f32, f32),
    /// How it chooses its queries.
    pub strategy: &'a dyn Strategy,
    /// What it makes of the answers.
    pub targets: Targets,
    /// How it is trained.
    pub recipe: Recipe,
    /// Random numbers for choosing queries.
    pub choosing: Stream,
    /// Random numbers for the order of examples, the same for every training.
    pub batches: Stream,
}

impl<'a> Pupil<'a> {
    /// A pupil who asks what customers ask, the points of the pool as they come, and learns what it is shown. Its
    /// random numbers are those of the children `choosing` and `batches` of the seed.
    pub fn new(start: &'a Mlp, pool: ArrayView2<'a, f32>, bounds: (f32, f32), recipe: Recipe, seed: Seed) -> Self {
        let (choosing, batches) = (seed.child("choosing").stream(), seed.child("batches").stream());
        Self { start, pool, bounds, strategy: &Natural, targets: Targets::AsShown, recipe, choosing, batches }
    }

    /// Spends what is left in the account and returns the student that learned from all of it.
    ///
    /// # Errors
    /// [`DistillError::Refused`] if the oracle refuses, [`DistillError::Diverged`] if training runs away.
    pub fn distill(&self, oracle: &mut dyn Oracle) -> Result<Mlp, DistillError> {
        let all = oracle.left();
        Ok(self.distill_along(oracle, &[all])?.students.remove(0))
    }

    /// The students after each of these numbers of queries (rising), each trained afresh on all answers up to there.
    ///
    /// A student after n queries does not depend on how many are asked later.
    ///
    /// # Errors
    /// As for [`Pupil::distill`].
    pub fn distill_along(&self, oracle: &mut dyn Oracle, budgets: &[usize]) -> Result<Distilled, DistillError> {
        self.along(oracle, budgets, true)
    }

    /// Asks so many queries as a student of theirs would, and returns them (n × dimension) with what there is to learn
    /// from the answers (n × classes). A student is trained only where the strategy looks at one on the way.
    ///
    /// # Errors
    /// As for [`Pupil::distill`].
    pub fn transfer_set(
        &self,
        oracle: &mut dyn Oracle,
        count: usize,
    ) -> Result<(Array2<f32>, Array2<f32>), DistillError> {
        let Distilled { queries, targets, .. } = self.along(oracle, &[count], false)?;
        Ok((queries, targets))
    }

    /// Asks up to each of these budgets, and trains a student there if one is wanted.
    fn along(&self, oracle: &mut dyn Oracle, budgets: &[usize], wanted: bool) -> Result<Distilled, DistillError> {
        let last = budgets.last().copied().unwrap_or(0);
        let rounds: Vec<usize> = if self.strategy.adapts() { rounds(last) } else { Vec::new() };
        let mut stops = [budgets, &rounds].concat();
        stops.sort_unstable();
        stops.dedup();

        let mut choosing = self.choosing.clone();
        let mut queries = Array2::zeros((0, self.pool.ncols()));
        let mut targets = Array2::zeros((0, oracle.classes()));
        let mut guide: Option<Mlp> = None;
        let mut students = Vec::new();
        for stop in stops {
            let asked = queries.view();
            let scene = Scene { pool: self.pool, bounds: self.bounds, asked, student: guide.as_ref() };
            let batch = self.strategy.choose(&scene, stop - queries.nrows(), &mut choosing);
            let answers = self.read(oracle.ask(batch.view())?, oracle.classes());
            targets.append(Axis(0), answers.view()).expect("answers of one width");
            if queries.is_empty() {
                queries = batch;
            } else {
                queries.append(Axis(0), batch.view()).expect("queries of one dimension");
            }

            // Only the rounds of the strategy guide it, so that a stop in between changes nothing later.
            let (guides, wanted) = (rounds.contains(&stop), wanted && budgets.contains(&stop));
            if guides || wanted {
                let student = self.learn(queries.view(), targets.view())?;
                if guides {
                    guide = Some(student.clone());
                }
                if wanted {
                    students.push(student);
                }
            }
        }
        Ok(Distilled { students, queries, targets })
    }

    /// Asks these queries in small batches until all are answered or the account is blocked. Returns what is to be
    /// learned from each answer (answered × classes), which belongs to the first of the queries.
    ///
    /// # Errors
    /// [`Refusal`] where the oracle refuses for another reason than a block.
    pub fn ask_while_open(
        &self,
        oracle: &mut dyn Oracle,
        queries: ArrayView2<f32>,
        batch: usize,
    ) -> Result<Array2<f32>, Refusal> {
        let mut targets = Array2::zeros((0, oracle.classes()));
        for queries in queries.axis_chunks_iter(Axis(0), batch) {
            match oracle.ask(queries) {
                Ok(answers) => {
                    let answers = self.read(answers, oracle.classes());
                    targets.append(Axis(0), answers.view()).expect("answers of one width");
                }
                Err(Refusal::Blocked { .. }) => break,
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(targets)
    }

    /// The student that learned from these answers (n × classes) to these queries (n × dimension).
    ///
    /// # Errors
    /// [`Diverged`] if training runs away.
    pub fn learn(&self, queries: ArrayView2<f32>, targets: ArrayView2<f32>) -> Result<Mlp, Diverged> {
        let mut student = self.start.clone();
        train(&mut student, queries, targets, &self.recipe, &mut self.batches.clone())?;
        Ok(student)
    }

    /// The distribution over classes to learn from each answer (n × classes). What an answer leaves open is spread
    /// evenly: see [`Answers::filled`].
    fn read(&self, answers: Answers, classes: usize) -> Array2<f32> {
        let shown = answers.filled(classes);
        match self.targets {
            Targets::AsShown => shown,
            Targets::FirstChoice => one_hot(&argmax(shown.view()), classes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Dataset, Glyphs, spirals};
    use crate::query::strategy;
    use ndarray::array;

    /// An oracle without a network: the class is the side of x₀ = 0. It remembers what it was asked.
    struct Side {
        quota: usize,
        asked: Vec<f32>,
    }

    impl Oracle for Side {
        fn ask(&mut self, points: ArrayView2<f32>) -> Result<Answers, Refusal> {
            self.asked.extend(points.column(0));
            Ok(Answers::Labels(points.column(0).iter().map(|&x| usize::from(x > 0.0)).collect()))
        }

        fn classes(&self) -> usize {
            2
        }

        fn left(&self) -> usize {
            self.quota - self.asked.len()
        }
    }

    /// A pupil with a pool of 60 points, and what it does with an account of `quota` queries.
    fn with_pupil<T>(name: &str, quota: usize, act: impl FnOnce(&Pupil, &mut Side) -> T) -> (T, Vec<f32>) {
        let chosen = strategy(name).unwrap();
        // In the plane, but for a strategy that has no queries there.
        let data: &dyn Dataset = if chosen.refusal(&spirals()).is_none() { &spirals() } else { &Glyphs::default() };
        let width = data.dimension();
        let pool = Array2::from_shape_fn((60, width), |(i, j)| ((i * 2 + j) as f32 * 0.7).sin() * 2.0);
        let pupil = Pupil {
            start: &Mlp::new(&[width, 8, 2], &mut Seed::new(0).stream()),
            pool: pool.view(),
            bounds: (-2.0, 2.0),
            strategy: chosen,
            targets: Targets::AsShown,
            recipe: Recipe { steps: 300, batch: 16, rate: 0.02, decay: 1e-4 },
            choosing: Seed::new(1).stream(),
            batches: Seed::new(2).stream(),
        };
        let mut oracle = Side { quota, asked: Vec::new() };
        let result = act(&pupil, &mut oracle);
        (result, oracle.asked)
    }

    #[test]
    fn learns_from_answers_alone_and_spends_its_quota() {
        let (student, asked) = with_pupil("natural", 40, |pupil, oracle| pupil.distill(oracle).unwrap());
        assert_eq!(asked.len(), 40);
        let held_out = array![[-1.5, 0.3], [1.5, 0.3], [-0.6, -1.0], [0.6, 1.0]];
        assert_eq!(argmax(student.logits(held_out.view()).view()), [0, 1, 0, 1]);
    }

    #[test]
    fn a_student_does_not_depend_on_later_queries() {
        for strategy in crate::query::STRATEGIES {
            let along = |budgets: &'static [usize]| {
                with_pupil(strategy.name(), 50, |pupil, oracle| pupil.distill_along(oracle, budgets).unwrap().students)
            };
            let ((alone, few), (among, many)) = (along(&[23]), along(&[7, 23, 50]));
            assert_eq!(alone[0], among[1], "{}", strategy.name());
            assert_eq!(few[..], many[..23], "{}", strategy.name());
            assert_eq!(many.len(), 50, "{} asks what it was told to", strategy.name());
        }
    }

    #[test]
    fn a_transfer_set_is_what_a_student_of_as_many_queries_learns_from() {
        for strategy in crate::query::STRATEGIES {
            let (set, asked) = with_pupil(strategy.name(), 30, |pupil, oracle| pupil.transfer_set(oracle, 30).unwrap());
            let (along, asked_along) =
                with_pupil(strategy.name(), 30, |pupil, oracle| pupil.distill_along(oracle, &[30]).unwrap());
            assert_eq!(set, (along.queries, along.targets), "{}", strategy.name());
            assert_eq!(asked, asked_along, "{}", strategy.name());
        }
    }

    #[test]
    fn first_choice_forgets_the_probabilities() {
        let shown = Answers::Probabilities(array![[0.6, 0.4], [0.1, 0.9]]);
        let (targets, _) = with_pupil("natural", 1, |pupil, _| {
            Pupil {
                targets: Targets::FirstChoice,
                choosing: pupil.choosing.clone(),
                batches: pupil.batches.clone(),
                ..*pupil
            }
            .read(shown, 2)
        });
        assert_eq!(targets, array![[1.0, 0.0], [0.0, 1.0]]);
    }
}
