//! The pages that this server shows: the class page, where a phone takes part, and the board, the teacher's screen.
//!
//! Files of their own, since the content security policy lets a page run nothing that stands in it.

use axum::extract::{Path, Request};
use axum::response::Response;

use super::error::Problem;
use super::http::typed;
use crate::browser::{CALL, MODULE};

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// `GET /`: the class page.
pub(super) async fn class() -> Response {
    typed(HTML, include_str!("page/class.html"))
}

/// `GET /board`: the teacher's screen. It shows nothing without the admin key, which it asks for.
pub(super) async fn board() -> Response {
    typed(HTML, include_str!("page/board.html"))
}

/// What the pages load.
pub(super) async fn file(Path(name): Path<String>, request: Request) -> Result<Response, Problem> {
    let (kind, text) = match name.as_str() {
        "lab.wasm" => return Ok(typed("application/wasm", MODULE)),
        "look.css" => ("text/css; charset=utf-8", include_str!("page/look.css")),
        "board.js" => (SCRIPT, include_str!("page/board.js")),
        "class.js" => (SCRIPT, include_str!("page/class.js")),
        "student.js" => (SCRIPT, include_str!("page/student.js")),
        "call.js" => (SCRIPT, CALL),
        _ => return Err(Problem::no_route(request.uri().path())),
    };
    Ok(typed(kind, text))
}
