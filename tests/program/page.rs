//! The page as a text: it stands alone, is small, says what is missing, and takes no orders from what it shows.

use std::path::Path;
use std::{env, fs};

use crate::findings::{committed, curve, finding, watched};
use distill_lab::experiment::EXPERIMENTS;
use distill_lab::finding::{
    Drawing, Figure, Manner, Multiples, MultiplesRow, Reference, Said, Spacing, Speaker, Talk, Talker, Transcript,
};
use distill_lab::page::{chapters, experiments_in_words, page};

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
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
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

/// What `docs/experiments.md` says is what the committed records say.
#[test]
fn experiments_in_words_are_those_of_the_records() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/experiments.md");
    let words = experiments_in_words(&committed());
    if env::var_os("DISTILL_WRITE").is_some() {
        fs::write(&file, &words).expect("a file can be written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let differs = words.lines().zip(kept.lines()).find(|(new, old)| new != old);
    assert!(words == kept, "{differs:?}: DISTILL_WRITE=1 cargo test --test program -- experiments_in_words writes it");
}

/// A newcomer reads it in two minutes: the front page is short, and its figures and links are there.
#[test]
fn the_front_page_is_short_and_its_links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("README.md")).expect("a front page");
    assert!(text.lines().count() <= 120, "{} lines", text.lines().count());
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    for target in linked.filter(|target| !target.is_empty() && !target.contains("://")) {
        assert!(root.join(target).exists(), "{target}");
    }
    // Every number of queries that it names is in the title of the records.
    let title = &committed()[0].title;
    let quoted = text.lines().find(|line| line.starts_with("> ")).expect("the finding, quoted");
    assert_eq!(quoted, format!("> {title}."));
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
        findings[0].figures = vec![curve("agreement", "truth", words, &[(10.0, 0.5), (100.0, 0.9)])];
        let speaker = Talker { actor: words.into(), label: words.into(), model: words.into() };
        findings[8].talk = spoken.is_some().then(|| Talk { speakers: vec![speaker] });
        findings[8].figures.extend(spoken);
        findings[6].watched = Some(watched());
        page(&findings).expect("a page")
    };
    let page = all(evil, Some(spoken));
    assert_eq!(page.matches("<script").count(), all("harmless", None).matches("<script").count());
    assert!(!page.contains("<img") && !page.contains("alert('a')<"), "written as it is");
    assert_eq!(embedded(&page)["talk"]["questions"][0], evil);
    assert_eq!(embedded(&page)["tasks"]["budget"]["label"], evil);
}

#[test]
fn a_cliff_is_where_the_small_chart_of_an_actor_falls_most() {
    let row = |actor: &str, points: &[(f64, f64)]| MultiplesRow {
        actor: actor.into(),
        label: actor.into(),
        text: "".into(),
        mark: None,
        level: None,
        points: points.into(),
    };
    let rows = |last: f64| {
        vec![row("teacher-16", &[(1.0, 1.0), (2.0, 0.9)]), row("teacher-32", &[(1.0, 1.0), (2.0, 0.5), (3.0, last)])]
    };
    let task = |rows: Vec<MultiplesRow>| {
        let (x_label, y_label) = ("x".to_owned(), "y".to_owned());
        let spacing = Spacing::AmountsOverNumbers;
        let (marks, texts, key) = (vec![], String::new(), String::new());
        let drawing = Drawing::Multiples(Multiples { x_label, y_label, spacing, marks, texts, rows, key });
        let mut width = finding("hidden-width", "words");
        width.figures = vec![Figure { name: "spectrum".into(), title: "t".into(), subtitle: "s".into(), drawing }];
        embedded(&page(&[width]).expect("a page"))["tasks"]["hidden-width"].clone()
    };
    // From the second value to the third: fifty times less, on the second line.
    let steep = task(rows(0.01));
    assert_eq!((steep["truth"].as_f64(), steep["line"].as_u64()), (Some(2.0), Some(1)), "{steep}");
    // Without a fall there is nothing to find.
    assert!(task(rows(0.4)).is_null());
}

#[test]
fn a_guess_holds_the_truth_of_its_curve() {
    let points = [(10.0, 0.4), (18.0, 0.5), (32.0, 0.6), (56.0, 0.7), (100.0, 0.8), (316.0, 0.85), (1000.0, 0.9)];
    let mut budget = finding("budget", "words");
    budget.figures = vec![curve("agreement", "truth", "without a teacher", &points)];
    let data = embedded(&page(&[budget]).expect("a page"));
    // Too few powers of ten for a curve of seven points: five places, spread evenly.
    assert_eq!(data["tasks"]["budget"]["handles"], serde_json::json!([10.0, 18.0, 56.0, 100.0, 1000.0]));
    assert_eq!(data["tasks"]["budget"]["truth"], serde_json::json!([0.4, 0.5, 0.7, 0.8, 0.9]));
}

/// A public model that agrees on this share, and on 60 % after 18 answers.
fn public_model(alone: f64) -> String {
    let mut drawn = curve("open-base", "base-teacher", "base", &[(10.0, 0.55), (18.0, 0.6), (100.0, 0.9)]);
    if let Drawing::Curves(curves) = &mut drawn.drawing {
        curves.references.push(Reference { name: "base".into(), label: "base alone".into(), value: alone });
    }
    let mut found = finding("open-base", "words");
    found.figures = vec![drawn];
    page(&[found]).expect("a page")
}

#[test]
fn other_records_turn_a_sentence_and_a_guess_round() {
    let (weak, strong) = (public_model(0.5), public_model(0.8));
    assert_eq!(embedded(&weak)["tasks"]["open-base"]["truth"], true);
    assert_eq!(embedded(&strong)["tasks"]["open-base"]["truth"], false);
    let after = "After 18 answers the student that started from it agrees on 60.0\u{a0}%, ";
    assert!(weak.contains(&format!("{after}more than before.")));
    assert!(strong.contains(&format!("{after}less than before.")));
}

#[test]
fn there_are_four_guesses_and_each_is_of_another_kind() {
    let data = embedded(&page(&committed()).expect("a page"));
    let tasks = data["tasks"].as_object().expect("tasks");
    let mut kinds: Vec<&str> = tasks.values().filter_map(|task| task["kind"].as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["above", "amount", "choose", "choose", "cliff", "curve", "order"]);
}
