//! The lab in a real browser: asked by mouse, by keyboard and by touch, and its numbers held against the library's.

use std::io::Write;
use std::sync::Arc;
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::driver::{Browser, Key};
use crate::findings::committed;
use distill_lab::data::{Table, TableOptions};
use distill_lab::lab::{Lab, Wish};
use distill_lab::page::page;
use distill_lab::words::thousands;

/// A browser adds products in two steps, has sines and logarithms of its own, and so trains another student of the same
/// kind: this far may the agreement of one student be from the library's (two students that differ in their random
/// start alone are about as far apart).
const NEAR: f64 = 0.03;

/// The page of the committed records; with the module that DISTILL_LAB_MODULE names, where that is set.
fn page_with_lab() -> String {
    let page = page(&committed()).expect("a page");
    let Some(built) = env::var_os("DISTILL_LAB_MODULE") else { return page };
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&fs::read(built).expect("a module")).expect("room");
    let packed = STANDARD.encode(packer.finish().expect("room"));
    let (before, rest) = page.split_once("id=\"lab-module\">").expect("the module");
    let (_, after) = rest.split_once('<').expect("its end");
    format!("{before}id=\"lab-module\">{packed}<{after}")
}

fn lab() -> Option<Browser> {
    let browser = Browser::start()?;
    browser.show(&page_with_lab(), "");
    learned(&browser, 10);
    Some(browser)
}

/// Waits until the student of so many queries has learned; returns its agreement.
fn learned(browser: &Browser, queries: usize) -> f64 {
    browser.until(&format!(
        "!document.querySelector('#lab').hasAttribute('data-busy') && \
         document.querySelector('#lab-queries').textContent === '{}'",
        thousands(queries)
    ));
    let share = browser.read("Number(document.querySelector('#lab-agreement').dataset.share)");
    share.as_f64().expect("a share")
}

fn set(browser: &Browser, control: &str, value: &str, event: &str) {
    browser.read(&format!(
        "(() => {{ const control = document.querySelector('#lab-{control}'); control.value = '{value}';
           control.dispatchEvent(new Event('{event}')); }})()"
    ));
}

#[test]
fn the_browsers_students_are_the_librarys() {
    let Some(browser) = lab() else { return };
    let native = Lab::open("spirals", 0).expect("a teacher");
    let size = format!("{} numbers", thousands(native.teacher_parameters()));
    let made = format!("{size}, learned from {} true labels", thousands(native.examples()));
    assert_eq!(browser.text("[data-lab-learned]"), made);
    let chance = browser.text("[data-lab-chance]");
    let chance = chance.strip_prefix("by chance: ").and_then(|it| it.strip_suffix(" %")).expect("a share");
    assert!((chance.parse::<f64>().expect("a number") / 100.0 - native.chance()).abs() < NEAR, "{chance}");
    let mut apart = Vec::new();
    // Places of the slider: 32, 100, 316 and 1,000 queries.
    for (place, queries) in [("20", 32), ("30", 100), ("40", 316), ("50", 1_000)] {
        set(&browser, "budget", place, "input");
        let share = learned(&browser, queries);
        let student = native.teach(&Wish { queries, ..Wish::default() }).expect("a student");
        apart.push(share - student.agreement);
    }
    assert!(apart.iter().all(|off| off.abs() < NEAR), "{apart:?}");
    for (control, value, wish) in [
        ("answers", "label", Wish { answers: "label".to_owned(), queries: 1_000, ..Wish::default() }),
        ("width", "4", Wish { answers: "label".to_owned(), queries: 1_000, width: 4, ..Wish::default() }),
    ] {
        set(&browser, control, value, "change");
        let parameters = if wish.width == 4 { "57 numbers" } else { "405 numbers" };
        let agreement = native.teach(&wish).expect("a student").agreement;
        browser.until(&format!("document.querySelector('[data-lab-size]').textContent.startsWith('{parameters}')"));
        browser.until("!document.querySelector('#lab').hasAttribute('data-busy')");
        let share = browser.read("Number(document.querySelector('#lab-agreement').dataset.share)");
        // A student of 4 units finds its places by luck, and need not find the same twice.
        let near = if wish.width == 4 { 0.25 } else { NEAR };
        assert!((share.as_f64().expect("a share") - agreement).abs() < near, "{value}: {share}, not {agreement}");
    }
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_click_is_a_query_and_so_is_a_key() {
    let Some(browser) = lab() else { return };
    browser.click("#lab button", "Start over");
    learned(&browser, 0);
    assert!(browser.text("#lab-says").starts_with("The student has learned nothing: by luck"));
    // The end of the arm that is straight below the centre is blue: arm 0 of the formula, the first tint.
    let at = browser.read(
        "(({ left, top, width, height }) => [left + width / 2, top + height * 0.9])\
         (document.querySelector('#lab-teacher').getBoundingClientRect())",
    );
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
        browser.devtools("Input.dispatchMouseEvent", &event);
    }
    let one = learned(&browser, 1);
    // A second click of a double one is no query.
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 2 });
        browser.devtools("Input.dispatchMouseEvent", &event);
    }
    assert_eq!(learned(&browser, 1), one);
    assert!(browser.text("#lab-says").contains("1 query so far."), "{}", browser.text("#lab-says"));
    assert!(browser.text(".lab-told").contains("blue"), "{}", browser.text(".lab-told"));
    browser.read("document.querySelector('#lab-teacher').focus()");
    browser.press(&Key::Right, 12);
    browser.press(&Key::Enter, 1);
    let two = learned(&browser, 2);
    assert_ne!(one, two, "the student learned from the second answer");
    let address = browser.read("location.hash").as_str().unwrap_or_default().to_owned();
    assert!(address.contains("lab=spirals.0.natural.probabilities.16.0.0"), "{address}");
    browser.reload();
    assert_eq!(learned(&browser, 2), two, "a link shows the same again");
    browser.read("document.querySelector('#lab-truth').click()");
    browser.click("#lab button", "Get 10 more labels");
    browser.until("document.querySelector('#lab-says').innerText.startsWith('10 true labels and no teacher.')");
    assert_eq!(browser.complaints(), [""; 0]);
}

