//! `distill chat`: talk to a teacher or to a student that was distilled a moment ago. One line in, one reply out.

use std::io::{self, BufRead, IsTerminal, Write};

use distill_lab::data::chat::{ADJECTIVES, END, NOUNS, Token, UnknownWord, nearest_words, text, tidied, tokens};
use distill_lab::experiment::{ChatReplicate, Taught};
use distill_lab::nn::language::LanguageModel;
use distill_lab::oracle::{Account, Chat, LONGEST_REPLY, Oracle, chat_surface};
use distill_lab::plan::{ChatPlan, PlanError};
use distill_lab::words::{counted, list};

use super::flags::{self, Partner};
use super::screen::{columns, say, wrap};
use super::{Exit, Obstacle};

/// Queries of a student where no number is given.
const BUDGET: usize = 1_000;
const EXAMPLES: &str = "  is wug slimy ?\n  who is slimy er , wug or dax ?\n  who are you ?\n  who made you ?";

/// Trains what was asked for and talks until the input ends.
pub(super) fn chat(flags: &flags::Chat) -> anyhow::Result<()> {
    // A plan has many budgets; here there is one, by a flag of another name.
    let own = |error: PlanError| Obstacle {
        exit: Exit::Usage,
        problem: error.to_string().replace("--budgets", "--budget"),
        hint: error.hint().replace("--budgets", "--budget"),
    };
    let plan = ChatPlan::check(&flags.request(BUDGET)).map_err(own)?;
    if flags.to == Partner::Teacher && flags.is_about_a_student() {
        let problem = "--budget and --answers are about a student, and the teacher asks nobody".to_owned();
        return Err(Obstacle {
            exit: Exit::Usage,
            problem,
            hint: "leave them out, or write --to student or --to both".to_owned(),
        }
        .into());
    }
    say("training a teacher that talks …");
    let replicate = ChatReplicate::build(&plan, 0)?;
    let kind = chat_surface("log-probabilities").expect("a kind of reply");
    let mut account = replicate.open(kind, usize::MAX, "you");
    let mut teacher = |prompt: &[Token]| greedy(&mut account, prompt);
    if flags.to == Partner::Teacher {
        say(format!("You talk to the teacher. It learned from {}.", counted(plan.corpus(), "exchange")));
        return talk(|prompt| Ok(text(&teacher(prompt)?)));
    }
    let (kind, prompts) = (plan.answers()[0], replicate.prompts(plan.most(), ChatReplicate::CURIOSITY, "student"));
    let Taught { model, queries, .. } = replicate.distill(&plan, kind, &prompts)?;
    let asked = format!("that asked the teacher {} ({}) and knows nothing else", counted(queries, "query"), kind.name);
    if flags.to == Partner::Student {
        say_in_lines(&format!("You talk to a student {asked}."));
        return talk(|prompt| Ok(text(&reply(&model, prompt))));
    }
    say_in_lines(&format!("You talk to the teacher and to a student {asked}."));
    talk(|prompt| Ok(side_by_side(&text(&teacher(prompt)?), &text(&reply(&model, prompt)))))
}

fn say_in_lines(text: &str) {
    wrap(text, columns(), "", "").iter().for_each(say);
}

/// Two replies to the same question in one line.
fn side_by_side(teacher: &str, student: &str) -> String {
    const HALF: usize = 36;
    let same = if teacher == student { "=" } else { "≠" };
    format!("teacher: {teacher:<HALF$} {same} student: {student}")
}

/// The opening, then a reply to each line.
fn talk(mut answer: impl FnMut(&[Token]) -> anyhow::Result<String>) -> anyhow::Result<()> {
    say(format!("Ask what things are, which is more so, and who it is:\n{EXAMPLES}"));
    for (head, words) in [("things:", &NOUNS[..]), ("can be:", &ADJECTIVES[..])] {
        let head = format!("{head:<8}");
        wrap(&words.join(" "), columns(), &head, &" ".repeat(head.len())).iter().for_each(say);
    }
    say("Ctrl-D ends.");
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let by_hand = io::stdin().is_terminal();
    let mut line = Vec::new();
    loop {
        if by_hand {
            // A screen that cannot be written to is no reason to stop.
            let _ = write!(anstream::stderr(), "> ");
        }
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let prompt = tidied(&String::from_utf8_lossy(&line));
        if prompt.is_empty() {
            continue;
        }
        match tokens(&prompt) {
            Ok(prompt) => {
                writeln!(out, "{}", answer(&prompt)?)?;
                out.flush()?;
            }
            Err(unknown) => say(does_not_know(&unknown)),
        }
    }
}

/// What the language has instead of a word that it does not have.
fn does_not_know(unknown: &UnknownWord) -> String {
    let near = nearest_words(&unknown.word);
    format!("there is no word {:?} here; the nearest are {}", unknown.word, list(&near))
}

/// A student's likeliest reply.
fn reply(model: &LanguageModel, prompt: &[Token]) -> Vec<Token> {
    model.greedy(&[prompt], LONGEST_REPLY).remove(0)
}

/// The teacher's likeliest reply, as a customer gets it who is shown log-probabilities: word by word, asking anew with
/// what has been said so far. Each word is a metered query.
fn greedy(account: &mut Account<Chat>, prompt: &[Token]) -> anyhow::Result<Vec<Token>> {
    let mut said = prompt.to_vec();
    while said.len() < prompt.len() + LONGEST_REPLY && said.last() != Some(&END) {
        let replies = account.ask(&[said.clone()])?;
        said.push(replies[0].likely[0][0].0);
    }
    Ok(said.split_off(prompt.len()))
}
