//! The meter is the law: what was answered is in the store, whatever happens to the server.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::server::{Server, question, send};

const WORDS: &str = "moons --store class.sqlite --quota 100000 --accounts";

/// Asks with four hands until the server is gone; returns how many queries of each account were answered.
fn under_load(server: &Server, keys: &[String], kill: impl FnOnce()) -> BTreeMap<String, u64> {
    let (answered, over) = (Arc::new(Mutex::new(BTreeMap::new())), Arc::new(AtomicBool::new(false)));
    let hands: Vec<_> = (0..4)
        .map(|hand| {
            let (key, address) = (keys[hand % keys.len()].clone(), server.address());
            let (answered, over) = (Arc::clone(&answered), Arc::clone(&over));
            thread::spawn(move || {
                let body = question(&[[0.25, hand as f32], [0.5, 0.5]]).to_string();
                let headers = format!("Authorization: Bearer {key}\r\n");
                while !over.load(Relaxed) {
                    let told = send(&address, "POST", "/v2/models/moons/infer", &headers, body.as_bytes());
                    if told.is_ok_and(|answer| answer.status == 200) {
                        *answered.lock().expect("a count").entry(key.clone()).or_default() += 2;
                    }
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(400));
    kill();
    over.store(true, Relaxed);
    hands.into_iter().for_each(|hand| hand.join().expect("a hand"));
    Arc::into_inner(answered).expect("all hands are down").into_inner().expect("a count")
}

#[test]
fn a_kill_under_load_loses_no_answered_query_and_opens_no_account() {
    let mut server = Server::start(&format!("{WORDS} 3"));
    let keys: Vec<String> = (0..3).map(|number| server.key(number)).collect();
    assert_eq!(server.post("/v1/accounts/3/close", &server.admin(), &Value::Null).status, 200);
    let (mut before, mut answered) = (BTreeMap::new(), 0);
    for _ in 0..20 {
        // Killed while hands are in the air.
        let id = server.id().to_string();
        let kill = || {
            std::process::Command::new("kill").args(["-9", &id]).status().expect("a signal");
        };
        let told = under_load(&server, &keys[..2], kill);
        server = server.kill_and_start_again(&format!("{WORDS} 0"));
        for (key, count) in told {
            answered += count;
            let least = before.get(&key).copied().unwrap_or(0) + count;
            let used = server.used(&key);
            assert!(used >= least, "{used} queries are left of {least} that were answered");
            // At most what two hands had asked and not yet been told.
            assert!(used <= least + 4, "{used} queries were counted, {least} answered");
            before.insert(key, used);
        }
    }
    assert!(answered > 100, "{answered} queries are no load");
    let closed = server.infer("moons", &keys[2], &[[0.0; 2]]);
    assert!(
        closed.status == 403 && closed.text().contains("account_closed: this account is closed: by the owner"),
        "{closed:?}"
    );

    // The tables say the same.
    let store = Connection::open(server.file("class.sqlite")).expect("a store");
    let mut counts =
        store.prepare("SELECT account, count(*) FROM query GROUP BY account ORDER BY account").expect("SQL");
    let counts: Vec<(i64, u64)> =
        counts.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))).expect("rows").flatten().collect();
    assert_eq!(counts, [(1, before[&keys[0]]), (2, before[&keys[1]])]);
    let kept: String =
        store.query_row("SELECT key_sha256 FROM account WHERE id = 1", [], |row| row.get(0)).expect("a hash");
    let bytes = fs::read(server.file("class.sqlite")).expect("a file");
    assert!(kept.len() == 64 && !bytes.windows(keys[0].len()).any(|window| window == keys[0].as_bytes()));
}

#[test]
fn two_hundred_connections_at_once_are_answered_and_counted() {
    let server = Server::start(&format!("{WORDS} 4"));
    let body = question(&[[0.25, 0.5]]).to_string();
    let hands: Vec<_> = (0..200)
        .map(|hand| {
            let (address, body) = (server.address(), body.clone());
            let headers = format!("Authorization: Bearer {}\r\n", server.key(hand % 4));
            thread::spawn(move || {
                let ask = |_: &usize| {
                    let told = send(&address, "POST", "/v2/models/moons/infer", &headers, body.as_bytes());
                    told.is_ok_and(|answer| answer.status == 200)
                };
                (0..10).filter(ask).count()
            })
        })
        .collect();
    let answered: usize = hands.into_iter().map(|hand| hand.join().expect("a hand")).sum();
    assert_eq!(answered, 2_000);
    assert_eq!([0, 1, 2, 3].map(|number| server.used(&server.key(number))), [500; 4]);
}

#[test]
fn noise_and_quota_go_on_where_they_were_left() {
    let words = "moons --store class.sqlite --answers sampled --quota 400 --accounts";
    let points = [[0.5f32, 0.25]; 100];
    let labels = |server: &Server, key: &str| server.infer("moons", key, &points).json()["outputs"][0]["data"].clone();
    let whole = Server::start(&format!("{words} 1"));
    let (first, second) = (labels(&whole, &whole.key(0)), labels(&whole, &whole.key(0)));
    assert_ne!(first, second, "a class is drawn anew for each query");
    let server = Server::start(&format!("{words} 1"));
    let key = server.key(0);
    assert_eq!(labels(&server, &key), first);
    let server = server.kill_and_start_again(&format!("{words} 0"));
    assert_eq!(labels(&server, &key), second);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 201]).status, 429);
    assert_eq!(server.used(&key), 200);
}

