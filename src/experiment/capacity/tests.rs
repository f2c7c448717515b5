//! What holds a width back, on estimates and records made by hand.

use super::limit::{Limit, Pulled};
use super::*;
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::run::references::Reference;
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::train::Trainer;
use crate::plan::Request;

/// An estimate in points: mean and half width.
fn points(mean: f64, half: f64) -> Estimate {
    Estimate { mean: mean / 100.0, low: (mean - half) / 100.0, high: (mean + half) / 100.0 }
}

/// The limit of a width that lies `gap` below the widest, where more queries, more steps and both bring these gains;
/// all in points, known to ± 0.5.
fn limit(gap: f64, gains: [f64; 3]) -> Limit {
    let pulled = |(lever, gain): (Lever, f64)| Pulled { lever, gain: points(gain, 0.5), left: points(gap - gain, 0.5) };
    Limit::of(points(gap, 0.5), &Lever::ALL.into_iter().zip(gains).map(pulled).collect::<Vec<_>>())
}

#[test]
fn a_width_is_limited_by_what_brings_it_near_the_widest() {
    assert_eq!(limit(4.0, [0.2, 3.8, 3.9]), Limit::Lever(Lever::Steps));
    assert_eq!(limit(4.0, [3.8, 0.2, 3.9]), Limit::Lever(Lever::Queries));
    assert_eq!(limit(4.0, [3.8, 3.7, 3.9]), Limit::Either);
    assert_eq!(limit(4.0, [1.0, 1.0, 3.9]), Limit::Lever(Lever::Both));
    // Ten points from steps, and still 13 short.
    assert_eq!(limit(23.4, [0.9, 10.4, 9.1]), Limit::Size);
    assert_eq!(limit(50.0, [0.0, 0.0, 0.0]), Limit::Size);
    assert_eq!(limit(0.3, [0.0, 0.3, 0.3]), Limit::Nothing);
    // 4.0 − 2.8 = 1.2 ± 0.5 left: neither surely over a point nor surely below.
    assert_eq!(limit(4.0, [0.0, 2.8, 2.8]), Limit::Unclear);
}

#[test]
fn what_is_not_measured_limits_nothing() {
    let far = points(20.0, 1.0);
    assert_eq!(Limit::of(far, &[]), Limit::Unclear, "nothing was tried");
    // Near the widest with it, but no gain is shown: the width was about as near before.
    let noisy = Pulled { lever: Lever::Steps, gain: points(0.6, 0.7), left: points(0.5, 0.3) };
    assert_eq!(Limit::of(points(1.1, 0.3), &[noisy]), Limit::Unclear);
    let single = Estimate { mean: 0.5, low: f64::NEG_INFINITY, high: f64::INFINITY };
    assert_eq!(Limit::of(single, &[Pulled { lever: Lever::Steps, gain: single, left: single }]), Limit::Unclear);
}

/// Agreements in percent of a width: at 100 queries, at 400, with four times the steps, with both.
type Row = [f64; 4];

/// What is concluded from three replicates in which every arm scatters by ± `noise` points, each in its own way.
fn concluded(rows: [Row; 6], noise: f64) -> Conclusion {
    let request = Request { budgets: Some("10,100".into()), replicates: Some(3), ..Request::default() };
    let plan = Plan::check(&request).expect("a sound plan");
    let mut trials = Vec::new();
    for replicate in 0..3 {
        for (place, (width, row)) in WIDTHS.into_iter().zip(rows).enumerate() {
            let arms = [(asked(width), 100)]
                .into_iter()
                .chain(Lever::ALL.map(|lever| (lever.arm(width), lever.budget(&plan))));
            for (column, ((arm, budget), agreement)) in arms.zip(row).enumerate() {
                let off = [-1.0, 0.0, 1.0][(replicate * (1 + column % 2) + place + column) % 3];
                trials.push(Trial {
                    replicate,
                    arm,
                    budget: Some(budget),
                    agreement: Some((agreement + noise * (1.0 + place as f64 / 10.0) * off) / 100.0),
                    ..Trial::default()
                });
            }
        }
    }
    Capacity.conclude(&plan, &trials)
}

/// As near as makes no difference: a width that has arrived.
const THERE: Row = [99.0, 99.0, 99.0, 99.0];

