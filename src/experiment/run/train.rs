//! The one place where models of points are made from a [`ModelSpec`] and a number of examples. (A copier whose account
//! is closed while it asks learns from whatever was answered by then: see `guard/game.rs`.)
//!
//! ```text
//! size → first weights     start → a public base, or none     source, supervision → points and targets → training
//! ```
//!
//! Everything random has a name: a model's first weights, the order of its examples and its own data follow from its
//! spec, so that it is the same model whatever is trained beside it.

use std::borrow::Cow;

use ndarray::{Array2, Axis, concatenate, s};
use serde::{Deserialize, Serialize};

use super::replicate::Replicate;
use super::spec::{Asking, ModelSpec, Seeds, Size, Source, Start, Supervision};
use super::{RunError, public};
use crate::data::{Examples, Sizes};
use crate::nn::{Mlp, Recipe, loss::argmax, loss::one_hot, train};
use crate::oracle::{Label, Oracle};
use crate::plan::Plan;
use crate::seed::{Seed, Stream};
use crate::student::{DistillError, Distilled, Pupil};

/// A trained model and what it took.
#[derive(Serialize, Deserialize)]
pub(crate) struct Model {
    /// The network.
    pub(crate) net: Mlp,
    /// Examples that its own training had.
    pub(crate) examples: usize,
    /// Queries that the teacher answered for it, as its account counted them.
    pub(crate) queries: usize,
    /// Floating-point operations of all its training, counted from shapes.
    pub(crate) flops: u64,
}

/// A trained model with the points that it asked about, or those of the pool whose true labels it learned.
pub(crate) struct Student {
    /// The model.
    pub(crate) model: Model,
    /// Its points (n × dimension), first asked first; none of a model that learned from other examples.
    pub(crate) points: Array2<f32>,
}

/// Where models are trained: by a plan, and in a replicate where they need its teacher or its points.
#[derive(Clone, Copy)]
pub(crate) struct Trainer<'a> {
    plan: &'a Plan,
    replicate: Option<&'a Replicate>,
}

impl<'a> Trainer<'a> {
    /// For models of a replicate.
    pub(crate) fn of(plan: &'a Plan, replicate: &'a Replicate) -> Self {
        Self { plan, replicate: Some(replicate) }
    }

    /// For models that need no replicate: independent ones with data of their own.
    pub(crate) fn without_replicate(plan: &'a Plan) -> Self {
        Self { plan, replicate: None }
    }

    /// Models of a spec at rising numbers of examples.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    ///
    /// # Panics
    /// If the spec needs a replicate and there is none.
    pub(crate) fn train(&self, spec: &ModelSpec, budgets: &[usize]) -> Result<Vec<Student>, RunError> {
        let made = match spec.supervision {
            Supervision::Answers(asking) => self.distill(spec, asking, budgets),
            Supervision::Scraped(_) | Supervision::Labels => {
                budgets.iter().map(|&budget| self.teach(spec, budget)).collect()
            }
        };
        made.map_err(|problem| {
            let (replicate, most) = (self.replicate.map_or(0, Replicate::number), budgets.last().unwrap_or(&0));
            let model = format!("{}, up to {most} examples", spec.describe());
            match spec.size {
                Size::Teacher => RunError::of_teacher_size(replicate, model, problem),
                Size::Student(_) => RunError::of_student_size(replicate, model, problem),
            }
        })
    }

    /// The one model of a spec on so many examples.
    ///
    /// # Errors
    /// [`RunError`] where training diverges.
    pub(crate) fn train_one(&self, spec: &ModelSpec, budget: usize) -> Result<Student, RunError> {
        Ok(self.train(spec, &[budget])?.remove(0))
    }

    fn distill(&self, spec: &ModelSpec, asking: Asking, budgets: &[usize]) -> Result<Vec<Student>, DistillError> {
        let begun = self.begin(spec)?;
        let most = budgets.last().copied().unwrap_or(0);
        let along = |pupil: &Pupil, account: &mut dyn Oracle| pupil.distill_along(account, budgets);
        let Distilled { students, queries, .. } = self.at_the_door(spec, asking, &begun, most, along)?;
        let student = |(net, &budget): (Mlp, &usize)| {
            let points = queries.slice(s![..budget, ..]).to_owned();
            let (examples, flops) = (points.nrows(), begun.model.flops + begun.recipe.flops(&net, points.nrows()));
            Student { model: Model { net, examples, queries: examples, flops }, points }
        };
        Ok(students.into_iter().zip(budgets).map(student).collect())
    }

    /// Asks what a student of this spec would ask, for so many queries, and returns these (n × dimension). There are
    /// none where it asks nothing. To have the answers before there is a student, or to look at the queries alone.
    ///
    /// # Errors
    /// [`RunError`] where training diverges, or the teacher refuses.
    pub(crate) fn ask(&self, spec: &ModelSpec, budget: usize) -> Result<Array2<f32>, RunError> {
        let Supervision::Answers(asking) = spec.supervision else {
            return Ok(Array2::zeros((0, self.plan.data().dimension())));
        };
        let first = |pupil: &Pupil, account: &mut dyn Oracle| pupil.transfer_set(account, budget);
        let asked = self.begin(spec).and_then(|begun| self.at_the_door(spec, asking, &begun, budget, first));
        let failed = |problem| RunError::of_student_size(self.replicate().number(), spec.describe(), problem);
        asked.map(|(queries, _)| queries).map_err(failed)
    }

