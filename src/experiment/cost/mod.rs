//! At a fraction of the cost: what the teacher took, the distilled student, and the same student without a teacher.
//!
//! The sweep is that of the experiment `budget`. For each level of agreement the count of examples is where the curve
//! crosses it, and what the count costs follows from it (see [`bill`]). Dollars are counts times prices, and the
//! prices are flags, because they are the part that nobody can measure here; the break-even is a ratio of counts and
//! needs none: asking saves as long as a question costs less than (true labels needed) / (questions needed) labels.
//! Operations are left out of it: both students take the same steps.
//!
//! Operations compared with the teacher's are, on `spirals`, 2 (steps) × 12.6 (products of an example) × 128 / n
//! (examples of a step, where n < 128): about 30 times fewer at 95 %, where n is near 120, and about 60 only where
//! half a batch is enough, at 90 %.

mod bill;
#[cfg(test)]
mod tests;

use super::curves::{AGREEMENT, Curves};
use super::job::answers_and_truth;
use super::telling::{TRUTH, arms, goal, label, needs, unit};
use super::{Conclusion, Experiment, Job, Kind, PointExperiment, Unread};
use crate::audit::statistics::censored_median;
use crate::finding::{Amount, AmountGroup, Amounts, Drawing, Figure, Mark, Table, Trial};
use crate::plan::Plan;
use crate::words::{about, dollars, ratio, thousands};
use bill::{Bill, Factor, operations};

/// What is to be reached.
const LEVELS: [f64; 3] = [0.90, 0.95, 0.97];
/// The level of title and verdicts: the first of these that the first arm reaches.
const HEADLINE: [f64; 2] = [0.95, 0.90];

/// The experiment that counts and prices.
pub(super) struct Cost;

impl Experiment for Cost {
    fn name(&self) -> &'static str {
        "cost"
    }

    fn question(&self) -> &'static str {
        "At what fraction of the cost?"
    }

    fn prediction(&self) -> &'static str {
        "A student that agrees on 95 of 100 points: what does it take compared with its teacher, and with the same \
         student trained on true labels? And who is cheaper once somebody counts what the teacher cost?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "The prices are made up, though plausible: change them with --price-label, --price-query and \
             --price-pflop. Counts and break-even do not depend on them.",
            "Operations are those of one training, counted from shapes: no failed attempts, no search for settings, no \
             research. A student's batch has all examples where there are fewer than 128.",
            "The student's points cost nothing here, only their labels or answers do. Where inputs are hard to come \
             by, both students pay for them.",
            "That a copy is cheap says nothing about whether somebody made one.",
        ]
    }

    fn seconds(&self) -> u32 {
        7
    }

    fn unread(&self) -> &'static [Unread] {
        &[]
    }

    fn kind(&'static self) -> Kind {
        Kind::Points(self)
    }
}

impl PointExperiment for Cost {
    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        answers_and_truth(plan)
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading { plan, arms: arms(plan), curves: Curves::new(trials, plan.budgets()) };
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            next: vec![
                format!("run cost{} --price-query {}", plan.data_flags(), 100.0 * plan.prices().query),
                format!("run cost{} --teacher 16,16", plan.data_flags()),
            ],
            table: reading.table(),
            figures: [Some(reading.cost_figure()), reading.break_even_figure()].into_iter().flatten().collect(),
        }
    }
}

/// The records, read.
struct Reading<'a> {
    plan: &'a Plan,
    arms: Vec<String>,
    curves: Curves<'a>,
}

