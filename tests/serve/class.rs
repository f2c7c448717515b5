//! A class: its lecturer opens the board, ten phones join, ask and submit, one is closed, the leaderboard stands.
//!
//! Where there is no browser, the test says so and passes.

use serde_json::json;

use crate::driver::Browser;
use crate::server::Server;

const PHONES: usize = 10;

/// Leads a browser to an address.
fn visit(browser: &Browser, address: &str) {
    browser.read(&format!("void (location.href = {})", json!(address)));
}

/// A phone: a window of its size. A name of its own for the server keeps what it stores apart from the others.
fn phone(browser: &Browser, pupil: usize, port: &str) -> String {
    let window = browser.open_window();
    browser.enter_window(&window);
    let size = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", &size);
    visit(browser, &format!("http://pupil-{pupil}.localhost:{port}/"));
    browser.until("document.querySelector('#name') && !document.querySelector('#enter').hidden");
    browser.read(&format!("void (document.querySelector('#name').value = {})", json!(format!("pupil {pupil}"))));
    browser.click("#enter button", "Start");
    browser.until("document.querySelector('#told').textContent.startsWith('Click into')");
    window
}

fn learned(phone: &Browser, queries: usize) {
    phone.until(&format!(
        "document.querySelector('#lab-queries').textContent === '{queries}' && \
         !document.querySelector('#lab').hasAttribute('data-busy') && !document.querySelector('#submit').disabled"
    ));
}

#[test]
fn ten_phones_join_the_board_fills_and_one_is_closed() {
    let (Some(board), Some(phones)) = (Browser::start(), Browser::start()) else { return };
    let server = Server::start("moons --join --accounts 0");
    let address = server.address();
    let port = address.rsplit(':').next().expect("a port");
    visit(&board, &format!("http://{address}/board#{}", server.admin()));
    board.until("document.querySelector('#state')?.textContent.startsWith('0 accounts')");

    // All ten are there at once, and each step is taken by all before the next.
    let windows: Vec<String> = (1..=PHONES).map(|pupil| phone(&phones, pupil, port)).collect();
    let each = |step: &dyn Fn(usize)| {
        for (at, window) in windows.iter().enumerate() {
            phones.enter_window(window);
            step(at + 1);
        }
    };
    board.until("document.querySelector('#state').textContent.startsWith('10 accounts, 0 queries')");
    // By hand: a click is a query.
    phones.enter_window(&windows[0]);
    phones.read(
        "(() => { const canvas = document.querySelector('#lab-teacher'), box = canvas.getBoundingClientRect();
           canvas.dispatchEvent(new MouseEvent('click', { bubbles: true,
             clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 })); })()",
    );
    learned(&phones, 1);
    each(&|_| phones.click(".buttons button", "Ask 20"));
    each(&|pupil| learned(&phones, if pupil == 1 { 21 } else { 20 }));
    each(&|_| phones.click(".buttons button", "Submit the exam"));
    each(&|_| {
        phones.until("document.querySelector('#lab-agreement').textContent.endsWith('%')");
        // The phone's student learned something: halves are halves by chance.
        let agreement: f64 = phones.text("#lab-agreement").trim_end_matches(" %").parse().expect("a percentage");
        assert!(agreement > 75.0, "{agreement}");
    });

    board.until("document.querySelectorAll('#accounts li').length === 10");
    board.until("document.querySelectorAll('#leaders li').length === 10");
    assert!(board.text("#state").starts_with("10 accounts, 201 queries."), "{}", board.text("#state"));
    assert!(board.text("#accounts li").starts_with("pupil 1\n21 of 10,000"), "{}", board.text("#accounts li"));
    let places = "[...document.querySelectorAll('#leaders b')].map((it) => parseFloat(it.textContent))";
    let places: Vec<f64> = serde_json::from_value(board.read(places)).expect("percentages");
    assert!(places.is_sorted_by(|better, worse| better >= worse), "{places:?}");

    board.read("document.querySelector('[aria-label=\"Close the account of pupil 10\"]').click()");
    board.until("document.querySelector('.why')?.textContent.includes('by the owner')");
    each(&|_| phones.click(".buttons button", "Ask 1"));
    each(&|pupil| match pupil {
        10 => phones.until("document.querySelector('#told').textContent.startsWith('Refused: this account is closed')"),
        pupil => learned(&phones, if pupil == 1 { 22 } else { 21 }),
    });
    phones.click(".buttons button", "Submit the exam");
    phones.until("document.querySelector('#submissions').textContent.startsWith('8 of 10')");
    each(&|_| {
        assert_eq!(phones.read("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0);
    });

    // A screen that comes later sees the same, and so does a phone.
    phones.reload();
    phones.until("document.querySelector('#lab-agreement')?.textContent.endsWith('%')");
    board.reload();
    board.until("document.querySelectorAll('#leaders li').length === 10 && document.querySelector('.why')");
    assert_eq!(board.complaints(), [""; 0]);
    let refused = phones.complaints();
    assert!(refused.len() == 1 && refused[0].contains("403"), "{refused:?}");
}
