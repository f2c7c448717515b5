//! How a server starts, or says why it does not.

use std::net::TcpListener;

use serde_json::json;

use crate::server::{Server, refusal};

#[test]
fn what_cannot_be_served_is_refused_with_a_cure() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("text.sqlite"), "This is no database, and it is long enough to show it.")
        .expect("a file");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().expect("an address");
    for (words, code, told) in [
        ("serve sprials", 2, "did you mean spirals?"),
        ("serve moons --guard", 2, "distill serve glyphs --guard"),
        ("serve moons --quota 0", 2, "--quota 100"),
        ("serve moons --answers lable", 2, "did you mean label?"),
        ("serve moons --addr nowhere", 2, "--addr 127.0.0.1:8080"),
        (&format!("serve moons --addr {taken}"), 2, "--addr 127.0.0.1:0"),
        ("serve moons --addr 127.0.0.1:0 --store text.sqlite", 1, "--store FILE.sqlite"),
        ("serve my.csv", 2, "there is no such file"),
    ] {
        let (exit, said) = refusal(folder.path(), words);
        assert!(exit == Some(code) && said.starts_with("error: ") && said.contains(told), "{words}: {exit:?} {said}");
    }
    assert!(!folder.path().join("output").exists(), "what is refused leaves nothing behind");
}

#[test]
fn a_store_has_one_server_and_one_seed() {
    let server = Server::start("moons --store class.sqlite");
    let file = server.file("class.sqlite");
    let folder = file.parent().expect("a folder");
    let (exit, said) = refusal(folder, "serve moons --addr 127.0.0.1:0 --store class.sqlite");
    assert!(exit == Some(1) && said.contains("belongs to a server that is running"), "{said}");
    let mut server = server;
    let id = server.id().to_string();
    std::process::Command::new("kill").arg(&id).status().expect("a signal");
    assert_eq!(server.ends(), Some(130));
    let (exit, said) = refusal(folder, "serve moons --addr 127.0.0.1:0 --store class.sqlite --seed 1");
    assert!(exit == Some(2) && said.contains("write --seed 0"), "{said}");
}

#[test]
fn a_table_of_ones_own_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |row: usize| format!("{},{},{}\n", row * 7 % 11, row * 5 % 13, ["red", "blue"][row % 2]);
    let table = folder.path().join("my.csv");
    std::fs::write(&table, "x,y,kind\n".to_owned() + &(0..80).map(row).collect::<String>()).expect("a table");
    let server = Server::start(&format!("{} --label kind", table.display()));
    assert_eq!(server.opened["models"], json!(["my"]));
    let metadata = server.get("/v2/models/my", &server.key(0)).json();
    assert_eq!(metadata["parameters"]["classes"], json!(["blue", "red"]));
    let exam = server.get("/v1/exam?model=my", &server.key(0)).json();
    let points: Vec<[f32; 2]> = serde_json::from_value(exam["points"].clone()).expect("points");
    assert!(!points.is_empty() && server.infer("my", &server.key(0), &points).status == 200);
}

#[test]
fn a_guard_closes_who_asks_unlike_a_customer() {
    let server = Server::start("glyphs --guard --accounts 2");
    let (copier, customer) = (server.key(0), server.key(1));
    // Noise, evenly spread: nobody draws digits like that.
    let mut state = 7u32;
    let mut noise = |count: usize| -> Vec<f32> {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1u32 << 24) as f32
        };
        (0..count * 144).map(|_| next()).collect()
    };
    let ask = |key: &str, data: &[f32]| {
        let input = json!({ "name": "points", "datatype": "FP32", "shape": [data.len() / 144, 144], "data": data });
        server.post("/v2/models/glyphs/infer", key, &json!({ "inputs": [input] }))
    };
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(ask(&copier, &noise(20)).status);
    }
    let open = statuses.iter().take_while(|&&status| status == 200).count();
    assert!(open < 20 && statuses[open..].iter().all(|&status| status == 403), "{statuses:?}");
    let account = server.get("/v1/account", &copier).json();
    assert!(account["why"].as_str().is_some_and(|why| why.starts_with("detected after")), "{account}");
    let standing = server.get("/v1/accounts/1/standing", &server.admin()).json();
    assert_eq!(standing["glyphs"].as_array().map(Vec::len), Some(6));

    // One who asks what customers ask is let be, and so is one whom the owner lets in again.
    let pool = server.get("/v1/pool?model=glyphs&n=40", &customer).json();
    let natural: Vec<Vec<f32>> = serde_json::from_value(pool["points"].clone()).expect("points");
    assert_eq!(ask(&customer, &natural.concat()).status, 200);
    assert_eq!(server.get("/v1/account", &customer).json()["closed"], json!(false));
    assert_eq!(server.post("/v1/accounts/1/reopen", &server.admin(), &json!(null)).status, 200);
    assert_eq!(ask(&copier, &noise(300)).status, 200);
    assert_eq!(server.get("/v1/account", &copier).json()["closed"], json!(false));
}