impl Reading<'_> {
    fn most(&self) -> usize {
        self.plan.budgets()[self.plan.budgets().len() - 1]
    }

    fn crossings(&self, arm: &str, level: f64) -> Vec<Option<f64>> {
        self.curves.crossings(arm, level, AGREEMENT)
    }

    fn median(&self, arm: &str, level: f64) -> Option<f64> {
        self.curves.median_crossing(arm, level, AGREEMENT)
    }

    /// What a student of this arm took, with so many answers or labels.
    fn bill(&self, arm: &str, count: f64) -> Bill {
        Bill::of_student(self.plan, arm != TRUTH, count)
    }

    fn dollars(&self, arm: &str, count: f64) -> f64 {
        self.bill(arm, count).dollars(self.plan.prices())
    }

    fn teacher_dollars(&self) -> f64 {
        Bill::of_teacher(self.plan).dollars(self.plan.prices())
    }

    /// True labels needed for each question needed, at a level: the break-even price of a question, in labels.
    fn labels_per_question(&self, arm: &str, level: f64) -> Option<Factor> {
        Factor::of(&self.crossings(TRUTH, level), &self.crossings(arm, level), self.most() as f64)
    }

    fn level(&self) -> Option<f64> {
        HEADLINE.into_iter().find(|&level| self.median(&self.arms[0], level).is_some())
    }

    fn title(&self) -> String {
        let (first, most) = (&self.arms[0], self.most());
        let [asked, told] = [first, TRUTH].map(|arm| dollars(self.dollars(arm, most as f64)));
        let Some((level, count)) = self.level().and_then(|level| Some((level, self.median(first, level)?))) else {
            let goal = goal(HEADLINE[HEADLINE.len() - 1]);
            return format!("{} {} ({asked}) do not reach {goal} agreement", thousands(most), unit(first));
        };
        let (goal, asked) = (goal(level), dollars(self.dollars(first, count)));
        let shown = if first == "label" { "labels" } else { first };
        let opening = format!("{goal} agreement costs {asked} by asking for {shown}");
        let without = match self.median(TRUTH, level) {
            Some(count) => format!("{} by labelling", dollars(self.dollars(TRUTH, count))),
            None => format!("more than {told} by labelling"),
        };
        format!("{opening}, {without}; the teacher cost {}", dollars(self.teacher_dollars()))
    }

    fn verdicts(&self) -> Vec<String> {
        let need = |arm: &str, count: f64, words: String| {
            format!("{} for {words} {}", dollars(self.dollars(arm, count)), unit(arm))
        };
        let needs = |&level: &f64| needs(&self.arms, &self.curves, (level, AGREEMENT), self.most(), need);
        let mut verdicts: Vec<String> = LEVELS.iter().map(needs).collect();
        let (first, Some(level)) = (&self.arms[0], self.level()) else { return verdicts };
        verdicts.extend(self.against_teacher(first, level));
        verdicts.extend(self.against_labels(first, level));
        verdicts.extend(self.break_even(level));
        verdicts.extend(self.counting_the_teacher(first, level));
        verdicts
    }

    /// The distilled student and its teacher.
    fn against_teacher(&self, arm: &str, level: f64) -> Option<String> {
        let (teacher, crossings) = (Bill::of_teacher(self.plan), self.crossings(arm, level));
        let times = |of_teacher: f64, own: fn(&Bill) -> f64| {
            let own: Vec<_> = crossings.iter().map(|count| Some(own(&self.bill(arm, (*count)?)))).collect();
            Some(Factor::of(&vec![Some(of_teacher); own.len()], &own, 0.0)?.words())
        };
        let examples = times(teacher.labels, |bill| bill.questions)?;
        let operations = times(teacher.flops, |bill| bill.flops)?;
        let parameters = teacher.parameters as f64 / self.bill(arm, 1.0).parameters as f64;
        Some(format!(
            "the teacher took {examples} times as many examples as the student with {arm} at {}, {operations} times as \
             many operations, and {parameters:.1} times as many parameters",
            goal(level)
        ))
    }

    /// The distilled student and the same one without a teacher, at the prices of the run.
    fn against_labels(&self, arm: &str, level: f64) -> Option<String> {
        let dollars = |arm: &str| -> Vec<Option<f64>> {
            self.crossings(arm, level).into_iter().map(|count| Some(self.dollars(arm, count?))).collect()
        };
        let floor = self.dollars(TRUTH, self.most() as f64);
        let factor = Factor::of(&dollars(TRUTH), &dollars(arm), floor)?;
        let words = format!("labelling costs {} times what asking costs", factor.words());
        let verdict = match factor.mean {
            mean if factor.at_least && mean.low > 1.0 => "asking beats labelling",
            mean if factor.at_least || !mean.high.is_finite() => "asking against labelling: inconclusive",
            mean if mean.low > 1.0 => "asking beats labelling",
            mean if mean.high <= 1.0 => "asking does not beat labelling",
            _ => "asking against labelling: inconclusive",
        };
        Some(format!("{verdict} at these prices, with {arm} at {}: {words}", goal(level)))
    }

    /// "break-even at 95 %: a question with probabilities is worth 25 [22, 28] labels, …".
    fn break_even(&self, level: f64) -> Option<String> {
        let worth = |arm: &String| {
            let worth = self.labels_per_question(arm, level)?.words();
            Some(format!("one of the {} is worth {worth} labels", unit(arm)))
        };
        let worth: Vec<String> = self.answers().iter().filter_map(worth).collect();
        if worth.is_empty() {
            return None;
        }
        let price = self.question_in_labels().map_or(String::new(), |price| format!("; its price is {}", ratio(price)));
        Some(format!("break-even at {}: {}{price}", goal(level), worth.join(", ")))
    }

    /// Who pays for the teacher, and after how many students that is worth it.
    fn counting_the_teacher(&self, arm: &str, level: f64) -> Option<String> {
        let (asked, teacher) = (self.dollars(arm, self.median(arm, level)?), self.teacher_dollars());
        let opening =
            format!("counting what the teacher cost, the student with {arm} costs {}", dollars(teacher + asked));
        let Some(count) = self.median(TRUTH, level) else {
            return Some(format!(
                "{opening}; {} true labels without a teacher do not get there",
                thousands(self.most())
            ));
        };
        let told = self.dollars(TRUTH, count);
        let pays = match teacher / (told - asked) {
            students if students.is_finite() && students >= 0.0 => {
                format!(
                    "a teacher made only to be asked pays from student {} on, if each has to buy labels of its own",
                    thousands(students.floor() as usize + 1)
                )
            }
            _ => "a teacher made only to be asked never pays".to_owned(),
        };
        Some(format!("{opening}, without a teacher {}; {pays}", dollars(told)))
    }

    /// The arms that ask.
    fn answers(&self) -> &[String] {
        &self.arms[..self.arms.len() - 1]
    }

    /// What a question costs, in labels, at the prices of the run; `None` where a label or a question is free.
    fn question_in_labels(&self) -> Option<f64> {
        let price = self.plan.prices().query / 1e3 / self.plan.prices().label;
        (price.is_finite() && price > 0.0).then_some(price)
    }

    fn table(&self) -> Table {
        let head = ["level", "who", "examples", "FLOPs", "parameters", "dollars", "+ teacher"];
        let (prices, teacher) = (self.plan.prices(), Bill::of_teacher(self.plan));
        let row = |level: &str, who: &str, examples: String, bill: Bill, more: f64| {
            let own = bill.dollars(prices);
            let sizes = [operations(bill.flops), thousands(bill.parameters)];
            [&[level.to_owned(), who.to_owned(), examples], &sizes[..], &[dollars(own), dollars(own + more)]].concat()
        };
        let mut rows = vec![row("–", "teacher", thousands(teacher.labels as usize), teacher, 0.0)];
        for (level, arm) in LEVELS.into_iter().flat_map(|level| self.arms.iter().map(move |arm| (level, arm))) {
            let more = if arm == TRUTH { 0.0 } else { self.teacher_dollars() };
            rows.push(match self.median(arm, level) {
                Some(count) => row(&goal(level), arm, about(count), self.bill(arm, count), more),
                None => {
                    let start = [goal(level), arm.clone(), format!("> {}", thousands(self.most()))];
                    [&start[..], &vec!["–".to_owned(); head.len() - start.len()]].concat()
                }
            });
        }
        Table { head: head.map(str::to_owned).into(), rows }
    }

    /// An arm's cost of a level, on top of `more`.
    fn amount(&self, arm: &str, level: f64, more: f64) -> Amount {
        let crossings = self.crossings(arm, level);
        let what = if arm == TRUTH { "labels" } else { "questions" };
        let median = censored_median(&crossings);
        let own = self.dollars(arm, median.unwrap_or(self.most() as f64));
        let text = match median {
            Some(_) if more > 0.0 => format!("{} + {}", dollars(more), dollars(own)),
            Some(count) => format!("{} ({} {what})", dollars(own), about(count)),
            None => format!("more than {}", dollars(more + own)),
        };
        Amount {
            actor: arm.to_owned(),
            label: label(arm),
            value: more + own,
            open: median.is_none(),
            worlds: crossings.into_iter().flatten().map(|count| more + self.dollars(arm, count)).collect(),
            text,
        }
    }

    fn cost_figure(&self) -> Figure {
        let group = |level: f64| AmountGroup {
            name: format!("{} agreement", goal(level)),
            rows: self.arms.iter().map(|arm| self.amount(arm, level, 0.0)).collect(),
        };
        let teacher = self.teacher_dollars();
        let counted = |level: f64| {
            let more = |arm: &str| if arm == TRUTH { 0.0 } else { teacher };
            AmountGroup {
                name: format!("{} agreement, counting what the teacher itself cost", goal(level)),
                rows: self.arms.iter().map(|arm| self.amount(arm, level, more(arm))).collect(),
            }
        };
        let groups = LEVELS.into_iter().map(group).chain(self.level().map(counted)).collect();
        let labels = thousands(self.plan.sizes().training);
        let label = format!("the teacher itself: {} for {labels} labels and its training", dollars(teacher));
        Figure {
            name: "cost".to_owned(),
            title: self.title(),
            subtitle: format!(
                "Dollars for examples and training until a student agrees; {}; {}, pale dots: single worlds",
                self.plan.prices(),
                self.worlds(),
            ),
            drawing: Drawing::Amounts(Amounts {
                x_label: "Dollars".to_owned(),
                groups,
                marks: vec![Mark { value: teacher, label }],
            }),
        }
    }

    /// Nothing to draw where no kind of answer reaches a level in every world.
    fn break_even_figure(&self) -> Option<Figure> {
        let row = |arm: &String, level: f64| {
            let factor = self.labels_per_question(arm, level)?;
            let text = format!("{} labels", factor.words());
            let (value, open, worlds) = (factor.mean.mean, factor.at_least, factor.worlds);
            Some(Amount { actor: arm.clone(), label: label(arm), value, open, worlds, text })
        };
        let group = |level: f64| AmountGroup {
            name: format!("{} agreement", goal(level)),
            rows: self.answers().iter().filter_map(|arm| row(arm, level)).collect(),
        };
        let groups: Vec<AmountGroup> = LEVELS.into_iter().map(group).filter(|group| !group.rows.is_empty()).collect();
        let headline = self.level().and_then(|level| Some((level, self.labels_per_question(&self.arms[0], level)?)));
        let price = self.question_in_labels();
        let now = price.map_or(String::new(), |price| format!("; at these prices it costs {}", ratio(price)));
        let title = match headline {
            Some((level, factor)) => {
                let (worth, so) = (ratio(factor.mean.mean), if factor.at_least { "at least " } else { "" });
                format!("Asking for {} saves while a question costs less than {so}{worth} labels{now}", goal(level))
            }
            None => "Inconclusive: not every world reaches the level that is asked for most".to_owned(),
        };
        let even = Mark { value: 1.0, label: "a question costs as much as a label".to_owned() };
        let price = price.map(|value| Mark { value, label: format!("the prices of this run: {}", ratio(value)) });
        (!groups.is_empty()).then(|| Figure {
            name: "break-even".to_owned(),
            title,
            subtitle: format!(
                "True labels needed without a teacher for each question needed with one: the price of a question at \
                 which asking saves nothing; {}, pale dots: single worlds",
                self.worlds_in_geometric_mean()
            ),
            drawing: Drawing::Amounts(Amounts {
                x_label: "Price of a question, in labels".to_owned(),
                groups,
                marks: [Some(even), price].into_iter().flatten().collect(),
            }),
        })
    }

    fn worlds(&self) -> String {
        match self.plan.replicates() {
            1 => format!("{}, one world", self.plan.data().name()),
            worlds => format!("{}, median of {worlds} worlds", self.plan.data().name()),
        }
    }

    fn worlds_in_geometric_mean(&self) -> String {
        match self.plan.replicates() {
            1 => format!("{}, one world", self.plan.data().name()),
            worlds => format!("{}, geometric mean of {worlds} worlds, 95 % interval", self.plan.data().name()),
        }
    }
}
