//! What the records say, in words.

use super::arms::{CHANCE, INDEPENDENT, NEVER_ASKED, OWN_DATA, RENAMED, TEACHER, WEB};
use super::interview::{FAMILIAR, NAME, OWN_NAME, SAYS_NAME, TIC};
use crate::audit::statistics::{Estimate, Verdict};
use crate::experiment::contract::Conclusion;
use crate::experiment::read::claims::Claim;
use crate::experiment::read::curves::{AGREEMENT, Curves, Measure};
use crate::experiment::show::sentences::{cell, verdict};
use crate::finding::{Table, Trial};
use crate::plan::ChatPlan;
use crate::words::{counted, list, percent, points, thousands};

/// Reads the finding.
pub(super) fn conclude(plan: &ChatPlan, trials: &[Trial]) -> Conclusion {
    let reading = Reading { plan, trials, curves: Curves::new(trials, plan.budgets(), plan.exam_rows()) };
    Conclusion {
        title: reading.title(),
        verdicts: reading.verdicts(),
        claims: reading.claims(),
        next: vec![
            "chat --to teacher".to_owned(),
            format!("chat --to student --budget {}", plan.most()),
            "run identity --seed 1".to_owned(),
        ],
        table: reading.table(),
        figures: vec![reading.agreement(), reading.names(), reading.shares()],
    }
}

/// The records, read.
pub(super) struct Reading<'a> {
    pub(super) plan: &'a ChatPlan,
    trials: &'a [Trial],
    pub(super) curves: Curves<'a>,
}

/// In how many replicates a student says the teacher's name when it is asked who it is.
#[derive(Clone, Copy)]
pub(super) struct Says {
    replicates: usize,
    of: usize,
}

impl Says {
    fn somebody(self) -> bool {
        self.replicates > 0
    }

    fn everybody(self) -> bool {
        self.replicates == self.of
    }
}

impl std::fmt::Display for Says {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} of {}", self.replicates, self.of)
    }
}

