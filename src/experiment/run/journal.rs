//! What a run has finished so far, remembered under names, so that the same run can go on from there.
//!
//! Work has a name as its random stream has: a path such as `group 0/world 3/retrained`. [`Chapter::keep`] looks a name
//! up, and does the work only where it finds nothing. Names nest: a whole replicate is kept as well as each of its
//! models, so that a replicate of which nothing is missing is not drawn again and its teacher is not trained again.
//!
//! As text, a journal is one JSON document a line, each with a check, a title first. A line that was cut off, edited
//! or written by another program does not pass and is not used: what it held is done again.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::RunError;
use crate::checked;

/// Told how many models were just trained, from any thread.
pub type Done<'a> = &'a (dyn Fn(usize) + Sync);

/// The finished work of a run.
pub struct Journal<'a> {
    found: BTreeMap<String, Box<RawValue>>,
    models: AtomicUsize,
    done: Done<'a>,
    stop: &'a (dyn Fn() -> bool + Sync),
    file: Option<Mutex<Box<dyn Write + Send>>>,
    trouble: OnceLock<io::Error>,
}

/// A part of a journal: the names in it begin alike.
pub struct Chapter<'a> {
    journal: &'a Journal<'a>,
    name: String,
}

/// What a line says: a piece of work, for how many models it stands, and what came of it.
#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    models: usize,
    value: Box<RawValue>,
}

/// What was read of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recalled {
    /// Bytes to keep: all whole lines, or nothing where the title is another.
    pub sound: usize,
    /// Lines that are not used.
    pub damaged: usize,
}

impl<'a> Journal<'a> {
    /// A journal that remembers nothing beyond its own life. It tells `done` of each model, and no new work is begun
    /// once `stop` says so.
    pub fn new(done: Done<'a>, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        let (models, trouble) = (AtomicUsize::new(0), OnceLock::new());
        Self { found: BTreeMap::new(), models, done, stop, file: None, trouble }
    }

    /// The first line of a journal with this title.
    pub fn title(title: &str) -> String {
        line("title", 0, title).expect("a text is JSON")
    }

    /// Takes up what an earlier run wrote under the same title.
    pub fn recall(&mut self, title: &str, text: &[u8]) -> Recalled {
        let sound = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
        let mut recalled = Recalled { sound, damaged: usize::from(sound < text.len()) };
        let mut lines = text[..sound].split_inclusive(|&byte| byte == b'\n');
        if lines.next().is_some_and(|first| first != Self::title(title).as_bytes()) {
            return Recalled { sound: 0, damaged: lines.count() };
        }
        for text in lines {
            let Some(Entry { name, models, value }) = checked::read_line(text) else {
                recalled.damaged += 1;
                continue;
            };
            if self.found.insert(name, value).is_none() {
                self.count(models);
            }
        }
        recalled
    }

    /// Writes each piece of work to `file` as it is finished.
    pub fn write_to(&mut self, file: impl Write + Send + 'static) {
        self.file = Some(Mutex::new(Box::new(file)));
    }

    /// Models whose work is remembered.
    pub fn models(&self) -> usize {
        self.models.load(Relaxed)
    }

    /// Why nothing can be written any more, if that is so.
    pub fn trouble(self) -> Option<io::Error> {
        self.trouble.into_inner()
    }

    /// A part of it.
    pub fn chapter(&'a self, name: impl Display) -> Chapter<'a> {
        Chapter { journal: self, name: name.to_string() }
    }

    fn count(&self, models: usize) {
        self.models.fetch_add(models, Relaxed);
        (self.done)(models);
    }

    fn write(&self, name: &str, models: usize, value: &impl Serialize) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let line = line(name, models, value)?;
        // One write for a whole line: no other thread comes between, and what a crash cuts off is its end.
        file.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes())
    }
}

impl Chapter<'_> {
    /// A part of this part.
    pub fn chapter(&self, name: impl Display) -> Self {
        Self { name: format!("{}/{name}", self.name), ..*self }
    }

    /// What was found under this name, or else what `make` makes, which is remembered from then on. It stands for so
    /// many models.
    ///
    /// # Errors
    /// What `make` fails with, or [`RunError::Stopped`] where no new work is to be begun.
    pub fn keep<T: Serialize + DeserializeOwned>(
        &self,
        name: impl Display,
        models: usize,
        make: impl FnOnce() -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let (journal, name) = (self.journal, format!("{}/{name}", self.name));
        // What is sound and yet no such thing, such as a number that JSON cannot write, is made again.
        if let Some(found) = journal.found.get(&name).and_then(|text| serde_json::from_str(text.get()).ok()) {
            return Ok(found);
        }
        if (journal.stop)() || journal.trouble.get().is_some() {
            return Err(RunError::Stopped);
        }
        let made = make()?;
        if let Err(error) = journal.write(&name, models, &made) {
            // The first trouble is the one to tell of.
            let _ = journal.trouble.set(error);
            return Err(RunError::Stopped);
        }
        if !journal.found.contains_key(&name) {
            journal.count(models);
        }
        Ok(made)
    }
}

fn line(name: &str, models: usize, value: &(impl Serialize + ?Sized)) -> serde_json::Result<String> {
    checked::line(&Entry { name: name.to_owned(), models, value: to_raw_value(value)? })
}
