//! What happens, as it happens, for the teacher's screen: server-sent events.
//!
//! | event | data |
//! |---|---|
//! | `board` | first, once: models with their classes, bounds and maps, and all accounts |
//! | `query` | account, model, points or prompts with the teacher's answers, how much is used |
//! | `account` | a new account |
//! | `closed` | an account that was closed, and why; opened again where there is no reason |
//! | `exam` | a submitted exam |
//! | `missed` | how many events a slow screen did not get: it loads the board again |

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{StreamExt, iter};

use super::Shared;
use super::customer::{Entry, Seat};
use super::enrol::told;
use super::error::Problem;
use super::http::json_text;
use super::models::Model;
use super::store::{KeptExam, KeptQuery};

/// Events that a screen may lie behind.
const BEHIND: usize = 1_024;
/// Queries of a batch that are shown, and those before it that a new screen gets.
const SHOWN: usize = 200;
const PAST: usize = 4_000;

/// An event on its way to all screens.
#[derive(Clone)]
struct Happened {
    name: &'static str,
    data: Arc<str>,
}

/// Tells all screens.
#[derive(Clone)]
pub(super) struct Events(broadcast::Sender<Happened>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Events {
    /// Queries that were answered.
    pub(super) fn answered(&self, account: i64, model: &str, queries: &[KeptQuery], used: usize) {
        self.tell("query", || {
            let shown = &queries[queries.len().saturating_sub(SHOWN)..];
            json!({ "account": account, "model": model, "count": queries.len(), "used": used, "queries": shown })
        });
    }

    /// An account that was opened.
    pub(super) fn opened(&self, account: i64, name: &str, quota: usize) {
        self.tell("account", || json!({ "account": account, "name": name, "quota": quota, "used": 0 }));
    }

    /// An account that was closed, or opened again.
    pub(super) fn closed(&self, account: i64, why: Option<&str>) {
        self.tell("closed", || json!({ "account": account, "closed": why.is_some(), "why": why }));
    }

    /// An exam that was submitted.
    pub(super) fn submitted(&self, account: i64, exam: &KeptExam) {
        self.tell(
            "exam",
            || json!({ "account": account, "model": exam.model, "agreement": exam.agreement, "queries": exam.queries }),
        );
    }

    fn tell(&self, name: &'static str, data: impl FnOnce() -> Value) {
        // Where nobody looks, nothing is written.
        if self.0.receiver_count() > 0 {
            let _ = self.0.send(Happened { name, data: data().to_string().into() });
        }
    }
}

/// `GET /v1/events`: everything from now on, after the board as it stands.
pub(super) async fn events(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    shared.admits_the_owner(request.headers())?;
    // Listening begins before the board is drawn up: what happens meanwhile is in both rather than in neither.
    let later = BroadcastStream::new(shared.accounts.events.0.subscribe());
    let first = std::iter::once(("board", board(&shared).to_string())).chain(past(&shared)?);
    let first = first.map(|(name, data)| Event::default().event(name).data(data));
    let later = later.map(|happened| match happened {
        Ok(Happened { name, data }) => Event::default().event(name).data(&*data),
        Err(BroadcastStreamRecvError::Lagged(count)) => Event::default().event("missed").data(count.to_string()),
    });
    let all = iter(first.collect::<Vec<_>>()).chain(later);
    // A server that stops does not wait for screens.
    let stops = WatchStream::new(shared.stopped.clone());
    let stops = stops.map(|stopped| (!stopped).then(|| Event::default().comment("on the air")));
    let until_stopped = all.map(Some).merge(stops).map_while(|event| event.map(Ok::<_, Infallible>));
    Ok(Sse::new(until_stopped).keep_alive(KeepAlive::default()).into_response())
}

/// Models and accounts as they stand.
fn board(shared: &Shared) -> Value {
    let model = |model: &Model| match model {
        Model::Points(model) => {
            let (data, map) = (model.data(), model.map.iter().map(|class| format!("{class:x}")).collect::<String>());
            json!({
                "name": model.name,
                "classes": data.classes(),
                "bounds": [data.bounds().0, data.bounds().1],
                "side": data.image_side(),
                "map": map,
                "detectors": model.detectors.is_some(),
            })
        }
        Model::Talks(model) => json!({ "name": model.name, "talks": true }),
    };
    let account = |entry: &Arc<Entry>| {
        let mut told = told(shared, entry);
        let state = entry.state();
        let exam =
            |exam: &KeptExam| json!({ "model": exam.model, "agreement": exam.agreement, "queries": exam.queries });
        told["exams"] = state.exams.iter().map(exam).collect();
        told
    };
    json!({
        "models": shared.accounts.models.iter().map(model).collect::<Vec<_>>(),
        "accounts": shared.accounts.all().iter().map(account).collect::<Vec<_>>(),
        "join": shared.join,
    })
}

/// The last queries, as if they came now.
fn past(shared: &Shared) -> Result<Vec<(&'static str, String)>, Problem> {
    let last = shared.accounts.store.last(PAST).map_err(|error| Problem::store(&error.to_string()))?;
    let runs = last.chunk_by(|one, next| (one.0, &one.1) == (next.0, &next.1));
    let told = |run: &[(i64, String, KeptQuery)]| {
        let (account, model, _) = &run[0];
        let used = shared.accounts.entry(*account).map_or(0, |entry| entry.state().meter.used());
        let queries: Vec<&KeptQuery> = run.iter().map(|(.., query)| query).collect();
        json!({ "account": account, "model": model, "count": 0, "used": used, "queries": queries }).to_string()
    };
    Ok(runs.map(|run| ("query", told(run))).collect())
}

/// `GET /v1/accounts/N/standing`: what the detectors make of an account, by model.
pub(super) async fn standing(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let entry = shared.entry_for_the_owner(&id, request.headers())?;
    let state = entry.state();
    let mut all = serde_json::Map::new();
    for (at, model) in shared.accounts.models.iter().enumerate() {
        if let (Model::Points(model), Seat::Points(account)) = (model, state.seat(at))
            && let Some(detectors) = &model.detectors
        {
            all.insert(model.name.clone(), json!(detectors.standing(account.log())));
        }
    }
    Ok(json_text(Value::Object(all).to_string()))
}