    /// What a pupil of this spec does with an account for so many queries.
    fn at_the_door<T>(
        &self,
        spec: &ModelSpec,
        Asking { surface, strategy, targets }: Asking,
        begun: &Begun,
        most: usize,
        does: impl FnOnce(&Pupil, &mut dyn Oracle) -> Result<T, DistillError>,
    ) -> Result<T, DistillError> {
        let wanted = if spec.source == Source::OwnPool { most.max(self.plan.sizes().pool) } else { most };
        let (pool, net, recipe) = (self.examples(spec, wanted), &begun.model.net, begun.recipe);
        let pupil = Pupil::new(net, pool.points.view(), self.plan.data().bounds(), recipe, self.seed(spec));
        does(&Pupil { strategy, targets, ..pupil }, &mut *self.replicate().oracle(surface, most))
    }

    fn teach(&self, spec: &ModelSpec, budget: usize) -> Result<Student, DistillError> {
        let examples = self.examples(spec, budget);
        let count =
            if spec.source == Source::Public { examples.labels.len() } else { budget.min(examples.labels.len()) };
        let points = examples.points.slice(s![..count, ..]);
        let (mut targets, mut queries) = (one_hot(&examples.labels[..count], self.classes()), 0);
        if let Supervision::Scraped(part) = spec.supervision {
            queries = count.div_ceil(part);
            let answers = self.replicate().oracle(&Label, queries).ask(points.slice(s![..queries, ..]))?;
            let scraped = one_hot(&argmax(answers.filled(self.classes()).view()), self.classes());
            targets = concatenate(Axis(0), &[scraped.view(), targets.slice(s![queries.., ..])]).expect("one width");
        }
        let Begun { mut model, recipe, mut order } = self.begin(spec)?;
        train(&mut model.net, points, targets.view(), &recipe, &mut order)?;
        let flops = model.flops + recipe.flops(&model.net, count);
        let points = if spec.source == Source::Pool { points } else { points.slice_move(s![..0, ..]) }.to_owned();
        Ok(Student { model: Model { examples: count, queries, flops, ..model }, points })
    }

    /// The model before its own training.
    fn begin(&self, spec: &ModelSpec) -> Result<Begun, DistillError> {
        let (widths, recipe) = match &spec.size {
            Size::Teacher => (self.plan.teacher_widths(), self.plan.teacher_recipe()),
            Size::Student(hidden) => (self.plan.data().around(hidden), self.plan.student_recipe()),
        };
        let seed = self.seed(spec);
        // On public data of the replicate every model sees the examples in one order, a base and one without.
        let (start, in_public) = match spec.seeds {
            Seeds::Replicate => ("student", seed.child("public-batches")),
            Seeds::Own(_) | Seeds::InTurn(_) => ("start", seed.child("public").child("batches")),
        };
        let (net, order) = match spec.seeds {
            Seeds::InTurn(seed) => {
                let mut stream = seed.stream();
                (Mlp::new(&widths, &mut stream), stream)
            }
            _ => (Mlp::new(&widths, &mut seed.child(start).stream()), seed.child("batches").stream()),
        };
        let mut begun = Begun { model: Model { net, examples: 0, queries: 0, flops: 0 }, recipe, order };
        match (spec.start, spec.source) {
            (Start::Base, _) => {
                let Examples { points, labels } = public::examples(self.plan, seed.child("public"));
                let (targets, half) = (one_hot(&labels, self.classes()), public::pretraining(recipe));
                train(&mut begun.model.net, points.view(), targets.view(), &half, &mut in_public.stream())?;
                begun.model.flops = half.flops(&begun.model.net, labels.len());
                begun.recipe = public::fine_tuning(recipe);
            }
            (Start::Scratch, Source::Public) => begun.order = in_public.stream(),
            (Start::Scratch, _) => {}
        }
        begun.recipe.steps *= spec.patience;
        Ok(begun)
    }

    /// At least so many examples of the source, as far as the data go; public ones are always as many.
    fn examples(&self, spec: &ModelSpec, count: usize) -> Cow<'a, Examples> {
        let (data, none) = (self.plan.data(), Sizes::default());
        let seed = match spec.source {
            Source::OwnPool | Source::OwnIndependent => self.seed(spec).child("data"),
            Source::Public => self.seed(spec).child("public"),
            Source::Pool | Source::Teachers | Source::Independent => self.replicate().seed("data"),
        };
        Cow::Owned(match spec.source {
            Source::Pool if count <= self.replicate().pool().labels.len() => {
                return Cow::Borrowed(self.replicate().pool());
            }
            // Who asks more than the pool holds has a larger one, which begins with it.
            Source::Pool | Source::OwnPool => data.deal(Sizes { pool: count, ..none }, seed).pool,
            Source::Teachers => {
                let training = count.min(self.plan.sizes().training);
                data.deal(Sizes { training, ..none }, seed).training
            }
            Source::Independent | Source::OwnIndependent => {
                data.deal(Sizes { independent: count, ..none }, seed).independent
            }
            Source::Public => public::examples(self.plan, seed),
        })
    }

    fn seed(&self, spec: &ModelSpec) -> Seed {
        match spec.seeds {
            Seeds::Replicate => self.replicate().root(),
            Seeds::Own(seed) | Seeds::InTurn(seed) => seed,
        }
    }

    fn replicate(&self) -> &'a Replicate {
        self.replicate.expect("a model of a replicate is trained in one")
    }

    fn classes(&self) -> usize {
        self.plan.data().classes().len()
    }
}

/// A model before its own training, with the recipe of that and the order of its examples.
struct Begun {
    model: Model,
    recipe: Recipe,
    order: Stream,
}
