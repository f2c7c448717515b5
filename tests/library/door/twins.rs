//! For every file that is refused, a twin that compiles: what *is* allowed in its place, one step away from what is
//! not. A refusal that stands only because a name is misspelt would prove nothing.

use distill_lab::nn::Mlp;
use distill_lab::oracle::{
    Account, Answers, Api, Examiner, Log, Oracle, Refusal, SURFACES, Surface, Teacher, Terms, serve,
};
use distill_lab::seed::{Seed, Stream};
use ndarray::{Array2, ArrayView2};

/// The served teacher answers, through an account.
pub(crate) fn teacher_answers_nobody_directly(
    account: &mut Account,
    points: ArrayView2<f32>,
) -> Result<Answers, Refusal> {
    account.ask(points)
}

/// A teacher shows its shape.
pub(crate) fn teacher_hides_its_network(teacher: &Teacher) -> String {
    format!("{teacher:?}")
}

/// A bare network can be copied.
pub(crate) fn teacher_is_not_clone(net: &Mlp) -> Mlp {
    net.clone()
}

/// What a run found can be saved.
pub(crate) fn teacher_is_not_serialize(trial: impl serde::Serialize) -> String {
    serde_json::to_string(&trial).expect("plain data")
}

/// A teacher can be served once.
pub(crate) fn serve_takes_the_teacher_away(teacher: Teacher, terms: Terms) -> (Api, Examiner) {
    serve(teacher, terms)
}

/// An account says how many classes there are.
pub(crate) fn account_hides_the_teacher(account: &Account) -> usize {
    account.classes()
}

/// An account says what is left, and the provider opens another under other terms.
pub(crate) fn account_keeps_its_quota(api: &Api, quota: usize) -> usize {
    api.under(Terms { surface: SURFACES[0], quota, noise: Seed::new(1) }).open().left()
}

/// The provider chooses where noise comes from.
pub(crate) fn account_keeps_its_noise(api: &Api, noise: Seed) -> Api {
    api.under(Terms { surface: SURFACES[0], quota: 1, noise })
}

/// The log can be read.
pub(crate) fn account_keeps_its_log(account: &Account) -> &Log {
    account.log()
}

/// The provider opens two accounts, each with a log of its own.
pub(crate) fn account_is_not_clone(api: &Api) -> [Account; 2] {
    [api.open(), api.open()]
}

/// A student knows what it asked, because it asked it.
pub(crate) fn student_finds_no_log<'a>(oracle: &mut dyn Oracle, points: ArrayView2<'a, f32>) -> ArrayView2<'a, f32> {
    let _ = oracle.ask(points);
    points
}

/// A student knows what is left.
pub(crate) fn student_opens_no_account(oracle: &mut dyn Oracle) -> usize {
    oracle.left()
}

/// A student asks.
pub(crate) fn student_gets_no_logits(oracle: &mut dyn Oracle, points: ArrayView2<f32>) -> Result<Answers, Refusal> {
    oracle.ask(points)
}

/// Serving appoints the examiner.
pub(crate) fn examiner_cannot_be_made(teacher: Teacher, terms: Terms) -> Examiner {
    serve(teacher, terms).1
}

/// An examiner can be lent.
pub(crate) fn examiner_is_not_clone(examiner: &Examiner) -> &Examiner {
    examiner
}

/// An examiner answers.
pub(crate) fn examiner_hides_the_teacher(examiner: &Examiner, points: ArrayView2<f32>) -> Array2<f32> {
    examiner.logits(points)
}

/// Anybody can put logits of their own through a surface.
pub(crate) fn api_hides_the_teacher(surface: &dyn Surface, own: Array2<f32>, noise: &mut Stream) -> Answers {
    surface.show(own, noise)
}
