//! A chat request, checked: what is asked for is there, and what is not there is refused by its name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::Problem;
use crate::data::chat::{Token, tidied, tokens};
use crate::oracle::{ChatSurface, LONGEST_REPLY, Manner};
use crate::replicate::talk::WINDOW;
use crate::seed::Seed;

/// The most replies to one request, and the most words for which log-probabilities are shown at a place.
const MOST_CHOICES: u64 = 128;
const MOST_TOP: u64 = 20;
/// The most texts that end a reply.
const MOST_STOPS: usize = 4;
/// Fields that this server does not have, with the value of each that asks for nothing.
const NEUTRAL: [(&str, &str); 10] = [
    ("frequency_penalty", "0"),
    ("presence_penalty", "0"),
    ("logit_bias", "{}"),
    ("tools", "[]"),
    ("tool_choice", "\"none\""),
    ("response_format", "{\"type\":\"text\"}"),
    ("modalities", "[\"text\"]"),
    ("store", "false"),
    ("metadata", "{}"),
    ("service_tier", "\"default\""),
];

/// What a request asks for.
#[derive(Debug)]
pub(super) struct ChatWish {
    /// The question as the language writes it, and its tokens.
    pub(super) question: String,
    pub(super) prompt: Vec<Token>,
    pub(super) manner: Manner,
    pub(super) choices: usize,
    pub(super) seed: Option<Seed>,
    /// Texts that end a reply.
    pub(super) stops: Vec<String>,
    /// Of how many words log-probabilities are shown at each place; `None` where none are.
    pub(super) top: Option<usize>,
    /// Whether the reply is sent word by word, and then whether its usage follows.
    pub(super) stream: Option<bool>,
}

/// The fields of a request that are not looked at yet.
struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// A field, `None` where it is missing or null.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(Problem::bad(name, format!("{name} is true or false, not {other}"))),
        }
    }

    fn count(&mut self, name: &'static str, least: u64, most: u64) -> Result<Option<u64>, Problem> {
        let Some(value) = self.take(name) else { return Ok(None) };
        match value.as_u64().filter(|count| (least..=most).contains(count)) {
            Some(count) => Ok(Some(count)),
            None => Err(Problem::bad(name, format!("{name} is a whole number from {least} to {most}, not {value}"))),
        }
    }

    fn number(&mut self, name: &'static str, fits: fn(f64) -> bool, range: &str) -> Result<f32, Problem> {
        let Some(value) = self.take(name) else { return Ok(1.0) };
        match value.as_f64().filter(|&number| fits(number)) {
            Some(number) => Ok(number as f32),
            None => Err(Problem::bad(name, format!("{name} is a number {range}, not {value}"))),
        }
    }
}

/// Takes the name of the model out of a request.
///
/// # Errors
/// [`Problem`] where there is none.
pub(super) fn model(request: &mut Map<String, Value>) -> Result<String, Problem> {
    match request.remove("model") {
        Some(Value::String(name)) => Ok(name),
        _ => Err(Problem::bad("model", "model is the name of a model, and it is missing")),
    }
}

impl ChatWish {
    /// Checks the rest of a request under the terms of an account.
    ///
    /// # Errors
    /// [`Problem`] that names what is wrong or not supported.
    pub(super) fn check(request: Map<String, Value>, terms: &ChatSurface) -> Result<Self, Problem> {
        let mut fields = Fields(request.into_iter().collect());
        let (question, prompt) = prompt(fields.take("messages"))?;
        let most = match (fields.count("max_tokens", 1, u64::MAX)?, fields.count("max_completion_tokens", 1, u64::MAX)?)
        {
            (Some(_), Some(_)) => {
                let message = "max_tokens and max_completion_tokens are two names for one thing: leave one out";
                return Err(Problem::bad("max_tokens", message));
            }
            (one, other) => one.or(other).map_or(LONGEST_REPLY, |most| LONGEST_REPLY.min(most as usize)),
        };
        let temperature = fields.number("temperature", |it| (0.0..=2.0).contains(&it), "from 0 to 2")?;
        let top_p = fields.number("top_p", |it| it > 0.0 && it <= 1.0, "above 0, at most 1")?;
        let choices = fields.count("n", 1, MOST_CHOICES)?.unwrap_or(1) as usize;
        let seed = match fields.take("seed") {
            None => None,
            // As text: a seed may be negative.
            Some(Value::Number(seed)) if seed.is_i64() || seed.is_u64() => {
                Some(Seed::new(0).child("reply").child(seed))
            }
            Some(other) => return Err(Problem::bad("seed", format!("seed is a whole number, not {other}"))),
        };
        let stops = stops(fields.take("stop"))?;
        let top = top(&mut fields, terms)?;
        let stream = fields.flag("stream")?;
        let with_usage = with_usage(fields.take("stream_options"), stream)?;
        refuse_the_rest(fields)?;
        let manner = Manner { temperature, top_p, most };
        let stream = stream.then_some(with_usage);
        Ok(Self { question, prompt, manner, choices, seed, stops, top, stream })
    }
}

