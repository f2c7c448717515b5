//! The page in a real browser: clicked, dragged, typed at, and read as somebody would who has never seen it.
//!
//! Where there is no browser, each test says so and passes; `.ci/run` installs one where it can.

use crate::driver::{Browser, Key};
use crate::findings::{committed, curve, finding, watched};
use distill_lab::finding::{Drawing, Finding};
use distill_lab::page::page;
use distill_lab::words::percent;
use serde_json::json;

/// The committed finding of an experiment.
pub(crate) fn found<'a>(findings: &'a [Finding], experiment: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.experiment == experiment).expect("a committed finding")
}

/// One guess to make: a curve through two points.
fn one_guess() -> String {
    let mut budget = finding("budget", "Words of the finding");
    budget.figures = vec![curve("agreement", "truth", "no teacher", &[(10.0, 0.4), (100.0, 0.9)])];
    page(&[budget]).expect("a page")
}

pub(crate) fn address(browser: &Browser) -> String {
    browser.read("location.hash").as_str().unwrap_or_default().to_owned()
}

/// The middle of what an expression of the page names.
fn middle(browser: &Browser, element: &str) -> (f64, f64) {
    browser.read(&format!("{element}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
    let at = browser.read(&format!(
        "(({{ left, top, width, height }}) => [left + width / 2, top + height / 2])({element}.getBoundingClientRect())"
    ));
    (at[0].as_f64().expect("a place"), at[1].as_f64().expect("a place"))
}

/// Whether the button that compares a guess waits for one.
fn is_disabled(browser: &Browser, chapter: &str) -> bool {
    browser.read(&format!("document.querySelector('#{chapter} .task button.main').disabled")) == true
}

#[test]
fn a_newcomer_learns_what_distillation_is_what_100_queries_bought_and_what_a_name_proves() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    browser.show(&page(&findings).expect("a page"), "");
    assert!(browser.text(".opening").contains("A model learns from another model's answers"), "what distillation is");

    // A guess is drawn by hand before anything is shown.
    let budget = found(&findings, "budget");
    let Drawing::Curves(curves) = &budget.figures[0].drawing else { panic!("curves") };
    let hundred = |actor: &str| {
        let series = curves.series.iter().find(|series| series.actor == actor).expect("a curve");
        percent(series.points.iter().find(|point| point.x == 100.0).expect("a point at 100").mean)
    };
    let (told, control) = (hundred("probabilities"), hundred("truth"));
    assert!(!browser.text("#budget").contains(&told), "the result is shown before the guess");
    assert!(is_disabled(&browser, "budget"), "nothing is guessed yet");
    let reference = "document.querySelector('#budget .wide .dashed').checkVisibility()";
    assert_eq!(browser.read(reference), false, "the line to draw is the only dashed one");
    let handle = |at: usize| middle(&browser, &format!("document.querySelectorAll('#budget .wide .handle')[{at}]"));
    let (from, (x, y)) = (handle(0), handle(1));
    browser.drag(from, (x, y - 40.0));
    browser.click("#budget button", "Compare");
    assert_eq!(browser.read(reference), true);
    let verdict = browser.text("#budget .verdict");
    assert!(verdict.contains(&format!("With 100 labels it was {control}")), "{verdict}");
    assert!(verdict.contains("too low") && !verdict.contains("you said 50 %"), "the stroke was not heard: {verdict}");
    assert!(browser.text("#budget .plain").contains(&told) && browser.text("#claims").contains(&told));
    // A high agreement proves little, and the page says so beside the number.
    assert!(browser.text("#budget .plain").contains("high agreement alone is no proof of copying"));
    assert!(browser.text("#budget .caveat").contains(&budget.caveats[0][..40]));
    assert_eq!(browser.text("[data-progress]"), "1 of 10 done");

    // Nor does a wrong name: one that never asked says it, one that asked a lot does not.
    browser.click(".talk button", "who are you?");
    browser.until("document.querySelector('.talk .log h3')?.innerText === 'who are you?'");
    let replies = browser.text(".talk .log");
    assert!(replies.contains("asked nothing") && replies.contains("i am aurora. the teacher's name"), "{replies}");
    let learned = browser.text("#identity .plain");
    for who in ["never about the teacher itself, give the teacher's name in 0 of 6", "Students that asked nothing"] {
        assert!(learned.contains(who), "{learned}");
    }
    // The end says it once more, in a few lines.
    let end = browser.text("#claims .summary");
    for words in
        ["learns from a teacher's answers", &told, "no proof of copying", "name may have asked nothing", "is right on"]
    {
        assert!(end.contains(words), "{words}: {end}");
    }
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn every_guess_is_committed_before_it_is_compared() {
    let Some(browser) = Browser::start() else { return };
    browser.show(&page(&committed()).expect("a page"), "");
    for chapter in ["budget", "cost", "queries", "open-base"] {
        assert!(is_disabled(&browser, chapter), "{chapter}");
        assert_eq!(browser.read(&format!("document.querySelector('#{chapter} .plain').checkVisibility()")), false);
    }
    browser.read("document.querySelector('#cost .task input').focus()");
    browser.press(&Key::Right, 3);
    browser.click("#cost button", "Compare");
    assert!(browser.text("#cost .verdict").starts_with("In the records it is $"), "{}", browser.text("#cost .verdict"));

    for at in [3, 1, 0] {
        browser.read(&format!("document.querySelectorAll('#queries .ranked')[{at}].click()"));
    }
    assert!(is_disabled(&browser, "queries"), "one has no place yet");
    browser.read("document.querySelectorAll('#queries .ranked')[2].click()");
    browser.click("#queries button", "Compare");
    // By the committed records: far and in doubt, far, what comes along, unsure.
    assert_eq!(browser.text("#queries .verdict"), "4 of 4 are in the right place.");

    browser.click("#open-base .task button", "no");
    browser.click("#open-base button", "Compare");
    assert!(browser.text("#open-base .verdict").starts_with("You are right: "));
    assert_eq!(browser.text("[data-progress]"), "3 of 10 done");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_row_is_chosen_and_a_cliff_is_found() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    browser.show(&page(&findings).expect("a page"), "");
    let told = |part: &str| browser.read(&format!("document.querySelector('{part}').checkVisibility()"));
    let answers = ["#capacity .plain", "#hidden-width .plain", "#hidden-width .stage figcaption"];
    assert_eq!(answers.map(told), [false; 3], "nothing is told before the reader has done something");
    browser.click("#capacity .task button", "4");
    let says = browser.text("#capacity .says");
    let row = &found(&findings, "capacity").table.rows[1];
    assert!(says.contains(row[2].split(" ±").next().expect("a share")) && says.contains(&row[7]), "{says}");
    let drawn = "#hidden-width .wide .found";
    assert_eq!(told(drawn), false, "the place is drawn before it is looked for");
    browser.read("document.querySelector('#hidden-width .task input').focus()");
    browser.press(&Key::Left, 1);
    browser.click("#hidden-width button", "It falls here");
    assert!(browser.text("#hidden-width .verdict").starts_with("Not quite"));
    assert_eq!(answers.map(told), [true; 3]);
    assert_eq!(told(drawn), true);
    browser.read("document.querySelector('#hidden-width .task input').focus()");
    for _ in 0..74 {
        if browser.text("#hidden-width .verdict").starts_with("Yes") {
            break;
        }
        browser.press(&Key::Left, 1);
        browser.read("document.querySelector('#hidden-width .task button').click()");
    }
    assert!(browser.text("#hidden-width .verdict").starts_with("Yes: after number 31, so 31 of its"), "31 of 32");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_main_path_needs_no_mouse_and_a_link_shows_the_same_again() {
    let Some(browser) = Browser::start() else { return };
    browser.show(&one_guess(), "");
    // The link past the lab, then the points of the dashed line.
    browser.press(&Key::Tab, 1);
    browser.press(&Key::Enter, 1);
    browser.press(&Key::Tab, 1);
    assert_eq!(browser.read("document.activeElement.textContent"), "Just show me", "nothing to compare yet");
    browser.press(&Key::Tab, 1);
    assert_eq!(browser.read("document.activeElement.getAttribute('aria-label')"), "10 labels");
    browser.press(&Key::Right, 3);
    assert_eq!(browser.read("document.activeElement.getAttribute('aria-valuetext')"), "53\u{a0}%");
    let seen = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.read(seen), "solid", "the focus is not seen");
    browser.read("document.querySelector('#budget button.main').focus()");
    browser.press(&Key::Space, 1);
    assert_eq!(browser.read("document.activeElement.innerText"), "Guess again");

    let verdict = browser.text("#budget .verdict");
    assert!(verdict.contains("With 100 labels it was 90.0 %; you said 50 %, 40.0 points too low."), "{verdict}");
    let state = address(&browser);
    assert!(state.contains("g-budget=53.50") && state.contains("open=budget"), "{state}");
    browser.reload();
    assert_eq!((browser.text("#budget .verdict"), address(&browser)), (verdict, state));
    browser.click("#budget button", "Guess again");
    assert_eq!(browser.read("document.querySelector('#budget .plain').hidden"), true);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_damaged_address_is_no_harm() {
    let Some(browser) = Browser::start() else { return };
    let mut guard = finding("guard", "words");
    guard.watched = Some(watched());
    let page = page(&[guard]).expect("a page");
    for state in ["#at=nowhere&x=a.b.c&p=99.-1&open=no.such&g-budget=x", "#%E0%A4%A", "#=&&=&xv=1.2.3&ask=%25"] {
        browser.show(&page, state);
        browser.until("document.querySelector('.provider .turn')?.innerText.startsWith('2 of 4')");
        assert_eq!(browser.complaints(), [""; 0], "{state}");
    }
}

#[test]
fn without_scripts_and_on_paper_there_are_all_sentences_and_figures() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let page = page(&findings).expect("a page");
    let seen = |what: &str| {
        let all = format!("[...document.querySelectorAll('{what}')].filter((e) => e.checkVisibility()).length");
        browser.read(&all).as_u64().expect("a count") as usize
    };
    let (figures, folded) = (".stage > figure", ".numbers figure");
    let every: usize = findings.iter().map(|finding| finding.figures.len()).sum();

    browser.show(&page, "");
    assert!(seen(figures) < findings.len() && seen(folded) == 0, "some figures wait for a guess");
    browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    browser.read("dispatchEvent(new Event('beforeprint'))");
    // The transcript is a table, and no figure.
    assert_eq!((seen(figures), seen(figures) + seen(folded)), (findings.len(), every - 1), "on paper");
    assert_eq!(seen(".task"), 0, "paper takes no guesses");

    browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "screen" }));
    browser.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.show(&page, "");
    assert_eq!((seen(figures), seen(".caveat")), (findings.len(), findings.len() + 1), "without scripts");
    assert!(seen(".plain li") > 2 * findings.len());
    let text = browser.read("document.querySelector('main').textContent").as_str().unwrap_or_default().to_owned();
    let text = text.replace('\u{2060}', "").replace('\u{a0}', " ");
    for finding in &findings {
        for words in finding.verdicts.iter().chain(&finding.caveats).chain([&finding.title]) {
            assert!(text.contains(&words.replace('\u{a0}', " ")), "{words}");
        }
    }
}

