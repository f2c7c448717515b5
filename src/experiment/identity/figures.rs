//! The pictures that show all replicates: agreement, and where the name comes from.

use super::arms::{CHANCE, INDEPENDENT, NEVER_ASKED, OWN_DATA, RENAMED, WEB};
use super::reading::Reading;
use crate::audit::statistics::Verdict;
use crate::experiment::read::curves::{AGREEMENT, Measure, rounded};
use crate::finding::{Curves as Chart, Drawing, Figure, Heat, HeatRow, Reference as Line, Shade};
use crate::plan::ChatPlan;
use crate::words::{counted, list, percent, thousands};

/// What an arm is called beside its line.
fn label(arm: &str) -> String {
    match arm {
        "text" => "distilled, text",
        "log-probabilities" => "distilled, log-probabilities",
        OWN_DATA => "own data, own name",
        other => other,
    }
    .to_owned()
}

/// What a figure's means and bands are over.
fn basis(plan: &ChatPlan) -> String {
    match plan.replicates() {
        1 => "one replicate, no interval".to_owned(),
        replicates => format!("mean of {replicates} replicates, 95 % interval"),
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

    /// Agreement against budget.
    pub(super) fn agreement(&self) -> Figure {
        let lines =
            [(INDEPENDENT, "independent, the teacher's amount of text"), (CHANCE, "other facts, same language")];
        let (most, kind) = (thousands(self.plan.most()), self.kind());
        let (asked, own) = (self.mean(self.kind(), AGREEMENT), self.mean(OWN_DATA, AGREEMENT));
        let title = match self.gap(OWN_DATA, self.kind()).map(Verdict::of) {
            Some(Verdict::Beats) => {
                format!(
                    "Own data beats distillation from {kind}: {most} true exchanges bring {own} agreement, {most} \
                     queries {asked}"
                )
            }
            Some(Verdict::LosesTo) => {
                format!(
                    "Distillation beats own data: {most} queries bring {asked} agreement, {most} true exchanges {own}"
                )
            }
            _ => format!(
                "No difference shown between own data and distillation: {most} true exchanges bring {own} agreement, \
                 {most} queries {asked}"
            ),
        };
        let arms = self.kinds().chain([OWN_DATA]);
        Figure {
            name: "agreement".to_owned(),
            title,
            subtitle: format!(
                "Held-out questions to which the student's likeliest reply is the teacher's, word for word; {}",
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Queries (own data: exchanges read)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                series: arms.map(|arm| self.curves.series(arm, &label(arm), AGREEMENT)).collect(),
                references: lines.iter().filter_map(|(arm, label)| self.line(arm, label, AGREEMENT)).collect(),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// The teacher's name in every replicate, for each way to make a student.
    pub(super) fn names(&self) -> Figure {
        let mut rows: Vec<HeatRow> = Vec::new();
        for kind in self.kinds() {
            let row = |&at: &usize| self.row_of_names(kind, Some(at), format!("{kind}, {}", thousands(at)), "");
            rows.extend(self.plan.budgets().iter().map(row));
        }
        let most = self.most();
        rows.push(self.row_of_names(NEVER_ASKED, most, "never asked its name".to_owned(), ", by construction"));
        rows.push(self.row_of_names(RENAMED, most, "renamed by three lines".to_owned(), ""));
        rows.push(self.row_of_names(OWN_DATA, most, "own data, own name".to_owned(), ", by construction"));
        let (asked, renamed) = (self.says(self.kind(), most), self.says(RENAMED, most));
        self.by_replicate(
            "name",
            format!(
                "After {} queries {asked} students say their teacher's name, after three lines of their own {renamed}",
                thousands(self.plan.most())
            ),
            "How the student was made; queries",
            rows,
        )
    }

    /// The teacher's name in every replicate, for each share of its text in what was read.
    pub(super) fn shares(&self) -> Figure {
        let most = self.most();
        let mut rows = vec![self.row_of_names(OWN_DATA, most, "none of the text".to_owned(), ", by construction")];
        rows.extend(WEB.map(|(share, arm)| self.row_of_names(arm, most, format!("{share} % of the text"), "")));
        let told = WEB.map(|(share, arm)| format!("{} with {share} %", self.says(arm, most)));
        let title =
            format!("Students that asked nothing and read some of the teacher's text: {} say its name", list(&told));
        self.by_replicate("web", title, "The teacher's share", rows)
    }

    fn row_of_names(&self, arm: &str, budget: Option<usize>, label: String, why: &str) -> HeatRow {
        let cells = self.probabilities(arm, budget).into_iter().map(|p| p.map(rounded)).collect();
        HeatRow { label, cells, note: format!("{} say it{why}", self.says(arm, budget)) }
    }

    /// P(name) of students in rows, one column for each replicate: it is nearly 0 or nearly 1 in each, so that a mean
    /// would show a probability that no student has.
    fn by_replicate(&self, name: &str, title: String, y_label: &str, rows: Vec<HeatRow>) -> Figure {
        let replicates = self.plan.replicates();
        Figure {
            name: name.to_owned(),
            title,
            subtitle: format!(
                "Probability in percent that \"i am\" goes on with the teacher's name, after \"who are you ?\"; \
                 beside it, how many of {} say it in their likeliest reply",
                counted(replicates, "replicate")
            ),
            drawing: Drawing::Heat(Heat {
                x_label: "Replicate".to_owned(),
                y_label: y_label.to_owned(),
                columns: (1..=replicates).map(|replicate| replicate.to_string()).collect(),
                controls: 0,
                shade: Shade::Share,
                rows,
            }),
        }
    }
}
