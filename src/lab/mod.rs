//! A student that learns while somebody watches: one replicate, its teacher behind the API, a student for each wish.
//! Where points lie in a plane there are maps, and points to ask about by hand; elsewhere agreement alone.
//!
//! Data, teacher, queries and training are those of the experiments, from the same random streams: a student of the
//! default size that asks as the experiments' students do is, where the processor rounds alike, the same student.
//!
//! ```
//! use distill_lab::lab::{Lab, Wish};
//!
//! let lab = Lab::open("moons", 0)?;
//! let student = lab.teach(&Wish { queries: 30, ..Wish::default() })?;
//! assert!(student.agreement > 0.9);
//! assert_eq!(student.points.dim(), (30, 2));
//! # Ok::<(), distill_lab::lab::LabError>(())
//! ```

mod elsewhere;
mod map;

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, Axis, concatenate, s};

use crate::data::chat::{UnknownWord, nearest_words, text, tidied, tokens, written};
use crate::data::{Dataset, built_in};
use crate::nn::language::LanguageModel;
use crate::nn::loss::{argmax, one_hot};
use crate::nn::{Diverged, Mlp, Recipe, train};
use crate::oracle::{Account, LONGEST_REPLY, Refusal, Surface, surface};
use crate::query::strategy;
use crate::replicate::{Drawn, seed_of};
use crate::student::{DistillError, Distilled, Pupil};
use crate::words::list;

pub use elsewhere::learn;
pub use map::map;

/// The seed of the committed records.
const SEED: u64 = 0;
/// The most that one wish may ask, and the widest student.
const MOST: usize = 1_000;
const WIDEST: usize = 64;

/// What a student is to be made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// How it chooses its queries, by the name of a strategy.
    pub strategy: String,
    /// The kind of answer it gets, by name.
    pub answers: String,
    /// How many queries its strategy chooses, from 0 to 1,000.
    pub queries: usize,
    /// Points of the plane that are asked about after these, chosen by hand (x, y).
    pub by_hand: Vec<[f32; 2]>,
    /// Units in each of its hidden layers, from 1 to 64.
    pub width: usize,
    /// Whether it gets true labels of as many points of the data instead, and no teacher; nothing is asked by hand.
    pub truth: bool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            strategy: "natural".to_owned(),
            answers: "probabilities".to_owned(),
            queries: 10,
            by_hand: Vec::new(),
            width: 16,
            truth: false,
        }
    }
}

/// A trained student.
pub struct Student {
    /// The network.
    pub net: Mlp,
    /// What it learned about (n × dimension), first asked first.
    pub points: Array2<f32>,
    /// What it was told about each of them (n × classes): a distribution, or all on one class.
    pub targets: Array2<f32>,
    /// The share of new points on which it gives the teacher's answer.
    pub agreement: f64,
    /// The share on which it gives the true one.
    pub accuracy: f64,
}

