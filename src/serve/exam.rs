//! Points to ask about, and the exam: how often a copier's student gives the teacher's answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use ndarray::ArrayView2;
use serde::Deserialize;
use serde_json::json;

use super::Shared;
use super::error::Problem;
use super::http::{body, json_text, parameters, read};
use super::store::KeptExam;
use super::tensor::texts;

/// How often an account may submit, of all models together.
pub(super) const SUBMISSIONS: usize = 10;
/// Points of the pool where no number is given.
const POOL: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolWish {
    model: String,
    n: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamWish {
    model: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Submission {
    model: String,
    labels: Vec<usize>,
}

/// `GET /v1/pool`: unlabelled points of the data, the same for everybody.
pub(super) async fn pool(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    shared.accounts.who(request.headers())?;
    let PoolWish { model, n } = parameters(&request)?;
    let (_, model) = shared.accounts.points(&model)?;
    let (count, all) = (n.unwrap_or(POOL.min(model.pool.nrows())), model.pool.nrows());
    if !(1..=all).contains(&count) {
        return Err(Problem::bad("n", format!("n is a number of points from 1 to {all}, not {count}")));
    }
    Ok(points(&model.name, model.pool.slice(ndarray::s![..count, ..])))
}

/// `GET /v1/exam`: the points of the exam, without answers.
pub(super) async fn questions(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    shared.accounts.who(request.headers())?;
    let ExamWish { model } = parameters(&request)?;
    let (_, model) = shared.accounts.points(&model)?;
    Ok(points(&model.name, model.exam.view()))
}

fn points(model: &str, points: ArrayView2<f32>) -> Response {
    let numbers = points.as_slice().expect("rows that follow one another");
    let rows = texts(numbers, points.ncols()).join("],[");
    json_text(format!(r#"{{"model":{},"points":[[{rows}]]}}"#, json!(model)))
}

/// `POST /v1/exam`: a student's answers. A closed account may submit, too: the exam is the class's, and what the
/// account was told before is told.
pub(super) async fn submit(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Problem> {
    let entry = shared.accounts.who(request.headers())?;
    let Submission { model, labels } = read(&body(request).await?)?;
    let (at, model) = shared.accounts.points(&model)?;
    let (asked, classes) = (model.exam.nrows(), model.data().classes().len());
    if labels.len() != asked {
        let message = format!("the exam has {asked} points, and {} labels were sent", labels.len());
        return Err(Problem::unprocessable("labels", message));
    }
    if let Some(label) = labels.iter().find(|&&label| label >= classes) {
        let message = format!("{label} is no class: they are numbered from 0 to {}", classes - 1);
        return Err(Problem::unprocessable("labels", message));
    }
    let agreement = model.agreement(&labels);
    let (queries, left) = {
        let mut state = entry.state();
        let Some(left) = SUBMISSIONS.checked_sub(state.exams.len() + state.exams_in_flight + 1) else {
            return Err(Problem::over_quota(format!("all {SUBMISSIONS} submissions of this account are used")));
        };
        state.exams_in_flight += 1;
        (state.seat(at).asked(), left)
    };
    let exam = KeptExam { model: model.name.clone(), agreement, queries };
    shared.accounts.submit(&entry, exam).await?;
    Ok(json_text(json!({ "agreement": agreement, "submissions_left": left }).to_string()))
}
