//! OpenAI's chat completions: a question in, a reply out, whole or word by word.
//!
//! Each of `n` replies is a query. A reply is spoken before its first word is sent: a query is in the store before its
//! answer leaves, and a stream is an answer.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tokio_stream::iter;

use super::Shared;
use super::accounts::{Answered, Outcome};
use super::customer::Seat;
use super::error::Problem;
use super::http::{body, json_text, read};
use super::models::{Model, TalkModel};
use super::reply::Spoken;
use super::store::{self, KeptQuery};
use super::wish::{self, ChatWish};
use crate::oracle::Refusal;

/// `GET /v1/models`: all models, those that talk first: who takes the first of the list can talk to it.
pub(super) async fn models(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    shared.accounts.who(request.headers())?;
    let (talks, points): (Vec<_>, Vec<_>) =
        shared.accounts.models.iter().partition(|model| matches!(model, Model::Talks(_)));
    let all: Vec<Value> = talks.into_iter().chain(points).map(|model| described(&shared, model.name())).collect();
    Ok(json_text(json!({ "object": "list", "data": all }).to_string()))
}

/// `GET /v1/models/M`: one of them.
pub(super) async fn model(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    shared.accounts.who(request.headers())?;
    let at = shared.accounts.model(&name).ok_or_else(|| shared.accounts.nobody(&name))?;
    Ok(json_text(described(&shared, shared.accounts.models[at].name()).to_string()))
}

fn described(shared: &Shared, name: &str) -> Value {
    json!({ "id": name, "object": "model", "created": shared.begun, "owned_by": "distill-lab" })
}

/// `POST /v1/chat/completions`: asks.
pub(super) async fn completions(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    let entry = shared.accounts.who(request.headers())?;
    let mut wanted: Map<String, Value> = read(&body(request).await?)?;
    let (at, model) = talking(&shared, &wish::model(&mut wanted)?)?;
    let wish = ChatWish::check(wanted, model.surface)?;
    let Outcome { answers, headers } =
        shared.accounts.ask(&entry, at, wish.choices, |seat| answered(seat, &wish)).await?;
    let completion = Completion::new(&shared, model, &wish, answers);
    let mut response = match wish.stream {
        None => json_text(completion.whole().to_string()),
        Some(with_usage) => {
            let events = completion.chunks(with_usage).into_iter().map(|chunk| Event::default().data(chunk));
            Sse::new(iter(events.map(Ok::<_, Infallible>))).into_response()
        }
    };
    response.headers_mut().extend(headers);
    Ok(response)
}

fn talking<'a>(shared: &'a Shared, name: &str) -> Result<(usize, &'a TalkModel), Problem> {
    match shared.accounts.model(name).map(|at| (at, &shared.accounts.models[at])) {
        Some((at, Model::Talks(model))) => Ok((at, model)),
        Some(_) => Err(Problem::no_model(format!("{name} does not talk: ask it by /v2/models/{name}/infer"))),
        None => Err(shared.accounts.nobody(name)),
    }
}

fn answered(seat: &mut Seat, wish: &ChatWish) -> Result<Answered<Vec<Spoken>>, Refusal> {
    let Seat::Talks(account) = seat else { unreachable!("a model that talks has seats that talk") };
    let prompts = vec![wish.prompt.clone(); wish.choices];
    let replies = account.ask_in(&wish.manner, wish.seed, &prompts)?;
    let answers: Vec<Spoken> = replies.iter().map(|reply| Spoken::new(reply, &wish.stops, wish.top)).collect();
    let kept =
        |spoken: &Spoken| KeptQuery { asked: wish.question.clone(), answer: spoken.content.clone(), class: None };
    let queries = answers.iter().map(kept).collect();
    Ok(Answered { answers, queries })
}

/// Replies to a request with what the protocol says about them.
struct Completion {
    replies: Vec<Spoken>,
    /// What every piece of it says of itself.
    head: Map<String, Value>,
    usage: Value,
}

impl Completion {
    fn new(shared: &Shared, model: &TalkModel, wish: &ChatWish, replies: Vec<Spoken>) -> Self {
        let (asked, said) = (wish.prompt.len(), replies.iter().map(|reply| reply.pieces.len()).sum::<usize>());
        let usage = json!({ "prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said });
        let head = [
            ("id", json!(format!("chatcmpl-{}", shared.next_number()))),
            ("created", json!(store::now() as u64)),
            ("model", json!(model.name)),
            // The same seed gives the same reply as long as this is the same.
            ("system_fingerprint", json!(format!("fp_{:08x}", shared.seed))),
        ];
        let head = head.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { replies, head, usage }
    }

    fn with(&self, object: &str, choices: Vec<Value>) -> Value {
        let mut told = self.head.clone();
        told.insert("object".to_owned(), json!(object));
        told.insert("choices".to_owned(), Value::Array(choices));
        Value::Object(told)
    }

    /// All of it.
    fn whole(&self) -> Value {
        let choice = |(index, reply): (usize, &Spoken)| {
            let message = json!({ "role": "assistant", "content": reply.content, "refusal": null });
            let (logprobs, finish) = (reply.logprobs(), reply.finish);
            json!({ "index": index, "message": message, "logprobs": logprobs, "finish_reason": finish })
        };
        let mut told = self.with("chat.completion", self.replies.iter().enumerate().map(choice).collect());
        told["usage"] = self.usage.clone();
        told
    }

    /// The same word by word, the choices one after the other, then its usage where that is asked for.
    fn chunks(&self, with_usage: bool) -> Vec<String> {
        let mut chunks = Vec::new();
        let mut push = |choices: Vec<Value>, usage: Value| {
            let mut chunk = self.with("chat.completion.chunk", choices);
            if with_usage {
                chunk["usage"] = usage;
            }
            chunks.push(chunk.to_string());
        };
        for (index, reply) in self.replies.iter().enumerate() {
            let mut delta = |delta: Value, logprobs: Value, finish: Value| {
                let choice = json!({ "index": index, "delta": delta, "logprobs": logprobs, "finish_reason": finish });
                push(vec![choice], Value::Null);
            };
            delta(json!({ "role": "assistant", "content": "", "refusal": null }), Value::Null, Value::Null);
            for piece in &reply.pieces {
                let logprob = piece.logprob.as_ref();
                let logprobs = logprob.map_or(Value::Null, |own| json!({ "content": [own], "refusal": null }));
                delta(json!({ "content": piece.text }), logprobs, Value::Null);
            }
            delta(json!({}), Value::Null, json!(reply.finish));
        }
        if with_usage {
            push(Vec::new(), self.usage.clone());
        }
        chunks.push("[DONE]".to_owned());
        chunks
    }
}
