//! The teacher behind an API that any program can query: `distill serve`.
//!
//! The teachers stay behind [`oracle`](crate::oracle), which answers, meters and watches; this module holds accounts,
//! speaks HTTP, and writes every query into a store before its answer leaves.
//!
//! ```text
//! a request ── http ── infer, chat ── accounts ── oracle
//!                                        │
//!                                      store ── SQLite; then events ── the teacher's screen
//! ```
//!
//! Reading order: `settings` (which teachers, under which terms), `models` (the teachers), `accounts` with `customer`
//! (what a query goes through), `store`; then `infer` with `tensor` and `chat` with `wish` and `reply` (the two
//! protocols), `exam`, `enrol`, `events`, `pages` (what a class needs), `error`, `limits`, `keys`, `http` (what every
//! server needs).
//!
//! What is measured and how to read the store: `docs/serve.md`.

mod accounts;
mod binary;
mod chat;
mod customer;
mod enrol;
mod error;
mod events;
mod exam;
mod guard;
mod http;
mod infer;
mod keys;
mod limits;
mod models;
mod pages;
mod reply;
mod settings;
mod store;
mod tensor;
mod wish;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Serialize;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::nn::Diverged;

use accounts::Accounts;
use customer::Entry;
use error::Problem;
use keys::Hash;
use models::Model;
use store::{Store, Writer};

pub use settings::{Settings, Wanted};
pub use store::StoreError;

/// Why a server does not start, or ends.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A teacher could not be trained.
    #[error(transparent)]
    Diverged(#[from] Diverged),
    /// There is no store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store holds what cannot be read.
    #[error("the store cannot be read: {0}")]
    Unreadable(String),
    /// The first accounts cannot be opened.
    #[error("cannot open the accounts: {0}")]
    Accounts(String),
    /// The network, or the system's random numbers.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// Trained teachers, not served yet.
pub struct Teachers(Vec<Model>);

impl Teachers {
    /// Trains all teachers; `done` is told after each.
    ///
    /// # Errors
    /// [`ServeError::Diverged`] where training runs away.
    pub fn train(settings: &Settings, done: impl Fn()) -> Result<Self, ServeError> {
        let mut models = Vec::new();
        for choice in &settings.models {
            models.push(Model::train(choice, settings)?);
            done();
        }
        Ok(Self(models))
    }
}

/// What all requests share.
struct Shared {
    accounts: Accounts,
    join: bool,
    rate_limit: Option<usize>,
    seed: u64,
    /// When the server began, in seconds since 1970.
    begun: u64,
    /// Completions so far.
    completions: AtomicU64,
    /// Set when no more requests are taken.
    stopped: watch::Receiver<bool>,
}

impl Shared {
    /// Refuses who does not have the key of the teacher's screen.
    fn admits_the_owner(&self, headers: &HeaderMap) -> Result<(), Problem> {
        if self.accounts.is_admin(headers) {
            return Ok(());
        }
        // A customer's key is known, and is no key to this.
        self.accounts.who(headers)?;
        Err(Problem::forbidden("owner_only", "this takes the admin key, which the server told its owner at the start"))
    }

    /// The account of this number, for who has the key of the teacher's screen.
    fn entry_for_the_owner(&self, id: &str, headers: &HeaderMap) -> Result<Arc<Entry>, Problem> {
        self.admits_the_owner(headers)?;
        id.parse().ok().and_then(|id| self.accounts.entry(id)).ok_or_else(|| Problem::no_account(id))
    }

    /// A number for the next completion.
    fn next_number(&self) -> String {
        format!("{:x}-{:x}", self.begun, self.completions.fetch_add(1, Relaxed))
    }
}

/// What the owner is told at the start.
#[derive(Clone, Debug, Serialize)]
pub struct Opened {
    /// Where it listens.
    pub url: String,
    /// The names of the models.
    pub models: Vec<String>,
    /// Keys of accounts that were opened at the start.
    pub keys: Vec<String>,
    /// The key of the teacher's screen.
    pub admin_key: String,
    /// The file of the store.
    pub store: String,
}

/// A server that is ready to answer.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: watch::Sender<bool>,
    writer: Writer,
    opened: Opened,
}