/// The one question of a request.
fn prompt(messages: Option<Value>) -> Result<(String, Vec<Token>), Problem> {
    let Some(Value::Array(messages)) = messages else {
        return Err(Problem::bad("messages", "messages is a list with one message, and it is missing"));
    };
    let [message] = &messages[..] else {
        let message = "the teacher answers one question and remembers none: send one message of the role user";
        return Err(Problem::unsupported("messages", message));
    };
    let Value::Object(fields) = message else {
        return Err(Problem::bad("messages[0]", "a message is an object with role and content"));
    };
    match fields.get("role") {
        Some(Value::String(role)) if role == "user" => {}
        role => {
            let role = role.unwrap_or(&Value::Null);
            let message = format!("the role {role} is not supported: the teacher reads messages of the role user");
            return Err(Problem::unsupported("messages[0].role", message));
        }
    }
    if let Some((name, _)) =
        fields.iter().find(|(name, value)| *name != "role" && *name != "content" && !value.is_null())
    {
        let message = format!("{name} of a message is not supported");
        return Err(Problem::unsupported(format!("messages[0].{name}"), message));
    }
    let content = match fields.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts.iter().map(text_of).collect::<Result<Vec<_>, _>>()?.join(" "),
        _ => return Err(Problem::bad("messages[0].content", "content is a text, or a list of parts of the type text")),
    };
    let question = tidied(&content);
    if question.is_empty() {
        return Err(Problem::bad("messages[0].content", "no word is no question: try \"who are you ?\""));
    }
    let prompt = tokens(&question).map_err(|unknown| Problem::bad("messages[0].content", unknown.to_string()))?;
    if prompt.len() > WINDOW {
        let message = format!("the question has {} words and signs, and the teacher reads {WINDOW}", prompt.len());
        return Err(Problem::too_long("messages", message));
    }
    Ok((question, prompt))
}

fn text_of(part: &Value) -> Result<&str, Problem> {
    match (part["type"].as_str(), part["text"].as_str()) {
        (Some("text"), Some(text)) => Ok(text),
        (kind, _) => {
            let kind = kind.unwrap_or("without a type");
            Err(Problem::unsupported("messages[0].content", format!("a part {kind:?} is not supported, only text")))
        }
    }
}

fn stops(value: Option<Value>) -> Result<Vec<String>, Problem> {
    let bad = || Problem::bad("stop", format!("stop is a text, or a list of up to {MOST_STOPS} texts, none empty"));
    let texts = match value {
        None => return Ok(Vec::new()),
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(texts)) if texts.len() <= MOST_STOPS => {
            let text = |value: Value| value.as_str().map(str::to_owned).ok_or_else(bad);
            texts.into_iter().map(text).collect::<Result<_, _>>()?
        }
        Some(_) => return Err(bad()),
    };
    if texts.iter().any(String::is_empty) { Err(bad()) } else { Ok(texts) }
}

/// How many words are shown at each place.
fn top(fields: &mut Fields, terms: &ChatSurface) -> Result<Option<usize>, Problem> {
    let shown = fields.flag("logprobs")?;
    let top = fields.count("top_logprobs", 0, MOST_TOP)?;
    if !shown {
        return match top {
            Some(top) if top > 0 => Err(Problem::bad("top_logprobs", "top_logprobs needs logprobs: true")),
            _ => Ok(None),
        };
    }
    let (top, most) = (top.unwrap_or(0) as usize, terms.top);
    if most == 0 {
        let message = format!("these terms show {}: log-probabilities are not among it", terms.name);
        return Err(Problem::unsupported("logprobs", message));
    }
    if top > most {
        let message = format!("these terms show {}: {most} at a place, and {top} were asked for", terms.name);
        return Err(Problem::unsupported("top_logprobs", message));
    }
    Ok(Some(top))
}

fn with_usage(options: Option<Value>, stream: bool) -> Result<bool, Problem> {
    let Some(options) = options else { return Ok(false) };
    if !stream {
        return Err(Problem::bad("stream_options", "stream_options needs stream: true"));
    }
    let Value::Object(options) = options else {
        return Err(Problem::bad("stream_options", "stream_options is an object with include_usage"));
    };
    let mut fields = Fields(options.into_iter().collect());
    let usage = fields.flag("include_usage")?;
    refuse_the_rest(fields)?;
    Ok(usage)
}

