//! Any bytes as a CSV file: refused, or a table that can be dealt.

#![no_main]

use distill_lab::data::{Dataset, Table};
use distill_lab::seed::Seed;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = Table::read("fuzz", bytes, Some("k")) else { return };
    let parts = table.deal(table.defaults().sizes, Seed::new(0));
    for part in [&parts.training, &parts.pool, &parts.test, &parts.independent] {
        assert!(!part.labels.is_empty() && part.points.iter().all(|value| value.is_finite()));
    }
});
