//! `--teacher-url`: the key, the file that keeps what was paid for, and what is said of it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use distill_lab::experiment::{self, Group, RunError, Shard};
use distill_lab::plan::PlanError;
use distill_lab::remote::{Key, Kind, RemoteTeacher, Surroundings};
use distill_lab::seed::fingerprint;
use distill_lab::words::{counted, thousands};

use super::place::place;
use super::{Exit, Interrupted, Obstacle, flags, screen};

/// Where a key may be that is not on the command line, which other users of a machine can see.
const KEY: &str = "DISTILL_KEY";

/// A teacher that is somebody else's, and the file with its answers.
pub(super) struct Remote {
    teacher: Arc<RemoteTeacher>,
    path: PathBuf,
}

/// Meets the teacher of a run, where it is somebody else's, before anything else is begun: what it answers with may
/// make the plan another one.
pub(super) fn meet(
    flags: &flags::Run,
    groups: Vec<Group>,
    interrupted: &Arc<AtomicBool>,
) -> anyhow::Result<(Vec<Group>, Option<Remote>)> {
    let Some(group) = groups.iter().find(|group| group.remote().is_some()) else { return Ok((groups, None)) };
    if let Some(shard) = flags.shard {
        let problem = "what all replicates ask is bought through one account and kept in one file";
        return Err(PlanError::new("--shard", &shard.to_string(), problem, "leave it out").into());
    }
    if flags.weights.is_some() {
        // Refused before anything is asked.
        experiment::Weights::of(&groups)?;
    }
    let remote = Remote::open(flags, group, interrupted)?;
    let all = experiment::models_to_train(&groups, Shard::WHOLE);
    let kind = group.meet(&remote.teacher).inspect_err(|_| remote.remove_if_empty());
    let kind = kind.map_err(|error| stopped(error, all))?;
    if kind == Kind::Probabilities {
        return Ok((groups, Some(remote)));
    }
    let mut request = group.request().clone();
    if request.answers.iter().flatten().any(|kind| kind.trim() != "label") {
        let problem = "this teacher's API answers with labels";
        return Err(PlanError::new("--answers", "", problem, "leave it out, or write --answers label").into());
    }
    request.answers = Some(vec!["label".to_owned()]);
    let experiments: Vec<_> = groups
        .iter()
        .flat_map(Group::experiments)
        .filter_map(|experiment| experiment::experiment(experiment.name))
        .collect();
    Ok((Group::sort(&experiments, &request)?, Some(remote)))
}

impl Remote {
    fn open(flags: &flags::Run, group: &Group, interrupted: &Arc<AtomicBool>) -> anyhow::Result<Self> {
        let (remote, classes) = group.remote().expect("a group with such a teacher");
        let key = key(flags)?;
        let experiment = group.experiments()[0].name;
        let folder = place(flags.out.as_deref(), group, experiment, Shard::WHOLE);
        let folder = folder.parent().expect("a folder has a place");
        // Answers are those of a model to points; what these are for makes no difference.
        let name = format!("{} {:?} {classes:?}", remote.address(), remote.output());
        let path = folder.join(format!(".answers-{:016x}.jsonl", fingerprint(name)));
        let (file, text) = opened(&path, flags.fresh)?;
        let (stop, quiet) = (Arc::clone(interrupted), flags.quiet);
        let around = Surroundings {
            stop: Box::new(move || stop.load(Relaxed)),
            tell: Box::new(move |line| {
                if !quiet {
                    screen::say(line);
                }
            }),
        };
        let account = (remote.address().clone(), key);
        let writer = file.try_clone()?;
        let (teacher, recalled) = RemoteTeacher::new(account, remote.output(), classes, around, (&text, writer));
        // What a crash cut off is written over.
        file.set_len(recalled.sound as u64)?;
        if recalled.damaged > 0 {
            let lines = counted(recalled.damaged, "damaged line");
            screen::say(format!("note: {lines} of {} not used", path.display()));
        }
        if recalled.answers > 0 && !quiet {
            let answers = counted(recalled.answers, "answer");
            screen::say(format!("{answers} of this teacher kept from before; --fresh asks anew"));
        }
        Ok(Self { teacher: Arc::new(teacher), path })
    }

    /// Buys what the groups ask of the teacher, and says what that was.
    pub(super) fn buy(&self, groups: &mut [Group], quiet: bool) -> anyhow::Result<()> {
        for group in groups {
            let all = experiment::models_to_train(std::slice::from_ref(group), Shard::WHOLE);
            let bought = group.buy(&self.teacher).map_err(|error| stopped(error, all))?;
            let Some(bought) = bought.filter(|_| !quiet) else { continue };
            let (now, all) = (self.teacher.paid().now, bought.sweep + bought.exam);
            let (sweep, exam) = (thousands(bought.sweep), thousands(bought.exam));
            let queries = counted(all, "query");
            screen::say(format!("{queries}: {sweep} for the sweep, {exam} for the exam; {} paid now", thousands(now)));
            screen::show(&screen::Line::plain("answers are kept in ").and_file(&self.path));
            if let Some(cut) = &bought.cut {
                let budgets = counted(cut.budgets, "budget");
                let replicates = counted(cut.replicates, "replicate");
                screen::say(format!("note: the API ended the sweep, with {budgets} in {replicates}: {}", cut.why));
            }
        }
        Ok(())
    }

    /// A file without answers is of use to nobody.
    fn remove_if_empty(&self) {
        if fs::metadata(&self.path).is_ok_and(|file| file.len() == 0) {
            let _ = fs::remove_file(&self.path);
            let _ = self.path.parent().map(fs::remove_dir);
        }
    }
}

/// Somebody who stops a run is told that it goes on from there: before anything is trained, no model is kept.
fn stopped(error: RunError, all: usize) -> anyhow::Error {
    if error == RunError::Stopped { Interrupted { kept: 0, all }.into() } else { error.into() }
}

/// The file of answers, held by one process at a time, and what is in it.
fn opened(path: &Path, fresh: bool) -> anyhow::Result<(File, Vec<u8>)> {
    let open = || -> io::Result<(File, Vec<u8>)> {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::ResourceBusy.into()),
            // Some file systems cannot lock; there it is for people to see that nothing runs twice.
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
            _ => {}
        }
        let mut text = Vec::new();
        if fresh {
            file.set_len(0)?;
        } else {
            file.read_to_end(&mut text)?;
        }
        Ok((file, text))
    };
    open().map_err(|error| {
        let (exit, hint) = match error.kind() {
            io::ErrorKind::ResourceBusy => (Exit::Failed, "another run asks this teacher: wait until it has ended"),
            _ => (Exit::Usage, "name a folder that can be written, with --out DIR"),
        };
        let problem = format!("cannot write to {}: {error}", path.display());
        Obstacle { exit, problem, hint: hint.to_owned() }.into()
    })
}

/// The key of the account: from the command line or the environment, neither shown nor kept.
fn key(flags: &flags::Run) -> Result<Option<Key>, Obstacle> {
    let from_environment = || std::env::var(KEY).ok().filter(|key| !key.is_empty()).map(Key::from);
    let (source, key) = match flags.key.clone() {
        Some(key) => ("--key", Some(key)),
        None => (KEY, from_environment()),
    };
    key.map(Key::check).transpose().map_err(|problem| Obstacle {
        exit: Exit::Usage,
        problem: format!("{source}: {problem}"),
        hint: "copy it again from where it was given to you".to_owned(),
    })
}
