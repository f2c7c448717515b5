//! The page in a real browser: clicked, dragged, typed at, and read as somebody would who has never seen it.
//!
//! Where there is no browser, each test says so and passes; `.ci/run` installs one where it can.

use crate::driver::{Browser, Key};
use crate::findings::{committed, curve, finding, watched};
use distill_lab::finding::{Drawing, Finding, Lineup};
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
    let hundred = curves.series[0].points.iter().find(|point| point.x == 100.0).expect("a point at 100");
    let told = percent(hundred.mean);
    assert!(!browser.text("#budget").contains(&told), "the result is shown before the guess");
    assert!(is_disabled(&browser, "budget"), "nothing is guessed yet");
    let handle = |at: usize| middle(&browser, &format!("document.querySelectorAll('#budget .wide .handle')[{at}]"));
    let (from, (x, y)) = (handle(0), handle(1));
    browser.drag(from, (x, y - 40.0));
    browser.click("#budget button", "Compare");
    let verdict = browser.text("#budget .verdict");
    assert!(verdict.contains(&format!("With 100 queries it was {told}")), "{verdict}");
    assert!(verdict.contains("too low") && !verdict.contains("you said 50 %"), "the stroke was not heard: {verdict}");
    assert!(browser.text("#budget .plain").contains(&told) && browser.text("#claims").contains(&told));
    // A high agreement proves little, and the page says so beside the number.
    assert!(browser.text("#budget .plain").contains("high agreement alone is no proof of copying"));
    assert!(browser.text("#budget .caveat").contains(&budget.caveats[0][..40]));
    assert_eq!(browser.text("[data-progress]"), "1 of 10 done");
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
    browser.click("#capacity .task button", "4");
    let says = browser.text("#capacity .says");
    let row = &found(&findings, "capacity").table.rows[1];
    assert!(says.contains(row[2].split(" ±").next().expect("a share")) && says.contains(&row[7]), "{says}");
    browser.click("#hidden-width button", "It falls here");
    assert!(browser.text("#hidden-width .verdict").starts_with("Not quite"));
    browser.read("document.querySelector('#hidden-width .task input').focus()");
    for _ in 0..74 {
        if browser.text("#hidden-width .verdict").starts_with("Yes") {
            break;
        }
        browser.press(&Key::Left, 1);
        browser.read("document.querySelector('#hidden-width .task button').click()");
    }
    assert!(browser.text("#hidden-width .verdict").starts_with("Yes: 32 ways to differ, so 31 units fire"), "31 of 32");
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
    assert_eq!(browser.read("document.activeElement.getAttribute('aria-label')"), "10 queries");
    browser.press(&Key::Right, 3);
    assert_eq!(browser.read("document.activeElement.getAttribute('aria-valuetext')"), "53\u{a0}%");
    let seen = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.read(seen), "solid", "the focus is not seen");
    browser.read("document.querySelector('#budget button.main').focus()");
    browser.press(&Key::Space, 1);
    assert_eq!(browser.read("document.activeElement.innerText"), "Guess again");

    let verdict = browser.text("#budget .verdict");
    assert!(verdict.contains("With 100 queries it was 90.0 %; you said 50 %, 40.0 points too low."), "{verdict}");
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
        browser.until("document.querySelector('.provider .turn')?.innerText.startsWith('4 of 4')");
        assert_eq!(browser.complaints(), [""; 0], "{state}");
    }
}

/// Plays the provider to the end, by mouse or by keyboard: closes the first account, and everything else stays open.
fn provide(browser: &Browser, press: &dyn Fn(&str, &str)) {
    assert!(browser.text(".provider .turn").contains("10 of 150 queries"));
    let heard = browser.devtools("Accessibility.getFullAXTree", &json!({})).to_string();
    assert!(heard.contains("Account A") && !heard.contains("a copier: asks"), "who they are is told too early");
    press(".account button", "Close");
    press(".provider button", "10 more queries");
    assert!(browser.text(".provider .turn").contains("20 of 150 queries"));
    assert!(browser.text(".account").contains("closed at 10"));
    press(".provider button", "To the end");
}

