//! The title and the verdicts of made-up records.

use super::*;
use crate::audit::statistics::Verdict;
use crate::experiment::read::claims::Claim;
use crate::plan::Request;

/// An arm's agreements at 100 and at 1,000 queries, one a replicate, in percent.
type Arm<'a> = (&'a str, [[f64; 4]; 2]);

/// The four replicates of an open teacher's copier.
const FREE: [[f64; 4]; 2] = [[94.0, 94.5, 93.5, 94.0], [98.0, 98.5, 97.5, 98.0]];

/// Those values less these points, a little differently in each replicate.
fn less(early: f64, late: f64) -> [[f64; 4]; 2] {
    let minus =
        |values: [f64; 4], points: f64| std::array::from_fn(|at| values[at] - points + [0.1, -0.1, 0.05, -0.05][at]);
    [minus(FREE[0], early), minus(FREE[1], late)]
}

/// What is concluded from these arms beside an open one; customers lose half a nat by all.
fn concluded(answers: &str, arms: &[Arm]) -> Conclusion {
    let request = Request {
        budgets: Some("100,1000".into()),
        answers: Some(answers.split(',').map(str::to_owned).collect()),
        replicates: Some(4),
        ..Request::default()
    };
    let plan = Plan::check(&request).expect("a sound plan");
    let mut trials = Vec::new();
    for (arm, values) in [(OPEN, FREE)].iter().chain(arms) {
        for (budget, row) in [100, 1_000].into_iter().zip(values) {
            for (replicate, agreement) in row.iter().enumerate() {
                let loss = if *arm == OPEN { 0.4 } else { 0.9 + 0.01 * replicate as f64 };
                trials.push(Trial {
                    replicate,
                    arm: (*arm).to_owned(),
                    budget: Some(budget),
                    agreement: Some(agreement / 100.0),
                    own: Own::of(&(*arm, "", 0.8, loss)),
                    ..Trial::default()
                });
            }
        }
    }
    Surface.conclude(&plan, &trials)
}

#[test]
fn a_delay_is_a_loss_that_ends() {
    let both = concluded("flipped20", &[("label", less(10.0, 0.5)), ("flipped20", less(28.0, 4.0))]);
    let title = "1 of 2 defences only delays the copier; 1 costs it 4 points at 1,000 queries";
    assert_eq!(both.title, title);
    let delays = "delays: a loss at 100 that is within a point at 1,000: label 10.0 points [";
    assert!(both.verdicts[0].starts_with(delays), "{:?}", both.verdicts);
    assert!(both.verdicts[1].starts_with("costs the copier at 1,000: flipped20 4.0 points ["), "{:?}", both.verdicts);

    let claims = |budget: &str| {
        let own = both.claims.iter().filter(|claim| claim.measure == "agreement" && claim.place.starts_with(budget));
        own.map(|claim| (claim.b.as_str(), claim.verdict())).collect::<Vec<_>>()
    };
    assert_eq!(claims("at 100,"), [("label", Verdict::Beats), ("flipped20", Verdict::Beats)]);
    assert_eq!(claims("at 1,000,")[1], ("flipped20", Verdict::Beats));

    let ends = concluded("label", &[("label", less(10.0, 0.5))]);
    assert_eq!(ends.title, "1 of 1 defences only delays the copier, to within a point at 1,000 queries");
    let stays = concluded("label", &[("label", less(10.0, 4.0))]);
    let title = "1 of 1 defences costs the copier 4 points at 1,000 queries";
    assert_eq!(stays.title, title);
}

#[test]
fn no_loss_shown_is_not_no_loss() {
    // Half a point more and half a point less, by turns: a quarter of a point in the mean, ± 0.9.
    let noise = [[94.5, 94.0, 94.0, 93.5], [98.5, 98.0, 98.0, 97.5]];
    let toss = concluded("label", &[("label", noise)]);
    assert_eq!(toss.title, "No kind of answer is shown to cost the copier anything, at 100 or 1,000 queries");
    let wasted = "costs customers, no loss of the copier shown at 100: label (";
    assert!(toss.verdicts.iter().any(|line| line.starts_with(wasted)), "{:?}", toss.verdicts);
    assert!(toss.verdicts.iter().any(|line| line == "no defence is shown to cost the copier anything at 100"));

    // A loss early, and at 1,000 queries 5 points up or down: neither a loss nor its absence.
    let wild = [less(10.0, 0.0)[0], [93.0, 103.0, 92.5, 102.0].map(|percent: f64| percent.min(100.0))];
    let open = concluded("label", &[("label", wild)]);
    let title = "Label costs the copier at 100 queries; at 1,000 queries no loss is shown, nor one of a point excluded";
    assert_eq!(open.title, title);
}

#[test]
fn what_teaches_more_is_no_defence() {
    // Probabilities teach less than labels: the copier would throw them away, so that nothing is lost by hiding them.
    let gift = concluded("label", &[("label", less(-3.0, -1.0))]);
    let agreement: Vec<Verdict> =
        gift.claims.iter().filter(|claim| claim.measure == "agreement").map(Claim::verdict).collect();
    assert_eq!(agreement, [Verdict::NoDifference; 2]);
    assert_eq!(gift.title, "No kind of answer is shown to cost the copier anything, at 100 or 1,000 queries");
}

/// Two readings of noisy answers that are worth the same: the mean of both lies 6 points below that of probabilities,
/// and in each replicate another one is better by chance. Taking the better in each would report a loss of 3.
#[test]
fn the_better_reading_is_not_chosen_where_it_is_reported() {
    let shown = [[91.0, 85.5, 90.5, 85.0], [98.0, 98.5, 97.5, 98.0]];
    let first = [[85.0, 91.5, 84.5, 91.0], [98.0, 98.5, 97.5, 98.0]];
    let arms = [("label", less(10.0, 0.5)), ("noisy", shown), ("noisy-first-choice", first)];
    let told = concluded("noisy,label", &arms);
    let Some(crate::finding::Drawing::Scatter(plane)) = told.figures.first().map(|figure| &figure.drawing) else {
        panic!("the plane of prices comes first");
    };
    let noisy = plane.dots.iter().find(|dot| dot.actor == "noisy").expect("a dot for every kind");
    // By hand: as shown and first choice sum to 352 both; without replicate 0 that is 261 to 267, so that 85 is
    // reported there; then 266.5 to 260.5: 85.5; 261.5 to 267.5: 84.5; 267 to 261: 85. Losses 9, 9, 9 and 9.
    assert!((noisy.y.mean - 9.0).abs() < 1e-6, "{:?}", noisy.y);
    // The grid shows that reading, and not the mean of the better in each replicate.
    let Some(crate::finding::Drawing::Heat(grid)) = told.figures.last().map(|figure| &figure.drawing) else {
        panic!("the grid comes last");
    };
    let rows: Vec<&str> = grid.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(rows, ["probabilities", "noisy", "label only", "true labels, no teacher"]);
    assert_eq!(grid.rows[1].cells[0], Some(0.85));
}

#[test]
fn the_title_of_the_plane_counts_who_else_pays() {
    let title = |answers: &str, arms: &[Arm]| concluded(answers, arms).figures[0].title.clone();
    let both = [("label", less(10.0, 0.5)), ("flipped20", less(28.0, 4.0))];
    assert_eq!(title("flipped20", &both), "All 2 defences that hurt the copier worsen customers' probabilities");
    let gift = [("label", less(-3.0, -1.0))];
    let nobody = "No kind of answer is shown to cost the copier anything at 100 queries";
    assert_eq!(title("label", &gift), nobody);
}
