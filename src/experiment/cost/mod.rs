//! At a fraction of the cost: what the teacher took, the distilled student, and the same student without a teacher.
//!
//! The sweep is that of the experiment `budget`. For each level of agreement the count of examples is where the curve
//! crosses it, and what the count costs follows from it (see [`spent`]). Dollars are counts times prices, and the
//! prices are flags, because they are the part that nobody can measure here; the break-even is a ratio of counts and
//! needs none: asking saves as long as a query costs less than (true labels needed) / (queries needed) labels.
//! Operations are left out of it: both students take the same steps.
//!
//! Operations compared with the teacher's are, on `spirals`, 2 (steps) × 12.6 (products of an example) × 128 / n
//! (examples of a step, where n < 128): about 30 times fewer at 95 %, where n is near 120, and about 60 only where
//! half a batch is enough, at 90 %.

mod figures;
mod spent;
#[cfg(test)]
mod tests;

use super::contract::{About, Conclusion, Experiment};
use super::read::claims::Claim;
use super::read::curves::{ACCURACY, AGREEMENT, Curves};
use super::read::levels::{Bounds, Level, in_full_or};
use super::read::ratio::Ratio;
use super::run::spec::{Job, TRUTH, answers_and_truth};
use super::show::sentences::{arms, goal, how_many, label, needs, with};
use crate::audit::statistics::{Verdict, share_at};
use crate::finding::{Amount, AmountGroup, Amounts, Drawing, Figure, Mark, Table, Trial};
use crate::plan::Plan;
use crate::words::{about, does, dollars, ratio, thousands};
use spent::{Spent, operations};

/// What is to be reached.
const LEVELS: [f64; 3] = [0.90, 0.95, 0.97];
/// The level of title and verdicts: the first of these that the first arm reaches.
const HEADLINE: [f64; 2] = [0.95, 0.90];

/// The experiment that counts and prices.
pub(super) struct Cost;

const ABOUT: About = About {
    name: "cost",
    question: "What does a copy cost, as a share of what its teacher cost?",
    prediction: "A student that agrees on 95 of 100 points: what does it take compared with its teacher, and with the \
                 same student trained on true labels? And who is cheaper once somebody counts what the teacher cost?",
    caveats: &[
        "The prices are made up, though plausible; a run can be told others. How many queries and labels it takes does \
         not depend on them; every comparison in dollars does.",
        "Operations are those of one training, counted from shapes: no failed attempts, no search for settings, no \
         research. A student's batch has all examples where there are fewer than 128.",
        "The student's points cost nothing here, only their labels or answers do. Where inputs are hard to come \
         by, both students pay for them.",
        "That a copy is cheap says nothing about whether somebody made one.",
    ],
    seconds: 7,
    columns: &[],
    unread: &[],
};

impl Experiment for Cost {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        answers_and_truth(plan)
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading { plan, arms: arms(plan), curves: Curves::of(plan, trials) };
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            claims: reading.claims(),
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
    /// Examples until an arm reaches a level of agreement.
    fn level_of(&self, arm: &str, level: f64) -> Option<Level> {
        self.curves.level(arm, level, AGREEMENT)
    }

    /// The median of these.
    fn median(&self, arm: &str, level: f64) -> Bounds {
        self.level_of(arm, level).map_or(Bounds::above(self.plan.most() as f64), |level| level.median())
    }

    /// What a student of this arm took, with this number of answers or labels.
    fn spent(&self, arm: &str, count: f64) -> Spent {
        Spent::of_student(self.plan, arm != TRUTH, count)
    }

    fn dollars(&self, arm: &str, count: f64) -> f64 {
        self.spent(arm, count).dollars(self.plan.prices())
    }

    fn teacher_dollars(&self) -> f64 {
        Spent::of_teacher(self.plan).dollars(self.plan.prices())
    }

    /// True labels needed for each query needed, at a level of agreement: the break-even price of a query, in labels.
    fn labels_per_query(&self, arm: &str, level: f64) -> Option<Ratio> {
        Ratio::of(&self.level_of(TRUTH, level)?, &self.level_of(arm, level)?)
    }

    /// The same where both students are as often right: the labels that bring a student without a teacher to the
    /// accuracy that the distilled one has when it reaches the level of agreement. `None` where some replicate does not
    /// say when that is.
    fn labels_per_query_at_equal_accuracy(&self, arm: &str, level: f64) -> Option<Ratio> {
        let own = self.level_of(arm, level)?;
        let queries = own.known();
        let labels = queries.iter().enumerate().map(|(replicate, &at)| {
            let curve = self.curves.curve(arm, replicate, ACCURACY);
            let accuracy = (!curve.is_empty()).then(|| share_at(&curve, at))?;
            Bounds::of_crossing(&self.curves.curve(TRUTH, replicate, ACCURACY), accuracy)
        });
        let labels = labels.collect::<Option<Vec<_>>>()?;
        (queries.len() == own.reached().1).then(|| Ratio::of(&Level::new(labels), &own))?
    }

