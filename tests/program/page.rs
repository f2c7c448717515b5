//! The page as a text: it stands alone, is small, says what is missing, and takes no orders from what it shows.

use crate::findings::{committed, curve, finding, watched};
use distill_lab::experiment::EXPERIMENTS;
use distill_lab::finding::{
    DiscGroup, DiscRow, Discs, Drawing, Figure, Manner, Multiples, MultiplesRow, Said, Spacing, Speaker, Transcript,
};
use distill_lab::page::{chapters, page};

/// What the page embeds for its scripts.
fn embedded(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").expect("embedded data");
    let (data, _) = rest.split_once("</script>").expect("an end of the data");
    serde_json::from_str(data).expect("JSON")
}

#[test]
fn every_experiment_has_a_chapter_in_the_order_of_the_program() {
    let experiments: Vec<&str> = EXPERIMENTS.iter().map(|experiment| experiment.about().name).collect();
    assert_eq!(chapters().collect::<Vec<_>>(), experiments);
}

#[test]
fn the_page_of_the_committed_records_stands_alone_and_is_small() {
    let page = page(&committed()).expect("a page");
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(!page.contains("Not run yet"), "a finding is missing");
    // The only address in it is the name of SVG, which nobody fetches.
    let addresses = page.match_indices("://").map(|(at, _)| &page[at - 4..at + 14]);
    let strangers: Vec<&str> = addresses.filter(|address| *address != "http://www.w3.org/").collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    for load in ["@import", "fetch(", "XMLHttpRequest", "import(", "<iframe", "<link rel=\"stylesheet", "src=\""] {
        assert!(!page.contains(load), "{load}");
    }
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
}

#[test]
fn the_same_findings_give_the_same_bytes_in_any_order() {
    let mut findings = committed();
    findings.truncate(3);
    let first = page(&findings).expect("a page");
    findings.reverse();
    assert!(page(&findings).expect("a page") == first);
}

