//! What the records say where answers harm and where they help, and what the second cycle is.

use super::*;
use crate::audit::statistics::Verdict;
use crate::experiment::read::curves::rounded;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::train::Trainer;
use crate::nn::{loss::one_hot, train};
use crate::plan::Request;

/// Agreements in percent, one a replicate.
type Row = [f64; 2];

/// Two replicates: the base at 80 and 82 %, the same after a second cycle on public data, and what ten and a hundred
/// queries make of it and of a student without.
struct Records {
    public: Row,
    base: [Row; 2],
    scratch: [Row; 2],
}

const PLAIN: Records =
    Records { public: [80.0, 82.0], base: [[70.0, 72.0], [96.0, 97.0]], scratch: [[50.0, 50.0], [94.0, 94.0]] };

fn concluded(records: &Records) -> Conclusion {
    let request = Request { budgets: Some("10,100".into()), replicates: Some(2), ..Request::default() };
    let plan = Plan::check(&request).expect("a sound plan");
    let mut trials = Vec::new();
    let mut push = |arm: &str, budget: Option<usize>, row: Row| {
        trials.extend(row.into_iter().enumerate().map(|(replicate, percent)| Trial {
            replicate,
            arm: arm.to_owned(),
            budget,
            agreement: Some(rounded(percent / 100.0)),
            ..Trial::default()
        }));
    };
    push(BASE, None, [80.0, 82.0]);
    push(BASE_PUBLIC, None, records.public);
    for (place, budget) in [10, 100].into_iter().enumerate() {
        push(BASE_TEACHER, Some(budget), records.base[place]);
        push(SCRATCH_TEACHER, Some(budget), records.scratch[place]);
    }
    OpenBase.conclude(&plan, &trials)
}

#[test]
fn says_where_answers_harm_and_where_they_help() {
    // 70 − 80 and 72 − 82: ten points worse in both replicates. 96 − 80 and 97 − 82: better.
    let harmed = concluded(&PLAIN);
    let line = &harmed.verdicts[0];
    assert!(line.starts_with("the student on the base, below the base alone: 10.0 points ["), "{line}");
    assert!(line.ends_with("] after 10 queries; first shown above it after 100 queries"), "{line}");
    // 95 % on the way from 70 to 96 % is 10·10^(25/26) = 91.5, from 72 to 97 % it is 10·10^(23/25) = 83.2, and the
    // geometric mean of the two 87.3
    let title = "A public model alone agrees on 81.0 %; 95 % agreement takes 87 queries on a public model, more than \
                 100 without";
    assert_eq!(harmed.title, title);
    // Against a student from scratch at 10 and at 100 queries, against the base alone at 100.
    let [at_ten, at_hundred, alone] = [0, 1, 2].map(|claim| harmed.claims[claim].verdict());
    assert_eq!([at_ten, at_hundred, alone], [Verdict::Beats, Verdict::NoDifference, Verdict::Beats]);
}

#[test]
fn the_harm_is_laid_at_the_door_of_answers_or_of_the_cycle() {
    let blame = |public: Row| {
        let line = concluded(&Records { public, ..PLAIN }).verdicts[1].clone();
        line.rsplit(": ").next().expect("a last part").to_owned()
    };
    assert_eq!(
        blame([80.0, 82.0]),
        "training on so few answers does harm, and a second cycle on public data is not shown to"
    );
    assert_eq!(blame([75.0, 77.0]), "both the cycle and the answers do harm");
    // As low as ten answers leave it.
    assert_eq!(blame([70.0, 72.0]), "the cycle does harm, and the answers are not shown to");
    assert_eq!(blame([60.0, 92.0]), "which of the two does harm is not shown");
    let helped = concluded(&Records { base: [[85.0, 87.0], [96.0, 97.0]], ..PLAIN });
    assert!(!helped.verdicts[1].contains("harm"), "nothing to blame: {:?}", helped.verdicts[1]);
}

#[test]
fn steps_back_where_replicates_disagree() {
    // −10 and +10 points, then the other way round.
    let unsure = concluded(&Records { base: [[70.0, 92.0], [90.0, 72.0]], ..PLAIN });
    assert_eq!(unsure.verdicts[0], "no difference shown, at any budget, between asking and the base alone");
    let title = "A public model alone agrees on 81.0 %; 100 queries do not reach 95 %, on a public model or from \
                 scratch";
    assert_eq!(unsure.title, title);
}

#[test]
fn the_title_follows_the_levels() {
    let title = |base: [Row; 2], scratch: [Row; 2]| {
        let title = concluded(&Records { base, scratch, ..PLAIN }).title;
        title.split_once("; ").expect("two parts").1.to_owned()
    };
    // From the first budget on, in every replicate.
    let there = [[96.0, 97.0], [97.0, 98.0]];
    let late = [[50.0, 50.0], [97.0, 97.1]];
    let never = [[50.0, 50.0], [94.0, 94.0]];
    // From 50 to 97 % it is 10·10^(45/47) = 90.7, to 97.1 % 10·10^(45/47.1) = 90.2; at least nine times as many.
    assert_eq!(title(there, late), "95 % agreement takes 10 or fewer queries on a public model, 90 without");
    assert_eq!(
        title(there, there),
        "95 % agreement takes 10 or fewer queries on a public model, 10 or fewer without, no difference shown"
    );
    assert_eq!(title(never, late), "only the student from scratch reaches 95 %, with 90 queries");
    // 91.5 and 83.2 against 90.7 and 90.2: a toss-up.
    let close = [[70.0, 72.0], [96.0, 97.0]];
    assert_eq!(
        title(close, late),
        "95 % agreement takes 87 queries on a public model, 90 without, no difference shown"
    );
}

/// The control is what its name says: half of the steps on public data, then the other half on the same, with a
/// learning rate that begins anew. One cycle over all of them, which is `base`, ends elsewhere at the same cost.
#[test]
fn the_control_is_the_base_with_a_second_cycle_on_public_data() {
    let request = Request { quick: true, steps: Some(40), replicates: Some(1), ..Request::default() };
    let plan = Plan::check(&request).expect("a sound plan");
    let replicate = Replicate::build(&plan, 0).expect("a teacher");
    let jobs = OpenBase.sweep(&plan);
    let student = |arm: &str| {
        let job = jobs.iter().find(|job| job.arm == arm).expect("an arm of the sweep");
        Trainer::of(&plan, &replicate).train_one(&job.spec, 0).expect("a student")
    };
    let (base, control) = (student(BASE), student(BASE_PUBLIC));

    let examples = public::examples(&plan, replicate.seed("public"));
    let targets = one_hot(&examples.labels, plan.data().classes().len());
    let mut twice = replicate.start(&plan, plan.student_hidden());
    let halves = [public::pretraining, public::fine_tuning].map(|half| half(plan.student_recipe()));
    for (recipe, stream) in halves.iter().zip(["public-batches", "batches"]) {
        assert_eq!(recipe.steps, 20);
        train(&mut twice, examples.points.view(), targets.view(), recipe, &mut replicate.stream(stream))
            .expect("settles");
    }
    assert_eq!(control.model.net, twice);
    assert_ne!(control.model.net, base.model.net);
    assert_eq!(control.model.flops, base.model.flops, "equal steps, equal cost");
    let trial = replicate.record(&plan, &control);
    assert_eq!((jobs[1].arm.as_str(), trial.queries, trial.budget), (BASE_PUBLIC, 0, None));
}
