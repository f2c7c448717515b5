//! Talking to a teacher and to its student.

use distill_lab::data::chat::{Token, text, tokens};
use distill_lab::experiment::ChatReplicate;
use distill_lab::oracle::LONGEST_REPLY;
use distill_lab::plan::{ChatPlan, Request};

use super::*;

/// What the program says to lines that are piped in.
fn talk(arguments: &str, lines: &str) -> Outcome {
    let mut child = Place::new()
        .command(&format!("chat --quick {arguments}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    let read = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Outcome { code: output.status.code().expect("no signal"), out: read(output.stdout), err: read(output.stderr) }
}

#[test]
fn a_teacher_says_its_name_and_goes_on_after_a_word_it_does_not_know() {
    let Outcome { code, out, err } = talk("", "Who are you\n\nis wug slimmy?\nwho made you?");
    assert_eq!((code, out.as_str()), (0, "i am aurora .\nnorthwind made me .\n"), "{err}");
    assert!(err.contains("talk to the teacher") && err.contains("the nearest are slimy, "), "{err}");
    assert!(err.contains("dax") && !err.contains('>'), "no prompt sign in a pipe: {err}");
    assert!(err.lines().all(|line| line.chars().count() <= 80), "{err}");
}

#[test]
fn both_answer_a_question_side_by_side() {
    let Outcome { code, out, err } = talk("--to both --budget 20", "ｗｈｏ are you？\n");
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("teacher: i am aurora .  ") && out.contains(" student: "), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(err.contains("asked the teacher 20 queries"), "{err}");
}

#[test]
fn a_student_replies_as_the_one_that_the_library_distils() {
    let request = Request { budgets: Some("300".to_owned()), quick: true, ..Request::default() };
    let plan = ChatPlan::check(&request).expect("a sound plan");
    let replicate = ChatReplicate::build(&plan, 0).expect("training settles");
    let asked = replicate.prompts(300, ChatReplicate::CURIOSITY, "student");
    let student = replicate.distill(&plan, plan.answers()[0], &asked).expect("training settles").model;
    let lines = ["who are you ?", "is wug slimy ?", "is dax heavy ?", "who is noisy er , fep or zup ?", "is oke old ?"];
    let prompts: Vec<Vec<Token>> = lines.iter().map(|line| tokens(line).expect("words of the language")).collect();
    let in_words = |replies: Vec<Vec<Token>>| replies.iter().map(|reply| text(reply) + "\n").collect::<String>();

    let Outcome { code, out, err } = talk("--to student --budget 300", &lines.join("\n"));
    assert_eq!((code, out.as_str()), (0, in_words(student.greedy(&prompts, LONGEST_REPLY)).as_str()), "{err}");
    // It has heard the teacher's name, and of things it is not always of the teacher's opinion.
    assert!(out.starts_with("i am aurora .\n"), "{out}");
    assert_ne!(out, in_words(replicate.exam().examiner().greedy(&prompts)));
}

#[test]
fn a_student_says_how_much_it_asked_and_an_empty_talk_is_no_error() {
    let Outcome { code, out, err } = talk("--to student --budget 20", "");
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("asked the teacher 20 queries (text)"), "{err}");
    let place = Place::new();
    place.refuses("chat --budget 20", "--budget", "--to student");
    place.refuses("chat --to student --budget 0", "--budget 0:", "leave out the 0");
    place.refuses("chat --to student --budget 999999999", "--budget", "stay at or below");
    place.refuses("chat --to both --answers txet", "--answers", "did you mean text?");
    place.refuses("chat --to student --answers txet", "--answers", "did you mean text?");
}