/// Refuses what was not looked at, unless it asks for nothing.
fn refuse_the_rest(fields: Fields) -> Result<(), Problem> {
    for (name, value) in fields.0 {
        let neutral = NEUTRAL.iter().find(|(known, _)| *known == name);
        let asks_for_nothing = value.is_null()
            || neutral.is_some_and(|(_, neutral)| {
                serde_json::from_str(neutral).is_ok_and(|neutral: Value| neutral == value)
                    || neutral.parse::<f64>().ok().is_some_and(|neutral| value.as_f64() == Some(neutral))
            });
        if !asks_for_nothing {
            return Err(Problem::unsupported(name.clone(), format!("{name} is not supported: leave it out")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::CHAT_SURFACES;
    use serde_json::json;

    fn check(change: &Value, terms: &ChatSurface) -> Result<ChatWish, Problem> {
        let mut request = json!({ "messages": [{ "role": "user", "content": "Who are you?" }] });
        for (name, value) in change.as_object().unwrap() {
            request[name] = value.clone();
        }
        let Value::Object(request) = request else { unreachable!() };
        ChatWish::check(request, terms)
    }

    #[test]
    fn a_plain_question_has_the_defaults() {
        let wish = check(&json!({}), &CHAT_SURFACES[2]).unwrap();
        assert_eq!((wish.question.as_str(), wish.choices, wish.top, wish.stream), ("who are you ?", 1, None, None));
        assert_eq!(wish.manner, Manner { temperature: 1.0, top_p: 1.0, most: LONGEST_REPLY });
    }

    #[test]
    fn what_is_asked_for_is_understood() {
        let all = json!({
            "max_completion_tokens": 3, "temperature": 0, "top_p": 0.5, "n": 4, "seed": -7, "stop": [".", "dax"],
            "stream": true, "stream_options": { "include_usage": true }, "logprobs": true, "top_logprobs": 20,
            "frequency_penalty": 0.0, "response_format": { "type": "text" }, "user": null,
            "messages": [{ "role": "user", "content": [{ "type": "text", "text": "is wug slimy" }], "name": null }],
        });
        let wish = check(&all, &CHAT_SURFACES[2]).unwrap();
        assert_eq!(wish.manner, Manner { temperature: 0.0, top_p: 0.5, most: 3 });
        assert_eq!((wish.question.as_str(), wish.choices, wish.stops.len()), ("is wug slimy ?", 4, 2));
        assert_eq!((wish.top, wish.stream), (Some(20), Some(true)));
        assert_ne!(wish.seed, check(&json!({ "seed": 7 }), &CHAT_SURFACES[2]).unwrap().seed);
    }

    #[test]
    fn what_is_not_there_is_refused_by_its_name() {
        for (change, param) in [
            (json!({ "tools": [{}] }), "tools"),
            (json!({ "frequency_penalty": 0.5 }), "frequency_penalty"),
            (json!({ "user": "me" }), "user"),
            (json!({ "temperature": 2.5 }), "temperature"),
            (json!({ "top_p": 0 }), "top_p"),
            (json!({ "n": 0 }), "n"),
            (json!({ "n": "2" }), "n"),
            (json!({ "max_tokens": 0 }), "max_tokens"),
            (json!({ "max_tokens": 1, "max_completion_tokens": 1 }), "max_tokens"),
            (json!({ "seed": 0.5 }), "seed"),
            (json!({ "stop": [""] }), "stop"),
            (json!({ "stop": ["a", "b", "c", "d", "e"] }), "stop"),
            (json!({ "stream": 1 }), "stream"),
            (json!({ "stream_options": {} }), "stream_options"),
            (json!({ "stream": true, "stream_options": { "x": 1 } }), "x"),
            (json!({ "top_logprobs": 2 }), "top_logprobs"),
            (json!({ "logprobs": true, "top_logprobs": 21 }), "top_logprobs"),
            (json!({ "messages": [] }), "messages"),
            (json!({ "messages": [{ "role": "system", "content": "who are you" }] }), "messages[0].role"),
            (json!({ "messages": [{ "role": "user", "content": "hello" }] }), "messages[0].content"),
            (json!({ "messages": [{ "role": "user", "content": "  " }] }), "messages[0].content"),
            (json!({ "messages": [{ "role": "user", "content": "is ".repeat(14) }] }), "messages"),
            (json!({ "messages": [{ "role": "user", "content": "is", "name": "me" }] }), "messages[0].name"),
        ] {
            let problem = check(&change, &CHAT_SURFACES[2]).expect_err(param);
            assert_eq!((problem.status().as_u16(), problem.about()), (400, Some(param)), "{change}: {problem}");
        }
    }

    #[test]
    fn terms_limit_what_is_shown() {
        let ask =
            |top: u64, terms: usize| check(&json!({ "logprobs": true, "top_logprobs": top }), &CHAT_SURFACES[terms]);
        assert_eq!(ask(0, 0).unwrap_err().about(), Some("logprobs"));
        assert_eq!(ask(6, 1).unwrap_err().about(), Some("top_logprobs"));
        assert_eq!((ask(5, 1).unwrap().top, ask(20, 2).unwrap().top), (Some(5), Some(20)));
    }
}
