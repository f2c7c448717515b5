//! One self-contained HTML page from the findings of all experiments.
//!
//! It opens with the lab, where a student learns in the browser while the reader asks its teacher (see `lab.rs`). Text
//! and figures stand there without scripts, and print. The scripts then let a reader guess before looking, watch
//! accounts from both sides of the door and judge suspects. Everything is in the one text: no network, and the same
//! findings always give the same bytes.

mod chapter;
mod colours;
mod data;
mod fonts;
mod glossary;
mod guess;
mod lab;
mod picture;
mod spine;
mod text;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use crate::finding::Finding;
use crate::plot::PlotError;
use chapter::Chapter;
use spine::SPINE;

/// The page's own files, by the names under which the template asks for them.
const TEMPLATES: [(&str, &str); 7] = [
    ("page.html", include_str!("html/page.html")),
    ("chapter.html", include_str!("html/chapter.html")),
    ("claims.html", include_str!("html/claims.html")),
    ("lab.html", include_str!("html/lab.html")),
    ("lineup.html", include_str!("html/lineup.html")),
    ("transcript.html", include_str!("html/transcript.html")),
    ("wall.html", include_str!("html/wall.html")),
];

/// Styles, in the order of the cascade.
const STYLES: [&str; 5] = [
    include_str!("css/base.css"),
    include_str!("css/lab.css"),
    include_str!("css/chapters.css"),
    include_str!("css/parts.css"),
    include_str!("css/print.css"),
];

/// Scripts, each of which uses only those before it. Together they are one module.
const SCRIPTS: [&str; 17] = [
    include_str!("js/dom.js"),
    include_str!("js/say.js"),
    include_str!("js/state.js"),
    include_str!("js/packed.js"),
    include_str!("js/sketch.js"),
    include_str!("js/amounts.js"),
    include_str!("js/paint.js"),
    include_str!("js/lab-map.js"),
    include_str!("js/lab-chart.js"),
    include_str!("js/lab-words.js"),
    include_str!("js/lab-table.js"),
    include_str!("js/lab.js"),
    include_str!("js/guess.js"),
    include_str!("js/wall.js"),
    include_str!("js/lineup.js"),
    include_str!("js/transcript.js"),
    include_str!("js/page.js"),
];

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A figure of a finding cannot be drawn.
    #[error("{experiment}: {error}")]
    Figure {
        /// The finding's experiment.
        experiment: String,
        /// What is wrong with the figure.
        error: PlotError,
    },
    /// The template could not be filled.
    #[error("cannot fill the page: {0}")]
    Template(#[from] minijinja::Error),
    /// What the scripts need could not be written.
    #[error("cannot write what the page embeds: {0}")]
    Data(#[from] serde_json::Error),
}

/// The experiments that have a chapter, in reading order.
pub fn chapters() -> impl Iterator<Item = &'static str> {
    SPINE.iter().map(|claim| claim.experiment)
}

/// The page of these findings, at most one of an experiment. A chapter without a finding says how to make it.
///
/// # Errors
/// If a figure of a finding cannot be drawn.
pub fn page(findings: &[Finding]) -> Result<String, PageError> {
    let finding = |name: &str| findings.iter().find(|finding| finding.experiment == name);
    let chapters: Vec<Chapter> = SPINE
        .iter()
        .enumerate()
        .map(|(at, claim)| chapter::chapter(at + 1, claim, finding(claim.experiment)))
        .collect::<Result<_, _>>()?;
    let data = serde_json::to_string(&data::data(findings, &chapters))?;

    let mut environment = Environment::new();
    environment.add_filter("tied", text::tied);
    environment.add_filter("command", text::command);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    let page = environment.get_template("page.html")?.render(context! {
        chapters => Value::from(Serde(&chapters)),
        version => env!("CARGO_PKG_VERSION"),
        styles => [fonts::rules(), colours::rules()].concat() + &STYLES.concat(),
        scripts => SCRIPTS.concat(),
        lab_worker => lab::WORKER,
        lab_module => lab::module(),
        // Inside a script element only `</` and `<!--` mean anything, and JSON can do without the sign itself.
        data => data.replace('<', "\\u003c"),
    })?;
    Ok(page)
}
