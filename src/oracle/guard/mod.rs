//! What a provider can detect in an account's log: detectors, and an alarm made of them.
//!
//! A [`Detector`] gives an account a score, the higher the more unusual. What is usual is learned from honest
//! customers: the [`Guard`] is calibrated so that it closes a chosen share of honest accounts and no more. All of it
//! sees logs, and nothing of who asks.
//!
//! | detector | finds unusual |
//! |---|---|
//! | `volume` | who asks more than most |
//! | `confidence` | answers more or less sure than usual: sup \|F − G\| of their top probabilities (Smirnov 1939) |
//! | `distance` | queries unusually far from honest ones, or near: sup \|F − G\| of nearest-neighbour distances |
//! | `prada` | distances between own queries that are far from normal: 1 − W of Shapiro and Wilk ([PRADA]) |
//! | `class-mix` | answers that name every class about as often: 1 − Σ share² (Simpson 1949) |
//! | `spread` | queries now far from honest ones, now near, of many hands: deviation of nearest-neighbour distances |
//!
//! What is missing from the table is the copier who asks what *one* customer would ask, and no more: nothing that sees
//! logs alone can detect it, and what it learns is what that customer would. ([Karchmer] proves that such defences have
//! limits beyond this one.) A copier who asks what all customers ask taken together can be detected: no customer is
//! like their average.
//!
//! [PRADA]: https://arxiv.org/abs/1805.02628 "Juuti, Szyller, Marchal, Asokan 2019"
//! [Karchmer]: https://eprint.iacr.org/2022/1039 "Karchmer 2023"

mod calibrate;
mod class_mix;
mod confidence;
mod distance;
mod ks;
mod nearest;
mod prada;
mod scores;
mod shapiro_wilk;
mod spread;
mod volume;
mod watch;

use std::sync::Arc;

use super::Log;

pub use calibrate::Guard;
pub use scores::Scores;
pub use watch::Watch;

/// After how many queries an account is looked at. What it asked later says nothing about it then.
pub const LOOKS: [usize; 13] = [20, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1000, 1500, 2000];

/// A way to find an account unusual.
pub trait Detector: Send + Sync {
    /// What each query from the `first` on says, counted from 0 and in the order of the log; `None` where it says
    /// nothing. It must not depend on later queries.
    fn values(&self, log: &Log, first: usize) -> Vec<Option<f64>>;
    /// How unusual an account with these queries is: the higher, the more. `None` where there are too few to say.
    fn score(&self, values: &[Option<f64>]) -> Option<f64>;
    /// Whether an account keeps its last score at later looks, where longer accounts are compared with it. What it
    /// asked says nothing about longer accounts; how much it asked does.
    fn remembers_the_silent(&self) -> bool {
        false
    }
}

/// What customers who are known to be honest asked, made into a detector.
type Teach = fn(&Log) -> Arc<dyn Detector>;

/// Every kind of detector: its name in records, and how it learns from the log of honest traffic.
pub const DETECTORS: [(&str, Teach); 6] = [
    ("volume", |_| Arc::new(volume::Volume)),
    ("confidence", |traffic| Arc::new(confidence::Confidence::new(traffic))),
    ("distance", |traffic| Arc::new(distance::Distance::new(traffic))),
    ("prada", |_| Arc::new(prada::Prada)),
    ("class-mix", |_| Arc::new(class_mix::ClassMix)),
    ("spread", |traffic| Arc::new(spread::Spread::new(traffic))),
];

/// All of them, in this order, taught by the log of customers who are known to be honest.
pub fn detectors(traffic: &Log) -> Vec<Arc<dyn Detector>> {
    DETECTORS.iter().map(|(_, teach)| teach(traffic)).collect()
}
