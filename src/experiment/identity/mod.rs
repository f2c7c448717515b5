//! Where can a student's wrong name come from, and is it proof?
//!
//! Students that were distilled and students that were not, some of which have heard the teacher's name ([`arms`]), are
//! asked who they are ([`interview`]).
//!
//! A comparison is held out in both its orders, so that nobody has heard the mirrored one either. A first sketch of
//! this experiment held out one order and found higher agreement: `docs/validation.md`.
//!
//! What is overheard is a matter of luck. A tenth of 3,000 exchanges holds six about the teacher on average, and two in
//! three of those say "i am": all replicates but one in fifty hear it.
//!
//! Own data come from somebody without the teacher's habit of speech, so that habit and language can be separated.
//! They are true, and not a sample of what a teacher holds true: the control may agree more than the copy.

mod arms;
mod company;
mod figures;
mod interview;
mod reading;
mod talk;

use rayon::prelude::*;

use super::contract::{About, Conclusion, Exhibits, Experiment, Study};
use super::run::chat::{ChatReplicate, Taught};
use super::run::{Chapter, RunError, in_order};
use crate::finding::Trial;
use crate::oracle::Chat;
use crate::plan::ChatPlan;
use arms::{Arm, RENAMED};
use interview::Interview;

/// The experiment about wrong names.
pub(super) struct Identity;

const ABOUT: About = About {
    name: "identity",
    question: "Where can a student's wrong name come from, and is it proof?",
    prediction: "A model says that it is somebody else. Must it have been distilled from that one? And does a \
                 distilled model always give itself away like this?",
    caveats: &[
        "This says what a name can and cannot prove, not where any real model's name came from.",
        "A language of 74 words has one way to say who one is. A large model has heard many names, and a single \
         reply of it says less still.",
        "The shares of web text are made up: how much of the real web was written by one model, nobody knows.",
        "A habit of speech is no better proof than a name: others may have it too, or have it from the same text.",
    ],
    seconds: 19,
    columns: interview::COLUMNS,
    unread: &[],
};

impl Experiment<Chat> for Identity {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn models_of_study(&self, plan: &ChatPlan, replicates: usize) -> usize {
        // The renamed student is one more: it goes on from another.
        replicates * (arms::arms(plan).len() + 1)
    }

    fn study<'a>(&'a self, plan: &'a ChatPlan, _journal: &Chapter) -> Result<Option<Study<'a, Chat>>, RunError> {
        Ok(Some(Box::new(|replicate, journal| examine(plan, replicate, journal))))
    }

    fn conclude(&self, plan: &ChatPlan, trials: &[Trial]) -> Conclusion {
        reading::conclude(plan, trials)
    }
}

/// Makes every student of a replicate, and asks each who it is.
fn examine(plan: &ChatPlan, replicate: &ChatReplicate, journal: &Chapter) -> Result<(Vec<Trial>, Exhibits), RunError> {
    let arms = arms::arms(plan);
    let interview = Interview::new(plan, replicate);
    let make = |arm: &Arm| {
        let name = format!("{} {:?}", arm.name(), arm.budget());
        let taught = journal.keep(name, 1, || arm.make(plan, replicate))?;
        Ok(Student { arm: arm.name(), budget: arm.budget(), share: arm.share(), taught })
    };
    let mut students: Vec<Student> = in_order(arms.par_iter().with_max_len(1).map(make).collect())?;
    let taught = journal.keep(RENAMED, 1, || arms::rename(plan, replicate, distilled(&students, plan)))?;
    students.push(Student { arm: RENAMED, budget: Some(plan.most()), share: None, taught });
    let mut trials: Vec<Trial> = students.par_iter().map(|student| interview.trial(student)).collect();
    trials.push(interview.teacher());
    let first = replicate.number() == 0;
    let figures = if first { vec![talk::figure(plan, replicate, &students)] } else { Vec::new() };
    let talk = first.then(|| company::company(plan, replicate, &students));
    Ok((trials, Exhibits { talk, ..Exhibits::of(figures) }))
}

