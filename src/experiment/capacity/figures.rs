//! What the records show: the table, the curves, and the grid of widths and budgets.

use super::limit::Limit;
use super::reading::Reading;
use super::sentences::named;
use super::{Lever, WIDEST, WIDTHS, asked, told};
use crate::experiment::read::curves::{AGREEMENT, rounded};
use crate::experiment::run::references::Reference;
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{basis, cell, means};
use crate::finding::{Curves as Chart, Drawing, Figure, Heat, HeatRow, Scale, Series, Shade, Table};
use crate::words::{counted, percent, thousands};

impl Reading<'_> {
    /// One row for each width: agreement at the largest budget, with more of something, and on true labels.
    pub(super) fn table(&self) -> Table {
        let levers: Vec<Lever> = Lever::of(self.plan).collect();
        let mut head = vec!["width".to_owned(), "parameters".to_owned(), thousands(self.most)];
        head.extend(levers.iter().map(|lever| {
            let more = match lever {
                Lever::Queries => "queries ×4",
                Lever::Steps => "steps ×4",
                Lever::Both => "both",
            };
            more.to_owned()
        }));
        head.extend([TRUTH, "limited by"].map(str::to_owned));
        let row = |width: usize| {
            let mut row = vec![width.to_string(), thousands(self.parameters(width))];
            row.push(cell(self.curves.at(&asked(width), Some(self.most), AGREEMENT)));
            row.extend(
                levers
                    .iter()
                    .map(|lever| cell(self.curves.at(&lever.arm(width), Some(lever.budget(self.plan)), AGREEMENT))),
            );
            row.push(cell(self.curves.at(&told(width), Some(self.most), AGREEMENT)));
            row.push(self.limited(width).unwrap_or_else(|| "–".to_owned()));
            row
        };
        Table { head, rows: WIDTHS.into_iter().map(row).collect() }
    }

    /// Weights and biases of the student of this width.
    fn parameters(&self, width: usize) -> usize {
        let widths = self.plan.data().around(&vec![width; self.plan.student_hidden().len()]);
        widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// Agreement of every width at every budget, then with more of something and on true labels.
    pub(super) fn heat_figure(&self, title: &str) -> Figure {
        let levers: Vec<Lever> = Lever::of(self.plan).collect();
        let row = |width: usize| {
            let mut cells: Vec<_> =
                self.budgets.iter().map(|&budget| self.curves.at(&asked(width), Some(budget), AGREEMENT)).collect();
            cells.extend(
                levers.iter().map(|lever| self.curves.at(&lever.arm(width), Some(lever.budget(self.plan)), AGREEMENT)),
            );
            cells.push(self.curves.at(&told(width), Some(self.most), AGREEMENT));
            let cells = cells.into_iter().map(|cell| Some(rounded(cell?.mean))).collect();
            HeatRow { label: width.to_string(), cells, text: String::new() }
        };
        let mut columns: Vec<String> = self.budgets.iter().map(|&budget| thousands(budget)).collect();
        let steps = Lever::Steps.patience() * self.plan.student_recipe().steps;
        columns.extend(levers.iter().map(|lever| match lever {
            Lever::Queries => format!("{} queries", thousands(lever.budget(self.plan))),
            Lever::Steps => format!("{} steps", thousands(steps)),
            Lever::Both => "both".to_owned(),
        }));
        columns.push(format!("{} true labels", thousands(self.most)));
        Figure {
            name: "heat".to_owned(),
            title: self.what_more_brings().unwrap_or_else(|| title.to_owned()),
            subtitle: format!(
                "How often student and teacher give the same answer, in percent; more: than {} and {} steps; answers: \
                 {}; last column: no teacher; {}",
                counted(self.plan.most(), "query"),
                thousands(self.plan.student_recipe().steps),
                self.plan.answers()[0].name(),
                means(self.plan)
            ),
            drawing: Drawing::Heat(Heat {
                x_label: "Queries; then four times the queries, the steps, both; true labels".to_owned(),
                y_label: "Width: units in each hidden layer".to_owned(),
                columns,
                controls: levers.len() + 1,
                others: 0,
                shade: Shade::Distance,
                texts: String::new(),
                rows: WIDTHS.into_iter().rev().map(row).collect(),
            }),
        }
    }

    /// "Past 10,000 queries only longer training helps, except at width 2". Nothing where no width is too small.
    fn what_more_brings(&self) -> Option<String> {
        // What more of something helps, unless it is shown to help nobody, and how the exception is joined to it.
        let helps = |lever: Lever, but: &str| {
            let (helped, others): (Vec<usize>, Vec<usize>) =
                WIDTHS.iter().partition(|&&width| self.helps(lever, width));
            match (&helped[..], &others[..]) {
                ([], _) => None,
                (_, []) => Some("every width".to_owned()),
                (_, [_]) => Some(format!("{but} {}", named(&others))),
                _ => Some(named(&helped)),
            }
        };
        let most = counted(self.most, "query");
        let levers: Vec<Lever> = Lever::of(self.plan).filter(|lever| *lever != Lever::Both).collect();
        let title = match levers[..] {
            [queries, steps] if helps(queries, "").is_none() && helps(steps, "").is_some() => {
                let whom = helps(steps, "except at").unwrap_or_default();
                format!("Past {most} only longer training helps, {whom}")
            }
            _ => {
                let told = |lever: &Lever| {
                    let name = if *lever == Lever::Steps { "steps" } else { "queries" };
                    helps(*lever, "all but")
                        .map_or(format!("{name} show no gain"), |whom| format!("{name} help {whom}"))
                };
                format!("Past {most}, more {}", levers.iter().map(told).collect::<Vec<_>>().join("; "))
            }
        };
        (!self.limited_by(Limit::Size).is_empty()).then_some(title)
    }

    /// Agreement against budget for every width.
    pub(super) fn curves_figure(&self, title: &str) -> Figure {
        let series = |width: usize| {
            let curve = self.curves.series(&asked(width), &format!("width {width}"), AGREEMENT);
            Series { actor: format!("student-{width}"), ..curve }
        };
        // The ceiling is that of the plan's student, one of these widths at most: not a line to compare all with.
        let control = self.curves.series(&told(WIDEST), &format!("width {WIDEST}, true labels"), AGREEMENT);
        let control = Series { actor: TRUTH.to_owned(), ..control };
        let references = [Reference::Retrained, Reference::Independent, Reference::IndependentSmall, Reference::Chance];
        Figure {
            name: "agreement".to_owned(),
            title: self.both_ends().unwrap_or_else(|| title.to_owned()),
            subtitle: format!(
                "How often students of six widths (units in each layer) and their teacher give the same answer; \
                 answers: {}; {} training steps; {}",
                self.plan.answers()[0].name(),
                thousands(self.plan.student_recipe().steps),
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget: queries put to the teacher".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                scale: Scale::Opening,
                series: WIDTHS.into_iter().rev().map(series).chain([control]).collect(),
                references: self.curves.lines(&references, AGREEMENT),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// "Width 64 agrees on 99.2 %, width 2 on 47.6 %": at the largest budget.
    fn both_ends(&self) -> Option<String> {
        let share = |width: usize| Some(percent(self.curves.at(&asked(width), Some(self.most), AGREEMENT)?.mean));
        let narrowest = WIDTHS[0];
        Some(format!("Width {WIDEST} agrees on {}, width {narrowest} on {}", share(WIDEST)?, share(narrowest)?))
    }
}
