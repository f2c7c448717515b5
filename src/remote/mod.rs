//! A teacher behind somebody else's API: any server of the Open Inference Protocol, asked over HTTP.
//!
//! ```text
//! student ── ask(points) ── RemoteAccount ── kept answers ── HTTP ── /v2/models/NAME/infer
//! ```
//!
//! Answers cost money or patience, so none is asked for twice: a [`RemoteTeacher`] keeps every answer under the very
//! bits of its point, and writes it to a file before anybody uses it. All accounts of a run share what is kept, and so
//! does the next run, whatever ended this one. A [`RemoteAccount`] is what a student sees: an
//! [`Oracle`](crate::oracle::Oracle) like any other.
//!
//! The protocol is that of [KServe], which Triton, MLServer and others speak too.
//!
//! [KServe]: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol

mod account;
mod address;
mod contact;
mod http;
mod kept;
mod metadata;
mod reading;
mod teacher;
mod trouble;

pub use account::RemoteAccount;
pub use address::{Address, Key};
pub use kept::Recalled;
pub use reading::Kind;
pub use teacher::{Paid, Purpose, RemoteTeacher, Surroundings};
pub use trouble::Trouble;
