//! Refused: a customer cannot look at the noise on the answers, and take it off again.

use distill_lab::oracle::Account;

fn foresee(account: &Account) {
    let _ = &account.noise;
}

fn main() {}
