//! The command line: one file per verb, the flags they share, and what they end with.
//!
//! Messages for people go to stderr, data to stdout.

mod chart;
mod chat;
mod completions;
mod draw;
mod figures;
mod flags;
mod folder;
mod list;
mod page;
mod report;
mod run;

use std::io;
use std::process::ExitCode;

use anstream::eprintln;
use anstyle::{AnsiColor, Style};
use clap::{Parser, Subcommand};
use distill_lab::experiment::RunError;
use distill_lab::plan::PlanError;

const ABOUT: &str = "Train a small student only by querying a teacher, and plot what the questions bought";

const STORY: &str = "\
Train a small student only by querying a teacher, and plot what the questions bought.

A teacher network learns a synthetic task from labelled examples. A smaller student never sees a label: it asks the \
teacher, one metered question at a time, and learns from the answers. The program draws how often the two agree \
against the number of questions, beside controls that had no teacher at all.";

const TALK: &str = "\
Talk to a teacher or to a freshly distilled student.

One line in, one reply out: from the terminal, or piped. Replies are greedy: the likeliest word each time, so that the \
same question gets the same reply. Questions to the teacher go through an account, like everybody's; to be told the \
likeliest word, it asks once for each word.";

const TALK_EXAMPLES: &str = "\
Examples:
  distill chat
  distill chat --to student --budget 300
  echo 'who are you?' | distill chat --to student --quick";

const EXAMPLES: &str = "\
Examples:
  distill                                   the headline figure, in output/budget
  distill run --quick                       the same on a small scale, in a few seconds
  distill run --budgets 10..1000            fewer questions
  distill run --answers label --student 8,8  only labels come back, and the student is half as wide
  distill run --data glyphs                 drawn digits instead of spirals
  distill run --data my.csv --label kind    a table of your own
  distill list                              experiments, datasets, kinds of answer, strategies";

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "distill", version, about = ABOUT, long_about = STORY, after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    run: flags::Run,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Train, examine, save the records and draw them (the default)
    #[command(long_about = STORY, after_help = EXAMPLES)]
    Run(Box<flags::Run>),
    /// Talk to a teacher or to a freshly distilled student
    #[command(long_about = TALK, after_help = TALK_EXAMPLES)]
    Chat(flags::Chat),
    /// Draw the figures and the page again from saved records, without training
    Draw(flags::Draw),
    /// List experiments, datasets, kinds of answer and strategies
    List,
    /// Print a completion script for a shell
    Completions(flags::Completions),
}

/// What the program ends with.
#[derive(Clone, Copy)]
enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.verb.unwrap_or_else(|| Verb::Run(Box::new(cli.run))) {
        Verb::Run(flags) => run::run(&flags),
        Verb::Chat(flags) => chat::chat(&flags),
        Verb::Draw(flags) => draw::draw(&flags),
        Verb::List => list::list(),
        Verb::Completions(flags) => completions::completions(&flags),
    };
    let exit = match ended {
        Ok(()) => Exit::Done,
        // Whoever reads the output has seen enough: `distill list | head -1`.
        Err(error) if is_broken_pipe(&error) => Exit::Done,
        Err(error) => complain(&error),
    };
    ExitCode::from(exit as u8)
}

/// A mistake in what was asked for, with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
struct Misuse {
    problem: String,
    hint: String,
}

/// Says what happened and what to do, and chooses the exit code.
fn complain(error: &anyhow::Error) -> Exit {
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let cyan = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    eprintln!("{red}error:{red:#} {error:#}");
    let (hint, exit) = if let Some(error) = error.downcast_ref::<PlanError>() {
        (error.hint().map(str::to_owned), Exit::Usage)
    } else if let Some(misuse) = error.downcast_ref::<Misuse>() {
        (Some(misuse.hint.clone()), Exit::Usage)
    } else {
        (error.downcast_ref::<RunError>().map(RunError::hint), Exit::Failed)
    };
    if let Some(hint) = hint {
        eprintln!("{cyan}hint:{cyan:#} {hint}");
    }
    exit
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
