//! The command line: one file per verb, the flags they share, and what they end with.
//!
//! Messages for people go to stderr, data to stdout.

mod chart;
mod chat;
mod check;
mod compare;
mod completions;
mod draw;
mod figures;
mod flags;
mod folder;
mod list;
mod open;
mod page;
mod place;
mod processor;
mod remote;
mod report;
mod run;
mod runs;
mod saved;
mod screen;
mod seeds;
#[cfg(feature = "serve")]
mod serve;
mod shards;
mod suggestion;
mod train;
mod unfinished;
mod versus;
mod weights;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use distill_lab::experiment::RunError;
use distill_lab::plan::PlanError;
use distill_lab::words::{counted, printable, thousands};

use screen::{CYAN, Line, PLAIN, RED};

const ABOUT: &str = "Train a small student only by querying a teacher, and plot what the queries bought";

const STORY: &str = "\
Train a small student only by querying a teacher, and plot what the queries bought.

A teacher network learns a synthetic task from labelled examples. A smaller student never sees a label: it asks the \
teacher, one metered query at a time, and learns from the answers. The program draws how often the two agree \
against the number of queries, beside controls that had no teacher at all.";

const TALK: &str = "\
Talk to a teacher or to a freshly distilled student.

One line in, one reply out: from the terminal, or piped. Replies are greedy: the likeliest word each time, so that the \
same question gets the same reply. You query the teacher through an account, like every customer; to get the \
likeliest word, it takes one query for each word.";

const TALK_EXAMPLES: &str = "\
Examples:
  distill chat
  distill chat --to student --budget 300
  echo 'who are you?' | distill chat --to student --quick";

const SERVER: &str = "\
Put a teacher behind an API that any program can query.

Points are asked over the Open Inference Protocol, the teacher that talks over OpenAI's chat completions. Every \
account has a key, a quota and a limit a minute; each query is in the store before its answer leaves. /openapi.json \
describes all of it, docs/serve.md says how to read the store.";

const SERVER_EXAMPLES: &str = "\
Examples:
  distill serve                             spirals and the teacher that talks, on this machine
  distill serve spirals --answers label --quota 200
  distill serve my.csv --label kind
  distill serve glyphs --guard --join --addr 0.0.0.0:8080";

const REPETITION: &str = "\
Run the default plan again, in memory, and compare with the records in output.

On the kind of processor that the records come from (processor.txt beside them), trials.csv, finding.json and every \
figure must be the same bytes. Other processors may round differently in the last digit, and training amplifies it: \
where it does, for each arm and budget, the mean over replicates of every column of numbers must lie within four \
standard errors of the difference between two such means over different replicates, and differences up to 0.002 are \
always allowed.

The first difference is named, with both values. Exit code 1 where the records are not repeated.";

const TWO_RUNS: &str = "\
Compare two saved runs: what differs in their plans, their agreement at each budget that both have, \
and the queries that it takes to agree on 95 of 100 points.

Where seed and data are the same, both have the same replicates, and what these differ in cancels: the interval of the \
difference is paired. Otherwise it says unpaired, and is wider. A run is named by its folder, by the name of a run of \
your own, or by its experiment for the default plan.";

const TWO_RUNS_EXAMPLES: &str = "\
Examples:
  distill run --student 4,4
  distill compare budget-student-4-4 budget";

const EXAMPLES: &str = "\
Examples:
  distill                                   the headline figure, in output/budget
  distill run --quick                       the same on a small scale, in a few seconds
  distill run --budgets 10..1000            fewer queries
  distill run --answers label --student 8,8  only labels come back, and the student is half as wide
  distill run --data glyphs                 drawn digits instead of spirals
  distill run --data my.csv --label kind    a table of your own
  distill run --data my.csv --label kind --teacher-url http://127.0.0.1:8080/v2/models/mine
                                            the same, and the teacher is a model that you serve
  distill runs                              the runs of your own, and what they found
  distill list                              experiments, datasets, kinds of answer, strategies

The report goes to the screen (stderr); --json writes the finding to stdout.";

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
    /// Put a teacher behind an API that any program can query
    #[command(long_about = SERVER, after_help = SERVER_EXAMPLES)]
    Serve(flags::Serve),
    /// Draw the figures and the page again from saved records, without training
    Draw(flags::Draw),
    /// List the runs of your own, with what differs and what they found
    Runs(flags::Runs),
    /// Compare two saved runs: plans, agreement, queries to 95 %
    #[command(long_about = TWO_RUNS, after_help = TWO_RUNS_EXAMPLES)]
    Compare(flags::Compare),
    /// Show the page or the figures of a folder in the browser
    Open(flags::Open),
    /// Run the default plan again and compare with the records in output
    #[command(long_about = REPETITION)]
    Check(flags::Check),
    /// List experiments, datasets, kinds of answer and strategies
    List,
    /// Print a completion script for a shell
    Completions(flags::Completions),
}

