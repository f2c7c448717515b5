//! The Open Inference Protocol: points in, probabilities or labels out.
//!
//! ```text
//! {"inputs": [{"name": "points", "datatype": "FP32", "shape": [n, d], "data": […]}]}
//! {"outputs": [{"name": "probabilities", "datatype": "FP32", "shape": [n, k], "data": […]}]}
//! ```
//!
//! Numbers go from the text straight into an array, all points through the teacher in one pass, and each answer becomes
//! text once: what is written into the store is what is sent.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::Shared;
use super::accounts::{Answered, Outcome};
use super::binary::{self, Framed};
use super::customer::Seat;
use super::error::Problem;
use super::http::{body, json_text};
use super::models::PointModel;
use super::store::KeptQuery;
use super::tensor::{self, Asked, INPUT, Output, Tensor, texts};
use crate::oracle::{Oracle, Refusal};

/// `GET /v2`: the server.
pub(super) async fn server() -> Response {
    let version = env!("CARGO_PKG_VERSION");
    json_text(json!({ "name": "distill-lab", "version": version, "extensions": ["binary_tensor_data"] }).to_string())
}

/// `GET /v2/health/live`: it runs.
pub(super) async fn live() -> Response {
    json_text(json!({ "live": true }).to_string())
}

/// `GET /v2/health/ready`: it answers, and does so from the start: its teachers are trained before.
pub(super) async fn ready() -> Response {
    json_text(json!({ "ready": true }).to_string())
}

/// `GET /v2/models/M/ready`: the model answers.
pub(super) async fn model_ready(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let (_, model) = shared.accounts.points(&name)?;
    Ok(json_text(json!({ "name": model.name, "ready": true }).to_string()))
}

/// `GET /v2/models/M`: what it takes and what it gives.
pub(super) async fn metadata(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (_, model) = shared.accounts.points(&name)?;
    let data = model.data();
    let output = |&Tensor { name, datatype, width }: &Tensor| {
        let shape: Vec<i64> = [Some(-1), width.map(|width| width as i64)].into_iter().flatten().collect();
        json!({ "name": name, "datatype": datatype, "shape": shape })
    };
    let outputs: Vec<Value> = model.tensors.iter().map(output).collect();
    let text = json!({
        "name": model.name,
        "platform": "distill-lab",
        "inputs": [{ "name": INPUT, "datatype": "FP32", "shape": [-1, data.dimension()] }],
        "outputs": outputs,
        "parameters": {
            "classes": data.classes(),
            "bounds": [data.bounds().0, data.bounds().1],
            "answers": model.surface.name(),
        },
    });
    Ok(json_text(text.to_string()))
}

/// `POST /v2/models/M/infer`: asks.
pub(super) async fn infer(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let entry = shared.accounts.who(request.headers())?;
    let (at, model) = shared.accounts.points(&name)?;
    let headers = request.headers().clone();
    let body = body(request).await?;
    let Framed { text, raw } = binary::framed(&headers, &body)?;
    let asked = tensor::read(text, raw, model.data().dimension())?;
    asked.check_wishes(&model.tensors)?;
    let ask = |seat: &mut Seat| answered(seat, &asked);
    let Outcome { answers, headers } = shared.accounts.ask(&entry, at, asked.points.nrows(), ask).await?;
    let mut response = written(model, &asked, &answers);
    response.headers_mut().extend(headers);
    Ok(response)
}

fn answered(seat: &mut Seat, asked: &Asked) -> Result<Answered<Vec<Output>>, Refusal> {
    let Seat::Points(account) = seat else { unreachable!("a model of points has seats of points") };
    let before = account.log().len();
    let outputs = tensor::outputs(account.ask(asked.points.view())?);
    let numbers = asked.points.as_slice().expect("read row by row");
    let questions = texts(numbers, asked.points.ncols());
    let kept = |(row, question): (usize, String)| {
        let answer = match &outputs[..] {
            [output] => output.row(row),
            several => format!("[{}]", several.iter().map(|it| it.row(row)).collect::<Vec<_>>().join(",")),
        };
        let class = Some(account.log().notes()[before + row].class);
        KeptQuery { asked: format!("[{question}]"), answer, class }
    };
    let queries = questions.into_iter().enumerate().map(kept).collect();
    Ok(Answered { answers: outputs, queries })
}

/// The outputs that were wished for, each as text or as bytes.
fn written(model: &PointModel, asked: &Asked, outputs: &[Output]) -> Response {
    let (mut tensors, mut raw) = (Vec::new(), Vec::new());
    for output in outputs {
        let Some(as_bytes) = asked.wishes(output.tensor.name) else { continue };
        let (name, datatype, shape) = (output.tensor.name, output.tensor.datatype, json!(output.shape()));
        let data = if as_bytes {
            let bytes = output.bytes();
            raw.extend_from_slice(&bytes);
            format!(r#""parameters":{{"binary_data_size":{}}}"#, bytes.len())
        } else {
            format!(r#""data":[{}]"#, output.rows.join(","))
        };
        tensors.push(format!(r#"{{"name":"{name}","datatype":"{datatype}","shape":{shape},{data}}}"#));
    }
    let id = asked.id.as_ref().map_or(String::new(), |id| format!(r#""id":{},"#, json!(id)));
    let (model, tensors) = (json!(model.name), tensors.join(","));
    let text = format!(r#"{{{id}"model_name":{model},"outputs":[{tensors}]}}"#);
    if raw.is_empty() { json_text(text) } else { binary::response(text, &raw) }
}
