//! Route by route, code by code: what the contract says of points, accounts, the exam and the owner.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::server::{Server, question, read, send};

/// Keys of a server of moons: as many accounts, and these terms.
fn moons(words: &str) -> Server {
    Server::start(&format!("moons {words}"))
}

/// What the teacher's screen is told first.
fn board(server: &Server) -> Value {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    let head = format!("GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n", server.admin());
    stream.write_all(head.as_bytes()).expect("sent");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let told = lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned)).next().expect("an event");
    serde_json::from_str(&told).expect("JSON")
}

#[test]
fn points_are_answered_by_the_open_inference_protocol() {
    let server = moons("--accounts 2");
    let key = server.key(0);
    for path in ["/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/moons", "/v2/models/moons/ready"] {
        let answer = server.send("GET", path, None, b"");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
    }
    let metadata = server.send("GET", "/v2/models/moons", None, b"").json();
    assert_eq!(metadata["inputs"], json!([{ "name": "points", "datatype": "FP32", "shape": [-1, 2] }]));
    assert_eq!(metadata["outputs"], json!([{ "name": "probabilities", "datatype": "FP32", "shape": [-1, 2] }]));
    assert_eq!(metadata["parameters"]["classes"].as_array().map(Vec::len), Some(2));
    assert_eq!(metadata["parameters"]["bounds"].as_array().map(Vec::len), Some(2));

    let answer = server.infer("moons", &key, &[[0.0, 1.0], [1.0, -0.5], [0.5, 0.2]]).json();
    let output = &answer["outputs"][0];
    assert_eq!((&answer["model_name"], &output["shape"]), (&json!("moons"), &json!([3, 2])));
    let p: Vec<f64> = output["data"].as_array().expect("data").iter().filter_map(Value::as_f64).collect();
    assert!(p.chunks(2).all(|row| (row[0] + row[1] - 1.0).abs() < 1e-6) && p.len() == 6, "{p:?}");

    // Rows, an id, and the output by its name: the same answer.
    let asked = json!({
        "id": "a \"1\"", "outputs": [{ "name": "probabilities" }],
        "inputs": [{ "name": "points", "datatype": "FP32", "shape": [3, 2], "data": [[0, 1], [1, -0.5], [0.5, 0.2]] }],
    });
    let again = server.post("/v2/models/moons/infer", &key, &asked).json();
    assert_eq!((&again["outputs"], &again["id"]), (&answer["outputs"], &json!("a \"1\"")));
    assert_eq!((server.used(&key), server.used(&server.key(1))), (6, 0));
}

#[test]
fn bytes_are_taken_and_given_as_triton_does() {
    let server = moons("");
    let text = json!({
        "inputs": [{ "name": "points", "datatype": "FP32", "shape": [1, 2], "parameters": { "binary_data_size": 8 } }],
        "parameters": { "binary_data_output": true },
    });
    let text = text.to_string();
    let raw = [0.5f32.to_le_bytes(), 0.25f32.to_le_bytes()].concat();
    let headers =
        format!("Authorization: Bearer {}\r\nInference-Header-Content-Length: {}\r\n", server.key(0), text.len());
    let body = [text.as_bytes(), &raw].concat();
    let answer = send(&server.address(), "POST", "/v2/models/moons/infer", &headers, &body).expect("an answer");
    let length: usize = answer.header("inference-header-content-length").expect("a length").parse().expect("a number");
    let told: Value = serde_json::from_slice(&answer.body[..length]).expect("JSON");
    assert_eq!(told["outputs"][0]["parameters"]["binary_data_size"], json!(8));
    let number = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let p: Vec<f32> = answer.body[length..].chunks(4).map(number).collect();
    let same = server.infer("moons", &server.key(0), &[[0.5, 0.25]]).json();
    let same: Vec<f32> = same["outputs"][0]["data"]
        .as_array()
        .expect("data")
        .iter()
        .filter_map(Value::as_f64)
        .map(|number| number as f32)
        .collect();
    assert_eq!(p, same);
}

