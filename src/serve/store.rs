//! The store: what was asked and answered, in SQLite, before the answer leaves.
//!
//! One thread writes. Whatever comes while it commits is committed together next (group commit), so that many clients
//! share one wait for the disk. Where a group fails, each of its parts is tried alone: one that is too large does not
//! take the others with it. In WAL mode others read while this writes, pandas for one.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use serde::Serialize;

use super::keys::Hash;

/// How long the store may be locked by somebody else before a query is refused.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most that is committed together.
const GROUP: usize = 1_024;
/// The version of the tables below.
const VERSION: i64 = 1;

/// SQLite keeps the comments: `.schema` shows them.
const TABLES: &str = "
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key_sha256 TEXT NOT NULL,   -- of the key, which is not kept itself
    quota INTEGER NOT NULL,     -- queries that it gets answered, of all models together
    opened REAL NOT NULL,       -- seconds since 1970
    closed TEXT,                -- why it is closed; NULL while it is open
    guarded INTEGER NOT NULL    -- 0 where the owner reopened it: detectors close it no more
);
CREATE TABLE query (
    id INTEGER PRIMARY KEY,     -- in the order of the answers
    account INTEGER NOT NULL REFERENCES account (id),
    model TEXT NOT NULL,
    at REAL NOT NULL,           -- seconds since 1970
    asked TEXT NOT NULL,        -- a point as a JSON array, or the prompt
    answer TEXT NOT NULL,       -- what the customer was shown: a JSON array of probabilities, a label, or the reply
    class INTEGER               -- the teacher's first choice, whatever was shown; NULL for a reply
);
CREATE INDEX query_account ON query (account);
CREATE TABLE exam (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    model TEXT NOT NULL,
    at REAL NOT NULL,           -- seconds since 1970
    agreement REAL NOT NULL,    -- with the teacher, a share
    queries INTEGER NOT NULL    -- that the account had asked of the model by then
);
CREATE TABLE setting (          -- what the teachers were made from
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
";

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be used.
    #[error("cannot open {}: {problem}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// Another server writes to it.
    #[error("{} belongs to a server that is running", path.display())]
    Taken {
        /// The file.
        path: PathBuf,
    },
    /// Its answers come from other teachers.
    #[error("{} was made with --seed {theirs}, and these teachers are of --seed {ours}", path.display())]
    OtherSeed {
        /// The file.
        path: PathBuf,
        /// Its seed.
        theirs: String,
        /// The seed that was asked for.
        ours: u64,
    },
}

impl StoreError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unusable { .. } => "name another file: --store FILE.sqlite".to_owned(),
            Self::Taken { .. } => "end that server, or name another file: --store FILE.sqlite".to_owned(),
            Self::OtherSeed { theirs, .. } => format!("write --seed {theirs}, or name another file"),
        }
    }
}

/// An account as it is kept.
pub(super) struct KeptAccount {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) hash: Hash,
    pub(super) quota: usize,
    pub(super) closed: Option<String>,
    pub(super) guarded: bool,
}

/// A query as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct KeptQuery {
    pub(super) asked: String,
    pub(super) answer: String,
    pub(super) class: Option<usize>,
}

/// A submitted exam as it is kept.
#[derive(Clone)]
pub(super) struct KeptExam {
    pub(super) model: String,
    pub(super) agreement: f64,
    pub(super) queries: usize,
}

/// Writes something within a transaction.
type Write = dyn Fn(&Connection) -> rusqlite::Result<()> + Send;
/// Is told whether it was written.
type Done = dyn FnOnce(Result<(), String>) + Send;

/// What is to be written, and who is told.
struct Job {
    write: Box<Write>,
    done: Box<Done>,
}

/// The store, open.
pub(super) struct Store {
    jobs: Sender<Job>,
    reader: Mutex<Connection>,
}

/// The thread that writes; it ends when the store is dropped and all is written.
pub(super) struct Writer {
    thread: JoinHandle<()>,
    /// Held while this server writes.
    _lock: File,
}

impl Writer {
    /// Waits until the last word is written and the file is closed.
    pub(super) fn finish(self) {
        // A writer that panicked has said so.
        let _ = self.thread.join();
    }
}

