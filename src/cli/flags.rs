//! The flags, each with its help. They are only recorded here; `Plan::check` gives them meaning.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use distill_lab::experiment::Shard;
use distill_lab::plan::Request;
use distill_lab::remote::Key;

/// Flags of `distill run`.
#[derive(Args, Debug)]
pub(crate) struct Run {
    /// Experiments to run, or `all`; see `distill list` [default: budget]
    #[arg(value_name = "EXPERIMENT")]
    pub(crate) experiments: Vec<String>,

    /// Where examples come from: a dataset of `distill list`, or a table FILE.csv (.tsv, .txt, .data, .gz)
    /// [default: spirals]
    #[arg(long, value_name = "DATA", help_heading = "Data and teacher", allow_hyphen_values = true)]
    data: Option<String>,
    /// The column of the table that holds the classes
    #[arg(long, value_name = "COLUMN", help_heading = "Data and teacher", allow_hyphen_values = true)]
    label: Option<String>,
    /// Leave out rows of the table in which the label or a number is missing
    #[arg(long, help_heading = "Data and teacher")]
    drop_missing: bool,
    /// Ask somebody else's teacher: a model of any server of the Open Inference Protocol (Triton, MLServer, KServe,
    /// distill serve), for the experiment budget; see docs/attack-your-own.md. Every answer is kept, and none is asked
    /// for twice; --data says which points are asked about
    #[arg(long, value_name = "http://HOST/v2/models/NAME", help_heading = "Data and teacher")]
    teacher_url: Option<String>,
    /// The key of an account there, sent as a bearer token and kept nowhere; DISTILL_KEY in the environment does as
    /// well, where no list of processes shows it
    #[arg(long, value_name = "KEY", help_heading = "Data and teacher", requires = "teacher_url")]
    #[arg(allow_hyphen_values = true)]
    pub(crate) key: Option<Key>,
    /// Which output of that model holds the answers [default: found by name and shape, such as predict_proba]
    #[arg(long, value_name = "NAME", help_heading = "Data and teacher", allow_hyphen_values = true)]
    output: Option<String>,
    /// Hidden widths of the teacher, such as 64,64
    #[arg(long, value_name = "WIDTHS", help_heading = "Data and teacher", allow_hyphen_values = true)]
    teacher: Option<String>,
    /// Peak learning rate of the teacher
    #[arg(long, value_name = "RATE", help_heading = "Data and teacher", allow_negative_numbers = true)]
    #[arg(value_parser = number)]
    teacher_rate: Option<f32>,

    /// How many queries: a list 10,30,100, a range 10..10000 or a range with a count 10..10000/13
    /// [default: 10..10000, or up to what a table has]
    #[arg(long, value_name = "BUDGETS", help_heading = "Queries", allow_hyphen_values = true)]
    budgets: Option<String>,
    /// What the answers show, one arm each [default: probabilities,label; for surface all kinds]
    #[arg(long, value_name = "KIND,…", help_heading = "Queries", value_delimiter = ',')]
    answers: Option<Vec<String>>,
    /// How queries are chosen [default: natural]
    #[arg(long, value_name = "STRATEGY", help_heading = "Queries")]
    strategy: Option<String>,

    /// Hidden widths of the student, such as 16,16
    #[arg(long, value_name = "WIDTHS", help_heading = "The student", allow_hyphen_values = true)]
    student: Option<String>,
    /// Optimiser steps of a student, the same at every budget
    #[arg(long, value_name = "N", help_heading = "The student", allow_negative_numbers = true)]
    #[arg(value_parser = whole::<usize>)]
    steps: Option<usize>,
    /// Peak learning rate of a student
    #[arg(long, value_name = "RATE", help_heading = "The student", allow_negative_numbers = true)]
    #[arg(value_parser = number)]
    rate: Option<f32>,

