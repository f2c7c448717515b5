//! Where models of this experiment are trained: each from a random stream of its own, on data of its own.

use ndarray::{Array2, Axis, concatenate, s};
use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::data::{Examples, Sizes};
use crate::experiment::{Replicate, RunError, public};
use crate::nn::{Mlp, Recipe, loss::argmax, loss::one_hot, train};
use crate::oracle::{Oracle, surface};
use crate::plan::Plan;
use crate::seed::Seed;
use crate::student::{DistillError, Pupil};

/// Of a scraped model's data, one part in this number is the teacher's.
const SCRAPED_PART: usize = 10;

/// A trained suspect.
#[derive(Serialize, Deserialize)]
pub(super) struct Suspect {
    pub(super) net: Mlp,
    pub(super) examples: usize,
    pub(super) queries: usize,
    pub(super) flops: u64,
}

/// A model that met no teacher: true labels of examples drawn for it alone. `large`: of the teacher's size.
pub(super) fn independent(plan: &Plan, seed: Seed, examples: usize, large: bool) -> Result<Suspect, RunError> {
    let own = own_data(plan, seed, examples);
    let (widths, recipe) = if large {
        (plan.teacher_widths(), plan.teacher_recipe())
    } else {
        (plan.student_widths(), plan.student_recipe())
    };
    let start = Mlp::new(&widths, &mut seed.child("start").stream());
    let targets = one_hot(&own.labels, plan.data().classes().len());
    let name = if large { "an independent model of the teacher's size" } else { "an independent model" };
    let failed = |problem| match large {
        true => RunError::of_teacher_size(0, name, problem),
        false => RunError::of_student_size(0, name.to_owned(), problem),
    };
    taught(start, &own.points, &targets, recipe, seed).map_err(failed)
}

/// A suspect of a replicate. `budget` is how many examples it gets.
pub(super) fn suspect(
    plan: &Plan,
    replicate: &Replicate,
    kind: Kind,
    budget: usize,
    number: usize,
) -> Result<Suspect, RunError> {
    let seed = replicate.seed("suspects").child(kind.arm()).child(budget).child(number);
    let first = plan.answers()[0].name();
    let answer = match kind {
        Kind::Innocent => return independent(plan, seed, budget, false),
        Kind::InnocentLarge | Kind::Ensemble => unreachable!("{kind:?} is trained once for all replicates"),
        Kind::InnocentBase => on_base(plan, seed, |start, recipe| on_own_labels(plan, seed, budget, start, recipe)),
        Kind::BaseCopy => {
            on_base(plan, seed, |start, recipe| asking(plan, replicate, seed, first, budget, start, recipe))
        }
        Kind::Copy => asking(plan, replicate, seed, first, budget, fresh(plan, seed), plan.student_recipe()),
        Kind::LabelCopy => asking(plan, replicate, seed, "label", budget, fresh(plan, seed), plan.student_recipe()),
        Kind::Scraped => scraping(plan, replicate, seed, budget),
        Kind::SharedData => on_shared_data(plan, replicate, seed, budget),
    };
    answer.map_err(|problem| RunError::of_student_size(replicate.number(), format!("{} {budget}", kind.arm()), problem))
}

/// Examples that nobody else has.
fn own_data(plan: &Plan, seed: Seed, examples: usize) -> Examples {
    plan.data().deal(Sizes { pool: examples, ..Sizes::default() }, seed.child("data")).pool
}

fn fresh(plan: &Plan, seed: Seed) -> Mlp {
    Mlp::new(&plan.student_widths(), &mut seed.child("start").stream())
}

fn taught<E: From<crate::nn::Diverged>>(
    mut net: Mlp,
    points: &Array2<f32>,
    targets: &Array2<f32>,
    recipe: Recipe,
    seed: Seed,
) -> Result<Suspect, E> {
    train(&mut net, points.view(), targets.view(), &recipe, &mut seed.child("batches").stream())?;
    let examples = points.nrows();
    Ok(Suspect { flops: recipe.flops(&net, examples), net, examples, queries: 0 })
}

fn on_own_labels(plan: &Plan, seed: Seed, budget: usize, start: Mlp, recipe: Recipe) -> Result<Suspect, DistillError> {
    let own = own_data(plan, seed, budget);
    taught(start, &own.points, &one_hot(&own.labels, plan.data().classes().len()), recipe, seed)
}

fn asking(
    plan: &Plan,
    replicate: &Replicate,
    seed: Seed,
    kind: &str,
    budget: usize,
    start: Mlp,
    recipe: Recipe,
) -> Result<Suspect, DistillError> {
    let pool = own_data(plan, seed, plan.sizes().pool.max(budget)).points;
    let mut account = replicate.open(surface(kind).expect("a kind of answer of the registry"), budget);
    let pupil = Pupil::new(&start, pool.view(), plan.data().bounds(), recipe, seed);
    let pupil = Pupil { strategy: plan.strategy(), ..pupil };
    let net = pupil.distill(&mut account)?;
    Ok(Suspect { flops: recipe.flops(&net, budget), net, examples: budget, queries: account.log().len() })
}

/// Own training after half of the steps on public data of its own.
fn on_base(
    plan: &Plan,
    seed: Seed,
    continued: impl FnOnce(Mlp, Recipe) -> Result<Suspect, DistillError>,
) -> Result<Suspect, DistillError> {
    let data = public::examples(plan, seed.child("public"));
    let targets = one_hot(&data.labels, plan.data().classes().len());
    let pretraining = public::pretraining(plan.student_recipe());
    let base: Suspect =
        taught::<DistillError>(fresh(plan, seed), &data.points, &targets, pretraining, seed.child("public"))?;
    let suspect = continued(base.net, public::fine_tuning(plan.student_recipe()))?;
    Ok(Suspect { flops: base.flops + suspect.flops, ..suspect })
}

/// The first tenth of its points was asked about, the rest has true labels.
fn scraping(plan: &Plan, replicate: &Replicate, seed: Seed, budget: usize) -> Result<Suspect, DistillError> {
    let own = own_data(plan, seed, budget);
    let (asked, classes) = (budget.div_ceil(SCRAPED_PART), plan.data().classes().len());
    let mut account = replicate.open(surface("label").expect("a kind of answer of the registry"), asked);
    let answers = account.ask(own.points.slice(s![..asked, ..]))?.filled(classes);
    let scraped = one_hot(&argmax(answers.view()), classes);
    let rest = one_hot(&own.labels[asked..], classes);
    let targets = concatenate(Axis(0), &[scraped.view(), rest.view()]).expect("targets of one width");
    let suspect: Suspect =
        taught::<DistillError>(fresh(plan, seed), &own.points, &targets, plan.student_recipe(), seed)?;
    Ok(Suspect { queries: account.log().len(), ..suspect })
}

/// The teacher's own examples, or the first of them where the budget is smaller.
fn on_shared_data(plan: &Plan, replicate: &Replicate, seed: Seed, budget: usize) -> Result<Suspect, DistillError> {
    let training = budget.min(plan.sizes().training);
    let shared = replicate.deal(plan, Sizes { training, ..Sizes::default() }).training;
    let targets = one_hot(&shared.labels, plan.data().classes().len());
    taught(fresh(plan, seed), &shared.points, &targets, plan.student_recipe(), seed)
}
