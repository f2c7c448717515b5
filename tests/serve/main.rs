//! The teacher behind an API, over real HTTP: what it answers, what it refuses, and what is left of it after a kill.

mod chat;
mod class;
mod contract;
#[allow(dead_code, reason = "shared with the tests of the page, which need all of it")]
#[path = "../program/driver.rs"]
mod driver;
mod kill;
mod server;
mod start;
