//! Refused: a customer cannot raise the quota.

use distill_lab::oracle::Account;

fn help_oneself(account: &mut Account) {
    account.terms.quota = usize::MAX;
}

fn main() {}
