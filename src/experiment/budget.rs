//! How many queries until the student agrees with the teacher?
//!
//! Each kind of answer is an arm, and so is `truth`: the same student on the same points with their true labels, no
//! teacher. The sweep trains every arm afresh at every budget.

use super::contract::{About, Conclusion, Exhibits, Experiment};
use super::read::claims::Claim;
use super::read::curves::{AGREEMENT, Curves, Measure, SAME_MISTAKES};
use super::read::levels::Level;
use super::run::RunError;
use super::run::references::Reference;
use super::run::replicate::Replicate;
use super::run::spec::{Job, TRUTH, answers_and_truth};
use super::show::pictures::exhibits;
use super::show::sentences::{arms, basis, by_budget, goal, how_many, label, line, needs, with};
use super::unread::Unread;
use crate::audit::statistics::Verdict;
use crate::finding::{Curves as Chart, Drawing, Figure, Scale, Trial};
use crate::plan::Plan;
use crate::words::{does, percent, thousands};

/// The agreement that the title speaks of: the first of these that the first arm reaches.
const LEVELS: [f64; 2] = [0.95, 0.90];

/// What the share of repeated mistakes is held against: who never met the teacher.
const WITHOUT_CONTACT: [Reference; 4] =
    [Reference::Bayes, Reference::Ensemble, Reference::Independent, Reference::Chance];

/// The headline experiment.
pub(super) struct Budget;

const ABOUT: About = About {
    name: "budget",
    question: "How many queries until a student agrees with its teacher?",
    prediction: "The teacher learned from true labels. How many answers does a student need to agree with the teacher \
                 on 95 of 100 new points: answers with probabilities, and answers with labels only?",
    caveats: &[
        "High agreement is not proof of copying, and neither are shared mistakes. Better models that never met \
         the teacher come as close: eight independent models that answer together, and where the density of the data \
         is known the best rule there is (Bayes).",
        "A toy shows a mechanism. Its numbers say nothing about how many queries a large language model would \
         take.",
        "Where queries are natural, a student asks about points of the data themselves. Somebody who has none must \
         ask otherwise: evenly over the box, for one.",
    ],
    seconds: 6,
    columns: &[],
    unread: &[Unread::PRICES],
};

impl Experiment for Budget {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        answers_and_truth(plan)
    }

    fn asks_others(&self) -> bool {
        true
    }

    /// A map or a sheet shows answers that nobody asked for: those of somebody else's teacher cost queries.
    fn exhibit(&self, plan: &Plan, replicate: &Replicate) -> Result<Exhibits, RunError> {
        if plan.remote().is_some() {
            return Ok(Exhibits::default());
        }
        Ok(Exhibits::of(exhibits(plan, replicate)?))
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let reading = Reading { plan, arms: arms(plan), curves: Curves::of(plan, trials) };
        let title = reading.title();
        Conclusion {
            verdicts: reading.verdicts(),
            claims: reading.claims(),
            next: next(plan),
            table: by_budget(plan, &reading.curves, &reading.arms),
            figures: vec![reading.agreement_figure(&title), reading.mistakes_figure()],
            title,
        }
    }
}

/// What to try: the same replicate asked for less, and another replicate.
fn next(plan: &Plan) -> Vec<String> {
    let narrow: Vec<String> = plan.student_hidden().iter().map(|width| width.div_ceil(4).to_string()).collect();
    let other = if plan.data().name() == "glyphs" { "moons" } else { "glyphs" };
    vec![
        format!("run budget{} --student {}", plan.data_flags(), narrow.join(",")),
        format!("run budget --data {other} --quick"),
    ]
}

/// The records, read.
struct Reading<'a> {
    plan: &'a Plan,
    arms: Vec<String>,
    curves: Curves<'a>,
}

