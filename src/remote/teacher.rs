//! What is known of a remote teacher: every answer it ever gave, and how to get another.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, s};

use super::address::{Address, Key};
use super::contact::{Outcome, exchange};
use super::http::Http;
use super::kept::{Batch, Entry, Recalled, entries};
use super::metadata::Said;
use super::reading::{Form, Kind, answers, request};
use super::trouble::Trouble;
use crate::checked::line;
use crate::oracle::Answers;

/// Points of a batch, until a server says that it takes fewer.
const BATCH: usize = 1_024;

/// What a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A student learns from it.
    Sweep,
    /// Students are examined by it.
    Exam,
}

/// How many queries were bought, each point once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// Points that students asked about.
    pub sweep: usize,
    /// Points of exams that no student had asked about before.
    pub exam: usize,
    /// Of all these, queries that were answered now.
    pub now: usize,
}

/// Who else has a say while a server is asked.
pub struct Surroundings {
    /// Whether to stop.
    pub stop: Box<dyn Fn() -> bool + Send + Sync>,
    /// Told in a line why nothing happens for a while.
    pub tell: Box<dyn Fn(&str) + Send + Sync>,
}

/// A teacher behind somebody else's API.
pub struct RemoteTeacher {
    http: Http,
    /// The output that somebody named.
    wish: Option<String>,
    classes: Vec<String>,
    around: Surroundings,
    known: Mutex<Known>,
}

/// An answer that is kept.
enum Answer {
    Probabilities(Vec<f32>),
    Label(usize),
}

struct Known {
    said: Option<Said>,
    form: Option<Form>,
    /// By the bits of the point.
    answers: HashMap<Vec<u32>, Answer>,
    /// Points that this run has asked about, and what they were for at first.
    needed: HashSet<Vec<u32>>,
    paid: Paid,
    /// Where answers are written before they are used.
    file: Box<dyn Write + Send>,
    batch: usize,
    trouble: Option<Trouble>,
}