impl Server {
    /// Opens the store and the first accounts behind a listener.
    ///
    /// # Errors
    /// [`ServeError`] where the store cannot be used or the network says no.
    pub fn open(
        settings: &Settings,
        teachers: Teachers,
        listener: TcpListener,
        (file, accounts): (&std::path::Path, usize),
    ) -> Result<Self, ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (store, writer) = Store::open(file, settings.seed)?;
        let admin_key = keys::admin().map_err(io::Error::other)?;
        let (models, terms) = (teachers.0, (settings.quota, settings.rate_limit));
        let served = models.iter().map(|model| model.name().to_owned()).collect();
        let restored = Accounts::restore(models, store, terms, Hash::of(&admin_key)).map_err(ServeError::Unreadable)?;
        let (stopped, stops) = watch::channel(false);
        let shared = Arc::new(Shared {
            accounts: restored,
            join: settings.join,
            rate_limit: settings.rate_limit,
            seed: settings.seed,
            begun: store::now() as u64,
            completions: AtomicU64::new(0),
            stopped: stops,
        });
        let names = (1..=accounts).map(|number| format!("account {number}")).collect();
        let opened =
            runtime.block_on(shared.accounts.open(names)).map_err(|it| ServeError::Accounts(it.to_string()))?;
        let keys = opened.into_iter().map(|(_, key)| key).collect();
        let url = format!("http://{}", reachable(listener.local_addr()?));
        let opened = Opened { url, models: served, keys, admin_key, store: file.display().to_string() };
        Ok(Self { runtime, listener, shared, stopped, writer, opened })
    }

    /// What the owner is told.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Answers until it is told to stop; then answers what is in flight and closes the store.
    ///
    /// # Errors
    /// [`ServeError::System`] where the network says no.
    pub fn run(self, stop: &AtomicBool) -> Result<(), ServeError> {
        let Self { runtime, listener, shared, stopped, writer, .. } = self;
        let routes = router(Arc::clone(&shared));
        let stopping = || {
            stopped.send_replace(true);
        };
        let served = runtime.block_on(http::serve(listener, routes, stop, stopping));
        runtime.shutdown_timeout(Duration::from_secs(1));
        // The last hand that can write to the store: the writer ends with it.
        drop(shared);
        writer.finish();
        Ok(served?)
    }
}

/// An address under which others find a listener. One that listens everywhere is found where this machine meets the
/// network; a datagram socket knows where that is before it sends anything.
fn reachable(listening: SocketAddr) -> SocketAddr {
    if !listening.ip().is_unspecified() {
        return listening;
    }
    let meets = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        // Of a network that is set apart for examples (RFC 5737).
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    };
    let ip = meets().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());
    SocketAddr::new(ip, listening.port())
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/v2", get(infer::server))
        .route("/v2/health/live", get(infer::live))
        .route("/v2/health/ready", get(infer::ready))
        .route("/v2/models/{model}", get(infer::metadata))
        .route("/v2/models/{model}/ready", get(infer::model_ready))
        .route("/v2/models/{model}/infer", post(infer::infer))
        .route("/v1/models", get(chat::models))
        .route("/v1/models/{model}", get(chat::model))
        .route("/v1/chat/completions", post(chat::completions))
        .route("/v1/accounts", post(enrol::open))
        .route("/v1/accounts/{id}/close", post(enrol::close))
        .route("/v1/accounts/{id}/reopen", post(enrol::reopen))
        .route("/v1/accounts/{id}/standing", get(events::standing))
        .route("/v1/account", get(enrol::account))
        .route("/v1/pool", get(exam::pool))
        .route("/v1/exam", get(exam::questions).post(exam::submit))
        .route("/v1/events", get(events::events))
        .route("/openapi.json", get(description))
        .route("/", get(pages::class))
        .route("/board", get(pages::board))
        .route("/{file}", get(pages::file))
        .fallback(nowhere)
        .method_not_allowed_fallback(no_method)
        .layer(from_fn(error::tell))
        .layer(from_fn(http::seal))
        .with_state(shared)
}

/// `GET /openapi.json`: all of it, with the names of the models that are served.
async fn description(State(shared): State<Arc<Shared>>) -> Response {
    let mut all: Value = serde_json::from_str(include_str!("openapi.json")).expect("a description");
    for (schema, talks) in [("PointModel", false), ("TalkModel", true)] {
        let models = shared.accounts.models.iter().filter(|model| matches!(model, Model::Talks(_)) == talks);
        let names: Vec<&str> = models.map(Model::name).collect();
        // A choice among none is no description.
        if !names.is_empty() {
            all["components"]["schemas"][schema]["enum"] = names.into();
        }
    }
    all["info"]["x-join"] = shared.join.into();
    http::json_text(all.to_string())
}

async fn nowhere(request: Request) -> Problem {
    Problem::no_route(request.uri().path())
}

async fn no_method(request: Request) -> Problem {
    Problem::no_method(request.method().as_str(), request.uri().path())
}
