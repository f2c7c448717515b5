//! `distill draw`: the figures and the page again, from saved records alone; shards are put together first.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use distill_lab::experiment::records;
use distill_lab::finding::Finding;
use distill_lab::plot::Drawn;
use distill_lab::words::counted;
use same_file::is_same_file;

use super::folder::Folder;
use super::page::{Shelves, write_own};
use super::screen::{self, Line};
use super::{Exit, Obstacle, figures, flags, shards};

/// A finding that is to be drawn.
struct Drawing {
    saved: PathBuf,
    out: PathBuf,
    /// Where it is drawn beside its records: held before they are read, so that no run writes others in between.
    held: Option<Folder>,
    finding: Finding,
    drawn: Vec<Drawn>,
}

/// Draws every finding in the folders and the page beside them, and those of shards that make one together.
pub(super) fn draw(flags: &flags::Draw) -> anyhow::Result<()> {
    let mut shards = Vec::new();
    let mut drawings: Vec<Drawing> = Vec::new();
    for folder in &flags.folders {
        for saved in saved_in(folder)? {
            if shards::is_shard(&saved) {
                shards.push(saved);
            } else if drawings.iter().all(|other| !is_same_file(&other.saved, &saved).unwrap_or(false)) {
                let drawing = Drawing::of(saved, flags.out.as_deref())?;
                if let Some(other) = drawings.iter().find(|other| other.out == drawing.out) {
                    return Err(twice(&other.saved, &drawing.saved, &drawing.out).into());
                }
                drawings.push(drawing);
            }
        }
    }
    // Refused as a whole too, and so before the rest is written.
    shards::merge(&shards, flags.out.as_deref())?;
    let (mut shelves, mut pages) = (Shelves::default(), Vec::new());
    for Drawing { out, held, finding, drawn, .. } in drawings {
        let out = held.map_or_else(|| Folder::open(out), Ok)?;
        out.replace(&figures::files(&finding, drawn))?;
        let figures = counted(finding.figures.len(), "figure");
        screen::show(&Line::plain(format!("{figures} in ")).and_file(out.path()));
        pages.extend(write_own(&out, &finding)?);
        shelves.put(out.path(), finding);
    }
    pages.extend(shelves.write_pages(false)?);
    for page in pages {
        let chapters = counted(page.chapters, "chapter");
        screen::show(&Line::plain(format!("a page with {chapters}: ")).and_file(&page.file));
    }
    Ok(())
}

impl Drawing {
    /// Reads a finding and draws it. All are drawn before any folder is made: damaged records leave nothing behind.
    fn of(saved: PathBuf, out: Option<&Path>) -> anyhow::Result<Self> {
        let held = if out.is_none() { Some(Folder::open(saved.clone())?) } else { None };
        let file = saved.join("finding.json");
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let finding =
            records::read_finding(&String::from_utf8_lossy(&bytes)).map_err(|error| damaged(&file, &error))?;
        let drawn = figures::draw(&finding).map_err(|error| damaged(&file, &error))?;
        let out = out.map_or_else(|| saved.clone(), |out| out.join(&finding.experiment));
        Ok(Self { saved, out, held, finding, drawn })
    }
}

/// The folder itself if it holds a finding or a shard, else those of its folders that do.
fn saved_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let holds_records = |folder: &PathBuf| folder.join("finding.json").is_file() || shards::is_shard(folder);
    let folder = folder.to_path_buf();
    if holds_records(&folder) {
        return Ok(vec![folder]);
    }
    let entries = fs::read_dir(&folder).map_err(|error| nothing(&folder, &error.to_string()))?;
    let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(holds_records).collect();
    inside.sort();
    if inside.is_empty() {
        return Err(nothing(&folder, "no finding.json and no shard.json in it or one level below").into());
    }
    Ok(inside)
}

fn damaged(file: &Path, why: &dyn Display) -> Obstacle {
    Obstacle {
        exit: Exit::Usage,
        problem: format!("{}: {why}", file.display()),
        hint: "the records are damaged or of another version: run the experiment again".to_owned(),
    }
}

fn twice(one: &Path, other: &Path, out: &Path) -> Obstacle {
    Obstacle {
        exit: Exit::Usage,
        problem: format!("{} and {} would both be drawn in {}", one.display(), other.display(), out.display()),
        hint: "draw them one by one, each with an --out of its own".to_owned(),
    }
}

fn nothing(folder: &Path, why: &str) -> Obstacle {
    Obstacle {
        exit: Exit::Usage,
        problem: format!("no records in {}: {why}", folder.display()),
        hint: "make some with distill run, or name the folder that holds them".to_owned(),
    }
}
