//! Refused: …, no api to open a second account at, …

use distill_lab::oracle::Oracle;

fn student(oracle: &mut dyn Oracle) {
    oracle.open();
}

fn main() {}