/// What the program ends with.
#[derive(Clone, Copy, Debug)]
enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Interrupted = 130,
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let ended = match cli.verb.unwrap_or_else(|| Verb::Run(Box::new(cli.run))) {
        Verb::Run(flags) => run::run(&flags),
        Verb::Chat(flags) => chat::chat(&flags),
        #[cfg(feature = "serve")]
        Verb::Serve(flags) => serve::serve(&flags),
        #[cfg(not(feature = "serve"))]
        Verb::Serve(flags) => Err(without_server(&flags).into()),
        Verb::Draw(flags) => draw::draw(&flags),
        Verb::Runs(flags) => runs::runs(&flags),
        Verb::Compare(flags) => versus::compare(&flags),
        Verb::Open(flags) => open::open(&flags),
        Verb::Check(flags) => check::check(&flags),
        Verb::List => list::list(),
        Verb::Completions(flags) => completions::completions(&flags),
    };
    let exit = match ended {
        Ok(()) => Exit::Done,
        // The reader of the output has seen enough: `distill list | head -1`.
        Err(error) if is_broken_pipe(&error) => Exit::Done,
        Err(error) => complain(&error),
    };
    ExitCode::from(exit as u8)
}

/// Says what cannot be understood of the arguments, or what was asked for instead of running.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    // The arguments are quoted as they were given; where they would steer the terminal, without the colours of others.
    if error.use_stderr() && printable(&text) != text {
        screen::say(text.trim_end());
    } else {
        // The reader of the help may have seen enough.
        let _ = error.print();
    }
    ExitCode::from(error.exit_code() as u8)
}

/// The flags of `distill run`, as somebody would type them.
fn run_flags(experiment: &str, plan: &[String]) -> Result<Box<flags::Run>, clap::Error> {
    let typed = ["distill", "run", experiment].into_iter().chain(plan.iter().map(String::as_str));
    match Cli::try_parse_from(typed)?.verb {
        Some(Verb::Run(flags)) => Ok(flags),
        _ => Err(clap::Error::new(clap::error::ErrorKind::InvalidSubcommand)),
    }
}

/// What is in the way of a command, with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
struct Obstacle {
    exit: Exit,
    problem: String,
    hint: String,
}

impl Obstacle {
    fn cannot_write(path: &Path, error: &io::Error) -> Self {
        let problem = format!("cannot write {}: {error}", path.display());
        Self { exit: Exit::Failed, problem, hint: "make room there".to_owned() }
    }

    /// With more to say of what to do.
    fn and(self, more: &str) -> Self {
        Self { hint: format!("{}; {more}", self.hint), ..self }
    }
}

/// A run that was told to stop.
#[derive(Debug, thiserror::Error)]
#[error("{} of {} kept", thousands(*kept), counted(*all, "model"))]
struct Interrupted {
    kept: usize,
    all: usize,
}

/// A server that was told to stop.
#[cfg(feature = "serve")]
#[derive(Debug, thiserror::Error)]
#[error("what was in flight is answered, and the store is closed")]
struct Stopped;

/// What this program says where it was built without its server.
#[cfg(not(feature = "serve"))]
fn without_server(flags: &flags::Serve) -> Obstacle {
    let models: String = flags.models.iter().map(|model| format!(" {model}")).collect();
    Obstacle {
        exit: Exit::Usage,
        problem: "this program was built without its server".to_owned(),
        hint: format!("build and start it with: cargo run --release --features serve -- serve{models}"),
    }
}

/// Says what happened and what to do, and chooses the exit code.
fn complain(error: &anyhow::Error) -> Exit {
    let said = |style, word: &str, what: String| screen::show(&Line::new(style, word).and(PLAIN, format!(" {what}")));
    if let Some(interrupted) = error.downcast_ref::<Interrupted>() {
        said(CYAN, "interrupted:", format!("{interrupted}; the same command goes on from here"));
        return Exit::Interrupted;
    }
    #[cfg(feature = "serve")]
    if let Some(stopped) = error.downcast_ref::<Stopped>() {
        said(CYAN, "stopped:", stopped.to_string());
        return Exit::Interrupted;
    }
    said(RED, "error:", format!("{error:#}"));
    let (hint, exit) = if let Some(error) = error.downcast_ref::<PlanError>() {
        (Some(error.hint().to_owned()), Exit::Usage)
    } else if let Some(obstacle) = error.downcast_ref::<Obstacle>() {
        (Some(obstacle.hint.clone()), obstacle.exit)
    } else {
        (error.downcast_ref::<RunError>().map(RunError::hint), Exit::Failed)
    };
    if let Some(hint) = hint {
        said(CYAN, "hint:", hint);
    }
    exit
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn the_flags_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_line_is_understood_or_refused_in_words(words in vec(select(words()), 0..8)) {
            match Cli::try_parse_from([&["distill"], words.as_slice()].concat()) {
                Ok(cli) => drop(cli.run.request()),
                // Help and version are errors too, which go to stdout.
                Err(error) if error.use_stderr() => prop_assert!(error.to_string().starts_with("error: "), "{error}"),
                Err(error) => prop_assert!(words.iter().any(|word| matches!(*word, "--help" | "--version")), "{error}"),
            }
        }
    }

    /// Words of the command line, in no sensible order; the two blanks make an empty one.
    fn words() -> Vec<&'static str> {
        "run chat draw check list completions all budget bash student -- - --help --version --quick --budgets \
         --answers --student --seed --rate --threads --price-query --weights --shard --fresh --out -q --to 10..100 \
         10,,30 -1 1/3 1e999 NaN \0 --frobnicate=é 99999999999999999999  "
            .split(' ')
            .collect()
    }
}
