//! The page in a real browser: clicked, dragged, typed at, and read as somebody would who has never seen it.
//!
//! Where there is no browser, each test says so and passes; `.ci/run` installs one where it can.

use crate::driver::{Browser, Key};
use crate::findings::{committed, curve, finding, watched};
use distill_lab::finding::{Drawing, Finding, Lineup, Manner, Transcript};
use distill_lab::page::page;
use distill_lab::words::percent;
use serde_json::json;

/// The committed finding of an experiment.
fn found<'a>(findings: &'a [Finding], experiment: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.experiment == experiment).expect("a committed finding")
}

/// One guess to make: a curve through two points.
fn one_guess() -> String {
    let mut budget = finding("budget", "Words of the finding");
    budget.figures = vec![curve("agreement", "probabilities", "soft", &[(10.0, 0.4), (100.0, 0.9)])];
    page(&[budget]).expect("a page")
}

fn address(browser: &Browser) -> String {
    browser.read("location.hash").as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_newcomer_learns_what_distillation_is_what_100_queries_bought_and_what_a_name_proves() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    browser.show(&page(&findings).expect("a page"), "");
    assert!(browser.text(".opening").contains("A model learns from another model's answers"), "what distillation is");

    // A guess is made before anything is shown.
    let budget = found(&findings, "budget");
    let title = budget.title.replace('\u{a0}', " ");
    assert!(!browser.text("body").contains(&title), "the result is shown before the guess");
    let handle = browser.read(
        "(() => { const hold = document.querySelectorAll('#budget .hold')[1];
           hold.scrollIntoView({ block: 'center', behavior: 'instant' });
           const box = hold.getBoundingClientRect();
           return [box.left + box.width / 2, box.top + box.height / 2]; })()",
    );
    let (x, y) = (handle[0].as_f64().expect("a place"), handle[1].as_f64().expect("a place"));
    browser.drag((x, y), (x, y - 40.0));
    browser.click("#budget button", "Compare");
    let Drawing::Curves(curves) = &budget.figures[0].drawing else { panic!("curves") };
    let hundred = curves.series[0].points.iter().find(|point| point.x == 100.0).expect("a point at 100");
    let verdict = browser.text("#budget .guess .verdict");
    assert!(verdict.contains(&format!("With 100 queries it was {}", percent(hundred.mean))), "{verdict}");
    assert!(verdict.contains("too low") && !verdict.contains("you said 50 %"), "the drag was not heard: {verdict}");
    assert!(browser.text("#budget .found").contains(&title) && browser.text("#claims").contains(&title));

    // Who says the teacher's name, and who does not.
    browser.click(".play a", "ask them who they are");
    let figures = &found(&findings, "identity").figures;
    let talk = |figure: &'_ Drawing| match figure {
        Drawing::Transcript(transcript) => Some(transcript.clone()),
        _ => None,
    };
    let Transcript { questions, speakers, borrowed, .. } =
        figures.iter().find_map(|figure| talk(&figure.drawing)).expect("a transcript");
    let who = questions.iter().position(|question| question.starts_with("who are you")).expect("a question");
    for (actor, says_it) in [("web", true), ("never-asked", false)] {
        let manner = if says_it { Manner::Borrowed } else { Manner::Plain };
        let speaker = speakers.iter().find(|s| s.actor == actor && s.replies[who].manner == manner);
        let speaker = speaker.unwrap_or_else(|| panic!("nobody of {actor} replies like that"));
        browser.click("#transcript label", &format!("{}, {}", speaker.label, speaker.detail));
        browser.click("#transcript button", "who are you");
        let reply = browser.text("#transcript .talk .reply:last-child");
        assert!(reply.contains(&speaker.replies[who].text), "{reply}");
        assert_eq!(reply.contains(&borrowed), says_it, "{reply}");
    }
    let identity = found(&findings, "identity");
    assert!(browser.text("#identity .title").contains(&identity.title), "why the name proves little");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_main_path_needs_no_mouse_and_a_link_shows_the_same_again() {
    let Some(browser) = Browser::start() else { return };
    browser.show(&one_guess(), "");
    // The link past the opening, the button for everything, the first claim.
    browser.press(&Key::Tab, 1);
    browser.press(&Key::Enter, 1);
    browser.press(&Key::Tab, 2);
    assert_eq!(browser.read("document.activeElement.getAttribute('href')"), "#budget");
    browser.press(&Key::Enter, 1);
    browser.press(&Key::Tab, 1);
    assert_eq!(browser.read("document.activeElement.type"), "range");
    browser.press(&Key::Right, 3);
    assert_eq!(browser.read("document.activeElement.getAttribute('aria-valuetext')"), "53\u{a0}%");
    let seen = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.read(seen), "solid", "the focus is not seen");
    browser.press(&Key::Tab, 2);
    assert_eq!(browser.read("document.activeElement.innerText"), "Compare with the records");
    browser.press(&Key::Space, 1);
    assert_eq!(browser.read("document.activeElement.innerText"), "Guess again");

    let verdict = browser.text("#budget .verdict");
    assert!(verdict.contains("With 100 queries it was 90.0 %; you said 50 %, 40.0 points too low."), "{verdict}");
    let state = address(&browser);
    assert!(state.contains("g-budget=53.50") && state.contains("open=budget"), "{state}");
    browser.reload();
    assert_eq!((browser.text("#budget .verdict"), address(&browser)), (verdict, state));
    assert!(browser.text("#budget .title").contains("Words of the finding"));
    browser.click("#budget button", "Guess again");
    assert_eq!(browser.read("document.querySelector('#budget .found').hidden"), true);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_damaged_address_is_no_harm() {
    let Some(browser) = Browser::start() else { return };
    let mut guard = finding("guard", "words");
    guard.watched = Some(watched());
    let page = page(&[guard]).expect("a page");
    for state in ["#at=nowhere&x=a.b.c&w=99&n=-1&open=no.such&g-budget=x", "#%E0%A4%A", "#=&&=&q=1.2.3&who=shown"] {
        browser.show(&page, state);
        browser.until("document.querySelector('#wall .told')?.innerText.startsWith('The answer')");
        assert_eq!(browser.complaints(), [""; 0], "{state}");
    }
}

