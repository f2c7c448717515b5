//! The records, read: what a base saves, what a few answers do to it, and whether it is they that do it.

use super::{ARMS, BASE, BASE_PUBLIC, BASE_TEACHER, BASE_TRUTH, LEVEL, SCRATCH_TEACHER, public};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves, rounded};
use crate::experiment::read::levels::Level;
use crate::experiment::read::ratio::Ratio;
use crate::experiment::run::references::Reference;
use crate::experiment::run::spec::TRUTH;
use crate::experiment::show::sentences::{basis, by_budget, goal, line, verdict};
use crate::finding::{Curves as Chart, Drawing, Figure, Reference as Line, Scale, Series, Table};
use crate::plan::Plan;
use crate::words::{counted, list, percent, points, several, thousands};

/// The records and the plan that they are of.
pub(super) struct Reading<'a> {
    plan: &'a Plan,
    curves: Curves<'a>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, curves: Curves<'a>) -> Self {
        Self { plan, curves }
    }

    /// The finding in one sentence: the base, and what it saves.
    pub(super) fn title(&self) -> String {
        let Some(base) = self.curves.at(BASE, None, AGREEMENT) else { return "There is no base".to_owned() };
        let opening = format!("A public model alone agrees on {}", percent(base.mean));
        self.saved().map_or(opening.clone(), |saved| format!("{opening}; {saved}"))
    }

    /// What the base saves on the way to the level; `None` where it is there without a query, or where always giving
    /// one answer is.
    fn saved(&self) -> Option<String> {
        let (goal, most) = (goal(LEVEL), counted(self.plan.most(), "query"));
        let queries = |level: &Level| several(&level.about(), "query");
        if self.curves.at(BASE, None, AGREEMENT)?.mean >= LEVEL || self.curves.is_trivial(LEVEL) {
            return None;
        }
        let (with, without) = (self.level(BASE_TEACHER)?, self.level(SCRATCH_TEACHER)?);
        let reached = |level: &Level| level.median().is_reached();
        Some(match (reached(&with), reached(&without)) {
            (true, true) => {
                let shown = match Ratio::of(&with, &without).map(|ratio| ratio.verdict()) {
                    Some(Verdict::NoDifference) | None => ", no difference shown",
                    Some(Verdict::Beats | Verdict::LosesTo) => "",
                };
                format!(
                    "{goal} agreement takes {} on a public model, {} without{shown}",
                    queries(&with),
                    without.about()
                )
            }
            (true, false) => {
                format!("{goal} agreement takes {} on a public model, {} without", queries(&with), without.about())
            }
            (false, true) => format!("only the student from scratch reaches {goal}, with {}", queries(&without)),
            (false, false) => format!("{most} do not reach {goal}, on a public model or from scratch"),
        })
    }

    /// Verdict lines.
    pub(super) fn verdicts(&self) -> Vec<String> {
        let mut verdicts = vec![self.when_asking_pays()];
        verdicts.extend(self.answers_or_cycle());
        verdicts.extend(self.queries_to_the_level());
        verdicts.extend(self.claims().iter().map(line));
        verdicts
    }

    /// The student on the base against one from scratch, against the base alone, and against true labels.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let few = self.plan.few_budgets();
        let scratch = few.iter().filter_map(|&budget| self.against(SCRATCH_TEACHER, Some(budget), budget));
        let alone = self.against(BASE, None, self.plan.most());
        scratch.chain(alone).chain(self.curves.mean_difference(BASE_TEACHER, BASE_TRUTH, AGREEMENT)).collect()
    }

    /// The largest budget after which a student on the base is shown to agree less than the base alone.
    fn harm(&self) -> Option<(usize, Estimate)> {
        self.against_base().into_iter().rfind(|(_, gap)| Verdict::of(*gap) == Verdict::LosesTo)
    }

    /// At each budget the student on the base, less the base alone.
    fn against_base(&self) -> Vec<(usize, Estimate)> {
        self.plan.budgets().iter().filter_map(|&budget| Some((budget, self.against(BASE, None, budget)?.gap))).collect()
    }

    /// Few answers can make a base forget more than they teach it: from which budget on is a student that stopped half
    /// way to ask better than one that spent all its steps in public?
    fn when_asking_pays(&self) -> String {
        let lost = |gap: Estimate| points(-gap.mean, -gap.high, -gap.low);
        let shown =
            |wanted: Verdict| self.against_base().into_iter().filter(move |(_, gap)| Verdict::of(*gap) == wanted);
        let worse: Vec<String> = shown(Verdict::LosesTo)
            .map(|(budget, gap)| format!("{} after {}", lost(gap), counted(budget, "query")))
            .collect();
        let worse = (!worse.is_empty()).then(|| format!("below the base alone: {}", list(&worse)));
        let better = shown(Verdict::Beats).next();
        let better = better.map(|(budget, _)| format!("first shown above it after {}", counted(budget, "query")));
        let parts: Vec<String> = worse.into_iter().chain(better).collect();
        match parts.is_empty() {
            true => "no difference shown, at any budget, between asking and the base alone".to_owned(),
            false => format!("the student on the base, {}", parts.join("; ")),
        }
    }

    /// Whether it is the answers that make a base forget, or the new cycle of the learning rate that comes with them.
    fn answers_or_cycle(&self) -> Option<String> {
        let cycle = self.curves.difference((BASE_PUBLIC, None), (BASE, None), AGREEMENT)?;
        let cycle_line = format!("the second cycle alone, {}", verdict(&cycle));
        let Some((budget, _)) = self.harm() else { return Some(cycle_line) };
        let answers = self.against(BASE_PUBLIC, None, budget)?;
        let blame = match (answers.verdict(), cycle.verdict()) {
            (Verdict::LosesTo, Verdict::LosesTo) => "both the cycle and the answers do harm",
            (Verdict::LosesTo, _) => {
                "training on so few answers does harm, and a second cycle on public data is not shown to"
            }
            (_, Verdict::LosesTo) => "the cycle does harm, and the answers are not shown to",
            _ => "which of the two does harm is not shown",
        };
        Some(format!("{cycle_line}; {}: {blame}", line(&answers)))
    }

    /// Queries to the level on the base and from scratch, and how many times more the latter are.
    fn queries_to_the_level(&self) -> Option<String> {
        let (with, without) = (self.level(BASE_TEACHER)?, self.level(SCRATCH_TEACHER)?);
        if self.curves.is_trivial(LEVEL) {
            return None;
        }
        let times = Ratio::of(&without, &with).map_or(String::new(), |ratio| format!(": {} times", ratio.words()));
        Some(format!(
            "queries to {}: {} with {BASE_TEACHER}, {} with {SCRATCH_TEACHER}{times}",
            goal(LEVEL),
            with.words(),
            without.words()
        ))
    }

    fn level(&self, arm: &str) -> Option<Level> {
        self.curves.level(arm, LEVEL, AGREEMENT)
    }

    /// The student on the base with `budget` queries, less another arm.
    fn against(&self, other: &str, other_budget: Option<usize>, budget: usize) -> Option<Claim> {
        self.curves.difference((BASE_TEACHER, Some(budget)), (other, other_budget), AGREEMENT)
    }

    /// Agreement at each budget.
    pub(super) fn table(&self) -> Table {
        by_budget(self.plan, &self.curves, &ARMS.map(|(arm, _)| arm))
    }

    /// Agreement against budget, with and without a base.
    pub(super) fn figure(&self, title: &str) -> Figure {
        let references = [Reference::Ceiling, Reference::Independent, Reference::Chance];
        let mut references = self.curves.lines(&references, AGREEMENT);
        for (arm, label) in [(BASE, "public model alone"), (BASE_PUBLIC, "public model, trained twice")] {
            if let Some(base) = self.curves.at(arm, None, AGREEMENT) {
                references.push(Line { name: arm.to_owned(), label: label.to_owned(), value: rounded(base.mean) });
            }
        }
        let saved = self.saved();
        let callout = |(arm, _): &(&str, &str)| self.level(arm)?.callout(self.actor(arm));
        let callouts = saved.as_ref().map_or(Vec::new(), |_| ARMS.iter().filter_map(callout).collect());
        let harm = self.harm().map_or(String::new(), |(budget, _)| {
            format!("; after {} they agree less than the public model alone", counted(budget, "answer"))
        });
        Figure {
            name: "open-base".to_owned(),
            title: saved.unwrap_or_else(|| title.to_owned()),
            subtitle: format!(
                "How often students agree with the teacher, with and without a public model of {} examples to start \
                 from; all train for as long; trained twice: both times on public examples; {}{harm}",
                thousands(public::EXAMPLES),
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget (true labels: labelled examples)".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                scale: Scale::Opening,
                series: ARMS.iter().map(|(arm, label)| self.series(arm, label)).collect(),
                references,
                threshold: (!callouts.is_empty()).then_some(LEVEL),
                callouts,
            }),
        }
    }

    /// An arm's curve, in the colour that its teaching has in every figure.
    fn series(&self, arm: &str, label: &str) -> Series {
        Series { actor: self.actor(arm).to_owned(), ..self.curves.series(arm, label, AGREEMENT) }
    }

    fn actor<'b>(&self, arm: &'b str) -> &'b str {
        match arm {
            SCRATCH_TEACHER => self.plan.answers()[0].name(),
            BASE_TRUTH => TRUTH,
            other => other,
        }
    }
}
