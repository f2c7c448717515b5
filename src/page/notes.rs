//! The chapters in Markdown, for `docs/experiments.md`: what the page says, to be read beside the sources.

use std::fmt::Write;

use super::sentences::sentences;
use super::spine::{Claim, SPINE};
use crate::finding::Finding;

/// The widest line.
const WIDTH: usize = 120;
const HEAD: &str = "# The experiments

Each takes a claim of the news, tries its mechanism on a toy, and says what it found and what it does not show. Every
number here comes from the records in [`output/`](../output): this file is written from them, and a test holds it
against them (`DISTILL_WRITE=1 cargo test --test program -- experiments_in_words` writes it anew). The same to play with
is [`output/index.html`](../output/index.html). The words have one line each in [glossary.md](glossary.md).
";

/// What was found, experiment by experiment, as Markdown.
pub fn experiments_in_words(findings: &[Finding]) -> String {
    let found = |claim: &'static Claim| {
        let finding = findings.iter().find(|finding| finding.experiment == claim.experiment)?;
        Some(chapter(claim, finding))
    };
    let chapters: Vec<String> = SPINE.iter().filter_map(found).collect();
    format!("{HEAD}{}", chapters.concat())
}

fn chapter(claim: &Claim, finding: &Finding) -> String {
    let (name, lead) = (&finding.experiment, claim.lead);
    let said = wrapped(&format!("{} {}.", claim.said.words(), claim.claim), "");
    let mut text = format!("\n## {} (`{name}`)\n\n{said}\n\n{}\n", claim.question, wrapped(lead, ""));
    let figure = finding.figures.iter().find(|figure| figure.name == claim.figure).or(finding.figures.first());
    if let Some(figure) = figure {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n![{}](../output/{name}/{}.svg)\n", figure.title, figure.name);
    }
    list(&mut text, "", &sentences(finding));
    let _ = write!(text, "\n<details><summary>The verdicts of the records</summary>\n");
    list(&mut text, "", &finding.verdicts);
    text += "\n</details>\n";
    list(&mut text, "What this does not show:", &finding.caveats);
    let _ = write!(text, "\nReproduce it: `{}`\n", finding.command);
    text
}

/// Words in lines of the width of this project, those after the first indented.
fn wrapped(words: &str, indent: &str) -> String {
    let (mut text, mut column) = (String::new(), 0);
    for word in words.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            text += "\n";
            text += indent;
            column = indent.len();
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text += word;
        column += width;
    }
    text
}

fn list(text: &mut String, head: &str, lines: &[String]) {
    if !head.is_empty() {
        let _ = write!(text, "\n{head}\n");
    }
    text.push('\n');
    for line in lines {
        let _ = writeln!(text, "{}", wrapped(&format!("- {line}"), "  "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let words = ["a"; 80].join(" ");
        let lines: Vec<usize> = wrapped(&words, "  ").lines().map(str::len).collect();
        assert_eq!(lines, [119, 2 + 39]);
    }
}
