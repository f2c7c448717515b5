//! `distill check`: the default plan again, compared with the records that are kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use distill_lab::experiment::{self, About, EXPERIMENTS, Gathered, Group, Journal, Listed, Shard, records};
use distill_lab::plan::{PlanError, Request};

use super::place::reference;
use super::{Exit, Obstacle, compare, flags, processor, saved, screen, seeds, train};

/// What is kept of one experiment.
struct Kept {
    folder: PathBuf,
    trials: String,
    /// The kind of processor that they come from.
    processor: String,
}

/// Runs the experiments again and compares.
pub(super) fn check(flags: &flags::Check) -> anyhow::Result<()> {
    let wanted = chosen(&flags.experiments)?;
    if let Some(seeds) = flags.seeds {
        return seeds::check(&wanted, seeds);
    }
    let groups = Group::sort(&wanted, &Request::default())?;
    let experiments: Vec<&About> = groups.iter().flat_map(Group::experiments).collect();
    // Before any training.
    let kept = experiments.iter().map(|experiment| Kept::read(experiment.name)).collect::<Result<Vec<_>, _>>()?;
    let shard = if flags.quick { Shard::FIRST_REPLICATE } else { Shard::WHOLE };
    let bar = train::progress_bar(experiment::models_to_train(&groups, shard));
    train::show(&bar, String::new());
    let gathered = experiment::gather(&groups, shard, &Journal::new(&|models| bar.inc(models as u64), &|| false));
    bar.finish_and_clear();
    let gathered = gathered?;

    let rows: Vec<Vec<u8>> = experiments.iter().zip(&gathered).map(|(it, gathered)| csv(it, gathered)).collect();
    let made: Vec<Vec<(String, Vec<u8>)>> = if flags.quick {
        rows.into_iter().map(|rows| vec![("trials.csv".to_owned(), rows)]).collect()
    } else {
        experiment::read(&groups, gathered).iter().map(saved::files).collect::<Result<_, _>>()?
    };
    let mut differences = Vec::new();
    for ((experiment, kept), made) in experiments.iter().zip(&kept).zip(&made) {
        let (name, first) = (experiment.name, kept.difference(made, flags.quick));
        let alike = first.is_none();
        // Another kind of processor rounds otherwise.
        let elsewhere = !alike && kept.processor != processor::kind();
        match if elsewhere { kept.means(&made[0].1)? } else { first } {
            None if alike => screen::say(format!("{name}: {}", same(made, flags.quick))),
            None => screen::say(format!("{name}: means within tolerance; {}", kept.origin())),
            Some(difference) => {
                screen::say(format!("{name}: differs"));
                differences.push((name, difference));
            }
        }
    }
    let Some((name, first)) = differences.first() else { return Ok(()) };
    Err(Obstacle {
        exit: Exit::Failed,
        problem: format!("{} of {} are not repeated; the first difference: {first}", differences.len(), kept.len()),
        hint: format!("where the program was changed on purpose, write new records with: distill run {name}"),
    }
    .into())
}

/// The experiments of these names, or all.
fn chosen(names: &[String]) -> Result<Vec<Listed>, PlanError> {
    let known = || EXPERIMENTS.iter().map(|experiment| experiment.about().name);
    let find =
        |name: &String| experiment::experiment(name).ok_or_else(|| PlanError::unknown("EXPERIMENT", name, known()));
    if names.is_empty() { Ok(EXPERIMENTS.to_vec()) } else { names.iter().map(find).collect() }
}

fn csv(experiment: &About, gathered: &Gathered) -> Vec<u8> {
    let mut rows = Vec::new();
    records::write_trials(&mut rows, experiment.columns, &gathered.trials).expect("memory can be written");
    rows
}

impl Kept {
    fn read(experiment: &str) -> Result<Self, Obstacle> {
        let folder = reference(experiment);
        let trials = fs::read_to_string(folder.join("trials.csv")).map_err(|error| Obstacle {
            exit: Exit::Usage,
            problem: format!("no records to compare with: {}: {error}", folder.join("trials.csv").display()),
            hint: format!("write them with: distill run {experiment}"),
        })?;
        let processor = fs::read_to_string(folder.join(processor::FILE)).unwrap_or_default();
        Ok(Self { folder, trials, processor: processor.trim().to_owned() })
    }

    /// The first difference from what was made, in words.
    fn difference(&self, made: &[(String, Vec<u8>)], quick: bool) -> Option<String> {
        if quick {
            let kept = compare::of_replicates(&self.trials, &BTreeSet::from(["0".to_owned()]));
            return compare::bytes(&self.name("trials.csv"), kept.as_bytes(), &made[0].1);
        }
        for (file, bytes) in made {
            let Ok(kept) = fs::read(self.folder.join(file)) else {
                return Some(format!("{} is missing", self.name(file)));
            };
            if let Some(difference) = compare::bytes(&self.name(file), &kept, bytes) {
                return Some(difference);
            }
        }
        self.left_over(made).map(|file| format!("{} is not made any more", file.display()))
    }

    /// The first difference of the means of the trials, in words.
    fn means(&self, trials: &[u8]) -> Result<Option<String>, csv::Error> {
        compare::means(&self.name("trials.csv"), &self.trials, &String::from_utf8_lossy(trials))
    }

    fn name(&self, file: &str) -> String {
        self.folder.join(file).display().to_string()
    }

    /// A figure in the folder that is not among what was made.
    fn left_over(&self, made: &[(String, Vec<u8>)]) -> Option<PathBuf> {
        let is_figure = |file: &Path| file.extension().is_some_and(|ending| ending == "svg" || ending == "png");
        let is_made =
            |file: &Path| made.iter().any(|(name, _)| file.file_name().is_some_and(|own| own == name.as_str()));
        let files = fs::read_dir(&self.folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        files.filter(|file| is_figure(file) && !is_made(file)).min()
    }

    /// Where the records come from, which is elsewhere.
    fn origin(&self) -> String {
        match self.processor.as_str() {
            "" => "nothing says what made the records".to_owned(),
            other => format!("the records are of another processor ({other})"),
        }
    }
}

/// What was found to be the same.
fn same(made: &[(String, Vec<u8>)], quick: bool) -> String {
    if quick {
        "the same rows of the first replicate".to_owned()
    } else {
        format!("the same bytes in {} files", made.len())
    }
}
