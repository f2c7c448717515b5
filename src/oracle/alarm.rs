//! What watches an account from behind the door.

use super::{Log, Medium, Points};

/// Looks at an account's log after each batch. It sees what the provider sees and nothing of the student. Every account
/// has one of its own, which may remember what it saw.
pub trait Alarm<M: Medium = Points>: Send + Sync {
    /// Whether this account is to be blocked.
    fn sounds(&mut self, log: &Log<M>) -> bool;
}
