//! One self-contained HTML page from the findings of all experiments.
//!
//! It opens with the lab, where a student learns in the browser while the reader asks its teacher (see `lab.rs`). Then
//! come chapters of one screen: a claim, one thing to do, a figure, three sentences, what they do not show. Sentences
//! and figures stand there without scripts, and print; with scripts they wait until the reader has guessed, closed
//! accounts, judged suspects or talked. Everything is in the one text: no network, and the same findings always give
//! the same bytes.

mod chapter;
mod colours;
mod data;
mod does;
mod facts;
mod figure;
mod fonts;
mod glossary;
mod lab;
mod notes;
mod sentences;
mod spine;
mod text;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use crate::browser::CALL;
use crate::finding::Finding;
use crate::plot::PlotError;
use chapter::Chapter;
pub use notes::experiments_in_words;
use spine::{Claim, SPINE};

/// The page's own files, by the names under which the template asks for them.
const TEMPLATES: [(&str, &str); 9] = [
    ("page.html", include_str!("html/page.html")),
    ("chapter.html", include_str!("html/chapter.html")),
    ("claims.html", include_str!("html/claims.html")),
    ("contents.html", include_str!("html/contents.html")),
    ("expert.html", include_str!("html/expert.html")),
    ("figure.html", include_str!("html/figure.html")),
    ("lab.html", include_str!("html/lab.html")),
    ("provider.html", include_str!("html/provider.html")),
    ("talk.html", include_str!("html/talk.html")),
];

/// Styles, in the order of the cascade.
const STYLES: [&str; 7] = [
    include_str!("css/base.css"),
    include_str!("css/chapters.css"),
    include_str!("css/figures.css"),
    include_str!("css/tasks.css"),
    include_str!("css/lab.css"),
    include_str!("css/games.css"),
    include_str!("css/print.css"),
];

/// Scripts, each of which uses only those before it. Together they are one module.
const SCRIPTS: [&str; 21] = [
    include_str!("js/dom.js"),
    include_str!("js/say.js"),
    include_str!("js/state.js"),
    include_str!("js/packed.js"),
    include_str!("js/plot.js"),
    include_str!("js/worker.js"),
    include_str!("js/chapters.js"),
    include_str!("js/task-curve.js"),
    include_str!("js/task-kinds.js"),
    include_str!("js/task.js"),
    include_str!("js/lab-map.js"),
    include_str!("js/paint.js"),
    include_str!("js/lab-best.js"),
    include_str!("js/lab-chart.js"),
    include_str!("js/lab-words.js"),
    include_str!("js/lab-table.js"),
    include_str!("js/lab.js"),
    include_str!("js/provider.js"),
    include_str!("js/expert.js"),
    include_str!("js/talk.js"),
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
    let numbered = SPINE.iter().enumerate().map(|(at, claim)| (at + 1, claim, finding(claim.experiment)));
    fill(findings, numbered, "Can a model be copied by querying it?", true)
}

/// The page of one run of a reader's own: its chapter, without the lab and without the other claims.
///
/// # Errors
/// If a figure of the finding cannot be drawn.
pub fn page_of_run(finding: &Finding) -> Result<String, PageError> {
    let claims = SPINE.iter().enumerate().filter(|(_, claim)| claim.experiment == finding.experiment);
    let numbered = claims.map(|(at, claim)| (at + 1, claim, Some(finding)));
    fill(std::slice::from_ref(finding), numbered, &finding.command, false)
}

/// Fills the template. A page is whole if it tells all claims and begins with the lab.
fn fill<'a>(
    findings: &'a [Finding],
    chapters: impl Iterator<Item = (usize, &'static Claim, Option<&'a Finding>)>,
    title: &str,
    whole: bool,
) -> Result<String, PageError> {
    let chapters: Vec<Chapter> =
        chapters.map(|(number, claim, finding)| chapter::chapter(number, claim, finding)).collect::<Result<_, _>>()?;
    let data = serde_json::to_string(&data::data(findings, &chapters))?;

    let mut environment = Environment::new();
    environment.add_filter("tied", text::tied);
    environment.add_filter("command", text::command);
    environment.add_filter("plain", glossary::plain);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    let page = environment.get_template("page.html")?.render(context! {
        chapters => Value::from(Serde(&chapters)),
        title,
        whole,
        version => env!("CARGO_PKG_VERSION"),
        styles => [fonts::rules(), colours::rules()].concat() + &STYLES.concat(),
        scripts => SCRIPTS.concat(),
        lab_worker => format!("{}{CALL}", lab::WORKER),
        // Whoever cannot talk nor play needs no module.
        lab_module => if whole || findings.iter().any(|it| it.talk.is_some()) { lab::module() } else { String::new() },
        // Inside a script element only `</` and `<!--` mean anything, and JSON can do without the sign itself.
        data => data.replace('<', "\\u003c"),
    })?;
    Ok(page)
}
