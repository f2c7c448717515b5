//! Opening accounts, looking into one, and what the owner of the teacher does with them.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::customer::Entry;
use super::error::Problem;
use super::exam::SUBMISSIONS;
use super::http::{body, is_from_elsewhere, json_text, read};

/// The longest name of a customer.
const LONGEST: usize = 40;
/// Why an account is closed that no detector closed.
const BY_HAND: &str = "by the owner of the teacher";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    name: String,
}

/// `POST /v1/accounts`: opens an account for whoever asks, or for the owner.
pub(super) async fn open(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    if !shared.join && !shared.accounts.is_admin(request.headers()) {
        let message = "accounts are opened by the owner of the teacher: ask for a key";
        return Err(Problem::forbidden("joining_is_off", message));
    }
    if is_from_elsewhere(request.headers()) {
        return Err(Problem::forbidden("cross_site", "a page of another site cannot open an account here"));
    }
    let Application { name } = read(&body(request).await?)?;
    let name = name.trim().to_owned();
    if !(1..=LONGEST).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(Problem::bad("name", format!("a name has 1 to {LONGEST} letters or signs")));
    }
    let (entry, key) = shared.accounts.open(vec![name]).await?.remove(0);
    Ok(json_text(json!({ "key": key, "account": entry.id, "name": entry.name }).to_string()))
}

/// `GET /v1/account`: what the account of a key has used and has left.
pub(super) async fn account(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    let entry = shared.accounts.who(request.headers())?;
    shared.accounts.settle(&entry)?;
    Ok(json_text(told(&shared, &entry).to_string()))
}

/// An account as its customer and the teacher's screen see it.
pub(super) fn told(shared: &Shared, entry: &Entry) -> Value {
    let state = entry.state();
    let models = shared.accounts.models.iter().enumerate();
    let asked: serde_json::Map<String, Value> =
        models.map(|(at, model)| (model.name().to_owned(), json!(state.seat(at).asked()))).collect();
    let open = state.closed.is_none();
    json!({
        "account": entry.id,
        "name": entry.name,
        "quota": state.meter.quota(),
        "used": state.meter.used(),
        "left": if open { state.meter.left() } else { 0 },
        "closed": !open,
        "why": state.closed,
        "models": asked,
        "rate_limit": shared.rate_limit,
        "submissions_left": SUBMISSIONS - state.exams.len() - state.exams_in_flight,
    })
}

/// `POST /v1/accounts/N/close`: the owner closes an account.
pub(super) async fn close(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    changed(&shared, &id, &headers, Some(BY_HAND)).await
}

/// `POST /v1/accounts/N/reopen`: the owner opens it again, and no detector closes it any more.
pub(super) async fn reopen(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    changed(&shared, &id, &headers, None).await
}

async fn changed(
    shared: &Shared,
    id: &str,
    headers: &HeaderMap,
    why: Option<&'static str>,
) -> Result<Response, Problem> {
    let entry = shared.entry_for_the_owner(id, headers)?;
    shared.accounts.close(&entry, why).await?;
    Ok(json_text(told(shared, &entry).to_string()))
}
