//! Accounts: one customer's access to a teacher, under terms.

use std::fmt::Display;
use std::sync::Arc;

use super::{Alarm, Chat, Log, Manner, Medium, Meter, Oracle, Points, Refusal, Teacher, chat};
use crate::nn::language::Token;
use crate::seed::{Seed, Stream};

/// The terms of an account: the kind of its answers, its quota, and where its noise comes from.
pub struct Terms<M: Medium = Points> {
    /// What an answer shows.
    pub surface: &'static M::Surface,
    /// How many queries will be answered.
    pub quota: usize,
    /// Where a surface that draws what it shows takes its random numbers from: each account from the beginning.
    pub noise: Seed,
}

// By hand: a derived copy would ask for surfaces that can be copied, and it is a reference that is.
impl<M: Medium> Copy for Terms<M> {}

impl<M: Medium> Clone for Terms<M> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Makes the alarm of a new account.
type NewAlarm<M> = Arc<dyn Fn() -> Box<dyn Alarm<M>> + Send + Sync>;

/// A teacher's API: it opens accounts under its terms.
pub struct Api<M: Medium = Points> {
    teacher: Arc<Teacher<M>>,
    terms: Terms<M>,
    alarm: Option<NewAlarm<M>>,
}

impl<M: Medium> Api<M> {
    pub(super) fn new(teacher: Arc<Teacher<M>>, terms: Terms<M>) -> Self {
        Self { teacher, terms, alarm: None }
    }

    /// The API of the same teacher under other terms.
    pub fn under(&self, terms: Terms<M>) -> Self {
        Self { teacher: Arc::clone(&self.teacher), terms, alarm: self.alarm.clone() }
    }

    /// The same API with an alarm: every account opened from now on is watched by a copy of it.
    pub fn watched_by(&self, alarm: impl Alarm<M> + Clone + 'static) -> Self {
        Self { alarm: Some(Arc::new(move || Box::new(alarm.clone()))), ..self.under(self.terms) }
    }

    /// A new account: nothing asked yet.
    pub fn open(&self) -> Account<M> {
        Account {
            teacher: Arc::clone(&self.teacher),
            terms: self.terms,
            meter: Arc::new(Meter::new(self.terms.quota)),
            log: Log::new(self.teacher.model()),
            noise: self.terms.noise.stream(),
            alarm: self.alarm.as_ref().map(|alarm| alarm()),
            blocked: false,
        }
    }

    /// Like [`open`](Self::open), with a noise stream of its own; two accounts from `open` see identical noise.
    pub fn open_for(&self, customer: impl Display) -> Account<M> {
        Account { noise: self.terms.noise.child(customer).stream(), ..self.open() }
    }

    /// Like [`open_for`](Self::open_for), on a meter that the customer's accounts with other teachers share. Its quota
    /// counts and not that of the terms.
    pub fn open_on(&self, meter: &Arc<Meter>, customer: impl Display) -> Account<M> {
        Account { meter: Arc::clone(meter), ..self.open_for(customer) }
    }
}

/// One customer's account: it counts and logs queries, and answers them under its terms until an alarm closes it.
pub struct Account<M: Medium = Points> {
    teacher: Arc<Teacher<M>>,
    terms: Terms<M>,
    meter: Arc<Meter>,
    log: Log<M>,
    noise: Stream,
    alarm: Option<Box<dyn Alarm<M>>>,
    blocked: bool,
}

impl<M: Medium> Account<M> {
    /// What the provider kept of this account's queries.
    pub fn log(&self) -> &Log<M> {
        &self.log
    }

    /// Closes the account; the provider keeps the log.
    pub fn close(self) -> Log<M> {
        self.log
    }

    /// Whether an alarm has closed it.
    pub fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// Counts and logs a batch, and answers it in one way or another.
    fn metered(
        &mut self,
        batch: M::Batch<'_>,
        answer: impl FnOnce(&M::Model, &M::Surface, &mut Stream) -> (M::Answers, Vec<M::Note>),
    ) -> Result<M::Answers, Refusal> {
        let model = self.teacher.model();
        M::understood(model, batch)?;
        if self.blocked {
            return Err(Refusal::Blocked { answered: self.log.len() });
        }
        self.meter.count(M::count(batch))?;
        let (answers, notes) = answer(model, self.terms.surface, &mut self.noise);
        self.log.record(batch, notes);
        self.blocked = self.alarm.as_mut().is_some_and(|alarm| alarm.sounds(&self.log));
        Ok(answers)
    }
}

impl Account<Chat> {
    /// Like [`ask`](Oracle::ask), with replies that are drawn in a manner. With a seed they are drawn from it and are
    /// the same each time; the account's own noise moves on alike.
    ///
    /// # Errors
    /// A [`Refusal`] answers nothing and counts nothing.
    pub fn ask_in(
        &mut self,
        manner: &Manner,
        seed: Option<Seed>,
        prompts: &[Vec<Token>],
    ) -> Result<Vec<chat::Reply>, Refusal> {
        self.metered(prompts, |model, surface, noise| chat::spoken(model, prompts, (manner, seed), surface, noise))
    }
}

impl<M: Medium> Oracle<M> for Account<M> {
    fn ask(&mut self, batch: M::Batch<'_>) -> Result<M::Answers, Refusal> {
        self.metered(batch, |model, surface, noise| M::answer(model, batch, surface, noise))
    }

    fn classes(&self) -> usize {
        M::classes(self.teacher.model())
    }

    fn left(&self) -> usize {
        if self.blocked { 0 } else { self.meter.left() }
    }
}