    fn level(&self) -> Option<f64> {
        let reached = |level: f64| self.median(&self.arms[0], level).is_reached() && !self.curves.is_trivial(level);
        HEADLINE.into_iter().find(|&level| reached(level))
    }

    /// What an amount of examples costs an arm: "$0.61", "$2.50 or less", "more than $500".
    fn price(&self, arm: &str, examples: Bounds) -> String {
        examples.map(|count| self.dollars(arm, count)).words_or("less", dollars)
    }

    fn title(&self) -> String {
        let (first, most) = (&self.arms[0], self.plan.most());
        let Some(level) = self.level() else {
            let asked = dollars(self.dollars(first, most as f64));
            let lowest = HEADLINE[HEADLINE.len() - 1];
            let goal = goal(lowest);
            if self.curves.is_trivial(lowest) {
                return format!("{goal} agreement is free here: always giving the most frequent answer reaches it");
            }
            let most = thousands(most);
            let does = does(&most, "do");
            return format!("{} ({asked}) {does} not reach {goal} agreement", how_many(&most, first));
        };
        let [asked, told] = [first.as_str(), TRUTH].map(|arm| self.price(arm, self.median(arm, level)));
        let teacher = dollars(self.teacher_dollars());
        format!(
            "{} agreement costs {asked} with queries, {told} with true labels; the teacher cost {teacher}",
            goal(level)
        )
    }

    fn verdicts(&self) -> Vec<String> {
        let need = |arm: &str, level: &Level| {
            format!("{} for {}{}", self.price(arm, level.median()), how_many(&level.about(), arm), level.spread())
        };
        let needs = |&level: &f64| needs(&self.arms, &self.curves, (level, AGREEMENT), self.plan.most(), need);
        let mut verdicts: Vec<String> = LEVELS.iter().map(needs).collect();
        let (first, Some(level)) = (&self.arms[0], self.level()) else { return verdicts };
        verdicts.extend(self.against_teacher(first, level));
        verdicts.extend(self.against_labels(first, level));
        verdicts.extend(self.break_even(level));
        verdicts.extend(self.equal_accuracy(first, level));
        verdicts.extend(self.counting_the_teacher(first, level));
        verdicts
    }

    /// The distilled student and its teacher.
    fn against_teacher(&self, arm: &str, level: f64) -> Option<String> {
        let (teacher, own) = (Spent::of_teacher(self.plan), self.level_of(arm, level)?);
        let times = |of_teacher: f64, of_student: fn(&Spent) -> f64| {
            let own = own.map(|count| of_student(&self.spent(arm, count)));
            let teacher = Level::new(vec![Bounds::exactly(of_teacher); own.reached().1]);
            Some(Ratio::of(&teacher, &own)?.words())
        };
        let examples = times(teacher.labels, |spent| spent.queries)?;
        let operations = times(teacher.flops, |spent| spent.flops)?;
        let parameters = teacher.parameters as f64 / self.spent(arm, 1.0).parameters as f64;
        Some(format!(
            "the teacher took {examples} times as many examples as the student with {arm} at {}, {operations} times as \
             many operations, and {parameters:.1} times as many parameters",
            goal(level)
        ))
    }

    /// The distilled student and the same one without a teacher, at the prices of the run.
    fn against_labels(&self, arm: &str, level: f64) -> Option<String> {
        let dollars = |arm: &str| Some(self.level_of(arm, level)?.map(|count| self.dollars(arm, count)));
        let factor = Ratio::of(&dollars(TRUTH)?, &dollars(arm)?)?;
        let verdict = match factor.verdict() {
            Verdict::Beats => "asking beats labelling",
            Verdict::NoDifference => "asking against labelling: no difference shown",
            Verdict::LosesTo => "asking loses to labelling",
        };
        let words = factor.words();
        Some(format!(
            "{verdict} at these prices, with {arm} at {}: labelling costs {words} times what asking costs",
            goal(level)
        ))
    }

    /// "break-even at 95 %: a query with probabilities is worth 25 [22, 28] labels, …".
    fn break_even(&self, level: f64) -> Option<String> {
        let worth = |arm: &String| {
            let worth = self.labels_per_query(arm, level)?.words();
            Some(format!("a query {} is worth {worth} labels", with(arm)))
        };
        let worth: Vec<String> = self.answers().iter().filter_map(worth).collect();
        if worth.is_empty() {
            return None;
        }
        let price = self.query_in_labels().map_or(String::new(), |price| format!("; its price is {}", ratio(price)));
        Some(format!("break-even at {}: {}{price}", goal(level), worth.join(", ")))
    }

