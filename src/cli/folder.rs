//! A folder to write to: opened before any training, held by one run at a time, its files replaced all together.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use same_file::Handle;
use serde::Deserialize;

use super::{Exit, Obstacle};

/// Locked as long as its process lives, whatever ends it; a file that is left over holds nobody up.
const LOCK: &str = ".distill-lock";
/// Where files are written before they take their places.
const PART: &str = ".distill-part";
/// The files that say what the others of a folder are: where one of them lies, the others belong to it.
pub(super) const STATEMENTS: [&str; 2] = ["finding.json", "shard.json"];
/// Links to links to links: somebody has tied a knot.
const MOST_LINKS: usize = 40;

/// A folder that could be written to when it was opened, and that nobody else writes to until it is dropped.
pub(super) struct Folder {
    path: PathBuf,
    lock: Option<Lock>,
}

impl Folder {
    /// Makes the folder if need be and holds it.
    pub(super) fn open(path: PathBuf) -> anyhow::Result<Self> {
        match Lock::take(&path, false) {
            Ok(Some(lock)) => Ok(Self::held(path, lock)),
            Ok(None) => Err(in_use(&path).into()),
            Err(error) => Err(cannot_be_written(&path, &error).into()),
        }
    }

    /// The same, waiting for the process that holds it: for what is written in a moment.
    pub(super) fn wait(path: PathBuf) -> Result<Self, Obstacle> {
        match Lock::take(&path, true) {
            Ok(lock) => Ok(Self { path, lock }),
            Err(error) => Err(cannot_be_written(&path, &error)),
        }
    }

    fn held(path: PathBuf, lock: Lock) -> Self {
        // Half files of a process that was killed.
        let _ = fs::remove_dir_all(path.join(PART));
        Self { path, lock: Some(lock) }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes files, all of them or none. A statement comes last; with it, figures of an earlier one that are not made
    /// any more go away. Nothing else that lies in the folder is touched.
    pub(super) fn replace(&self, files: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
        // Somebody may have removed the folder while it was held, and another process may have made it anew.
        let is_held = self.lock.as_ref().is_some_and(Lock::is_in_place);
        let _again = match is_held {
            true => None,
            false => match Lock::take(&self.path, false) {
                Ok(None) => return Err(in_use(&self.path).into()),
                again => again.map_err(|error| Obstacle::cannot_write(&self.path, &error))?,
            },
        };
        let part = self.path.join(PART);
        for (name, bytes) in files {
            if let Err(error) = write(&part, name, bytes) {
                // A part of a file is of use to nobody, and takes room on a disk that may be full.
                let _ = fs::remove_dir_all(&part);
                return Err(Obstacle::cannot_write(&self.path.join(name), &error).into());
            }
        }
        if let Some((statement, _)) = files.iter().find(|(name, _)| STATEMENTS.contains(&name.as_str())) {
            let outdated = figures_of(&self.path).into_iter().filter(|old| files.iter().all(|(name, _)| name != old));
            // First what says that the folder is whole, which it is not until the last file is in its place.
            for name in [statement.clone()].into_iter().chain(outdated) {
                let file = self.path.join(name);
                if !file.is_symlink() {
                    let _ = fs::remove_file(file);
                }
            }
        }
        for (name, _) in files {
            let place = through_links(self.path.join(name));
            put(&part.join(name), &place).map_err(|error| Obstacle::cannot_write(&place, &error))?;
        }
        let _ = fs::remove_dir_all(part);
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(self.lock.take());
        // Nothing was written to it. A folder with files in it is not removed, and that is all this relies on.
        let _ = fs::remove_dir(&self.path);
    }
}

/// The right to write to a folder.
struct Lock {
    file: Handle,
    path: PathBuf,
}

impl Lock {
    /// `None` where somebody else has it, unless they are waited for.
    fn take(folder: &Path, wait: bool) -> io::Result<Option<Self>> {
        loop {
            fs::create_dir_all(folder)?;
            let path = folder.join(LOCK);
            let file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
            let taken = if wait { file.lock().map_err(TryLockError::Error) } else { file.try_lock() };
            match taken {
                Ok(()) => {}
                // Some file systems cannot lock; there it is for people to see that nothing runs twice.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) => return Ok(None),
            }
            let lock = Self { file: Handle::from_file(file)?, path };
            // The process that held it removes its file at the end: a lock on what is not there any more keeps nobody
            // out.
            if lock.is_in_place() {
                return Ok(Some(lock));
            }
        }
    }

    fn is_in_place(&self) -> bool {
        Handle::from_path(&self.path).is_ok_and(|now| now == self.file)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.is_in_place() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Where a path leads in the end, so that what is written there goes through links and does not take their place.
pub(super) fn through_links(mut place: PathBuf) -> PathBuf {
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&place) else { break };
        place = place.parent().unwrap_or(Path::new("")).join(target);
    }
    place
}

fn write(part: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(part)?;
    let mut file = File::create(part.join(name))?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn put(part: &Path, place: &Path) -> io::Result<()> {
    match fs::rename(part, place) {
        // A link may lead to another disk.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => fs::copy(part, place).map(drop),
        done => done,
    }
}

/// The files of figures that a finding in the folder names. Nothing but their names is needed, so that one of another
/// version will do.
fn figures_of(folder: &Path) -> Vec<String> {
    #[derive(Deserialize)]
    struct Figure {
        name: String,
    }
    #[derive(Deserialize)]
    struct Finding {
        figures: Vec<Figure>,
    }
    let finding = fs::read(folder.join(STATEMENTS[0])).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let figures = finding.map_or(Vec::new(), |Finding { figures }| figures);
    let is_name = |name: &str| Path::new(name).file_name() == Some(OsStr::new(name));
    let names = figures.into_iter().map(|figure| figure.name).filter(|name| is_name(name));
    names.flat_map(|name| [format!("{name}.svg"), format!("{name}.png")]).collect()
}

fn in_use(path: &Path) -> Obstacle {
    Obstacle {
        exit: Exit::Failed,
        problem: format!("{} is in use: another run writes there", path.display()),
        hint: "wait until that run has ended, or write elsewhere with --out DIR".to_owned(),
    }
}

fn cannot_be_written(path: &Path, error: &io::Error) -> Obstacle {
    Obstacle {
        exit: Exit::Usage,
        problem: format!("cannot write to {}: {error}", path.display()),
        hint: "name a folder that can be written, with --out DIR".to_owned(),
    }
}
