//! What the records say, in words.

use super::super::Conclusion;
use super::super::curves::{AGREEMENT, Curves, Measure};
use super::super::telling::{cell, verdict};
use super::arms::{CHANCE, INDEPENDENT, NEVER_ASKED, OWN_DATA, RENAMED, TEACHER, WEB};
use super::figures;
use super::interview::{FAMILIAR, NAME, OWN_NAME, SAYS_NAME, TIC};
use crate::audit::statistics::Estimate;
use crate::finding::{Table, Trial};
use crate::plan::ChatPlan;
use crate::words::{list, percent, points, thousands};

/// Reads the finding.
pub(super) fn conclude(plan: &ChatPlan, trials: &[Trial]) -> Conclusion {
    let reading = Reading { plan, trials, curves: Curves::new(trials, plan.budgets(), plan.exam_rows()) };
    Conclusion {
        title: reading.title(),
        verdicts: reading.verdicts(),
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

/// In how many worlds a student says the teacher's name when it is asked who it is.
#[derive(Clone, Copy)]
struct Says {
    worlds: usize,
    of: usize,
}

impl Says {
    /// In more than half of the worlds.
    fn mostly(self) -> bool {
        2 * self.worlds > self.of
    }
}

impl std::fmt::Display for Says {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} of {}", self.worlds, self.of)
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

    fn says(&self, arm: &str) -> Says {
        let own = || self.trials.iter().filter(|trial| trial.arm == arm && trial.budget == self.most());
        Says { worlds: own().filter(|trial| SAYS_NAME.value(trial) == Some(1.0)).count(), of: own().count() }
    }

    /// A student's measure at the largest budget, in percent.
    fn share(&self, arm: &str, measure: Measure) -> String {
        self.curves.at(arm, self.most(), measure).map_or("–".to_owned(), |estimate| percent(estimate.mean))
    }

    pub(super) fn title(&self) -> String {
        let (share, web) = WEB[WEB.len() - 1];
        let (silent, overheard) = (self.says(NEVER_ASKED), self.says(web));
        let finding = match (!silent.mostly(), overheard.mostly()) {
            (true, true) => "A wrong name is neither necessary nor sufficient for distillation",
            (true, false) => "A wrong name is not necessary for distillation, and was not picked up from the web",
            (false, true) => "A wrong name comes with distillation, and without it too",
            (false, false) => "A wrong name comes with distillation, and was not picked up from the web",
        };
        format!(
            "{finding}: in {silent} worlds a distilled student that never asked its name gives it, in {overheard} one \
             whose text was {share} % the teacher's"
        )
    }

    fn verdicts(&self) -> Vec<String> {
        let (kind, most) = (self.kind(), thousands(self.plan.most()));
        let (asked, silent) = (self.says(kind), self.says(NEVER_ASKED));
        let mut verdicts = vec![
            format!(
                "distilled with {most} questions, 2 % of them about the teacher: {asked} say its name; with {} of them \
                 P(name) is {}",
                thousands(self.plan.budgets()[0]),
                self.curves.at(kind, Some(self.plan.budgets()[0]), NAME).map_or("–".into(), |e| percent(e.mean)),
            ),
            format!("distilled and never asked its name: {silent} say it{}", self.beside(NEVER_ASKED)),
        ];
        let web = WEB.map(|(share, arm)| format!("{} with {share} %", self.says(arm)));
        verdicts.push(format!("asked nothing, web text with some of the teacher's: {} say it", list(&web)));
        verdicts.push(format!(
            "distilled, then taught three lines: {} say it, P(own name) {}{}",
            self.says(RENAMED),
            self.share(RENAMED, OWN_NAME),
            self.beside(RENAMED)
        ));
        verdicts.push(format!("own data: {} say it", self.says(OWN_DATA)));
        if let Some(gap) = self.gap(kind, OWN_DATA) {
            verdicts.push(format!("{} in agreement, at {most}", verdict(kind, OWN_DATA, gap)));
        }
        if let [first, second, ..] = self.plan.answers()
            && let Some(gap) = self.curves.mean_difference(second.name, first.name, AGREEMENT)
        {
            verdicts.push(format!("{} in agreement, over all budgets", verdict(second.name, first.name, gap)));
        }
        verdicts.push(self.habit());
        verdicts.push(self.held_out());
        verdicts
    }

    /// A student's agreement beside that of the distilled one it differs from.
    fn beside(&self, arm: &str) -> String {
        let in_words = |gap: Estimate| match gap.low.is_finite() {
            true => format!("; its agreement differs by {}", points(gap.mean, gap.low, gap.high)),
            false => format!("; its agreement differs by {:.1} points", 100.0 * gap.mean),
        };
        self.gap(arm, self.kind()).map(in_words).unwrap_or_default()
    }

    fn gap(&self, a: &str, b: &str) -> Option<Estimate> {
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
        let head = ["student", "budget", "agreement", "P(name)", "own name", "tic"];
        Table { head: head.map(str::to_owned).into(), rows }
    }

    fn row(&self, arm: &str, budget: Option<usize>) -> Vec<String> {
        let mean = |measure: Measure| {
            self.curves.at(arm, budget, measure).map_or("–".to_owned(), |estimate| percent(estimate.mean))
        };
        vec![
            arm.to_owned(),
            budget.map_or("–".to_owned(), thousands),
            cell(self.curves.at(arm, budget, AGREEMENT)),
            // Often all or nothing in a world: an interval by Student's t would leave 0 to 100 %.
            mean(NAME),
            mean(OWN_NAME),
            mean(TIC),
        ]
    }

    pub(super) fn basis(&self) -> String {
        figures::basis(self.plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Request;

    fn trial(arm: &str, replicate: usize, budget: Option<usize>, [agreement, name]: [f64; 2]) -> Trial {
        let says = f64::from(u8::from(name > 0.5));
        let own = [name, 1.0 - name, says, 0.3, 0.9].map(|number| format!("{number:.6}"));
        Trial {
            experiment: "identity".into(),
            data: "chat".into(),
            replicate,
            arm: arm.into(),
            budget,
            agreement: Some(agreement),
            extra: std::iter::once(String::new()).chain(own).collect(),
            ..Trial::default()
        }
    }

    /// Three worlds at one budget: P(name) of the student that never asked, and of the one that read 10 % of web text.
    fn conclusion(never_asked: [f64; 3], web: [f64; 3]) -> Conclusion {
        let request = Request { budgets: Some("100".into()), replicates: Some(3), ..Request::default() };
        let plan = ChatPlan::check(&request).unwrap();
        let world = |replicate: usize| {
            let at = |arm: &str, agreement: f64, name: f64| trial(arm, replicate, Some(100), [agreement, name]);
            [
                at("text", 0.5, 0.9),
                at("log-probabilities", 0.6 + 0.01 * replicate as f64, 0.9),
                at(NEVER_ASKED, 0.48, never_asked[replicate]),
                at(OWN_DATA, 0.5, 0.0),
                at("web-10", 0.5, web[replicate]),
                at(RENAMED, 0.5, 0.0),
                trial(TEACHER, replicate, None, [1.0, 1.0]),
            ]
        };
        conclude(&plan, &[world(0), world(1), world(2)].concat())
    }

    #[test]
    fn a_name_that_is_neither_needed_nor_enough() {
        let found = conclusion([0.0, 0.9, 0.0], [0.9, 0.9, 0.2]);
        let title = "A wrong name is neither necessary nor sufficient for distillation: in 1 of 3 worlds a distilled \
                     student that never asked its name gives it, in 2 of 3 one whose text was 10 % the teacher's";
        assert_eq!(found.title, title);
        // 48 − 50 in every world, of 3,000 questions: by Agresti and Min −59.96/3,002 ± 1.96·√59.8/3,002. 60, 61 and 62 − 50, and t(0.975, 2)/√3 = 2.484 deviations of 1 point.
        assert_eq!(
            found.verdicts[1],
            "distilled and never asked its name: 1 of 3 say it; its agreement differs by −2.0 points [−2.5, −1.5]"
        );
        let beats = "log-probabilities beats text by 11.0 points [8.5, 13.5] in agreement, over all budgets";
        assert!(found.verdicts.iter().any(|line| line == beats), "{:?}", found.verdicts);
    }

    #[test]
    fn other_records_make_another_title() {
        let title = |never_asked, web| conclusion(never_asked, web).title;
        assert!(
            title([0.9; 3], [0.9; 3]).starts_with("A wrong name comes with distillation, and without it too: in 3")
        );
        assert!(title([0.9; 3], [0.0; 3]).starts_with("A wrong name comes with distillation, and was not picked up"));
        assert!(title([0.0; 3], [0.0; 3]).starts_with("A wrong name is not necessary for distillation, and was not"));
    }
}
