//! Requests to one model, and what their answers say about waiting.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Response, header};

use super::address::{Address, Key};
use crate::words::printable;

/// The longest that a connection, and an answer, may take.
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(120);
/// No batch has a longer answer than this.
const MOST_BYTES: u64 = 256 << 20;
/// Of what a server says of an error, so many letters at its beginning and end are shown: a traceback ends with the
/// error.
const SAID: [usize; 2] = [120, 180];

/// A model's routes.
pub(super) struct Http {
    agent: Agent,
    address: Address,
    key: Option<Key>,
}

/// What came back.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// How long to wait before asking again.
    pub(super) wait: Option<Duration>,
    /// How many more queries are answered at once.
    pub(super) room: Option<usize>,
    /// The server says itself that asking again is in vain.
    final_answer: bool,
}

/// What a reply means, whatever was asked.
pub(super) enum Meaning {
    /// It is an answer.
    Answer,
    /// The request was too long.
    TooLong,
    /// It may be answered another time.
    Later,
    /// It will not be answered any more.
    Over,
    /// The request itself is refused.
    NotSo,
}

impl Http {
    pub(super) fn new(address: Address, key: Option<Key>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A key is not carried to another host.
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .user_agent(concat!("distill-lab/", env!("CARGO_PKG_VERSION")));
        let config = if address.is_local() { config.proxy(None) } else { config };
        Self { agent: config.build().into(), address, key }
    }

    /// What the model says of itself.
    pub(super) fn metadata(&self) -> Result<Reply, String> {
        let mut request = self.agent.get(self.address.to_string());
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, key.bearer());
        }
        self.reply(request.call())
    }

    /// Asks about some points.
    pub(super) fn infer(&self, body: &str) -> Result<Reply, String> {
        let mut request =
            self.agent.post(format!("{}/infer", self.address)).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, key.bearer());
        }
        self.reply(request.send(body))
    }

    fn reply(&self, response: Result<Response<ureq::Body>, ureq::Error>) -> Result<Reply, String> {
        let failed = |error: ureq::Error| format!("{} cannot be reached: {}", self.address, error);
        let mut response = response.map_err(failed)?;
        let number = |name: &str| response.headers().get(name)?.to_str().ok()?.trim().parse::<usize>().ok();
        let wait = number(header::RETRY_AFTER.as_str()).map(|seconds| Duration::from_secs(seconds as u64));
        let room = number("x-ratelimit-remaining-requests");
        let final_answer = response.headers().get("x-should-retry").is_some_and(|it| it == "false");
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(failed)?;
        Ok(Reply { status, body, wait, room, final_answer })
    }

    /// What a server says of an error, in a line: its status and its own words, without the key that it may repeat.
    pub(super) fn said(&self, reply: &Reply) -> String {
        let text = String::from_utf8_lossy(&reply.body);
        let parsed: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let error = &parsed["error"];
        let own = error.as_str().or_else(|| error["message"].as_str()).or_else(|| parsed["detail"].as_str());
        let own = own.unwrap_or(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        let own: Vec<char> = self.key.as_ref().map_or(own.clone(), |key| key.without(&own)).chars().collect();
        let own: String = match own.len().checked_sub(SAID[0] + SAID[1]) {
            Some(more) if more > 0 => {
                [&own[..SAID[0]], &[' ', '…', ' '], &own[SAID[0] + more..]].concat().iter().collect()
            }
            _ => own.iter().collect(),
        };
        let status = format!("{} answers {}", self.address, reply.status);
        if own.is_empty() { status } else { format!("{status}: {}", printable(&own)) }
    }
}

impl Reply {
    /// What it means.
    pub(super) fn meaning(&self) -> Meaning {
        match self.status {
            200..=299 => Meaning::Answer,
            413 => Meaning::TooLong,
            // The protocol has one text for all there is to say; OpenAI's servers have a code of this name.
            429 if self.final_answer || self.says("insufficient_quota") => Meaning::Over,
            408 | 425 | 429 | 500 | 502..=599 => Meaning::Later,
            401..=404 | 410 => Meaning::Over,
            _ => Meaning::NotSo,
        }
    }

    fn says(&self, word: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(word)
    }
}
