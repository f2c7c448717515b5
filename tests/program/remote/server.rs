//! A small server of the Open Inference Protocol: one request a connection, on a thread of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use distill_lab::data::Sizes;
use distill_lab::oracle::{self, Answers, Oracle, Teacher, Terms};
use distill_lab::plan::{Plan, Request};
use distill_lab::seed::Seed;
use ndarray::Array2;
use serde_json::{Value, json};

/// What is asked.
pub(super) struct Asked {
    pub(super) key: Option<String>,
    /// Points (n × dimension); `None` of a request for metadata.
    pub(super) points: Option<Array2<f32>>,
    /// The output that is wished for.
    pub(super) wish: Option<String>,
}

/// A status, a header line or none, and a body. Status 0 closes the connection without a word.
pub(super) type Reply = (u16, &'static str, String);
type Behaviour = dyn FnMut(&Asked) -> Reply + Send;

/// A server; it ends with this value.
pub(super) struct Server {
    address: SocketAddr,
    /// Every point that was answered, by its bits.
    answered: Arc<Mutex<Vec<Vec<u32>>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts one that replies as `behave` says.
    pub(super) fn start(mut behave: impl FnMut(&Asked) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (answered, stop) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let (log, ended) = (Arc::clone(&answered), Arc::clone(&stop));
        let serve = move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ended.load(SeqCst) {
                    return;
                }
                answer(stream, &mut behave, &log);
            }
        };
        Self { address, answered, stop, thread: Some(thread::spawn(serve)) }
    }

    /// The address of its model.
    pub(super) fn url(&self) -> String {
        format!("http://{}/v2/models/mine", self.address)
    }

    /// Every point that was answered since the last look.
    pub(super) fn answered(&self) -> Vec<Vec<u32>> {
        std::mem::take(&mut self.answered.lock().expect("no panic in the server"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn answer(stream: TcpStream, behave: &mut Behaviour, log: &Mutex<Vec<Vec<u32>>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let heads: Vec<String> =
        reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let head = |name: &str| {
        let lines = heads.iter().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let length = head("content-length").map_or(0, |length| length.parse().expect("a length"));
    let mut body = vec![0; length];
    if heads.is_empty() || reader.read_exact(&mut body).is_err() {
        return;
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let asked = Asked {
        key: head("authorization").and_then(|key| key.strip_prefix("Bearer ").map(str::to_owned)),
        points: body["inputs"][0].as_object().map(|input| {
            let number = |value: &Value| value.as_f64().expect("a number");
            let shape: Vec<usize> = input["shape"].as_array().unwrap().iter().map(|it| number(it) as usize).collect();
            let data = input["data"].as_array().unwrap().iter().map(|it| number(it) as f32).collect();
            Array2::from_shape_vec((shape[0], shape[1]), data).expect("as many numbers as the shape says")
        }),
        wish: body["outputs"][0]["name"].as_str().map(str::to_owned),
    };
    let (status, header, text) = behave(&asked);
    if status == 0 {
        return;
    }
    if let Some(points) = asked.points.filter(|_| status == 200) {
        let bits = |row: ndarray::ArrayView1<f32>| row.iter().map(|number| number.to_bits()).collect();
        log.lock().expect("no panic in the server").extend(points.rows().into_iter().map(bits));
    }
    let (mut stream, length) = (stream, text.len());
    let line = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
    let head = format!("HTTP/1.1 {status} X\r\n{line}Connection: close\r\nContent-Length: {length}\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes()));
}

/// The teacher of the first replicate of a plan, as a server's model: what it replies to each request.
pub(super) fn first_teacher(request: &Request, kind: &'static str) -> impl FnMut(&Asked) -> Reply + Send + 'static {
    let plan = Plan::check(request).expect("a sound plan");
    let data = plan.data();
    let seed = Seed::new(plan.seed()).child("world").child(data.name()).child(0);
    let training =
        data.deal(Sizes { training: plan.sizes().training, ..Sizes::default() }, seed.child("data")).training;
    let (widths, recipe) = (plan.teacher_widths(), plan.teacher_recipe());
    let teacher = Teacher::train(&widths, training.points.view(), &training.labels, &recipe, seed.child("teacher"));
    let surface = oracle::surface(kind).expect("a kind of answer");
    let terms = Terms { surface, quota: usize::MAX, noise: seed };
    let mut account = oracle::serve(teacher.expect("training settles"), terms).0.open();
    let metadata = json!({
        "name": "mine",
        "inputs": [{ "name": "points", "datatype": "FP32", "shape": [-1, data.dimension()] }],
        "outputs": [],
        "parameters": { "classes": data.classes(), "bounds": [data.bounds().0, data.bounds().1] },
    });
    move |asked| match &asked.points {
        None => (200, "", metadata.to_string()),
        Some(points) => (200, "", outputs(account.ask(points.view()).expect("points of the data"))),
    }
}

/// Answers as a response.
pub(super) fn outputs(answers: Answers) -> String {
    let output = match answers {
        Answers::Probabilities(rows) => {
            // Each number with as many digits as it takes to read the same one back.
            let data: Vec<String> = rows.iter().map(|number| format!("{number:?}")).collect();
            let (shape, data) = (rows.shape(), data.join(","));
            return format!(
                r#"{{"outputs":[{{"name":"probabilities","datatype":"FP32","shape":{shape:?},"data":[{data}]}}]}}"#
            );
        }
        Answers::Labels(labels) => {
            json!({ "name": "labels", "datatype": "INT64", "shape": [labels.len()], "data": labels })
        }
        Answers::Top(_) => unreachable!("no test asks for these"),
    };
    json!({ "outputs": [output] }).to_string()
}