impl Store {
    /// Opens a store for teachers of this seed, or makes it.
    pub(super) fn open(path: &Path, seed: u64) -> Result<(Self, Writer), StoreError> {
        let unusable = |problem: String| StoreError::Unusable { path: path.into(), problem };
        let lock = lock(path)?;
        let connect = || -> rusqlite::Result<Connection> {
            let connection = Connection::open(path)?;
            connection.busy_timeout(PATIENCE)?;
            Ok(connection)
        };
        let writer = connect().map_err(|error| unusable(error.to_string()))?;
        match prepare(&writer, seed).map_err(|error| unusable(error.to_string()))? {
            Found::Seed(theirs) if theirs != seed.to_string() => {
                return Err(StoreError::OtherSeed { path: path.into(), theirs, ours: seed });
            }
            Found::Seed(_) => {}
            Found::Stranger => return Err(unusable("its tables are not those of this server".to_owned())),
        }
        let reader = Mutex::new(connect().map_err(|error| unusable(error.to_string()))?);
        let (jobs, received) = channel();
        let thread = thread::spawn(move || write_all(&writer, &received));
        Ok((Self { jobs, reader }, Writer { thread, _lock: lock }))
    }

    /// Writes, and then tells whether it was written. What is handed over first is written first.
    pub(super) fn write(
        &self,
        write: impl Fn(&Connection) -> rusqlite::Result<()> + Send + 'static,
        done: impl FnOnce(Result<(), String>) + Send + 'static,
    ) {
        let job = Job { write: Box::new(write), done: Box::new(done) };
        if let Err(lost) = self.jobs.send(job) {
            // Elsewhere, as ever: whoever hands over may hold what the one who is told takes.
            thread::spawn(move || (lost.0.done)(Err("it is closed".to_owned())));
        }
    }

    /// All accounts.
    pub(super) fn accounts(&self) -> rusqlite::Result<Vec<KeptAccount>> {
        let reader = self.reader();
        let mut all = reader.prepare("SELECT id, name, key_sha256, quota, closed, guarded FROM account ORDER BY id")?;
        let rows = all.query_map([], |row| {
            let hash: String = row.get(2)?;
            // A hash that cannot be read fits no key.
            let hash = Hash::read(&hash).unwrap_or(Hash([0; 32]));
            let (closed, guarded) = (row.get(4)?, row.get(5)?);
            Ok(KeptAccount { id: row.get(0)?, name: row.get(1)?, hash, quota: row.get(3)?, closed, guarded })
        })?;
        rows.collect()
    }

    /// What an account asked of a model, first asked first.
    pub(super) fn asked(&self, account: i64, model: &str) -> rusqlite::Result<Vec<String>> {
        let reader = self.reader();
        let mut all = reader.prepare_cached("SELECT asked FROM query WHERE account = ? AND model = ? ORDER BY id")?;
        all.query_map(params![account, model], |row| row.get(0))?.collect()
    }

    /// How many queries an account asked of all models, served or not.
    pub(super) fn count(&self, account: i64) -> rusqlite::Result<usize> {
        let reader = self.reader();
        let mut all = reader.prepare_cached("SELECT count(*) FROM query WHERE account = ?")?;
        all.query_row([account], |row| row.get(0))
    }

    /// The last queries of all accounts, each with its account and its model, the first asked first.
    pub(super) fn last(&self, most: usize) -> rusqlite::Result<Vec<(i64, String, KeptQuery)>> {
        let reader = self.reader();
        let mut all = reader.prepare_cached(
            "SELECT account, model, asked, answer, class
             FROM (SELECT * FROM query ORDER BY id DESC LIMIT ?) ORDER BY id",
        )?;
        let rows = all.query_map([most], |row| {
            let query = KeptQuery { asked: row.get(2)?, answer: row.get(3)?, class: row.get(4)? };
            Ok((row.get(0)?, row.get(1)?, query))
        })?;
        rows.collect()
    }