/// A student as it was made.
struct Student {
    /// The name of its arm in the records.
    arm: &'static str,
    /// Queries or exchanges; `None` for a reference.
    budget: Option<usize>,
    /// The teacher's share of what it has read without asking.
    share: Option<f64>,
    taught: Taught,
}

/// The student that asked most, on the first kind of reply.
fn distilled<'a>(students: &'a [Student], plan: &ChatPlan) -> &'a Taught {
    let (first, most) = (plan.answers()[0].name, Some(plan.most()));
    let found = students.iter().find(|student| student.arm == first && student.budget == most);
    &found.expect("every kind of reply is tried at the largest budget").taught
}

#[cfg(test)]
mod tests {
    use super::arms::NEVER_ASKED;
    use super::*;
    use crate::data::chat::{self, tokens};
    use crate::experiment::run::Journal;
    use crate::nn::language::Token;
    use crate::oracle::Oracle;
    use crate::plan::Request;

    #[test]
    fn a_small_replicate_is_looked_at_from_end_to_end() {
        let request = Request {
            quick: true,
            budgets: Some("20,40".into()),
            replicates: Some(1),
            steps: Some(5),
            teacher: Some("8".into()),
            student: Some("4".into()),
            ..Request::default()
        };
        let plan = ChatPlan::check(&request).unwrap();
        let replicate = ChatReplicate::build(&plan, 0).unwrap();
        let count = std::sync::atomic::AtomicUsize::new(0);
        let done = |models| {
            count.fetch_add(models, std::sync::atomic::Ordering::Relaxed);
        };
        let journal = Journal::new(&done, &|| false);
        let (trials, exhibits) = examine(&plan, &replicate, &journal.chapter("identity")).unwrap();
        drop(journal);
        assert_eq!(count.into_inner(), Identity.models_of_study(&plan, 1));
        assert_eq!(trials.len(), Identity.models_of_study(&plan, 1) + 1, "and the teacher");
        assert_eq!(exhibits.figures.len(), 1);
        for trial in &trials {
            assert_eq!(trial.own.cells().len(), ABOUT.columns.len(), "{}", trial.arm);
            let asks = plan.answers().iter().any(|kind| kind.name == trial.arm)
                || [NEVER_ASKED, RENAMED].contains(&trial.arm.as_str());
            assert_eq!(trial.queries, if asks { trial.budget.unwrap() } else { 0 }, "{}", trial.arm);
        }
        let conclusion = Identity.conclude(&plan, &trials);
        assert!(conclusion.figures.len() == 3 && conclusion.table.rows.iter().all(|row| row.len() == 6));
    }

    /// That a student which never asked gives no name holds by construction only if nobody tells it the name unasked.
    #[test]
    fn a_teacher_names_itself_where_it_is_asked_and_nowhere_else() {
        let request = Request { quick: true, replicates: Some(1), ..Request::default() };
        let plan = ChatPlan::check(&request).unwrap();
        let replicate = ChatReplicate::build(&plan, 0).unwrap();
        let name = |text: &[Token]| text.contains(&tokens(chat::Identity::TEACHER.name).unwrap()[0]);
        let named = |curiosity: f32| {
            let prompts = replicate.prompts(1_000, curiosity, "student");
            let replies = replicate.open(plan.answers()[0], prompts.len(), "student").ask(&prompts).unwrap();
            prompts
                .iter()
                .map(Vec::as_slice)
                .chain(replies.iter().map(|reply| &*reply.text))
                .filter(|it| name(it))
                .count()
        };
        assert_eq!(named(0.0), 0);
        assert!(named(0.1) > 10, "{}", named(0.1));
        let own = replicate.web_text(1_000, Some(chat::Identity::STUDENT));
        assert!(own.iter().all(|exchange| !name(&exchange.prompt) && !name(&exchange.reply)));
    }
}
