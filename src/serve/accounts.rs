//! Accounts: who may ask, what was counted, and what the store has to say about it.
//!
//! What answers, meters and watches lies behind [`oracle`](crate::oracle); an [`Entry`] holds a customer's accounts
//! there. A query is counted there first, then it is written, and only what was written is answered. Where the store
//! does not take it, the customer's accounts are made anew from what the store holds: counted is what is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use ndarray::Array2;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::customer::{Entry, Seat, State};
use super::error::Problem;
use super::events::Events;
use super::keys::{self, Hash};
use super::limits::Pace;
use super::models::{Model, PointModel};
use super::store::{self, KeptAccount, KeptExam, KeptQuery, Store};
use crate::data::chat::tokens;
use crate::oracle::{Meter, Oracle, Refusal};

/// The most accounts of a server: more than any class, and an end to a loop that joins.
pub(super) const MOST: usize = 20_000;

/// A batch that was answered: what goes to the customer, and what goes to the store.
pub(super) struct Answered<A> {
    pub(super) answers: A,
    pub(super) queries: Vec<KeptQuery>,
}

/// What became of a batch.
pub(super) struct Outcome<A> {
    pub(super) answers: A,
    /// Headers that say what is left.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

/// All customers.
pub(super) struct Accounts {
    pub(super) models: Vec<Model>,
    pub(super) store: Store,
    pub(super) events: Events,
    rate_limit: Option<usize>,
    quota: usize,
    entries: RwLock<BTreeMap<i64, Arc<Entry>>>,
    admin: Hash,
}

impl Accounts {
    /// The customers of a store, each as it was left.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub(super) fn restore(
        models: Vec<Model>,
        store: Store,
        (quota, rate_limit): (usize, Option<usize>),
        admin: Hash,
    ) -> Result<Self, String> {
        let accounts =
            Self { models, store, events: Events::default(), rate_limit, quota, entries: RwLock::default(), admin };
        let kept = accounts.store.accounts().map_err(|error| error.to_string())?;
        for account in kept {
            let KeptAccount { id, name, hash, quota, closed, guarded } = account;
            let mut state = accounts.fresh(id, quota, guarded);
            state.closed = closed;
            accounts.replay(id, &mut state)?;
            state.exams = accounts.store.exams(id).map_err(|error| error.to_string())?;
            accounts.add(Entry { id, name, hash, state: Mutex::new(state) });
        }
        Ok(accounts)
    }

    /// Opens accounts of these names, all or none; returns each with its key.
    ///
    /// # Errors
    /// Where there would be too many, the system has no random numbers, or the store does not take them.
    pub(super) async fn open(&self, names: Vec<String>) -> Result<Vec<(Arc<Entry>, String)>, Problem> {
        let (opened, written) = {
            // Held until the accounts are on their way to the store, so that no two get one number.
            let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
            if entries.len() + names.len() > MOST {
                return Err(Problem::forbidden("accounts_full", format!("a server has at most {MOST} accounts")));
            }
            let first = entries.last_key_value().map_or(1, |(last, _)| last + 1);
            let (quota, mut kept, mut opened) = (self.quota, Vec::new(), Vec::new());
            for (id, name) in (first..).zip(names) {
                let key = keys::new(id).map_err(|error| Problem::store(&error.to_string()))?;
                let hash = Hash::of(&key);
                kept.push(KeptAccount { id, name: name.clone(), hash, quota, closed: None, guarded: true });
                let state = Mutex::new(self.fresh(id, quota, true));
                opened.push((Arc::new(Entry { id, name, hash, state }), key));
            }
            let write = move |store: &Connection| {
                kept.iter().try_for_each(|account| store::insert_account(store, account, store::now()))
            };
            let written = self.handed(write, |_| ());
            entries.extend(opened.iter().map(|(entry, _)| (entry.id, Arc::clone(entry))));
            (opened, written)
        };
        if let Err(problem) = written.await {
            let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
            opened.iter().for_each(|(entry, _)| drop(entries.remove(&entry.id)));
            return Err(problem);
        }
        opened.iter().for_each(|(entry, _)| self.events.opened(entry.id, &entry.name, self.quota));
        Ok(opened)
    }

    /// The customer whose key a request presents.
    ///
    /// # Errors
    /// [`Problem::unknown_key`].
    pub(super) fn who(&self, headers: &HeaderMap) -> Result<Arc<Entry>, Problem> {
        let key = keys::presented(headers).ok_or_else(Problem::unknown_key)?;
        let entry = keys::account(key).and_then(|id| self.entry(id)).filter(|entry| entry.hash.fits(key));
        entry.ok_or_else(Problem::unknown_key)
    }

    /// Whether a request presents the key of the teacher's screen.
    pub(super) fn is_admin(&self, headers: &HeaderMap) -> bool {
        keys::presented(headers).is_some_and(|key| self.admin.fits(key))
    }

