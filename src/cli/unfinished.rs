//! The file that keeps what a run has finished until its records are written, so that the same command can go on.
//!
//! One line for each piece of work, handed to the system as soon as it is finished: it outlives the program, however
//! that ends. The file is named after what is run, and its title says by which build of the program, on which kind of
//! processor and from which data, so that nothing is mixed that would not come out alike.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anstream::eprintln;
use distill_lab::experiment::{Experiment, Journal, Order, Shard};
use distill_lab::seed::fingerprint;

use super::{Setback, processor};

/// The journal of a run, as a file that no other process writes to.
pub(super) struct Unfinished {
    path: PathBuf,
    /// Locked as long as it is open here.
    file: Arc<File>,
}

impl Unfinished {
    /// Opens the file of these orders in a folder, and the journal with what is in it; `fresh`: with nothing.
    pub(super) fn open(
        folder: &Path,
        (orders, shard): (&[Order], Shard),
        fresh: bool,
        journal: &mut Journal,
    ) -> anyhow::Result<Self> {
        let path = folder.join(format!(".unfinished-{:016x}.jsonl", fingerprint(name(orders, shard))));
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path);
        let file = Arc::new(file.map_err(|error| Setback::cannot_write(&path, &error))?);
        let unfinished = Self { path, file };
        unfinished.lock()?;
        let recalled = unfinished.recall(&title(orders)?, fresh, journal);
        recalled.map_err(|error| unfinished.cannot_be_written(&error))?;
        journal.write_to(Arc::clone(&unfinished.file));
        Ok(unfinished)
    }

    fn lock(&self) -> anyhow::Result<()> {
        match self.file.try_lock() {
            Ok(()) => Ok(()),
            // Some file systems cannot lock; there it is for people to see that nothing runs twice.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
            Err(TryLockError::Error(error)) => Err(self.cannot_be_written(&error).into()),
            Err(TryLockError::WouldBlock) => Err(Setback {
                problem: format!("{} is in use: the same plan is being run already", self.path.display()),
                hint: "wait until that run has ended, or write elsewhere with --out DIR".to_owned(),
            }
            .into()),
        }
    }

    fn recall(&self, title: &str, fresh: bool, journal: &mut Journal) -> io::Result<()> {
        let (mut file, mut text) = (&*self.file, Vec::new());
        if !fresh {
            file.read_to_end(&mut text)?;
        }
        let recalled = journal.recall(title, &text);
        let path = self.path.display();
        if recalled.sound == 0 && !text.is_empty() {
            eprintln!("note: {path} is not used: it is damaged, or of another build, processor or table");
        } else if recalled.damaged > 0 {
            eprintln!("note: {} damaged lines of {path} are not used", recalled.damaged);
        }
        // What a crash cut off is written over.
        file.set_len(recalled.sound as u64)?;
        if recalled.sound == 0 { file.write_all(Journal::title(title).as_bytes()) } else { Ok(()) }
    }

    /// What to say where nothing can be written to it.
    pub(super) fn cannot_be_written(&self, error: &io::Error) -> Setback {
        Setback::cannot_write(&self.path, error)
    }

    /// Takes it away: the records are written, or never will be.
    pub(super) fn remove(&self) {
        // One that stays is found by the next run, which then has nothing to train.
        let _ = fs::remove_file(&self.path);
    }
}

/// What is run, in one line.
fn name(orders: &[Order], shard: Shard) -> String {
    let of = |order: &Order| {
        let names: Vec<&str> = order.experiments().into_iter().map(Experiment::name).collect();
        format!("{}{}; ", names.join(" "), order.flags())
    };
    format!("{}{shard}", orders.iter().map(of).collect::<String>())
}

/// By what, where and from what it is run. A build is told by its very bytes: a version may be changed and built again.
fn title(orders: &[Order]) -> io::Result<String> {
    let build = fingerprint(fs::read(std::env::current_exe()?)?);
    let data: Vec<String> = orders.iter().map(|order| format!("{:016x}", order.contents())).collect();
    let (version, processor) = (env!("CARGO_PKG_VERSION"), processor::kind());
    Ok(format!("distill {version}, build {build:016x}, on {processor}, from {}", data.join(" ")))
}
