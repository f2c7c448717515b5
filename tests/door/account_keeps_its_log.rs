//! Refused: a customer cannot empty the log, from which the queries are counted.

use distill_lab::oracle::Account;

fn forget(account: &mut Account) {
    let _ = &mut account.log;
}

fn main() {}