#[test]
fn a_chapter_without_a_finding_says_how_to_make_it() {
    let page = page(&[finding("cost", "found")]).expect("a page");
    for name in chapters() {
        let command = format!("<span>distill</span> <span>run</span> <span>{name}</span>");
        assert_eq!(page.contains(&command), name != "cost", "{name}");
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

#[test]
fn what_findings_say_is_shown_and_never_run() {
    let evil = "</script><script>alert('a')</script><img src=x onerror=alert(1)> & \"b\" <!--";
    let said = |_: &str| Said { text: evil.into(), manner: Manner::Wrong };
    let drawing = Drawing::Transcript(Transcript {
        questions: vec![evil.into()],
        speakers: vec![Speaker {
            actor: evil.into(),
            label: evil.into(),
            detail: evil.into(),
            replies: vec![said(evil)],
        }],
        wrong: evil.into(),
        borrowed: evil.into(),
    });
    let spoken = Figure { name: "transcript".into(), title: evil.into(), subtitle: evil.into(), drawing };
    let all = |words: &str, spoken: Option<Figure>| {
        let mut findings: Vec<_> = chapters().map(|name| finding(name, words)).collect();
        findings[0].figures = vec![curve("agreement", "probabilities", words, &[(10.0, 0.5), (100.0, 0.9)])];
        findings[1].figures.extend(spoken);
        findings[6].watched = Some(watched());
        page(&findings).expect("a page")
    };
    let page = all(evil, Some(spoken));
    assert_eq!(page.matches("<script").count(), all("harmless", None).matches("<script").count());
    assert!(!page.contains("<img") && !page.contains("alert('a')<"), "written as it is");
    assert_eq!(embedded(&page)["transcript"]["questions"][0], evil);
    assert_eq!(embedded(&page)["guesses"]["budget"]["line"]["label"], evil);
}

#[test]
fn a_guess_about_discs_is_a_count_of_the_full_ones() {
    let row = |label: &str, cells: &[Option<f64>]| DiscRow {
        actor: label.into(),
        label: label.into(),
        cells: cells.into(),
        text: "".into(),
    };
    let rows = vec![row("web", &[Some(0.98), Some(0.02), Some(0.49), None]), row("nobody", &[None; 4])];
    let groups = vec![DiscGroup { name: "made".into(), rows }];
    let drawing = Drawing::Discs(Discs { full: "says it".into(), empty: "does not".into(), groups });
    let mut identity = finding("identity", "words");
    identity.figures = vec![Figure { name: "name".into(), title: "t".into(), subtitle: "s".into(), drawing }];
    let data = embedded(&page(&[identity]).expect("a page"));
    // One of the three that are known, and not their mean of one half; nothing is asked about a row without a number.
    assert_eq!(data["guesses"]["identity"]["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["guesses"]["identity"]["rows"][0]["text"], "1 of 3");
    assert!((data["guesses"]["identity"]["rows"][0]["truth"].as_f64().expect("a number") - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn a_guess_about_small_charts_is_the_share_or_the_fall_of_each() {
    let row = |label: &str, points: &[(f64, f64)]| MultiplesRow {
        actor: label.into(),
        label: label.into(),
        text: "".into(),
        mark: None,
        level: None,
        points: points.into(),
    };
    let figure = |name: &str, spacing: Spacing, rows: Vec<MultiplesRow>| {
        let words = || "words".to_owned();
        let multiples = Multiples { x_label: words(), y_label: words(), spacing, marks: vec![], rows };
        Figure { name: name.into(), title: words(), subtitle: words(), drawing: Drawing::Multiples(multiples) }
    };
    let mut guard = finding("guard", "words");
    let closed = vec![row("uniform", &[(20.0, 0.1), (300.0, 0.6), (450.0, 0.8)]), row("honest", &[])];
    guard.figures = vec![figure("noticed", Spacing::SharesOverCounts, closed)];
    let mut width = finding("hidden-width", "words");
    let values =
        vec![row("2 units", &[(1.0, 1.0), (2.0, 0.5), (3.0, 0.01)]), row("9 units", &[(1.0, 1.0), (2.0, 0.9)])];
    width.figures = vec![figure("spectrum", Spacing::AmountsOverNumbers, values)];
    let data = embedded(&page(&[guard, width]).expect("a page"));
    // 450 is nearer to the 400 that are asked about than 300 is: 1.125 times as many, and not 1.33.
    assert_eq!(data["guesses"]["guard"]["rows"].as_array().map(Vec::len), Some(1), "nobody without a share");
    assert_eq!(data["guesses"]["guard"]["rows"][0]["truth"], 0.8);
    // From the second value to the third: fifty times less. The other row has no fall.
    assert_eq!(data["guesses"]["hidden-width"]["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["guesses"]["hidden-width"]["rows"][0]["truth"], 2.0);
}

#[test]
fn a_guess_holds_the_truth_of_its_curve() {
    let points = [(10.0, 0.4), (18.0, 0.5), (32.0, 0.6), (56.0, 0.7), (100.0, 0.8), (316.0, 0.85), (1000.0, 0.9)];
    let mut budget = finding("budget", "words");
    budget.figures = vec![curve("agreement", "probabilities", "with probabilities", &points)];
    let mut capacity = finding("capacity", "words");
    capacity.figures = vec![curve("agreement", "width-8", "8 units", &[(300.0, 0.1), (3000.0, 0.25)])];
    let data = embedded(&page(&[budget, capacity]).expect("a page"));
    // Too few powers of ten for a curve of seven points: five places, spread evenly.
    assert_eq!(data["guesses"]["budget"]["handles"], serde_json::json!([10.0, 18.0, 56.0, 100.0, 1000.0]));
    assert_eq!(data["guesses"]["budget"]["line"]["points"][4]["mean"], 0.8);
    // Heights are asked at the far end.
    assert_eq!(data["guesses"]["capacity"]["rows"][0]["truth"], 0.25);
    assert_eq!(data["guesses"]["capacity"]["rows"][0]["text"], "25.0 %");
}
