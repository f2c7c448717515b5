//! A server of its own, and a client that says exactly what it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// What every server of a test is told.
const SERVE: &str = "serve --json --addr 127.0.0.1:0";

/// A server that runs; it is killed with this value.
pub(crate) struct Server {
    child: Child,
    /// What it said in the first line.
    pub(crate) opened: Value,
    folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The code of an error outside the Open Inference Protocol.
    pub(crate) fn code(&self) -> (u16, String) {
        (self.status, self.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// The program with these words, in a folder.
pub(crate) fn distill(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_distill"));
    command.args(words.split_whitespace()).current_dir(folder).stdin(Stdio::null()).env("NO_COLOR", "1");
    command
}

impl Server {
    /// Starts one in a folder of its own.
    pub(crate) fn start(words: &str) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"), words)
    }

    /// Starts one whose files may not grow beyond so many blocks of 512 bytes: to SQLite a disk that is full.
    #[cfg(unix)]
    pub(crate) fn start_within(blocks: usize, words: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let program = distill(folder.path(), &format!("{SERVE} {words}"));
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("ulimit -f {blocks}; exec \"$@\"")).arg("sh").arg(program.get_program());
        shell.args(program.get_args()).current_dir(folder.path()).stdin(Stdio::null());
        Self::read(folder, shell, words)
    }

    fn start_in(folder: TempDir, words: &str) -> Self {
        let command = distill(folder.path(), &format!("{SERVE} {words}"));
        Self::read(folder, command, words)
    }

    fn read(folder: TempDir, mut command: Command, words: &str) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let opened = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{words}: {error}: {line:?}"));
        Self { child, opened, folder }
    }

    /// Kills it at once, and starts another on what it left.
    pub(crate) fn kill_and_start_again(mut self, words: &str) -> Self {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().expect("a folder"));
        Self::start_in(folder, words)
    }

    /// Its number, for signals.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it ends with.
    pub(crate) fn ends(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }

    /// A file of its folder.
    pub(crate) fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A key that it made at the start.
    pub(crate) fn key(&self, number: usize) -> String {
        self.opened["keys"][number].as_str().expect("a key").to_owned()
    }

    /// The owner's key.
    pub(crate) fn admin(&self) -> String {
        self.opened["admin_key"].as_str().expect("a key").to_owned()
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.opened["url"].as_str().expect("an address").trim_start_matches("http://").to_owned()
    }

    /// One request with a key, or none, and a body.
    pub(crate) fn send(&self, method: &str, path: &str, key: Option<&str>, body: &[u8]) -> Answer {
        let key = key.map_or(String::new(), |key| format!("Authorization: Bearer {key}\r\n"));
        send(&self.address(), method, path, &key, body).expect("an answer")
    }

    /// Asks for something.
    pub(crate) fn get(&self, path: &str, key: &str) -> Answer {
        self.send("GET", path, Some(key), b"")
    }

    /// Sends JSON.
    pub(crate) fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(key), body.to_string().as_bytes())
    }

    /// Asks about points of the plane.
    pub(crate) fn infer(&self, model: &str, key: &str, points: &[[f32; 2]]) -> Answer {
        self.post(&format!("/v2/models/{model}/infer"), key, &question(points))
    }

    /// Has its account asked a question.
    pub(crate) fn chat(&self, key: &str, question: &str, more: &Value) -> Answer {
        let mut body = json!({ "model": "aurora", "messages": [{ "role": "user", "content": question }] });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        self.post("/v1/chat/completions", key, &body)
    }

    /// How many queries an account has used.
    pub(crate) fn used(&self, key: &str) -> u64 {
        self.get("/v1/account", key).json()["used"].as_u64().expect("a number")
    }
}

/// A request about points of the plane.
pub(crate) fn question(points: &[[f32; 2]]) -> Value {
    let data: Vec<f32> = points.concat();
    json!({ "inputs": [{ "name": "points", "datatype": "FP32", "shape": [points.len(), 2], "data": data }] })
}

/// One request with these headers, on a connection of its own.
pub(crate) fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> Result<Answer, std::io::Error> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}");
    stream.write_all(format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes())?;
    stream.write_all(body)?;
    read(stream)
}

/// Reads an answer to its end.
pub(crate) fn read(stream: TcpStream) -> Result<Answer, std::io::Error> {
    let mut whole = Vec::new();
    BufReader::new(stream).read_to_end(&mut whole)?;
    let gone = || std::io::Error::other("the answer broke off");
    let end = whole.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(gone)?;
    let head = String::from_utf8_lossy(&whole[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(gone)?;
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let mut body = whole[end + 4..].to_vec();
    if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
        body = joined(&body).ok_or_else(gone)?;
    } else if let Some((_, length)) = headers.iter().find(|(name, _)| name == "content-length")
        && length.parse() != Ok(body.len())
    {
        return Err(gone());
    }
    Ok(Answer { status, headers, body })
}

/// A body that came in chunks.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunks.get(end + 2..end + 2 + length)?);
        chunks = chunks.get(end + 4 + length..)?;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended, where a test ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the program says where it does not serve.
pub(crate) fn refusal(folder: &Path, words: &str) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = distill(folder, words).output().expect("the program starts");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}
