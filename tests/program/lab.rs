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
         document.querySelector('#lab-queries').textContent === '{queries}'"
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
    let mut apart = Vec::new();
    // Places of the slider: 32, 100, 316 and 1,000 queries.
    for (place, queries) in [("20", 32), ("30", 100), ("40", 316), ("50", 1_000)] {
        set(&browser, "budget", place, "input");
        let shown = if queries == 1_000 { "1,000".to_owned() } else { queries.to_string() };
        browser.until(&format!("document.querySelector('#lab-queries').textContent === '{shown}'"));
        browser.until("!document.querySelector('#lab').hasAttribute('data-busy')");
        let share = browser.read("Number(document.querySelector('#lab-agreement').dataset.share)");
        let student = native.teach(&Wish { queries, ..Wish::default() }).expect("a student");
        apart.push(share.as_f64().expect("a share") - student.agreement);
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
    assert!(browser.text("#lab-says").starts_with("Nothing is known yet."));
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
    // Both maps, the number and the slider are on the first screen.
    for part in ["teacher", "student", "agreement", "queries", "budget"] {
        let bottom = browser.read(&format!("document.querySelector('#lab-{part}').getBoundingClientRect().bottom"));
        assert!(bottom.as_f64().expect("a place") <= 640.0, "#lab-{part} ends at {bottom}");
    }
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
    set(&browser, "data", "painting", "change");
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
    browser.click("[data-lab-palette] button", "Teach it");
    browser.until("document.querySelector('[data-lab-size]').textContent.startsWith('354 numbers')");
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
    assert!(browser.text(".lab-score").contains("This student: $0.060."), "{}", browser.text(".lab-score"));
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