#[test]
fn a_locked_store_gives_an_error_and_no_answer_and_counts_nothing() {
    let server = Server::start(&format!("{WORDS} 1"));
    let key = server.key(0);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 3]).status, 200);
    let other = Connection::open(server.file("class.sqlite")).expect("a store");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    let refused = server.infer("moons", &key, &[[0.0; 2]; 4]);
    assert!(refused.status == 503 && refused.text().contains("store_unavailable"), "{refused:?}");
    assert_eq!(refused.header("retry-after"), Some("1"));
    other.execute_batch("ROLLBACK").expect("no lock");
    assert_eq!(server.used(&key), 3, "what was refused was not counted");
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 2]).status, 200);
    assert_eq!(server.used(&key), 5);
    let exam = server.post("/v1/exam", &key, &json!({ "model": "moons", "labels": vec![0; 1_000] }));
    assert_eq!(exam.json()["submissions_left"], json!(9));
}

#[cfg(unix)]
#[test]
fn a_full_disk_gives_an_error_and_no_answer_and_what_was_answered_stays() {
    // Tables, some batches, and no more: SQLite writes what is new into a file of 1,000 pages before it tidies up.
    let server = Server::start_within(600, &format!("{WORDS} 1"));
    let key = server.key(0);
    let mut answered = 0;
    // Batches of a hundred until one does not fit, then smaller ones.
    for size in [100, 10, 1] {
        let refused = loop {
            let told = server.infer("moons", &key, &vec![[0.25, 0.5]; size]);
            if told.status != 200 {
                break told;
            }
            answered += size as u64;
            assert!(answered < 100_000, "there is always room");
        };
        assert!(refused.status == 503 && refused.text().contains("store_unavailable"), "{refused:?}");
        assert!(answered > 0 && refused.header("retry-after").is_some());
        assert_eq!(server.used(&key), answered, "what was refused was not counted");
    }
    // Of what else would have to be kept, nothing is promised that is not.
    let exam = json!({ "model": "moons", "labels": vec![0; 1_000] });
    let mut submitted = 0;
    for _ in 0..10 {
        let told = server.post("/v1/exam", &key, &exam);
        submitted += u64::from(told.status == 200);
        assert!(told.status == 200 || told.code() == (503, "store_unavailable".to_owned()), "{told:?}");
    }
    let left = |server: &Server| server.get("/v1/account", &key).json()["submissions_left"].as_u64();
    assert_eq!(left(&server), Some(10 - submitted));

    let server = server.kill_and_start_again(&format!("{WORDS} 0"));
    assert_eq!((server.used(&key), left(&server)), (answered, Some(10 - submitted)), "all of it is there");
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 100]).status, 200);
}

#[test]
fn what_was_asked_of_a_model_that_is_not_served_now_is_used_up_all_the_same() {
    let words = |model: &str, accounts: usize| format!("{model} --store class.sqlite --quota 10 --accounts {accounts}");
    let server = Server::start(&words("moons rings", 1));
    let key = server.key(0);
    assert_eq!(server.infer("rings", &key, &[[0.0; 2]; 4]).status, 200);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 3]).status, 200);
    let server = server.kill_and_start_again(&words("moons", 0));
    assert_eq!(server.used(&key), 7);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 4]).status, 429);
    assert_eq!(server.infer("moons", &key, &[[0.0; 2]; 3]).status, 200);
}

#[test]
fn ctrl_c_closes_the_store_and_says_so_by_its_exit_code() {
    let mut server = Server::start(&format!("{WORDS} 1"));
    assert_eq!(server.infer("moons", &server.key(0), &[[0.0; 2]]).status, 200);
    // A screen that listens does not hold it up.
    let (address, admin) = (server.address(), server.admin());
    let screen = thread::spawn(move || {
        send(&address, "GET", "/v1/events", &format!("Authorization: Bearer {admin}\r\n"), b"").map(|it| it.text())
    });
    thread::sleep(Duration::from_millis(300));
    let id = server.id().to_string();
    std::process::Command::new("kill").args(["-2", &id]).status().expect("a signal");
    assert_eq!(server.ends(), Some(130));
    let told = screen.join().expect("a screen").expect("events to their end");
    assert!(told.starts_with("event: board\ndata: {") && told.contains("event: query\n"), "{told}");
    // What SQLite leaves beside a file that was not closed.
    assert!(!server.file("class.sqlite-wal").exists());
}
