//! Training, as the screen and the keyboard see it: a progress bar, an interruption, and going on from one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use distill_lab::experiment::{self, Gathered, Group, Journal, RunError, Shard};
use distill_lab::words::{counted, thousands};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::unfinished::Unfinished;
use super::{Interrupted, flags, screen};

/// Trains what is missing for the orders, and keeps it in `folder` until it is removed there.
pub(super) fn train(
    flags: &flags::Run,
    groups: &[Group],
    shard: Shard,
    folder: &Path,
    interrupted: Arc<AtomicBool>,
) -> anyhow::Result<(Vec<Gathered>, Unfinished)> {
    let all = experiment::models_to_train(groups, shard);
    let bar = progress_bar(all);
    let (done, stop) = (|models: usize| bar.inc(models as u64), || interrupted.load(Relaxed));
    let mut journal = Journal::new(&done, &stop);
    let unfinished = Unfinished::open(folder, (groups, shard), flags.fresh, &mut journal)?;
    if journal.models() > 0 {
        bar.reset_eta();
        if !flags.quiet {
            screen::say(format!("{} of {} already there", thousands(journal.models()), counted(all, "model")));
        }
    }
    if !flags.quiet {
        answer_interruption(Arc::clone(&interrupted), bar.clone());
        show(&bar, opening(groups));
    }
    let gathered = experiment::gather(groups, shard, &journal);
    bar.finish_and_clear();
    let error = match gathered {
        Ok(gathered) => return Ok((gathered, unfinished)),
        Err(error) => error,
    };
    if error != RunError::Stopped {
        // The same plan would fail again, and another has a file of its own.
        unfinished.remove();
        return Err(error.into());
    }
    let kept = journal.models();
    Err(unfinished.keeps(match journal.trouble() {
        Some(error) => unfinished.cannot_be_written(&error).into(),
        None => Interrupted { kept, all }.into(),
    }))
}

/// Set by the first Ctrl-C or SIGTERM: models in training are finished, and no others begun. A second one ends the
/// program at once.
pub(super) fn interrupted() -> anyhow::Result<Arc<AtomicBool>> {
    let interrupted = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: what the first signal sets must not be there yet when it is looked at.
        flag::register_conditional_shutdown(signal, super::Exit::Interrupted as i32, Arc::clone(&interrupted))?;
        flag::register(signal, Arc::clone(&interrupted))?;
    }
    Ok(interrupted)
}

/// Says that a first Ctrl-C was heard, as soon as it was: the models in training can take some seconds more.
fn answer_interruption(interrupted: Arc<AtomicBool>, bar: ProgressBar) {
    thread::spawn(move || {
        while !bar.is_finished() && !interrupted.load(Relaxed) {
            thread::sleep(Duration::from_millis(50));
        }
        if !bar.is_finished() {
            bar.suspend(|| screen::say("stopping once the models in training are done; Ctrl-C again ends at once"));
        }
    });
}

/// Counts the models that are trained, unseen as yet: what is said before would leave a dead bar behind.
pub(super) fn progress_bar(models: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg}{bar:32} {pos}/{len} models trained, {eta} left");
    let bar = ProgressBar::with_draw_target(Some(models as u64), ProgressDrawTarget::hidden());
    bar.with_style(style.expect("a valid template"))
}

/// Shows it, if stderr is a terminal, with words above that go away with it.
pub(super) fn show(bar: &ProgressBar, above: String) {
    bar.set_message(above);
    bar.set_draw_target(ProgressDrawTarget::stderr());
}

/// What to think about while one experiment is run: what it asks, and what one might predict before looking.
fn opening(groups: &[Group]) -> String {
    let experiments: Vec<_> = groups.iter().flat_map(Group::experiments).collect();
    let [experiment] = experiments[..] else { return String::new() };
    let lines = [experiment.question, experiment.prediction];
    let lines = lines.into_iter().flat_map(|text| screen::wrap(text, screen::columns(), "", ""));
    lines.map(|line| line + "\n").collect()
}
