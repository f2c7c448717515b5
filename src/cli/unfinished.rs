//! The file that keeps what a run has finished until its records are written, so that the same command can go on.
//!
//! One line for each piece of work, handed to the system as soon as it is finished: it outlives the program, however
//! that ends. The file is named after what is run, and its title says by which build of the program, on which kind of
//! processor and from which data, so that nothing is mixed that would not come out alike.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;

use distill_lab::experiment::{Group, Journal, Shard};
use distill_lab::seed::fingerprint;
use distill_lab::words::counted;
use same_file::Handle;

use super::{Exit, Obstacle, processor, screen};

/// The journal of a run, as a file. That no other process writes to it follows from the [folder](super::folder::Folder)
/// that the run holds.
pub(super) struct Unfinished {
    path: PathBuf,
    file: Arc<File>,
}

impl Unfinished {
    /// Opens the file of these orders in a folder, and the journal with what is in it; `fresh`: with nothing.
    pub(super) fn open(
        folder: &Path,
        (groups, shard): (&[Group], Shard),
        fresh: bool,
        journal: &mut Journal,
    ) -> anyhow::Result<Self> {
        let path = folder.join(format!(".unfinished-{:016x}.jsonl", fingerprint(name(groups, shard))));
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path);
        let file = Arc::new(file.map_err(|error| Obstacle::cannot_write(&path, &error))?);
        let unfinished = Self { path, file };
        let recalled = unfinished.recall(&title(groups), fresh, journal);
        recalled.map_err(|error| unfinished.cannot_be_written(&error))?;
        journal.write_to(Arc::clone(&unfinished.file));
        Ok(unfinished)
    }

    fn recall(&self, title: &str, fresh: bool, journal: &mut Journal) -> io::Result<()> {
        let (mut file, mut text) = (&*self.file, Vec::new());
        if !fresh {
            file.read_to_end(&mut text)?;
        }
        let recalled = journal.recall(title, &text);
        let path = self.path.display();
        if recalled.sound == 0 && !text.is_empty() {
            screen::say(format!("note: {path} is not used: it is damaged, or of another build, processor or table"));
        } else if recalled.damaged > 0 {
            let lines = counted(recalled.damaged, "damaged line");
            screen::say(format!("note: {lines} of {path} not used"));
        }
        // What a crash cut off is written over.
        file.set_len(recalled.sound as u64)?;
        if recalled.sound == 0 { file.write_all(Journal::title(title).as_bytes()) } else { Ok(()) }
    }

    /// What to say where nothing can be written to it.
    pub(super) fn cannot_be_written(&self, error: &io::Error) -> Obstacle {
        Obstacle::cannot_write(&self.path, error)
    }

    /// What to say of an error after which the run is to go on another time: whether its work is still there. Somebody
    /// may have removed the folder with the file in it; then it is written anew from what is still open here.
    pub(super) fn keeps(&self, error: anyhow::Error) -> anyhow::Error {
        let problem = match self.restore() {
            Ok(()) => match error.downcast::<Obstacle>() {
                Ok(obstacle) => {
                    return obstacle.and("nothing finished is lost, and the same command goes on from here").into();
                }
                Err(error) => return error,
            },
            Err(lost) => format!("{error}; what was trained is lost with {}: {lost}", self.path.display()),
        };
        Obstacle { exit: Exit::Failed, problem, hint: "give the same command again, which begins anew".to_owned() }
            .into()
    }

    /// Makes sure that the file lies where the next run looks for it.
    fn restore(&self) -> io::Result<()> {
        let own = Handle::from_file(self.file.try_clone()?)?;
        if Handle::from_path(&self.path).is_ok_and(|there| there == own) {
            return Ok(());
        }
        let (mut file, mut text) = (&*self.file, Vec::new());
        file.rewind()?;
        file.read_to_end(&mut text)?;
        self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
        // Never over that of a run that began in the meantime.
        OpenOptions::new().write(true).create_new(true).open(&self.path)?.write_all(&text)
    }

    /// Takes it away: the records are written, or never will be.
    pub(super) fn remove(&self) {
        // One that stays is found by the next run, which then has nothing to train.
        let _ = fs::remove_file(&self.path);
    }
}

/// What is run, in one line.
fn name(groups: &[Group], shard: Shard) -> String {
    let of = |group: &Group| {
        let names: Vec<&str> = group.experiments().iter().map(|experiment| experiment.name).collect();
        format!("{}{}; ", names.join(" "), group.flags())
    };
    format!("{}{shard}", groups.iter().map(of).collect::<String>())
}

/// By what, where and from what it is run.
fn title(groups: &[Group]) -> String {
    let data: Vec<String> = groups.iter().map(|group| format!("{:016x}", group.contents())).collect();
    let (version, processor) = (env!("CARGO_PKG_VERSION"), processor::kind());
    format!("distill {version}, build {:016x}, on {processor}, from {}", build(), data.join(" "))
}

/// A build is told by its very bytes: a version may be changed and built again. Where the program may be run but not
/// read, its length and its time of change have to do; where not even these can be had, the next process is taken for
/// another build.
fn build() -> u64 {
    let about = |program: &Path| {
        let about = fs::metadata(program)?;
        Ok(fingerprint(format!("{} {:?}", about.len(), about.modified()?)))
    };
    let build =
        std::env::current_exe().and_then(|program| fs::read(&program).map(fingerprint).or_else(|_| about(&program)));
    build.unwrap_or_else(|_: io::Error| fingerprint(process::id().to_string()))
}