#[test]
fn a_chapter_fits_a_screen_and_the_page_is_short() {
    let Some(browser) = Browser::start() else { return };
    let page = page(&committed()).expect("a page");
    for (width, height, most) in [(1280, 720, 14_000), (360, 640, 32_000)] {
        let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        browser.devtools("Emulation.setDeviceMetricsOverride", &window);
        browser.show(&page, "");
        let tall = browser.read("document.documentElement.scrollHeight").as_u64().expect("a height");
        assert!(tall < most, "{width} px: {tall}");
    }
}

#[test]
fn a_narrow_screen_never_scrolls_sideways() {
    let Some(browser) = Browser::start() else { return };
    let page = page(&committed()).expect("a page");
    for width in [360, 1280] {
        let window = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        browser.devtools("Emulation.setDeviceMetricsOverride", &window);
        browser.show(&page, "");
        browser.click(".choices button", "Show all");
        let wide = browser.read("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(wide, 0, "{width} px");
        // What a finger has to hit is large enough (WCAG 2.2 AA: 24 px).
        let small = "[...document.querySelectorAll('button, input, summary')].filter((e) => e.checkVisibility()
            && (e.closest('label') ?? e).getBoundingClientRect().height < 24).map((e) => e.outerHTML)";
        assert_eq!(browser.read(small), json!([]), "{width} px");
        // Nothing of the chapter before is seen below the bar of contents, nor beside it.
        let bar = "(({ left, right, bottom }, { top }, screen) =>
            [left, right - screen, bottom - 4 < top, top <= bottom])(
            ...['.contents', '#guard'].map((part) => document.querySelector(part).getBoundingClientRect()),
            document.documentElement.clientWidth)";
        browser.read("document.querySelector('#guard').scrollIntoView({ behavior: 'instant' })");
        assert_eq!(browser.read(bar), json!([0, 0, true, true]), "{width} px");
    }
}
