//! The game: an alarm closes accounts at once, and a copier has several. What does a student learn before the last one
//! is closed?

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, s};
use rayon::prelude::*;

use super::copiers::Copier;
use super::records::played;
use super::watch::Watch;
use super::{ACCOUNTS, BATCH, GAME_RATES};
use crate::experiment::runner::in_order;
use crate::experiment::{Chapter, RunError, World};
use crate::finding::Trial;
use crate::oracle::guard::{self, Guard};
use crate::oracle::{Desk, Split};
use crate::plan::Plan;
use crate::query::strategy;
use crate::student::{DistillError, Pupil, Reading};

/// A copier against an alarm, with so many accounts.
struct Game<'a> {
    copier: &'static str,
    questions: &'a Array2<f32>,
    rate: f64,
    guard: Arc<Guard>,
    accounts: usize,
}

/// How it ended.
struct End {
    blocked: usize,
    /// What was to be learned from each answer (answered × classes).
    targets: Array2<f32>,
}

/// How many games are played in a world.
pub(super) fn games(copiers: usize) -> usize {
    copiers * GAME_RATES.len() * ACCOUNTS.len()
}

/// Plays every game of a world: the first copier of each kind against each alarm with each number of accounts. One row
/// a game, with the grades of the student that learned from what was answered.
///
/// What a copier asks depends on the answers and not on the account, so what it would ask undisturbed is asked here
/// from the beginning until all accounts are closed. Games that end with the same answers share their student.
pub(super) fn play(
    plan: &Plan,
    world: &World,
    desk: &Desk,
    watch: &Watch,
    copiers: &[Copier],
    journal: &Chapter,
) -> Result<Vec<Trial>, RunError> {
    let games = all_games(watch, copiers);
    let start = world.start(plan, plan.student_hidden());
    let natural = strategy("natural").expect("a strategy of the registry");
    let pupil = world.pupil(&start, world.pool().points.view(), natural, Reading::AsShown, plan.student_recipe());
    let failed = |game: &Game, problem: DistillError| {
        RunError::of_student_size(world.replicate(), format!("{} before it was closed", game.copier), problem)
    };
    let play = |game: &Game| game.play(&pupil, desk).map_err(|problem| failed(game, problem));
    let ends: Vec<End> = in_order(games.par_iter().map(play).collect())?;

    // Equally many are not always the same: a kind of answer may draw what it shows, for each account anew.
    let student_of = |game: usize| (games[game].copier, &ends[game].targets);
    let first = |game: usize| (0..=game).find(|&other| student_of(other) == student_of(game)).expect("itself");
    let different: Vec<usize> = (0..games.len()).filter(|&game| first(game) == game).collect();
    let train = |&student: &usize| {
        let (game, targets) = (&games[student], ends[student].targets.view());
        let shared_by = (0..games.len()).filter(|&other| first(other) == student).count();
        let name = format!("{} {} by {} accounts at {}", game.copier, targets.nrows(), game.accounts, game.rate);
        journal.keep(name, shared_by, || {
            graded(plan, world, &pupil, game, targets).map_err(|problem| failed(game, problem))
        })
    };
    let students: Vec<Trial> = in_order(different.par_iter().map(train).collect())?;

    let row = |game: usize| {
        let student = different.iter().position(|&other| other == first(game)).expect("one of the different ones");
        played(students[student].clone(), games[game].rate, ends[game].blocked, games[game].accounts)
    };
    Ok((0..games.len()).map(row).collect())
}

fn all_games<'a>(watch: &Watch, copiers: &'a [Copier]) -> Vec<Game<'a>> {
    let guards: Vec<Arc<Guard>> = GAME_RATES.iter().map(|&rate| Arc::new(watch.guard(rate))).collect();
    let mut games = Vec::new();
    for Copier { name: copier, runs } in copiers {
        for (&rate, guard) in GAME_RATES.iter().zip(&guards) {
            let game =
                |&accounts: &usize| Game { copier, questions: &runs[0], rate, guard: Arc::clone(guard), accounts };
            games.extend(ACCOUNTS.iter().map(game));
        }
    }
    games
}

impl Game<'_> {
    fn play(&self, pupil: &Pupil, desk: &Desk) -> Result<End, DistillError> {
        let watched = desk.watched_by(guard::Watch::new(Arc::clone(&self.guard)));
        let mut split = Split::new((0..self.accounts).map(|number| watched.open_for(number)).collect());
        let targets = pupil.ask_while_open(&mut split, self.questions.view(), BATCH)?;
        Ok(End { blocked: split.blocked(), targets })
    }
}

/// The student that learned from these answers, graded.
fn graded(
    plan: &Plan,
    world: &World,
    pupil: &Pupil,
    game: &Game,
    targets: ArrayView2<f32>,
) -> Result<Trial, DistillError> {
    let answered = targets.nrows();
    let questions = game.questions.slice(s![..answered, ..]);
    let net = pupil.learn(questions, targets)?;
    Ok(Trial {
        budget: Some(game.questions.nrows()),
        queries: answered,
        asked_agreement: Some(world.exam().asked_agreement(&net, questions)),
        flops: Some(plan.student_recipe().flops(&net, answered)),
        ..world.row(plan, game.copier, world.exam().grade(&net))
    })
}