    /// The customer of this number.
    pub(super) fn entry(&self, id: i64) -> Option<Arc<Entry>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// All of them, in the order in which they came.
    pub(super) fn all(&self) -> Vec<Arc<Entry>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Asks a model for a customer: the answers have left the store when they are returned.
    ///
    /// # Errors
    /// [`Problem`] where the account is closed, has not enough left, or the store does not take it. Nothing is counted
    /// then.
    pub(super) async fn ask<A>(
        &self,
        entry: &Arc<Entry>,
        model: usize,
        asked: usize,
        ask: impl FnOnce(&mut Seat) -> Result<Answered<A>, Refusal>,
    ) -> Result<Outcome<A>, Problem> {
        let (answers, headers, written) = {
            let mut state = entry.state();
            self.find(entry.id, &mut state)?;
            if let Some(why) = &state.closed {
                return Err(Problem::closed(why));
            }
            let (now, limit) = (Instant::now(), self.rate_limit);
            // Who has not enough left in all is told so: waiting for the next minute would not help.
            let in_all = asked <= state.meter.left();
            let admitted = if in_all { state.pace.admits(asked, limit, now) } else { Ok(()) };
            let answered = admitted.and_then(|()| Ok(ask(&mut state.seats[model])?));
            let told = |problem: Problem| problem.with(state.pace.headers(limit, &state.meter, now));
            let Answered { answers, queries } = answered.map_err(told)?;
            state.pace.count(asked);
            state.in_flight += 1;
            let closing = state.seats[model].is_blocked().then(|| self.reason(&state.seats[model], model));
            if let Some(why) = &closing {
                state.closed = Some(why.clone());
            }
            let written = self.write_queries(entry, model, queries, closing);
            (answers, state.pace.headers(limit, &state.meter, now), written)
        };
        written.await.map_err(|problem| problem.with(headers.clone()))?;
        Ok(Outcome { answers, headers })
    }

    /// Closes an account for a reason, or opens it again.
    ///
    /// # Errors
    /// Where the store does not take it.
    pub(super) async fn close(&self, entry: &Arc<Entry>, why: Option<&'static str>) -> Result<(), Problem> {
        let (id, events) = (entry.id, self.events.clone());
        let write = move |store: &Connection| store::close_account(store, id, why);
        let settle = move |state: &mut State, written: bool| {
            if !written {
                return;
            }
            state.closed = why.map(str::to_owned);
            if why.is_none() {
                state.guarded = false;
                // Accounts that no alarm watches, with the same past.
                state.lost = true;
            }
            events.closed(id, why);
        };
        self.written(entry, write, settle).await
    }

    /// Puts a submitted exam into the store and then into the list of the account.
    ///
    /// # Errors
    /// Where the store does not take it.
    pub(super) async fn submit(&self, entry: &Arc<Entry>, exam: KeptExam) -> Result<(), Problem> {
        let (id, events, kept) = (entry.id, self.events.clone(), exam.clone());
        let write = move |store: &Connection| store::insert_exam(store, id, &kept, store::now());
        let settle = move |state: &mut State, written: bool| {
            state.exams_in_flight -= 1;
            if written {
                events.submitted(id, &exam);
                state.exams.push(exam);
            }
        };
        self.written(entry, write, settle).await
    }

    /// The place of a model.
    pub(super) fn model(&self, name: &str) -> Option<usize> {
        self.models.iter().position(|model| model.name() == name)
    }

    /// The model of points of this name, with its place.
    ///
    /// # Errors
    /// [`Problem::no_model`].
    pub(super) fn points(&self, name: &str) -> Result<(usize, &PointModel), Problem> {
        match self.model(name).map(|at| (at, &self.models[at])) {
            Some((at, Model::Points(model))) => Ok((at, model)),
            Some((_, Model::Talks(_))) => {
                let message = "talks: it has no points, no pool and no exam, only /v1/chat/completions";
                Err(Problem::no_model(format!("{name} {message}")))
            }
            None => Err(self.nobody(name)),
        }
    }

    /// That no model has this name.
    pub(super) fn nobody(&self, name: &str) -> Problem {
        let names: Vec<&str> = self.models.iter().map(Model::name).collect();
        Problem::no_model(format!("there is no model {name:?}: choose from {}", names.join(", ")))
    }

    /// Why an alarm closed an account.
    fn reason(&self, seat: &Seat, model: usize) -> String {
        match (seat, &self.models[model]) {
            (Seat::Points(account), Model::Points(model)) => {
                let told = model.detectors.as_ref().map(|detectors| detectors.reason(account.log()));
                told.unwrap_or_else(|| "detected".to_owned())
            }
            _ => "detected".to_owned(),
        }
    }

    /// Hands queries to the store.
    fn write_queries(
        &self,
        entry: &Arc<Entry>,
        model: usize,
        queries: Vec<KeptQuery>,
        closing: Option<String>,
    ) -> impl Future<Output = Result<(), Problem>> + use<> {
        let (id, events) = (entry.id, self.events.clone());
        let batch = Arc::new((self.models[model].name().to_owned(), queries, closing));
        let kept = Arc::clone(&batch);
        let write = move |store: &Connection| {
            let (model, queries, closing) = &*kept;
            store::insert_queries(store, (id, model), queries, store::now())?;
            closing.as_ref().map_or(Ok(()), |why| store::close_account(store, id, Some(why)))
        };
        let settle = move |state: &mut State, written: bool| {
            state.in_flight -= 1;
            state.lost |= !written;
            if written {
                let (model, queries, closing) = &*batch;
                events.answered(id, model, queries, state.meter.used());
                closing.iter().for_each(|why| events.closed(id, Some(why)));
            }
        };
        self.written(entry, write, settle)
    }

