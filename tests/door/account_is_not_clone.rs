//! Refused: an account cannot be doubled, and its quota with it.

use distill_lab::oracle::Account;

fn double(account: Account) {
    let _ = account.clone();
}

fn main() {}