#[test]
fn the_provider_learns_in_the_end_whom_it_closed() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let watched = found(&findings, "guard").watched.as_ref().expect("accounts");
    browser.show(&page(&findings).expect("a page"), "#guard");
    assert_eq!(browser.read("document.querySelector('#guard .plain').checkVisibility()"), false);
    provide(&browser, &|selector, text| browser.click(selector, text));
    let verdict = browser.text(".provider .verdict");
    let copiers = watched.accounts.iter().filter(|account| account.copies).count();
    let honest = watched.accounts.len() - copiers;
    let closed = |copies: bool| watched.accounts.iter().filter(|it| it.copies == copies && it.closed.is_some()).count();
    let theirs = format!("close {} of {copiers} copiers and {} of {honest} honest", closed(true), closed(false));
    assert!(verdict.contains(&theirs), "{verdict}");
    let first = browser.text(".account");
    assert!(first.contains("You closed it after 10.") && first.contains("The detectors"), "{first}");
    let one = if first.contains("a copier") { (1, 0) } else { (0, 1) };
    let own = format!("You closed {} of {copiers} copiers and {} of {honest} honest customers", one.0, one.1);
    assert!(verdict.starts_with(&own), "{verdict}");
    // Each detector is explained, and what was found is seen.
    assert_eq!(browser.read("document.querySelectorAll('.detectors dd:not(:empty)').length"), 6);
    assert_eq!(browser.read("document.querySelector('#guard .plain').checkVisibility()"), true);
    browser.reload();
    assert_eq!(browser.text(".provider .verdict"), verdict, "a link shows the same again");
    browser.click(".provider button", "Play again");
    assert!(browser.text(".provider .turn").contains("10 of 150 queries"));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_provider_needs_no_mouse_and_fits_a_phone() {
    let Some(browser) = Browser::start() else { return };
    let phone = json!({ "width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", &phone);
    browser.show(&page(&committed()).expect("a page"), "#guard");
    provide(&browser, &|selector, text| {
        let found = format!(
            "[...document.querySelectorAll({})].find((e) => e.innerText.startsWith({}) && e.checkVisibility())",
            json!(selector),
            json!(text)
        );
        browser.read(&format!("{found}.focus()"));
        browser.press(&Key::Enter, 1);
    });
    assert!(browser.text(".provider .verdict").starts_with("You closed"));
    assert_eq!(browser.read("document.documentElement.scrollWidth"), 360);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_guard_of_a_made_up_record_is_told_as_it_was() {
    let Some(browser) = Browser::start() else { return };
    let mut guard = finding("guard", "words");
    guard.watched = Some(watched());
    browser.show(&page(&[guard]).expect("a page"), "#guard");
    browser.click(".provider button", "To the end");
    let verdict = browser.text(".provider .verdict");
    assert!(verdict.starts_with("You closed 0 of 1 copiers and 0 of 1 honest customers; the copiers got 4 answers."));
    assert!(verdict.contains("they close 0 of 1 copiers and 1 of 1 honest customers"), "{verdict}");
    assert!(browser.text(".accounts").contains("The detectors close it after 2 (volume)."));
}

/// Judges the line-up that stands there, all the same; what was said then.
fn judge(browser: &Browser, mark: &str) -> String {
    for card in 1..=3 {
        browser.click(&format!(".suspects fieldset:nth-child({card}) button"), mark);
    }
    browser.click(".expert button", "Who were they?");
    browser.text(".expert .verdict")
}

#[test]
fn the_expert_judges_before_anybody_can_know_who_they_were() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let Lineup { answers, suspects, level, .. } = found(&findings, "evidence").lineup.as_ref().expect("suspects");
    assert!(suspects.len() > 100, "all recorded suspects");
    browser.show(&page(&findings).expect("a page"), "#x=0.1.2");
    let heard = browser.devtools("Accessibility.getFullAXTree", &json!({})).to_string();
    assert!(heard.contains("Suspect 1"), "what a screen reader is told");
    for answer in &answers[..3] {
        assert!(!heard.contains(&answer.made), "told to a screen reader: {}", answer.made);
    }
    assert_eq!(browser.read("document.querySelector('.expert button.main').disabled"), true, "nobody is judged yet");

    // A reader who accuses everybody is right about those that asked; the test is judged by the same rule. Adjusted
    // for three: the smallest p-value counts three times, the next twice, and none less than one before it.
    let verdict = judge(&browser, "copied");
    let mut ranked: Vec<usize> = (0..3).collect();
    ranked.sort_by(|a, b| suspects[*a].p_value.total_cmp(&suspects[*b].p_value));
    let mut least: f64 = 0.0;
    let mut test = 0;
    for (rank, &at) in ranked.iter().enumerate() {
        least = least.max((suspects[at].p_value * (3 - rank) as f64).min(1.0));
        test += usize::from((least <= level + 1e-6) == (answers[at].questions > 0));
    }
    let asked = answers[..3].iter().filter(|answer| answer.questions > 0).count();
    assert_eq!(verdict, format!("Your score: {asked} of 3 right. The test: {test} of 3."));
    let told = browser.text(".suspects");
    assert!(answers[..3].iter().all(|answer| told.contains(&answer.made.replace('\u{a0}', " "))), "{told}");
    assert_eq!(browser.read("document.querySelector('#evidence .plain').checkVisibility()"), true);
    browser.reload();
    assert_eq!(browser.text(".expert .verdict"), verdict);

    // The next line-up is drawn at random, and the score goes on.
    browser.click(".expert button", "Next line-up");
    let before = address(&browser);
    assert!(judge(&browser, "not copied").contains(" of 6 right. The test: "));
    browser.click(".expert button", "Next line-up");
    assert_ne!(address(&browser), before);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_same_question_goes_to_the_teacher_and_to_four_students() {
    let Some(browser) = Browser::start() else { return };
    let findings = committed();
    let identity = found(&findings, "identity");
    browser.show(&page(&findings).expect("a page"), "#identity");
    let transcript = identity.figures.iter().find_map(|figure| match &figure.drawing {
        Drawing::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    let transcript = transcript.expect("a transcript");
    let (who, first) = (transcript.questions.iter().position(|it| it == "who are you?").expect("a question"), 0);
    let replied = |question: &str| -> Vec<String> {
        browser.until(&format!("document.querySelector('.talk .log h3')?.innerText === {}", json!(question)));
        let said = browser.read(
            "[...document.querySelector('.talk .log section').querySelectorAll('dd')].map((e) => \
            e.firstChild.textContent)",
        );
        said.as_array().into_iter().flatten().map(|reply| reply.as_str().unwrap_or_default().to_owned()).collect()
    };
    // The browser's replies are those that were recorded.
    for at in [first, who] {
        browser.click(".talk button", &transcript.questions[at]);
        let said = replied(&transcript.questions[at]);
        let recorded = |label: &str, detail: &str| {
            let speaker = transcript.speakers.iter().find(|it| it.label == label && it.detail == detail);
            speaker.unwrap_or_else(|| panic!("nobody is {label}, {detail}")).replies[at].text.clone()
        };
        let expected = [
            recorded("teacher", "30,000 exchanges"),
            recorded("text", "300 queries"),
            recorded("text", "3,000 queries"),
            recorded("never-asked", "3,000 queries"),
            recorded("web, 10 % teacher", "asked nothing"),
        ];
        assert_eq!(said, expected, "{}", transcript.questions[at]);
    }
    // One that never asked about the teacher does not name it, one that asked nothing does: a name proves little.
    let notes = "[...document.querySelector('.talk .log section').querySelectorAll('dd')].map((e) => \
        e.innerText.includes(\"the teacher's name\"))";
    assert_eq!(browser.read(notes), json!([false, true, true, false, true]));
    assert!(browser.text("#identity .plain").contains("Students that asked nothing"));

    // Free text, as people write it, and a word that nobody knows.
    browser.read("document.querySelector('.talk input').focus()");
    browser.read("document.querySelector('.talk input').value = 'Who is shinier, dax or oke'");
    browser.press(&Key::Enter, 1);
    assert!(replied("who is shinier, dax or oke?").iter().any(|reply| reply.ends_with("is shinier.")));
    browser.reload();
    assert_eq!(replied("who is shinier, dax or oke?").len(), 5, "the question is in the link");
    browser.read("document.querySelector('.talk input').value = 'is wugg slimy'");
    browser.read("document.querySelector('.talk form button').click()");
    browser.until("document.querySelector('.talk .hint').innerText.includes('there is no word “wugg”')");
    assert!(browser.text(".talk .hint").contains("wug"));
    assert_eq!(browser.complaints(), [""; 0]);
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
    }
}
