//! The lab's students are those of the records, and its maps are what its networks answer.

use distill_lab::lab::{Lab, LabError, Wish, learn};
use distill_lab::simd;
use ndarray::{Array2, s};

fn wish(queries: usize) -> Wish {
    Wish { queries, ..Wish::default() }
}

/// Replicate 0 of the committed records, by budget, 0 where there is none. These were made with a fused multiply-add.
fn recorded(arm: &str) -> Vec<(usize, f64)> {
    let table = include_str!("../../output/budget/trials.csv");
    let rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let own = rows.filter(|row| row[2] == "0" && row[3] == arm);
    own.map(|row| (row[4].parse().unwrap_or_default(), row[6].parse().expect("a share"))).collect()
}

#[test]
fn students_are_those_of_the_experiment() {
    let lab = Lab::open("spirals", 0).expect("a teacher");
    for (arm, truth, answers) in
        [("probabilities", false, "probabilities"), ("label", false, "label"), ("truth", true, "label")]
    {
        let rows = recorded(arm);
        assert!(rows.len() > 10, "{arm} is not in the records");
        for (budget, agreement) in rows.into_iter().filter(|(budget, _)| [10, 56, 316].contains(budget)) {
            let wish = Wish { answers: answers.to_owned(), truth, ..wish(budget) };
            let student = lab.teach(&wish).expect("a student");
            let off = (student.agreement - agreement).abs();
            // Without a fused multiply-add other bits come out, and another student of the same kind.
            let near = if simd::fused() { 5e-7 } else { 0.05 };
            assert!(off <= near, "{arm} with {budget}: {} is not the recorded {agreement}", student.agreement);
            assert_eq!(student.points.nrows(), budget);
        }
    }
}

#[test]
fn a_student_of_a_teacher_elsewhere_is_the_same_student() {
    let student = Lab::open("moons", 0).expect("a teacher").teach(&wish(30)).expect("a student");
    let elsewhere = learn("moons", student.points.view(), student.targets.view()).expect("a student");
    assert!(elsewhere == student.net);
    let fewer = student.targets.slice(s![..29, ..]);
    assert!(matches!(learn("moons", student.points.view(), fewer), Err(LabError::Unknown(_))));
}

#[test]
fn chance_is_the_recorded_share_of_the_most_frequent_answer() {
    let lab = Lab::open("spirals", 0).expect("a teacher");
    let [(_, share)] = recorded("constant")[..] else { panic!("one model that always answers the same") };
    assert!((lab.chance() - share).abs() < if simd::fused() { 5e-7 } else { 0.01 }, "{}", lab.chance());
    // 2-64-64-5: weights and biases of three layers, and the size of the default plan's training set.
    assert_eq!((lab.teacher_parameters(), lab.examples()), (192 + 4_160 + 325, 20_000));
}

#[test]
fn points_asked_by_hand_come_last_and_count() {
    let lab = Lab::open("moons", 1).expect("a teacher");
    let by_hand = vec![[0.5, -0.25], [-1.0, 1.0]];
    let both = lab.teach(&Wish { by_hand: by_hand.clone(), ..wish(8) }).expect("a student");
    let alone = lab.teach(&wish(8)).expect("a student");
    assert_eq!(both.points.nrows(), 10);
    assert_eq!(both.points.slice(ndarray::s![..8, ..]), alone.points);
    assert_eq!(both.points.slice(ndarray::s![8.., ..]), Array2::from(by_hand));
    assert_eq!(both.targets.slice(ndarray::s![..8, ..]), alone.targets, "what was asked first is answered alike");
    let nothing = lab.teach(&wish(0)).expect("a student that asked nothing");
    assert_eq!((nothing.points.nrows(), nothing.targets.dim()), (0, (0, 2)));
    let only = lab.teach(&Wish { by_hand: vec![[0.0, 0.0]; 3], ..wish(0) }).expect("a student");
    assert_eq!(only.points.nrows(), 3);
}

#[test]
fn a_map_shows_what_the_network_answers_at_each_pixel() {
    let lab = Lab::open("spirals", 0).expect("a teacher");
    let (low, high) = lab.data().bounds();
    let side = 100;
    let middle = |at: usize| (at as f32 + 0.5) / side as f32 * (high - low);
    let points = Array2::from_shape_fn((side * side, 2), |(at, axis)| match axis {
        0 => low + middle(at % side),
        _ => high - middle(at / side),
    });
    let exact = lab.teacher_answers(points.view());
    let map = lab.map_of_teacher(side);
    let same = map.iter().zip(&exact).filter(|(a, b)| usize::from(**a) == **b).count();
    // Interpolation moves a border by less than a cell, a hundred-and-sixtieth of the side.
    assert!(same as f64 > 0.995 * exact.len() as f64, "{same} of {}", exact.len());
    // The middle of an arm's end, from the dataset's formula: arm 0 ends straight below the centre, at distance 2.
    let below = map[(side as f32 * (high + 1.9) / (high - low)) as usize * side + side / 2];
    assert_eq!(below, 0);
}

#[test]
fn wishes_that_cannot_be_met_say_why() {
    assert!(matches!(Lab::open("glyphs", 0), Err(LabError::Unknown(_))), "not in the plane");
    let lab = Lab::open("moons", 0).expect("a teacher");
    let refused = |wish: Wish| match lab.teach(&wish) {
        Err(LabError::Unknown(why)) => why,
        _ => String::new(),
    };
    assert_eq!(refused(Wish { by_hand: vec![[0.0; 2]; 600], ..wish(500) }), "1100 queries are more than 1000");
    assert_eq!(refused(Wish { width: 65, ..wish(1) }), "no student is 65 wide");
    assert_eq!(refused(Wish { by_hand: vec![[f32::NAN, 0.0]], ..wish(1) }), "a point is not a number");
    assert_eq!(refused(Wish { strategy: "letters".to_owned(), ..wish(1) }), "no strategy \"letters\" here");
    assert_eq!(refused(Wish { answers: "poems".to_owned(), ..wish(1) }), "no kind of answer is called \"poems\"");
}