#[test]
fn what_is_wrong_is_told_in_the_shape_of_the_protocol_and_counts_nothing() {
    let server = moons("");
    let key = server.key(0);
    let infer = |body: &str| server.send("POST", "/v2/models/moons/infer", Some(&key), body.as_bytes());
    let points = |shape: &str, data: &str| {
        format!(r#"{{"inputs":[{{"name":"points","datatype":"FP32","shape":{shape},"data":{data}}}]}}"#)
    };
    for (body, status) in [
        (points("[1,3]", "[1,2,3]"), 422),
        (points("[1,2]", "[NaN,2]"), 422),
        (points("[1,2]", "[1e39,2]"), 422),
        (points("[1,2]", "[-Infinity,2]"), 422),
        (points("[1,2]", "[null,2]"), 422),
        (points("[2,2]", "[1,2]"), 422),
        (points("[1,2]", "[\"x\",2]"), 400),
        ("{".to_owned(), 400),
        (String::new(), 400),
        ("[".repeat(500_000), 400),
        (r#"{"inputs":[]}"#.to_owned(), 400),
        (points("[1,2]", "[1,2]").replace("FP32", "BYTES"), 400),
        (points("[1,2]", "[1,2]").replace("points", "images"), 400),
        (points("[1,2]", "[1,2]").replacen('{', r#"{"outputs":[{"name":"labels"}],"#, 1), 400),
        (" ".repeat((1 << 20) + 1), 413),
        (" ".repeat(40 << 20), 413),
    ] {
        let answer = infer(&body);
        let told = answer.json();
        let shown = &body[..body.len().min(90)];
        assert!(answer.status == status && told["error"].is_string(), "{shown}: {} {told}", answer.status);
    }
    for (key, path, status) in [
        (Some("dl-1-0"), "/v2/models/moons/infer", 401),
        (None, "/v2/models/moons/infer", 401),
        (Some(key.as_str()), "/v2/models/suns/infer", 404),
        (Some(key.as_str()), "/v2/models/moons/guess", 404),
    ] {
        let answer = server.send("POST", path, key, question(&[[0.0, 0.0]]).to_string().as_bytes());
        assert!(answer.status == status && answer.json()["error"].is_string(), "{path}: {answer:?}");
    }
    assert_eq!(server.send("GET", "/v2/models/suns", None, b"").status, 404);
    let version = server.send("GET", "/v2/models/moons/versions/1", None, b"");
    assert!(version.status == 404 && version.text().contains("no versions"), "{}", version.text());
    let method = server.send("GET", "/v2/models/moons/infer", Some(&key), b"");
    assert_eq!((method.status, method.header("allow")), (405, Some("POST")));
    let elsewhere = [("/v1/nothing", 404, "not_found"), ("/v1/models/suns", 404, "model_not_found")];
    for (path, status, code) in elsewhere {
        assert_eq!(server.get(path, &key).code(), (status, code.to_owned()));
    }
    for path in ["/v1/account", "/v1/models", "/v1/pool?model=moons", "/v1/exam?model=moons", "/v1/events"] {
        let answer = server.get(path, "sk-nobody");
        assert_eq!(answer.code(), (401, "invalid_api_key".to_owned()), "{path}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let headers = format!("Authorization: Bearer {key}\r\nContent-Encoding: gzip\r\n");
    let packed = send(&server.address(), "POST", "/v2/models/moons/infer", &headers, b"x").expect("an answer");
    assert_eq!(packed.status, 415);
    assert_eq!(server.used(&key), 0, "nothing of it was counted");
}

#[test]
fn a_batch_past_the_quota_is_refused_whole_and_so_is_one_past_the_minute() {
    let server = moons("--quota 5 --accounts 2");
    let key = server.key(0);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 3]).status, 200);
    let refused = server.infer("moons", &key, &[[0.0; 2]; 3]);
    let told = refused.json()["error"].as_str().unwrap_or_default().to_owned();
    assert!(refused.status == 429 && told.starts_with("insufficient_quota: 3 queries asked, 2 left of 5"), "{told}");
    assert_eq!(refused.header("x-should-retry"), Some("false"));
    // What would be answered now, and no time after which it is more.
    let headers = ["limit", "remaining", "reset"].map(|it| refused.header(&format!("x-ratelimit-{it}-requests")));
    assert_eq!((headers, refused.header("retry-after")), ([Some("5"), Some("2"), None], None));
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 2]).status, 200, "what was refused was not counted");
    let account = server.get("/v1/account", &key).json();
    assert_eq!([&account["quota"], &account["used"], &account["left"]], [&json!(5), &json!(5), &json!(0)]);
    assert_eq!((&account["closed"], &account["why"]), (&json!(false), &Value::Null));
    assert_eq!(server.infer("moons", &server.key(1), &[[0.0; 2]; 5]).status, 200, "another account has its own");

    let server = moons("--rate-limit 4");
    let key = server.key(0);
    let first = server.infer("moons", &key, &[[0.0; 2]; 3]);
    assert_eq!((first.status, first.header("x-ratelimit-remaining-requests")), (200, Some("1")));
    let refused = server.infer("moons", &key, &[[0.0; 2]; 2]);
    assert_eq!(refused.status, 429);
    assert!(refused.json()["error"].as_str().is_some_and(|told| told.starts_with("rate_limit_exceeded")));
    let wait: u64 = refused.header("retry-after").expect("a header").parse().expect("seconds");
    assert!((1..=60).contains(&wait) && refused.header("x-ratelimit-limit-requests") == Some("4"));
    assert_eq!(server.used(&key), 3);
}

