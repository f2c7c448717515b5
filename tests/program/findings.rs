//! Findings for a page: those of the committed records, and small ones that are made up.

use std::fs;
use std::path::Path;

use distill_lab::experiment::records;
use distill_lab::finding::{
    Bytes, Curves, Drawing, Explorer, ExplorerArm, ExplorerStudent, Figure, Finding, Floats, Needle, Point, Raster,
    Series, Table, Watched, WatchedAccount, WatchedReading,
};
use distill_lab::nn::Mlp;
use distill_lab::page;
use distill_lab::seed::Seed;
use ndarray::Array2;

/// What the default plan found, as far as it is kept.
pub(crate) fn committed() -> Vec<Finding> {
    let output = Path::new(env!("CARGO_MANIFEST_DIR")).join("output");
    let saved = page::chapters().filter_map(|name| fs::read_to_string(output.join(name).join("finding.json")).ok());
    saved.map(|text| records::read_finding(&text).expect("a sound record")).collect()
}

/// A finding with nothing in it but words, each of them these.
pub(crate) fn finding(experiment: &str, words: &str) -> Finding {
    Finding {
        version: words.into(),
        experiment: experiment.into(),
        data: words.into(),
        command: words.into(),
        seed: 0,
        question: words.into(),
        prediction: words.into(),
        title: words.into(),
        verdicts: vec![words.into()],
        caveats: vec![words.into()],
        next: vec![words.into()],
        settings: vec![(words.into(), words.into())],
        table: Table { head: vec![words.into()], rows: vec![vec![words.into()]] },
        figures: vec![],
        lineup: None,
        explorer: None,
        watched: None,
    }
}

/// A figure with one curve through these means.
pub(crate) fn curve(name: &str, actor: &str, words: &str, points: &[(f64, f64)]) -> Figure {
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean, high: mean };
    let series = Series { actor: actor.into(), label: words.into(), points: points.iter().map(point).collect() };
    Figure {
        name: name.into(),
        title: words.into(),
        subtitle: words.into(),
        drawing: Drawing::Curves(Curves {
            x_label: words.into(),
            y_label: words.into(),
            series: vec![series],
            references: vec![],
            threshold: None,
            callouts: vec![],
        }),
    }
}

/// Cells per row of the made-up maps.
const SIDE: usize = 60;
const WIDTHS: [usize; 4] = [2, 7, 5, 3];

/// Two untrained students before a map that is that of a third network, and how many cells of it each has in common.
pub(crate) fn explorer() -> (Explorer, [usize; 2]) {
    let [teacher, first, second] = [0, 1, 2].map(|seed| Mlp::new(&WIDTHS, &mut Seed::new(seed).stream()));
    let (low, high) = (-2.0, 2.0);
    let middle = |cell: usize| low + (high - low) * (cell as f32 + 0.5) / SIDE as f32;
    let points = Array2::from_shape_fn((SIDE * SIDE, 2), |(cell, axis)| {
        if axis == 0 { middle(cell % SIDE) } else { middle(SIDE - 1 - cell / SIDE) }
    });
    let map = |net: &Mlp| -> Vec<u8> {
        let logits = net.logits(points.view());
        let largest = |row: ndarray::ArrayView1<f32>| {
            (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).expect("a class") as u8
        };
        logits.rows().into_iter().map(largest).collect()
    };
    let cells = map(&teacher);
    let same = [&first, &second].map(|net| map(net).iter().zip(&cells).filter(|(a, b)| a == b).count());
    let student =
        |net: &Mlp, budget| ExplorerStudent { budget, parameters: Floats(net.parameters().to_vec()), agreement: 0.5 };
    let arm = ExplorerArm {
        strategy: "natural".into(),
        answers: "probabilities".into(),
        asked: Floats(vec![0.0, 1.0, 1.0, 0.0, -1.0, 0.5, 0.2, 0.2]),
        students: vec![student(&first, 2), student(&second, 4)],
    };
    let teacher = Raster { side: SIDE, cells };
    (Explorer { low: low.into(), high: high.into(), widths: WIDTHS.to_vec(), teacher, arms: vec![arm] }, same)
}

/// An honest account that is closed by mistake after two of four queries, and a copier that is never closed.
pub(crate) fn watched() -> Watched {
    let needles = |place| vec![Needle { stranger_than: Some(place), limit: Some(0.9) }];
    let account = |actor: &str, place, closed| WatchedAccount {
        actor: actor.into(),
        copies: actor != "honest",
        questions: Bytes([[0, 255, 255, 0]; 4].concat()),
        answers: Bytes([[51, 204]; 4].concat()),
        readings: [2, 4].map(|asked| WatchedReading { asked, needles: needles(place) }).to_vec(),
        closed,
    };
    Watched {
        side: 2,
        classes: vec!["cat".into(), "dog".into()],
        rate: 0.05,
        detectors: vec!["volume".into()],
        accounts: vec![account("honest", 0.95, Some(2)), account("natural", 0.3, None)],
    }
}
