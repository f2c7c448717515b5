//! What the records of `queries` say: which strategy needs fewest queries, by how much, and where doubt is a bad guide.

use super::to_level::{ToLevel, in_table};
use super::{NATURAL, Queries, arm, suited};
use crate::audit::statistics::Verdict;
use crate::experiment::contract::{Conclusion, Experiment};
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves};
use crate::experiment::read::levels::Level;
use crate::experiment::run::references::Reference;
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{basis, cell, goal, label, line};
use crate::finding::{Curves as Chart, Drawing, Figure, Scale, Table, Trial};
use crate::plan::Plan;
use crate::query::STRATEGIES;
use crate::words::{does, percent, several, thousands};

/// The agreements that strategies are compared at, the highest first.
const LEVELS: [f64; 3] = [0.98, 0.95, 0.90];
/// The level of the headline: the first of these that some strategy reaches. Not 98 %, which lies on the plateau of
/// most curves, where noise decides when a curve first gets there.
const HEADLINE: [f64; 2] = [0.95, 0.90];
/// Strategies that go by the student's doubt alone, and up to where a budget is small.
const DOUBTERS: [&str; 2] = ["margin", "entropy"];
const SMALL: usize = 100;

/// Reads the finding from the records of all replicates.
pub(super) fn conclude(plan: &Plan, trials: &[Trial]) -> Conclusion {
    let budgets = Queries.budgets(plan);
    let strategies = suited(plan).iter().map(|strategy| strategy.name()).collect();
    let reading =
        Reading { plan, strategies, budgets: &budgets, curves: Curves::new(trials, &budgets, plan.exam_rows()) };
    let title = reading.title();
    let answers: Vec<&str> = plan.answers().iter().map(|surface| surface.name()).collect();
    Conclusion {
        verdicts: reading.verdicts(&answers),
        claims: reading.claims(&answers),
        next: next(plan),
        table: reading.table(&answers),
        figures: answers.iter().map(|answers| reading.figure(answers)).collect(),
        title,
    }
}

/// What to try: other replicates for the same claim, and data in which covering is harder.
fn next(plan: &Plan) -> Vec<String> {
    let other = if plan.data().name() == "glyphs" { "moons" } else { "glyphs" };
    vec![
        format!("run queries{} --seed {}", plan.data_flags(), plan.seed() + 1),
        format!("run queries --data {other} --quick"),
    ]
}

struct Reading<'a> {
    plan: &'a Plan,
    strategies: Vec<&'static str>,
    budgets: &'a [usize],
    curves: Curves<'a>,
}