/// Why a wish cannot be met.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// A name that nothing has, or a number out of range.
    #[error("{0}")]
    Unknown(String),
    /// Training ran away.
    #[error(transparent)]
    Diverged(#[from] Diverged),
    /// The account refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// One of both, while a strategy was asking.
    #[error(transparent)]
    Distill(#[from] DistillError),
}

/// One replicate of a dataset.
pub struct Lab {
    data: Arc<dyn Dataset>,
    /// Hidden layers of its students.
    layers: usize,
    drawn: Drawn,
    recipe: Recipe,
}

impl Lab {
    /// Draws a replicate of a built-in dataset and trains its teacher.
    ///
    /// # Errors
    /// [`LabError::Unknown`] of a name that no dataset in the plane has.
    pub fn open(data: &str, replicate: usize) -> Result<Self, LabError> {
        let found = built_in().into_iter().find(|it| it.name() == data && it.dimension() == 2);
        let data = found.ok_or_else(|| LabError::Unknown(format!("no dataset of the plane is called {data:?}")))?;
        Self::with(data, replicate)
    }

    /// The same with a dataset of the reader's own, such as a [`Painting`](crate::data::Painting) or a
    /// [`Table`](crate::data::Table).
    ///
    /// # Errors
    /// [`LabError::Diverged`] where the teacher's training runs away.
    pub fn with(data: Arc<dyn Dataset>, replicate: usize) -> Result<Self, LabError> {
        let suits = data.defaults();
        let recipe = Recipe::usual(suits.teacher_steps, suits.teacher_rate);
        let seed = seed_of(SEED, data.name(), replicate);
        let drawn = Drawn::new(&*data, suits.sizes, &data.around(&suits.teacher), &recipe, seed)?;
        let recipe = Recipe::usual(suits.student_steps, suits.student_rate);
        Ok(Self { data, layers: suits.student.len(), drawn, recipe })
    }

    /// The dataset.
    pub fn data(&self) -> &dyn Dataset {
        &*self.data
    }

    /// The most queries that a wish may ask: a table has no more points than it holds.
    pub fn most(&self) -> usize {
        self.drawn.pool.labels.len().min(MOST)
    }

    /// How many new points the exam has.
    pub fn exam_points(&self) -> usize {
        self.drawn.exam.test().labels.len()
    }

    /// How many labelled examples the teacher learned from.
    pub fn examples(&self) -> usize {
        self.drawn.examples
    }

    /// How many numbers the teacher consists of: its weights and biases.
    pub fn teacher_parameters(&self) -> usize {
        self.drawn.exam.examiner().layers().map(|(weights, biases)| weights.len() + biases.len()).sum()
    }

    /// How often the teacher is right on new points.
    pub fn teacher_accuracy(&self) -> f64 {
        self.drawn.exam.grade_teacher().accuracy
    }

    /// The agreement of whoever always gives the teacher's most frequent answer, without a look at the point.
    pub fn chance(&self) -> f64 {
        self.drawn.exam.grade_constant().agreement
    }

    /// Trains the student of a wish.
    ///
    /// # Errors
    /// [`LabError::Unknown`] of a name that nothing has or a number out of range.
    pub fn teach(&self, wish: &Wish) -> Result<Student, LabError> {
        let all = wish.queries + wish.by_hand.len();
        let refuse = |what: String| Err(LabError::Unknown(what));
        match wish {
            _ if all > self.most() => return refuse(format!("{all} queries are more than {}", self.most())),
            _ if self.data.dimension() != 2 && !wish.by_hand.is_empty() => {
                return refuse("only a plane has points to ask about by hand".to_owned());
            }
            _ if wish.width == 0 || wish.width > WIDEST => return refuse(format!("no student is {} wide", wish.width)),
            _ if wish.by_hand.iter().flatten().any(|x| !x.is_finite()) => {
                return refuse("a point is not a number".to_owned());
            }
            _ => {}
        }
        let start =
            Mlp::new(&self.data.around(&vec![wish.width; self.layers]), &mut self.drawn.seed.child("student").stream());
        let (net, points, targets) = match all {
            0 => (start, Array2::zeros((0, self.data.dimension())), Array2::zeros((0, self.classes()))),
            _ if wish.truth => self.learn_truth(start, wish.queries)?,
            _ => self.learn_answers(&start, wish)?,
        };
        let grades = self.drawn.exam.grade(&net);
        Ok(Student { net, points, targets, agreement: grades.agreement, accuracy: grades.accuracy })
    }

    fn learn_truth(&self, mut net: Mlp, labels: usize) -> Result<(Mlp, Array2<f32>, Array2<f32>), LabError> {
        let points = self.drawn.pool.points.slice(s![..labels, ..]).to_owned();
        let targets = one_hot(&self.drawn.pool.labels[..labels], self.classes());
        if labels > 0 {
            train(
                &mut net,
                points.view(),
                targets.view(),
                &self.recipe,
                &mut self.drawn.seed.child("batches").stream(),
            )?;
        }
        Ok((net, points, targets))
    }

    fn learn_answers(&self, start: &Mlp, wish: &Wish) -> Result<(Mlp, Array2<f32>, Array2<f32>), LabError> {
        let chosen = strategy(&wish.strategy).filter(|it| it.refusal(&*self.data).is_none());
        let chosen = chosen.ok_or_else(|| LabError::Unknown(format!("no strategy {:?} here", wish.strategy)))?;
        let shown = kind(&wish.answers)?;
        let pupil = Pupil { strategy: chosen, ..self.pupil(start) };
        let mut account = self.account(shown, wish.queries + wish.by_hand.len());
        if wish.by_hand.is_empty() {
            let Distilled { mut students, queries, targets } = pupil.distill_along(&mut account, &[wish.queries])?;
            return Ok((students.remove(0), queries, targets));
        }
        let by_hand = Array2::from(wish.by_hand.clone());
        let (queries, targets) = match wish.queries {
            0 => (Array2::zeros((0, by_hand.ncols())), Array2::zeros((0, self.classes()))),
            chosen => pupil.transfer_set(&mut account, chosen)?,
        };
        let told = pupil.ask_while_open(&mut account, by_hand.view(), by_hand.nrows())?;
        let points = concatenate(Axis(0), &[queries.view(), by_hand.view()]).expect("points of one plane");
        let targets = concatenate(Axis(0), &[targets.view(), told.view()]).expect("answers of one width");
        Ok((pupil.learn(points.view(), targets.view())?, points, targets))
    }

    fn pupil<'a>(&'a self, start: &'a Mlp) -> Pupil<'a> {
        Pupil::new(start, self.drawn.pool.points.view(), self.data.bounds(), self.recipe, self.drawn.seed)
    }

    fn account(&self, surface: &'static dyn Surface, quota: usize) -> Account {
        self.drawn.api(surface, quota).open()
    }

    fn classes(&self) -> usize {
        self.data.classes().len()
    }

    /// The class that the teacher gives to each pixel of a map of the box: `side` × `side`, the top row first. Nothing
    /// where points do not lie in a plane.
    pub fn map_of_teacher(&self, side: usize) -> Vec<u8> {
        self.map(|points| self.drawn.exam.examiner().logits(points), side)
    }

    /// The same of a student.
    pub fn map_of(&self, student: &Student, side: usize) -> Vec<u8> {
        self.map(|points| student.net.logits(points), side)
    }

    fn map(&self, logits: impl Fn(ArrayView2<f32>) -> Array2<f32>, side: usize) -> Vec<u8> {
        if self.data.dimension() == 2 { map(self.data.bounds(), logits, side) } else { Vec::new() }
    }

    /// The class that the teacher gives to points (n × 2), for tests of the map.
    pub fn teacher_answers(&self, points: ArrayView2<f32>) -> Vec<usize> {
        argmax(self.drawn.exam.examiner().logits(points).view())
    }
}

/// The likeliest reply of each of some models to a line as people write it, and the line as they read it.
///
/// # Errors
/// [`LabError::Unknown`] of a line without words, or with one that their language does not have.
pub fn converse(models: &[LanguageModel], line: &str) -> Result<(String, Vec<String>), LabError> {
    let asked = tidied(line);
    if asked.is_empty() {
        return Err(LabError::Unknown("nothing was asked".to_owned()));
    }
    let unknown = |UnknownWord { word, .. }: UnknownWord| {
        let near = list(&nearest_words(&word));
        LabError::Unknown(format!("there is no word “{word}” in this language; the nearest are {near}"))
    };
    let prompt = [tokens(&asked).map_err(unknown)?];
    let reply = |model: &LanguageModel| written(&text(&model.greedy(&prompt, LONGEST_REPLY)[0]));
    Ok((written(&asked), models.iter().map(reply).collect()))
}

fn kind(name: &str) -> Result<&'static dyn Surface, LabError> {
    surface(name).ok_or_else(|| LabError::Unknown(format!("no kind of answer is called {name:?}")))
}
