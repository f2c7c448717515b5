//! The lab of the page: the core as WebAssembly, the worker that runs it, and what is drawn beside its students.

use std::collections::BTreeMap;
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::colours::hex;
use super::facts::Facts;
use crate::browser::MODULE;
use crate::finding::{Finding, Point};
use crate::plan::Prices;
use crate::plot::palette;

/// What the worker runs besides [`CALL`](crate::browser::CALL).
pub(super) const WORKER: &str = include_str!("js/lab-worker.js");
/// The dataset of the recorded curves.
const DATA: &str = "spirals";

/// What stands beside the students that learn in the browser.
#[derive(Debug, Serialize)]
pub(super) struct Lab<'a> {
    /// Recorded students of the default size by "strategy/answers", and "truth": agreement at each budget.
    curves: BTreeMap<String, &'a [Point]>,
    /// The agreement of the independent model.
    independent: Option<f64>,
    tints: Vec<String>,
    border: String,
    disagreement: String,
    /// The colour of queries.
    colour: String,
    /// What a query and a true label cost, in dollars.
    prices: [f64; 2],
}

/// The lab beside these findings.
pub(super) fn lab(findings: &[Finding]) -> Lab<'_> {
    let of = |experiment: &str| findings.iter().find(|it| it.experiment == experiment && it.data == DATA);
    let mut recorded = BTreeMap::new();
    for answers in ["probabilities", "label"] {
        let chart = of("queries").and_then(|finding| Facts(finding).curves(&format!("agreement-{answers}")));
        for series in chart.iter().flat_map(|chart| &chart.series) {
            recorded.insert(format!("{}/{answers}", series.actor), series.points.as_slice());
        }
    }
    let chart = of("budget").and_then(|finding| Facts(finding).curves("agreement"));
    for series in chart.iter().flat_map(|chart| &chart.series) {
        let name = if series.actor == "truth" { "truth".to_owned() } else { format!("natural/{}", series.actor) };
        recorded.insert(name, series.points.as_slice());
    }
    let independent = chart.and_then(|chart| chart.references.iter().find(|it| it.name == "independent"));
    Lab {
        curves: recorded,
        independent: independent.map(|line| line.value),
        tints: (0..5).map(|class| hex(palette::tint(class))).collect(),
        border: hex(palette::BORDER),
        disagreement: hex(palette::DISAGREEMENT),
        colour: hex(palette::of_actors(&["probabilities"])[0]),
        prices: [Prices::default().query / 1e3, Prices::default().label],
    }
}

/// The module as a text: packed by gzip, in base64.
pub(super) fn module() -> String {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(MODULE).and_then(|()| packer.finish());
    STANDARD.encode(packed.expect("writing to memory does not fail"))
}