#[test]
fn both_sides_of_the_api_agree_on_when_it_closes() {
    let Some(browser) = Browser::start() else { return };
    let mut guard = finding("guard", "words");
    guard.watched = Some(watched());
    browser.show(&page(&[guard]).expect("a page"), "#wall");
    assert!(browser.text("#wall .told").contains("dog, with 80 %"));
    assert!(browser.text("#wall .verdict").contains("first look after 2 queries"));
    browser.read("document.querySelector('#wall input[type=range]').focus()");
    browser.press(&Key::Right, 1);
    assert!(browser.text("#wall .needle").contains("more unusual than 95 % of honest accounts: over its limit"));
    browser.press(&Key::Right, 1);
    assert!(browser.text("#wall .told").contains("Refused"));
    let verdict = browser.text("#wall .verdict");
    assert!(verdict.contains("closed after 2 queries") && verdict.contains("a false alarm"), "{verdict}");
    browser.click("#wall label", "2: a copier, natural");
    browser.read("document.querySelector('#wall input[type=range]').focus()");
    browser.press(&Key::Right, 3);
    assert!(browser.text("#wall .verdict").contains("The account is open"), "not closed to the end");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn suspects_are_judged_before_anybody_can_know_who_they_were() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let evidence = found(&findings, "evidence");
    let Lineup { answers, suspects, .. } = evidence.lineup.as_ref().expect("a line-up");
    browser.show(&page(&findings).expect("a page"), "#lineup");
    let heard = browser.devtools("Accessibility.getFullAXTree", &json!({})).to_string();
    assert!(heard.contains("Guilty or innocent?"), "what a screen reader is told");
    for answer in answers {
        assert!(!heard.contains(&answer.made), "told to a screen reader: {}", answer.made);
    }

    for suspect in suspects {
        let card =
            format!("#lineup fieldset:nth-of-type({})", 1 + suspect.name.bytes().next().expect("a letter") - b'A');
        browser.click(&format!("{card} label"), "learned from");
    }
    browser.click("#lineup button", "Who were they?");
    let told = browser.text("#lineup");
    assert!(answers.iter().all(|answer| told.contains(&answer.made.replace('\u{a0}', " "))), "{told}");
    // A reader who accuses everybody is right about those that asked; the test is judged by the same rule.
    let asked = answers.iter().filter(|answer| answer.questions > 0).count();
    let test = answers.iter().filter(|answer| answer.accused == (answer.questions > 0)).count();
    let verdict = browser.text("#lineup .verdict");
    let expected = format!("You judged {asked} rightly, the test {test} of {}.", answers.len());
    assert!(verdict.starts_with(&expected), "{verdict}, not {expected}");
    browser.reload();
    assert_eq!(browser.text("#lineup .verdict"), verdict);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn without_scripts_and_on_paper_there_are_all_texts_and_figures() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let page = page(&findings).expect("a page");
    let figures = "[...document.querySelectorAll('figure svg')].filter((svg) => svg.checkVisibility()).length";
    // The lab's curve is drawn by its script.
    let drawn = page.matches("<svg").count() - 1;

    browser.show(&page, "");
    assert_eq!(browser.read(figures), 0, "nothing is shown before the guess");
    browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    browser.read("dispatchEvent(new Event('beforeprint'))");
    assert_eq!(browser.read(figures), drawn, "on paper");
    assert_eq!(browser.read("document.querySelector('.guess').checkVisibility()"), false, "paper takes no guesses");

    browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": "screen" }));
    browser.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.show(&page, "");
    assert_eq!(browser.read(figures), drawn, "without scripts");
    let text = browser.text("main");
    for finding in &findings {
        for words in finding.verdicts.iter().chain(&finding.caveats).chain([&finding.title]) {
            assert!(text.replace('\u{2060}', "").contains(&words.replace('\u{a0}', " ")), "{words}");
        }
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
    }
}