/// A click before the teacher has learned is kept, seen, and asked once.
#[test]
fn a_click_while_the_teacher_learns_waits_for_it() {
    let Some(browser) = Browser::start() else { return };
    // The page's own scripts have run by then, and no teacher can have answered.
    let early = "addEventListener('DOMContentLoaded', () => {
        const canvas = document.querySelector('#lab-teacher');
        if (!canvas) return;
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const click = (part, detail) => canvas.dispatchEvent(new MouseEvent('click',
            { clientX: left + part * width, clientY: top + part * height, detail }));
        click(0.3, 1);
        click(0.3, 2);
        click(0.7, 1);
        window.then = document.querySelector('#lab-says').textContent;
        const own = canvas.getContext('2d').getImageData(0.7 * canvas.width, 0.7 * canvas.height, 1, 1);
        window.seen = own.data[3] > 0;
    })";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": early }));
    browser.show(&page_with_lab(), "");
    learned(&browser, 12);
    assert_eq!(browser.read("window.then"), "2 queries will be asked when the teacher has learned.");
    assert_eq!(browser.read("window.seen"), true, "a dot where it was clicked");
    assert!(browser.text("#lab-says").contains("12 queries so far."), "{}", browser.text("#lab-says"));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_copier_plays_for_money_and_a_link_hands_the_score_on() {
    let Some(browser) = lab() else { return };
    assert_eq!(browser.read("document.querySelector('.lab-score').checkVisibility()"), false);
    browser.click("#lab button", "Game: be the copier");
    learned(&browser, 0);
    let score = browser.text(".lab-score");
    assert!(score.ends_with("This student: $0. Your best: none yet."), "{score}");
    set(&browser, "budget", "50", "input");
    browser.until("document.querySelector('.lab-score').innerText.includes('This student: $5.00.')");
    let best = "Your best: 1,000 queries, $5.00 (what comes along, all probabilities)";
    assert!(browser.text(".lab-score").contains(best), "{}", browser.text(".lab-score"));
    assert!(browser.text(".lab-score").starts_with("Done: 95 % agreement with 1,000 queries, $5.00."));
    browser.click("#lab button", "New game");
    learned(&browser, 0);
    assert!(browser.text(".lab-score").contains(best), "a new game keeps what was reached");
    browser.reload();
    learned(&browser, 0);
    assert!(browser.text(".lab-score").contains(best), "a page that is loaded anew keeps it as well");
    // Whoever gets the link did not reach it.
    browser.read("sessionStorage.clear()");
    browser.reload();
    browser.until("document.querySelector('.lab-score').innerText.includes('To beat: 1,000 queries, $5.00')");
    // A score is one on the data it was reached on.
    set(&browser, "data", "moons", "change");
    learned(&browser, 0);
    assert!(!browser.text(".lab-score").contains("To beat"), "{}", browser.text(".lab-score"));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_finger_asks_on_a_phone() {
    let Some(browser) = Browser::start() else { return };
    let phone = json!({ "width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", &phone);
    browser.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": true }));
    browser.show(&page_with_lab(), "");
    learned(&browser, 10);
    let wide = browser.read("document.documentElement.scrollWidth");
    assert_eq!(wide, 360, "nothing sticks out");
    // Both maps, the last answer, the number, the slider and the way to the game are on the first screen.
    let shown = ["#lab-teacher", "#lab-student", ".lab-bars", "#lab-agreement", "#lab-queries", "#lab-budget"];
    for part in shown.into_iter().chain(["[data-lab-game]"]) {
        let place = browser.read(&format!(
            "(({{ height, bottom }}) => [height, bottom])(document.querySelector('{part}').getBoundingClientRect())"
        ));
        let [height, bottom] = [0, 1].map(|at| place[at].as_f64().expect("a place"));
        assert!(height > 0.0 && bottom <= 640.0, "{part} ends at {bottom}");
    }
    assert!(browser.text("#lab-says").contains("Tap the teacher's map"), "{}", browser.text("#lab-says"));
    // The slider stays under the finger that moves it, however much there is to say.
    let slider = || browser.read("document.querySelector('#lab-budget').getBoundingClientRect().top");
    let place = slider();
    set(&browser, "budget", "50", "input");
    learned(&browser, 1_000);
    assert_eq!(slider(), place);
    set(&browser, "budget", "10", "input");
    learned(&browser, 10);
    let at = browser.read(
        "(({ left, top, width, height }) => [left + width / 3, top + height / 3])\
         (document.querySelector('#lab-teacher').getBoundingClientRect())",
    );
    let point = json!([{ "x": at[0], "y": at[1] }]);
    browser.devtools("Input.dispatchTouchEvent", &json!({ "type": "touchStart", "touchPoints": point }));
    browser.devtools("Input.dispatchTouchEvent", &json!({ "type": "touchEnd", "touchPoints": [] }));
    learned(&browser, 11);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn without_scripts_a_sentence_and_the_figures_are_there() {
    let Some(browser) = Browser::start() else { return };
    browser.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.show(&page(&committed()).expect("a page"), "");
    assert!(browser.text("#lab").contains("With scripts, a student learns here"), "{}", browser.text("#lab"));
    assert_eq!(browser.read("document.querySelector('#budget svg').checkVisibility()"), true);
}

#[test]
fn what_is_painted_is_what_the_teacher_learns() {
    let Some(browser) = lab() else { return };
    let paint = || set(&browser, "data", "painting", "change");
    paint();
    // Nothing of the teacher before is left, and all of it comes back.
    assert_eq!((browser.text("#lab-agreement"), browser.text("#lab-queries")), ("–".to_owned(), "0".to_owned()));
    assert_eq!(browser.read("document.querySelector('[data-lab-curve]').childElementCount"), 0);
    assert!(browser.text("#lab-says").ends_with("Queries, curve and score begin anew."));
    browser.click("[data-lab-palette] button", "Cancel");
    learned(&browser, 10);
    paint();
    let stroke = |colour: usize, height: f64| {
        browser.read(&format!("document.querySelectorAll('[data-lab-palette] button')[{colour}].click()"));
        let at = browser.read(&format!(
            "(({{ left, top, width }}) => [left + width * 0.2, left + width * 0.8, top + width * {height}])\
             (document.querySelector('#lab-teacher').getBoundingClientRect())"
        ));
        let [from, to, y] = [0, 1, 2].map(|part| at[part].as_f64().expect("a place"));
        browser.drag((from, y), (to, y));
    };
    browser.click("[data-lab-palette] button", "Teach it");
    assert_eq!(browser.text("#lab-says"), "A teacher needs two colours at least.");
    // Green above, purple below: the third tint and the fourth.
    stroke(2, 0.2);
    stroke(3, 0.8);
    assert!(browser.text("#lab-says").starts_with("Paint on, or press “Teach it”"), "{}", browser.text("#lab-says"));
    // A stroke is whole, however few places of it are heard of.
    let middle = browser.read(
        "(({ width, data }) => [...data.slice(4 * (width / 2), 4 * (width / 2) + 3)])(((canvas) => canvas \
         .getContext('2d').getImageData(0, 0.2 * canvas.height, canvas.width, 1))\
         (document.querySelector('#lab-teacher')))",
    );
    assert_ne!(middle, json!([255, 255, 255]), "a gap in the stroke");
    browser.click("[data-lab-palette] button", "Teach it");
    browser.until("document.querySelector('[data-lab-size]').textContent.startsWith('354 numbers')");
    learned(&browser, 0);
    browser.click("#lab button", "Ask 10 more");
    assert!(learned(&browser, 10) > 0.9, "two blobs are easily told apart");
    for (height, name) in [(0.2, "green"), (0.8, "purple")] {
        let before = browser.read("Number(document.querySelector('#lab-queries').textContent)");
        let at = browser.read(&format!(
            "(({{ left, top, width }}) => [left + width / 2, top + width * {height}])\
             (document.querySelector('#lab-teacher').getBoundingClientRect())"
        ));
        let place = (at[0].as_f64().expect("a place"), at[1].as_f64().expect("a place"));
        browser.drag(place, place);
        learned(&browser, before.as_f64().expect("a count") as usize + 1);
        assert!(browser.text(".lab-told").contains(name), "{name}: {}", browser.text(".lab-told"));
    }
    let agreement = browser.text("#lab-agreement");
    browser.reload();
    assert!(learned(&browser, 12) > 0.9);
    assert_eq!(browser.text("#lab-agreement"), agreement, "the painting is in the link");
    assert_eq!(browser.complaints(), [""; 0]);
}

/// Three kinds that lie apart, and as many columns as are wanted.
fn table(columns: usize) -> String {
    let names: Vec<String> = (0..columns).map(|column| format!("x{column}")).collect();
    let mut text = format!("{},kind\n", names.join(","));
    for row in 0..300 {
        let kind = row % 3;
        let number = |column: usize| (4 * ((kind + column) % 3)) as f64 + ((7 * row + 13 * column) as f64).sin();
        let numbers: Vec<String> = (0..columns).map(|column| format!("{:.4}", number(column))).collect();
        text += &format!("{},{}\n", numbers.join(","), ["elm", "oak", "ash"][kind]);
    }
    text
}

fn drop_table(browser: &Browser, text: &str) {
    browser.read(&format!(
        "(() => {{ const dataTransfer = new DataTransfer();
           dataTransfer.items.add(new File([{}], 'trees.csv'));
           const drop = new DragEvent('drop', {{ dataTransfer, bubbles: true }});
           document.querySelector('.lab').dispatchEvent(drop); }})()",
        json!(text)
    ));
}

