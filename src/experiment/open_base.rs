//! How far does a public model carry the student before its first question?
//!
//! Four ways to spend the same number of optimiser steps: on a public dataset alone (`base`), half there and half on
//! the teacher's answers (`base-teacher`), all on the answers (`scratch-teacher`), and the control: half there and half
//! on true labels of the same points (`base-truth`).

use super::curves::{AGREEMENT, Curves, rounded};
use super::reference::Reference;
use super::telling::{TRUTH, basis, cell, goal, verdict};
use super::{Conclusion, Experiment, Job, Kind, Make, PointExperiment, Unread, public};
use crate::audit::statistics::{Estimate, Verdict};
use crate::finding::{Curves as Chart, Drawing, Figure, Reference as Line, Series, Table, Trial};
use crate::plan::{Plan, PlanError};
use crate::words::{percent, points, thousands};

const BASE: &str = "base";
const BASE_TEACHER: &str = "base-teacher";
const SCRATCH_TEACHER: &str = "scratch-teacher";
const BASE_TRUTH: &str = "base-truth";
/// The arms with a budget, and what they are called beside their lines.
const ARMS: [(&str, &str); 3] =
    [(BASE_TEACHER, "base + teacher"), (SCRATCH_TEACHER, "scratch + teacher"), (BASE_TRUTH, "base + true labels")];
const LEVEL: f64 = 0.95;

/// The experiment with a public model to start from.
pub(super) struct OpenBase;

impl Experiment for OpenBase {
    fn name(&self) -> &'static str {
        "open-base"
    }

    fn question(&self) -> &'static str {
        "How far does a public model carry the student before its first question?"
    }

    fn prediction(&self) -> &'static str {
        "Somebody has published a model of the student's size, trained on a thousand noisier examples. How many \
         questions does starting from it save?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "The public data are the same task with half as much noise again. A base from a more distant task would \
             carry less far, one from a closer task further.",
            "Fine-tuning here is plain training on the new answers. Those who do it for a living freeze layers, mix in \
             old data or stop early, and forget less.",
            "Whether a model started from a public one says nothing about whether it was distilled afterwards.",
        ]
    }

    fn seconds(&self) -> u32 {
        7
    }

    fn unread(&self) -> &'static [Unread] {
        const { &[Unread::PRICES, Unread::but_first(&["--answers"], "it compares what students start from")] }
    }

    fn kind(&'static self) -> Kind {
        Kind::Points(self)
    }
}

impl PointExperiment for OpenBase {
    fn check(&self, plan: &Plan) -> Result<(), PlanError> {
        let problem = "open-base needs a second, public dataset, and a table is only one";
        let cure = "choose a dataset of `distill list`";
        plan.data().public().map(|_| ()).ok_or_else(|| PlanError::new("--data", plan.data().name(), problem, cure))
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let answers = Make::from_answers(plan, plan.answers()[0].name());
        [
            Make::from_public(plan).at(BASE, &[0]),
            answers.clone().on_base().at(BASE_TEACHER, plan.budgets()),
            answers.at(SCRATCH_TEACHER, plan.budgets()),
            Make::from_truth(plan).on_base().at(BASE_TRUTH, plan.budgets()),
        ]
        .concat()
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading { plan, curves: Curves::new(trials, plan.budgets(), plan.exam_rows()) };
        let title = reading.title();
        Conclusion {
            verdicts: reading.verdicts(),
            next: vec![
                format!("run open-base{} --answers label", plan.data_flags()),
                format!("run open-base{} --student 64,64", plan.data_flags()),
            ],
            table: reading.table(),
            figures: vec![reading.figure(&title)],
            title,
        }
    }
}

/// The records, read.
struct Reading<'a> {
    plan: &'a Plan,
    curves: Curves<'a>,
}

