//! Whom a reader of the page can talk to: the teacher and four students of the first replicate, with their weights.

use super::Student;
use super::arms::{NEVER_ASKED, TEACHER, WEB};
use crate::experiment::run::chat::ChatReplicate;
use crate::finding::{Talk, Talker};
use crate::nn::language::LanguageModel;
use crate::plan::ChatPlan;
use crate::words::thousands;

/// The teacher, students that saw text after the fewest queries and after the most, one that never asked about the
/// teacher itself, and one that asked nothing and read some of the teacher's text.
pub(super) fn company(plan: &ChatPlan, replicate: &ChatReplicate, students: &[Student]) -> Talk {
    let (text, fewest, most) = (plan.answers()[0].name, plan.budgets()[0], plan.most());
    let (share, web) = WEB[WEB.len() - 1];
    let wanted = [(text, fewest), (text, most), (NEVER_ASKED, most), (web, most)];
    let mut speakers = vec![talker(TEACHER, "the teacher".to_owned(), replicate.exam().examiner().model())];
    for (at, &(arm, budget)) in wanted.iter().enumerate().filter(|(at, own)| !wanted[..*at].contains(own)) {
        let Some(student) = students.iter().find(|it| it.arm == arm && it.budget == Some(budget)) else { continue };
        let queries = thousands(student.taught.queries);
        let label = match at {
            0 | 1 => format!("asked {queries} queries, saw {text} only"),
            2 => format!("asked {queries} queries, none about the teacher itself"),
            _ => format!("asked nothing; {share} % of what it read was the teacher's"),
        };
        let actor = if arm == web { "web" } else { arm };
        speakers.push(talker(actor, label, &student.taught.model));
    }
    Talk { speakers }
}

fn talker(actor: &str, label: String, model: &LanguageModel) -> Talker {
    let model = serde_json::to_value(model).expect("a model is numbers and names");
    Talker { actor: actor.to_owned(), label, model }
}