#[test]
fn a_table_that_is_dropped_is_the_teachers() {
    let Some(browser) = lab() else { return };
    let visible = "document.querySelector('#lab-teacher').checkVisibility()";
    for (columns, plane) in [(3, false), (2, true)] {
        let text = table(columns);
        let reading = TableOptions { label: Some("kind"), drop_missing: true };
        let own = Table::read("table", text.as_bytes(), reading).expect("a table");
        let library = Lab::with(Arc::new(own), 0).expect("a teacher");
        let there = library.teach(&Wish { queries: 10, ..Wish::default() }).expect("a student").agreement;
        drop_table(&browser, &text);
        let exam = library.exam_points();
        browser.until(&format!(
            "document.querySelector('[data-lab-exam]').textContent === '{exam}' && {visible} === {plane}"
        ));
        let here = learned(&browser, 10);
        // Of few exam points one is worth more than the usual distance.
        let near = NEAR.max(3.0 / exam as f64);
        assert!((here - there).abs() <= near, "{columns} columns: {here} here, {there} in the library");
        assert!(["elm", "oak", "ash"].iter().any(|kind| browser.text(".lab-told").contains(kind)));
    }
    set(&browser, "label", "x0", "change");
    browser.until("document.querySelector('#lab-says').textContent.startsWith('The student could not learn:')");
    assert!(browser.read("location.hash").as_str().is_some_and(|hash| !hash.contains("elm")), "nothing in the link");
    assert_eq!(browser.complaints(), [""; 0]);
}