impl RemoteTeacher {
    /// The teacher at an address that answers with these classes. `text` is what earlier runs kept, `file` takes what
    /// comes; nothing is asked yet.
    pub fn new(
        (address, key): (Address, Option<Key>),
        output: Option<&str>,
        classes: &[String],
        around: Surroundings,
        (text, file): (&[u8], impl Write + Send + 'static),
    ) -> (Self, Recalled) {
        let (entries, mut recalled) = entries(text);
        let mut known = Known {
            said: None,
            form: None,
            answers: HashMap::new(),
            needed: HashSet::new(),
            paid: Paid::default(),
            file: Box::new(file),
            batch: BATCH,
            trouble: None,
        };
        for entry in entries {
            match entry {
                Entry::Model(said) => known.said = Some(said),
                Entry::Form(form) => known.form = Some(form),
                Entry::Batch(batch) => match batch.read(classes.len()) {
                    Some((points, answers, kind)) if known.form.as_ref().is_some_and(|form| form.kind == kind) => {
                        known.keep(points.view(), answers);
                    }
                    _ => recalled.damaged += 1,
                },
            }
        }
        recalled.answers = known.answers.len();
        let (wish, classes) = (output.map(str::to_owned), classes.to_vec());
        (Self { http: Http::new(address, key), wish, classes, around, known: Mutex::new(known) }, recalled)
    }

    /// What it answers with, learned by asking about a point if need be.
    ///
    /// # Errors
    /// [`Trouble`] where it does not answer.
    pub(super) fn kind(&self, point: ArrayView2<f32>) -> Result<Kind, Trouble> {
        let kind = |known: &Known| known.form.as_ref().map(|form| form.kind);
        if let Some(kind) = kind(&self.known()) {
            return Ok(kind);
        }
        self.ask(point, Purpose::Exam)?;
        Ok(kind(&self.known()).expect("an answer has a kind"))
    }

    /// Whether it is asked about points as they are dealt, and not about a table's own numbers.
    pub(super) fn takes_points_as_dealt(&self) -> Result<bool, Trouble> {
        Ok(self.meet(&mut self.known())?.as_dealt)
    }

    /// Names of the classes that it answers with.
    pub(super) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// How many queries this run needed so far.
    pub fn paid(&self) -> Paid {
        self.known().paid
    }

    /// Why it answers no more, if that is so.
    pub fn trouble(&self) -> Option<Trouble> {
        self.known().trouble.clone()
    }

    /// Answers to points (n × dimension): those that are not kept are asked for, written down, and then used.
    ///
    /// # Errors
    /// [`Trouble`] where one of them is not answered. What was answered before it is kept.
    pub(super) fn ask(&self, points: ArrayView2<f32>, purpose: Purpose) -> Result<Answers, Trouble> {
        let known = &mut *self.known();
        let keys: Vec<Vec<u32>> = points.rows().into_iter().map(bits).collect();
        let mut new = HashSet::new();
        let is_new = |&row: &usize| !known.answers.contains_key(&keys[row]) && new.insert(&keys[row]);
        let missing: Vec<usize> = (0..keys.len()).filter(is_new).collect();
        if !missing.is_empty() {
            if let Some(trouble) = &known.trouble {
                return Err(trouble.clone());
            }
            if let Err(trouble) = self.buy(known, points.select(Axis(0), &missing).view()) {
                known.trouble = Some(trouble.clone());
                return Err(trouble);
            }
        }
        let answers = known.collect(&keys, self.classes.len());
        for key in keys {
            if known.needed.insert(key) {
                match purpose {
                    Purpose::Sweep => known.paid.sweep += 1,
                    Purpose::Exam => known.paid.exam += 1,
                }
            }
        }
        Ok(answers)
    }

    fn buy(&self, known: &mut Known, points: ArrayView2<f32>) -> Result<(), Trouble> {
        let said = self.meet(known)?.clone();
        said.check(points.ncols(), &self.classes)?;
        let mut from = 0;
        while from < points.nrows() {
            // The first answer shows how there is one, and may be asked for in several ways: about one point.
            let most = if known.form.is_none() { 1 } else { known.batch };
            let batch = points.slice(s![from..points.nrows().min(from + most), ..]);
            let Some((answers, form)) = self.send(known, &said, batch)? else { continue };
            if known.form.is_none() {
                known.write(&Entry::Form(form.clone()))?;
                known.form = Some(form);
            } else if known.form.as_ref().is_some_and(|first| first.kind != form.kind) {
                return Err(Trouble::wrong("the model now answers in another way than at first", "begin with --fresh"));
            }
            known.write(&Entry::Batch(Batch::of(batch, &answers)))?;
            known.paid.now += batch.nrows();
            from += batch.nrows();
            known.keep(batch, answers);
        }
        Ok(())
    }

    /// One batch, in the ways that are left to try; `None` where it has to be smaller.
    fn send(&self, known: &mut Known, said: &Said, batch: ArrayView2<f32>) -> Result<Option<(Answers, Form)>, Trouble> {
        let ways = match &known.form {
            Some(form) => vec![form.output.clone()],
            None => said.wishes(self.wish.as_deref()),
        };
        let mut refused = String::new();
        for (number, output) in ways.iter().enumerate() {
            let (body, patient) = (request(batch, said, output.as_deref()), number + 1 == ways.len());
            match exchange(&self.http, &self.around, batch.nrows(), patient, || self.http.infer(&body))? {
                Outcome::Answered(text) => {
                    let about = (said, &self.classes[..]);
                    let (answers, kind) = answers(&text, batch.nrows(), about, self.wish.as_deref())?;
                    return Ok(Some((answers, Form { kind, output: output.clone() })));
                }
                Outcome::Smaller(most) => {
                    known.batch = most;
                    return Ok(None);
                }
                Outcome::NotSo(why) => refused = why,
            }
        }
        Err(Trouble::wrong(refused, "see that --data is what the model was made for, and --output an output of it"))
    }

    /// What the model says of itself: from the file, or asked once.
    fn meet<'k>(&self, known: &'k mut Known) -> Result<&'k Said, Trouble> {
        if known.said.is_none() {
            let said = match exchange(&self.http, &self.around, 1, true, || self.http.metadata())? {
                Outcome::Answered(text) => {
                    Said::read(&text).ok_or("what the model says of itself is no JSON".to_owned())
                }
                Outcome::Smaller(_) => unreachable!("one thing cannot be smaller"),
                Outcome::NotSo(why) => Err(why),
            };
            let cure = "give the address of a model of the Open Inference Protocol, http://host:port/v2/models/NAME";
            let said = said.map_err(|problem| Trouble::wrong(problem, cure))?;
            known.write(&Entry::Model(said.clone()))?;
            known.said = Some(said);
        }
        Ok(known.said.as_ref().expect("just found out"))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// One write for a whole line: what a crash cuts off is its end.
    fn write(&mut self, entry: &Entry) -> Result<(), Trouble> {
        let line = line(entry).map_err(|error| Trouble::Unkept(error.to_string()))?;
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.flush());
        written.map_err(|error| Trouble::Unkept(error.to_string()))
    }

    fn keep(&mut self, points: ArrayView2<f32>, answers: Answers) {
        let keys = points.rows().into_iter().map(bits);
        match answers {
            Answers::Probabilities(rows) => {
                let rows = rows.rows().into_iter().map(|row| Answer::Probabilities(row.to_vec())).collect::<Vec<_>>();
                self.answers.extend(keys.zip(rows));
            }
            Answers::Labels(labels) => self.answers.extend(keys.zip(labels.into_iter().map(Answer::Label))),
            Answers::Top(_) => unreachable!("no answer is read as one of these"),
        }
    }

    fn collect(&self, keys: &[Vec<u32>], classes: usize) -> Answers {
        let kept = keys.iter().map(|key| &self.answers[key]);
        if self.form.as_ref().is_some_and(|form| form.kind == Kind::Labels) {
            let label = |answer: &Answer| if let Answer::Label(label) = answer { Some(*label) } else { None };
            return Answers::Labels(kept.filter_map(label).collect());
        }
        let mut rows = Array2::zeros((keys.len(), classes));
        for (mut row, answer) in rows.rows_mut().into_iter().zip(kept) {
            if let Answer::Probabilities(shown) = answer {
                row.assign(&ArrayView1::from(shown));
            }
        }
        Answers::Probabilities(rows)
    }
}

fn bits(point: ArrayView1<f32>) -> Vec<u32> {
    point.iter().map(|number| number.to_bits()).collect()
}
