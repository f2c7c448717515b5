//! `distill list`: what there is to choose from, on stdout.

use std::io::{self, Write};

use distill_lab::data::built_in;
use distill_lab::experiment::EXPERIMENTS;
use distill_lab::oracle::{CHAT_SURFACES, SURFACES};
use distill_lab::plan::ChatPlan;
use distill_lab::query::STRATEGIES;

use super::screen::{columns_of_stdout, wrap};

/// Room for a name, blanks around it.
const NAME: usize = 18;

/// Prints the registries.
pub(super) fn list() -> anyhow::Result<()> {
    let experiments = EXPERIMENTS.iter().map(|listed| listed.about());
    let experiments = experiments.map(|about| (about.name, format!("{} (about {} s)", about.question, about.seconds)));
    let datasets = built_in();
    let talk = "made-up things, and who is speaking: a language for the experiment identity, which has no other data";
    let points = datasets.iter().map(|data| (data.name(), data.about().to_owned()));
    let datasets = points.chain([(ChatPlan::DATA, talk.to_owned())]);
    let answers = SURFACES.iter().map(|surface| (surface.name(), surface.about().to_owned()));
    let replies = CHAT_SURFACES.iter().map(|surface| (surface.name, surface.about.to_owned()));
    let strategies = STRATEGIES.iter().map(|strategy| (strategy.name(), strategy.about().to_owned()));
    let mut text = section("experiments: distill run NAME, or all; the time is for two cores", experiments);
    text += &section("\ndatasets: --data NAME, or a table FILE.csv with --label COLUMN", datasets);
    text += &section("\nkinds of answer: --answers NAME,NAME", answers);
    text += &section("\nkinds of reply, for identity and for distill chat: --answers NAME,NAME", replies);
    text += &section("\nstrategies: --strategy NAME", strategies);
    Ok(io::stdout().write_all(text.as_bytes())?)
}

fn section<'a>(head: &str, entries: impl Iterator<Item = (&'a str, String)>) -> String {
    let entry = |(name, about): (&str, String)| {
        let head = format!("  {name:<width$}", width = NAME - 2);
        wrap(&about, columns_of_stdout(), &head, &" ".repeat(NAME))
            .into_iter()
            .map(|line| line + "\n")
            .collect::<String>()
    };
    format!("{head}\n{}", entries.map(entry).collect::<String>())
}
