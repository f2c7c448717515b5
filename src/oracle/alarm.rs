//! What watches an account from behind the door.

use super::{Log, Medium, Points};

/// Looks at an account's log after each batch. It sees what the provider sees and nothing of the student.
pub trait Alarm<M: Medium = Points>: Send + Sync {
    /// Whether this account is to be blocked. `before` is how many questions it had asked when it was last looked at.
    fn sounds(&self, log: &Log<M>, before: usize) -> bool;
}
