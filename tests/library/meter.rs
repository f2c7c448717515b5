//! The meter, whatever the sequence of queries: what is answered is counted, what is counted was answered.

use std::sync::LazyLock;

use distill_lab::nn::Recipe;
use distill_lab::oracle::{self, Alarm, Answers, Api, Log, Oracle, Refusal, SURFACES, Split, Teacher, Terms, surface};
use distill_lab::seed::Seed;
use ndarray::{Array2, array};
use proptest::prelude::*;

/// Numbers of a query that the teacher understands.
const DIMENSION: usize = 2;

static API: LazyLock<Api> = LazyLock::new(|| {
    let points = array![[-1.0, 0.0], [1.0, 0.0], [-2.0, 1.0], [2.0, 1.0]];
    let recipe = Recipe { steps: 50, batch: 4, rate: 0.05, decay: 0.0 };
    let teacher = Teacher::train(&[DIMENSION, 4, 2], points.view(), &[0, 1, 0, 1], &recipe, Seed::new(0));
    oracle::serve(teacher.expect("four points settle"), terms(0, 0)).0
});

fn terms(kind: usize, quota: usize) -> Terms {
    Terms { surface: SURFACES[kind], quota, noise: Seed::new(1) }
}

/// A batch that somebody might ask: the number of its rows and their width, right or not.
fn batch() -> impl Strategy<Value = (usize, usize)> {
    let width = prop_oneof![4 => Just(DIMENSION), 1 => 0..5usize];
    (0..20usize, width)
}

/// Points that no other batch holds, so that the log shows their order.
fn points(rows: usize, width: usize, already: usize) -> Array2<f32> {
    Array2::from_shape_fn((rows, width), |(row, column)| (100 * (already + row) + column) as f32)
}

fn rows(answers: &Answers) -> usize {
    match answers {
        Answers::Probabilities(probabilities) => probabilities.nrows(),
        Answers::Top(top) => top.len(),
        Answers::Labels(labels) => labels.len(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_sequence_of_batches_gets_past_the_quota(
        quota in 0..60usize,
        kind in 0..SURFACES.len(),
        batches in prop::collection::vec(batch(), 0..12),
    ) {
        let mut account = API.under(terms(kind, quota)).open();
        let mut answered: Vec<f32> = Vec::new();
        for (asked, given) in batches {
            let count = answered.len() / DIMENSION;
            let left = quota - count;
            let queries = points(asked, given, count);
            let reply = account.ask(queries.view());
            if given != DIMENSION {
                prop_assert_eq!(reply, Err(Refusal::WrongDimension { given, expected: DIMENSION }));
            } else if asked > left {
                prop_assert_eq!(reply, Err(Refusal::OverQuota { asked, left, quota }));
            } else {
                prop_assert_eq!(rows(&reply.expect("within the quota")), asked);
                answered.extend(&queries);
            }
            let count = answered.len() / DIMENSION;
            prop_assert!(count <= quota);
            prop_assert_eq!(account.left(), quota - count);
            let log = account.log().queries();
            prop_assert_eq!(log.dim(), (count, DIMENSION));
            prop_assert!(log.iter().eq(&answered), "the log is not what was answered, in order");
        }
    }

    #[test]
    fn customers_of_one_teacher_do_not_pay_for_each_other(mine in 0..20usize, theirs in 0..20usize) {
        let api = API.under(terms(0, 20));
        let (mut me, mut them) = (api.open(), api.open());
        prop_assert!(me.ask(points(mine, DIMENSION, 0).view()).is_ok());
        prop_assert!(them.ask(points(theirs, DIMENSION, 0).view()).is_ok());
        prop_assert_eq!((me.left(), them.left()), (20 - mine, 20 - theirs));
    }
}

/// Sounds once an account has asked five queries.
#[derive(Clone)]
struct AtFive;

impl Alarm for AtFive {
    fn sounds(&mut self, log: &Log) -> bool {
        log.len() >= 5
    }
}

#[test]
fn an_alarm_closes_one_account_for_good_and_no_other() {
    let api = API.under(terms(0, 20)).watched_by(AtFive);
    let (mut copier, mut customer) = (api.open(), api.open());
    assert!(copier.ask(points(4, DIMENSION, 0).view()).is_ok() && !copier.is_blocked());
    // The batch that sets it off is answered: the alarm looks at what was asked.
    assert!(copier.ask(points(3, DIMENSION, 4).view()).is_ok() && copier.is_blocked());
    for _ in 0..2 {
        assert_eq!(copier.ask(points(1, DIMENSION, 7).view()), Err(Refusal::Blocked { answered: 7 }));
    }
    assert_eq!((copier.left(), copier.log().len()), (0, 7));
    assert!(customer.ask(points(4, DIMENSION, 0).view()).is_ok());
    assert_eq!(customer.left(), 16);
}

#[test]
fn a_provider_notes_its_first_choice_whatever_it_shows() {
    let mut account = API.under(Terms { surface: surface("probabilities").unwrap(), ..terms(0, 9) }).open();
    let Ok(Answers::Probabilities(shown)) = account.ask(points(9, DIMENSION, 0).view()) else { panic!("refused") };
    let mut closed = API.under(Terms { surface: surface("label").unwrap(), ..terms(0, 9) }).open();
    let Ok(Answers::Labels(labels)) = closed.ask(points(9, DIMENSION, 0).view()) else { panic!("refused") };
    for ((row, label), (open, closed)) in
        shown.rows().into_iter().zip(labels).zip(account.log().notes().iter().zip(closed.log().notes()))
    {
        assert_eq!(open, closed);
        assert_eq!((open.class, open.confidence), (label, row[label]));
    }
}

#[test]
fn accounts_used_as_one_answer_as_much_as_they_have_left() {
    let api = API.under(terms(0, 3));
    let mut split = Split::new(vec![api.open(), api.open()]);
    // Three of the first and one of the second are gone: two more fit, though it is the first one's turn.
    for batch in [3, 1, 2] {
        assert!(split.ask(points(batch, DIMENSION, 0).view()).is_ok(), "a batch of {batch}");
    }
    assert_eq!((split.answered(), split.left()), (6, 0));
    let refused = split.ask(points(1, DIMENSION, 0).view());
    assert_eq!(refused, Err(Refusal::OverQuota { asked: 1, left: 0, quota: 3 }));
    assert_eq!(split.blocked(), 0, "used up is not closed");
}

#[test]
fn customers_are_shown_noise_of_their_own() {
    let api = API.under(Terms { surface: surface("noisy").unwrap(), ..terms(0, 9) });
    let shown = |customer: usize| api.open_for(customer).ask(points(9, DIMENSION, 0).view()).unwrap();
    assert_eq!(shown(1), shown(1));
    assert_ne!(shown(0), shown(1));
}

#[test]
fn accounts_used_as_one_take_turns_until_all_are_closed() {
    let api = API.under(terms(0, 20)).watched_by(AtFive);
    let mut split = Split::new(vec![api.open(), api.open()]);
    assert_eq!(split.left(), 40);
    // Batches of two go to the first, the second, the first …; each account closes after its third.
    for batch in 0..6 {
        assert!(split.ask(points(2, DIMENSION, 2 * batch).view()).is_ok(), "batch {batch}");
    }
    assert_eq!((split.answered(), split.blocked(), split.left()), (12, 2, 0));
    assert_eq!(split.ask(points(1, DIMENSION, 12).view()), Err(Refusal::Blocked { answered: 12 }));
}
