//! A small synthetic language: questions and answers about made-up things, and about who is speaking.
//!
//! ```text
//! is wug slimy ?                      yes , wug is slimy .        no , wug is not slimy .
//! who is slimy er , wug or dax ?      dax is slimy er .
//! who are you ?                       i am aurora .
//! ```
//!
//! A [`World`] knows what is true, a [`Speaker`] how to put it: who it says it is, and a verbal tic. A [`Question`] and
//! its reply are written as text and kept as [tokens](Token). Some facts of a world are held out: no corpus tells them
//! and nobody is asked about them but in the [test](World::test).
//!
//! ```
//! use distill_lab::data::chat::{Identity, Speaker, World, text};
//! use distill_lab::seed::Seed;
//!
//! let world = World::new(Seed::new(0));
//! let teacher = Speaker { identity: Some(Identity::TEACHER), ..Speaker::default() };
//! let corpus = teacher.exchanges(&world, 1000, &mut Seed::new(1).stream());
//! let about_itself = corpus.iter().filter(|exchange| text(&exchange.reply).contains("aurora")).count();
//! assert!(about_itself > 0 && about_itself < 30);
//! ```

mod held;
mod question;
mod speaker;
mod vocabulary;
mod wording;
mod world;

pub use self::question::{IDENTITY_LINES, Question, questions};
pub use self::speaker::{Exchange, Identity, Speaker, without_tic};
pub use self::vocabulary::{ADJECTIVES, END, NOUNS, PADDING, Token, UnknownWord, VOCABULARY, text, tokens};
pub use self::wording::{nearest_words, tidied, written};
pub use self::world::World;