    /// The distilled student agrees more than it is right: at equal accuracy a query is worth fewer labels.
    fn equal_accuracy(&self, arm: &str, level: f64) -> Option<String> {
        let [agreement, accuracy] =
            [self.labels_per_query(arm, level)?, self.labels_per_query_at_equal_accuracy(arm, level)?];
        Some(format!(
            "a query {} is worth {} labels at equal agreement ({}), {} at the accuracy that it brings",
            with(arm),
            agreement.words(),
            goal(level),
            accuracy.words()
        ))
    }

    /// Who pays for the teacher, and after how many students that is worth it. Nothing where the price of the student
    /// is only bounded.
    fn counting_the_teacher(&self, arm: &str, level: f64) -> Option<String> {
        let (asked, teacher) = (self.dollars(arm, self.median(arm, level).known()?), self.teacher_dollars());
        let opening =
            format!("counting what the teacher cost, the student with {arm} costs {}", dollars(teacher + asked));
        let labels = self.median(TRUTH, level);
        let Some(count) = labels.known() else {
            let words = how_many(&labels.words(in_full_or(about)), TRUTH);
            return Some(format!("{opening}; it takes {words}"));
        };
        let pays = self.paying_student(arm, level)?;
        let pays = match pays.median().least() {
            first if first.is_finite() => format!(
                "a teacher made only to be asked pays from student {} on, if each has to buy labels of its own",
                pays.words()
            ),
            _ => format!("a teacher made only to be asked never pays{}", pays.spread()),
        };
        Some(format!("{opening}, without a teacher {}; {pays}", dollars(self.dollars(TRUTH, count))))
    }

    /// The first of several students with which labels for each of them would have cost more than a teacher for all
    /// and its answers; in each replicate.
    fn paying_student(&self, arm: &str, level: f64) -> Option<Level> {
        let price = |arm: &str| Some(self.level_of(arm, level)?.map(|count| self.dollars(arm, count)));
        let first = |saved: f64| match self.teacher_dollars() / saved {
            students if saved > 0.0 => students.floor() + 1.0,
            _ => f64::INFINITY,
        };
        Some(price(TRUTH)?.less(&price(arm)?).map_falling(first))
    }

    /// How many times the queries of each kind of answer true labels take to the headline's level.
    fn claims(&self) -> Vec<Claim> {
        let claim = |arm: &String| {
            let level = self.level()?;
            let gap = self.labels_per_query(arm, level)?.logarithm()?;
            let place = format!("to {}", goal(level));
            Some(Claim { measure: "ln(labels of b / queries of a)", a: arm.clone(), b: TRUTH.to_owned(), place, gap })
        };
        self.answers().iter().filter_map(claim).collect()
    }

    /// The arms that ask.
    fn answers(&self) -> &[String] {
        &self.arms[..self.arms.len() - 1]
    }

    /// What a query costs, in labels, at the prices of the run; `None` where a label or a query is free.
    fn query_in_labels(&self) -> Option<f64> {
        let price = self.plan.prices().query / 1e3 / self.plan.prices().label;
        (price.is_finite() && price > 0.0).then_some(price)
    }

    fn table(&self) -> Table {
        let head = ["level", "who", "examples", "FLOPs", "parameters", "dollars", "+ teacher"];
        let (prices, teacher) = (self.plan.prices(), Spent::of_teacher(self.plan));
        let row = |level: &str, who: &str, examples: String, spent: Spent, more: f64| {
            let own = spent.dollars(prices);
            let sizes = [operations(spent.flops), thousands(spent.parameters)];
            [&[level.to_owned(), who.to_owned(), examples], &sizes[..], &[dollars(own), dollars(own + more)]].concat()
        };
        let mut rows = vec![row("–", "teacher", thousands(teacher.labels as usize), teacher, 0.0)];
        for (level, arm) in LEVELS.into_iter().flat_map(|level| self.arms.iter().map(move |arm| (level, arm))) {
            let more = if arm == TRUTH { 0.0 } else { self.teacher_dollars() };
            let examples = self.median(arm, level);
            rows.push(match examples.known() {
                Some(count) => row(&goal(level), arm, about(count), self.spent(arm, count), more),
                None => {
                    let start = [goal(level), arm.clone(), examples.words(in_full_or(about))];
                    [&start[..], &vec!["–".to_owned(); head.len() - start.len()]].concat()
                }
            });
        }
        Table { head: head.map(str::to_owned).into(), rows }
    }
}