impl Reading<'_> {
    /// The level that title and call-outs speak of: the highest that the first arm reaches in most replicates and that
    /// takes more than always giving the same answer.
    fn level(&self) -> Option<f64> {
        let reached = |level: f64| self.level_of(&self.arms[0], level).is_some_and(|it| it.median().is_reached());
        LEVELS.into_iter().find(|&level| reached(level) && !self.curves.is_trivial(level))
    }

    fn level_of(&self, arm: &str, level: f64) -> Option<Level> {
        self.curves.level(arm, level, AGREEMENT)
    }

    fn title(&self) -> String {
        let (first, rival, most) = (&self.arms[0], &self.arms[1], thousands(self.plan.most()));
        let Some((level, own)) = self.level().and_then(|level| Some((level, self.level_of(first, level)?))) else {
            return self.title_without_a_level();
        };
        let opening = match self.curves.mean_difference(first, rival, AGREEMENT).map(|claim| claim.verdict()) {
            Some(Verdict::Beats) => "",
            Some(Verdict::LosesTo) => &format!("{first} loses to {rival}: "),
            Some(Verdict::NoDifference) | None => "No difference shown: ",
        };
        let (reached, replicates) = own.reached();
        let of_all =
            if reached < replicates { format!(" in {reached} of {replicates} replicates") } else { String::new() };
        let claim = format!("{} agreement takes {}{of_all}", goal(level), how_many(&own.about(), first));
        match self.level_of(rival, level).filter(|rival| rival.median().is_reached()) {
            Some(other) if rival == TRUTH => format!("{opening}{claim}, {}", how_many(&other.about(), rival)),
            Some(other) => format!("{opening}{claim}, {} {}", other.about(), with(rival)),
            None => format!("{opening}{claim}; {} {} not reach it", how_many(&most, rival), does(&most, "do")),
        }
    }

    /// Where no level is reached, or none that means something.
    fn title_without_a_level(&self) -> String {
        let (first, most) = (&self.arms[0], thousands(self.plan.most()));
        let lowest = LEVELS[LEVELS.len() - 1];
        let constant = self.curves.at(Reference::Constant.name(), None, AGREEMENT);
        if let Some(constant) = constant.filter(|constant| constant.mean >= lowest) {
            return format!(
                "Always giving one answer agrees on {}: reaching less says nothing",
                percent(constant.mean)
            );
        }
        let reached = self.curves.at(first, Some(self.plan.most()), AGREEMENT).map_or(f64::NAN, |e| e.mean);
        let claim = format!("{} {} {} agreement", how_many(&most, first), does(&most, "bring"), percent(reached));
        let more =
            self.curves.difference((first, Some(self.plan.most())), (Reference::Constant.name(), None), AGREEMENT);
        match (more.map(|claim| claim.verdict()), constant) {
            // The mean may be there where half of the replicates are not.
            (Some(Verdict::Beats), _) | (_, None) if reached >= lowest => {
                let (arrived, all) = self.level_of(first, lowest).map_or((0, 0), |level| level.reached());
                format!("{claim} on average; {} is reached in {arrived} of {all} replicates", goal(lowest))
            }
            (Some(Verdict::Beats), _) | (_, None) => format!("{claim}, short of {}", goal(lowest)),
            (_, Some(constant)) => {
                format!("{claim}, not shown to be more than always one answer ({})", percent(constant.mean))
            }
        }
    }

    fn verdicts(&self) -> Vec<String> {
        let need = |arm: &str, level: &Level| how_many(&level.about(), arm) + &level.spread();
        let needs = |&level: &f64| needs(&self.arms, &self.curves, (level, AGREEMENT), self.plan.most(), need);
        let mut verdicts: Vec<String> = LEVELS.iter().map(needs).collect();
        verdicts.extend(self.claims().iter().map(line));
        if self.plan.strategy().name() != "natural" {
            verdicts.push(format!(
                "{TRUTH} learns from natural points: against it, answers and {} are mixed",
                self.plan.strategy().name()
            ));
        }
        verdicts
    }

    /// Each kind of answer against the next, the last against true labels, on the whole; then the student with most
    /// queries against models that never met the teacher. A better one is closer to it: one independent model alone
    /// shows no contact.
    fn claims(&self) -> Vec<Claim> {
        let (first, most) = (self.arms[0].as_str(), Some(self.plan.most()));
        let on_the_whole = |pair: &[String]| self.curves.mean_difference(&pair[0], &pair[1], AGREEMENT);
        let against = |measure: Measure, (arm, name): (&str, &str), budget: Option<usize>| {
            Some(self.curves.difference((first, most), (arm, budget), measure)?.named(first, name))
        };
        let independent = [Reference::Independent, Reference::Ensemble, Reference::Bayes];
        let named = independent.map(|model| (model.name(), model.label()));
        let mut claims: Vec<Claim> = self.arms.windows(2).filter_map(on_the_whole).collect();
        claims.extend(named.iter().filter_map(|&model| against(AGREEMENT, model, None)));
        claims.extend(against(SAME_MISTAKES, (TRUTH, TRUTH), most));
        claims.extend(named.iter().filter_map(|&model| against(SAME_MISTAKES, model, None)));
        claims
    }

    fn agreement_figure(&self, title: &str) -> Figure {
        let level = self.level();
        let callout = |arm: &String| self.level_of(arm, level?)?.callout(arm);
        let chart = Chart {
            y_label: "Agreement with the teacher".to_owned(),
            threshold: level,
            callouts: self.arms.iter().filter_map(callout).collect(),
            ..self.chart(AGREEMENT)
        };
        Figure {
            name: "agreement".to_owned(),
            title: title.to_owned(),
            subtitle: format!("How often student and teacher give the same answer to new points; {}", basis(self.plan)),
            drawing: Drawing::Curves(chart),
        }
    }

    fn mistakes_figure(&self) -> Figure {
        let (first, most) = (&self.arms[0], Some(self.plan.most()));
        let at = |arm: &str| self.curves.at(arm, most, SAME_MISTAKES).map(|estimate| percent(estimate.mean));
        let gap = self.curves.difference((first, Some(self.plan.most())), (TRUTH, most), SAME_MISTAKES);
        let title = match (at(first), at(TRUTH), gap.map(|claim| claim.verdict())) {
            (Some(student), Some(truth), Some(Verdict::Beats)) => {
                // Beside the control alone, the student's share would read as a mark of contact.
                let independent = [(Reference::Bayes, "the Bayes rule"), (Reference::Ensemble, "an ensemble")];
                let share = |it: Reference| self.curves.at(it.name(), None, SAME_MISTAKES);
                let met = independent.into_iter().find_map(|(it, name)| Some((name, percent(share(it)?.mean))));
                let (name, share) = met.unwrap_or(("true labels", truth));
                format!("Without contact {name} repeats {share} of the mistakes, students {student}")
            }
            (Some(student), Some(truth), Some(Verdict::LosesTo)) => {
                format!("Students repeat {student} of the teacher's mistakes, true labels {truth}")
            }
            (Some(student), Some(truth), Some(Verdict::NoDifference)) => {
                format!("No difference shown: students repeat {student} of the mistakes, true labels {truth}")
            }
            _ => "The teacher made no mistake that could be repeated".to_owned(),
        };
        let bayes = self.curves.at(Reference::Bayes.name(), None, SAME_MISTAKES);
        Figure {
            name: "same-mistakes".to_owned(),
            title,
            subtitle: format!(
                "Share of the teacher's mistakes that a student, or a model that never met it, makes as well{}; {}",
                if bayes.is_some() { " (the Bayes rule: the best there is)" } else { "" },
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                y_label: "Teacher's mistakes repeated".to_owned(),
                references: self.curves.lines(&WITHOUT_CONTACT, SAME_MISTAKES),
                ..self.chart(SAME_MISTAKES)
            }),
        }
    }

    /// The curves of all arms with all references.
    fn chart(&self, measure: Measure) -> Chart {
        Chart {
            x_label: "Query budget: queries (without a teacher: labelled examples)".to_owned(),
            y_label: String::new(),
            scale: Scale::Opening,
            series: self.arms.iter().map(|arm| self.curves.series(arm, &label(arm), measure)).collect(),
            references: self.curves.lines(&Reference::LINES, measure),
            threshold: None,
            callouts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Request;

    const REPLICATES: usize = 6;

    /// Records in which each arm has these agreements at 10, 100 and 1,000 in every replicate, a little up and down,
    /// and the constant answer agrees on a fifth, or on another share.
    fn conclusion(arms: [(&str, [f64; 3]); 3], constant: f64) -> Conclusion {
        let request =
            Request { budgets: Some("10,100,1000".into()), replicates: Some(REPLICATES), ..Request::default() };
        let plan = Plan::check(&request).unwrap();
        let trial = |replicate: usize, arm: &str, budget: Option<usize>, agreement: f64| Trial {
            replicate,
            arm: arm.to_owned(),
            budget,
            agreement: Some(agreement),
            accuracy: Some(agreement),
            same_mistakes: Some(agreement),
            ..Trial::default()
        };
        let mut trials = Vec::new();
        for replicate in 0..REPLICATES {
            let shift = if replicate % 2 == 0 { 0.001 } else { -0.001 };
            for (arm, shares) in arms {
                for (budget, share) in [10, 100, 1_000].into_iter().zip(shares) {
                    trials.push(trial(replicate, arm, Some(budget), share + shift));
                }
            }
            trials.push(trial(replicate, "constant", None, constant));
            trials.push(trial(replicate, "teacher", None, 0.8));
            trials.push(trial(replicate, "independent", None, 0.96));
            trials.push(trial(replicate, "ensemble", None, 0.98));
        }
        Budget.conclude(&plan, &trials)
    }

    fn arms(probabilities: [f64; 3], label: [f64; 3]) -> [(&'static str, [f64; 3]); 3] {
        [("probabilities", probabilities), ("label", label), (TRUTH, [0.3, 0.5, 0.7])]
    }

    #[test]
    fn the_title_follows_the_records() {
        // 95 % is half way, in the logarithm of queries, from 10 to 100 and from 100 to 1,000: 32 and 320.
        let [early, late] = [[0.93, 0.97, 0.98], [0.60, 0.93, 0.97]];
        let won = conclusion(arms(early, late), 0.2);
        let verdict = |found: &Conclusion| (found.claims[0].a.clone(), found.claims[0].verdict());
        assert_eq!(verdict(&won), ("probabilities".to_owned(), Verdict::Beats));
        assert_eq!(won.title, "95 % agreement takes 32 queries with probabilities, 320 with labels only");
        let lost = conclusion(arms(late, early), 0.2);
        assert_eq!(
            lost.title,
            "probabilities loses to label: 95 % agreement takes 320 queries with probabilities, 32 with labels only"
        );
        assert_eq!(verdict(&lost).1, Verdict::LosesTo);
        let even = conclusion(arms(early, early), 0.2);
        assert_eq!(verdict(&even).1, Verdict::NoDifference);
        assert!(even.title.starts_with("No difference shown: 95 % agreement takes 32 queries with"), "{}", even.title);
        let only = conclusion(arms(early, [0.5, 0.6, 0.7]), 0.2);
        assert!(only.title.ends_with("; 1,000 queries with labels only do not reach it"), "{}", only.title);
    }

    #[test]
    fn a_level_beyond_the_budgets_is_a_bound() {
        let late = conclusion(arms([0.96, 0.97, 0.98], [0.60, 0.93, 0.97]), 0.2);
        let title = "95 % agreement takes 10 or fewer queries with probabilities, 320 with labels only";
        assert_eq!(late.title, title);
        let Drawing::Curves(chart) = &late.figures[0].drawing else { panic!("a chart of curves") };
        let called: Vec<&str> = chart.callouts.iter().map(|callout| callout.actor.as_str()).collect();
        assert_eq!(called, ["label"], "a bound is not called out");
        assert!(late.verdicts[0].contains("10 or fewer queries with probabilities,"), "{}", late.verdicts[0]);
        assert!(late.verdicts[0].contains("more than 1,000 true labels without a teacher (reached in 0 of 6"));
        let never = conclusion(arms([0.3, 0.5, 0.7], [0.2, 0.4, 0.6]), 0.2);
        assert_eq!(never.title, "1,000 queries with probabilities bring 70.0 % agreement, short of 90 %");
    }

    #[test]
    fn what_one_answer_reaches_is_not_reached_by_queries() {
        let lopsided = conclusion(arms([0.99; 3], [0.99; 3]), 0.99);
        assert_eq!(lopsided.title, "Always giving one answer agrees on 99.0 %: reaching less says nothing");
        assert!(lopsided.verdicts[0].starts_with("95 % agreement says nothing here"), "{}", lopsided.verdicts[0]);
        let stuck = conclusion(arms([0.2; 3], [0.2; 3]), 0.2);
        let title = "1,000 queries with probabilities bring 20.0 % agreement, not shown to be more than always one \
                     answer (20.0 %)";
        assert_eq!(stuck.title, title);
    }

    #[test]
    fn a_better_model_that_never_met_the_teacher_stands_beside_the_student() {
        let found = conclusion(arms([0.93, 0.97, 0.97], [0.6, 0.9, 0.96]), 0.2);
        let lines = found.verdicts.join("\n");
        // 97 ± 0.1 points in six replicates against 96 and 98.
        assert!(lines.contains("\nprobabilities beats independent by 1.0 points"), "{lines}");
        assert!(lines.contains("\nprobabilities loses to eight independent by 1.0 points"), "{lines}");
        assert!(lines.contains("\nsame mistakes: probabilities loses to eight independent"), "{lines}");
    }
}
