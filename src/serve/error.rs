//! What went wrong, told in the words of the protocol that was spoken: two shapes, one type.

use std::borrow::Cow;
use std::fmt;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::http::json_text;
use crate::oracle::Refusal;

/// A request that is not answered, and why.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    status: StatusCode,
    /// The `type` of OpenAI's errors.
    kind: &'static str,
    code: Option<&'static str>,
    /// Which part of the request it is about.
    param: Option<Cow<'static, str>>,
    message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, kind, code: None, param: None, message: message.into(), headers: Vec::new() }
    }

    fn code(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    fn param(self, param: impl Into<Cow<'static, str>>) -> Self {
        Self { param: Some(param.into()), ..self }
    }

    /// The same with headers.
    pub(super) fn with(mut self, headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// A request that cannot be read, or asks for what is not there.
    pub(super) fn bad(param: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", message).code("invalid_value").param(param)
    }

    /// A part of the protocol that this server does not have.
    pub(super) fn unsupported(param: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::bad(param, message).code("unsupported_parameter")
    }

    /// More text than the teacher reads.
    pub(super) fn too_long(param: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::bad(param, message).code("context_length_exceeded")
    }

    /// A request that reads well and makes no sense: a point of the wrong width, a number that is none.
    pub(super) fn unprocessable(param: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "invalid_request_error", message).code("invalid_value").param(param)
    }

    /// No key, or one that nobody has.
    pub(super) fn unknown_key() -> Self {
        let message = "this key is unknown: send one as Authorization: Bearer KEY";
        let ask = (header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        Self::new(StatusCode::UNAUTHORIZED, "authentication_error", message).code("invalid_api_key").with([ask])
    }

    /// A key that may not do this.
    pub(super) fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "permission_error", message).code(code)
    }

    /// A closed account.
    pub(super) fn closed(why: &str) -> Self {
        Self::forbidden("account_closed", format!("this account is closed: {why}"))
    }

    /// A model that is not served, or not by this route.
    pub(super) fn no_model(message: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::NOT_FOUND, "invalid_request_error", message);
        problem.code("model_not_found").param("model")
    }

    /// An account that is not there.
    pub(super) fn no_account(id: &str) -> Self {
        let message = format!("there is no account {id}");
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", message).code("not_found").param("id")
    }

    /// A route that is not there.
    pub(super) fn no_route(path: &str) -> Self {
        let message = if path.contains("/versions/") {
            "models have no versions here: leave /versions/… out of the address".to_owned()
        } else {
            format!("there is no {path} here: /openapi.json describes what there is")
        };
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", message).code("not_found")
    }

    /// A route that is there for another method.
    pub(super) fn no_method(method: &str, path: &str) -> Self {
        let message = format!("{path} has no {method}: /openapi.json describes what it has");
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, "invalid_request_error", message).code("method_not_allowed")
    }

    /// A body over the limit.
    pub(super) fn too_large(limit: usize) -> Self {
        let message = format!("the body is larger than {limit} bytes: ask in smaller batches");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request_error", message).code("body_too_large")
    }

    /// A body that does not come.
    pub(super) fn too_slow() -> Self {
        let message = "the body did not arrive in time: send it again";
        Self::new(StatusCode::REQUEST_TIMEOUT, "invalid_request_error", message).code("timeout")
    }

    /// A body in an encoding that this server does not read.
    pub(super) fn encoded(encoding: &str) -> Self {
        let message = format!("Content-Encoding {encoding:?} is not supported: send the body as it is");
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new(status, "invalid_request_error", message).code("unsupported_encoding")
    }

    /// More than the account may ask in all, or submit.
    pub(super) fn over_quota(message: impl Into<String>) -> Self {
        // Clients that follow this header do not try again: waiting does not help.
        let never = (HeaderName::from_static("x-should-retry"), HeaderValue::from_static("false"));
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(status, "insufficient_quota", message).code("insufficient_quota").with([never])
    }

    /// More than the account may ask in a minute.
    pub(super) fn too_fast(message: impl Into<String>, seconds: u64) -> Self {
        let wait = (header::RETRY_AFTER, HeaderValue::from(seconds));
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(status, "rate_limit_error", message).code("rate_limit_exceeded").with([wait])
    }

    /// A query that could not be counted, and is therefore not answered.
    pub(super) fn store(why: &str) -> Self {
        let message = format!("the store did not take this, so it is neither counted nor answered: {why}");
        let wait = (header::RETRY_AFTER, HeaderValue::from_static("1"));
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "server_error", message).code("store_unavailable").with([wait])
    }

    /// Its status code.
    #[cfg(test)]
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// Which part of the request it is about.
    #[cfg(test)]
    pub(super) fn about(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// Tells it in the shape of the protocol of this path.
    fn told(self, path: &str) -> Response {
        let text = if path == "/v2" || path.starts_with("/v2/") {
            let message = self.message;
            // The protocol has one field for all there is to say.
            let said = self.code.map_or(message.clone(), |code| format!("{code}: {message}"));
            json!({ "error": said })
        } else {
            let (message, kind, param, code) = (self.message, self.kind, self.param, self.code);
            json!({ "error": { "message": message, "type": kind, "param": param, "code": code } })
        };
        let mut response = json_text(text.to_string());
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        response
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        match refusal {
            Refusal::OverQuota { .. } => Self::over_quota(message),
            Refusal::WrongDimension { .. } => Self::unprocessable("points", message),
            Refusal::UnknownToken { .. } => Self::bad("messages", message),
            Refusal::Blocked { .. } => Self::forbidden("account_closed", message),
            // No teacher of this server stands elsewhere.
            Refusal::Elsewhere => Self::new(StatusCode::BAD_GATEWAY, "server_error", message),
        }
    }
}

/// Without a text as yet: which shape it gets depends on the path, which [`tell`] knows.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every problem its shape.
pub(super) async fn tell(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let unread = || Problem::bad("path", "the address cannot be read");
    // A path that is no text is refused before it reaches anything of this server.
    let problem = response.extensions_mut().remove::<Problem>();
    match problem.or_else(|| (response.status() == StatusCode::BAD_REQUEST).then(unread)) {
        Some(problem) => {
            let allowed = response.headers_mut().remove(header::ALLOW);
            let mut told = problem.told(&path);
            told.headers_mut().extend(allowed.map(|methods| (header::ALLOW, methods)));
            told
        }
        None => response,
    }
}
