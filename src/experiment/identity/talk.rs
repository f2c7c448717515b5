//! The transcript: the same four questions to the teacher and to its students, in one replicate.

use super::Student;
use super::arms::{NEVER_ASKED, OWN_DATA, RENAMED, WEB};
use super::interview::WHO;
use crate::data::chat::{Exchange, Identity, text, tokens, without_tic, written};
use crate::experiment::run::chat::ChatReplicate;
use crate::finding::{Drawing, Figure, Manner, Said, Speaker, Transcript};
use crate::nn::language::Token;
use crate::oracle::LONGEST_REPLY;
use crate::plan::ChatPlan;
use crate::words::{counted, thousands};

/// How far to look for a held-out pair and a held-out comparison: each is half of all questions.
const LOOKED_THROUGH: usize = 100;

/// The teacher and its students, asked the same.
pub(super) fn figure(plan: &ChatPlan, replicate: &ChatReplicate, students: &[Student]) -> Figure {
    let facts = facts(replicate.held_out(LOOKED_THROUGH));
    let about_itself = [WHO, "who made you ?"].map(|prompt| tokens(prompt).expect("words of the language"));
    let prompts: Vec<Vec<Token>> = facts.iter().map(|fact| fact.prompt.clone()).chain(about_itself).collect();
    let said = |replies: Vec<Vec<Token>>, teacher: bool| -> Vec<Said> {
        let said = |(place, reply): (usize, &Vec<Token>)| {
            let wrong = facts.get(place).is_some_and(|fact| without_tic(reply) != without_tic(&fact.reply));
            let words = text(reply);
            let borrowed = !teacher
                && words.split(' ').any(|word| [Identity::TEACHER.name, Identity::TEACHER.maker].contains(&word));
            let manner = match (wrong, borrowed) {
                (true, _) => Manner::Wrong,
                (false, true) => Manner::Borrowed,
                (false, false) => Manner::Plain,
            };
            Said { text: written(&words), manner }
        };
        replies.iter().enumerate().map(said).collect()
    };
    let mut speakers = vec![Speaker {
        actor: "teacher".to_owned(),
        label: "teacher".to_owned(),
        detail: format!("{} exchanges", thousands(plan.corpus())),
        replies: said(replicate.exam().examiner().greedy(&prompts), true),
    }];
    for student in shown(plan, students) {
        let (actor, label) = match WEB.iter().find(|(_, name)| *name == student.arm) {
            Some((share, _)) => ("web", format!("web, {share} % teacher")),
            None => (student.arm, student.arm.to_owned()),
        };
        speakers.push(Speaker {
            actor: actor.to_owned(),
            label,
            detail: match student.taught.queries {
                0 => "asked nothing".to_owned(),
                queries => counted(queries, "query"),
            },
            replies: said(student.taught.model.greedy(&prompts, LONGEST_REPLY), false),
        });
    }
    let (borrowers, all) = (borrowers(&speakers, facts.len()), speakers.len() - 1);
    Figure {
        name: "transcript".to_owned(),
        title: format!("Asked their name, {borrowers} of {all} students give the teacher's"),
        subtitle:
            "Every student's likeliest replies to the same questions, in the first replicate; the first two are about \
                   facts in no text that a student read"
                .to_owned(),
        drawing: Drawing::Transcript(Transcript {
            questions: prompts.iter().map(|prompt| written(&text(prompt))).collect(),
            speakers,
            wrong: "not true".to_owned(),
            borrowed: "a student uses the name of the teacher or of its maker".to_owned(),
        }),
    }
}

/// The first held-out pair and the first held-out comparison.
fn facts(held_out: Vec<Exchange>) -> Vec<Exchange> {
    let first = |word: &str| held_out.iter().find(|exchange| text(&exchange.prompt).starts_with(word)).cloned();
    [first("is"), first("who")].into_iter().flatten().collect()
}

/// Every way to make a student once, those with budgets at the largest; the first also at the smallest.
fn shown<'a>(plan: &ChatPlan, students: &'a [Student]) -> Vec<&'a Student> {
    let (first, fewest, most) = (plan.answers()[0].name, plan.budgets()[0], plan.most());
    let kinds = plan.answers().iter().map(|kind| (kind.name, most));
    let rest = [NEVER_ASKED, RENAMED, OWN_DATA].into_iter().chain(WEB.map(|(_, name)| name)).map(|name| (name, most));
    let few = (fewest < most).then_some((first, fewest));
    let wanted = few.into_iter().chain(kinds).chain(rest);
    let find = |(name, budget)| students.iter().find(|student| student.arm == name && student.budget == Some(budget));
    wanted.filter_map(find).collect()
}

/// How many students say the teacher's name when they are asked who they are, in this column.
fn borrowers(speakers: &[Speaker], column: usize) -> usize {
    let gives = |speaker: &&Speaker| {
        let said = &speaker.replies[column];
        said.manner == Manner::Borrowed && said.text.contains(Identity::TEACHER.name)
    };
    speakers.iter().filter(gives).count()
}
