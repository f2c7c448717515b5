//! The laboratory in a browser: the core behind three functions that a worker calls.
//!
//! ```text
//! input(n)   room for a message of n bytes, which the worker fills
//! call()     answers the message; where the answer begins
//! length()   how many bytes the answer has
//! ```
//!
//! A message is JSON: `{"open": {"data": "spirals", "replicate": 0, "side": 400}}` draws a replicate and trains its
//! teacher, `{"paint": {"cells": "..0.1", "side": 400}}` trains the teacher of a painted square, a digit for a colour,
//! `{"table": {"text": "a,b,kind…", "label": "kind", "side": 400}}` that of a table, whose columns
//! `{"columns": {"text": "a,b,kind…"}}` names, and `{"teach": {"strategy": …, "side": 400}}` a student.
//! `{"learn": {"data": "spirals", "points": […], "dimension": 2, "answers": […], "classes": 5, …}}` trains one from the
//! answers of a teacher elsewhere, and lets it sit an exam: numbers row by row.
//! `{"meet": {"models": […]}}` brings models that talk, and `{"ask": {"line": "who are you?"}}` asks all of them. An
//! answer is the length of a JSON text (four bytes, the lowest first), that text, and the classes of a map, one byte a
//! pixel, the top row first; no map where points do not lie in a plane.

use std::cell::RefCell;
use std::sync::Arc;

use distill_lab::data::{Painting, Table, TableOptions};
use distill_lab::lab::{Lab, LabError, Student, Wish, converse, learn, map};
use distill_lab::nn::language::LanguageModel;
use distill_lab::nn::loss::argmax;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// What the worker asks for.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Message {
    Open { data: String, replicate: usize, side: usize },
    Paint { cells: String, replicate: usize, side: usize },
    Columns { text: String },
    Table { text: String, label: String, replicate: usize, side: usize },
    Teach(Teach),
    Learn(Learn),
    Meet { models: Vec<LanguageModel> },
    Ask { line: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Teach {
    strategy: String,
    answers: String,
    queries: usize,
    by_hand: Vec<[f32; 2]>,
    width: usize,
    truth: bool,
    side: usize,
}

#[derive(Deserialize)]
struct Learn {
    data: String,
    points: Vec<f32>,
    dimension: usize,
    answers: Vec<f32>,
    classes: usize,
    exam: Vec<f32>,
    bounds: (f32, f32),
    side: usize,
}

/// What it gets, apart from a map.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case", untagged)]
enum Answer {
    #[serde(rename_all = "kebab-case")]
    Opened {
        bounds: (f32, f32),
        plane: bool,
        classes: Vec<String>,
        parameters: usize,
        examples: usize,
        accuracy: f64,
        chance: f64,
        exam: usize,
        most: usize,
    },
    Columns {
        columns: Vec<String>,
    },
    #[serde(rename_all = "kebab-case")]
    Taught {
        agreement: f64,
        accuracy: f64,
        parameters: usize,
        points: Vec<f32>,
        told: Vec<f32>,
    },
    Learned {
        labels: Vec<usize>,
    },
    Met {
        models: usize,
    },
    Said {
        line: String,
        replies: Vec<String>,
    },
    Failed {
        error: String,
    },
}

#[derive(Default)]
struct Room {
    input: Vec<u8>,
    output: Vec<u8>,
    lab: Option<Lab>,
    company: Vec<LanguageModel>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Room for a message of this length.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.input.resize(length, 0);
        room.input.as_mut_ptr()
    })
}

/// Answers the message that lies in the room; returns where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn call() -> *const u8 {
    ROOM.with_borrow_mut(|room| {
        let (answer, map) = room.answer().unwrap_or_else(|error| (Answer::Failed { error }, Vec::new()));
        let text = serde_json::to_vec(&answer).unwrap_or_default();
        room.output.clear();
        room.output.extend((text.len() as u32).to_le_bytes());
        room.output.extend(text);
        room.output.extend(map);
        room.output.as_ptr()
    })
}

/// How many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    ROOM.with_borrow(|room| room.output.len())
}

impl Room {
    fn opened(&mut self, lab: Lab, side: usize) -> (Answer, Vec<u8>) {
        let lab = self.lab.insert(lab);
        let data = lab.data();
        let opened = Answer::Opened {
            bounds: data.bounds(),
            plane: data.dimension() == 2,
            classes: data.classes().to_vec(),
            parameters: lab.teacher_parameters(),
            examples: lab.examples(),
            accuracy: lab.teacher_accuracy(),
            chance: lab.chance(),
            exam: lab.exam_points(),
            most: lab.most(),
        };
        (opened, lab.map_of_teacher(side))
    }

    fn answer(&mut self) -> Result<(Answer, Vec<u8>), String> {
        let told = |error: LabError| error.to_string();
        match serde_json::from_slice(&self.input).map_err(|error| error.to_string())? {
            Message::Open { data, replicate, side } => {
                Ok(self.opened(Lab::open(&data, replicate).map_err(told)?, side))
            }
            Message::Paint { cells, replicate, side } => {
                let cells: Vec<Option<u8>> =
                    cells.bytes().map(|cell| cell.is_ascii_digit().then(|| cell - b'0')).collect();
                let painting = Painting::new(cells.len().isqrt(), &cells).ok_or("two colours are needed")?;
                Ok(self.opened(Lab::with(Arc::new(painting), replicate).map_err(told)?, side))
            }
            Message::Columns { text } => {
                let columns = Table::columns(text.as_bytes()).map_err(|error| error.to_string())?;
                Ok((Answer::Columns { columns }, Vec::new()))
            }
            Message::Table { text, label, replicate, side } => {
                let options = TableOptions { label: Some(&label), drop_missing: true };
                let table = Table::read("table", text.as_bytes(), options).map_err(|error| error.to_string())?;
                Ok(self.opened(Lab::with(Arc::new(table), replicate).map_err(told)?, side))
            }
            Message::Teach(Teach { strategy, answers, queries, by_hand, width, truth, side }) => {
                let lab = self.lab.as_ref().ok_or("there is no teacher yet")?;
                let wish = Wish { strategy, answers, queries, by_hand, width, truth };
                let student = lab.teach(&wish).map_err(told)?;
                let map = lab.map_of(&student, side);
                let Student { net, points, targets, agreement, accuracy } = student;
                let parameters = net.parameter_count();
                let (points, told) = (points.into_iter().collect(), targets.into_iter().collect());
                Ok((Answer::Taught { agreement, accuracy, parameters, points, told }, map))
            }
            Message::Learn(Learn { data, points, dimension, answers, classes, exam, bounds, side }) => {
                let points = rows(points, dimension)?;
                let student = learn(&data, points.view(), rows(answers, classes)?.view()).map_err(told)?;
                let labels = argmax(student.logits(rows(exam, dimension)?.view()).view());
                let plane = dimension == 2;
                let map = if plane { map(bounds, |points| student.logits(points), side) } else { Vec::new() };
                Ok((Answer::Learned { labels }, map))
            }
            Message::Meet { models } => {
                self.company = models;
                Ok((Answer::Met { models: self.company.len() }, Vec::new()))
            }
            Message::Ask { line } => {
                let (line, replies) = converse(&self.company, &line).map_err(told)?;
                Ok((Answer::Said { line, replies }, Vec::new()))
            }
        }
    }
}

/// Numbers, row by row, as rows of this width.
fn rows(numbers: Vec<f32>, width: usize) -> Result<Array2<f32>, String> {
    let count = numbers.len().checked_div(width).unwrap_or_default();
    Array2::from_shape_vec((count, width), numbers).map_err(|error| error.to_string())
}
