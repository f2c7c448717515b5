//! Refused: an account does not lend its teacher, so nothing is answered past the meter.

use distill_lab::oracle::Account;

fn ask_for_free(account: &Account) {
    let _ = &account.teacher;
}

fn main() {}
