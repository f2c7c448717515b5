//! A real browser without a window, driven through chromedriver: WebDriver is JSON over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Set where a browser is expected: its absence is an error then.
const REQUIRED: &str = "DISTILL_BROWSER_REQUIRED";
/// The longest that anything on the page may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A key that has no letter.
pub(crate) enum Key {
    Tab,
    Enter,
    Space,
    Left,
    Right,
}

/// A browser with one page; it ends with this value.
pub(crate) struct Browser {
    driver: Child,
    /// Held open: a driver that cannot speak ends.
    _said: BufReader<ChildStdout>,
    port: u16,
    session: String,
    /// Its own profile, and the page it shows.
    folder: TempDir,
}

impl Browser {
    /// Starts one, or says why there is none.
    pub(crate) fn start() -> Option<Self> {
        match Self::try_start() {
            Ok(browser) => Some(browser),
            Err(why) => {
                assert!(std::env::var_os(REQUIRED).is_none(), "{REQUIRED} is set, but there is no browser: {why}");
                // Not by a macro, whose words the test runner keeps to itself.
                let said = "skipped: no browser to drive";
                let _ = writeln!(std::io::stderr(), "{said} ({why}); Debian has one as chromium and chromium-driver");
                None
            }
        }
    }

    fn try_start() -> Result<Self, String> {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver: {error}"))?;
        let mut said = BufReader::new(driver.stdout.take().expect("a pipe"));
        let lines = said.by_ref().lines().map_while(Result::ok);
        let port = |line: String| line.split("successfully on port ").nth(1)?.split('.').next()?.parse().ok();
        let port = lines.filter_map(port).next().ok_or("chromedriver did not say where it listens")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut browser = Self { driver, _said: said, port, session: String::new(), folder };
        let profile = format!("--user-data-dir={}", browser.folder.path().join("profile").display());
        let flags = [
            "--headless",
            // There is no sandbox for root, and tests in a container often are.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            &profile,
        ];
        let wanted = json!({ "goog:chromeOptions": { "args": flags }, "goog:loggingPrefs": { "browser": "ALL" } });
        let opened = browser.send("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }))?;
        browser.session = opened["sessionId"].as_str().ok_or("no session")?.to_owned();
        Ok(browser)
    }

    /// One request to the driver and the value of its answer.
    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(6 * PATIENCE)).map_err(|error| error.to_string())?;
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).map_err(|error| error.to_string())?;
        // The driver keeps the connection open, so the end of its answer is where it says.
        let mut answer = BufReader::new(stream);
        let heads = answer.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
        let length = |line: String| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok();
        let length = heads.filter_map(length).last().ok_or("an answer without a length")?;
        let mut body = vec![0; length];
        answer.read_exact(&mut body).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"])),
            None => Ok(value),
        }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        self.send("POST", &path, body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A command of the browser's own protocol.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Shows a page from a file, with a state behind the # or none.
    pub(crate) fn show(&self, page: &str, state: &str) {
        let file = self.folder.path().join("index.html");
        std::fs::write(&file, page).expect("a file can be written");
        self.post("/url", &json!({ "url": "about:blank" }));
        self.post("/url", &json!({ "url": format!("file://{}{state}", file.display()) }));
    }

    /// Shows the page again as somebody would whom the reader sent the address.
    pub(crate) fn reload(&self) {
        self.post("/refresh", &json!({}));
    }

    /// Opens another window.
    #[allow(dead_code, reason = "the page has one window, a class has ten")]
    pub(crate) fn open_window(&self) -> String {
        let opened = self.post("/window/new", &json!({ "type": "window" }));
        opened["handle"].as_str().expect("a handle").to_owned()
    }

    /// All that follows happens in this window.
    #[allow(dead_code, reason = "the page has one window, a class has ten")]
    pub(crate) fn enter_window(&self, handle: &str) {
        self.post("/window", &json!({ "handle": handle }));
    }

    /// What an expression is on the page. It works where the page's own scripts are off.
    pub(crate) fn read(&self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true });
        let mut answer = self.devtools("Runtime.evaluate", &asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// The text that a reader sees of an element, with ordinary spaces.
    pub(crate) fn text(&self, selector: &str) -> String {
        let text = self.read(&format!("document.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Waits until an expression holds.
    pub(crate) fn until(&self, expression: &str) {
        let begun = Instant::now();
        while self.read(&format!("Boolean({expression})")) != true {
            assert!(begun.elapsed() < PATIENCE, "never: {expression}");
            sleep(Duration::from_millis(30));
        }
    }

    /// Clicks on the first element that matches and whose text begins like this.
    pub(crate) fn click(&self, selector: &str, text: &str) {
        let found = format!(
            "[...document.querySelectorAll({})].find((e) => e.innerText.startsWith({}) && e.checkVisibility())",
            json!(selector),
            json!(text)
        );
        self.until(&found);
        self.read(&format!("{found}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
        let at = self.read(&format!(
            "(({{ left, top, width, height }}) => [left + width / 2, top + height / 2])\
                                     ({found}.getBoundingClientRect())"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
            self.devtools("Input.dispatchMouseEvent", &event);
        }
    }

    /// Drags from one place of the window to another.
    pub(crate) fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        for (kind, (x, y)) in [("mousePressed", from), ("mouseMoved", to), ("mouseReleased", to)] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            self.devtools("Input.dispatchMouseEvent", &event);
        }
    }

    /// Presses a key some times.
    pub(crate) fn press(&self, key: &Key, times: usize) {
        let (name, code, text) = match key {
            Key::Tab => ("Tab", 9, ""),
            Key::Enter => ("Enter", 13, "\r"),
            Key::Space => (" ", 32, " "),
            Key::Left => ("ArrowLeft", 37, ""),
            Key::Right => ("ArrowRight", 39, ""),
        };
        for _ in 0..times {
            for kind in ["keyDown", "keyUp"] {
                let event = json!({ "type": kind, "key": name, "windowsVirtualKeyCode": code, "text": text });
                self.devtools("Input.dispatchKeyEvent", &event);
            }
        }
    }

    /// What the browser complained about since the last time.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let said = self.post("/se/log", &json!({ "type": "browser" }));
        let said = said.as_array().into_iter().flatten();
        said.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closing the session ends the browser; the driver is ended by hand. Neither may fail a test.
        let _ = self.send("DELETE", &format!("/session/{}", self.session), &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
