//! Findings for a page: those of the committed records, and small ones that are made up.

use std::fs;
use std::path::Path;

use distill_lab::experiment::records;
use distill_lab::finding::{
    Bytes, Curves, Drawing, Figure, Finding, Needle, Point, Scale, Series, Table, Watched, WatchedAccount,
    WatchedReading,
};
use distill_lab::page;

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
        claims: Vec::new(),
        caveats: vec![words.into()],
        next: vec![words.into()],
        settings: vec![(words.into(), words.into())],
        table: Table { head: vec![words.into()], rows: vec![vec![words.into()]] },
        figures: vec![],
        lineup: None,
        watched: None,
        talk: None,
    }
}

/// A figure with one curve through these means.
pub(crate) fn curve(name: &str, actor: &str, words: &str, points: &[(f64, f64)]) -> Figure {
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean, high: mean };
    let points = points.iter().map(point).collect();
    let series = Series { actor: actor.into(), label: words.into(), quiet: false, points };
    Figure {
        name: name.into(),
        title: words.into(),
        subtitle: words.into(),
        drawing: Drawing::Curves(Curves {
            x_label: words.into(),
            y_label: words.into(),
            scale: Scale::Even,
            series: vec![series],
            references: vec![],
            threshold: None,
            callouts: vec![],
        }),
    }
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