#[test]
fn terms_decide_what_an_answer_shows() {
    for (kind, names) in [("label", vec!["labels"]), ("top2", vec!["top_labels", "top_probabilities"])] {
        let server = Server::start(&format!("moons --answers {kind}"));
        let answer = server.infer("moons", &server.key(0), &[[0.0, 1.0], [1.0, -0.5]]).json();
        let shown: Vec<&str> =
            answer["outputs"].as_array().expect("outputs").iter().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!(shown, names);
        if kind == "label" {
            assert_eq!(
                (&answer["outputs"][0]["datatype"], &answer["outputs"][0]["shape"]),
                (&json!("INT64"), &json!([2]))
            );
        }
    }
}

#[test]
fn a_class_joins_takes_its_exam_and_is_closed() {
    let server = moons("--join --accounts 0");
    assert_eq!(server.opened["keys"], json!([]));
    let joined = server.send("POST", "/v1/accounts", None, br#"{"name": "Ada"}"#).json();
    let key = joined["key"].as_str().expect("a key").to_owned();
    for body in [r#"{"name": ""}"#, r#"{"name": 1}"#, "{}", r#"{"name": "a\u0007"}"#, r#"{"name":"a","quota":9}"#] {
        assert_eq!(server.send("POST", "/v1/accounts", None, body.as_bytes()).status, 400, "{body}");
    }
    let pool = server.get("/v1/pool?model=moons&n=7", &key).json();
    assert_eq!(
        (pool["points"].as_array().map(Vec::len), pool["points"][0].as_array().map(Vec::len)),
        (Some(7), Some(2))
    );
    assert_eq!(server.get("/v1/pool?model=moons", &key).json()["points"].as_array().map(Vec::len), Some(1_000));
    for bad in ["/v1/pool?model=moons&n=0", "/v1/pool?model=moons&n=x", "/v1/pool", "/v1/pool?model=moons&n=99999999"] {
        assert_eq!(server.get(bad, &key).status, 400, "{bad}");
    }

    // Asked about the exam itself, the teacher's answers agree with the teacher.
    let exam = server.get("/v1/exam?model=moons", &key).json();
    let points: Vec<[f32; 2]> = serde_json::from_value(exam["points"].clone()).expect("points");
    assert_eq!(points.len(), 1_000);
    let told = server.infer("moons", &key, &points).json();
    let p: Vec<f64> = told["outputs"][0]["data"].as_array().expect("data").iter().filter_map(Value::as_f64).collect();
    let labels: Vec<usize> = p.chunks(2).map(|row| usize::from(row[1] > row[0])).collect();
    let submit = |labels: &Value| server.post("/v1/exam", &key, &json!({ "model": "moons", "labels": labels }));
    assert_eq!(submit(&json!(labels)).json(), json!({ "agreement": 1.0, "submissions_left": 9 }));
    assert_eq!(submit(&json!([0, 1])).status, 422);
    assert_eq!(submit(&json!(vec![2; 1_000])).status, 422);
    let flipped: Vec<usize> = labels.iter().map(|label| 1 - label).collect();
    assert_eq!(submit(&json!(flipped)).json()["agreement"], json!(0.0));

    // The owner closes the account and opens it again; nobody else can.
    let close = |word: &str, key: &str| server.post(&format!("/v1/accounts/1/{word}"), key, &Value::Null);
    assert_eq!(close("close", &key).code(), (403, "owner_only".to_owned()));
    assert_eq!(close("close", &server.admin()).json()["closed"], json!(true));
    let refused = server.infer("moons", &key, &[[0.0; 2]]);
    assert!(refused.status == 403 && refused.text().contains("account_closed"), "{refused:?}");
    assert_eq!(submit(&json!(labels)).json()["submissions_left"], json!(7), "the exam is open to a closed account");
    assert_eq!(close("reopen", &server.admin()).json()["why"], Value::Null);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]]).status, 200);
    assert_eq!(server.used(&key), 1_001);
    for _ in 0..7 {
        assert_eq!(submit(&json!(labels)).status, 200);
    }
    assert_eq!(submit(&json!(labels)).code(), (429, "insufficient_quota".to_owned()));
    for path in ["/v1/accounts/9/close", "/v1/accounts/x/close"] {
        assert_eq!(server.post(path, &server.admin(), &Value::Null).status, 404, "{path}");
    }
}