impl Reading<'_> {
    fn title(&self) -> String {
        let Some(base) = self.curves.at(BASE, None, AGREEMENT) else { return "There is no base".to_owned() };
        let opening = format!("A public model alone agrees on {}", percent(base.mean));
        if base.mean >= LEVEL {
            return format!("{opening}, without a question about these data");
        }
        let reached = |arm: &str| {
            let level = self.curves.level(arm, LEVEL, AGREEMENT)?;
            level.median().is_reached().then(|| level.about())
        };
        let (with_base, without) = (reached(BASE_TEACHER), reached(SCRATCH_TEACHER));
        let goal = goal(LEVEL);
        match (with_base, without) {
            (Some(with), Some(without)) => {
                format!("{opening}; {goal} takes {} questions on top of one, {} from scratch", with, without)
            }
            (Some(with), None) => {
                format!("{opening}; {goal} takes {} questions on top of one, and is not reached from scratch", with)
            }
            (None, Some(without)) => {
                format!("{opening}, yet only the student from scratch reaches {goal}, with {} questions", without)
            }
            (None, None) => format!("{opening}; {} questions do not reach {goal}", thousands(self.most())),
        }
    }

    fn verdicts(&self) -> Vec<String> {
        let mut verdicts = vec![self.when_asking_pays()];
        for &budget in &self.plan.few_budgets() {
            if let Some(gap) = self.gap(SCRATCH_TEACHER, Some(budget), budget) {
                verdicts.push(format!(
                    "{}, at {} questions",
                    verdict(BASE_TEACHER, SCRATCH_TEACHER, gap),
                    thousands(budget)
                ));
            }
        }
        if let Some(gain) = self.gap(BASE, None, self.most()) {
            let gain_in_points = points(gain.mean, gain.low, gain.high);
            verdicts.push(match Verdict::of(gain) {
                Verdict::Beats => format!("{} questions add {gain_in_points} to the base", thousands(self.most())),
                _ => format!("{} questions add nothing certain to the base: {gain_in_points}", thousands(self.most())),
            });
        }
        if let Some(gap) = self.curves.mean_difference(BASE_TEACHER, BASE_TRUTH, AGREEMENT) {
            verdicts.push(format!("{}, averaged over the budgets", verdict(BASE_TEACHER, BASE_TRUTH, gap)));
        }
        verdicts
    }

    /// Few answers can make a base forget more than they teach it: from which budget on is a student that stopped half
    /// way to ask better than one that spent all its steps in public?
    fn when_asking_pays(&self) -> String {
        let against_base = |&budget: &usize| Some((budget, self.gap(BASE, None, budget)?));
        let gaps: Vec<(usize, Estimate)> = self.plan.budgets().iter().filter_map(against_base).collect();
        let worse = gaps.iter().rev().find(|(_, gap)| gap.high < 0.0);
        let better = gaps.iter().find(|(_, gap)| Verdict::of(*gap) == Verdict::Beats);
        let worse = worse.map(|(budget, gap)| {
            format!(
                "{} questions leave the student {:.1} points below the base alone",
                thousands(*budget),
                -100.0 * gap.mean
            )
        });
        let better = better.map(|(budget, _)| format!("{} questions lift it above", thousands(*budget)));
        match (worse, better) {
            (Some(worse), Some(better)) => format!("{worse}; {better}"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => "inconclusive whether asking lifts a student above the base alone".to_owned(),
        }
    }

    /// The student on the base with `budget` questions, less another arm.
    fn gap(&self, other: &str, other_budget: Option<usize>, budget: usize) -> Option<Estimate> {
        self.curves.difference((BASE_TEACHER, Some(budget)), (other, other_budget), AGREEMENT)
    }

    fn table(&self) -> Table {
        let at = |&budget: &usize| {
            let cells = ARMS.iter().map(|(arm, _)| cell(self.curves.at(arm, Some(budget), AGREEMENT)));
            std::iter::once(thousands(budget)).chain(cells).collect()
        };
        Table {
            head: std::iter::once("budget").chain(ARMS.map(|(arm, _)| arm)).map(str::to_owned).collect(),
            rows: self.plan.budgets().iter().map(at).collect(),
        }
    }

    fn figure(&self, title: &str) -> Figure {
        let mut references = self.curves.lines(&Reference::LINES, AGREEMENT);
        if let Some(base) = self.curves.at(BASE, None, AGREEMENT) {
            references.push(Line { name: BASE.to_owned(), label: "base alone".to_owned(), value: rounded(base.mean) });
        }
        Figure {
            name: "open-base".to_owned(),
            title: title.to_owned(),
            subtitle: format!(
                "Agreement of students with and without a base trained on {} public examples, equal steps; {}",
                thousands(public::EXAMPLES),
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget: questions asked (true labels: labelled examples)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                series: ARMS.iter().map(|(arm, label)| self.series(arm, label)).collect(),
                references,
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }

    /// An arm's curve, in the colour that its teaching has in every figure.
    fn series(&self, arm: &str, label: &str) -> Series {
        let actor = match arm {
            SCRATCH_TEACHER => self.plan.answers()[0].name(),
            BASE_TRUTH => TRUTH,
            other => other,
        };
        Series { actor: actor.to_owned(), ..self.curves.series(arm, label, AGREEMENT) }
    }

    fn most(&self) -> usize {
        self.plan.budgets()[self.plan.budgets().len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Request;

    fn trial(arm: &str, replicate: usize, budget: Option<usize>, agreement: f64) -> Trial {
        Trial {
            experiment: "open-base".into(),
            data: "spirals".into(),
            replicate,
            arm: arm.into(),
            budget,
            agreement: Some(agreement),
            ..Trial::default()
        }
    }

    /// Two worlds: the base at 80 and 82 %, and what ten and a hundred questions make of it.
    fn conclusion(ten: [f64; 2], hundred: [f64; 2]) -> Conclusion {
        let request = Request { budgets: Some("10,100".into()), replicates: Some(2), ..Request::default() };
        let plan = Plan::check(&request).expect("a sound plan");
        let world = |replicate: usize| {
            [
                trial(BASE, replicate, None, [0.80, 0.82][replicate]),
                trial(BASE_TEACHER, replicate, Some(10), ten[replicate]),
                trial(BASE_TEACHER, replicate, Some(100), hundred[replicate]),
                trial(SCRATCH_TEACHER, replicate, Some(10), 0.5),
                trial(SCRATCH_TEACHER, replicate, Some(100), 0.94),
            ]
        };
        OpenBase.conclude(&plan, &[world(0), world(1)].concat())
    }

    #[test]
    fn says_where_answers_harm_and_where_they_help() {
        // 70 − 80 and 72 − 82: ten points worse in both worlds. 96 − 80 and 97 − 82: better.
        let harmed = conclusion([0.70, 0.72], [0.96, 0.97]);
        let line = "10 questions leave the student 10.0 points below the base alone; 100 questions lift it above";
        assert_eq!(harmed.verdicts[0], line);
        // 95 % on the way from 70 to 96 % is 10·10^(25/26) = 91.5, from 72 to 97 % it is 10·10^(23/25) = 83.2, and the
        // geometric mean of the two 87.3
        let title = "A public model alone agrees on 81.0 %; 95 % takes 87 questions on top of one, and is not reached \
                     from scratch";
        assert_eq!(harmed.title, title);
    }

    #[test]
    fn steps_back_where_worlds_disagree() {
        // −10 and +10 points, then the other way round.
        let unsure = conclusion([0.70, 0.92], [0.90, 0.72]);
        assert_eq!(unsure.verdicts[0], "inconclusive whether asking lifts a student above the base alone");
        assert!(unsure.title.ends_with("100 questions do not reach 95 %"), "{}", unsure.title);
    }
}
