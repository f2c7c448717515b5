//! Tables on the command line: what a run says of them before it trains.

use crate::place::{Outcome, Place};

#[test]
fn rows_with_gaps_are_left_out_by_a_flag_that_belongs_to_the_plan() {
    let row = |i: usize| format!("{},{},{}\n", i * 7 % 11, i * 5 % 13, ["red", "blue"][i % 2]);
    let rows: String = (0..40).map(row).collect();
    let place = Place::with("my.csv", format!("x,y,kind\n{rows}1,2,NA\n"));
    let plan = "run --data my.csv --label kind";
    place.refuses(plan, "1 of 41 rows have no label", "--drop-missing");
    let plan = format!("{plan} --drop-missing --replicates 1 --steps 20 --budgets 4 --out o");
    let Outcome { err, .. } = place.succeeds(&plan);
    assert!(err.contains("note: 1 row left out") && err.contains("\"blue\" 20, \"red\" 20"), "{err}");
    assert!(place.read("o/budget/finding.json").contains("--drop-missing"), "the flag is part of the command");
}
