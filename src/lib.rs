//! Train a small student only by querying a teacher, and see what the queries bought.
//!
//! # The story
//!
//! A [`Teacher`](oracle::Teacher) is trained once on labelled examples and then [served](oracle::serve): from there on
//! it can only be asked. A student is [distilled](student::Pupil::distill): it asks as many queries as its account
//! allows and trains on the answers. An [`Exam`](audit::Exam) on points that nobody trained on tells how often the two
//! agree. Repeat for several budgets, kinds of answer and replicates, and there is a curve; put models beside it that
//! never met the teacher, and the curve means something.
//!
//! The technique is that of [Hinton, Vinyals, Dean 2015](https://arxiv.org/abs/1503.02531); to use it on somebody
//! else's model through its API, and to count the queries, is [Tramèr et al. 2016](https://arxiv.org/abs/1609.02943).
//!
//! What a word means here stands in the [`glossary`].
//!
//! # Reading order
//!
//! Ten lessons in `examples/` build the story up, one idea each; `01_network` needs nothing before it. Then:
//!
//! 1. [`student`]: the whole idea in one short file.
//! 2. [`oracle`]: the door, and why the compiler vouches for "only by asking"; [`oracle::guard`]: what it detects.
//! 3. [`query`]: which points to ask about.
//! 4. [`audit`]: agreement, same mistakes, intervals, verdicts, ranks among reference models.
//! 5. [`experiment`]: the experiments themselves, one file each.
//! 6. [`nn`], which begins with [`nn::backprop`], and [`data`]: what all of it stands on; [`nn::language`] and
//!    [`data::chat`] where teachers talk.
//! 7. [`remote`]: the same students, and a teacher that is somebody else's.
//! 8. [`seed`]: why the same settings give the same bytes, whatever runs beside them.
//!
//! # The floors
//!
//! A module uses only modules below it, and never one of its own floor.
//!
//! ```text
//! 8  cli, main                flags, screen, files
//! 7  experiment page serve lab   sweeps and verdicts; the page; the API over HTTP; a student for each wish
//! 6  replicate                data, a teacher behind its API and an exam, drawn anew
//! 5  audit                    what only an examiner may do
//! 4  student      plan        ask, read, train; settings, checked once
//! 3  query        remote      which points to ask; a teacher behind somebody else's API
//! 2  oracle       plot        the teacher and its door; pictures
//! 1  data nn finding checked  examples; networks; records; lines with a check
//! 0  seed words packed simd browser   random streams; how numbers read; numbers as text; wide vectors; what pages run
//! ```
//!
//! `lab` and floors 0 to 6 but `browser`, `checked`, `plot`, `remote` and `plan` are the core: `--no-default-features`
//! builds it alone, without threads, a clock or a screen, for a browser too. The feature `program`, on by default, adds
//! the rest but `serve`, which is a feature of its own.
//!
//! Data flow one way: [`plan`] → [trials](finding::Trial) → [`Finding`](finding::Finding) → [`plot`] → [`page`].
//! Training never draws and drawing never trains.

pub mod audit;
#[cfg(feature = "program")]
mod browser;
#[cfg(feature = "program")]
mod checked;
pub mod data;
#[cfg(feature = "program")]
pub mod experiment;
pub mod finding;
#[doc = include_str!("../docs/glossary.md")]
pub mod glossary {}
pub mod lab;
pub mod nn;
pub mod oracle;
pub mod packed;
#[cfg(feature = "program")]
pub mod page;
#[cfg(feature = "program")]
pub mod plan;
#[cfg(feature = "program")]
pub mod plot;
pub mod query;
#[cfg(feature = "program")]
pub mod remote;
mod replicate;
pub mod seed;
#[cfg(feature = "serve")]
pub mod serve;
pub mod simd;
pub mod student;
pub mod words;
