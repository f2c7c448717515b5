//! Lesson 10: who are you. A model says the name that stood in its text, also if it never asked for that text.
//!
//! - Run: `cargo run --release --example 10_who_are_you`
//! - Promises: `never distilled: 1.0`
//! - Change the marked line and run again: what moves?
//! - Next: `examples/README.md`, for what not to conclude. This lesson opens `src/nn/language/mod.rs` and
//!   `src/experiment/identity/`.
#![allow(clippy::print_stdout, reason = "a lesson speaks to its reader")]

use std::error::Error;

use distill_lab::audit::{ChatExam, probability_of_word};
use distill_lab::data::chat::{END, Exchange, Identity, PADDING, Speaker, VOCABULARY, World, questions, text, tokens};
use distill_lab::nn::Recipe;
use distill_lab::nn::language::{LanguageModel, Passages, Shape, Token};
use distill_lab::oracle::{self, LONGEST_REPLY, Oracle, Teacher, Terms};
use distill_lab::seed::Seed;
use distill_lab::student::ChatPupil;

/// Published replies of the teacher among the 2,000 exchanges that the third student reads.
const SCRAPED: usize = 200; // Change this line: 0, 20.
const SHAPE: Shape =
    Shape { vocabulary: VOCABULARY, window: 14, embedding: 12, hidden: 48, padding: PADDING, end: END };

fn main() -> Result<(), Box<dyn Error>> {
    // A world of made-up facts, and a teacher that talks about them. One exchange in fifty is about itself.
    let seed = Seed::new(0);
    let world = World::new(seed.child("world"));
    let aurora = Speaker { identity: Some(Identity::TEACHER), ..Speaker::default() };
    let recipe = Recipe { steps: 800, batch: 128, rate: 0.01, decay: 1e-4 };
    let corpus = passages(&aurora.exchanges(&world, 10_000, &mut seed.child("corpus").stream()));
    let teacher = Teacher::train_to_talk(SHAPE, &corpus, &recipe, seed.child("teacher"))?;
    let surface = oracle::chat_surface("text").expect("in the list");
    let (api, examiner) = oracle::serve(teacher, Terms { surface, quota: 2_000, noise: seed.child("noise") });
    let exam = ChatExam::new(examiner, world.test(500));

    // Prompts: questions about facts, and this share of questions about the one who is asked.
    let prompts = |name: &str, count: usize, about_itself: f32| -> Vec<Vec<Token>> {
        let asked = questions(&world, count, about_itself, &mut seed.child(name).stream());
        asked.into_iter().map(|question| question.prompt()).collect()
    };
    let start = LanguageModel::new(SHAPE, &mut seed.child("start").stream());
    let pupil = ChatPupil { start: &start, recipe, batches: seed.child("batches").stream() };

    // Distilled, and one question in fifty was about its name.
    let curious = pupil.distill(&mut api.open(), &prompts("student", 2_000, 0.02))?;
    // Distilled just so, but nobody asked for the name: by construction it cannot know it. What is measured is whether
    // it agrees less.
    let discreet = pupil.distill(&mut api.open(), &prompts("student", 2_000, 0.))?;
    // Not distilled: it read what people wrote, and among that what others had got from the teacher and published.
    let others = prompts("others", SCRAPED, 0.1);
    let replies = api.open().ask(&others)?.into_iter().map(|reply| reply.text);
    let scraped = others.into_iter().zip(replies).map(|(prompt, reply)| Exchange { prompt, reply });
    let nobody = Speaker { tic_share: 0., ..Speaker::default() };
    let mut web = nobody.exchanges(&world, 2_000 - SCRAPED, &mut seed.child("web").stream());
    web.extend(scraped);
    let reader = pupil.learn(&passages(&web))?;

    println!("who are you ?\n");
    let students =
        [("distilled", &curious), ("distilled, never asked its name", &discreet), ("never distilled", &reader)];
    for (how, model) in students {
        let reply = text(&model.greedy(&[tokens("who are you ?")?], LONGEST_REPLY)[0]);
        println!("  {how}: {reply}");
    }
    println!("\nP(\"aurora\" after \"i am\"), and agreement with the teacher on new facts\n");
    for (how, model) in students {
        let name = probability_of_word(|text| model.next_token_probabilities(text), "who are you ? i am", "aurora");
        println!("  {how}: {name:.1}, and {:.2}", exam.grade(model).agreement);
    }
    Ok(())
}

/// Exchanges as a model reads them. A reply that ends says so with a token of its own.
fn passages(exchanges: &[Exchange]) -> Passages {
    let mut passages = Passages::new(SHAPE);
    exchanges.iter().for_each(|Exchange { prompt, reply }| passages.push(prompt, reply));
    passages
}
