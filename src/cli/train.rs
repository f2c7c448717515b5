//! Training, as the screen and the keyboard see it: a progress bar, an interruption, and going on from one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use anstream::eprintln;
use distill_lab::experiment::{self, Gathered, Journal, Order, RunError, Shard};
use distill_lab::words::thousands;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::unfinished::Unfinished;
use super::{Interrupted, flags};

/// Trains what is missing for the orders, and keeps it in `folder` until it is removed there.
pub(super) fn train(
    flags: &flags::Run,
    orders: &[Order],
    shard: Shard,
    folder: &Path,
) -> anyhow::Result<(Vec<Gathered>, Unfinished)> {
    let all = experiment::models_to_train(orders, shard);
    let bar = progress_bar(flags.quiet, all);
    let interrupted = interrupted()?;
    if !flags.quiet {
        answer_interruption(Arc::clone(&interrupted), bar.clone());
    }
    let (done, stop) = (|models: usize| bar.inc(models as u64), || interrupted.load(Relaxed));
    let mut journal = Journal::new(&done, &stop);
    let unfinished = Unfinished::open(folder, (orders, shard), flags.fresh, &mut journal)?;
    if journal.models() > 0 {
        bar.reset_eta();
        if !flags.quiet {
            eprintln!("{} of {} models are already there", thousands(journal.models()), thousands(all));
        }
    }
    let gathered = experiment::gather(orders, shard, &journal);
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
    Err(match journal.trouble() {
        Some(error) => unfinished.cannot_be_written(&error).into(),
        None => Interrupted { kept, all }.into(),
    })
}

/// Set by the first Ctrl-C or SIGTERM: models in training are finished, and no others begun. A second one ends the
/// program at once.
fn interrupted() -> anyhow::Result<Arc<AtomicBool>> {
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
            bar.suspend(|| eprintln!("stopping once the models in training are done; Ctrl-C again ends at once"));
        }
    });
}

/// How many models are trained, on a screen.
pub(super) fn progress_bar(quiet: bool, models: usize) -> ProgressBar {
    // Hidden by itself where stderr is not a terminal.
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} models trained, {eta} left");
    ProgressBar::with_draw_target(Some(models as u64), target).with_style(style.expect("a valid template"))
}