    /// What an account submitted, the first first.
    pub(super) fn exams(&self, account: i64) -> rusqlite::Result<Vec<KeptExam>> {
        let reader = self.reader();
        let mut all =
            reader.prepare_cached("SELECT model, agreement, queries FROM exam WHERE account = ? ORDER BY id")?;
        let rows = all.query_map([account], |row| {
            Ok(KeptExam { model: row.get(0)?, agreement: row.get(1)?, queries: row.get(2)? })
        })?;
        rows.collect()
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts an account into the store.
pub(super) fn insert_account(store: &Connection, account: &KeptAccount, at: f64) -> rusqlite::Result<()> {
    let KeptAccount { id, name, hash, quota, closed, guarded } = account;
    let mut insert = store.prepare_cached("INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    insert.execute(params![id, name, hash.text(), quota, at, closed, guarded]).map(drop)
}

/// Puts queries into the store.
pub(super) fn insert_queries(
    store: &Connection,
    (account, model): (i64, &str),
    queries: &[KeptQuery],
    at: f64,
) -> rusqlite::Result<()> {
    let mut insert = store
        .prepare_cached("INSERT INTO query (account, model, at, asked, answer, class) VALUES (?, ?, ?, ?, ?, ?)")?;
    for KeptQuery { asked, answer, class } in queries {
        insert.execute(params![account, model, at, asked, answer, class])?;
    }
    Ok(())
}

/// Puts a submitted exam into the store.
pub(super) fn insert_exam(store: &Connection, account: i64, exam: &KeptExam, at: f64) -> rusqlite::Result<()> {
    let mut insert =
        store.prepare_cached("INSERT INTO exam (account, model, at, agreement, queries) VALUES (?, ?, ?, ?, ?)")?;
    insert.execute(params![account, exam.model, at, exam.agreement, exam.queries]).map(drop)
}

/// Closes an account, or opens it again where there is no reason.
pub(super) fn close_account(store: &Connection, account: i64, why: Option<&str>) -> rusqlite::Result<()> {
    // Who is let in again by hand is not closed by the next look.
    let mut update =
        store.prepare_cached("UPDATE account SET closed = ?2, guarded = guarded AND ?2 NOT NULL WHERE id = ?1")?;
    update.execute(params![account, why]).map(drop)
}

/// Seconds since 1970, for readers of the store; nothing here depends on them.
pub(super) fn now() -> f64 {
    #[allow(clippy::disallowed_methods, reason = "a store says when; it is no record that is compared")]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

enum Found {
    /// The store of teachers of this seed.
    Seed(String),
    /// A database of somebody else.
    Stranger,
}

/// Makes the tables where there are none.
fn prepare(store: &Connection, seed: u64) -> rusqlite::Result<Found> {
    let version: i64 = store.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = store.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && tables == 0 {
        store.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        store.execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;"))?;
        store.execute("INSERT INTO setting VALUES ('seed', ?)", [seed.to_string()])?;
    } else if version != VERSION {
        return Ok(Found::Stranger);
    }
    // What was committed is on the disk, whatever happens to the machine.
    store.execute_batch("PRAGMA synchronous = FULL")?;
    let theirs = store.query_row("SELECT value FROM setting WHERE name = 'seed'", [], |row| row.get(0));
    Ok(theirs.optional()?.map_or(Found::Stranger, Found::Seed))
}

/// Two servers on one store would each count on their own.
fn lock(path: &Path) -> Result<File, StoreError> {
    let unusable = |error: io::Error| StoreError::Unusable { path: path.into(), problem: error.to_string() };
    // Beside the file, since SQLite has locks of its own on it.
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(PathBuf::from(name));
    let lock = lock.map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Taken { path: path.into() }),
        Err(std::fs::TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// Writes group after group until nobody can send any more.
fn write_all(store: &Connection, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let group: Vec<Job> = std::iter::once(first).chain(jobs.try_iter().take(GROUP - 1)).collect();
        let told = |written: rusqlite::Result<()>| written.map_err(|error| error.to_string());
        match commit(store, &group) {
            // Who comes next would wait as long for a store that somebody else has locked.
            Err(error) if group.len() > 1 && error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) => {
                for job in group {
                    let written = commit(store, std::slice::from_ref(&job));
                    (job.done)(told(written));
                }
            }
            written => {
                let told = told(written);
                group.into_iter().for_each(|job| (job.done)(told.clone()));
            }
        }
    }
}

fn commit(store: &Connection, group: &[Job]) -> rusqlite::Result<()> {
    store.execute_batch("BEGIN IMMEDIATE")?;
    let written = group.iter().try_for_each(|job| (job.write)(store)).and_then(|()| store.execute_batch("COMMIT"));
    if written.is_err() {
        // Fails where SQLite has rolled back by itself.
        let _ = store.execute_batch("ROLLBACK");
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_changes_no_order_and_no_count() {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = Store::open(&folder.path().join("class.sqlite"), 0).unwrap();
        let asked = |at: usize| KeptQuery { asked: format!("[{at}]"), answer: "0".to_owned(), class: Some(0) };
        let account = "INSERT INTO account VALUES (1, 'Ada', '', 10, 0, NULL, 1)";
        store.write(move |store| store.execute(account, []).map(drop), |written| assert_eq!(written, Ok(())));
        // Forward by years, back to 1970, and on.
        for (at, clock) in [2e9, 4e9, 0.0, 0.5, 2e9].into_iter().enumerate() {
            let write = move |store: &Connection| insert_queries(store, (1, "moons"), &[asked(at)], clock);
            store.write(write, |written| assert_eq!(written, Ok(())));
        }
        let (told, written) = channel();
        store.write(|_| Ok(()), move |_| told.send(()).unwrap());
        written.recv().unwrap();
        let order = ["[0]", "[1]", "[2]", "[3]", "[4]"];
        assert_eq!(store.asked(1, "moons").unwrap(), order);
        let last: Vec<String> = store.last(3).unwrap().into_iter().map(|(.., query)| query.asked).collect();
        assert_eq!((last, store.count(1).unwrap()), (order[2..].iter().map(|&it| it.to_owned()).collect(), 5));
        drop(store);
        writer.finish();
    }
}