#[test]
fn the_title_says_what_was_tried_and_what_helped() {
    let small = [[47.6, 47.9, 47.6, 48.0], [75.8, 75.8, 86.2, 86.0], [98.0, 98.0, 98.9, 98.9], THERE, THERE, THERE];
    let told = concluded(small, 0.01);
    assert_eq!(told.title, "With up to 6,000 steps and 400 queries, widths 2 and 4 stay over a point below width 64");
    let titles = |found: &Conclusion| [0, 1].map(|figure: usize| found.figures[figure].title.clone());
    let helped = "Past 100 queries, more queries help width 2; steps help widths 4 and 8";
    assert_eq!(titles(&told), ["Width 64 agrees on 99.0 %, width 2 on 47.6 %", helped]);
    let claim = |a: &str| told.claims.iter().find(|claim| claim.a == a).expect("a claim").verdict();
    assert_eq!([claim("width-64"), claim("width-4-steps")], [Verdict::Beats; 2]);
    let reading: Vec<&str> = told.table.rows.iter().map(|row| row.last().expect("a column").as_str()).collect();
    assert_eq!(reading, ["size and queries", "size and steps", "steps", "–", "–", "–"]);

    let most = [[47.6; 4], [75.8, 75.8, 86.2, 86.0], [98.0, 98.0, 98.9, 98.9], [98.0, 98.0, 98.9, 98.9]];
    let most = concluded([most[0], most[1], most[2], most[3], most[3], most[3]], 0.01);
    assert_eq!(titles(&most)[1], "Past 100 queries only longer training helps, except at width 2");

    let flat = [[75.8, 75.8, 75.8, 75.8], THERE, THERE, THERE, THERE, THERE];
    let told = concluded(flat, 0.1);
    assert_eq!(told.title, "With up to 6,000 steps and 400 queries, width 2 stays over a point below width 64");
    assert_eq!(titles(&told)[1], "Past 100 queries, more queries show no gain; steps show no gain");
    assert!(
        told.verdicts[1].starts_with("width 2: limited by size; 400 queries: no gain shown ("),
        "{:?}",
        told.verdicts
    );
}

#[test]
fn the_title_turns_round_with_the_records() {
    let steps = concluded([[90.0, 90.0, 98.9, 98.9], THERE, THERE, THERE, THERE, THERE], 0.01);
    let only = "No width is shown to be limited by its size: more";
    assert_eq!(steps.title, format!("{only} steps bring width 2 within a point of width 64"));
    let queries = concluded([[90.0, 98.9, 90.0, 98.9], THERE, THERE, THERE, THERE, THERE], 0.01);
    assert_eq!(queries.title, format!("{only} queries bring width 2 within a point of width 64"));
    assert_eq!(
        concluded([THERE; 6], 0.01).title,
        "Every width agrees within a point of width 64: here none is too small"
    );
    let noise = concluded([THERE; 6], 5.0);
    let undecided = "Widths 2, 4, 8, 16 and 32 are undecided: 3 replicates cannot tell size from steps and queries";
    assert_eq!(noise.title, undecided);
}

/// The reference `ceiling` is declared in another place: the plan's own student with four times the pool of queries and
/// the steps. A lever that forgot the steps or the queries would part from it.
#[test]
fn both_levers_make_the_ceiling_of_the_plans_own_student() {
    let request = Request { quick: true, steps: Some(50), replicates: Some(1), ..Request::default() };
    let plan = Plan::check(&request).expect("a sound plan");
    assert_eq!(plan.sizes().pool, plan.most(), "four times the one is four times the other");
    let replicate = Replicate::build(&plan, 0).expect("a teacher");
    let jobs = Capacity.sweep(&plan);
    let own = plan.student_hidden()[0];
    let job = jobs.iter().find(|job| job.arm == Lever::Both.arm(own)).expect("an arm for every width");
    let student = Trainer::of(&plan, &replicate).train_one(&job.spec, job.budget).expect("a student");
    let both = replicate.record(&plan, &student);
    let ceiling = Reference::Ceiling.train(&plan, &replicate, None).expect("a ceiling").expect("it means something");
    assert_eq!(
        (both.agreement, both.divergence, both.queries),
        (ceiling.agreement, ceiling.divergence, ceiling.queries)
    );
    assert_eq!(both.flops, ceiling.flops);
}
