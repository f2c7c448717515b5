//! Refused: a student sees an oracle and nothing behind it: not what the provider kept of its queries, …

use distill_lab::oracle::Oracle;

fn student(oracle: &mut dyn Oracle) {
    oracle.log();
}

fn main() {}
