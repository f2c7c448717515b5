//! The games of the page in a real browser: each is played to an end, and says no more than the records do.

use serde_json::json;

use crate::browser::{address, found};
use crate::driver::{Browser, Key};
use crate::findings::{committed, finding, watched};
use distill_lab::finding::{Drawing, Lineup};
use distill_lab::page::page;

/// Plays the provider to the end, by mouse or by keyboard: closes the first account, and everything else stays open.
fn provide(browser: &Browser, press: &dyn Fn(&str, &str)) {
    assert!(browser.text(".provider .turn").contains("20 of 150 queries"));
    let heard = browser.devtools("Accessibility.getFullAXTree", &json!({})).to_string();
    assert!(heard.contains("Account A") && !heard.contains("a copier: asks"), "who they are is told too early");
    press(".account button", "Close");
    press(".provider button", "10 more queries");
    assert!(browser.text(".provider .turn").contains("30 of 150 queries"));
    assert!(browser.text(".account").contains("closed at 20"));
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
    assert!(first.contains("You closed it after 20.") && first.contains("The detectors"), "{first}");
    let one = if first.contains("a copier") { (1, 0) } else { (0, 1) };
    let own = format!("You closed {} of {copiers} copiers and {} of {honest} honest customers", one.0, one.1);
    assert!(verdict.starts_with(&own), "{verdict}");
    // Each detector is explained, and what was found is seen.
    assert_eq!(browser.read("document.querySelectorAll('.detectors dd:not(:empty)').length"), 6);
    assert_eq!(browser.read("document.querySelector('#guard .plain').checkVisibility()"), true);
    browser.reload();
    assert_eq!(browser.text(".provider .verdict"), verdict, "a link shows the same again");
    browser.click(".provider button", "Play again");
    assert!(browser.text(".provider .turn").contains("20 of 150 queries"));
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
    // The detectors look after two queries of four first: there it begins.
    browser.show(&page(&[guard]).expect("a page"), "#guard");
    assert!(browser.text(".provider .turn").contains("2 of 4 queries"));
    browser.click(".provider button", "To the end");
    let verdict = browser.text(".provider .verdict");
    assert!(verdict.starts_with("The detectors are set to close"), "who closed nobody looked on: {verdict}");
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
    let verdict = judge(&browser, "It asked");
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
    assert!(judge(&browser, "It never asked").contains(" of 6 right. The test: "));
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
    // One press shows something, and why some of it makes no sense.
    browser.click(".talk button", "Ask all");
    assert_eq!(replied("who are you?")[0], transcript.speakers[0].replies[who].text);
    assert!(browser.text(".talk .same").contains("puts together pieces of other replies"));
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