    /// Hands something to the store. What becomes of it is settled with the customer whether or not anybody waits.
    fn written<W, S>(
        &self,
        entry: &Arc<Entry>,
        write: W,
        settle: S,
    ) -> impl Future<Output = Result<(), Problem>> + use<W, S>
    where
        W: Fn(&Connection) -> rusqlite::Result<()> + Send + 'static,
        S: FnOnce(&mut State, bool) + Send + 'static,
    {
        let entry = Arc::clone(entry);
        self.handed(write, move |written| settle(&mut entry.state(), written))
    }

    /// Hands something to the store; `settle` is told whether it was written.
    fn handed<W, S>(&self, write: W, settle: S) -> impl Future<Output = Result<(), Problem>> + use<W, S>
    where
        W: Fn(&Connection) -> rusqlite::Result<()> + Send + 'static,
        S: FnOnce(bool) + Send + 'static,
    {
        let (done, told) = oneshot::channel();
        self.store.write(write, move |written| {
            settle(written.is_ok());
            // Nobody listens where the customer has gone.
            let _ = done.send(written);
        });
        settled(told)
    }

    /// Makes a customer's accounts anew where the store did not take what they had counted.
    ///
    /// # Errors
    /// [`Problem::store`] where the store cannot be read, or has not told yet what it took.
    pub(super) fn settle(&self, entry: &Entry) -> Result<(), Problem> {
        self.find(entry.id, &mut entry.state())
    }

    fn find(&self, id: i64, state: &mut State) -> Result<(), Problem> {
        if !state.lost {
            return Ok(());
        }
        if state.in_flight > 0 {
            return Err(Problem::store("earlier queries of this account are still on their way"));
        }
        let mut found = self.fresh(id, state.meter.quota(), state.guarded);
        self.replay(id, &mut found).map_err(|why| Problem::store(&why))?;
        (state.meter, state.seats, state.lost) = (found.meter, found.seats, false);
        // Closed by an alarm in a batch that was not taken: the next look finds it again.
        let kept = self.store.accounts().map_err(|error| Problem::store(&error.to_string()))?;
        state.closed = kept.into_iter().find(|account| account.id == id).and_then(|account| account.closed);
        Ok(())
    }

    /// Asks again what the store says was asked, so that meter, log, noise and alarm stand where they stood.
    fn replay(&self, id: i64, state: &mut State) -> Result<(), String> {
        for (model, seat) in self.models.iter().zip(&mut state.seats) {
            let asked = self.store.asked(id, model.name()).map_err(|error| error.to_string())?;
            if asked.is_empty() {
                continue;
            }
            let unreadable = |what: &str| format!("the store holds a query that cannot be read: {what}");
            let again = match seat {
                Seat::Points(account) => {
                    let rows: Result<Vec<Vec<f32>>, _> = asked.iter().map(|row| serde_json::from_str(row)).collect();
                    let rows = rows.map_err(|error| unreadable(&error.to_string()))?;
                    let shape = (rows.len(), rows[0].len());
                    let points = Array2::from_shape_vec(shape, rows.concat());
                    let points = points.map_err(|error| unreadable(&error.to_string()))?;
                    account.ask(points.view()).map(drop)
                }
                Seat::Talks(account) => {
                    let prompts: Result<Vec<_>, _> = asked.iter().map(|prompt| tokens(prompt)).collect();
                    account.ask(&prompts.map_err(|error| unreadable(&error.to_string()))?).map(drop)
                }
            };
            again.map_err(|refusal| unreadable(&refusal.to_string()))?;
        }
        // What was asked of models that are not served now is used up all the same.
        let elsewhere = self.store.count(id).map_err(|error| error.to_string())? - state.meter.used();
        state.meter.count(elsewhere).map_err(|refusal| refusal.to_string())
    }

    fn fresh(&self, id: i64, quota: usize, guarded: bool) -> State {
        let meter = Arc::new(Meter::new(quota));
        let seat = |model: &Model| match model {
            Model::Points(model) => Seat::Points(Box::new(model.open(&meter, id, guarded))),
            Model::Talks(model) => Seat::Talks(Box::new(model.open(&meter, id))),
        };
        State {
            seats: self.models.iter().map(seat).collect(),
            meter,
            closed: None,
            guarded,
            pace: Pace::default(),
            in_flight: 0,
            lost: false,
            exams: Vec::new(),
            exams_in_flight: 0,
        }
    }

    fn add(&self, entry: Entry) {
        self.entries.write().unwrap_or_else(PoisonError::into_inner).insert(entry.id, Arc::new(entry));
    }
}

async fn settled(told: oneshot::Receiver<Result<(), String>>) -> Result<(), Problem> {
    match told.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(why)) => Err(Problem::store(&why)),
        Err(_) => Err(Problem::store("it is closed")),
    }
}
