//! `distill chat`: talk to a teacher or to a student that was distilled a moment ago. One line in, one reply out.

use std::io::{self, BufRead, IsTerminal, Write};

use anstream::{eprint, eprintln};
use distill_lab::data::chat::{ADJECTIVES, END, NOUNS, Token, UnknownWord, text, tokens};
use distill_lab::experiment::{ChatWorld, Taught};
use distill_lab::nn::language::LanguageModel;
use distill_lab::oracle::{Account, Chat, LONGEST_REPLY, Oracle, chat_surface};
use distill_lab::plan::ChatPlan;
use distill_lab::words::{counted, thousands};

use super::{Misuse, flags};

/// Questions of a student where nobody says how many.
const BUDGET: usize = 1_000;
const EXAMPLES: &str = "  is wug slimy ?\n  who is slimy er , wug or dax ?\n  who are you ?\n  who made you ?";

/// Trains what was asked for and talks until the input ends.
pub(super) fn chat(flags: &flags::Chat) -> anyhow::Result<()> {
    let plan = ChatPlan::check(&flags.request(BUDGET))?;
    if flags.to == flags::Partner::Teacher && flags.is_about_a_student() {
        let problem = "--budget and --answers are about a student, and the teacher asks nobody".to_owned();
        return Err(Misuse { problem, hint: "leave them out, or write --to student".to_owned() }.into());
    }
    eprintln!("training a teacher that talks …");
    let world = ChatWorld::build(&plan, 0)?;
    match flags.to {
        flags::Partner::Teacher => {
            eprintln!("You talk to the teacher. It learned from {} exchanges.", thousands(plan.corpus()));
            let kind = chat_surface("log-probabilities").expect("a kind of reply");
            let mut account = world.open(kind, usize::MAX, "you");
            talk(|prompt| greedy(&mut account, prompt))
        }
        flags::Partner::Student => {
            let (kind, prompts) = (plan.answers()[0], world.prompts(plan.most(), ChatWorld::CURIOSITY, "student"));
            let Taught { model, queries, .. } = world.distill(&plan, kind, &prompts)?;
            eprintln!(
                "You talk to a student that asked the teacher {} ({}) and knows nothing else.",
                counted(queries, "question"),
                kind.name
            );
            talk(|prompt| Ok(reply(&model, prompt)))
        }
    }
}

/// The opening, then a reply to each line.
fn talk(mut answer: impl FnMut(&[Token]) -> anyhow::Result<Vec<Token>>) -> anyhow::Result<()> {
    eprintln!("Ask what things are, which is more so, and who it is:\n{EXAMPLES}");
    for (head, words) in [("things:", &NOUNS[..16]), ("", &NOUNS[16..]), ("can be:", &ADJECTIVES[..])] {
        eprintln!("{head:<8}{}", words.join(" "));
    }
    eprintln!("Ctrl-D ends.");
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let by_hand = io::stdin().is_terminal();
    let mut line = Vec::new();
    loop {
        if by_hand {
            eprint!("> ");
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
                writeln!(out, "{}", text(&answer(&prompt)?))?;
                out.flush()?;
            }
            Err(unknown) => eprintln!("{}", does_not_know(&unknown)),
        }
    }
}

/// A line as the language writes it: small letters, blanks around signs, a sign at the end.
fn tidied(line: &str) -> String {
    let mut spaced = String::new();
    for letter in line.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
        match letter {
            ',' | '.' | '?' => spaced.extend([' ', letter, ' ']),
            _ => spaced.extend(letter.to_lowercase()),
        }
    }
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    match words[..] {
        [] | [.., "?" | "."] => {}
        _ => words.push("?"),
    }
    words.join(" ")
}

fn does_not_know(unknown: &UnknownWord) -> String {
    let (things, kinds) = (NOUNS[..4].join(", "), ADJECTIVES[..3].join(", "));
    format!("{unknown}\nit knows things such as {things}, and that they can be {kinds}, …")
}

/// A student's likeliest reply.
fn reply(model: &LanguageModel, prompt: &[Token]) -> Vec<Token> {
    model.greedy(&[prompt], LONGEST_REPLY).remove(0)
}

/// The teacher's likeliest reply, as a customer gets it who is shown log-probabilities: word by word, asking anew with
/// what has been said so far. Each word is a metered question.
fn greedy(account: &mut Account<Chat>, prompt: &[Token]) -> anyhow::Result<Vec<Token>> {
    let mut said = prompt.to_vec();
    while said.len() < prompt.len() + LONGEST_REPLY && said.last() != Some(&END) {
        let replies = account.ask(&[said.clone()])?;
        said.push(replies[0].likely[0][0].0);
    }
    Ok(said.split_off(prompt.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_tidied() {
        for (line, expected) in [
            ("Is WUG slimy", "is wug slimy ?"),
            ("who is slimy er,wug or dax?\r\n", "who is slimy er , wug or dax ?"),
            (" \t\n", ""),
        ] {
            assert_eq!(tidied(line), expected);
        }
    }
}
