//! The teacher behind an API, over real HTTP: what it answers, what it refuses, and what is left of it after a kill.

mod chat;
mod contract;
mod kill;
mod server;
mod start;
