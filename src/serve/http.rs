//! HTTP as this server speaks it: how long it waits, how much it reads, and what every answer says about itself.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_stream::StreamExt;

use super::error::Problem;

/// The largest body.
pub(super) const LARGEST: usize = 1 << 20;
/// How long headers and a body may take to arrive, and answers in flight to leave at the end.
const HEADERS: Duration = Duration::from_secs(10);
const BODY: Duration = Duration::from_secs(20);
const LEAVING: Duration = Duration::from_secs(10);
/// Connections at a time; more wait to be taken.
const CONNECTIONS: usize = 4_096;
/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(50);

/// What a page of this server may load and do: its own files, WebAssembly among them, and nothing of anybody else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
                      img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Takes connections until it is told to stop, says so, and answers what is in flight.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: &AtomicBool,
    stopping: impl FnOnce(),
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (open, graceful) = (Arc::new(Semaphore::new(CONNECTIONS)), GracefulShutdown::new());
    let mut server = Builder::new(TokioExecutor::new()).http1_only();
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS);
    let take = async || (Arc::clone(&open).acquire_owned().await, listener.accept().await);
    while !stop.load(Relaxed) {
        let (permit, stream) = match timeout(LOOK, take()).await {
            Ok((permit, Ok((stream, _)))) => (permit, stream),
            // Out of files, for instance: they come back as connections end.
            Ok((_, Err(_))) => {
                sleep(LOOK).await;
                continue;
            }
            Err(_) => continue,
        };
        // Answers are small, and a client that waits for one asks the next question no sooner.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = server.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // Broken off by the other side: there is nobody to tell.
            let _ = connection.await;
            drop(permit);
        });
    }
    stopping();
    let _ = timeout(LEAVING, graceful.shutdown()).await;
    Ok(())
}

/// The body of a request.
///
/// # Errors
/// [`Problem`] where it is too large, too slow, or in an encoding that is not read.
pub(super) async fn body(request: Request) -> Result<Vec<u8>, Problem> {
    let encoding = request.headers().get(header::CONTENT_ENCODING).and_then(|it| it.to_str().ok());
    if let Some(encoding) = encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(Problem::encoded(encoding));
    }
    let (mut body, mut length) = (Vec::new(), 0);
    let collect = async {
        let mut stream = request.into_body().into_data_stream();
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(|_| Problem::too_slow())?;
            length += piece.len();
            // The rest of a larger one is thrown away as it comes, so that who sends it hears why it is refused.
            if length <= LARGEST {
                body.extend_from_slice(&piece);
            }
        }
        Ok(())
    };
    let collected = timeout(BODY, collect).await.unwrap_or(Err(Problem::too_slow()));
    if length > LARGEST { Err(Problem::too_large(LARGEST)) } else { collected.map(|()| body) }
}

/// A body that is JSON of a kind.
///
/// # Errors
/// [`Problem`] that says where it cannot be read.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::bad("body", format!("the body cannot be read: {error}")))
}

/// The parameters of an address.
///
/// # Errors
/// [`Problem`] that says which is wrong.
pub(super) fn parameters<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    let read = axum::extract::Query::<T>::try_from_uri(request.uri());
    let read =
        read.map_err(|error| Problem::bad("query", format!("the address cannot be read: {}", error.body_text())));
    read.map(|query| query.0)
}

/// An answer that is JSON already.
pub(super) fn json_text(text: impl Into<Body>) -> Response {
    typed("application/json", text)
}

/// An answer of a type.
pub(super) fn typed(kind: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// Says of every answer what a browser may do with it: nothing is kept, guessed, framed or loaded from elsewhere.
pub(super) async fn seal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let sealed: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in sealed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a page of somebody else makes a browser send this.
pub(super) fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
}
