//! A class: its lecturer opens the board, ten phones join, ask and submit, one is closed, the leaderboard stands.
//!
//! Where there is no browser, the test says so and passes.

use serde_json::json;

use crate::driver::Browser;
use crate::server::Server;

/// Leads a browser to an address.
fn visit(browser: &Browser, address: &str) {
    browser.read(&format!("void (location.href = {})", json!(address)));
}

/// Joins as somebody, on a phone that nobody has used yet.
fn join(phone: &Browser, address: &str, name: &str) {
    visit(phone, address);
    phone.until("document.querySelector('#name') && !document.querySelector('#enter').hidden");
    phone.read(&format!("void (document.querySelector('#name').value = {})", json!(name)));
    phone.click("#enter button", "Start");
    phone.until("document.querySelector('#told').textContent.startsWith('Click into')");
}

fn learned(phone: &Browser, queries: usize) {
    phone.until(&format!(
        "document.querySelector('#queries').textContent === '{queries}' && \
         !document.querySelector('#class').hasAttribute('data-busy') && !document.querySelector('#submit').disabled"
    ));
}

#[test]
fn ten_phones_join_the_board_fills_and_one_is_closed() {
    let (Some(board), Some(phone)) = (Browser::start(), Browser::start()) else { return };
    let server = Server::start("moons --join --accounts 0");
    let address = format!("http://{}/", server.address());
    visit(&board, &format!("{address}board#{}", server.admin()));
    board.until("document.querySelector('#state')?.textContent.startsWith('0 accounts')");
    let window = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    phone.devtools("Emulation.setDeviceMetricsOverride", &window);
    for pupil in 1..=10 {
        join(&phone, &address, &format!("pupil {pupil}"));
        if pupil == 1 {
            // By hand: a click is a query.
            phone.read(
                "(() => { const canvas = document.querySelector('#asked'), box = canvas.getBoundingClientRect();
                   canvas.dispatchEvent(new MouseEvent('click', { bubbles: true,
                     clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 })); })()",
            );
            learned(&phone, 1);
        }
        phone.click(".buttons button", "Ask 20");
        learned(&phone, if pupil == 1 { 21 } else { 20 });
        phone.click(".buttons button", "Submit the exam");
        phone.until("document.querySelector('#agreement').textContent.endsWith('%')");
        // The phone's student learned something: halves are halves by chance.
        let agreement: f64 = phone.text("#agreement").trim_end_matches(" %").parse().expect("a percentage");
        assert!(agreement > 75.0, "{agreement}");
        if pupil < 10 {
            phone.read("localStorage.clear()");
        }
    }
    board.until("document.querySelectorAll('#accounts li').length === 10");
    board.until("document.querySelectorAll('#leaders li').length === 10");
    assert!(board.text("#state").starts_with("10 accounts, 201 queries."), "{}", board.text("#state"));
    assert!(board.text("#accounts li").starts_with("pupil 1\n21 of 10,000"), "{}", board.text("#accounts li"));

    board.read("document.querySelector('[aria-label=\"Close the account of pupil 10\"]').click()");
    board.until("document.querySelector('.why')?.textContent.includes('closed by the owner')");
    phone.click(".buttons button", "Ask 1 point");
    phone.until("document.querySelector('#told').textContent.startsWith('Refused: this account is closed')");
    phone.click(".buttons button", "Submit the exam");
    phone.until("document.querySelector('#submissions').textContent.startsWith('8 of 10')");
    assert_eq!(phone.read("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0);

    // A screen that comes later sees the same.
    board.reload();
    board.until("document.querySelectorAll('#leaders li').length === 10 && document.querySelector('.why')");
    assert_eq!(board.complaints(), [""; 0]);
    let refused = phone.complaints();
    assert!(refused.len() == 1 && refused[0].contains("403"), "{refused:?}");
}
