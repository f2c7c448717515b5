//! `--weights`: the models of the first replicate in one file. The place is tried before training, the file written at
//! the end.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use distill_lab::experiment::{self, Group, write_tensors};
use distill_lab::finding::Finding;

use super::folder::{Folder, through_links};
use super::{Exit, Obstacle};

const ENDING: &str = ".safetensors";

/// Models to save, and where.
pub(super) struct Weights<'a> {
    models: experiment::Weights<'a>,
    folder: PathBuf,
    name: String,
}

impl<'a> Weights<'a> {
    /// Checks that there will be models and that the file can be written.
    pub(super) fn open(path: &Path, groups: &'a [Group]) -> anyhow::Result<Self> {
        let refuse = |problem: &str, hint: &str| Obstacle {
            exit: Exit::Usage,
            problem: format!("--weights {}: {problem}", path.display()),
            hint: hint.to_owned(),
        };
        // An ending of its own, so that a slip does not write over a table.
        let name = path.file_name().and_then(OsStr::to_str).filter(|name| name.len() > ENDING.len());
        let Some(name) = name.filter(|name| name.ends_with(ENDING)) else {
            return Err(refuse("the file is of the format safetensors", "name it FILE.safetensors").into());
        };
        if path.is_dir() {
            return Err(refuse("this is a folder", "name a file in it: DIR/FILE.safetensors").into());
        }
        let models = experiment::Weights::of(groups)?;
        // Where it lies in the end: a link is written through.
        let place = through_links(path.to_owned());
        let folder = place.parent().unwrap_or(Path::new("")).to_path_buf();
        let name = place.file_name().and_then(OsStr::to_str).unwrap_or(name).to_owned();
        Folder::wait(folder.clone())
            .map_err(|misuse| refuse(&misuse.problem, "name a file in a folder that can be written"))?;
        Ok(Self { models, folder, name })
    }

    /// Trains the models and writes them, with what is needed to make them again.
    pub(super) fn save(&self, finding: &Finding) -> anyhow::Result<()> {
        let (tensors, inputs) = self.models.train()?;
        let seed = finding.seed.to_string();
        let mut metadata = vec![("command", finding.command.as_str()), ("seed", &seed), ("version", &finding.version)];
        let inputs = inputs.metadata();
        metadata.extend(inputs.iter().map(|(name, text)| (*name, text.as_str())));
        let mut bytes = Vec::new();
        write_tensors(&mut bytes, &metadata, &tensors)?;
        Folder::wait(self.folder.clone())?.replace(&[(self.name.clone(), bytes)])
    }
}