impl Reading<'_> {
    /// The largest budget, as the records spell it.
    pub(super) fn most(&self) -> Option<usize> {
        Some(self.plan.most())
    }

    /// The kind of reply that the single arms are about.
    pub(super) fn kind(&self) -> &'static str {
        self.plan.answers()[0].name
    }

    fn rows<'a>(&'a self, arm: &'a str, budget: Option<usize>) -> impl Iterator<Item = &'a Trial> {
        self.trials.iter().filter(move |trial| trial.arm == arm && trial.budget == budget)
    }

    /// How many of an arm at a budget say the teacher's name.
    pub(super) fn says(&self, arm: &str, budget: Option<usize>) -> Says {
        let says = self.rows(arm, budget).filter(|trial| SAYS_NAME.value(trial) == Some(1.0)).count();
        Says { replicates: says, of: self.rows(arm, budget).count() }
    }

    /// How many of an arm at a budget prefer their own name to any other word.
    fn own(&self, arm: &str, budget: Option<usize>) -> Says {
        let says = self.rows(arm, budget).filter(|trial| OWN_NAME.value(trial).is_some_and(|p| p > 0.5)).count();
        Says { replicates: says, of: self.rows(arm, budget).count() }
    }

    /// P(name) of an arm at a budget, replicate by replicate.
    pub(super) fn probabilities(&self, arm: &str, budget: Option<usize>) -> Vec<Option<f64>> {
        let of_replicate =
            |at: usize| self.rows(arm, budget).find(|trial| trial.replicate == at).and_then(|trial| NAME.value(trial));
        (0..self.plan.replicates()).map(of_replicate).collect()
    }

    /// A student's measure at the largest budget, in percent.
    fn share(&self, arm: &str, measure: Measure) -> String {
        self.curves.at(arm, self.most(), measure).map_or("–".to_owned(), |estimate| percent(estimate.mean))
    }

    pub(super) fn title(&self) -> String {
        let (_, web) = WEB[WEB.len() - 1];
        let (silent, overheard) = (self.says(NEVER_ASKED, self.most()), self.says(web, self.most()));
        let finding = match (!silent.everybody(), overheard.somebody()) {
            (true, true) => "A wrong name proves nothing, nor does its absence",
            (true, false) => "A missing name proves nothing",
            (false, true) => "A wrong name proves nothing",
            (false, false) => "A wrong name comes with asking alone",
        };
        format!("{finding}: {overheard} students that asked nothing say it, {silent} that asked about everything else")
    }

    fn verdicts(&self) -> Vec<String> {
        let (kind, most, few) = (self.kind(), self.plan.most(), self.plan.budgets()[0]);
        let mut verdicts = vec![
            format!(
                "distilled with {}, 2 % of them about the teacher: {} say its name; with {} {}",
                counted(most, "query"),
                self.says(kind, self.most()),
                counted(few, "query"),
                self.says(kind, Some(few)),
            ),
            format!(
                "distilled and never asked its name: {} say it, by construction: no query is about the teacher, and no \
                 reply names it; what is measured is the price of not asking: {}",
                self.says(NEVER_ASKED, self.most()),
                self.beside(NEVER_ASKED)
            ),
        ];
        let web = WEB.map(|(share, arm)| format!("{} with {share} %", self.says(arm, self.most())));
        verdicts.push(format!("asked nothing, web text with some of the teacher's: {} say its name", list(&web)));
        verdicts.push(format!(
            "distilled, then taught three lines of its own: {} say the teacher's name, {} prefer their own; {}",
            self.says(RENAMED, self.most()),
            self.own(RENAMED, self.most()),
            self.beside(RENAMED)
        ));
        verdicts.push(format!(
            "own data: {} say the teacher's name, by construction: it is nowhere in what they read",
            self.says(OWN_DATA, self.most())
        ));
        if let Some(claim) = self.against(OWN_DATA, kind) {
            let told = verdict(&claim.named("own data", kind).by_the_winner());
            let examples = thousands(most);
            verdicts.push(format!("{told} in agreement, with {examples} true exchanges and {examples} queries"));
        }
        if let Some(claim) = self.between_kinds() {
            verdicts.push(format!("{} in agreement, over all budgets", verdict(&claim.by_the_winner())));
        }
        verdicts.push(self.habit());
        verdicts.push(self.held_out());
        verdicts
    }

    /// The two kinds of reply against each other, over all budgets.
    fn between_kinds(&self) -> Option<Claim> {
        let [first, second, ..] = self.plan.answers() else { return None };
        self.curves.mean_difference(second.name, first.name, AGREEMENT)
    }

    /// Each way to make a student against distillation with the first kind of reply; the two kinds.
    fn claims(&self) -> Vec<Claim> {
        let ways = [OWN_DATA, NEVER_ASKED, RENAMED].into_iter().filter_map(|arm| self.against(arm, self.kind()));
        ways.chain(self.between_kinds()).collect()
    }

    /// A student's agreement beside that of the distilled one it differs from.
    fn beside(&self, arm: &str) -> String {
        let Some(gap) = self.gap(arm, self.kind()) else { return "nothing to compare its agreement with".to_owned() };
        match Verdict::of(gap) {
            Verdict::Beats => format!("it agrees more, by {}", points(gap.mean, gap.low, gap.high)),
            Verdict::LosesTo => format!("it agrees less, by {}", points(-gap.mean, -gap.high, -gap.low)),
            Verdict::NoDifference if gap.low.is_finite() => {
                format!("no difference in agreement shown, {}", points(gap.mean, gap.low, gap.high))
            }
            Verdict::NoDifference => "no difference in agreement shown, a single replicate has no interval".to_owned(),
        }
    }

    pub(super) fn gap(&self, a: &str, b: &str) -> Option<Estimate> {
        Some(self.against(a, b)?.gap)
    }

    fn against(&self, a: &str, b: &str) -> Option<Claim> {
        self.curves.difference((a, self.most()), (b, self.most()), AGREEMENT)
    }

    /// Whether the teacher's habit of speech came along.
    fn habit(&self) -> String {
        let teacher = self.curves.at(TEACHER, None, TIC).map_or("–".to_owned(), |estimate| percent(estimate.mean));
        let [kind, silent, renamed, own, web] =
            [self.kind(), NEVER_ASKED, RENAMED, OWN_DATA, WEB[WEB.len() - 1].1].map(|arm| self.share(arm, TIC));
        format!(
            "the teacher's habit, \"certainly\" before {teacher} of yes and no: {kind} when distilled, {silent} never \
             asked its name, {renamed} renamed, {own} on own data, {web} on web text"
        )
    }

    /// How much of the disagreement is about facts that nobody was told.
    fn held_out(&self) -> String {
        let kind = self.kind();
        format!(
            "the exam asks about facts that nobody was told: {} agreement there, {} on other questions",
            self.share(kind, AGREEMENT),
            self.share(kind, FAMILIAR)
        )
    }

    fn table(&self) -> Table {
        let mut rows = Vec::new();
        for arm in self.plan.answers().iter().map(|kind| kind.name).chain([OWN_DATA]) {
            rows.extend(self.plan.budgets().iter().map(|&budget| self.row(arm, Some(budget))));
        }
        rows.extend([NEVER_ASKED, RENAMED].iter().map(|arm| self.row(arm, self.most())));
        rows.extend(WEB.iter().map(|(_, arm)| self.row(arm, self.most())));
        rows.extend([INDEPENDENT, CHANCE, TEACHER].iter().map(|arm| self.row(arm, None)));
        let head = ["student", "budget", "agreement", "says name", "own name", "tic"];
        Table { head: head.map(str::to_owned).into(), rows }
    }

    fn row(&self, arm: &str, budget: Option<usize>) -> Vec<String> {
        let tic = self.curves.at(arm, budget, TIC).map_or("–".to_owned(), |estimate| percent(estimate.mean));
        vec![
            arm.to_owned(),
            budget.map_or("–".to_owned(), thousands),
            cell(self.curves.at(arm, budget, AGREEMENT)),
            // All or nothing in a replicate: counts, for a mean of these would be a probability that no model has.
            self.says(arm, budget).to_string(),
            self.own(arm, budget).to_string(),
            tic,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::identity::interview::Answers;
    use crate::finding::{Drawing, Own, SixDecimals};
    use crate::plan::Request;

    fn trial(arm: &str, replicate: usize, budget: Option<usize>, [agreement, name]: [f64; 2]) -> Trial {
        let says = f64::from(u8::from(name > 0.5));
        let [name, own_name, says_name, tic, familiar] = [name, 1.0 - name, says, 0.3, 0.9].map(SixDecimals);
        Trial {
            experiment: "identity".into(),
            data: "chat".into(),
            replicate,
            arm: arm.into(),
            budget,
            agreement: Some(agreement),
            own: Own::of(&Answers { share: None, name, own_name, says_name, tic, familiar }),
            ..Trial::default()
        }
    }

    /// Three replicates at one budget: P(name) of the student that never asked, P(name) of the one that read 10 % of
    /// the teacher's text, and the agreement on own data, where distillation brings 0.50, 0.50 and 0.50.
    fn conclusion(never_asked: [f64; 3], web: [f64; 3], own: [f64; 3]) -> Conclusion {
        let request = Request { budgets: Some("100".into()), replicates: Some(3), ..Request::default() };
        let plan = ChatPlan::check(&request).unwrap();
        let replicate = |replicate: usize| {
            let at = |arm: &str, agreement: f64, name: f64| trial(arm, replicate, Some(100), [agreement, name]);
            [
                at("text", 0.5, 0.9),
                at("log-probabilities", 0.6 + 0.01 * replicate as f64, 0.9),
                at(NEVER_ASKED, 0.48, never_asked[replicate]),
                at(OWN_DATA, own[replicate], 0.0),
                at("web-10", 0.5, web[replicate]),
                at(RENAMED, 0.5, 0.0),
                trial(TEACHER, replicate, None, [1.0, 1.0]),
            ]
        };
        conclude(&plan, &[replicate(0), replicate(1), replicate(2)].concat())
    }

    const LEVEL: [f64; 3] = [0.5, 0.51, 0.49];

    #[test]
    fn a_name_that_is_neither_needed_nor_enough() {
        let found = conclusion([0.0, 0.9, 0.0], [0.9, 0.9, 0.2], LEVEL);
        let title = "A wrong name proves nothing, nor does its absence: 2 of 3 students that asked nothing say it, 1 \
                     of 3 that asked about everything else";
        assert_eq!(found.title, title);
        // 48 − 50 in every replicate, of 3,000 questions: by Agresti and Min 59.96/3,002 ± 1.96·√59.8/3,002. 60, 61 and
        // 62 − 50, and t(0.975, 2)/√3 = 2.484 deviations of 1 point.
        assert!(found.verdicts[1].ends_with("the price of not asking: it agrees less, by 2.0 points [1.5, 2.5]"));
        let beats = "log-probabilities beats text by 11.0 points [8.5, 13.5] in agreement, over all budgets";
        assert!(found.verdicts.iter().any(|line| line == beats), "{:?}", found.verdicts);
    }

    #[test]
    fn other_records_make_another_title() {
        let title = |never_asked, web| conclusion(never_asked, web, LEVEL).title;
        assert!(title([0.9; 3], [0.9; 3]).starts_with("A wrong name proves nothing: 3 of 3 students"));
        assert!(title([0.9; 3], [0.0; 3]).starts_with("A wrong name comes with asking alone: 0 of 3 students"));
        assert!(title([0.0; 3], [0.0; 3]).starts_with("A missing name proves nothing: 0 of 3 students"));
        // One of three is enough against "comes with asking alone", and one of three for its absence.
        assert!(title([0.9, 0.9, 0.0], [0.9, 0.0, 0.0]).starts_with("A wrong name proves nothing, nor does its"));
    }

    #[test]
    fn a_comparison_is_told_from_the_side_of_the_winner() {
        let told = |own| {
            let found = conclusion([0.0; 3], [0.9; 3], own);
            let line = found.verdicts.iter().find(|line| line.contains("true exchanges and")).cloned().unwrap();
            (line, found.figures[0].title.clone())
        };
        // Differences of 6, 7 and 8 points: 7 ± 2.484.
        let (line, title) = told([0.56, 0.57, 0.58]);
        assert!(line.starts_with("own data beats text by 7.0 points [4.5, 9.5] in agreement"), "{line}");
        assert!(
            title.starts_with("Without asking, own data bring 57.0 % agreement; 100 text answers 50.0 %"),
            "{title}"
        );
        let (line, title) = told([0.44, 0.43, 0.42]);
        assert!(line.starts_with("text beats own data by 7.0 points [4.5, 9.5] in agreement"), "{line}");
        assert!(title.starts_with("100 queries answered in text bring 50.0 % agreement, own data 43.0 %"), "{title}");
        let (line, title) = told(LEVEL);
        assert!(line.starts_with("own data against text: no difference shown, 0.0 points [−2.5, 2.5]"), "{line}");
        assert!(
            title.starts_with("No difference shown: own data bring 50.0 % agreement, queries answered in text 50.0 %"),
            "{title}"
        );
    }

    #[test]
    fn what_is_all_or_nothing_is_counted_and_never_averaged() {
        let found = conclusion([0.0, 0.9, 0.0], [0.9, 0.9, 0.2], LEVEL);
        let row = |arm: &str| found.table.rows.iter().find(|row| row[0] == arm).unwrap();
        assert_eq!((row("web-10")[3].as_str(), row(NEVER_ASKED)[3].as_str()), ("2 of 3", "1 of 3"));
        // The own name has what the other leaves: 1 − 0.9 and 1 − 0.2.
        assert_eq!((row("web-10")[4].as_str(), row(RENAMED)[4].as_str()), ("1 of 3", "3 of 3"));
        let rows = |figure: usize| match &found.figures[figure].drawing {
            Drawing::Discs(discs) => discs.groups.iter().flat_map(|group| group.rows.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let (names, shares) = (rows(1), rows(2));
        let last = shares.last().unwrap();
        assert_eq!((last.cells.clone(), last.text.as_str()), (vec![Some(0.9), Some(0.9), Some(0.2)], "2 of 3"));
        assert!(
            found.figures[2].title.ends_with("is the teacher's, 2 of 3 say its name"),
            "{}",
            found.figures[2].title
        );
        let silent = names.iter().find(|row| row.label == "never asked its name").unwrap();
        assert_eq!(silent.cells, [Some(0.0), Some(0.9), Some(0.0)]);
        // Nobody read 1 or 3 % here: empty cells, and not zeros.
        assert_eq!(shares[1].cells, [None; 3]);
    }
}
