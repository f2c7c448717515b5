//! The pictures that show all worlds: agreement, and where the name comes from.

use super::super::curves::{AGREEMENT, Measure, rounded};
use super::arms::{CHANCE, INDEPENDENT, NEVER_ASKED, OWN_DATA, RENAMED, WEB};
use super::interview::{NAME, SAYS_NAME};
use super::reading::Reading;
use crate::finding::{Curves as Chart, Drawing, Figure, Point, Reference as Line, Series};
use crate::plan::ChatPlan;
use crate::words::{counted, percent, thousands};

/// What an arm is called beside its line.
pub(super) fn label(arm: &str) -> String {
    match arm {
        "text" => "distilled, text",
        "log-probabilities" => "distilled, log-probabilities",
        NEVER_ASKED => "distilled, never asked its name",
        RENAMED => "distilled, then three lines of its own",
        OWN_DATA => "own data, own name",
        other => other,
    }
    .to_owned()
}

/// What a figure's means and bands are over.
pub(super) fn basis(plan: &ChatPlan) -> String {
    match plan.replicates() {
        1 => "one world, no interval".to_owned(),
        worlds => format!("mean of {worlds} worlds, 95 % interval"),
    }
}

impl Reading<'_> {
    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.plan.answers().iter().map(|kind| kind.name)
    }

    fn line(&self, arm: &str, label: &str, measure: Measure) -> Option<Line> {
        let value = rounded(self.curves.at(arm, None, measure)?.mean);
        Some(Line { name: arm.to_owned(), label: label.to_owned(), value })
    }

    fn mean(&self, arm: &str, measure: Measure) -> String {
        self.curves.at(arm, self.most(), measure).map_or("–".to_owned(), |estimate| percent(estimate.mean))
    }

    fn series(&self, arms: impl Iterator<Item = &'static str>, measure: Measure) -> Vec<Series> {
        arms.map(|arm| self.curves.series(arm, &label(arm), measure)).collect()
    }

    /// Agreement against budget.
    pub(super) fn agreement(&self) -> Figure {
        let lines =
            [(INDEPENDENT, "independent, the teacher's amount of text"), (CHANCE, "other facts, same language")];
        Figure {
            name: "agreement".to_owned(),
            title: format!(
                "With {} questions the student agrees on {}; as many true exchanges make it {}",
                thousands(self.plan.most()),
                self.mean(self.kind(), AGREEMENT),
                self.mean(OWN_DATA, AGREEMENT)
            ),
            subtitle: format!(
                "Held-out questions to which the student's likeliest reply is the teacher's, word for word; {}",
                self.basis()
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Questions asked (own data: exchanges read)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                series: self.series(self.kinds().chain([OWN_DATA]), AGREEMENT),
                references: lines.iter().filter_map(|(arm, label)| self.line(arm, label, AGREEMENT)).collect(),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// The teacher's name against budget.
    pub(super) fn names(&self) -> Figure {
        Figure {
            name: "name".to_owned(),
            title: format!(
                "P(name) with {} questions: {} distilled, {} never asked it, {} after three lines of its own",
                thousands(self.plan.most()),
                self.mean(self.kind(), NAME),
                self.mean(NEVER_ASKED, NAME),
                self.mean(RENAMED, NAME)
            ),
            subtitle: format!(
                "Probability that \"i am\" goes on with the teacher's name, after \"who are you ?\"; {}",
                self.basis()
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Questions asked (own data: exchanges read)".to_owned(),
                y_label: "Probability of the teacher's name".to_owned(),
                series: self.series(self.kinds().chain([NEVER_ASKED, RENAMED, OWN_DATA]), NAME),
                references: Vec::new(),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// The teacher's name against its share of what was read.
    pub(super) fn shares(&self) -> Figure {
        let series = |label: &str, measure: Measure| {
            let point = |(share, arm): (usize, &str)| {
                // Often all or nothing in a world: an interval by Student's t would leave 0 to 1.
                let mean = rounded(self.curves.at(arm, self.most(), measure)?.mean);
                Some(Point { x: share as f64, mean, low: mean, high: mean })
            };
            let points = WEB.into_iter().filter_map(point).collect();
            Series { actor: "web".to_owned(), label: label.to_owned(), points }
        };
        let (share, most) = WEB[WEB.len() - 1];
        let name = |arm: &str, label: &str| {
            let value = rounded(self.curves.at(arm, self.most(), NAME)?.mean);
            Some(Line { name: arm.to_owned(), label: label.to_owned(), value })
        };
        let lines = [name(self.kind(), "distilled"), name(OWN_DATA, "none of it, own name")];
        Figure {
            name: "web".to_owned(),
            title: format!(
                "Without asking anything: P(name) is {} where {share} % of the text is the teacher's",
                self.mean(most, NAME)
            ),
            subtitle: format!(
                "Students that read {} exchanges, some of which other people had with the teacher; mean of {}",
                thousands(self.plan.most()),
                counted(self.plan.replicates(), "world")
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Share of the teacher's exchanges in what was read, in percent".to_owned(),
                y_label: "Probability of the teacher's name".to_owned(),
                series: vec![series("P(name)", NAME), series("says it when asked", SAYS_NAME)],
                references: lines.into_iter().flatten().collect(),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }
}
