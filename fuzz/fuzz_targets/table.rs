//! Any bytes as a table, packed or not: refused in words, or a table whose parts are what was promised.

#![no_main]

use distill_lab::data::{Dataset, TableOptions, Table};
use distill_lab::seed::Seed;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for drop_missing in [false, true] {
        match Table::read("fuzz", bytes, TableOptions { label: Some("k"), drop_missing }) {
            Ok(table) => can_be_dealt(&table),
            Err(error) => assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
        }
    }
});

fn can_be_dealt(table: &Table) {
    let sizes = table.defaults().sizes;
    let parts = table.deal(sizes, Seed::new(0));
    for (part, size) in [(&parts.training, sizes.training), (&parts.pool, sizes.pool), (&parts.test, sizes.test)] {
        assert!(size > 0 && part.labels.len() == size, "a part is smaller than was promised");
        assert!(part.points.iter().all(|value| value.is_finite()));
        assert!(part.labels.iter().all(|&label| label < table.classes().len()));
    }
    let scale = table.scale(Seed::new(0)).expect("a table has a scale");
    assert_eq!(scale.len(), table.dimension());
}
