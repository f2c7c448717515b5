//! The binary extension of the Open Inference Protocol: JSON first, and behind it numbers as bytes. Triton's clients
//! speak it where nobody tells them otherwise.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

use super::error::Problem;
use super::http::typed;

/// How many bytes of a body are JSON.
static HEADER_LENGTH: HeaderName = HeaderName::from_static("inference-header-content-length");

/// A body in its two parts.
pub(super) struct Framed<'a> {
    pub(super) text: &'a [u8],
    pub(super) raw: &'a [u8],
}

/// Takes a body apart.
///
/// # Errors
/// [`Problem`] where it is shorter than its header says.
pub(super) fn framed<'a>(headers: &HeaderMap, body: &'a [u8]) -> Result<Framed<'a>, Problem> {
    let Some(length) = headers.get(&HEADER_LENGTH) else { return Ok(Framed { text: body, raw: &[] }) };
    let length = length.to_str().ok().and_then(|text| text.parse().ok());
    let parts = length.and_then(|length| body.split_at_checked(length));
    let (text, raw) = parts
        .ok_or_else(|| Problem::bad(HEADER_LENGTH.as_str(), format!("{HEADER_LENGTH} is no length within the body")))?;
    Ok(Framed { text, raw })
}

/// Puts an answer together.
pub(super) fn response(text: String, raw: &[u8]) -> Response {
    let length = HeaderValue::from(text.len());
    let mut response = typed("application/octet-stream", [text.as_bytes(), raw].concat());
    response.headers_mut().insert(&HEADER_LENGTH, length);
    response
}