    /// Dollars per true label; the three prices are made up but plausible, change them [default: 0.05]
    #[arg(
        long,
        value_name = "DOLLARS",
        help_heading = "Prices, for the experiment cost",
        allow_negative_numbers = true
    )]
    price_label: Option<f64>,
    /// Dollars per thousand queries to the teacher [default: 5]
    #[arg(
        long,
        value_name = "DOLLARS",
        help_heading = "Prices, for the experiment cost",
        allow_negative_numbers = true
    )]
    price_query: Option<f64>,
    /// Dollars per PFLOP: 10¹⁵ floating-point operations of training [default: 0.002]
    #[arg(
        long,
        value_name = "DOLLARS",
        help_heading = "Prices, for the experiment cost",
        allow_negative_numbers = true
    )]
    price_pflop: Option<f64>,

    /// Replicates to draw: more of them make intervals narrower [default: 10; guard and evidence 4, identity and
    /// hidden-width 6]
    #[arg(long, value_name = "N", help_heading = "The run", allow_negative_numbers = true)]
    #[arg(value_parser = whole::<usize>)]
    replicates: Option<usize>,
    /// Master seed: the same seed gives the same bytes [default: 0]
    #[arg(long, value_name = "S", help_heading = "The run", allow_negative_numbers = true)]
    #[arg(value_parser = whole::<u64>)]
    seed: Option<u64>,
    /// A small plan, seconds for most experiments: 3 replicates, 5 budgets, a third of the steps
    #[arg(long, help_heading = "The run")]
    quick: bool,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", help_heading = "The run", value_parser = clap::value_parser!(u16).range(1..=1024))]
    #[arg(allow_negative_numbers = true)]
    pub(crate) threads: Option<u16>,
    /// Write to DIR/EXPERIMENT [default: output, or output/runs for a plan with other settings]
    #[arg(long, value_name = "DIR", help_heading = "The run")]
    pub(crate) out: Option<PathBuf>,
    /// Train the K-th of N parts of the replicates, to be merged by `distill draw`; see docs/sweeps.md
    #[arg(long, value_name = "K/N", help_heading = "The run", conflicts_with = "json", allow_hyphen_values = true)]
    pub(crate) shard: Option<Shard>,
    /// Start over, where otherwise the same plan goes on from what an interrupted run has finished; a --teacher-url is
    /// asked anew
    #[arg(long, help_heading = "The run")]
    pub(crate) fresh: bool,
    /// Save the teacher and the students of the first replicate, for PyTorch or NumPy to load
    #[arg(long, value_name = "FILE.safetensors", help_heading = "The run", conflicts_with = "shard")]
    pub(crate) weights: Option<PathBuf>,
    /// Show the page or the figures in the browser at the end
    #[arg(long, help_heading = "The run", conflicts_with = "shard")]
    pub(crate) open: bool,
    /// Print the finding as JSON on stdout, one document per experiment
    #[arg(long, help_heading = "The run")]
    pub(crate) json: bool,
    /// Say nothing but errors
    #[arg(long, short, help_heading = "The run")]
    pub(crate) quiet: bool,
    /// Say all there is to say: the whole table, every verdict, and what the run does not show
    #[arg(long, short, help_heading = "The run", conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

impl Run {
    /// What was asked for, as the library takes it.
    pub(crate) fn request(&self) -> Request {
        Request {
            data: self.data.clone(),
            label: self.label.clone(),
            drop_missing: self.drop_missing,
            teacher_url: self.teacher_url.clone(),
            output: self.output.clone(),
            budgets: self.budgets.clone(),
            answers: self.answers.clone(),
            strategy: self.strategy.clone(),
            replicates: self.replicates,
            seed: self.seed,
            teacher: self.teacher.clone(),
            student: self.student.clone(),
            steps: self.steps,
            rate: self.rate,
            teacher_rate: self.teacher_rate,
            price_label: self.price_label,
            price_query: self.price_query,
            price_pflop: self.price_pflop,
            quick: self.quick,
        }
    }
}

/// A whole number; the parser's own words ("invalid digit found in string") say neither what is wrong nor what to do.
fn whole<T: FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "write a whole number, 0 or more, such as 7")
}

/// A number with or without a decimal point.
fn number(text: &str) -> Result<f32, &'static str> {
    text.parse().map_err(|_| "write a number, such as 0.01")
}

/// Flags of `distill chat`.
#[derive(Args, Debug)]
pub(crate) struct Chat {
    /// Whom to talk to
    #[arg(long, value_name = "WHOM", default_value = "teacher")]
    pub(crate) to: Partner,
    /// How many queries the student asks first [default: 1000]
    #[arg(long, alias = "budgets", value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    budget: Option<usize>,
    /// What the replies show the student: text or log-probabilities [default: text]
    #[arg(long, value_name = "KIND")]
    answers: Option<String>,
    /// Master seed [default: 0]
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// A teacher and a student that learn in a second, and less well
    #[arg(long)]
    quick: bool,
}