#[test]
fn ten_thousand_accounts_are_opened_at_once_and_twice_as_many_are_the_most() {
    let words = "moons --store class.sqlite --join --accounts";
    let server = Server::start(&format!("{words} 10000"));
    let last = server.key(9_999);
    assert_eq!(server.infer("moons", &last, &[[0.0; 2]]).status, 200);
    assert_eq!(server.send("POST", "/v1/accounts", None, br#"{"name": "Ada"}"#).json()["account"], json!(10_001));
    let board = board(&server);
    assert_eq!(board["accounts"].as_array().map(Vec::len), Some(10_001));
    assert_eq!(board["accounts"][9_999]["used"], json!(1));
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).expect("a process");
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a size");
        let most: usize = most.trim().trim_end_matches(" kB").parse().expect("a number");
        assert!(most < 200_000, "{most} kB");
    }
    let server = server.kill_and_start_again(&format!("{words} 9999"));
    assert_eq!(server.used(&last), 1);
    assert_eq!(
        server.send("POST", "/v1/accounts", None, br#"{"name": "Bob"}"#).code(),
        (403, "accounts_full".to_owned())
    );
}

#[test]
fn without_join_the_owner_alone_opens_accounts() {
    let server = moons("");
    let open = |key: Option<&str>| server.send("POST", "/v1/accounts", key, br#"{"name": "Bob"}"#);
    assert_eq!(open(None).code(), (403, "joining_is_off".to_owned()));
    assert_eq!(open(Some(&server.key(0))).status, 403);
    let key = open(Some(&server.admin())).json()["key"].as_str().expect("a key").to_owned();
    assert_eq!(server.used(&key), 0);
}

#[test]
fn the_description_names_every_route_and_every_page_is_sealed() {
    let server = moons("");
    let answer = server.send("GET", "/openapi.json", None, b"");
    let described = answer.json();
    let routes = include_str!("../../src/serve/mod.rs");
    let mut count = 0;
    for line in routes.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")) {
        let (path, methods) = line.split_once('"').expect("a path");
        if ["/", "/board", "/{file}"].contains(&path) {
            continue;
        }
        for method in ["get", "post"] {
            let has = methods.contains(&format!("{method}("));
            assert_eq!(described["paths"][path][method].is_object(), has, "{method} {path}");
            count += usize::from(has);
        }
    }
    assert!(count > 15, "{count} routes were found");
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("'unsafe-"), "{policy}");
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[test]
fn who_is_slow_or_breaks_off_keeps_nobody_from_an_answer() {
    let server = moons("");
    let mut slow = TcpStream::connect(server.address()).expect("a connection");
    slow.write_all(b"POST /v2/models/moons/infer HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("sent");
    let mut half = TcpStream::connect(server.address()).expect("a connection");
    let head = format!("POST /v2/models/moons/infer HTTP/1.1\r\nAuthorization: Bearer {}\r\n", server.key(0));
    write!(half, "{head}Host: x\r\nContent-Length: 100\r\n\r\n{{").expect("sent");
    drop(half);
    assert_eq!(server.infer("moons", &server.key(0), &[[0.0; 2]]).status, 200);
    // The one whose headers never end is dropped, with a word or without.
    let told = read(slow);
    assert!(told.map_or(true, |answer| answer.status == 408), "an answer to half a request");
    assert_eq!(server.used(&server.key(0)), 1);
}
