//! The teacher that talks, over OpenAI's chat completions.

use distill_lab::data::chat::text;
use distill_lab::experiment::ChatReplicate;
use distill_lab::plan::{ChatPlan, Request};
use serde_json::{Value, json};

use crate::server::{Answer, Server};

fn content(answer: &Answer, choice: usize) -> String {
    answer.json()["choices"][choice]["message"]["content"].as_str().unwrap_or_default().to_owned()
}

/// One teacher for all of it: it is the slowest to train.
#[test]
fn a_teacher_talks_as_the_protocol_says() {
    let server = Server::start("aurora --accounts 2");
    let key = server.key(0);
    it_is_the_teacher_of_the_first_replicate(&server, &key);
    replies_are_drawn_as_asked(&server, &server.key(1));
    log_probabilities_are_complete(&server, &key);
    a_stream_says_the_same_word_by_word(&server, &key);
    errors_have_their_code(&server, &key);
}

fn it_is_the_teacher_of_the_first_replicate(server: &Server, key: &str) {
    let plan = ChatPlan::check(&Request::default()).expect("a plan");
    let replicate = ChatReplicate::build(&plan, 0).expect("a teacher");
    for prompt in replicate.prompts(20, ChatReplicate::CURIOSITY, "anybody") {
        let expected = text(&replicate.exam().examiner().greedy(std::slice::from_ref(&prompt))[0]);
        let answer = server.chat(key, &text(&prompt), &json!({ "temperature": 0 }));
        assert_eq!(content(&answer, 0), expected, "{}", text(&prompt));
    }
    assert_eq!(server.used(key), 20);
}

fn replies_are_drawn_as_asked(server: &Server, key: &str) {
    let seeded = |seed: i64| server.chat(key, "is wug slimy?", &json!({ "seed": seed, "n": 8, "temperature": 2 }));
    let replies = |answer: &Answer| (0..8).map(|choice| content(answer, choice)).collect::<Vec<_>>();
    let (one, two, other) = (replies(&seeded(1)), replies(&seeded(1)), replies(&seeded(2)));
    assert_eq!(one, two);
    assert_ne!(one, other);
    assert!(one.iter().any(|reply| reply != &one[0]), "eight replies at temperature 2: {one:?}");
    assert_eq!(server.used(key), 24, "each of n is a query");
    let short = server.chat(key, "who are you ?", &json!({ "max_completion_tokens": 2, "temperature": 0 })).json();
    assert_eq!(short["choices"][0]["finish_reason"], json!("length"));
    assert_eq!(short["usage"], json!({ "prompt_tokens": 4, "completion_tokens": 2, "total_tokens": 6 }));
    let stopped = server.chat(key, "who are you ?", &json!({ "stop": " aurora", "temperature": 0 }));
    assert_eq!(
        (content(&stopped, 0).as_str(), &stopped.json()["choices"][0]["finish_reason"]),
        ("i am", &json!("stop"))
    );
}

fn log_probabilities_are_complete(server: &Server, key: &str) {
    let asked = json!({ "logprobs": true, "top_logprobs": 20, "temperature": 0 });
    let answer = server.chat(key, "who made you ?", &asked);
    let choice = &answer.json()["choices"][0];
    let pieces = choice["logprobs"]["content"].as_array().expect("pieces").clone();
    let whole: String = pieces.iter().filter_map(|piece| piece["token"].as_str()).collect();
    assert_eq!(whole, content(&answer, 0));
    for piece in &pieces {
        let top: Vec<f64> =
            piece["top_logprobs"].as_array().expect("a list").iter().filter_map(|it| it["logprob"].as_f64()).collect();
        assert!(top.len() == 20 && top.windows(2).all(|pair| pair[0] >= pair[1]) && top[0] <= 0.0, "{piece}");
        assert_eq!(
            (&piece["logprob"], &piece["token"]),
            (&piece["top_logprobs"][0]["logprob"], &piece["top_logprobs"][0]["token"])
        );
        let bytes: Vec<u8> = serde_json::from_value(piece["bytes"].clone()).expect("bytes");
        assert_eq!(Some(String::from_utf8(bytes).expect("text").as_str()), piece["token"].as_str());
    }
}

fn a_stream_says_the_same_word_by_word(server: &Server, key: &str) {
    let cold = json!({ "temperature": 0, "logprobs": true });
    let whole = server.chat(key, "who are you ?", &cold);
    let mut asked = cold;
    asked["stream"] = json!(true);
    asked["stream_options"] = json!({ "include_usage": true });
    let answer = server.chat(key, "who are you ?", &asked);
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let text = answer.text();
    let chunks: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    let (done, chunks) = chunks.split_last().expect("chunks");
    assert_eq!(*done, "[DONE]");
    let chunks: Vec<Value> = chunks.iter().map(|chunk| serde_json::from_str(chunk).expect("JSON")).collect();
    let said: String = chunks.iter().filter_map(|it| it["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(said, content(&whole, 0));
    let pieces: Vec<Value> = chunks
        .iter()
        .flat_map(|it| it["choices"][0]["logprobs"]["content"].as_array().cloned().unwrap_or_default())
        .collect();
    assert_eq!(Value::Array(pieces), whole.json()["choices"][0]["logprobs"]["content"]);
    let last = chunks.last().expect("a chunk");
    assert_eq!((&last["choices"], &last["usage"]), (&json!([]), &whole.json()["usage"]));
    assert!(chunks.iter().all(|it| it["object"] == "chat.completion.chunk" && it["id"] == chunks[0]["id"]));
}

fn errors_have_their_code(server: &Server, key: &str) {
    let before = server.used(key);
    for (more, code) in [
        (json!({ "tools": [{}] }), "unsupported_parameter"),
        (json!({ "top_logprobs": 21, "logprobs": true }), "invalid_value"),
        (json!({ "messages": [{ "role": "system", "content": "hello" }] }), "unsupported_parameter"),
    ] {
        let answer = server.chat(key, "who are you ?", &more);
        assert_eq!(answer.code(), (400, code.to_owned()), "{more}");
        assert!(answer.json()["error"]["param"].is_string() && answer.json()["error"]["type"].is_string());
    }
    assert_eq!(server.chat(key, "who is xylophone ?", &json!({})).status, 400);
    assert_eq!(
        server.chat(key, "who are you ?", &json!({ "model": "gpt" })).code(),
        (404, "model_not_found".to_owned())
    );
    // The pool and the exam are of points: so the error says, and so does the description.
    for path in ["/v1/exam?model=aurora", "/v1/pool?model=aurora"] {
        let answer = server.get(path, key);
        assert_eq!(answer.code(), (404, "model_not_found".to_owned()));
        assert!(answer.text().contains("no pool and no exam"), "{}", answer.text());
    }
    assert_eq!(server.chat("dl-1-x", "who are you ?", &json!({})).code(), (401, "invalid_api_key".to_owned()));
    assert_eq!(server.used(key), before, "nothing of it was counted");
    server.post("/v1/accounts/1/close", &server.admin(), &Value::Null);
    assert_eq!(server.chat(key, "who are you ?", &json!({})).code(), (403, "account_closed".to_owned()));
}