impl Reading<'_> {
    fn most(&self) -> usize {
        self.budgets[self.budgets.len() - 1]
    }

    /// All strategies with this kind of answer, on their way to a level.
    fn to_level(&self, answers: &str, level: f64) -> ToLevel {
        let runner = |&name: &&'static str| Some((name, self.curves.level(&arm(name, answers), level, AGREEMENT)?));
        ToLevel::new(self.strategies.iter().filter_map(runner).collect(), self.most())
    }

    /// The level of the headline, with the queries to it: the first that some strategy reaches in most replicates, and
    /// that takes more than always giving one answer.
    fn headline_level(&self, answers: &str) -> Option<(f64, ToLevel)> {
        let levels = HEADLINE.into_iter().map(|level| (level, self.to_level(answers, level)));
        levels.into_iter().find(|(level, to_level)| to_level.winner().is_some() && !self.curves.is_trivial(*level))
    }

    fn title(&self) -> String {
        self.headline(self.plan.answers()[0].name())
    }

    /// The finding with one kind of answer.
    fn headline(&self, answers: &str) -> String {
        let Some((level, to_level)) = self.headline_level(answers) else { return self.at_the_end(answers) };
        let (winner, own) = to_level.winner().expect("a level with a winner");
        let with = shown(answers);
        let needs = format!("{winner} needs {} to {}", several(&own.about(), "query"), goal(level));
        if winner == NATURAL {
            return format!("With {with}, {needs}; no strategy is shown to need fewer");
        }
        let natural = to_level.level(NATURAL).map_or("–".to_owned(), Level::about);
        let claim = format!("{needs}, {NATURAL} {natural}");
        let lead = to_level.lead(winner, NATURAL).map(|lead| lead.verdict());
        let lead =
            lead.or_else(|| self.gap(winner, NATURAL, answers, self.reached(&to_level)).map(|claim| claim.verdict()));
        match lead {
            Some(Verdict::Beats) => format!("With {with}, {claim}"),
            _ => format!("No difference shown with {with}: {claim}"),
        }
    }

    /// Where no level is reached: who is ahead at the largest budget.
    fn at_the_end(&self, answers: &str) -> String {
        let (best, rival) = self.ahead(answers);
        let at = |name| self.curves.at(&arm(name, answers), Some(self.most()), AGREEMENT);
        let reached = |name| percent(at(name).map_or(f64::NAN, |estimate| estimate.mean));
        let (most, with) = (thousands(self.most()), shown(answers));
        let (queries, bring) = (several(&most, "query"), does(&most, "bring"));
        let claim = format!("{queries} by {best} {bring} {}, by {rival} {}", reached(best), reached(rival));
        match self.gap(best, rival, answers, self.most()).map(|claim| claim.verdict()) {
            Some(Verdict::Beats) => format!("With {with}, {claim}"),
            _ => format!("No difference shown with {with}: {claim}"),
        }
    }

    /// The strategy ahead at the largest budget, and which to compare it with: natural, or the one after natural.
    fn ahead(&self, answers: &str) -> (&'static str, &'static str) {
        let at = |name: &str| self.curves.at(&arm(name, answers), Some(self.most()), AGREEMENT);
        let reached = |name: &str| at(name).map_or(f64::NEG_INFINITY, |estimate| estimate.mean);
        let mut ranked = self.strategies.clone();
        ranked.sort_by(|a, b| reached(b).total_cmp(&reached(a)));
        (ranked[0], if ranked[0] == NATURAL { ranked[1] } else { NATURAL })
    }

    /// a − b in agreement at a budget, paired by replicate.
    fn gap(&self, a: &str, b: &str, answers: &str, budget: usize) -> Option<Claim> {
        let at = Some(budget);
        Some(self.curves.difference((&arm(a, answers), at), (&arm(b, answers), at), AGREEMENT)?.named(a, b))
    }

    /// The budget of the sweep with which the winner has arrived in most replicates.
    fn reached(&self, to_level: &ToLevel) -> usize {
        let arrived =
            |budget: &usize| to_level.winner().is_some_and(|(_, level)| level.median().is_within(*budget as f64));
        self.budgets.iter().copied().find(arrived).unwrap_or_else(|| self.most())
    }

    fn verdicts(&self, answers: &[&str]) -> Vec<String> {
        let mut lines = Vec::new();
        for answers in answers {
            let (with, most) = (shown(answers), thousands(self.most()));
            let levels = LEVELS.iter().map(|&level| (level, self.to_level(answers, level)));
            let won: Vec<(f64, ToLevel)> = levels.filter(|(_, to_level)| to_level.winner().is_some()).collect();
            for (level, to_level) in won.iter().take(2) {
                let goal = goal(*level);
                lines.push(format!("{goal} with {with}: {}", to_level.standings()));
                lines.extend(self.leads(to_level, answers).iter().map(|lead| format!("{goal} with {with}: {lead}")));
            }
            if won.is_empty() {
                let lowest = goal(LEVELS[LEVELS.len() - 1]);
                lines.push(format!("{lowest} with {with}: not reached by {}, however chosen", several(&most, "query")));
                let (best, rival) = self.ahead(answers);
                let claim = self.gap(best, rival, answers, self.most());
                lines.extend(claim.map(|claim| format!("with {with}: {}", line(&claim))));
            }
            lines.extend(self.doubt_alone(answers).iter().map(|claim| format!("with {with}: {}", line(claim))));
        }
        lines.extend(self.left_out());
        lines
    }

    /// The winner against natural and against the runner-up: by queries, or where it does not arrive in every replicate
    /// by agreement.
    fn leads(&self, to_level: &ToLevel, answers: &str) -> Vec<String> {
        let Some((winner, _)) = to_level.winner() else { return Vec::new() };
        let compared = |rival: &'static str| {
            if let Some(lead) = to_level.lead(winner, rival) {
                return Some(to_level.compared(winner, rival, &lead));
            }
            let budget = self.reached(to_level);
            let claim = self.gap(winner, rival, answers, budget)?;
            Some(format!("{}; {}", to_level.arrivals(winner, rival), line(&claim)))
        };
        to_level.rivals(NATURAL).into_iter().filter_map(compared).collect()
    }

    /// Whether a student that goes by its doubt alone falls behind one that takes what comes, while queries are few.
    fn doubt_alone(&self, answers: &str) -> Vec<Claim> {
        // One comparison each, over all small budgets: picking the worst of them would find something in any noise.
        let early = |&name: &&'static str| {
            let (own, natural) = (arm(name, answers), arm(NATURAL, answers));
            Some(self.curves.mean_difference_to(SMALL, &own, &natural, AGREEMENT)?.named(name, NATURAL))
        };
        let late = |&name: &&'static str| self.gap(name, NATURAL, answers, self.most());
        DOUBTERS.iter().filter_map(early).chain(DOUBTERS.iter().filter_map(late)).collect()
    }

    /// The winner of the way to each level against `natural` and the runner-up, by how many queries they need; doubt
    /// against `natural`.
    fn claims(&self, answers: &[&str]) -> Vec<Claim> {
        let of_kind = |answers: &&str| {
            let leads = LEVELS.into_iter().flat_map(move |level| {
                let to_level = self.to_level(answers, level);
                let place = format!("with {}, to {}", shown(answers), goal(level));
                to_level.claims(NATURAL).into_iter().map(move |claim| Claim { place: place.clone(), ..claim })
            });
            let doubt = self.doubt_alone(answers).into_iter();
            let doubt = doubt.map(|it| Claim { place: format!("with {}, {}", shown(answers), it.place), ..it });
            leads.chain(doubt).collect::<Vec<_>>()
        };
        answers.iter().flat_map(of_kind).collect()
    }

    /// The strategies that cannot ask about these data.
    fn left_out(&self) -> Vec<String> {
        let line = |(name, reason): (&str, String)| format!("{name} is left out: {reason}");
        STRATEGIES.iter().filter_map(|s| Some(line((s.name(), s.refusal(self.plan.data())?)))).collect()
    }

    /// A row per strategy and kind of answer; a few of the budgets, and what it takes to get to each level.
    fn table(&self, answers: &[&str]) -> Table {
        // As many as fit on a line of a terminal: the smallest says little, so they are counted from the largest.
        const SHOWN: usize = 4;
        let every = if self.budgets.len() > 2 * SHOWN { 2 } else { 1 };
        let from_largest = self.budgets.iter().rev().step_by(every).take(SHOWN);
        let mut shown_budgets: Vec<usize> = from_largest.copied().collect();
        shown_budgets.reverse();
        let row = |arm: &str| -> Vec<String> {
            let cells = shown_budgets.iter().map(|&budget| cell(self.curves.at(arm, Some(budget), AGREEMENT)));
            let counts =
                LEVELS[..2].iter().rev().map(|&level| in_table(self.curves.level(arm, level, AGREEMENT).as_ref()));
            std::iter::once(arm.to_owned()).chain(cells).chain(counts).collect()
        };
        let arms = answers.iter().flat_map(|answers| self.strategies.iter().map(move |name| arm(name, answers)));
        let budgets = shown_budgets.iter().map(|&budget| thousands(budget));
        let counts = LEVELS[..2].iter().rev().map(|&level| format!("to {}", goal(level)));
        Table {
            head: std::iter::once("strategy".to_owned()).chain(budgets).chain(counts).collect(),
            rows: arms.chain([TRUTH.to_owned()]).map(|arm| row(&arm)).collect(),
        }
    }

    fn figure(&self, answers: &str) -> Figure {
        // What the title speaks of; the others are grey.
        let winner = self.headline_level(answers).and_then(|(_, it)| it.winner().map(|(name, _)| name));
        let told = winner.map_or_else(|| <[&str; 2]>::from(self.ahead(answers)), |winner| [winner, NATURAL]);
        let series = |&name: &&'static str| {
            let mut series = self.curves.series(&arm(name, answers), name, AGREEMENT);
            series.actor = name.to_owned();
            series.quiet = !told.contains(&name);
            series
        };
        let truth = self.curves.series(TRUTH, &label(TRUTH), AGREEMENT);
        let to_level = self.headline_level(answers);
        let callout = |(name, level): (&str, &Level)| level.callout(name);
        let callouts = to_level.as_ref().map_or(Vec::new(), |(_, to_level)| {
            let natural = to_level.level(NATURAL).map(|level| (NATURAL, level));
            let winner = to_level.winner().filter(|(name, _)| *name != NATURAL);
            winner.into_iter().chain(natural).filter_map(callout).collect()
        });
        Figure {
            name: format!("agreement-{answers}"),
            title: self.headline(answers),
            subtitle: format!(
                "How often student and teacher give the same answer to new points, for each way to choose queries{}; \
                 answers: {answers}; {}",
                winner.map_or(String::new(), |name| format!(" ({name}: {})", about(name))),
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget: queries (without a teacher: labelled examples)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                scale: Scale::Opening,
                series: self.strategies.iter().map(series).chain([truth]).collect(),
                references: self
                    .curves
                    .lines(&[Reference::Ceiling, Reference::Independent, Reference::Chance], AGREEMENT),
                threshold: to_level.map(|(level, _)| level),
                callouts,
            }),
        }
    }
}

/// What a strategy asks, in a few words.
fn about(name: &str) -> &'static str {
    STRATEGIES.iter().find(|strategy| strategy.name() == name).map_or("", |strategy| strategy.about())
}

/// What the answers show, after "with".
fn shown(answers: &str) -> String {
    if answers == "label" { "labels only".to_owned() } else { answers.to_owned() }
}
