//! A teacher behind somebody else's API: the program against a small server, well-behaved or not.

mod server;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use distill_lab::experiment::records;
use distill_lab::finding::{Finding, Trial};
use distill_lab::oracle::Answers;
use distill_lab::plan::Request;
use serde_json::json;

use crate::place::{Outcome, Place};
use server::{Asked, Reply, Server, first_teacher, outputs};

/// A plan of a second or two, whose exam has 2,000 points.
const PLAN: &str = "run budget --quick --budgets 10,40,160 --replicates 1 --steps 60 --teacher 8 --student 4 --out o";
const EXAM: usize = 2_000;
const KEY: &str = "sk-very-secret-7";

fn request() -> Request {
    let text = |it: &str| Some(it.to_owned());
    Request { quick: true, steps: Some(60), teacher: text("8"), student: text("4"), ..Request::default() }
}

fn run(place: &Place, url: &str, more: &str) -> Outcome {
    let output = place.command(&format!("{PLAN} --teacher-url {url} {more}")).env("DISTILL_KEY", KEY).output();
    let output = output.expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints text");
    Outcome { code: output.status.code().expect("not killed"), out: text(output.stdout), err: text(output.stderr) }
}

fn runs(place: &Place, url: &str, more: &str) -> Outcome {
    let outcome = run(place, url, more);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

fn fails(place: &Place, url: &str, words: &[&str]) {
    let outcome = run(place, url, "");
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    for word in words.iter().chain(&["error: ", "hint: "]) {
        assert!(outcome.err.contains(word), "no {word:?}: {}", outcome.err);
    }
    assert!(!outcome.err.contains(KEY), "{}", outcome.err);
}

fn trials(place: &Place, folder: &str) -> Vec<Trial> {
    records::read_trials(place.read(&format!("{folder}/budget/trials.csv")).as_bytes(), &[]).expect("sound records")
}

fn finding(place: &Place) -> Finding {
    records::read_finding(&place.read("o/budget/finding.json")).expect("a sound record")
}

/// A model that says nothing of itself, as MLServer's, and gives probabilities on request only: of spirals' classes, by
/// the first number of a point.
fn silent(asked: &Asked) -> Reply {
    let Some(points) = &asked.points else {
        return (200, "", r#"{"name":"mine","inputs":[],"outputs":[],"parameters":{}}"#.to_owned());
    };
    let class = |x: f32| if x > 0.0 { 1.0 } else { 0.0 };
    let rows: Vec<[f32; 5]> = points.column(0).iter().map(|&x| [1.0 - class(x), class(x), 0.0, 0.0, 0.0]).collect();
    let labels: Vec<f32> = points.column(0).iter().map(|&x| class(x)).collect();
    let output = match asked.wish.as_deref() {
        Some("predict_proba") => {
            json!({ "name": "predict_proba", "datatype": "FP64", "shape": [rows.len(), 5], "data": rows.concat() })
        }
        _ => json!({ "name": "predict", "datatype": "INT64", "shape": [labels.len(), 1], "data": labels }),
    };
    (200, "", json!({ "outputs": [output] }).to_string())
}

#[test]
fn over_the_wire_a_teacher_teaches_what_it_teaches_in_process() {
    let place = Place::new();
    place.succeeds(&format!("{} own --quiet", PLAN.strip_suffix(" o").unwrap()));
    let mut teacher = first_teacher(&request(), "probabilities");
    let server =
        Server::start(
            move |asked| {
                if asked.key.as_deref() == Some(KEY) { teacher(asked) } else { (401, "", String::new()) }
            },
        );
    runs(&place, &server.url(), "");
    let row = |trial: &Trial| {
        let off = (trial.off_agreement.is_some(), trial.asked_agreement.is_some());
        let shares = (trial.agreement, trial.same_mistakes, trial.accuracy, trial.divergence);
        (off, (trial.arm.clone(), trial.budget, trial.queries, shares))
    };
    let own: Vec<_> = trials(&place, "own").iter().map(row).map(|(_, it)| it).collect();
    let remote = trials(&place, "o");
    assert!(remote.iter().map(row).all(|(off, _)| off == (false, false)), "nothing is asked off the data");
    let others = ["retrained", "ceiling"];
    let own: Vec<_> = own.into_iter().filter(|(arm, ..)| !others.contains(&arm.as_str())).collect();
    assert_eq!(remote.iter().map(row).map(|(_, it)| it).collect::<Vec<_>>(), own);
    assert!(own.iter().any(|(arm, ..)| arm == "label") && own.iter().any(|(arm, ..)| arm == "independent"));

    let answered = server.answered();
    assert_eq!((answered.len(), answered.iter().collect::<HashSet<_>>().len()), (EXAM + 160, EXAM + 160));
    let finding = finding(&place);
    assert!(finding.command.contains(&format!("--teacher-url {}", server.url())), "{}", finding.command);
    let paid = "160 queries were bought for the sweep, 2,000 more for the exam";
    assert!(finding.verdicts.iter().any(|verdict| verdict.contains(paid)), "{:?}", finding.verdicts);
}

#[test]
fn nothing_is_bought_twice_and_no_file_holds_the_key() {
    let place = Place::new();
    let server = Server::start(first_teacher(&request(), "probabilities"));
    let url = server.url();
    let first = runs(&place, &url, "--verbose");
    assert!(!first.err.contains(KEY) && first.err.contains("paid now"), "{}", first.err);
    assert_eq!(server.answered().len(), EXAM + 160);
    // Without the server, which is gone: all that the same command needs is there, and what others share with it.
    drop(server);
    let records = |place: &Place| -> BTreeMap<PathBuf, Vec<u8>> { place.files("o/budget") };
    let before = records(&place);
    let again = runs(&place, &url, "");
    assert!(again.err.contains("; 0 paid now"), "{}", again.err);
    assert_eq!(records(&place), before);
    runs(&place, &url, "--answers label --quiet");
    for (name, bytes) in place.files("") {
        assert!(!String::from_utf8_lossy(&bytes).contains(KEY), "{} holds the key", name.display());
    }
}

#[test]
fn a_quota_ends_the_sweep_and_a_larger_one_goes_on_from_there() {
    let place = Place::new();
    let mut teacher = first_teacher(&request(), "probabilities");
    let (mut used, mut quota) = (0, 260);
    let server = Server::start(move |asked| {
        let count = asked.points.as_ref().map_or(0, |points| points.nrows());
        if used + count > quota {
            let body = format!(r#"{{"error":"insufficient_quota: {count} asked of {KEY}, {} left"}}"#, quota - used);
            // The next run has more.
            quota = usize::MAX;
            return (429, "x-should-retry: false", body);
        }
        used += count;
        teacher(asked)
    });
    // The exam's first 100, and 40 queries; the next 60 of the exam fit, and 120 more queries do not.
    let outcome = runs(&place, &server.url(), "");
    assert!(outcome.err.contains("the API ended the sweep") && !outcome.err.contains(KEY), "{}", outcome.err);
    assert_eq!(server.answered().len(), 200);
    let cut = finding(&place);
    let ended = cut.verdicts.iter().find(|verdict| verdict.starts_with("the API ended the sweep"));
    assert!(ended.is_some_and(|it| it.contains("1 replicate with 2 budgets and exams of 160 points")));
    assert!(ended.is_some_and(|it| it.contains("insufficient_quota") && !it.contains(KEY)), "{ended:?}");
    let budgets = |place: &Place| trials(place, "o").iter().filter_map(|trial| trial.budget).max();
    assert_eq!(budgets(&place), Some(40));

    runs(&place, &server.url(), "");
    assert_eq!(budgets(&place), Some(160));
    assert_eq!(server.answered().len(), EXAM + 160 - 200);
    assert!(finding(&place).verdicts.iter().all(|verdict| !verdict.contains("ended")));
    // As if there had never been a quota.
    let undisturbed = Place::new();
    let server = Server::start(first_teacher(&request(), "probabilities"));
    runs(&undisturbed, &server.url(), "--quiet");
    assert_eq!(place.read("o/budget/trials.csv"), undisturbed.read("o/budget/trials.csv"));
}

#[test]
fn errors_that_pass_and_limits_are_waited_out() {
    let place = Place::new();
    let (mut teacher, mut number) = (first_teacher(&request(), "label"), 0);
    let server = Server::start(move |asked| {
        number += 1;
        let count = asked.points.as_ref().map_or(0, |points| points.nrows());
        match number {
            1 | 3 => (500, "", r#"{"error": "a hiccup"}"#.to_owned()),
            2 => (0, "", String::new()),
            6 => (429, "Retry-After: 1", r#"{"error": "rate_limit_exceeded: slowly"}"#.to_owned()),
            _ if count > 300 => (413, "", String::new()),
            _ => teacher(asked),
        }
    });
    runs(&place, &server.url(), "");
    assert_eq!(server.answered().len(), EXAM + 160, "what is answered is not asked again");
    // Labels alone are shown, so the plan has their arm alone, and says so.
    let arms: HashSet<String> =
        trials(&place, "o").iter().filter(|it| it.budget.is_some()).map(|it| it.arm.clone()).collect();
    assert_eq!(arms, HashSet::from(["label".to_owned(), "truth".to_owned()]));
    assert!(finding(&place).command.contains("--answers label"), "{}", finding(&place).command);
    assert!(trials(&place, "o").iter().all(|trial| trial.divergence.is_none()), "a label has no divergence");
    let outcome = run(&place, &server.url(), "--answers probabilities");
    assert!(outcome.code == 2 && outcome.err.contains("--answers label"), "{}", outcome.err);
}

#[test]
fn a_model_that_says_nothing_of_itself_gives_probabilities_on_request() {
    let place = Place::new();
    let server = Server::start(silent);
    runs(&place, &server.url(), "");
    assert!(trials(&place, "o").iter().any(|trial| trial.arm == "probabilities"));
    let labels = Place::new();
    runs(&labels, &server.url(), "--output predict");
    assert!(trials(&labels, "o").iter().all(|trial| trial.arm != "probabilities"));
    // A student that looks at itself asks the same teacher, once.
    server.answered();
    runs(&place, &server.url(), "--strategy margin");
    let answered = server.answered();
    assert!(
        answered.len() < 300 && answered.iter().collect::<HashSet<_>>().len() == answered.len(),
        "{}",
        answered.len()
    );
}

#[test]
fn a_table_is_asked_about_in_its_own_numbers_and_once_for_all_replicates() {
    let row = |row: usize| format!("{},7,{}.25,{}\n", row % 17, row, if row % 17 > 8 { "high" } else { "low" });
    let place =
        Place::with("t.csv", ["a,seven,b,level\n".to_owned()].into_iter().chain((0..200).map(row)).collect::<String>());
    let server = Server::start(|asked| {
        let Some(points) = &asked.points else { return (200, "", "{}".to_owned()) };
        for point in points.rows() {
            let row = point[2] - 0.25;
            assert_eq!((row.fract(), point[0], point[1]), (0.0, row % 17.0, 7.0), "no row of the table");
        }
        (200, "", outputs(Answers::Labels(points.column(0).iter().map(|&a| usize::from(a < 8.5)).collect())))
    });
    let plan =
        "run budget --data t.csv --label level --budgets 10,40 --replicates 3 --steps 40 --teacher 4 --student 4";
    place.succeeds(&format!("{plan} --out o --teacher-url {}", server.url()));
    let answered = server.answered();
    let different: HashSet<_> = answered.iter().collect();
    assert_eq!(different.len(), answered.len());
    // Three exams of 40 rows and three pools of 40 overlap.
    assert!((80..=200).contains(&answered.len()), "{}", answered.len());
}

#[test]
fn what_is_no_answer_is_an_error_with_a_cure() {
    let bad = |output: &'static str| {
        Server::start(move |asked| match asked.points {
            None => (200, "", "{}".to_owned()),
            Some(_) => (200, "", format!(r#"{{"outputs": [{output}]}}"#)),
        })
    };
    for (output, words) in [
        (
            r#"{"name": "probabilities", "datatype": "FP32", "shape": [1, 3], "data": [1, 0, 0]}"#,
            ["[1, 3]", "--output"],
        ),
        (r#"{"name": "p", "datatype": "FP32", "shape": [1, 5], "data": [NaN, 0, 0, 0, 0]}"#, ["not finite", "server"]),
        (r#"{"name": "p", "datatype": "FP32", "shape": [1, 5], "data": [7.5, 0, 0, 0, 0]}"#, ["logit", "server"]),
        (r#"{"name": "labels", "datatype": "INT64", "shape": [1], "data": [9]}"#, ["no class", "server"]),
    ] {
        fails(&Place::new(), &bad(output).url(), &words);
    }
    let refused = |status: u16, body: String| Server::start(move |_| (status, "", body.clone()));
    let said = format!(r#"{{"error": "the key {KEY} is unknown"}}"#);
    fails(&Place::new(), &refused(401, said).url(), &["401", "(the key) is unknown"]);
    fails(&Place::new(), &refused(404, String::new()).url(), &["404"]);
    fails(&Place::new(), &refused(200, "<html>".to_owned()).url(), &["no JSON", "/v2/models/NAME"]);
    let other = r#"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 64]}]}"#;
    fails(&Place::new(), &refused(200, other.to_owned()).url(), &["64 numbers", "--data"]);
}

#[test]
fn a_server_that_is_gone_ends_the_sweep_or_is_named() {
    let (mut teacher, mut number) = (first_teacher(&request(), "probabilities"), 0);
    // The metadata, the first point, the exam to 100, and queries to 10 and to 40.
    let server = Server::start(move |asked| {
        number += 1;
        if number > 5 { (0, "", String::new()) } else { teacher(asked) }
    });
    let place = Place::new();
    let outcome = runs(&place, &server.url(), "");
    assert!(outcome.err.contains("the API ended the sweep") && outcome.err.contains("6 times"), "{}", outcome.err);
    let reached: Vec<usize> = trials(&place, "o").iter().filter_map(|trial| trial.budget).collect();
    assert_eq!(reached.iter().max(), Some(&40));
    let url = server.url();
    drop(server);
    let place = Place::new();
    fails(&place, &url, &["cannot be reached"]);
    assert!(place.files("").is_empty(), "nothing is left behind");
}

#[test]
fn what_cannot_be_asked_of_somebody_elses_teacher_is_refused_with_a_reason() {
    let place = Place::new();
    let url = "http://127.0.0.1:9/v2/models/mine";
    for (arguments, flag, cure) in [
        (format!("run surface --teacher-url {url}"), "--teacher-url", "run budget"),
        (format!("run evidence budget --teacher-url {url}"), "--teacher-url", "run budget"),
        (format!("run identity --teacher-url {url}"), "--teacher-url", "leave it out"),
        (format!("run --teacher-url {url} --answers noisy"), "--answers", "probabilities, label"),
        (format!("run --teacher-url {url} --shard 1/2"), "--shard", "leave it out"),
        (format!("run --teacher-url {url} --weights w.safetensors"), "--weights", "leave it out"),
        ("run --teacher-url https://h/v2/models/m".to_owned(), "--teacher-url", "proxy"),
        ("run --teacher-url http://127.0.0.1:9".to_owned(), "--teacher-url", "/v2/models/NAME"),
        ("run --output predict".to_owned(), "--output", "--teacher-url"),
    ] {
        place.refuses(&arguments, flag, cure);
    }
}
