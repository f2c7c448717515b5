//! A folder to write to: opened before any training, each file written beside its place and then moved there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use distill_lab::experiment::Shard;
use distill_lab::seed::fingerprint;

use super::{Misuse, Setback};

/// Where an experiment writes: the default plan to `output`, any other plan to a folder of its own, so that a reader's
/// experiment never overwrites the reference, and each shard to a folder of its own beside.
pub(super) fn place(out: Option<&Path>, plan: &str, experiment: &str, shard: Shard) -> PathBuf {
    let mut name = experiment.to_owned();
    if out.is_none() && !plan.is_empty() {
        name += &format!("-{:08x}", fingerprint(plan) as u32);
    }
    if shard != Shard::WHOLE {
        name += &format!("-{}-of-{}", shard.number(), shard.of());
    }
    match out {
        Some(out) => out.join(name),
        None if plan.is_empty() && shard == Shard::WHOLE => Path::new("output").join(name),
        None => Path::new("output").join("runs").join(name),
    }
}

/// A folder that could be written to when it was opened.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if need be and tries whether a file can be written in it.
    pub(super) fn open(path: PathBuf) -> Result<Self, Misuse> {
        let probe = path.join(".distill-probe");
        let tried =
            fs::create_dir_all(&path).and_then(|()| fs::write(&probe, "")).and_then(|()| fs::remove_file(&probe));
        match tried {
            Ok(()) => Ok(Self { path }),
            Err(error) => Err(Misuse {
                problem: format!("cannot write to {}: {error}", path.display()),
                hint: "name a folder that can be written, with --out DIR".to_owned(),
            }),
        }
    }

    /// Takes the folder away again if nothing was written to it.
    pub(super) fn close(&self) {
        // A folder with files in it is not removed, and that is all this relies on.
        let _ = fs::remove_dir(&self.path);
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a whole file or, if that fails, leaves the old one as it was.
    pub(super) fn write(
        &self,
        name: &str,
        contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let (beside, place) = (self.path.join(format!(".{name}.part")), self.path.join(name));
        let write = || {
            let mut file = io::BufWriter::new(fs::File::create(&beside)?);
            contents(&mut file)?;
            file.into_inner()?.sync_all()?;
            fs::rename(&beside, &place)
        };
        write().map_err(|error| {
            // A part of a file is of use to nobody, and takes room on a disk that may be full.
            let _ = fs::remove_file(&beside);
            Setback::cannot_write(&place, &error).into()
        })
    }
}