/// Whom to talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Partner {
    /// A teacher, through an account
    Teacher,
    /// A student that has asked this teacher
    Student,
    /// Both, side by side
    Both,
}

impl Chat {
    /// The request, as the library takes it; a student asks `budget` queries where no number was given.
    pub(crate) fn request(&self, budget: usize) -> Request {
        Request {
            budgets: Some(self.budget.unwrap_or(budget).to_string()),
            answers: self.answers.clone().map(|kind| vec![kind]),
            seed: self.seed,
            quick: self.quick,
            ..Request::default()
        }
    }

    /// Whether something was said that only concerns a student.
    pub(crate) fn is_about_a_student(&self) -> bool {
        self.budget.is_some() || self.answers.is_some()
    }
}

/// Flags of `distill serve`.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Teachers: a dataset of `distill list`, a table FILE.csv, or aurora, which talks [default: spirals aurora]
    #[arg(value_name = "MODEL")]
    pub(crate) models: Vec<String>,
    /// Where to listen; another interface only by saying so, and port 0 picks one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) addr: String,
    /// The column of a table that holds the classes
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub(crate) label: Option<String>,
    /// Leave out rows of a table in which the label or a number is missing
    #[arg(long)]
    pub(crate) drop_missing: bool,
    /// What the answers show: a kind for points, a kind for talk, or both [default: all there is to show]
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub(crate) answers: Vec<String>,
    /// Queries that an account gets answered in all, of all models together [default: 10000]
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    pub(crate) quota: Option<usize>,
    /// Queries that an account gets answered in a minute [default: as many as its quota]
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    pub(crate) rate_limit: Option<usize>,
    /// Close accounts that the detectors detect, calibrated on honest customers of glyphs
    #[arg(long)]
    pub(crate) guard: bool,
    /// Accounts to open at the start; their keys are shown once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(..=10_000))]
    #[arg(allow_negative_numbers = true)]
    pub(crate) accounts: u16,
    /// Open an account for whoever asks for one
    #[arg(long)]
    pub(crate) join: bool,
    /// Where queries are kept; the same file goes on where it was left [default: a new one in output/runs/serve]
    #[arg(long, value_name = "FILE.sqlite")]
    pub(crate) store: Option<PathBuf>,
    /// Seed of the teachers [default: 0]
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Print url, models, keys, admin_key and store as JSON, in the first line of stdout
    #[arg(long)]
    pub(crate) json: bool,
}

/// Flags of `distill draw`.
#[derive(Args, Debug)]
pub(crate) struct Draw {
    /// Folders with saved records, or folders of such folders
    #[arg(value_name = "DIR", default_value = "output")]
    pub(crate) folders: Vec<PathBuf>,
    /// Write the figures to DIR/EXPERIMENT instead of beside the records
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// Flags of `distill runs`.
#[derive(Args, Debug)]
pub(crate) struct Runs {
    /// The folder that holds them
    #[arg(value_name = "DIR", default_value = super::place::RUNS)]
    pub(crate) folder: PathBuf,
}

/// Flags of `distill compare`.
#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// A saved run: its folder, or its name
    #[arg(value_name = "A")]
    pub(crate) one: PathBuf,
    /// The run to compare it with
    #[arg(value_name = "B")]
    pub(crate) other: PathBuf,
}

/// Flags of `distill open`.
#[derive(Args, Debug)]
pub(crate) struct Open {
    /// A folder with a page or with saved records
    #[arg(value_name = "DIR", default_value = "output")]
    pub(crate) folder: PathBuf,
}

/// Flags of `distill check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Experiments to repeat [default: all]
    #[arg(value_name = "EXPERIMENT")]
    pub(crate) experiments: Vec<String>,
    /// Only the first replicate of each, and only its rows of trials.csv
    #[arg(long)]
    pub(crate) quick: bool,
    /// Run the default plans under the seeds 1 to N instead and say which titles hold, as a table in Markdown on stdout
    #[arg(long, value_name = "N", conflicts_with = "quick", value_parser = clap::value_parser!(u64).range(1..=100))]
    pub(crate) seeds: Option<u64>,
}

/// Flags of `distill completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell to write for
    pub(crate) shell: clap_complete::Shell,
}
