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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A file in memory that takes so many writes.
    #[derive(Clone)]
    struct Paper(Arc<Mutex<Vec<u8>>>, Arc<AtomicUsize>);

    impl Paper {
        fn of(writes: usize) -> Self {
            Self(Arc::new(Mutex::new(Journal::title("a plan").into_bytes())), Arc::new(AtomicUsize::new(writes)))
        }

        fn text(&self) -> Vec<u8> {
            self.0.lock().unwrap().clone()
        }
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = self.1.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1));
            room.map_err(|_| io::Error::other("the disk is full"))?;
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn never() -> Result<f64, RunError> {
        panic!("it is remembered")
    }

    /// A journal of three pieces of work, which stand for 1, 2 and 3 models.
    fn written() -> Vec<u8> {
        let paper = Paper::of(usize::MAX);
        let mut journal = Journal::new(&|_| (), &|| false);
        journal.write_to(paper.clone());
        for models in 1..=3 {
            let chapter = journal.chapter("group 0").chapter(format!("world {models}"));
            assert_eq!(chapter.keep("teacher", models, || Ok(models as f64 / 4.0)), Ok(models as f64 / 4.0));
        }
        assert_eq!(journal.models(), 6);
        assert!(journal.trouble().is_none());
        paper.text()
    }

    #[test]
    fn what_is_remembered_is_not_done_again() {
        let text = written();
        let told = AtomicUsize::new(0);
        let done = |models: usize| {
            told.fetch_add(models, Relaxed);
        };
        let mut journal = Journal::new(&done, &|| false);
        assert_eq!(journal.recall("a plan", &text), Recalled { sound: text.len(), damaged: 0 });
        // The same lines once more are the same work.
        journal.recall("a plan", &text);
        assert_eq!((journal.models(), told.load(Relaxed)), (6, 6));
        assert_eq!(journal.chapter("group 0/world 2").keep("teacher", 2, never), Ok(0.5));
        // What is sound but another thing is made again, and counts once.
        assert_eq!(journal.chapter("group 0/world 2").keep("teacher", 2, || Ok("text".to_owned())).unwrap(), "text");
        assert_eq!(journal.chapter("group 0/world 2").keep("student", 5, || Ok(1.0)), Ok(1.0));
        assert_eq!((journal.models(), told.load(Relaxed)), (11, 11));
    }

    #[test]
    fn what_was_damaged_is_not_used() {
        let text = written();
        let recalled = |title: &str, text: &[u8]| {
            let mut journal = Journal::new(&|_| (), &|| false);
            (journal.recall(title, text), journal.models())
        };
        let last = text[..text.len() - 1].iter().rposition(|&byte| byte == b'\n').unwrap() + 1;
        assert_eq!(recalled("a plan", &text[..text.len() - 1]), (Recalled { sound: last, damaged: 1 }, 3));
        let edited = String::from_utf8(text.clone()).unwrap().replace("world 2", "world 5");
        assert_eq!(recalled("a plan", edited.as_bytes()), (Recalled { sound: text.len(), damaged: 1 }, 4));
        assert_eq!(recalled("another plan", &text), (Recalled { sound: 0, damaged: 3 }, 0));
        assert_eq!(recalled("a plan", b""), (Recalled::default(), 0));
    }

    #[test]
    fn no_work_is_begun_after_a_stop_or_when_nothing_can_be_written() {
        let text = written();
        let mut stopped = Journal::new(&|_| (), &|| true);
        stopped.recall("a plan", &text);
        assert_eq!(stopped.chapter("group 0/world 1").keep("teacher", 1, never), Ok(0.25));
        assert_eq!(stopped.chapter("group 0/world 1").keep("student", 1, never), Err(RunError::Stopped));

        let mut journal = Journal::new(&|_| (), &|| false);
        journal.write_to(Paper::of(1));
        let chapter = journal.chapter("group 0");
        assert_eq!(chapter.keep("one", 1, || Ok(1.0)), Ok(1.0));
        assert_eq!(chapter.keep("two", 1, || Ok(2.0)), Err(RunError::Stopped));
        assert_eq!(chapter.keep("three", 1, never), Err(RunError::Stopped));
        assert_eq!(journal.models(), 1);
        assert_eq!(journal.trouble().unwrap().to_string(), "the disk is full");
    }
}
