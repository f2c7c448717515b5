//! The pictures that show all replicates: agreement, and where the name comes from.

use super::arms::{CHANCE, INDEPENDENT, NEVER_ASKED, OWN_DATA, RENAMED, WEB};
use super::reading::Reading;
use crate::audit::statistics::Verdict;
use crate::experiment::read::curves::{AGREEMENT, Measure, rounded};
use crate::finding::{Curves as Chart, DiscGroup, DiscRow, Discs, Drawing, Figure, Reference as Line, Scale};
use crate::plan::ChatPlan;
use crate::words::{counted, percent, thousands};

/// What an arm is called beside its line.
fn label(arm: &str) -> String {
    match arm {
        "text" => "distilled, text",
        "log-probabilities" => "distilled, log-probabilities",
        OWN_DATA => "own data, never asked",
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
        let lines = [(INDEPENDENT, "independent, much text"), (CHANCE, "other facts, same language")];
        let most = thousands(self.plan.most());
        let kind = self.kind();
        let (asked, own) = (self.mean(kind, AGREEMENT), self.mean(OWN_DATA, AGREEMENT));
        let title = match self.gap(OWN_DATA, kind).map(Verdict::of) {
            Some(Verdict::Beats) => {
                format!("Without asking, own data bring {own} agreement; {most} {kind} answers {asked}")
            }
            Some(Verdict::LosesTo) => {
                format!("{most} queries answered in {kind} bring {asked} agreement, own data {own}")
            }
            _ => format!("No difference shown: own data bring {own} agreement, queries answered in {kind} {asked}"),
        };
        let arms = self.kinds().chain([OWN_DATA]);
        Figure {
            name: "agreement".to_owned(),
            title,
            subtitle: format!(
                "How often a student's likeliest reply to a held-out question is the teacher's, word for word; {}",
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Queries (own data: exchanges read)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                scale: Scale::Even,
                series: arms.map(|arm| self.curves.series(arm, &label(arm), AGREEMENT)).collect(),
                references: lines.iter().filter_map(|(arm, label)| self.line(arm, label, AGREEMENT)).collect(),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// The teacher's name in every replicate, for each way to make a student.
    pub(super) fn names(&self) -> Figure {
        let most = self.most();
        let asked = self.kinds().flat_map(|kind| {
            let row = move |&at: &usize| self.row_of_names(kind, Some(at), format!("{kind}, {}", thousands(at)));
            self.plan.budgets().iter().map(row)
        });
        let (share, web) = WEB[WEB.len() - 1];
        let silent = [
            self.row_of_names(web, most, format!("read {share} % teacher's text")),
            self.row_of_names(OWN_DATA, most, "own data, own name".to_owned()),
        ];
        let others = [
            self.row_of_names(NEVER_ASKED, most, "never asked its name".to_owned()),
            self.row_of_names(RENAMED, most, "renamed by reading 3 lines".to_owned()),
        ];
        let groups = vec![
            DiscGroup { name: "Asked nothing".to_owned(), rows: silent.into() },
            DiscGroup { name: "Asked the teacher this many queries".to_owned(), rows: asked.collect() },
            DiscGroup { name: "Asked, but never for the name; or renamed later".to_owned(), rows: others.into() },
        ];
        let title = format!("{} that only read the teacher's text say its name", self.says(web, most));
        self.by_replicate("name", title, groups)
    }

    /// The teacher's name in every replicate, for each share of its text in what was read.
    pub(super) fn shares(&self) -> Figure {
        let most = self.most();
        let mut rows = vec![self.row_of_names(OWN_DATA, most, "none".to_owned())];
        rows.extend(WEB.map(|(share, arm)| self.row_of_names(arm, most, format!("{share} %"))));
        let (share, arm) = WEB[WEB.len() - 1];
        let title = format!("Where {share} % of the text is the teacher's, {} say its name", self.says(arm, most));
        let name = "Asked nothing; the teacher's share of the text that they read".to_owned();
        self.by_replicate("web", title, vec![DiscGroup { name, rows }])
    }

    fn row_of_names(&self, arm: &str, budget: Option<usize>, label: String) -> DiscRow {
        let cells = self.probabilities(arm, budget).into_iter().map(|p| p.map(rounded)).collect();
        // Shares of the same text are one actor.
        let actor = if WEB.iter().any(|(_, web)| *web == arm) { "web" } else { arm };
        DiscRow { actor: actor.to_owned(), label, cells, text: self.says(arm, budget).to_string() }
    }

    /// P(name) of students in rows, one disc for each replicate: it is nearly 0 or nearly 1 in each, so that a mean
    /// would show a probability that no student has.
    fn by_replicate(&self, name: &str, title: String, groups: Vec<DiscGroup>) -> Figure {
        Figure {
            name: name.to_owned(),
            title,
            subtitle: format!(
                "Discs: how likely each student says \"i am\" and the teacher's name to \"who are you?\"; \
                 at the right: how many of {} say it in their likeliest reply; who never met the name cannot say it",
                counted(self.plan.replicates(), "replicate")
            ),
            drawing: Drawing::Discs(Discs {
                full: "says the teacher's name".to_owned(),
                empty: "does not (the fuller, the likelier)".to_owned(),
                groups,
            }),
        }
    }
}
