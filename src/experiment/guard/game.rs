//! The game: an alarm closes accounts at once, and a copier has several. What does a student learn before the last one
//! is closed?

use std::collections::VecDeque;
use std::sync::Arc;

use ndarray::{Array2, Axis, s};
use rayon::prelude::*;

use super::copiers::Copier;
use super::records::played;
use super::watch::Watch;
use super::{ACCOUNTS, BATCH, GAME_RATES};
use crate::experiment::run::replicate::Replicate;
use crate::experiment::run::{Chapter, RunError, in_order};
use crate::finding::Trial;
use crate::oracle::guard::{self, Guard};
use crate::oracle::{Account, Api, Oracle};
use crate::plan::Plan;
use crate::student::{DistillError, Pupil};

/// A copier against an alarm, with a number of accounts.
struct Game<'a> {
    copier: &'static str,
    /// What its accounts ask: all take one list in turn, or each has its own.
    lists: &'a [Array2<f32>],
    rate: f64,
    guard: Arc<Guard>,
    accounts: usize,
}

/// How it ended.
struct End {
    blocked: usize,
    /// Which query of which list was answered.
    asked: Vec<(usize, usize)>,
    /// What was to be learned from each answer (answered × classes).
    targets: Array2<f32>,
}

/// How many games are played in a replicate.
pub(super) fn games(copiers: usize) -> usize {
    copiers * GAME_RATES.len() * ACCOUNTS.len()
}

/// Plays every game of a replicate: the first copier of each kind against each alarm with each number of accounts. One
/// row a game, with the grades of the student that learned from what was answered.
///
/// What a copier asks depends on the answers at most, and not on whether they will stop, so what it would ask
/// undisturbed is asked here from the beginning until all accounts are closed. Games that end with the same answers to
/// the same queries share their student.
pub(super) fn play(
    plan: &Plan,
    replicate: &Replicate,
    api: &Api,
    watch: &Watch,
    copiers: &[Copier],
    journal: &Chapter,
) -> Result<Vec<Trial>, RunError> {
    let games = all_games(watch, copiers);
    let start = replicate.start(plan, plan.student_hidden());
    let (pool, bounds) = (replicate.pool().points.view(), plan.data().bounds());
    let pupil = Pupil::new(&start, pool, bounds, plan.student_recipe(), replicate.root());
    let failed = |game: &Game, problem: DistillError| {
        RunError::of_student_size(replicate.number(), format!("{} before it was closed", game.copier), problem)
    };
    let play = |game: &Game| game.play(&pupil, api).map_err(|problem| failed(game, problem));
    let ends: Vec<End> = in_order(games.par_iter().map(play).collect())?;

    // Equally many are not always the same: a kind of answer may draw what it shows, for each account anew.
    let student_of = |game: usize| (games[game].copier, &ends[game].asked, &ends[game].targets);
    let first = |game: usize| (0..=game).find(|&other| student_of(other) == student_of(game)).expect("itself");
    let different: Vec<usize> = (0..games.len()).filter(|&game| first(game) == game).collect();
    let train = |&student: &usize| {
        let (game, end) = (&games[student], &ends[student]);
        let shared_by = (0..games.len()).filter(|&other| first(other) == student).count();
        let name = format!("{} {} by {} accounts at {}", game.copier, end.asked.len(), game.accounts, game.rate);
        journal.keep(name, shared_by, || {
            graded(plan, replicate, &pupil, game, end).map_err(|problem| failed(game, problem))
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
    for copier in copiers {
        for (&rate, guard) in GAME_RATES.iter().zip(&guards) {
            let (name, lists) = (copier.name, |accounts| copier.lists(accounts));
            let game = |&accounts: &usize| Game {
                copier: name,
                lists: lists(accounts),
                rate,
                guard: Arc::clone(guard),
                accounts,
            };
            games.extend(ACCOUNTS.iter().map(game));
        }
    }
    games
}

impl Game<'_> {
    /// Open accounts ask a batch each in turn.
    fn play(&self, pupil: &Pupil, api: &Api) -> Result<End, DistillError> {
        let watched = api.watched_by(guard::Watch::new(Arc::clone(&self.guard)));
        let mut open: VecDeque<(usize, Account)> =
            (0..self.accounts).map(|number| (number % self.lists.len(), watched.open_for(number))).collect();
        let (mut next, classes) = (vec![0; self.lists.len()], open[0].1.classes());
        let mut end = End { blocked: 0, asked: Vec::new(), targets: Array2::zeros((0, classes)) };
        while end.asked.len() < self.aim()
            && let Some((list, mut account)) = open.pop_front()
        {
            let rows = next[list]..next[list] + BATCH.min(self.aim() - end.asked.len());
            let targets = pupil.ask_while_open(&mut account, self.lists[list].slice(s![rows.clone(), ..]), BATCH)?;
            end.targets.append(Axis(0), targets.view()).expect("answers of one width");
            next[list] = rows.end;
            end.asked.extend(rows.map(|row| (list, row)));
            if account.is_blocked() { end.blocked += 1 } else { open.push_back((list, account)) }
        }
        Ok(end)
    }

    /// How many answers the copier wants.
    fn aim(&self) -> usize {
        self.lists[0].nrows()
    }
}

/// The student that learned from these answers, graded.
fn graded(plan: &Plan, replicate: &Replicate, pupil: &Pupil, game: &Game, end: &End) -> Result<Trial, DistillError> {
    let mut queries = Array2::zeros((end.asked.len(), game.lists[0].ncols()));
    for (mut query, &(list, row)) in queries.rows_mut().into_iter().zip(&end.asked) {
        query.assign(&game.lists[list].row(row));
    }
    let net = pupil.learn(queries.view(), end.targets.view())?;
    Ok(Trial {
        budget: Some(game.aim()),
        queries: end.asked.len(),
        asked_agreement: replicate.exam().asked_agreement(&net, queries.view()),
        flops: Some(plan.student_recipe().flops(&net, end.asked.len())),
        ..replicate.row(plan, game.copier, replicate.exam().grade(&net))
    })
}
